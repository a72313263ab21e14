using System.Text;
using Deltoid.Cli;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Remittances;

namespace Deltoid.Tests;

/// <summary>
/// <c>read --json</c> of an 835, then <c>emit</c>: the same segments, or the field that is wrong and what to do.
/// </summary>
public sealed class EmitRemittanceTests
{
    static readonly string[] Claim =
    [
        "LX*1",
        "CLP*P001*1*150*100*20*12*ICN7*11*1",
        "NM1*QC*1*FIELD*ALAN",
        "DTM*232*20260901",
        "SVC*HC:99213*150*100**1",
        "CAS*CO*45*30",
        "CAS*PR*2*20",
    ];

    static string Good() =>
        Encoding.UTF8.GetString(RemittanceSamples.File([.. RemittanceSamples.Head("100"), .. Claim]));

    static string Json(string file, string form = "--json")
    {
        var (exit, json, error) = CommandLine.RunWith(file, "read", form, "-");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        return json;
    }

    static List<string> Canonical(string file)
    {
        var at = file.IndexOf("ISA", StringComparison.Ordinal);
        var marks = new Delimiters((byte)file[at + 3], (byte)file[at + 104], (byte)file[at + 82], (byte)file[at + 105]);
        return AnswerFiles.Canonical(file.TrimStart('\uFEFF'), marks);
    }

    /// <summary>Both forms of JSON, and what comes back of each.</summary>
    static void ComesBack(string file, string name)
    {
        foreach (var form in (ReadOnlySpan<string>)["--json", "--jsonl"])
        {
            var (exit, written, error) = CommandLine.RunWith(Json(file, form), "emit", "-");
            Assert.True((Exit.Clean, "") == (exit, error), $"{name}, {form}: {error}");
            var (expected, found) = (Canonical(file), Canonical(written));
            Assert.True(expected.SequenceEqual(found),
                $"{name}, {form}: {string.Join('~', expected)}\nbecame {string.Join('~', found)}");
        }
    }

    [Fact]
    public void Every_clean_835_of_the_corpus_comes_back()
    {
        Corpus.Need();
        var (seen, clean) = (0, 0);
        foreach (var (name, bytes, _, _, _) in AnswerFiles.OfCorpus("835-5010"))
        {
            var text = Encoding.Latin1.GetString(bytes);
            if (CommandLine.RunWith(text, "check", "-").Exit == Exit.Clean)
            {
                ComesBack(text, name);
                clean++;
            }
            var read = CommandLine.RunWith(text, "read", "--json", "-");
            if (read.Exit == Exit.Unreadable) continue; // no interchange, or no set of 5010
            var (was, comes) = (SetsOf(Canonical(text)), SetsOf(Canonical(Written(read.Out))));
            Assert.True(was.SequenceEqual(comes), $"{name}: {string.Join('~', was)}\nbecame {string.Join('~', comes)}");
            seen++;
        }
        Assert.True((seen, clean) is (> 15, > 0), $"{seen} files, {clean} clean");
    }

    /// <summary>What would be written of a file, whether or not a receiver would take it.</summary>
    static string Written(string json)
    {
        var writer = new RemittanceFileWriter(new EnvelopeTerms());
        foreach (var (payment, claims) in RemittanceFile.Read(Encoding.UTF8.GetBytes(json)))
            writer.Write(payment, claims);
        writer.Finish();
        return Encoding.Latin1.GetString(writer.Output.Written);
    }

    /// <summary>The segments of sets, without what is around them: a broken envelope is made new.</summary>
    static List<string> SetsOf(List<string> segments)
    {
        var (sets, inside) = (new List<string>(), false);
        foreach (var segment in segments)
        {
            inside = segment.StartsWith("ST*", StringComparison.Ordinal)
                || (inside && segment[..2] is not ("GE" or "GS" or "IE" or "IS"));
            if (inside) sets.Add(segment);
        }
        return sets;
    }

    [Fact]
    public void Every_loop_segment_and_value_of_the_guide_comes_back()
    {
        var specimens = Specimens.Of("835");
        Assert.All(specimens.Family.Index(),
            item => ComesBack(Encoding.Latin1.GetString(new SpecimenText(specimens.Guide, item.Item).Bytes()),
                $"specimen {item.Index}"));
    }

