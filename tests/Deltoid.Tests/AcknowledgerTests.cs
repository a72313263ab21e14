using System.Text;
using Deltoid.Answers;
using Deltoid.Cli;
using Deltoid.Findings;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>
/// The answer to a file: which fault of its envelope gets which code, how groups and interchanges are counted, and that
/// it passes the check it answers for.
/// </summary>
public sealed class AcknowledgerTests
{
    static readonly string Good = X12Samples.File(2, perSet: 1);

    static string Answer(string file, params string[] more) =>
        CommandLine.RunWith(file, ["check", "-", "--ack", "--made", "2026-03-06T08:00", .. more]).Out;

    static string[] Segments(string file) => Answer(file).Split('~', StringSplitOptions.RemoveEmptyEntries);

    static List<string> Named(string name, string file) =>
        [.. Segments(file).Where(s => s.StartsWith(name + "*", StringComparison.Ordinal))];

    static string Change(string file, string from, string to)
    {
        Assert.Contains(from, file, StringComparison.Ordinal);
        return file.Replace(from, to, StringComparison.Ordinal);
    }

    /// <summary>What we send passes our own check.</summary>
    static void AssertConforms(string file)
    {
        var answer = Answer(file);
        Assert.True(CommandLine.RunWith(answer, "check", "-") is { Exit: Exit.Clean },
            CommandLine.RunWith(answer, "check", "-").Out + answer);
    }

    /// <summary>An element of ISA, which has fixed lengths.</summary>
    [Theory]
    [InlineData(1, "99", "010")]
    [InlineData(2, "\u0001         ", "011")]
    [InlineData(3, "99", "012")]
    [InlineData(4, "\u0001         ", "013")]
    [InlineData(5, "98", "005")]
    [InlineData(6, "\u0001              ", "006")]
    [InlineData(6, "               ", "006")]
    [InlineData(7, "98", "007")]
    [InlineData(8, "\u0001              ", "008")]
    [InlineData(8, "               ", "008")]
    [InlineData(9, "261399", "014")]
    [InlineData(10, "2561", "015")]
    [InlineData(12, "00401", "017")]
    [InlineData(13, "00000000A", "018")]
    [InlineData(14, "7", "019")]
    [InlineData(15, "Q", "020")]
    public void An_element_of_the_interchange_has_its_code(int element, string value, string code)
    {
        var isa = Good[..Good.IndexOf('~', StringComparison.Ordinal)].Split('*');
        isa[element] = value;
        var verdict = Assert.Single(Named("TA1",
            string.Join('*', isa) + Good[Good.IndexOf('~', StringComparison.Ordinal)..])).Split('*');
        Assert.Equal(("R", code), (verdict[4], verdict[5]));
    }

    [Theory]
    [InlineData("IEA*1*000000001", "IEA*1*000000002", "001")]
    [InlineData("IEA*1*000000001", "IEA*2*000000001", "021")]
    [InlineData("IEA*1*000000001", "IEA*1*00000000A", "018")]
    [InlineData("IEA*1*000000001", "IEA*X*000000001", "021")]
    [InlineData("IEA*1*000000001~", "", "023")]
    [InlineData("~GS*", "~REF*EI*1~GS*", "024")]
    [InlineData("*^*00501", "*:*00501", "026")]
    public void A_fault_around_the_groups_has_its_code(string from, string to, string code)
    {
        var file = Change(Good, from, to);
        Assert.Equal([$"TA1*000000001*260305*0930*R*{code}"], Named("TA1", file));
        Assert.Empty(Named("AK1", file)); // of a rejected interchange no group is judged
        AssertConforms(file);
    }

    [Fact]
    public void An_interchange_that_comes_again_is_rejected_and_the_first_stands()
    {
        Assert.Equal(["TA1*000000001*260305*0930*R*025"], Named("TA1", Good + Good));
        Assert.Equal(["AK9*A*2*2*2"], Named("AK9", Good + Good));
        Assert.Equal(["IEA*1*000000001", "IEA*0*000000002"], Named("IEA", Good + Good));
        AssertConforms(Good + Good);
    }

    [Theory]
    [InlineData("GS*HC*", "GS*HP*", "1")]
    [InlineData("GE*2*1~", "", "3")]
    [InlineData("GE*2*1", "GE*2*2", "4")]
    [InlineData("GE*2*1", "GE*3*1", "5")]
    [InlineData("GE*2*1", "GE*2*A", "6")]
    [InlineData("*1*X*005010X222A1", "*1*X*005010X223A2", "2")]
    public void A_fault_of_the_group_has_its_code_and_takes_no_set(string from, string to, string codes)
    {
        var file = Change(Good, from, to);
        var verdict = Assert.Single(Named("AK9", file)).Split('*');
        Assert.Equal(("R", "2", "0", codes),
            (verdict[1], verdict[3], verdict[4], string.Join(' ', verdict[5..].Order())));
        Assert.Empty(Named("IK5", file));
        AssertConforms(file);
    }

