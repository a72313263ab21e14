using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;
using static Deltoid.Tests.RemittanceSamples;

namespace Deltoid.Tests;

/// <summary>
/// Files of remittances: what is posted adds up to the check, what does not add up is not posted, what came before is
/// not posted again, and each payment finds its claim.
/// </summary>
public sealed class RemitRunTests
{
    static readonly CodeBook Book = StarterBook.Open();

    /// <summary>The answers to files, given in their order; the first of them were received before.</summary>
    static List<JsonElement> Answers(IReadOnlyList<byte[]> files, int earlier = 0, params IEnumerable<Claim> claims)
    {
        var sent = new SentClaims();
        foreach (var claim in claims) sent.Add(claim);
        var run = new RemitRun(Book, sent, new Dictionary<string, PayerTerms>(), new(2026, 11, 20));
        var inputs = files.Select((bytes, i) =>
            new RemitInput($"{i}.835", () => new MemoryStream(bytes, writable: false))).ToList();
        var surveyed = inputs.Select((input, i) => run.Survey(input, i < earlier, default)).ToList();
        run.Judge();
        return [.. surveyed.Select((file, i) => Answer(run, file, inputs[i])).Skip(earlier)];
    }

    static JsonElement Answer(RemitRun run, SurveyedFile file, RemitInput input)
    {
        var text = new ArrayBufferWriter<byte>();
        var json = new RemitJson(file, Book, text, indented: false);
        json.Begin();
        run.Answer(file, input, workers: 1, isJson: true, made =>
        {
            foreach (var (set, start, length) in made.Claims)
                json.Add(set, made.Text.WrittenSpan.Slice(start, length));
        }, default);
        json.End();
        using var document = JsonDocument.Parse(text.WrittenMemory);
        return document.RootElement.Clone();
    }

    static JsonElement Set(JsonElement answer, int index = 0) => answer.GetProperty("sets")[index];

    static string Verdict(JsonElement answer, int index = 0) => Set(answer, index).GetProperty("verdict").GetString()!;

    static JsonElement.ArrayEnumerator Faults(JsonElement set) => set.GetProperty("faults").EnumerateArray();

    const int SetsInFile = 500;

    static int Seeds => LongRun.Count(8_000, 100_000);

