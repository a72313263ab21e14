using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Writes findings, and what could not be read, as an OperationOutcome of FHIR R4.</summary>
internal static class OutcomeResource
{
    /// <summary>The findings of a claim; a claim without any gets one issue that says so.</summary>
    public static void Write(FindingList findings, Claim claim, CodeBook book, IReadOnlyList<ReadingNote> notes,
        Utf8JsonWriter json)
    {
        Begin(json);
        var names = ResultJson.NamesOf(book);
        var count = notes.Count;
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Under != 0) continue;
            count++;
            Issue(finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ =>
                "information" }, finding.Info.Outcome == Outcome.Rejection ? "invalid" : "business-rule",
                finding.Info.Id, Sentence.Of(finding, claim, names), [PathOf(finding, claim)], json);
        }
        foreach (var (note, places) in ReadingNote.Shown(notes)) Write(note, places, json);
        if (count == 0) Issue("information", "informational", "", "Nothing was found.", [], json);
        End(json);
    }

    /// <summary>An input that cannot be read, with all that is wrong with it.</summary>
    public static void Write(InputException fault, Utf8JsonWriter json)
    {
        Begin(json);
        foreach (var one in fault.Also.Prepend(fault))
            Issue("error", "invalid", "", $"{Sentence.OfFault(one.Message)} Try: {one.Try}.",
                one.At.Length > 0 && char.IsAsciiLetter(one.At[0]) ? [one.At] : [], json);
        End(json);
    }

    static void Write(ReadingNote note, List<string> places, Utf8JsonWriter json) => Issue(
        note.IsWarning ? "warning" : "information", note.IsWarning ? "not-found" : "not-supported", "",
        $"{Sentence.Capital(note.Message)}. Try: {note.Try}.", places, json);

    static void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "OperationOutcome");
        json.WriteStartArray("issue");
    }

    static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Issue(string severity, string code, string id, string text, List<string> paths, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("severity", severity);
        json.WriteString("code", code);
        json.WriteStartObject("details");
        if (id.Length > 0) json.Coding((FhirSystems.Own + "finding", id));
        json.WriteString("text", text);
        json.WriteEndObject();
        if (paths.Count > 0)
        {
            json.WriteStartArray("expression");
            foreach (var path in paths) json.WriteStringValue(path);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>The element of the Claim that a finding is about.</summary>
    static string PathOf(in Finding finding, Claim claim)
    {
        var place = finding.Place;
        if (place.Line == 0)
            return place.ClaimField switch
            {
                Field.Diagnoses => "Claim.diagnosis", Field.BillingNpi or Field.BillingName => "Claim.provider",
                Field.PriorAuthorization => "Claim.insurance[0].preAuthRef", Field.Charge => "Claim.total",
                Field.RenderingNpi or Field.SupervisingNpi => "Claim.careTeam", _ => "Claim",
            };
        var index = claim.IndexOf(place.Line) is >= 0 and var found ? found : place.Line - 1;
        var element = place.ClaimField switch
        {
            Field.Code => ".productOrService", Field.Modifiers => ".modifier", Field.Units => ".quantity",
            Field.Charge => ".net", Field.Date => ".serviced", Field.Pointers => ".diagnosisSequence",
            Field.Ndc or Field.NdcUnit or Field.NdcQuantity => ".detail[0]",
            Field.PlaceOfService => ".location", Field.RevenueCode => ".revenue", _ => "",
        };
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Claim.item[{index}]{element}");
    }
}
