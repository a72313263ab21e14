using System.Text;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Segments;
using Deltoid.X12.Status;

namespace Deltoid.Tests;

/// <summary>
/// Claim acknowledgments (277CA): what is read, what is told, and that nothing is lost on the way through JSON. All
/// names are made up.
/// </summary>
public sealed class ClaimStatusTests
{
    const string Isa = "ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01   "
        + "    *261115*1200*^*00501*000000004*0*T*:";

    static readonly string[] Good =
    [
        "BHT*0085*08*277X2140001*20261115*1635*TH",
        "HL*1**20*1",
        "NM1*AY*2*FIRST CLEARINGHOUSE*****46*CLHR00",
        "TRN*1*S00001ABCDEF",
        "DTP*050*D8*20261114",
        "DTP*009*D8*20261115",
        "HL*2*1*21*1",
        "NM1*41*2*BEST BILLING*****46*S00002",
        "TRN*2*BATCH01",
        "STC*A1:19:PR*20261115*WQ*1150",
        "QTY*90*1",
        "QTY*AA*3",
        "AMT*YU*200",
        "AMT*YY*950",
        "HL*3*2*19*1",
        "NM1*85*2*OAK STREET MEDICINE*****XX*1234567893",
        "TRN*1*0",
        "STC*A1:19:PR**WQ*1000",
        "REF*TJ*362222222",
        "QTY*QA*1",
        "QTY*QC*2",
        "AMT*YU*200",
        "AMT*YY*800",
        "HL*4*3*PT",
        "NM1*QC*1*FIELD*ALAN****MI*A1",
        "TRN*2*P001",
        "STC*A2:20:PR*20261115*WQ*200",
        "REF*1K*ICN1",
        "REF*D9*D9A",
        "DTP*472*RD8*20260901-20260904",
        "HL*5*3*PT",
        "NM1*QC*1*FIELD*JANE****MI*A2",
        "TRN*2*P002",
        "STC*A3:21:82*20261115*U*500******A3:187",
        "DTP*472*D8*20260902",
        "SVC*HC:96372:59*350*****2",
        "STC*A3:122**U*******A3:153:82",
        "REF*FJ*11",
        "DTP*472*D8*20260902",
        "TRN*2*P003",
        "STC*A3:401*20261115*U*300********WORDS",
        "DTP*472*D8*20260903",
        "HL*6*2*19*0",
        "NM1*85*1*REED*I*B***FI*567012345",
        "TRN*1*0",
        "STC*A3:24:85**U*150",
        "QTY*QC*1",
        "AMT*YY*150",
    ];

    static byte[] File(params IEnumerable<string> segments)
    {
        var body = segments.Prepend("ST*277*0001*005010X214").ToList();
        body.Add($"SE*{body.Count + 1}*0001");
        return Encoding.UTF8.GetBytes(string.Join("~\n",
            [Isa, "GS*HN*PAYER01*CLINIC01*20261115*1200*4*X*005010X214", .. body, "GE*1*4", "IEA*1*000000004"])
            + "~\n");
    }

    static List<(ClaimStatus Read, List<Finding> Findings, string Text)> Read(byte[] file,
        int size = BlockCutter.UsualSize)
    {
        var (reader, all, into, about, text) = (new ClaimStatusReader(),
            new List<(ClaimStatus, List<Finding>, string)>(), new ClaimStatus(), new FindingList(),
            new StringBuilder());
        foreach (var (bytes, setPart) in AnswerFiles.SetPartsOf(file, "277CA", size))
        {
            // before it is read: line ends inside are taken out in place
            text.Append(Encoding.Latin1.GetString(bytes, setPart.Data.Start, setPart.Data.Length));
            reader.Read(bytes, setPart, into, about);
            if (!setPart.IsLast) continue;
            var findings = new List<Finding>();
            AnswerFiles.Take(about, findings);
            all.Add((into, findings, text.ToString()));
            (into, text) = (new ClaimStatus(), new());
        }
        return all;
    }

    static (ClaimStatus Read, List<Finding> Findings, string Text) One(params IEnumerable<string> segments) =>
        Assert.Single(Read(File(segments)));

    [Fact]
    public void A_good_acknowledgment_has_no_findings() => Assert.Empty(AnswerFiles.Lines(One(Good).Findings));

