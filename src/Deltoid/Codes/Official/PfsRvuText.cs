using Deltoid.Codes.Packs;

namespace Deltoid.Codes.Official;

/// <summary>
/// The same relative values in lines of fixed columns (<c>PPRRVU2025_Oct.txt</c>), some lines of copyright before them:
/// for a release that is at hand in no other form. 2026 put the pricing indicator into column 121, which was blank, and
/// moved nothing (RVU26B.pdf). Where the columns are in later years is not known here, so later files are refused.
/// </summary>
sealed class PfsRvuText : OfficialTable
{
    const int LineLength = 171, LastYear = 2026;

    /// <summary>In the order of the CSV of 2026. Descriptions are AMA's: they have no place here.</summary>
    static readonly FixedColumn[] Columns =
    [
        new("HCPCS", 1, 5),
        new("MOD", 6, 7),
        default,
        new("STATUS CODE", 58, 58),
        default,
        new("WORK RVU", 60, 65),
        new("NON-FAC PE RVU", 67, 72),
        new("NON-FAC NA INDICATOR", 73, 74),
        new("FACILITY PE RVU", 76, 81),
        new("FACILITY NA INDICATOR", 82, 83),
        new("MP RVU", 85, 89),
        new("NON-FACILITY TOTAL", 91, 96),
        new("FACILITY TOTAL", 97, 102),
        new("PCTC IND", 103, 103),
        new("GLOB DAYS", 104, 106),
        default,
        default,
        default,
        new("MULT PROC", 116, 116),
        new("BILAT SURG", 117, 117),
        new("ASST SURG", 118, 118),
        new("CO- SURG", 119, 119),
        new("TEAM SURG", 120, 120),
        default,
        new("ENDO BASE", 128, 132),
        new("CONV FACTOR", 133, 140),
        default,
        default,
        new("DIAGNOSTIC IMAGING FAMILY INDICATOR", 146, 147),
        new("NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT", 152, 157),
        new("FACILITY PE USED FOR OPPS PAYMENT AMOUNT", 159, 164),
        new("MP USED FOR OPPS PAYMENT AMOUNT", 166, 171),
    ];

    public PfsRvuText() : base(PfsRvu.TableName, PfsRvu.TableTitle, PfsRvu.WholeRelease)
    {
    }

    public override bool Knows(OfficialFile file) => file.IsNamed("PPRRVU", ".txt");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        const string Try = "give the CSV of the same release";
        if (!PfsRelease.TrySet(release, file.Name))
            throw new OfficialFileException(0, "does not say in its name of which release it is", Try);
        if (release.Covers.From!.Value.Year > LastYear)
            throw new OfficialFileException(0,
                $"is later than {LastYear}, and where its columns are since then is not known here", Try);
        var rows = new FixedRows(file, Columns);
        var entries = new PfsEntries(release, draft, [.. Enumerable.Range(0, Columns.Length)]);
        while (rows.Next())
        {
            if (rows.Text.StartsWith("HDR "u8)) continue;
            rows.CheckLength(LineLength);
            entries.Add(rows, PfsRvu.IsQualifying(file));
        }
        entries.AddFactor(PfsRvu.IsQualifying(file));
    }
}
