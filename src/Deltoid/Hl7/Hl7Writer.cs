using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>
/// Writes a coded visit as DFT^P03 of HL7 v2.5.1: a charge for each line, with its diagnoses. What the visit does not
/// know stays empty.
/// </summary>
internal static class Hl7Writer
{
    /// <summary>The message, in UTF-8, each segment ended by a carriage return.</summary>
    /// <param name="made">When the message is made.</param>
    public static byte[] Write(CodedVisit visit, DateTime made)
    {
        var (claim, text) = (visit.Claim, new StringBuilder());
        var at = made.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var id = claim.Text(ClaimText.Id);
        Segment(text, "MSH", "^~\\&", "DELTOID", "", "", "", at, "", "DFT^P03^DFT_P03",
            Escaped(id.Length > 0 ? id : at), "P", "2.5.1", "", "", "", "", "", "UNICODE UTF-8");
        Segment(text, "EVN", "", at);
        WritePatient(claim, text);
        var rendering = claim.Text(Party.Rendering, PartyField.Npi);
        Segment(text, "PV1", "1", "O", "", "", "", "", rendering.Length > 0 ? Person(claim, Party.Rendering) : "");
        var number = 0;
        foreach (ref readonly var line in claim.Lines) WriteLine(claim, line, ++number, text);
        for (var i = 0; i < claim.DiagnosisCount; i++)
            Segment(text, "DG1", Number(i + 1), "", $"{claim.Diagnoses[i].ToDiagnosis()}^^I10", "", "", "F");
        if (claim.Text(ClaimText.PayerId).Length + claim.Text(ClaimText.PriorAuthorization).Length > 0
            || claim.PayerKind != PayerKind.None)
            Segment(text, "IN1", "1", "", Escaped(claim.Text(ClaimText.PayerId)),
                Escaped(claim.Text(ClaimText.PayerName)), "", "", "", "", "", "", "", "", "",
                Escaped(claim.Text(ClaimText.PriorAuthorization)),
                claim.PayerKind == PayerKind.None ? "" : Words.PayerKinds[claim.PayerKind]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void WritePatient(Claim claim, StringBuilder text)
    {
        var party = claim.Has(Party.Patient) ? Party.Patient : Party.Subscriber;
        string Of(PartyField field) => Escaped(claim.Text(party, field));
        var member = Escaped(claim.Text(Party.Subscriber, PartyField.MemberId));
        var address = string.Join('^', Of(PartyField.Address), "", Of(PartyField.City), Of(PartyField.State),
            Of(PartyField.Zip)).TrimEnd('^');
        Segment(text, "PID", "1", "", member.Length > 0 ? member + "^^^^MB" : "", "",
            string.Join('^', Of(PartyField.Name), Of(PartyField.First), Of(PartyField.Middle), Of(PartyField.Suffix))
                .TrimEnd('^'),
            "", claim.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "",
            claim.Sex switch { Sex.Female => "F", Sex.Male => "M", Sex.Other => "O", _ => "" }, "", "", address);
    }

    static string Person(Claim claim, Party party) => string.Join('^', Escaped(claim.Text(party, PartyField.Npi)),
        Escaped(claim.Text(party, PartyField.Name)), Escaped(claim.Text(party, PartyField.First)), "", "", "", "", "",
        "NPI");

    static void WriteLine(Claim claim, in ServiceLine line, int number, StringBuilder text)
    {
        var code = line.Code.IsNone ? "" : line.Code.ToString();
        var day = (line.Date == default ? claim.ServiceDate : line.Date).ToString("yyyyMMdd",
            CultureInfo.InvariantCulture);
        var modifiers = new List<string>();
        for (var i = 0; i < line.Modifiers.Count; i++) modifiers.Add(line.Modifiers[i].ToString());
        var pointed = new List<string>();
        for (var i = 0; i < line.Pointers.Count; i++)
            if (line.Pointers[i] is > 0 and var pointer && pointer <= claim.DiagnosisCount)
                pointed.Add(claim.Diagnoses[pointer - 1].ToDiagnosis() + "^^I10");
        var system = code.Length > 0 && char.IsAsciiDigit(code[0]) ? "C4" : "HCPCS";
        var fields = new string[30];
        Array.Fill(fields, "");
        (fields[1], fields[4], fields[6], fields[7]) = (Number(number), day, "CG", $"{code}^^{system}");
        (fields[10], fields[11]) = (line.Units.ToString(), line.Charge?.ToString() ?? "");
        fields[19] = string.Join('~', pointed);
        fields[20] = claim.Has(Party.Rendering) ? Person(claim, Party.Rendering) : "";
        (fields[25], fields[26]) = ($"{code}^^{system}", string.Join('~', modifiers));
        fields[29] = line.Ndc.IsNone ? "" : $"{line.Ndc}^^NDC";
        Segment(text, "FT1", fields[1..]);
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Escaped(string text) => Hl7Text.Escaped(text.Trim());

    static void Segment(StringBuilder text, string name, params string[] fields) =>
        text.Append(name).Append('|').Append(string.Join('|', fields).TrimEnd('|')).Append('\r');
}