    [Fact]
    public void The_file_says_who_told_whom_of_how_many_claims()
    {
        var read = One(Good).Read;
        Assert.Equal(("277X2140001", new DateOnly(2026, 11, 15), "1635", "AY", "FIRST CLEARINGHOUSE", "CLHR00"),
            (read.Text(read.Number), read.Made, read.Text(read.Time), read.SaidBy.Role.ToString(),
                read.Text(read.SaidBy.Name), read.Text(read.SaidBy.Id)));
        Assert.Equal(("S00001ABCDEF", new DateOnly(2026, 11, 14), new DateOnly(2026, 11, 15), "BEST BILLING",
                "BATCH01"),
            (read.Text(read.SourceTrace), read.Received, read.Processed, read.Text(read.Submitter.Name),
                read.Text(read.Batch)));
        Assert.Equal((1000, 3000, 20000, 95000),
            (read.Totals.Accepted!.Value.Thousandths, read.Totals.Rejected!.Value.Thousandths,
                read.Totals.AcceptedCharge!.Value.Cents, read.Totals.RejectedCharge!.Value.Cents));
        var status = Assert.Single(read.StatusesOf(read.FileStatuses).ToArray());
        Assert.Equal(("A1", "19", "PR", "WQ", 115000),
            (status.First.Category.ToString(), status.First.Code.ToString(), status.First.Entity.ToString(),
                status.Action.ToString(), status.Charge!.Value.Cents));
    }

