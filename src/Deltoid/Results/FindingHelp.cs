using System.Text.RegularExpressions;
using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.Remits;
using Deltoid.X12;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Results;

/// <summary>
/// The help page of a kind of finding: what it says, on whose authority, what a payer answers, and its page of cases.
/// </summary>
internal static class FindingHelp
{
    /// <summary>The kind of finding with this id or name, of any maker; null when there is none.</summary>
    public static FindingInfo? Find(string idOrName, EditSet edits)
    {
        foreach (var info in All(edits))
            if (info.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase)
                || info.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase))
                return info;
        return null;
    }

    /// <summary>Every kind of finding: those of coding, of the edits, of X12, of the paper form, of payments.</summary>
    public static IEnumerable<FindingInfo> All(EditSet edits) =>
        CodingFindings.All.Concat(edits.Edits.SelectMany(static e => e.Infos)).Concat(OfX12)
            .Concat(Cms1500Findings.All).Concat(RemitFindings.All);

    /// <summary>Those of X12: of any set, and each set's own; in the order of their ids.</summary>
    public static IEnumerable<FindingInfo> OfX12 { get; } =
    [
        .. X12Findings.All.Concat(TransactionSets.All.SelectMany(static set => set.Findings)).Distinct()
            .OrderBy(static info => info.Id, StringComparer.Ordinal),
    ];

    /// <summary>The kinds of findings that a claim from a file can have: those of the edits and of X12.</summary>
    public static IEnumerable<FindingInfo> OfClaims(EditSet edits) =>
        edits.Edits.SelectMany(static e => e.Infos).Concat(X12Findings.All)
            .Concat(ClaimSets.All.SelectMany(static set => set.Findings)).Distinct();

    /// <summary>
    /// A row or rule of an X12 guide: where it is and what is checked; null when there is none with this id.
    /// </summary>
    public static FactSheet? OfRow(string id)
    {
        if (GuideChecks.Find(id) is not { } row) return null;
        var sheet = new FactSheet("x12-row", row.Id, row.Where);
        sheet.Add("what it is", row.Label);
        sheet.Add("use", row.Use);
        sheet.Add("holds", row.Holds);
        sheet.Add("asked by", row.Situation);
        sheet.Add("reported", string.Join(", ", row.Faults.Select(static f => $"{f.Words} ({f.Info.Id})").Distinct()));
        return sheet;
    }

    /// <param name="text">Its page in Markdown; empty when it has none.</param>
    public static FactSheet Of(FindingInfo info, string text)
    {
        var sheet = new FactSheet("finding", info.Id, info.Name) { Page = text };
        sheet.Add("says", $"{FindingText.Of(info.Severity)}: {Open(info.Message)}");
        sheet.Add("if sent", info.Outcome == Outcome.None ? "nothing by itself" : FindingText.Of(info.Outcome));
        sheet.Add("authority", $"{FindingText.Of(info.Citation.Authority)}: {info.Citation.Section}");
        sheet.Add("", info.Citation.Url ?? "");
        foreach (var id in info.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries)) RuleSheet.AddRule(sheet, id);
        if (info.Effective is { } range) sheet.Add("service", range.ToString());
        foreach (var prediction in info.Predicts ?? []) sheet.Add("payer says", ReasonSheet.Words(prediction));
        if (info.Fix is { } fix)
            sheet.Add("fix",
                $"{Open(fix.Text.Replace("{near}", "", StringComparison.Ordinal))} "
                    + $"({FindingText.Of(fix.Safety)})");
        if (info.Mandatory) sheet.Add("mandatory", "a payer profile cannot lower it");
        return sheet;
    }

    /// <summary>The sentence of a kind of finding without a claim: what a claim would fill in is left open, what it
    /// might add is left out.</summary>
    internal static string Open(string text) =>
        Filled.Replace(text, static place =>
            place.Value[1] is ',' or ':' ? "" : place.Groups[1].Success ? place.Groups[1].Value : "…");

    static readonly Regex Filled = new(@"\{[,:]?[\w+-]+(?:\|([^}]*))?\}");
}
