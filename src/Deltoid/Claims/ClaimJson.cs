using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>
/// Reads and writes the claim JSON of the interface. What is written reads back to an equal claim, every text as it
/// was; only where a claim came from (<see cref="Claim.Origins"/>, <c>Claim.Source</c>) is not part of it. A null
/// counts as absent. Money is dollars with two decimals, a day is 2026-03-31, units are a number with at most three
/// decimals. Threads may call it at once, each with its own claim.
/// </summary>
public static partial class ClaimJson
{
    /// <summary>
    /// Clears the claim and fills it. On an exception the claim holds what was read before the fault.
    /// </summary>
    /// <param name="utf8">One claim object, UTF-8, with or without a byte order mark, at most 64 MB and 32 levels
    /// deep.</param>
    /// <exception cref="InputException">It does not read: the JSON pointer is in At, line and column are in the
    /// message, a remedy is in Try. No other exception comes out.</exception>
    public static void Read(ReadOnlyMemory<byte> utf8, Claim claim)
    {
        claim.Clear();
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        DateOnly? birthDate = null;
        var sex = Sex.None;
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(ClaimFields, ref seen, out var name))
            switch (name)
            {
                case "birthDate": birthDate = json.Date(); break;
                case "sex": sex = json.Word(Words.Sexes); break;
                default:
                    if (!ReadParty(ref json, claim, name) && !ReadHead(ref json, claim, name))
                        ReadBody(ref json, claim, name);
                    break;
            }
        json.Close();
        DecodePatient(claim);
        claim.BirthDate = birthDate ?? claim.BirthDate;
        if (sex != Sex.None) claim.Sex = sex;
    }

    /// <summary>
    /// Fills in the fields of an encounter's <c>billing</c> object and leaves the rest of the claim; <c>charges</c> are
    /// checked and left out.
    /// </summary>
    /// <exception cref="InputException">As for <see cref="Read"/>; pointers begin at the billing object.</exception>
    public static void ReadParties(ReadOnlyMemory<byte> billing, Claim claim)
    {
        var json = new JsonInput(JsonInput.WithoutMark(billing).Span);
        ReadBilling(ref json, claim, []);
        json.Close();
    }

    /// <summary>Whether a field of a claim is written in an encounter's <c>billing</c>.</summary>
    public static bool IsOfBilling(string field) => BillingFields.Has(field);

    /// <summary>As <see cref="ReadParties"/>, from a reader that is on the billing object.</summary>
    internal static void ReadBilling(ref JsonInput json, Claim claim, Dictionary<Code, Money> charges)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(BillingFields, ref seen, out var name))
        {
            if (name == "charges") ReadCharges(ref json, charges);
            else if (!ReadParty(ref json, claim, name)) ReadHead(ref json, claim, name);
        }
        DecodePatient(claim);
    }

    /// <summary>
    /// Charges by code: <c>{ "96372": 38.00 }</c>. The codes are data, so a message does not repeat them.
    /// </summary>
    static void ReadCharges(ref JsonInput json, Dictionary<Code, Money> charges)
    {
        var seen = new HashSet<string>();
        for (json.EnterObject(); json.NextName(seen);)
        {
            if (!Code.TryParse(json.TextBytes(), out var code))
                throw json.Wrong("a name in it is not a code", "write each charge as \"96372\": 38.00");
            json.AdvanceToValue();
            if (json.Kind == JsonTokenType.Null) continue;
            var charge = json.Money();
            if (charge < Money.Zero) throw json.Negative();
            if (!charges.TryAdd(code, charge)) throw json.Wrong("a code in it is given twice", "keep one of the two");
        }
    }

    static bool ReadHead(ref JsonInput json, Claim claim, string name)
    {
        switch (name)
        {
            case "id": claim.Set(ClaimText.Id, json.TextBytes()); break;
            case "frequency": claim.Frequency = Frequency(ref json); break;
            case "payer": ReadPayer(ref json, claim); break;
            case "priorAuthorization": claim.Set(ClaimText.PriorAuthorization, json.TextBytes()); break;
            case "originalReference": claim.Set(ClaimText.OriginalReference, json.TextBytes()); break;
            case "clia": claim.Set(ClaimText.Clia, json.TextBytes()); break;
            case "statements": ReadStatements(ref json, claim); break;
            case "typeOfBill": claim.Set(ClaimText.TypeOfBill, json.TextBytes()); break;
            case "admission": ReadTexts(ref json, claim, AdmissionFields, AdmissionTexts); break;
            case "patientPaid": claim.PatientPaid = json.Money(); break;
            default: return false;
        }
        return true;
    }

    static readonly (string Name, ClaimText Text)[] AdmissionTexts = [("type", ClaimText.AdmissionType),
        ("source", ClaimText.AdmissionSource), ("status", ClaimText.DischargeStatus)];

    static void ReadTexts(ref JsonInput json, Claim claim, FieldNames fields, (string Name, ClaimText Text)[] texts)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(fields, ref seen, out var name))
            foreach (var (known, text) in texts)
                if (known == name) claim.Set(text, json.TextBytes());
    }

    static void ReadBody(ref JsonInput json, Claim claim, string name)
    {
        switch (name)
        {
            case "setting": claim.Setting = json.Word(Words.Settings); break;
            case "placeOfService": claim.PlaceOfService = json.Code(); break;
            case "narrative": claim.Set(ClaimText.Narrative, json.TextBytes()); break;
            case "diagnoses": ReadDiagnoses(ref json, claim); break;
            case "charge": claim.Charge = json.Money(); break;
            case "lines":
                for (json.EnterArray(); json.NextItem();) ReadLine(ref json, claim);
                if (claim.IsNumberedTwice())
                    throw json.Wrong("two lines have one number", "number them 1, 2, 3, or leave the numbers out");
                break;
            case "visitDate": claim.VisitDate = json.Date() ?? default; break;
            case "separators": claim.Delimiters = json.Separators(); break;
            case "other":
                for (json.EnterArray(); json.NextItem();) ReadKept(ref json, claim);
                break;
        }
    }

    static char Frequency(ref JsonInput json)
    {
        var text = json.TextBytes();
        return text.Length == 1 && char.IsAsciiLetterOrDigit((char)text[0])
            ? (char)text[0]
            : throw json.Wrong("this is not a claim frequency", "1 original, 7 replacement, 8 void");
    }

    /// <summary>
    /// An empty text keeps the place of a diagnosis that could not be read, so that pointers stay right.
    /// </summary>
    static void ReadDiagnoses(ref JsonInput json, Claim claim)
    {
        for (json.EnterArray(); json.NextItem();)
            if (!claim.AddDiagnosis(json.Code()))
                throw json.Wrong("a claim holds at most 12 diagnoses", "keep the twelve that the lines point to");
    }
}
