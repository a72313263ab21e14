using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Claims;

/// <summary>
/// What the provider and the patient have signed and agreed to: items 11d, 12, 13, 27 and 31 of the paper form, CLM06
/// to CLM10 of an 837.
/// </summary>
public static partial class ClaimJson
{
    /// <summary>The statements in letters, as X12 has them.</summary>
    static readonly (string Name, ClaimText Text)[] StatementLetters =
    [
        ("signature", ClaimText.Signature), ("assignment", ClaimText.Assignment), ("benefits", ClaimText.Benefits),
        ("release", ClaimText.Release), ("patientSignature", ClaimText.PatientSignature),
    ];

    static readonly (string Name, ClaimText Text)[] StatementDays = [("signatureDate", ClaimText.SignatureDate),
        ("releaseDate", ClaimText.ReleaseDate)];

    static void ReadStatements(ref JsonInput json, Claim claim)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(StatementFields, ref seen, out var name))
        {
            if (name == "otherPlan")
            {
                claim.Set(ClaimText.OtherPlan, json.Bool() ? "Y"u8 : "N"u8);
                continue;
            }
            foreach (var (known, text) in StatementLetters)
                if (known == name) claim.Set(text, json.TextBytes());
            foreach (var (known, text) in StatementDays)
            {
                if (known != name) continue;
                json.Date(); // must read as a day; kept as it came
                claim.Set(text, json.TextBytes());
            }
        }
    }

    static void WriteStatements(Claim claim, Utf8JsonWriter writer)
    {
        var other = claim[ClaimText.OtherPlan];
        if (other.IsEmpty && IsUnsaid(claim, StatementLetters) && IsUnsaid(claim, StatementDays)) return;
        writer.WriteStartObject("statements");
        foreach (var (name, text) in StatementLetters) WriteText(writer, name, claim[text]);
        foreach (var (name, text) in StatementDays) WriteDayOf(writer, name, claim[text]);
        if (!other.IsEmpty) writer.WriteBoolean("otherPlan", other is [(byte)'Y']);
        writer.WriteEndObject();
    }

    static bool IsUnsaid(Claim claim, (string Name, ClaimText Text)[] texts) =>
        Array.TrueForAll(texts, t => claim[t.Text].IsEmpty);
}