    [Fact]
    public void Providers_have_their_claims_and_claims_their_statuses()
    {
        var read = One(Good).Read;
        Assert.Equal([("1234567893", 3), ("567012345", 0)],
            read.Providers.Select(p => (read.Text(p.Name.Id), p.ClaimCount)));
        var claims = read.ClaimsOf(read.Providers[0]).ToArray();
        Assert.Equal([("P001", "ALAN", false), ("P002", "JANE", false), ("P003", "JANE", true)],
            claims.Select(c => (read.Text(c.Id), read.Text(c.Patient.First), c.Continues)));
        Assert.Equal(("ICN1", "D9A", new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 4)),
            (read.Text(claims[0].PayerControl), read.Text(claims[0].ClearinghouseControl), claims[0].From,
                claims[0].Thru));
        var rejected = Assert.Single(read.StatusesOf(claims[1].Statuses).ToArray());
        Assert.Equal(("A3", "21", "82", "A3", "187", "U", 50000),
            (rejected.First.Category.ToString(), rejected.First.Code.ToString(), rejected.First.Entity.ToString(),
                rejected.Second.Category.ToString(), rejected.Second.Code.ToString(), rejected.Action.ToString(),
                rejected.Charge!.Value.Cents));
        Assert.Equal("WORDS", read.Text(read.StatusesOf(claims[2].Statuses)[0].Words));
        var line = Assert.Single(read.LinesOf(claims[1]).ToArray());
        Assert.Equal(("96372", "59", 35000, "11", new DateOnly(2026, 9, 2), 1),
            (line.Procedure.Code.ToString(), line.Procedure.Modifiers.ToString(), line.Charge!.Value.Cents,
                read.Text(line.Control), line.From, line.Statuses.Count));
    }

    [Theory]
    [InlineData("HL*4*3*PT", "HL*5*3*PT", "X120080")]
    [InlineData("HL*5*3*PT", "HL*5*2*PT", "X120081")]
    [InlineData("AMT*YY*950", "AMT*YY*950.01", "X120150")]
    [InlineData("AMT*YY*800", "AMT*YY*799.99", "X120150")]
    [InlineData("QTY*AA*3", "QTY*AA*1", "X120152")]
    [InlineData("STC*A3:401*20261115*U*300********WORDS", "STC*A3:401*20261115*U*300|STC*A1:20*20261115*WQ*300",
        "X120153")]
    [InlineData("STC*A2:20:PR*20261115*WQ*200", "STC*E1:20:PR*20261115*WQ*200", "X120154")]
    [InlineData("NM1*85*2*OAK STREET MEDICINE*****XX*1234567893", "NM1*85*2*OAK STREET MEDICINE*****XX*1234567890",
        "X120155")]
    [InlineData("SVC*HC:96372:59*350*****2", "SVC*HC:9637:59*350*****2", "X120156")]
    public void Rules_are_told(string segment, string by, string id)
    {
        var segments = Good.ToList();
        segments[segments.IndexOf(segment)] = by;
        Assert.Contains(id, One(segments.SelectMany(s => s.Split('|'))).Findings.Select(f => f.Info.Id));
    }

    static ClaimStatus Reread(ClaimStatus one)
    {
        var (json, read) = (AnswerFiles.Json(w => ClaimStatusJson.Write(one, w)), new ClaimStatus());
        ClaimStatusJson.Read(Encoding.UTF8.GetBytes(json), read);
        Assert.Equal(json, AnswerFiles.Json(w => ClaimStatusJson.Write(read, w)));
        return read;
    }

    static List<string> Written(ClaimStatus one)
    {
        var output = new SegmentWriter { Delimiters = one.Delimiters };
        new ClaimStatusWriter(output).Write(one);
        return AnswerFiles.Canonical(Encoding.Latin1.GetString(output.Written), one.Delimiters, withoutLevels: true);
    }

    static void ComesBack((ClaimStatus Read, List<Finding> Findings, string Text) one, string name)
    {
        var (original, written) = (AnswerFiles.Canonical(one.Text, one.Read.Delimiters, withoutLevels: true),
            Written(Reread(one.Read)));
        Assert.True(original.SequenceEqual(written),
            $"{name}: {string.Join('~', original)}\nbecame {string.Join('~', written)}");
    }

    [Fact]
    public void What_is_read_comes_back_through_JSON() => ComesBack(One(Good), "good");

    [Fact]
    public void Without_kept_segments_the_fields_make_the_set()
    {
        var one = Reread(One(Good).Read);
        one.KeepOnly(0);
        Assert.Equal(AnswerFiles.Canonical(string.Join('~', Good.Where(s => s != "REF*TJ*362222222")), Delimiters.Usual,
                withoutLevels: true), Written(one).Skip(1));
    }

    [Fact]
    public void What_is_added_and_taken_out_is_written_in_its_place()
    {
        var one = Reread(One(Good).Read);
        ref var status = ref one.AddStatus(ref one.Claims.Span[0].Statuses);
        (status.First, status.Action) = (new(Code.Of("A3"), Code.Of("21"), default), Code.Of("U"));
        one.Claims.Span[1].LineCount = 0;
        one.AddProvider().Name.Name = one.Append("NEW"u8);
        List<string> expected = [.. Good, "HL*7*2*19*0", "NM1*85*2*NEW"];
        expected.RemoveRange(expected.FindIndex(s => s.StartsWith("SVC", StringComparison.Ordinal)), 4);
        expected.Insert(expected.FindIndex(s => s.StartsWith("STC*A2", StringComparison.Ordinal)) + 1, "STC*A3:21**U");
        Assert.Equal(AnswerFiles.Canonical(string.Join('~', expected), Delimiters.Usual, withoutLevels: true),
            Written(one).Skip(1));
    }

    [Fact]
    public void A_set_that_was_cut_is_read_as_in_one_piece()
    {
        var (whole, cut) = (One(Good), Assert.Single(Read(File(Good), 1)));
        Assert.Equal(AnswerFiles.Json(w => ClaimStatusJson.Write(whole.Read, w)),
            AnswerFiles.Json(w => ClaimStatusJson.Write(cut.Read, w)));
        Assert.Equal(AnswerFiles.Lines(whole.Findings), AnswerFiles.Lines(cut.Findings));
        List<string> broken =
            [.. Good.Select(s => s.Replace("AMT*YY*950", "AMT*YY*9", StringComparison.Ordinal)
                    .Replace("HL*6*2*19*0", "HL*6*2*19*1", StringComparison.Ordinal))];
        Assert.Equal(AnswerFiles.Lines(One(broken).Findings),
            AnswerFiles.Lines(Assert.Single(Read(File(broken), 1)).Findings));
    }

    [Fact]
    public void The_corpus_comes_back_through_JSON()
    {
        Corpus.Need();
        foreach (var (name, bytes, sets, _, _) in AnswerFiles.OfCorpus("277CA-5010"))
        {
            var read = Read(bytes);
            Assert.True(read.Count == sets, name);
            foreach (var one in read) ComesBack(one, name);
        }
    }

    [Fact]
    public void Hostile_bytes_are_never_thrown_at_and_come_back()
    {
        var random = new Random(277);
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
            foreach (var one in Read(AnswerFiles.Hostile(File(Good), random),
                round % 2 == 0 ? 1 : BlockCutter.UsualSize))
                ComesBack(one, $"round {round}");
    }

    [Fact]
    public void Segments_in_any_order_come_back()
    {
        var random = new Random(277);
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
            foreach (var one in Read(File(AnswerFiles.Disordered(Good, random)),
                round % 2 == 0 ? 1 : BlockCutter.UsualSize))
                ComesBack(one, $"round {round}");
    }
}
