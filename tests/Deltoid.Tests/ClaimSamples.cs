using System.Text;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Claims and broken documents for the tests of readers and writers; everything follows from a seed.</summary>
static class ClaimSamples
{
    static readonly string[] Texts =
        ["P001", "-", "a b", "\"quoted\"", "back\\slash", "line\nbreak\r", "Zoë 🩹", "\u0001\t", "x1", "#7", "dx",
            "\u2028", "1", "o'Brien <&>"];
    static readonly string[] Ndcs =
        ["00517003125", "0517-0031-25", "00517-031-25", "00517-0031-5", "00517-0031-25", "1234567890", "not an NDC",
            ""];
    static readonly string[] Codes = ["96372", "J3420", "99213", "0232T", "ZZ", "", "12345678"];
    static readonly string[] Diagnoses = ["D510", "Z23", "E119", "M1711", "", "ABC", "123"];

    /// <summary>
    /// A claim with random fields; with <paramref name="everything"/>, also those that the notation has no word for.
    /// </summary>
    public static Claim Random(int seed, bool everything)
    {
        var random = new Random(seed);
        var claim = new Claim
        {
            Frequency = "178"[random.Next(3)], Setting = (Setting)random.Next(3),
            PlaceOfService = Code(random, ["11", "12", ""]), PayerKind = (PayerKind)random.Next(8),
            Charge = random.Next(3) == 0 ? null : new Money(random.Next(-100, 1_000_000)),
            PatientPaid = everything && random.Next(3) == 0 ? new Money(random.Next(10_000)) : null,
            BirthDate = random.Next(3) == 0 ? null : Day(random), Sex = (Sex)random.Next(4),
        };
        for (var i = random.Next(13); i > 0; i--) claim.AddDiagnosis(Code(random, Diagnoses));
        for (var i = random.Next(5); i > 0; i--) AddLine(claim, random);
        foreach (var text in everything
            ? Enum.GetValues<ClaimText>()
            : [ClaimText.Id, ClaimText.PriorAuthorization, ClaimText.PayerId])
            claim.Set(text, Of(text, random));
        foreach (var party in everything
            ? Enum.GetValues<Party>()
            : [Party.Billing, Party.Rendering, Party.Supervising])
            foreach (var field in everything ? Enum.GetValues<PartyField>() : [PartyField.Npi])
                if (random.Next(2) == 0) claim.Set(party, field, Of(party, field, claim, random));
        for (var i = everything ? random.Next(4) : 0; i > 0; i--)
            claim.Keep(Encoding.UTF8.GetBytes("NTE*ADD*" + Texts[random.Next(Texts.Length)]));
        return claim;
    }

    /// <summary>The days of signatures are days, and another plan is yes or no.</summary>
    static byte[] Of(ClaimText text, Random random) => text switch
    {
        ClaimText.SignatureDate or ClaimText.ReleaseDate => random.Next(2) == 0 ? [] : "2026-03-02"u8.ToArray(),
        ClaimText.OtherPlan => random.Next(3) switch { 0 => [], 1 => "Y"u8.ToArray(), _ => "N"u8.ToArray() },
        _ => Text(random),
    };

    /// <summary>
    /// A subscriber's or patient's birth date and sex agree with the decoded ones, as any reader leaves them.
    /// </summary>
    static byte[] Of(Party party, PartyField field, Claim claim, Random random) => field switch
    {
        PartyField.BirthDate =>
            Encoding.UTF8.GetBytes(party is Party.Subscriber or Party.Patient
                ? claim.BirthDate?.ToString("yyyy-MM-dd") ?? ""
                : "1950-01-01"),
        PartyField.Sex =>
            Encoding.UTF8.GetBytes(party is Party.Subscriber or Party.Patient ? Words.Sexes[claim.Sex] : "F"),
        _ => Text(random),
    };

