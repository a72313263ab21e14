using System.Text;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>
/// Acknowledgments of groups (999) and interchanges (TA1): what is read, what is told, and that nothing is lost on the
/// way through JSON.
/// </summary>
public sealed class AcknowledgmentTests
{
    const string Isa = "ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01   "
        + "    *261115*1200*^*00501*000000003*0*T*:";

    static readonly string[] Partly =
    [
        "AK1*HC*17456*005010X222A1",
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK2*837*0002*005010X222A1",
        "IK3*CLM*22*2300*8",
        "CTX*CLM01:P001",
        "IK4*2*782*1",
        "IK4*5:3*1325*7*Q",
        "IK5*R*5",
        "AK2*837*0003*005010X222A1",
        "IK3*REF*57*2300*3",
        "CTX*SITUATIONAL TRIGGER*CLM*43**5:3*1325",
        "CTX*CLM01:P002",
        "IK5*R*5",
        "AK9*P*3*3*1",
    ];

    static byte[] File(params IEnumerable<string> segments)
    {
        var body = segments.Prepend("ST*999*0001*005010X231A1").ToList();
        body.Add($"SE*{body.Count + 1}*0001");
        return Encoding.UTF8.GetBytes(string.Join("~\n",
            [Isa, "GS*FA*PAYER01*CLINIC01*20261115*1200*3*X*005010X231A1", .. body, "GE*1*3", "IEA*1*000000003"])
            + "~\n");
    }

    static List<(Acknowledgment Read, List<Finding> Findings, string Text)> Read(byte[] file)
    {
        var (reader, all) = (new AcknowledgmentReader(), new List<(Acknowledgment, List<Finding>, string)>());
        foreach (var (bytes, setPart) in AnswerFiles.SetPartsOf(file, "999"))
        {
            // before it is read: line ends inside are taken out in place
            var text = Encoding.Latin1.GetString(bytes, setPart.Data.Start, setPart.Data.Length);
            var (into, about, findings) = (new Acknowledgment(), new FindingList(), new List<Finding>());
            reader.Read(bytes, setPart, into, about);
            AnswerFiles.Take(about, findings);
            all.Add((into, findings, text));
        }
        return all;
    }

    static string[] Told(params IEnumerable<string> segments) =>
        AnswerFiles.Lines(Assert.Single(Read(File(segments))).Findings);

    [Fact]
    public void A_good_acknowledgment_has_no_findings() => Assert.Empty(Told(Partly));

    [Fact]
    public void The_verdicts_on_group_and_sets_are_read()
    {
        var read = Assert.Single(Read(File(Partly))).Read;
        Assert.Equal(("0001", "HC", "17456", "005010X222A1", 'P', 3, 3, 1),
            (read.Text(read.Control), read.Functional.ToString(), read.Text(read.GroupControl),
                read.Text(read.GroupGuide), read.Verdict, read.Announced, read.Received, read.Accepted));
        Assert.Equal([("0001", 'A', 0), ("0002", 'R', 2), ("0003", 'R', 1)],
            read.Sets.Select(s => (read.Text(s.Control), s.Verdict, s.RejectionCount)));
        Assert.Equal("5", read.Sets[1].Faults[0].ToString());
    }

    [Fact]
    public void A_rejection_says_segment_element_code_and_claim()
    {
        var read = Assert.Single(Read(File(Partly))).Read;
        var (first, second, third) = (read.Rejections[0], read.Rejections[1], read.Rejections[2]);
        Assert.Equal(("CLM", 22, "2300", "8", 2, 0, "782", "1", false),
            (first.Segment.ToString(), first.Ordinal, read.Text(first.Loop), first.Fault.ToString(), first.Element,
                first.Component, read.Text(first.Reference), first.ElementFault.ToString(), first.Continues));
        Assert.Equal(("CLM", 22, 5, 3, "1325", "7", "Q", true),
            (second.Segment.ToString(), second.Ordinal, second.Element, second.Component, read.Text(second.Reference),
                second.ElementFault.ToString(), read.Text(second.Value), second.Continues));
        Assert.Equal(("CLM01", "P001", "P001", "P002"),
            (read.Text(first.UnitKind), read.Text(first.UnitNumber), read.Text(second.UnitNumber),
                read.Text(third.UnitNumber)));
        Assert.Equal(("REF", "3", 0, "CLM", 43, 5, 3),
            (third.Segment.ToString(), third.Fault.ToString(), third.Element, third.Trigger.Segment.ToString(),
                third.Trigger.Ordinal, third.Trigger.Element, third.Trigger.Component));
    }

    [Theory]
    [InlineData("AK9*P*3*3*1", "AK9*P*3*3*2", "X120130")]
    [InlineData("AK9*P*3*3*1", "AK9*P*3*3*4", "X120131")]
    [InlineData("AK9*P*3*3*1", "AK9*E*3*3*1", "X120132")]
    [InlineData("AK9*P*3*3*1", "AK9*P*4*4*1", "X120133")]
    [InlineData("AK9*P*3*3*1", "AK9*P*4*3*1", "X120134")]
    [InlineData("IK4*2*782*1", "IK4*2*782*1*V", "X120138")]
    [InlineData("AK1*HC*17456*005010X222A1", "AK1*FA*17456*005010X231A1", "X120139")]
    [InlineData("IK3*REF*57*2300*3", "IK3*REF*57*2300*3|IK3*REF*56*2300*3", "X120137")]
    public void Rules_are_told(string segment, string by, string id)
    {
        var segments = Partly.ToList();
        segments[segments.IndexOf(segment)] = by;
        var told = Assert.Single(Read(File(segments.SelectMany(s => s.Split('|')))));
        Assert.Equal([id], told.Findings.Select(f => f.Info.Id));
    }

