using System.Text.RegularExpressions;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Short lists as CMS publishes them with its FHIR guide (FSH, CC0): adjustment reasons in CMS's wording, adjustment
/// groups, places of service, contractors, pricing localities, specialties. A line is <c>* #CODE "text"</c>; the code
/// <c>~</c> is no code and is left.
/// </summary>
sealed partial class CmsCodeSystems() : OfficialTable("cms-code-system", "CMS code systems", 1)
{
    static readonly (string Id, ListedKind Kind)[] Systems =
    [
        ("ANSI_RSN_CD", ListedKind.AdjustmentReason),
        ("ANSI_GRP_CD", ListedKind.AdjustmentGroup),
        ("CLM_POS_CD", ListedKind.PlaceOfService),
        ("CLM_CNTRCTR_NUM", ListedKind.Contractor),
        ("CLM_PRCNG_LCLTY_CD", ListedKind.Locality),
        ("CLM_PRVDR_SPCLTY_CD", ListedKind.Specialty),
    ];

    public override bool Knows(OfficialFile file) => file.IsNamed(".fsh") && Array.Exists(Systems, s => Is(file, s.Id));

    static bool Is(OfficialFile file, string id) =>
        file.Says($"CodeSystem: {id}\n") || file.Says($"CodeSystem: {id}\r");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var (id, kind) = Array.Find(Systems, s => Is(file, s.Id));
        release.Name = id;
        if (!file.Says("^content = #complete"))
            throw new OfficialFileException(0, "does not say that its list is complete", "take the file as published");
        var rows = new Delimited(file, '\t'); // there are no tabs: a line is one cell
        while (rows.Next())
        {
            if (!rows[0].StartsWith("* #"u8)) continue;
            if (rows.Count != 1 || Line().Match(Cell.Text(rows[0])) is not { Success: true } line)
                throw rows.Fault("is not a code and its text");
            if (line.Groups[1].ValueSpan is "~")
            {
                release.Skipped++;
                continue;
            }
            var label = line.Groups[2].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Trim(' ', '"');
            draft.Listed.Add(new(kind, draft.Text(line.Groups[1].Value), draft.Text(label), DateRange.Always,
                release.Number));
        }
    }

    [GeneratedRegex("""^\* #(\S+) "((?:[^"\\]|\\.)*)"$""")]
    private static partial Regex Line();
}
