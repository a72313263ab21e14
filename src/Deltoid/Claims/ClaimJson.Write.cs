using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Claims;

/// <summary>How a claim is written.</summary>
public static partial class ClaimJson
{
    /// <summary>
    /// Writes one claim object. Amounts have two decimals, from cents; a prior authorization or a charge that is not
    /// there is null, other absent fields are left out.
    /// </summary>
    public static void Write(Claim claim, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "id", claim[ClaimText.Id]);
        if (char.IsAsciiLetterOrDigit(claim.Frequency)) writer.WriteString("frequency", claim.Frequency.ToString());
        if (claim.Setting != Setting.None) writer.WriteString("setting", Words.Settings[claim.Setting]);
        WriteCode(writer, "placeOfService", claim.PlaceOfService);
        for (var party = Party.Billing; party <= Party.Patient; party++) WriteParty(claim, party, writer);
        WritePayer(claim, writer);
        if (claim[ClaimText.PriorAuthorization].IsEmpty) writer.WriteNull("priorAuthorization");
        WriteText(writer, "priorAuthorization", claim[ClaimText.PriorAuthorization]);
        WriteText(writer, "originalReference", claim[ClaimText.OriginalReference]);
        WriteText(writer, "clia", claim[ClaimText.Clia]);
        WriteStatements(claim, writer);
        WriteText(writer, "typeOfBill", claim[ClaimText.TypeOfBill]);
        WriteTexts(writer, "admission", claim, AdmissionTexts);
        WriteText(writer, "narrative", claim[ClaimText.Narrative]);
        if (claim.BirthDate != StatedBirthDate(claim)) WriteDay(writer, "birthDate", claim.BirthDate ?? default);
        if (claim.Sex != StatedSex(claim) && claim.Sex != Sex.None) writer.WriteString("sex", Words.Sexes[claim.Sex]);
        if (claim.Lines.Length == 0 || claim.Lines[0].Date == default) WriteDay(writer, "visitDate", claim.VisitDate);
        writer.WriteStartArray("diagnoses");
        foreach (var diagnosis in claim.Diagnoses) writer.WriteStringValue(diagnosis.ToDiagnosis());
        writer.WriteEndArray();
        WriteMoneyOrNull(writer, "charge", claim.Charge);
        if (claim.PatientPaid is not null) WriteMoneyOrNull(writer, "patientPaid", claim.PatientPaid);
        writer.WriteStartArray("lines");
        foreach (ref readonly var line in claim.Lines) WriteLine(claim, line, writer);
        writer.WriteEndArray();
        WriteOther(claim, writer);
        writer.WriteEndObject();
    }

    static void WritePayer(Claim claim, Utf8JsonWriter writer)
    {
        if (claim.PayerKind == PayerKind.None && claim[ClaimText.PayerId].IsEmpty && claim[ClaimText.PayerName].IsEmpty
            && claim[ClaimText.Filing].IsEmpty && claim[ClaimText.Responsibility].IsEmpty)
            return;
        writer.WriteStartObject("payer");
        if (claim.PayerKind != PayerKind.None) writer.WriteString("kind", Words.PayerKinds[claim.PayerKind]);
        WriteText(writer, "id", claim[ClaimText.PayerId]);
        WriteText(writer, "name", claim[ClaimText.PayerName]);
        WriteText(writer, "filing", claim[ClaimText.Filing]);
        WriteText(writer, "responsibility", claim[ClaimText.Responsibility]);
        writer.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter writer, string name, Claim claim, (string Name, ClaimText Text)[] texts)
    {
        if (Array.TrueForAll(texts, t => claim[t.Text].IsEmpty)) return;
        writer.WriteStartObject(name);
        foreach (var (field, text) in texts) WriteText(writer, field, claim[text]);
        writer.WriteEndObject();
    }
}