    [Fact]
    public void Any_choice_of_loops_and_segments_comes_back()
    {
        var guide = RemittanceSet.Set.Guide;
        var (seen, made) = (new HashSet<int>(), 0);
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var builder = new SpecimenBuilder(guide, seed);
            var sums = new SpecimenSums(builder);
            var targets = SpecimenTargets.Of(guide, builder.Rules)
                .FindAll(static t => t.Kind is TargetKind.Loop or TargetKind.Segment);
            builder.Dice.Shuffle(targets);
            if (!builder.Restart()) continue;
            foreach (var target in targets)
                if (builder.Dice.OneIn(2)) builder.Place(target);
            if (!sums.Settle()) continue;
            var bytes = new SpecimenText(guide, builder.Root).Bytes();
            if (X12Reading.Of(bytes).Errors.Any()) continue; // of two rules that meet, the maker keeps one
            made++;
            foreach (var segment in builder.Root.Flat()) seen.Add(segment.Row.Index);
            ComesBack(Encoding.Latin1.GetString(bytes), $"seed {seed}");
        }
        Assert.True(made > 40, $"{made} remittances");
        Assert.Equal(guide.Segments.Length, seen.Count);
    }

    [Fact]
    public void Thousands_of_balanced_remittances_come_back()
    {
        for (var seed = 0; seed < 500; seed++)
            ComesBack(Encoding.UTF8.GetString(RemittanceSamples.Random(seed).File()), $"seed {seed}");
    }

    [Fact]
    public void Several_payments_of_one_file_stand_in_one_envelope_again()
    {
        var file = Good();
        var set = file[file.IndexOf("ST*", StringComparison.Ordinal)..file.IndexOf("GE*", StringComparison.Ordinal)];
        var again = set.Replace("*0001~", "*0002~", StringComparison.Ordinal);
        ComesBack(file.Replace(set, set + again, StringComparison.Ordinal)
                .Replace("GE*1", "GE*2", StringComparison.Ordinal), "two");
    }

    [Theory]
    [InlineData("\"paid\": 100.00", "\"paid\": 99.00", "claim 1 (P001): /payments/0/lines/0/paid: ", "X120100")]
    [InlineData("\"amount\": 100.00", "\"amount\": 90.00", "payment: /remittance/amount: ", "X120103")]
    [InlineData("\"name\": \"PRAIRIE HEALTH PLAN\",", "", "", "")]
    [InlineData("\"npi\": \"1234567893\"", "\"npi\": \"1234567890\"", "payment: /remittance/payee/npi: ", "X120310")]
    public void What_a_receiver_would_reject_is_refused_with_its_field_and_what_to_do(string was, string by,
        string start, string id)
    {
        var json = Json(Good());
        Assert.Contains(was, json, StringComparison.Ordinal);
        var (exit, written, error) = CommandLine.RunWith(json.Replace(was, by, StringComparison.Ordinal), "emit", "-");
        if (id.Length == 0)
        {
            Assert.Equal(Canonical(Good()), Canonical(written)); // a field that is left out is what the segment says
            return;
        }
        Assert.Equal((Exit.Found, ""), (exit, written));
        var lines = error.Split('\n');
        Assert.StartsWith(start, Assert.Single(lines, l => l.Contains($"[{id}]", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains(lines, static l => l.StartsWith("  try: ", StringComparison.Ordinal));
        Assert.EndsWith("deltoid: nothing was written, since a receiver would reject it\n", error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--submitter")]
    [InlineData("--contact")]
    [InlineData("--phone")]
    [InlineData("--receiver-name")]
    [InlineData("--batch")]
    public void An_option_that_the_set_has_no_place_for_is_refused(string option)
    {
        var (exit, written, error) = CommandLine.RunWith(Json(Good()), "emit", "-", option, "A1");
        Assert.Equal((Exit.Usage, ""), (exit, written));
        Assert.Contains($"{option} is for an 837", error, StringComparison.Ordinal);
        var (asked, _, said) = CommandLine.RunWith(X12Samples.ClaimJsonOf(1), "emit", "-", "--form", "270", option, "A1");
        Assert.Equal(option is not ("--submitter" or "--batch"), asked == Exit.Usage);
        Assert.Equal(asked == Exit.Usage, said.Contains($"{option} is for an 837", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"remittance\":{},\"claimStatus\":{}}", "this is not a remittance")]
    [InlineData("{\"payment\":{\"id\":\"P1\"}}", "the claims of a remittance are here, but the remittance itself is missing")]
    [InlineData("{\"remittance\":{\"amount\":\"x\"}}", "/remittance/amount")]
    [InlineData("{\"payments\":[{\"id\":\"P1\"},{\"charge\":1.001}],\"remittance\":{}}", "/payments/1/charge")]
    [InlineData("{\"payments\":{},\"remittance\":{}}", "a list is due")]
    [InlineData("{\"remittance\":{\"other\":[{\"segments\":[]}]}}", "after")]
    [InlineData("{\"remittance\":{}", "this is not JSON")]
    public void What_does_not_read_is_refused_where_it_is(string json, string said)
    {
        var (exit, written, error) = CommandLine.RunWith(json, "emit", "-");
        Assert.Equal((Exit.Unreadable, ""), (exit, written));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_kept_segments_the_fields_make_a_file()
    {
        var json = """
            {"remittance":{"amount":100,"effective":"2026-11-16","trace":"EFT1","produced":"2026-11-15",
             "payer":{"name":"PRAIRIE","taxId":"1512345678","address":"1 PLAZA","city":"HARTFORD","state":"CT","zip":"06156"},
             "payee":{"name":"OAK STREET","npi":"1234567893"},"claims":1},
             "payments":[{"id":"P001","status":"1","charge":100,"paid":100,"filing":"12","payerControl":"ICN1","from":"2026-09-01",
              "patient":{"name":"FIELD","first":"ALAN"}}]}
            """;
        var (exit, _, error) = CommandLine.RunWith(json, "emit", "-", "--made", "2026-11-15T09:30");
        Assert.Equal(Exit.Found, exit);
        Assert.Equal("payment: PER (payer's technical contact) is missing in loop 1000A. [X120043]",
            Assert.Single(error.Split('\n'), static l => l.Contains("[X", StringComparison.Ordinal)));
        var contact = json.Replace("\"claims\":1",
            "\"claims\":1,\"other\":[\"ST*835*0001\",\"N1*PR\",\"PER*BL*DESK*TE*8005551212\"]",
            StringComparison.Ordinal);
        var (clean, written, none) = CommandLine.RunWith(contact, "emit", "-", "--made", "2026-11-15T09:30",
            "--control", "7");
        Assert.Equal((Exit.Clean, ""), (clean, none));
        Assert.Contains("ISA*00*          *00*          *ZZ*1512345678     *ZZ*1234567893     "
                + "*261115*0930*^*00501*000000007*0*T*:~GS*HP*1512345678*1234567893*20261115*0930*1*X*005010X221A1~ST*835*0001~BPR*I*100*C*CHK************20261116~",
            written, StringComparison.Ordinal);
        Assert.EndsWith("SE*14*0001~GE*1*1~IEA*1*000000007~", written.Replace("\n", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_and_remittances_go_into_files_of_their_own()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (one, two) = (Path.Combine(folder.FullName, "r.json"), Path.Combine(folder.FullName, "c.json"));
            File.WriteAllText(one, Json(Good()));
            File.WriteAllText(two, X12Samples.ClaimJsonOf(1));
            var (exit, written, error) = CommandLine.Run("emit", one, two);
            Assert.Equal((Exit.Usage, ""), (exit, written));
            Assert.Contains("files of their own", error, StringComparison.Ordinal);
            Assert.Contains("leave --form out", CommandLine.Run("emit", one, "--form", "cms-1500").Error,
                StringComparison.Ordinal);
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public void Another_command_names_the_one_that_takes_it()
    {
        var error = CommandLine.RunWith(Json(Good()), "scrub", "-").Error;
        Assert.Contains("this is a remittance", error, StringComparison.Ordinal);
        Assert.Contains("deltoid emit", error, StringComparison.Ordinal);
    }
}
