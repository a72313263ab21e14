using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Route = Deltoid.Values.Route;

namespace Deltoid.Web.Cds;

/// <summary>
/// Cards of CDS Hooks made from what the engine found. Payment is never critical, so cards are warnings or notes; few
/// of them, those first that decide most money; a suggestion only where the change is clerical.
/// </summary>
static class CdsCards
{
    public const int Most = 3, LongestSummary = 140;

    /// <summary>What can be known before anything is given: the rest is charted later.</summary>
    static readonly Field[] AtOrder =
    [
        Field.Diagnoses, Field.PriorAuthorization, Field.LastGiven, Field.Drug, Field.Dose, Field.Notice,
        Field.SeparateNote,
    ];

    /// <summary>
    /// Edits of a line that the order decides already: a drug that Part B never pays, a dose in the wrong unit.
    /// </summary>
    static readonly string[] EditsAtOrder = ["MCB0132", "DRG0111"];

    /// <summary>One card, before it is written.</summary>
    readonly record struct Choice(int Index, Money? Money);

    /// <summary>Writes the member <c>cards</c>.</summary>
    /// <param name="address">Where this server is, for links to what a finding means.</param>
    public static void Write(CodedVisit visit, CdsService service, CdsRequest from, string address,
        Utf8JsonWriter json)
    {
        var keys = new FindingKey(visit.Claim);
        json.WriteStartArray("cards");
        foreach (var choice in Chosen(visit, service)) WriteCard(visit, choice, keys, service, from, address, json);
        json.WriteEndArray();
    }

    static IEnumerable<Choice> Chosen(CodedVisit visit, CdsService service) => Enumerable
        .Range(0, (service.IsOfOrders ? HasInjection(visit) : HasGiven(visit)) ? visit.Findings.Count : 0)
        .Where(i => visit.Findings[i].Under == 0 && visit.Findings[i].Severity >= Severity.Warning
            && (!service.IsOfOrders || IsOfOrder(visit.Findings[i])))
        .Select(i => new Choice(i, MoneyOf(visit, visit.Findings[i].Place.Line)))
        .OrderByDescending(c => visit.Findings[c.Index].Severity).ThenByDescending(static c => c.Money?.Cents ?? 0)
        .ThenBy(static c => c.Index).DistinctBy(c => visit.Findings[c.Index].Info.Id).Take(Most);

    /// <summary>A visit at which nothing was given or done has no claim of ours that could miss anything.</summary>
    static bool HasGiven(CodedVisit visit) => !visit.Claim.Lines.IsEmpty
        || visit.Encounter!.Administrations.Exists(static given => given.Given != false);

    /// <summary>An order of a drug that the book does not know, or that is swallowed, is none of ours.</summary>
    static bool HasInjection(CodedVisit visit) => !visit.Claim.Lines.IsEmpty
        && (visit.Encounter!.Procedures.Count > 0
            || visit.Encounter.Administrations.Exists(a => IsInjection(a, visit.Book)));

    internal static bool IsInjection(Administration given, CodeBook book) =>
        given.Route is not (Route.Oral or Route.Sublingual or Route.Topical or Route.Inhaled or Route.Rectal
            or Route.Intranasal) && (!given.Hcpcs.IsNone || book.DrugNamed(given.Drug) is not null);

    static bool IsOfOrder(in Finding finding) => Array.IndexOf(EditsAtOrder, finding.Info.Id) >= 0
        || Array.IndexOf(AtOrder, finding.Place.ChartField) >= 0
        || finding.Place is { ChartField: Field.None, ClaimField: Field.Diagnoses or Field.PriorAuthorization
            or Field.Pointers };

    static Money? MoneyOf(CodedVisit visit, int line)
    {
        var index = visit.Claim.IndexOf(line);
        return index >= 0 && index < visit.Expected.Count ? visit.Expected[index].Amount : null;
    }

    static void WriteCard(CodedVisit visit, Choice choice, FindingKey keys, CdsService service, CdsRequest from,
        string address, Utf8JsonWriter json)
    {
        var finding = visit.Findings[choice.Index];
        var names = ResultJson.NamesOf(visit.Book);
        var text = Sentence.Of(finding, visit.Claim, names);
        json.WriteStartObject();
        json.WriteString("uuid", CdsCardId.Of(from.Instance, keys.Of(finding), finding.Info.Id, service));
        json.WriteString("summary", Short(text));
        json.WriteString("indicator", finding.Severity == Severity.Error ? "warning" : "info");
        json.WriteString("detail", Detail(finding, text, choice.Money, names));
        json.WriteStartObject("source");
        json.WriteString("label", Short($"Deltoid: {finding.Info.Citation.Section}"));
        json.WriteString("url", finding.Info.Citation.Url ?? Explained(address, finding));
        json.WriteStartObject("topic");
        json.WriteString("system", "urn:deltoid:finding");
        json.WriteString("code", finding.Info.Id);
        json.WriteString("display", finding.Info.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        if (finding.Info.Fix is { Safety: FixSafety.Clerical })
            WriteSuggestion(FindingText.Fix(finding, names),
                CdsCardId.Beside(from.Instance, keys.Of(finding), "suggestion"), json);
        WriteReasons(json);
        json.WriteStartArray("links");
        WriteLink("What this means", Explained(address, finding), "absolute", json);
        // who has a FHIR server can open the chart page for the patient
        if (from.HasFhirServer)
            WriteLink("Chart the shot", address + Smart.SmartRoutes.LaunchPath, "smart", json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteLink(string label, string url, string type, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        json.WriteString("url", url);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    static string Explained(string address, in Finding finding) => $"{address}/api/v1/explain/{finding.Info.Id}";

    static string Detail(in Finding finding, string text, Money? money, Func<Arg, string> names)
    {
        var detail = new StringBuilder(text);
        if (finding.Info.Fix is not null) detail.Append("\n\n**Next:** ").Append(FindingText.Fix(finding, names));
        if (money is { } amount)
            detail.Append(CultureInfo.InvariantCulture, $"\n\nMedicare's amount for the line: ${amount}.");
        return detail.ToString();
    }

    /// <summary>At most 140 characters, cut at a blank.</summary>
    static string Short(string text)
    {
        if (text.Length <= LongestSummary) return text;
        var end = text.LastIndexOf(' ', LongestSummary - 1);
        return text[..(end > 0 ? end : LongestSummary - 1)].TrimEnd(' ', ',', ';', ':') + "…";
    }

    static void WriteSuggestion(string label, Guid id, Utf8JsonWriter json)
    {
        json.WriteStartArray("suggestions");
        json.WriteStartObject();
        json.WriteString("label", Short(label));
        json.WriteString("uuid", id);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static readonly (string Code, string Says)[] Reasons =
    [
        ("charted-elsewhere", "It is charted in another place"),
        ("later", "It will be charted before the claim leaves"),
        ("not-billed", "This is not billed"), ("wrong", "The card is wrong"),
    ];

    static void WriteReasons(Utf8JsonWriter json)
    {
        json.WriteStartArray("overrideReasons");
        foreach (var (code, says) in Reasons)
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("system", "urn:deltoid:override");
            json.WriteString("display", says);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