    [Fact]
    public void A_group_that_has_no_number_is_answered_with_what_it_has() =>
        Assert.Equal(["AK1*HC*A*005010X222A1", "AK9*R*2*2*0*6"],
            Segments(Change(Good, "*1*X*005010X222A1", "*A*X*005010X222A1"))[3..5]);

    [Fact]
    public void A_set_at_fault_is_told_in_a_group_that_is_rejected_as_a_whole()
    {
        var file = Change(X12Samples.With(Good, X12Samples.SegmentOf(Good, "SV1*HC:96372"), 3, "XX"), "GE*2*1",
            "GE*2*2");
        Assert.Equal(["AK2*837*0001*005010X222A1"], Named("AK2", file));
        Assert.Equal(["IK5*R*5"], Named("IK5", file));
        Assert.Equal(["AK9*R*2*2*0*4"], Named("AK9", file));
        Assert.Contains("0 accepted, 2 rejected", CommandLine.RunWith(file, "check", "-", "--ack").Error,
            StringComparison.Ordinal);
        AssertConforms(file);
    }

    [Theory]
    [InlineData("ST*837*0002", "ST*837*0001", "IK5*R*23*3")]
    [InlineData("*0002~GE", "*0009~GE", "IK5*R*3")]
    [InlineData("ST*837*0002*005010X222A1", "ST*278*0002*005010X217", "IK5*R*1")]
    public void A_fault_of_a_set_has_its_code_and_the_other_set_is_taken(string from, string to, string verdict)
    {
        var file = Change(Good, from, to);
        Assert.Equal(["IK5*A", verdict], Named("IK5", file));
        Assert.Equal(["AK9*P*2*2*1"], Named("AK9", file));
        AssertConforms(file);
    }

    /// <summary>Two interchanges, the first of two groups, each of two sets.</summary>
    static string Several(string secondGroup)
    {
        var group = Good[Good.IndexOf("GS*", StringComparison.Ordinal)..Good.IndexOf("IEA*", StringComparison.Ordinal)];
        var second = Change(Change(group, "*1*X*", "*2*X*"), "GE*2*1", secondGroup);
        var first = Change(Change(Good, group, group + second), "IEA*1*", "IEA*2*");
        return first + Change(Good, "000000001", "000000002");
    }

    [Fact]
    public void Every_group_of_every_interchange_is_answered_in_order()
    {
        var file = Several("GE*2*2");
        Assert.Equal(["AK1*HC*1*005010X222A1", "AK1*HC*2*005010X222A1", "AK1*HC*1*005010X222A1"], Named("AK1", file));
        Assert.Equal(["AK9*A*2*2*2", "AK9*A*2*2*2", "AK9*A*2*2*2"], Named("AK9", file));
        Assert.Equal(["IEA*2*000000001", "IEA*1*000000002"], Named("IEA", file));
        Assert.Equal(["GE*1*1", "GE*1*2", "GE*1*3"], Named("GE", file));
        Assert.Equal(["ST*999*0001*005010X231A1", "ST*999*0002*005010X231A1", "ST*999*0001*005010X231A1"],
            Named("ST", file));
        Assert.Empty(Named("TA1", file));
        AssertConforms(file);
    }

    [Fact]
    public void A_fault_of_one_group_or_interchange_is_none_of_the_next()
    {
        Assert.Equal(["AK9*A*2*2*2", "AK9*R*9*2*0*5", "AK9*A*2*2*2"], Named("AK9", Several("GE*9*2")));
        AssertConforms(Several("GE*9*2"));
        var rejected = Change(Several("GE*2*2"), "IEA*2*000000001", "IEA*3*000000001");
        Assert.Equal(["TA1*000000001*260305*0930*R*021"], Named("TA1", rejected));
        Assert.Equal(["AK9*A*2*2*2"], Named("AK9", rejected));
        Assert.Equal(["GE*1*1"], Named("GE", rejected)); // numbers of groups that were not answered are free
        AssertConforms(rejected);
    }

    [Fact]
    public void A_TA1_of_the_corpus_comes_back_as_it_was()
    {
        Corpus.Need();
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(Corpus.Folder, "*", SearchOption.AllDirectories))
            foreach (var block in AnswerFiles.Cut(File.ReadAllBytes(file)))
                foreach (var item in block.Items)
                {
                    if (item.Part is not { Kind: EnvelopeKind.Acknowledgment } part) continue;
                    var output = new SegmentWriter { Delimiters = part.Delimiters };
                    var read = AcknowledgmentReader.Read(part, new FindingList());
                    new AcknowledgmentWriter(output).Write(read);
                    Assert.Equal(string.Join((char)part.Delimiters.Element,
                            ["TA1", .. Enumerable.Range(1, 5).Select(part.Element)]),
                        Encoding.Latin1.GetString(output.Written).TrimEnd((char)part.Delimiters.Segment));
                    Assert.Equal(read,
                        AcknowledgmentJson.ReadInterchange(Encoding.UTF8.GetBytes(AnswerFiles.Json(w =>
                            AcknowledgmentJson.Write(read, w)))));
                    count++;
                }
        Assert.True(count >= 3, $"{count} TA1");
    }
}
