using System.Text;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Claims;

namespace Deltoid.Tests;

/// <summary>
/// Of a claim that was changed since it was read, only what the change concerns is written anew. Each field, and random
/// sets of fields, are changed in claims of every kind: the file is the same as when all is written anew.
/// </summary>
public sealed class ChangedClaimTests
{
    delegate void Change(Claim claim, Dice dice);

    static readonly string[] Values = ["", "X9", "SMITH", "1234567893", "19610704", "123-45-6789", "18", "F"];

    static readonly List<(string Name, Change Apply)> Changes =
    [
        .. Enum.GetValues<ClaimText>().Select(static text => (text.ToString(), (Change)((claim, dice) =>
            claim.Set(text, Value(dice, claim[text]))))),
        .. Enum.GetValues<Party>().SelectMany(static party => Enum.GetValues<PartyField>().Select(field =>
            ($"{party} {field}", (Change)((claim, dice) =>
                claim.Set(party, field, Value(dice, claim[party, field])))))),
        .. Enum.GetValues<Party>().Select(static party =>
            ($"no {party}", (Change)((claim, _) => claim.Clear(party)))),
        .. OfClaim(),
        .. OfLines(),
    ];

    static byte[] Value(Dice dice, ReadOnlySpan<byte> now) =>
        dice.OneIn(4) ? now.ToArray() : Encoding.ASCII.GetBytes(dice.Of(Values));

    static IEnumerable<(string, Change)> OfClaim() =>
    [
        ("Charge", static (c, d) => c.Charge = d.OneIn(4) ? null : new Money(d.Next(100_000))),
        ("the same charge", static (c, _) => c.Charge = c.Charge),
        ("Frequency", static (c, d) => c.Frequency = "178"[d.Next(3)]),
        ("PlaceOfService", static (c, d) => c.PlaceOfService = d.OneIn(4) ? default : CodeOf("22")),
        ("PayerKind", static (c, d) => c.PayerKind = d.Of(Enum.GetValues<PayerKind>())),
        ("BirthDate", static (c, d) => c.BirthDate = d.OneIn(4) ? null : Day(d)),
        ("Sex", static (c, d) => c.Sex = d.Of(Enum.GetValues<Sex>())),
        ("PatientPaid", static (c, d) => c.PatientPaid = d.OneIn(4) ? null : new Money(d.Next(10_000))),
        ("VisitDate", static (c, d) => c.VisitDate = d.OneIn(4) ? default : Day(d)),
        ("a diagnosis", static (c, _) => c.AddDiagnosis(CodeOf("I10"))),
        ("no diagnoses", static (c, _) => c.ClearDiagnoses()),
        ("other diagnoses", static (c, d) =>
        {
            c.ClearDiagnoses();
            for (var i = d.Next(5); i >= 0; i--) c.AddDiagnosis(CodeOf(d.Of(["E119", "I10", "D510"])));
        }),
        ("a segment", static (c, _) => c.Keep("K3*KEPT"u8)),
        ("fewer segments", static (c, _) => c.KeepOnly(c.Segments.Length - 1)),
    ];

    static IEnumerable<(string, Change)> OfLines() =>
    [
        ("the same lines", static (c, _) => c.EditLines()),
        ("a new line", static (c, _) => c.AddLine().Code = CodeOf("99213")),
        ("fewer lines", static (c, d) => c.RemoveLines(d.Next(c.Lines.Length + 1))),
        ("Code", Line(static (ref ServiceLine l, Dice d) => l.Code = d.OneIn(3) ? default : CodeOf("J3420"))),
        ("Modifiers", Line(static (ref ServiceLine l, Dice d) => l.Modifiers = new((ulong)(d.OneIn(2) ? 0 : 'J' << 8
            | 'Z') << 48))),
        ("line's Charge", Line(static (ref ServiceLine l, Dice d) => l.Charge = d.OneIn(3) ? null
            : new Money(d.Next(9_999)))),
        ("Units", Line(static (ref ServiceLine l, Dice d) => l.Units = new Quantity(d.Next(3) * 500))),
        ("Date", Line(static (ref ServiceLine l, Dice d) => l.Date = d.OneIn(3) ? default : Day(d))),
        ("Thru", Line(static (ref ServiceLine l, Dice d) => l.Thru = d.OneIn(3) ? default : Day(d))),
        ("Pointers", Line(static (ref ServiceLine l, Dice d) => l.Pointers = default(Pointers).With(1 + d.Next(4)))),
        ("line's PlaceOfService", Line(static (ref ServiceLine l, Dice _) => l.PlaceOfService = CodeOf("22"))),
        ("RevenueCode", Line(static (ref ServiceLine l, Dice _) => l.RevenueCode = CodeOf("0636"))),
        ("no NDC", Line(static (ref ServiceLine l, Dice _) => (l.Ndc, l.NdcText) = (default, default))),
        ("NdcQuantity", Line(static (ref ServiceLine l, Dice d) => (l.NdcQuantity, l.NdcUnit) =
            (new Quantity(d.Next(9_000)), d.Of(Enum.GetValues<NdcUnit>())))),
        ("no control number", Line(static (ref ServiceLine l, Dice d) => (l.Control, l.IsUnnumbered) = (default,
            d.OneIn(2)))),
        ("Narrative", static (c, d) =>
        {
            var text = c.Append("WHAT IT IS FOR"u8);
            if (!c.Lines.IsEmpty) c.EditLines()[d.Next(c.Lines.Length)].Narrative = text;
        }),
    ];