    static void AddLine(Claim claim, Random random)
    {
        ref var line = ref claim.AddLine();
        line.Number = random.Next(4) == 0 ? line.Number * 100 : line.Number;
        line.Code = Code(random, Codes);
        for (var i = random.Next(5); i > 0; i--)
            line.Modifiers = line.Modifiers.With(Modifier.Of(new[] { "25", "59", "JZ", "LT", "XS" }[random.Next(5)]));
        line.Units = new Quantity(random.Next(5) * 1000 + (random.Next(3) == 0 ? random.Next(1000) : 0));
        line.Charge = random.Next(3) == 0 ? null : new Money(random.Next(0, 100_000));
        line.Date = random.Next(5) == 0 ? default : Day(random);
        line.Thru = random.Next(4) == 0 ? Day(random) : default;
        for (var i = random.Next(5); i > 0; i--)
            line.Pointers = line.Pointers.With(random.Next(1, random.Next(5) == 0 ? 99 : 13));
        line.PlaceOfService = Code(random, ["12", "", ""]);
        var ndc = Ndcs[random.Next(Ndcs.Length)];
        if (!Ndc.TryParse(ndc, out line.Ndc, out _)) line.NdcText = claim.Append(Encoding.UTF8.GetBytes(ndc));
        line.NdcUnit = (NdcUnit)random.Next(6);
        line.NdcQuantity = new Quantity(random.Next(2) * random.Next(5000));
        line.RevenueCode = Code(random, ["0636", "", ""]);
        line.Control = claim.Append(Text(random));
        line.Narrative = claim.Append(Text(random));
    }

    static Code Code(Random random, string[] from) =>
        Values.Code.TryParse(from[random.Next(from.Length)].AsSpan(), out var code) ? code : default;

    static DateOnly Day(Random random) => new DateOnly(1940, 1, 1).AddDays(random.Next(35_000));

    static byte[] Text(Random random) =>
        random.Next(3) == 0 ? [] : Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]);

    /// <summary>Every field of a claim, one a line: two claims are equal when these are.</summary>
    public static string Fields(Claim claim)
    {
        var text = new StringBuilder();
        text.AppendLine($"{claim.Frequency} {claim.Setting} {claim.PlaceOfService} {claim.PayerKind} {claim.Charge} "
            + $"{claim.BirthDate} {claim.Sex} {string.Join(',', claim.Diagnoses.ToArray())}");
        foreach (var name in Enum.GetValues<ClaimText>()) text.AppendLine($"{name} {claim.Text(name)}");
        foreach (var party in Enum.GetValues<Party>())
            foreach (var field in Enum.GetValues<PartyField>())
                text.AppendLine($"{party} {field} {claim.Text(party, field)}");
        foreach (ref readonly var l in claim.Lines)
            text.AppendLine($"{l.Number} {l.Code} {l.Modifiers.Packed:x} {l.Units} {l.Charge} {l.Date} {l.Thru} "
                + $"{l.Pointers.Packed:x} {l.PlaceOfService} {l.Ndc} {l.Ndc.Layout} {claim.Text(l.NdcText)} "
                + $"{l.NdcUnit} {l.NdcQuantity} {l.RevenueCode} {claim.Text(l.Control)} {claim.Text(l.Narrative)}");
        text.AppendLine($"paid {claim.PatientPaid}");
        foreach (ref readonly var segment in claim.Segments) text.AppendLine($"segment {claim.Text(segment.Text)}");
        return text.ToString();
    }

    /// <summary>
    /// One to four random changes: a byte overwritten, removed or put in, a part cut out, moved or doubled, a token put
    /// in.
    /// </summary>
    public static byte[] Mutate(ReadOnlySpan<byte> document, Random random)
    {
        var bytes = new List<byte>(document.ToArray());
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            var setPart = bytes.GetRange(at, length);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, (byte)"{}[]\",:0-e\\#\n\t "[random.Next(15)]); break;
                case 3: bytes.RemoveRange(at, length); break;
                case 4: bytes.InsertRange(random.Next(bytes.Count + 1), setPart); break;
                case 5:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(random.Next(bytes.Count + 1), setPart);
                    break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
            }
            if (bytes.Count == 0) bytes.Add((byte)'{');
        }
        return [.. bytes];
    }

    static readonly string[] Tokens =
        ["null", "true", "-1", "1e400", "1e-400", "99999999999999999999999999999999", "\"\\ud800\"", "\"\\u0000\"",
            "\"\"", "{}", "[]", "\"id\":", "\"unknown\":1,", "\uFEFF", "// x\n", "\"-5 mg\"", "\"9999999999999 mg\"",
            "\"2026-02-30\""];
}