    [Fact]
    public void A_set_that_has_faults_says_so_once() =>
        Assert.Equal(["X120135 error 6/2 line 0: IK3 reports segment errors, but no set error (IK502) is 5 or I5",
                "X120136 error 6/3 line 0: IK503 says 4 again"],
            Told("AK1*HC*1*005010X222A1", "AK2*837*0001*005010X222A1", "IK3*REF*7*2300*3", "CTX*CLM01:P", "IK5*R*4*4",
                "AK9*R*1*1*0"));

    [Fact]
    public void The_verdict_on_an_interchange_is_read()
    {
        var file = Encoding.UTF8.GetBytes(Isa
            + "~TA1*000000002*261114*0900*R*024~TA1*000000004*261114*0900*A*024~IEA*0*000000003~");
        var (read, about) = (new List<InterchangeAcknowledgment>(), new FindingList());
        foreach (var block in AnswerFiles.Cut(file))
            foreach (var item in block.Items)
                if (item.Part is { Kind: EnvelopeKind.Acknowledgment } part)
                    read.Add(AcknowledgmentReader.Read(part, about));
        Assert.Equal([
                new("000000002", "261114", "0900", 'R', "024"),
                new InterchangeAcknowledgment("000000004", "261114", "0900", 'A', "024")
            ], read);
        Assert.Equal(["X120140"], about.Span.ToArray().Select(f => f.Info.Id));
        var json = AnswerFiles.Json(w => AcknowledgmentJson.Write(read[0], w));
        Assert.Equal(read[0], AcknowledgmentJson.ReadInterchange(Encoding.UTF8.GetBytes(json)));
        var output = new SegmentWriter();
        new AcknowledgmentWriter(output).Write(read[0]);
        Assert.Equal("TA1*000000002*261114*0900*R*024~", Encoding.UTF8.GetString(output.Written));
    }

    static Acknowledgment Reread(Acknowledgment one)
    {
        var (json, read) = (AnswerFiles.Json(w => AcknowledgmentJson.Write(one, w)), new Acknowledgment());
        AcknowledgmentJson.Read(Encoding.UTF8.GetBytes(json), read);
        Assert.Equal(json, AnswerFiles.Json(w => AcknowledgmentJson.Write(read, w)));
        return read;
    }

    static List<string> Written(Acknowledgment one)
    {
        var output = new SegmentWriter { Delimiters = one.Delimiters };
        new AcknowledgmentWriter(output).Write(one);
        return AnswerFiles.Canonical(Encoding.Latin1.GetString(output.Written), one.Delimiters);
    }

    static void ComesBack((Acknowledgment Read, List<Finding> Findings, string Text) one, string name)
    {
        var (original, written) = (AnswerFiles.Canonical(one.Text, one.Read.Delimiters), Written(Reread(one.Read)));
        Assert.True(original.SequenceEqual(written),
            $"{name}: {string.Join('~', original)}\nbecame {string.Join('~', written)}");
    }

    [Fact]
    public void What_is_read_comes_back_through_JSON() => ComesBack(Assert.Single(Read(File(Partly))), "partly");

    [Fact]
    public void Without_kept_segments_the_fields_make_the_set()
    {
        var one = Reread(Assert.Single(Read(File(Partly))).Read);
        one.KeepOnly(0);
        Assert.Equal(Partly.Select(s => AnswerFiles.Canonical(s.Replace("*5:3*1325",
                    s.StartsWith("CTX", StringComparison.Ordinal) ? "*5:3" : "*5:3*1325", StringComparison.Ordinal),
                Delimiters.Usual)[0]), Written(one).Skip(1));
    }

    [Fact]
    public void What_is_changed_and_added_is_written_in_its_place()
    {
        var one = Reread(Assert.Single(Read(File(Partly))).Read);
        (one.Verdict, one.Sets.Span[0].Verdict) = ('R', 'R');
        ref var set = ref one.AddSet();
        (set.Kind, set.Control, set.Verdict) = (Code.Of("837"), one.Append("0004"u8), 'R');
        ref var rejection = ref one.Reject();
        (rejection.Segment, rejection.Ordinal, rejection.Fault, rejection.OfElement, rejection.Element,
            rejection.ElementFault) = (Code.Of("NM1"), 8, Code.Of("8"), true, 9, Code.Of("7"));
        List<string> expected = [.. Partly];
        expected[2] = "IK5*R";
        expected.InsertRange(expected.Count - 1, ["AK2*837*4", "IK3*NM1*8**8", "IK4*9**7", "IK5*R"]);
        expected[^1] = "AK9*R*3*3*1";
        Assert.Equal(AnswerFiles.Canonical(string.Join('~', expected), Delimiters.Usual), Written(one).Skip(1));
    }

    [Fact]
    public void The_corpus_comes_back_through_JSON()
    {
        Corpus.Need();
        var count = 0;
        foreach (var (name, bytes, sets, _, _) in AnswerFiles.OfCorpus("999-5010"))
        {
            var read = Read(bytes);
            Assert.True(read.Count == sets || read.Count == 0, name); // one names no guide that is supported
            foreach (var one in read) ComesBack(one, name);
            count += read.Count;
        }
        Assert.True(count >= 8);
    }

    [Fact]
    public void Hostile_bytes_are_never_thrown_at_and_come_back()
    {
        var random = new Random(999);
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
            foreach (var one in Read(AnswerFiles.Hostile(File(Partly), random))) ComesBack(one, $"round {round}");
    }

    [Fact]
    public void Segments_in_any_order_come_back()
    {
        var random = new Random(999);
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
            foreach (var one in Read(File(AnswerFiles.Disordered(Partly, random)))) ComesBack(one, $"round {round}");
    }
}