    delegate void OfLine(ref ServiceLine line, Dice dice);

    static Change Line(OfLine change) => (claim, dice) =>
    {
        if (!claim.Lines.IsEmpty) change(ref claim.EditLines()[dice.Next(claim.Lines.Length)], dice);
    };

    static Code CodeOf(string text) => Code.TryParse(Encoding.ASCII.GetBytes(text), out var code) ? code
        : throw new ArgumentException(text);

    static DateOnly Day(Dice dice) => new(2026, 3, 1 + dice.Next(28));

    static List<Claim> Read(byte[] file)
    {
        var (source, about, claims) = (new ClaimSource(new MemoryStream(file)), new FindingList(), new List<Claim>());
        while (source.Read(about) is { } claim) claims.Add(claim.Detach());
        return claims;
    }

    /// <summary>
    /// The claims of a file in the form in which they are written from their fields: written so again, they are the
    /// same. None where there is no such form.
    /// </summary>
    static List<Claim> Settled(byte[] file)
    {
        for (var pass = 0; pass < 4; pass++)
        {
            var claims = Read(file);
            if (claims.Count == 0) return claims;
            var written = RoundTripTests.Written(claims, isCareful: true);
            if (written.AsSpan().SequenceEqual(file)) return claims;
            file = written;
        }
        return [];
    }