    /// <summary>
    /// Of many remittances what is posted is the check, to the cent; and of each, one of its amounts a cent off is
    /// named.
    /// </summary>
    [Fact]
    public void What_is_posted_adds_up_to_the_check()
    {
        var faults = new ConcurrentBag<string>();
        Parallel.For(0, Seeds / SetsInFile, new() { MaxDegreeOfParallelism = 2 }, batch =>
        {
            var samples = Enumerable.Range(batch * SetsInFile, SetsInFile).Select(static s => Random(s).Numbered(s))
                .ToList();
            var sets = Sets(samples.ConvertAll(static s => s.Segments));
            var changed = Sets(samples.Select((s, i) => s.Changed(i, i % 2 == 0 ? 1 : -1)).ToList());
            for (var (i, before) = (0, 2); i < sets.Count; before += samples[i++].Segments.Count + 2)
                foreach (var fault in (string[])[FaultOf(sets[i]), FaultOf(samples[i], i, before, changed[i])])
                    if (fault.Length > 0) faults.Add($"seed {(batch * SetsInFile) + i}: {fault}");
        });
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Order(StringComparer.Ordinal).Take(10)));
    }

    static List<JsonElement> Sets(List<List<string>> sets) =>
        [.. Answers([RemittanceSamples.File(sets)])[0].GetProperty("sets").EnumerateArray()];

    /// <summary>What is wrong with the answer to a set that is right; empty where nothing is.</summary>
    static string FaultOf(JsonElement set)
    {
        if (set.GetProperty("verdict").GetString() != "post" || !set.GetProperty("balanced").GetBoolean())
            return set.GetProperty("faults").ToString();
        var posted = set.GetProperty("claims").EnumerateArray()
            .SelectMany(static c => c.GetProperty("posting").EnumerateArray())
            .Where(static p => p.GetProperty("kind").ValueEquals("payment"))
            .Sum(static p => p.GetProperty("amount").GetDecimal());
        var rows = set.GetProperty("adjustments").EnumerateArray()
            .Sum(static a => a.GetProperty("amount").GetDecimal());
        var totals = set.GetProperty("totals");
        return totals.GetProperty("amount").GetDecimal() == posted - rows
            && totals.GetProperty("paid").GetDecimal() == posted && totals.GetProperty("adjusted").GetDecimal() == rows
            ? ""
            : $"posted {posted}, adjusted {rows}: {totals}";
    }

    /// <summary>What is wrong with the answer to a set of which one amount is a cent off.</summary>
    /// <param name="before">Segments of the file before the set.</param>
    static string FaultOf(Sample sample, int which, int before, JsonElement set)
    {
        var (segment, element) = sample.Amounts[which % sample.Amounts.Count];
        var (named, isOdd) = Named(sample.Segments, segment, element);
        if (set.GetProperty("verdict").GetString() == (isOdd ? "post-with-warning" : "quarantine")
            && Faults(set).Any(f => f.GetProperty("segment").ValueKind == JsonValueKind.Number
                && f.GetProperty("segment").GetInt32() == named + 2 // ST is the first
                && f.GetProperty("inFile").GetInt32() == named + 2 + before
                && f.GetProperty("text").GetString()!.StartsWith(sample.Segments[named][..3], StringComparison.Ordinal)
                && f.GetProperty("off").ValueKind == JsonValueKind.Number
                && Math.Abs(f.GetProperty("off").GetDecimal()) == 0.01m))
            return "";
        return $"amount {which} a cent off: {set.GetProperty("verdict")} {set.GetProperty("faults")}";
    }

    /// <summary>Of some remittances each amount, up and down.</summary>
    [Fact]
    public void A_cent_more_or_less_is_named_at_its_segment()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var sample = Random(seed);
            for (var (which, cents) = (0, 1); which < sample.Amounts.Count; (which, cents) = (which + 1, -cents))
            {
                var fault = FaultOf(sample, which, 2, Set(Answers([sample.File(which, cents)])[0]));
                Assert.True(fault.Length == 0, $"seed {seed}: {fault}");
            }
        }
    }

    /// <summary>The segment that has the wrong sum after an amount was changed; and whether the check still adds up.
    /// </summary>
    static (int Segment, bool IsOdd) Named(List<string> segments, int segment, int element)
    {
        var name = segments[segment].Split('*')[0];
        if (name == "PLB") return (0, false);
        if (name == "AMT") return (segments.FindIndex(static s => s.Contains("*L6*", StringComparison.Ordinal)), true);
        if (name == "CLP") return (segment, element == 5);
        while (name == "CAS" && !segments[segment].StartsWith("SVC", StringComparison.Ordinal)
            && !segments[segment].StartsWith("CLP", StringComparison.Ordinal)) segment--;
        return (segment, false);
    }

    static byte[] Rewrapped(byte[] file) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file)
        .Replace("000000002", "000000077", StringComparison.Ordinal)
        .Replace("*2*X*", "*9*X*", StringComparison.Ordinal).Replace("GE*1*2", "GE*1*9", StringComparison.Ordinal)
        .Replace("*0001~", "*0042~", StringComparison.Ordinal).Replace("~\n", "~", StringComparison.Ordinal)
        .Replace('*', '|'));

    [Fact]
    public void A_payment_that_comes_again_changes_nothing()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var file = Random(seed).File();
            foreach (var again in (byte[][])[file, Rewrapped(file)])
            {
                var answers = Answers([file, again]);
                Assert.Equal(["post", "already-received"], answers.Select(static a => Verdict(a)));
                Assert.Equal(0, Set(answers[1]).GetProperty("claims").GetArrayLength());
                Assert.Equal("already-received", Verdict(Assert.Single(Answers([file, again], earlier: 1))));
            }
        }
    }

    static string[] Claim(string id, string amount) =>
    [
        $"CLP*{id}*1*{amount}*{amount}**12*ICN{id}*11*1", "NM1*QC*1*FIELD*ALAN****MI*A12345", "DTM*232*20260901",
        $"SVC*HC:96372*{amount}*{amount}**1", "DTM*472*20260901", $"REF*6R*{id}L1",
    ];

    static byte[] Paying(string amount, params IEnumerable<string> body) => File([.. Head(amount), "LX*1", .. body]);

    [Fact]
    public void A_payment_that_is_split_over_files_comes_again()
    {
        var whole = Paying("30", [.. Claim("P1", "10"), .. Claim("P2", "20")]);
        byte[][] parts = [Paying("10", Claim("P1", "10")), Paying("20", Claim("P2", "20"))];
        Assert.Equal(["post", "already-received", "already-received"],
            Answers([whole, .. parts]).Select(static a => Verdict(a)));
        Assert.Equal(["post", "post-with-warning", "already-received"],
            Answers([.. parts, whole]).Select(static a => Verdict(a)));
    }

    [Fact]
    public void The_same_number_with_other_amounts_is_not_posted()
    {
        var answers = Answers([Paying("10", Claim("P1", "10")), Paying("12", Claim("P1", "12"))]);
        Assert.Equal("quarantine", Verdict(answers[1]));
        var fault = Assert.Single(Faults(Set(answers[1])));
        Assert.Equal("RMT0002", fault.GetProperty("id").GetString());
        Assert.Equal(3, fault.GetProperty("segment").GetInt32());
        // nor is the same with another amount of the check
        Assert.Equal("quarantine", Verdict(Answers([Paying("10", Claim("P1", "10")),
            Paying("10.01", Claim("P1", "10"))])[1]));
        // a set that was not posted was not received
        var wrong = Paying("11", Claim("P1", "10"));
        Assert.Equal(["quarantine", "post"],
            Answers([wrong, Paying("10", Claim("P1", "10"))]).Select(static a => Verdict(a)));
    }

    [Fact]
    public void A_fault_of_the_envelope_keeps_its_sets_from_being_posted()
    {
        var good = Encoding.UTF8.GetString(Paying("10", Claim("P1", "10")));
        foreach (var (from, by, segment, level) in (ReadOnlySpan<(string, string, string, string)>)
        [
            ("GE*1*2", "GE*2*2", "GE", "group"), ("IEA*1*", "IEA*3*", "IEA", "interchange"),
            ("*000000002~", "*000000003~", "IEA", "interchange"), ("SE*18*0001", "SE*19*0001", "SE", "set"),
            ("SE*18*0001", "SE*18*0002", "SE", "set"),
        ])
        {
            Assert.Contains(from, good, StringComparison.Ordinal);
            var answer = Answers([Encoding.UTF8.GetBytes(good.Replace(from, by, StringComparison.Ordinal))])[0];
            Assert.Equal("quarantine", Verdict(answer));
            var fault = Faults(Set(answer)).First(f => f.GetProperty("severity").GetString() == "error");
            Assert.StartsWith(segment, fault.GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.Equal(level, fault.GetProperty("level").GetString());
            Assert.Equal(segment == "SE" ? 20 : segment == "GE" ? 21 : 22, fault.GetProperty("inFile").GetInt32());
        }
    }

    static byte[] Dated(byte[] file, string trace, string day) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file)
        .Replace("EFT0000001", trace, StringComparison.Ordinal).Replace("20261116", day, StringComparison.Ordinal));

    static byte[] Carrying() => Dated(File([.. Notice(), "LX*1",
        "CLP*P1*22*-50*-50**12*ICN1*11*1", "NM1*QC*1*FIELD*ALAN****MI*A12345", "DTM*232*20260901",
        "CLP*P1*4*50*0**12*ICN1X*11*1", "CAS*CO*29*50", "NM1*QC*1*FIELD*ALAN****MI*A12345", "DTM*232*20260901",
        $"PLB*{RemittanceSamples.Npi}*20261231*FB:EFT0000001*-50"]), "EFT0000001", "20261116");

    static byte[] Taking(string trace, string day) =>
        Dated(Paying("10",
            [.. Claim("P2" + day, "60"), $"PLB*{RemittanceSamples.Npi}*20261231*FB:CARRIED*50"]), trace, day);

    static byte[] Named(byte[] file, string carried) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file)
        .Replace("CARRIED", carried, StringComparison.Ordinal));

    static string Means(JsonElement answer) =>
        Set(answer).GetProperty("adjustments")[0].GetProperty("means").GetString()!;

    [Fact]
    public void A_carried_balance_is_followed_over_files()
    {
        var (carrying, taking) = (Carrying(), Named(Taking("EFT2", "20261123"), "EFT0000001"));
        var answers = Answers([taking, carrying]); // their days put them in order
        Assert.Equal(["post", "post"], answers.Select(static a => Verdict(a)));
        Assert.EndsWith("payment EFT0000001 carried it over", Means(answers[0]), StringComparison.Ordinal);
        Assert.EndsWith("payment EFT2 takes it back", Means(answers[1]), StringComparison.Ordinal);
        Assert.EndsWith("it has not come back in the files at hand", Means(Answers([carrying])[0]),
            StringComparison.Ordinal);
        Assert.EndsWith("no file at hand shows the payment that carried it over", Means(Answers([taking])[0]),
            StringComparison.Ordinal);
        var again = Named(Taking("EFT3", "20261130"), "EFT0000001");
        var third = Answers([carrying, taking, again], earlier: 2)[0];
        Assert.Equal("post-with-warning", Verdict(third));
        var fault = Assert.Single(Faults(Set(third)));
        Assert.Equal(("RMT0003", 50m), (fault.GetProperty("id").GetString(), fault.GetProperty("off").GetDecimal()));
    }

    [Fact]
    public void A_reversal_and_its_correction_are_one_answer()
    {
        var set = Set(Answers([Carrying()])[0]);
        var claim = Assert.Single(set.GetProperty("claims").EnumerateArray());
        Assert.Equal("P1", claim.GetProperty("claim").GetString());
        Assert.Equal(-50m, claim.GetProperty("posting").EnumerateArray()
            .Where(static p => p.GetProperty("kind").GetString() == "payment")
            .Sum(static p => p.GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public void A_recovery_names_its_claim_by_the_number_of_the_payer()
    {
        var earlier = Dated(Paying("10", Claim("P1", "10")), "EFT0", "20261001");
        var later = Paying("15", [.. Claim("P2", "20"), $"PLB*{RemittanceSamples.Npi}*20261231*WO:ICNP1*5"]);
        var row = Set(Answers([earlier, later], earlier: 1)[0]).GetProperty("adjustments")[0];
        Assert.Equal("P1", row.GetProperty("claim").GetString());
        Assert.Equal("an earlier overpayment is taken back", row.GetProperty("means").GetString());
        Assert.Equal(JsonValueKind.Null,
            Set(Answers([later])[0]).GetProperty("adjustments")[0].GetProperty("claim").ValueKind);
    }

    static Claim Sent(string id, string member, decimal charge, string control = "", int day = 1)
    {
        var claim = new Claim { Charge = Money.Round(charge) };
        claim.Set(ClaimText.Id, Encoding.UTF8.GetBytes(id));
        claim.Set(Party.Subscriber, PartyField.MemberId, Encoding.UTF8.GetBytes(member));
        claim.Set(Party.Subscriber, PartyField.Name, "FIELD"u8);
        ref var line = ref claim.AddLine();
        (line.Code, line.Charge, line.Date) = (Code.Of("96372"), Money.Round(charge), new(2026, 9, day));
        if (control.Length > 0) line.Control = claim.Append(Encoding.UTF8.GetBytes(control));
        return claim;
    }

    static (string? Claim, string By, string Sure) Match(string paid, params IEnumerable<Claim> claims)
    {
        var answer = Answers([Paying("10", Claim(paid, "10"))], 0, claims)[0];
        var match = Set(answer).GetProperty("claims")[0].GetProperty("match");
        return match.ValueKind == JsonValueKind.Null
            ? (null, "", "")
            : (match.GetProperty("claim").GetString(), match.GetProperty("by").GetString()!,
                match.GetProperty("sure").GetString()!);
    }

    [Fact]
    public void A_payment_finds_its_claim_and_never_guesses()
    {
        Assert.Equal(("P1", "claim-id", "exact"), Match("P1", Sent("P0", "A12345", 10), Sent("P1", "A12345", 10)));
        Assert.Equal(("P1", "claim-id", "likely"), Match("P1", Sent("P1", "A12345", 12)));
        Assert.Equal((null, "", ""), Match("P1", Sent("P1", "Z9", 12))); // the number of another patient's claim
        var replaced = Sent("P7", "A12345", 10);
        replaced.Set(ClaimText.OriginalReference, "ICNX1"u8);
        Assert.Equal(("P7", "payer-control", "likely"), Match("X1", replaced));
        Assert.Equal(("P8", "line-control", "likely"), Match("X1", Sent("P8", "A12345", 10, "X1L1")));
        Assert.Equal(("P9", "best-match", "likely"), Match("X1", Sent("P9", "A12345", 10)));
        Assert.Equal((null, "", ""), Match("X1", Sent("P9", "A12345", 10), Sent("P10", "A12345", 10)));
        Assert.Equal((null, "", ""), Match("X1", Sent("P9", "B2", 99, day: 20)));
    }

    [Fact]
    public void Split_and_merged_lines_find_their_line()
    {
        var claim = new Claim();
        foreach (var (code, charge) in (ReadOnlySpan<(string, int)>)[("96372", 38), ("J3420", 50), ("J3420", 60)])
        {
            ref var line = ref claim.AddLine();
            (line.Code, line.Charge) = (Code.Of(code), Money.Round(charge));
        }
        Assert.Equal([0, 1, 1, 2], Lines(claim, ("96372", 38), ("J3420", 20), ("J3420", 30), ("J3420", 60)));
        Assert.Equal([1, 0], Lines(claim, ("J3420", 110), ("96372", 38)));
        Assert.Equal([2, 1, 0], Lines(claim, ("J3420", 60), ("J3420", 50), ("96372", 38)));
        Assert.Equal([-1], Lines(claim, ("J3420", 7)));
    }

    static int[] Lines(Claim claim, params ReadOnlySpan<(string Code, int Charge)> paid)
    {
        var payment = new Answers.ClaimPayment();
        foreach (var (code, charge) in paid)
        {
            ref var line = ref payment.AddLine();
            (line.Procedure.Code, line.Charge) = (Code.Of(code), Money.Round(charge));
        }
        return LineMatch.Of(claim, payment);
    }

    /// <summary>What each 835 of the corpus comes to: posted as it adds up, or the reason why it is not.</summary>
    [Fact]
    public void The_corpus_is_posted_or_says_why_not()
    {
        Corpus.Need();
        foreach (var file in Directory.EnumerateFiles(Corpus.Folder, "*", SearchOption.AllDirectories)
            .Where(static f => Path.GetFileName(Path.GetDirectoryName(f))!.StartsWith("835", StringComparison.Ordinal)))
            foreach (var set in Answers([System.IO.File.ReadAllBytes(file)])[0].GetProperty("sets").EnumerateArray())
            {
                var isKept = set.GetProperty("verdict").GetString() == "quarantine";
                Assert.Equal(isKept, Faults(set).Any(static f => f.GetProperty("severity").GetString() == "error"));
                Assert.True(isKept || set.GetProperty("balanced").GetBoolean());
            }
    }
}
