using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Claims;

/// <summary>
/// Providers, subscriber, patient and payer. Any party may have any field, so that nothing read from a file is lost.
/// </summary>
public static partial class ClaimJson
{
    /// <summary>The JSON names of the parties, in the order of <see cref="Party"/>.</summary>
    static readonly string[] PartyNames =
        ["billingProvider", "renderingProvider", "supervisingProvider", "orderingProvider", "referringProvider",
            "serviceFacility", "attendingProvider", "subscriber", "patient"];

    /// <summary>The JSON names of a party's own fields; the address has an object of its own.</summary>
    static readonly (string Name, PartyField Field)[] Plain =
    [
        ("npi", PartyField.Npi),
        ("taxId", PartyField.TaxId),
        ("memberId", PartyField.MemberId),
        ("name", PartyField.Name),
        ("first", PartyField.First),
        ("middle", PartyField.Middle),
        ("suffix", PartyField.Suffix),
        ("birthDate", PartyField.BirthDate),
        ("sex", PartyField.Sex),
        ("taxonomy", PartyField.Taxonomy),
        ("phone", PartyField.Phone),
        ("group", PartyField.Group),
        ("plan", PartyField.Plan),
        ("relationship", PartyField.Relationship)
    ];

    static bool ReadParty(ref JsonInput json, Claim claim, string name)
    {
        var index = Array.IndexOf(PartyNames, name);
        if (index < 0) return false;
        var party = (Party)index;
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PartyFields, ref seen, out var field))
        {
            if (field == "address")
            {
                ReadAddress(ref json, claim, party);
                continue;
            }
            if (field == "birthDate") json.Date(); // must read as a day; kept as it came
            else if (field == "sex") json.Word(Words.Sexes);
            foreach (var (plain, to) in Plain)
                if (plain == field) claim.Set(party, to, json.TextBytes());
        }
        return true;
    }

    static void ReadAddress(ref JsonInput json, Claim claim, Party party)
    {
        if (json.Kind == JsonTokenType.String)
        {
            claim.Set(party, PartyField.Address, json.TextBytes());
            return;
        }
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(AddressFields, ref seen, out var name))
            claim.Set(party,
                name switch
                {
                    "line" => PartyField.Address, "city" => PartyField.City, "state" => PartyField.State,
                    _ => PartyField.Zip
                }, json.TextBytes());
    }

    static void ReadPayer(ref JsonInput json, Claim claim)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PayerFields, ref seen, out var name))
            switch (name)
            {
                case "kind": claim.PayerKind = json.Word(Words.PayerKinds); break;
                case "id": claim.Set(ClaimText.PayerId, json.TextBytes()); break;
                case "name": claim.Set(ClaimText.PayerName, json.TextBytes()); break;
                case "filing": claim.Set(ClaimText.Filing, json.TextBytes()); break;
                case "responsibility": claim.Set(ClaimText.Responsibility, json.TextBytes()); break;
            }
    }

    /// <summary>
    /// Decodes the patient's birth date and sex from the patient, or from the subscriber when the patient states none.
    /// What the claim holds already stays: it is the charted patient's, who need not be the subscriber.
    /// </summary>
    static void DecodePatient(Claim claim)
    {
        claim.BirthDate ??= StatedBirthDate(claim);
        if (claim.Sex == Sex.None) claim.Sex = StatedSex(claim);
    }

    static DateOnly? StatedBirthDate(Claim claim) =>
        Days.TryReadEither(Stated(claim, PartyField.BirthDate).AsSpan().Trim(), out var day) ? day : null;

    static Sex StatedSex(Claim claim) =>
        Words.Sexes.TryRead(Stated(claim, PartyField.Sex), out var sex) ? sex : Sex.None;

    static string Stated(Claim claim, PartyField field) =>
        claim.Text(claim[Party.Patient, field].IsEmpty ? Party.Subscriber : Party.Patient, field);

    static void WriteParty(Claim claim, Party party, Utf8JsonWriter writer)
    {
        if (!claim.Has(party)) return;
        writer.WriteStartObject(PartyNames[(int)party]);
        foreach (var (name, field) in Plain)
            if (field == PartyField.BirthDate) WriteDayOf(writer, name, claim[party, field]);
            else WriteText(writer, name, claim[party, field]);
        WriteAddress(claim, party, writer);
        writer.WriteEndObject();
    }

    /// <summary>A day in the form of JSON, where it is one.</summary>
    static void WriteDayOf(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> text)
    {
        if (text.Length == 8 && Days.TryReadEither(System.Text.Encoding.Latin1.GetString(text), out var day))
            WriteDay(writer, name, day);
        else
            WriteText(writer, name, text);
    }

    static void WriteAddress(Claim claim, Party party, Utf8JsonWriter writer)
    {
        var (line, city, state, zip) = (claim[party, PartyField.Address].IsEmpty, claim[party, PartyField.City].IsEmpty,
            claim[party, PartyField.State].IsEmpty, claim[party, PartyField.Zip].IsEmpty);
        if (line && city && state && zip) return;
        if (city && state && zip)
        {
            WriteText(writer, "address", claim[party, PartyField.Address]);
            return;
        }
        writer.WriteStartObject("address");
        WriteText(writer, "line", claim[party, PartyField.Address]);
        WriteText(writer, "city", claim[party, PartyField.City]);
        WriteText(writer, "state", claim[party, PartyField.State]);
        WriteText(writer, "zip", claim[party, PartyField.Zip]);
        writer.WriteEndObject();
    }
}