    /// <summary>What differs between both ways of writing claims after a change; empty where nothing does.</summary>
    static string Differs(List<Claim> claims, Func<Claim, string> change, bool isExact)
    {
        var changed = claims.ConvertAll(static c => c.Detach());
        var names = changed.ConvertAll(new Converter<Claim, string>(change));
        var quick = RoundTripTests.Written(changed.ConvertAll(static c => c.Detach())); // writing sorts what it kept
        var careful = RoundTripTests.Written(changed, isCareful: true);
        if (quick.AsSpan().SequenceEqual(careful)) return "";
        var (was, comes) = (Encoding.Latin1.GetString(careful), Encoding.Latin1.GetString(quick));
        var difference = RoundTripTests.Difference(was, comes);
        if (!isExact && difference.Length == 0) return "";
        var at = 0;
        while (at < Math.Min(was.Length, comes.Length) && was[at] == comes[at]) at++;
        return $"{string.Join(" | ", names)}: {difference}: at {at}, {was[Math.Max(0, at - 200)..Math.Min(was.Length,
            at + 60)]} comes as {comes[Math.Max(0, at - 20)..Math.Min(comes.Length, at + 60)]}";
    }

    /// <summary>One to three changes of every other claim.</summary>
    static string Some(Claim claim, Dice dice)
    {
        var names = new List<string>();
        for (var left = dice.OneIn(2) ? 0 : 1 + dice.Next(3); left > 0; left--)
        {
            var (name, apply) = dice.Of(Changes);
            apply(claim, dice);
            names.Add(name);
        }
        return string.Join(", ", names);
    }

    static void HoldsOfRandom(List<Claim> claims, Dice dice, int times, string of, bool isExact = true)
    {
        for (var time = 0; claims.Count > 0 && time < times; time++)
        {
            var difference = Differs(claims, c => Some(c, dice), isExact);
            Assert.True(difference.Length == 0, $"{of}, time {time}: {difference}");
        }
    }

    [Fact]
    public void Each_field_alone()
    {
        var dice = new Dice(7);
        foreach (var file in (byte[][])[Encoding.ASCII.GetBytes(X12Samples.File(12, perSet: 6)), Scattered("837P", 1),
            Scattered("837P", 2), Scattered("837I", 3)])
        {
            var claims = Settled(file);
            Assert.NotEmpty(claims);
            foreach (var (name, apply) in Changes)
                for (var time = 0; time < 8; time++)
                {
                    var difference = Differs(claims, claim => Perhaps(claim, dice, name, apply), isExact: true);
                    Assert.True(difference.Length == 0, difference);
                }
        }
    }

    /// <summary>Two claims of three are changed.</summary>
    static string Perhaps(Claim claim, Dice dice, string name, Change apply)
    {
        if (!dice.OneIn(3)) apply(claim, dice);
        return name;
    }

    [Fact]
    public void Random_fields_of_claims_that_are_made_here()
    {
        var dice = new Dice(8);
        HoldsOfRandom(Settled(Encoding.ASCII.GetBytes(X12Samples.File(30, perSet: 10))), dice, 300, "clean");
        HoldsOfRandom(Settled(Encoding.ASCII.GetBytes(X12Samples.Faulty(36))), dice, 300, "faulty");
    }

    [Theory, InlineData("837P"), InlineData("837I")]
    public void Random_fields_of_claims_with_every_loop_there_or_not(string name)
    {
        var settled = 0;
        var files = LongRun.Count(50, 3_000);
        for (var seed = 0UL; seed < (ulong)files; seed++)
        {
            var (dice, file) = (new Dice(seed), Scattered(name, seed));
            HoldsOfRandom(Read(file), dice, 4, $"{name}, seed {seed}, as it came", isExact: false);
            var claims = Settled(file);
            if (claims.Count > 0) settled++;
            HoldsOfRandom(claims, dice, 8, $"{name}, seed {seed}");
        }
        Assert.True(settled > files * 9 / 10, $"{settled} of {files} have a form that stays");
    }

    static byte[] Scattered(string name, ulong seed)
    {
        var guide = TransactionSets.Named(name)!;
        return new SpecimenText(guide, new SpecimenBuilder(guide, seed).Scatter()).Bytes();
    }

    [Fact]
    public void Random_fields_of_claims_of_the_corpus()
    {
        Corpus.Need();
        var settled = 0;
        foreach (var path in Directory.EnumerateFiles(Corpus.Folder, "*", SearchOption.AllDirectories)
            .Where(static p => Path.GetFileName(Path.GetDirectoryName(p)!) is "837P-5010" or "837I-5010")
            .Order(StringComparer.Ordinal))
        {
            var claims = Settled(File.ReadAllBytes(path));
            if (claims.Count == 0) continue;
            settled++;
            if (claims.Count > 200) claims.RemoveRange(200, claims.Count - 200);
            HoldsOfRandom(claims, new Dice(9), 40, Path.GetFileName(path));
        }
        Assert.True(settled > 40, $"{settled} files");
    }

    [Fact]
    public void Each_text_and_party_has_a_bit_of_its_own()
    {
        var all = Enum.GetValues<ClaimText>().Select(ChangedField.Of)
            .Concat(Enum.GetValues<Party>().Select(ChangedField.Of))
            .Concat(Enum.GetValues<ChangedFields>().Except([ChangedFields.None, ChangedFields.All]));
        var taken = ChangedFields.None;
        foreach (var one in all)
        {
            Assert.Equal(ChangedFields.None, taken & one);
            taken |= one;
        }
    }

    /// <summary>Numbers that are longer than they must be show what was written anew.</summary>
    [Fact]
    public void What_was_not_changed_goes_out_as_it_came()
    {
        var file = X12Samples.File(3).Replace("*UN*1*", "*UN*1.0*", StringComparison.Ordinal)
            .Replace("*38*", "*38.00*", StringComparison.Ordinal);
        var claims = Read(Encoding.ASCII.GetBytes(file));
        claims[1].Charge = new Money(7_700);
        var last = Segments(RoundTripTests.Written(claims)).Split("CLM*")[2];
        Assert.StartsWith("C000002*77*", last, StringComparison.Ordinal);
        Assert.Contains("SV1*HC:96372*38.00*UN*1.0*", last, StringComparison.Ordinal);
        claims[1].EditLines()[0].Units = new Quantity(2_000);
        last = Segments(RoundTripTests.Written(claims)).Split("CLM*")[2];
        Assert.Contains("SV1*HC:96372*38*UN*2*", last, StringComparison.Ordinal);
    }

    static string Segments(byte[] file) => Encoding.ASCII.GetString(file);
}
