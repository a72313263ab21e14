using System.Text;
using System.Text.Unicode;
using Deltoid.Findings;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>
/// Questions to payers and their answers (270, 271, 276, 277): nothing is lost on the way through JSON.
/// </summary>
public sealed class InquiryTests
{
    static readonly string[] Names = ["270", "271", "276", "277"];

    static List<(Inquiry Read, List<Finding> Findings, string Text)> Read(byte[] file, int size = BlockCutter.UsualSize)
    {
        var (all, about) = (new List<(Inquiry, List<Finding>, string)>(), new FindingList());
        foreach (var name in Names)
        {
            var (reader, into, text) = (new InquiryReader(), new Inquiry(), new StringBuilder());
            foreach (var (bytes, setPart) in AnswerFiles.SetPartsOf(file, name, size))
            {
                var of = bytes.AsSpan(setPart.Data.Start, setPart.Data.Length);
                text.Append((Utf8.IsValid(of) ? Encoding.UTF8 : Encoding.Latin1).GetString(of));
                reader.Read(bytes, setPart, into, about);
                if (!setPart.IsLast) continue;
                var findings = new List<Finding>();
                AnswerFiles.Take(about, findings);
                all.Add((into, findings, text.ToString()));
                (into, text) = (new Inquiry(), new());
            }
        }
        return all;
    }

    static string Json(Inquiry one) => AnswerFiles.Json(w => InquiryJson.Write(one, w));

    static Inquiry Reread(Inquiry one)
    {
        var (json, read) = (Json(one), new Inquiry());
        InquiryJson.Read(Encoding.UTF8.GetBytes(json), one.Guide!, read);
        Assert.Equal(json, Json(read));
        return read;
    }

    static List<string> Written(Inquiry one)
    {
        var output = new SegmentWriter { Delimiters = one.Delimiters };
        InquiryFileWriter.WriteSet(one, output);
        return AnswerFiles.Canonical(Encoding.UTF8.GetString(output.Written), one.Delimiters);
    }

    static void ComesBack((Inquiry Read, List<Finding> Findings, string Text) one, string name)
    {
        var (original, written) = (AnswerFiles.Canonical(one.Text, one.Read.Delimiters), Written(Reread(one.Read)));
        Assert.True(original.SequenceEqual(written),
            $"{name}: {string.Join('~', original)}\nbecame {string.Join('~', written)}\n{Json(one.Read)}");
    }

    /// <summary>A set of the corpus with no findings is said by its fields alone.</summary>
    static bool SaysAll(Inquiry one) => !Json(one).Contains("\"other\":", StringComparison.Ordinal);

    [Theory, InlineData("270"), InlineData("271"), InlineData("276"), InlineData("277")]
    public void Every_specimen_is_said_by_its_fields_and_comes_back(string name)
    {
        var specimens = Specimens.Of(name);
        foreach (var root in specimens.Family)
        {
            var one = Assert.Single(Read(new SpecimenText(specimens.Guide, root).Bytes()));
            Assert.True(SaysAll(one.Read), $"{one.Text}\n{Json(one.Read)}\n{Difference(one.Read)}");
            ComesBack(one, name);
        }
    }

    /// <summary>A value that no code list has, in each element in turn: signs beyond those of X12, and long ones.</summary>
    [Theory, InlineData("Ā"), InlineData("€1"), InlineData("ABCDEFGĀ"), InlineData("ABCDEFGHIJKL"), InlineData("é"),
        InlineData("_"), InlineData(" ")]
    public void A_value_that_no_list_has_comes_back(string value)
    {
        foreach (var name in Names)
        {
            var specimens = Specimens.Of(name);
            foreach (var root in specimens.Family)
                for (var turn = 0; turn < 3; turn++)
                    foreach (var one in Read(Changed(new SpecimenText(specimens.Guide, root), value, turn)))
                        ComesBack(one, name);
        }
    }

