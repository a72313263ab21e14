using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>
/// What the reader of a file found of a claim, no edit says again; and two faults are not taken for one.
/// </summary>
public sealed partial class ScrubOneFaultTests
{
    static string With(string set, string from, string to)
    {
        var text = OneFaultFiles.Text(set, OneFaultFiles.Segments(set));
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }

    /// <summary>Ids of what stands on its own, in the order of the output.</summary>
    static IEnumerable<string> Ids(string text, string command) =>
        Id().Matches(CommandLine.RunWith(text, command, "-").Out).Select(static m => m.Groups[1].Value)
            .Where(static id => id != "DRG0150"); // the drug of the sample comes without its administration

    [Theory]
    [InlineData("HI*ABK:E119*ABF:I10~", "HI*ABK:E11.9*ABF:R51~", "BND0011 X120072")]
    [InlineData("HI*ABK:E119*ABF:I10~", "HI*ABK:E119*ABF:I1.0~", "X120072")]
    [InlineData("SV1*HC:99213:25*92.5*", "SVX*HC:99213:25*92.5*", "X120040")]
    [InlineData("LX*1~SV1*HC:99213:25", "LQX*1~SV1*HC:99213:25", "X120040")]
    [InlineData("LX*2~SV1", "LQX*2~SV1", "X120040")]
    [InlineData("CLINIC*****XX*1234567893~N3", "CLINIC*****XX*1234567890~N3", "HIP0002 HIP0002")]
    [InlineData("NM1*DN*1*REY*IDA****XX*1000000004", "NM1*DN*1*REY*IDA****XX*1000000005", "HIP0002")]
    public void One_fault_of_a_claim_is_one_finding(string from, string to, string ids) =>
        Assert.Equal(ids.Split(' '), Ids(With("837P", from, to), "scrub"));

    /// <summary>Home health is coded by the last day of its statement, other outpatient care by the first.</summary>
    [Theory, InlineData("13", "BND0017"), InlineData("32", "")]
    public void A_statement_over_the_change_of_ICD_is_judged_by_its_own_day(string facility, string ids)
    {
        var text = With("837I", "RD8*20260302-20260302", "RD8*20150928-20151002")
            .Replace("*D8*20260302", "*D8*20150929", StringComparison.Ordinal)
            .Replace("13:A:1", facility + ":A:1", StringComparison.Ordinal);
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Ids(text, "check").Where(static id => id is "BND0016" or "BND0017" or "X120092"));
    }

    [Fact]
    public void A_claim_number_that_comes_twice_is_a_warning_with_the_place_of_the_other()
    {
        var output = CommandLine.RunWith(With("837P", "CLM*T2", "CLM*T1"), "check", "-").Out;
        Assert.Contains("warning segment 60 (CLM), element 1", output, StringComparison.Ordinal);
        Assert.Contains("segment 25", output, StringComparison.Ordinal);
        Assert.DoesNotContain("  error ", output, StringComparison.Ordinal);
        var replacement = With("837P", "CLM*T2*92.5***11:B:1", "CLM*T1*92.5***11:B:7");
        Assert.DoesNotContain("X120353", CommandLine.RunWith(replacement, "check", "-").Out, StringComparison.Ordinal);
    }

    /// <summary>Longer than the parts in which a set is read.</summary>
    [Fact]
    public void The_sentences_of_a_long_277CA_come_before_its_segments()
    {
        var segments = OneFaultFiles.Segments("277CA").ToList();
        var claim = segments.GetRange(23, 6);
        for (var i = 0; i < 400; i++) segments.InsertRange(23, claim);
        var output = CommandLine.RunWith(OneFaultFiles.Text("277CA", [.. segments]), "read", "-").Out;
        var sentences = output.IndexOf("Claim acknowledgment from", StringComparison.Ordinal);
        Assert.InRange(sentences, 0, output.IndexOf("BHT", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\[([A-Z]{3}\d{4}|X12\d{4})[;\]]")]
    private static partial Regex Id();
}
