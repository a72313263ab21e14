using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.X12;

namespace Deltoid.Results;

/// <summary>The help page of a kind of finding: what it says, on whose authority, what a payer answers, and its page of cases.</summary>
public static class FindingHelp
{
    /// <summary>The kind of finding with this id or name, whoever makes it; null when there is none.</summary>
    public static FindingInfo? Find(string idOrName, EditSet edits)
    {
        foreach (var info in All(edits))
            if (info.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase) || info.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase)) return info;
        return null;
    }

    /// <summary>Every kind of finding: those of coding, of the edits, of X12, of the paper form.</summary>
    public static IEnumerable<FindingInfo> All(EditSet edits) => CodingFindings.All.Concat(edits.Edits.SelectMany(static e => e.Infos)).Concat(OfX12).Concat(Cms1500Findings.All);

    /// <summary>Those of X12: of any set, of remittances, of acknowledgments and claim statuses.</summary>
    public static IEnumerable<FindingInfo> OfX12 => X12Findings.All.Concat(RemittanceFindings.All).Concat(AcknowledgmentFindings.All);

    /// <summary>The kinds of findings that a claim from a file can have: those of the edits and of X12.</summary>
    public static IEnumerable<FindingInfo> OfClaims(EditSet edits) => edits.Edits.SelectMany(static e => e.Infos).Concat(X12Findings.All);

    /// <summary>A row or rule of an X12 guide: where it stands and what is checked; false when there is none with this id.</summary>
    public static bool WriteRow(TextPage page, string id)
    {
        if (GuideChecks.Find(id) is not { } row) return false;
        page.Line(page.Strong($"{row.Id}  {row.Where}"));
        foreach (var (title, words) in (ReadOnlySpan<(string, string)>)[
            ("  what it is  ", row.Label), ("  use         ", row.Use), ("  holds       ", row.Holds), ("  asked by    ", row.Situation), ("  told when   ", string.Join(", ", row.Faults.Select(static f => $"{f.Words} ({f.Info.Id})").Distinct())),
        ]) if (words.Length > 0) page.Wrap(title, words);
        return true;
    }

    /// <param name="text">Its page in Markdown; empty when it has none.</param>
    public static void Write(TextPage page, FindingInfo info, string text)
    {
        page.Line(page.Strong($"{info.Id}  {info.Name}"));
        page.Wrap("  says        ", $"{FindingText.Of(info.Severity)}: {info.Message}");
        page.Wrap("  if sent     ", info.Outcome == Outcome.None ? "nothing by itself" : FindingText.Of(info.Outcome));
        page.Wrap("  authority   ", $"{FindingText.Of(info.Citation.Authority)}: {info.Citation.Section}");
        if (info.Citation.Url is { } url) page.Line("              " + url);
        page.Wrap("  rules       ", info.Rules);
        if (info.Effective is { } range) page.Wrap("  service     ", range.ToString());
        foreach (var prediction in info.Predicts ?? []) page.Wrap("  payer says  ", $"{prediction.Carc} {string.Join(' ', prediction.Rarcs)}".TrimEnd());
        if (info.Fix is { } fix)
            page.Wrap("  fix         ", $"{fix.Text.Replace("{near}", "", StringComparison.Ordinal)} ({FindingText.Of(fix.Safety)})");
        if (info.Mandatory) page.Wrap("  mandatory   ", "a payer profile cannot lower it");
        if (text.Length == 0) return;
        page.Line();
        page.Line(text.TrimEnd());
    }
}