    static byte[] Changed(SpecimenText text, string value, int turn)
    {
        var bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value)); // a specimen writes a sign a byte
        foreach (var segment in text.OfSet)
            for (var element = 1; element <= segment.Elements.Count; element++)
                if (segment.Name is not ("ST" or "SE") && turn++ % 3 == 0) segment.Set(element, bytes);
        return text.Bytes();
    }

    static string Difference(Inquiry one)
    {
        var again = new Inquiry();
        InquiryTree.Write(InquiryTree.Of(one), again);
        var (left, right) = (Written(one), Written(again));
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
            if (left[i] != right[i]) return $"{left[i]} became {right[i]}";
        return $"{left.Count} became {right.Count}";
    }

    [Fact]
    public void The_corpus_comes_back_through_JSON()
    {
        Corpus.Need();
        foreach (var name in Names)
            foreach (var (file, bytes, sets, _, _) in AnswerFiles.OfCorpus(name + "-5010"))
            {
                var read = Read(bytes);
                Assert.True(read.Count == sets, file);
                var isClash = X12Reading.Of(bytes).Findings.Exists(static f => f.Info == X12Findings.SeparatorsClash);
                foreach (var one in read)
                {
                    ComesBack(one, file);
                    var isOdd = isClash || !one.Read.Delimiters.AreDistinct
                        || char.IsAsciiLetter((char)one.Read.Delimiters.Repetition);
                    Assert.True(isOdd || one.Findings.Count > 0 || SaysAll(one.Read), $"{file} {Difference(one.Read)}");
                }
            }
    }

    static readonly string[] Sample =
    [
        "BHT*0022*11*10001234*20260501*1319",
        "HL*1**20*1",
        "NM1*PR*2*ABC COMPANY*****PI*842610001",
        "PER*IC*SUPPORT*TE*8005551212",
        "HL*2*1*21*1",
        "NM1*1P*2*BONE AND JOINT CLINIC*****XX*1234567893",
        "HL*3*2*22*1",
        "TRN*2*93175-012547*9877281234",
        "NM1*IL*1*SMITH*JOHN****MI*123456789",
        "REF*6P*GROUP1",
        "N3*15 ELM ST",
        "N4*SPRINGFIELD*IL*62704",
        "DMG*D8*19630519*M",
        "DTP*346*D8*20260101",
        "EB*1**1^33^35^47^86^88^98^AL^MH^UC*HM*GOLD 123 PLAN",
        "EB*B**98****10**VS*1",
        "HSD*VS*12***22",
        "MSG*A MESSAGE",
        "EB*C*IND*30***23*600",
        "DTP*292*RD8*20260101-20261231",
        "LS*2120",
        "NM1*P3*1*JONES*MARCUS****SV*0202034",
        "LE*2120",
        "HL*4*3*23*0",
        "TRN*2*93175-012548*9877281234",
        "NM1*03*1*SMITH*MARY",
        "INS*N*19",
        "HI*ABK:M1711*ABF:E119",
        "EB*1**30",
        "EB*A*IND*30*****.2****W*HC:20610:RT*1:2",
        "III*ZZ*11",
    ];

    static byte[] File(params IEnumerable<string> segments)
    {
        var body = segments.Prepend("ST*271*0001*005010X279A1").ToList();
        body.Add($"SE*{body.Count + 1}*0001");
        return Encoding.UTF8.GetBytes(string.Join("~\n",
        [
            "ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01       *261115*1200*^*00501*000000004*0*T*:",
            "GS*HB*PAYER01*CLINIC01*20261115*1200*4*X*005010X279A1", .. body, "GE*1*4", "IEA*1*000000004",
        ]) + "~\n");
    }

    [Fact]
    public void A_good_answer_has_no_findings_and_is_said_by_its_fields()
    {
        var one = Assert.Single(Read(File(Sample)));
        Assert.Empty(AnswerFiles.Lines(one.Findings));
        Assert.True(SaysAll(one.Read));
        ComesBack(one, "good");
    }

    [Fact]
    public void A_set_that_was_cut_is_read_as_in_one_piece()
    {
        var (whole, cut) = (Assert.Single(Read(File(Sample))), Assert.Single(Read(File(Sample), 1)));
        Assert.Equal(Json(whole.Read), Json(cut.Read));
        List<string> broken = [.. Sample.Select(s => s.Replace("HL*4*3", "HL*5*2", StringComparison.Ordinal))];
        Assert.Equal(AnswerFiles.Lines(Assert.Single(Read(File(broken))).Findings),
            AnswerFiles.Lines(Assert.Single(Read(File(broken), 1)).Findings));
    }

    static int SizeOf(int round) => round % 2 == 0 ? 1 : BlockCutter.UsualSize;

    /// <summary>JSON that is broken anywhere is refused with a place, or reads; nothing else is thrown.</summary>
    [Fact]
    public void Hostile_JSON_is_refused_or_read()
    {
        var (random, good) = (new Random(270), Json(Assert.Single(Read(File(Sample))).Read));
        string[] parts =
            ["{", "}", "[", "]", ",", ":", "\"", "1", "null", "\"thru\"", "\"codes\"", "-", "\u0001", "*", "\"kind\""];
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
        {
            var text = new StringBuilder(good);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0) text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                else text.Insert(at, parts[random.Next(parts.Length)]);
            }
            try
            {
                InquiryJson.Read(Encoding.UTF8.GetBytes(text.ToString()), InquirySets.EligibilityAnswer.Guide,
                    new Inquiry());
            }
            catch (Values.InputException e) { Assert.NotEqual("", e.Message); }
        }
    }

    [Fact]
    public void Hostile_bytes_are_never_thrown_at_and_come_back()
    {
        var random = new Random(271);
        for (var round = 0; round < 500; round++)
            foreach (var one in Read(AnswerFiles.Hostile(File(Sample), random), SizeOf(round)))
                ComesBack(one, $"round {round}");
    }

    [Fact]
    public void Segments_in_any_order_come_back()
    {
        var random = new Random(271);
        for (var round = 0; round < 500; round++)
            foreach (var one in Read(File(AnswerFiles.Disordered(Sample, random)), SizeOf(round)))
                ComesBack(one, $"round {round}");
    }
}
