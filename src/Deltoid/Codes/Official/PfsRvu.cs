using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Relative values of the physician fee schedule (<c>PPRRVU2026_Jul_nonQPP.csv</c>). A column's name is spread over up
/// to five lines of the header; put together they are those below, and are in this order. Since 2026 there is one
/// more, PRIC IND, and a file of its own for qualifying APM participants: it differs in the conversion factor alone, so
/// that is all that is taken of it. Descriptions are AMA's, and are never read.
/// </summary>
sealed class PfsRvu : OfficialTable
{
    internal const string TableName = "pfs-rvu", TableTitle = "Physician fee schedule relative values";
    internal const int WholeRelease = 15_000;

    const int Description = 2, PriceIndicator = 23;

    static readonly string[] Columns =
    [
        "HCPCS",
        "MOD",
        "DESCRIPTION",
        "STATUS CODE",
        "NOT USED FOR MEDICARE PAYMENT",
        "WORK RVU",
        "NON-FAC PE RVU",
        "NON-FAC NA INDICATOR",
        "FACILITY PE RVU",
        "FACILITY NA INDICATOR",
        "MP RVU",
        "NON-FACILITY TOTAL",
        "FACILITY TOTAL",
        "PCTC IND",
        "GLOB DAYS",
        "PRE OP",
        "INTRA OP",
        "POST OP",
        "MULT PROC",
        "BILAT SURG",
        "ASST SURG",
        "CO- SURG",
        "TEAM SURG",
        "PRIC IND",
        "ENDO BASE",
        "CONV FACTOR",
        "PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES",
        "CALCULATION FLAG",
        "DIAGNOSTIC IMAGING FAMILY INDICATOR",
        "NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT",
        "FACILITY PE USED FOR OPPS PAYMENT AMOUNT",
        "MP USED FOR OPPS PAYMENT AMOUNT",
    ];

    /// <summary>The layout before 2026.</summary>
    static readonly string[] EarlierColumns = [.. Columns.Where((_, i) => i != PriceIndicator)];

    public PfsRvu() : base(TableName, TableTitle, WholeRelease)
    {
    }

    public override bool Knows(OfficialFile file) =>
        file.IsNamed(".csv") && (file.IsNamed("PPRRVU") || file.Says("Physician Fee Schedule Relative Value File"));

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, ',');
        var (names, title) = ReadHeader(rows);
        CheckHeader(rows, names);
        if (!PfsRelease.TrySet(release, title) && !PfsRelease.TrySet(release, file.Name))
            throw new OfficialFileException(0, "says neither above its header nor in its name of which release it is",
                "keep the published name: PPRRVU2026_Jul_nonQPP.csv");
        var isQualifying = IsQualifying(file);
        var entries = new PfsEntries(release, draft,
            [.. Enumerable.Range(0, Columns.Length)
                    .Select(i => names.Length < Columns.Length && i > PriceIndicator ? i - 1 : i)]);
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            if (rows.Count != names.Length) throw rows.Fault($"has {rows.Count} cells where {names.Length} are needed");
            if (rows.IsUnended && rows[names.Length - 1] is not [.., (byte)'.', _, _])
                throw rows.Wrong(Columns[^1], "has no two decimals");
            entries.Add(rows, isQualifying);
        }
        entries.AddFactor(isQualifying);
    }

    internal static bool IsQualifying(OfficialFile file) => file.IsNamed("_QPP");

    /// <summary>What stands over each column, and the title, which stands over that of the descriptions.</summary>
    static (string[] Names, string Title) ReadHeader(Delimited rows)
    {
        var (names, title) = (new List<string>(), "");
        for (var line = 0; line < 60 && rows.Next(); line++)
        {
            var isLast = rows[0].SequenceEqual("HCPCS"u8);
            for (var i = 0; i < rows.Count; i++)
            {
                if (names.Count == i) names.Add("");
                var text = Cell.Text(rows[i]);
                if (i != Description || isLast) names[i] = $"{names[i]} {text}".Trim();
                else if (text.Contains("Relative Value File", StringComparison.OrdinalIgnoreCase)) title = text;
            }
            if (isLast) return ([.. names[..rows.Count]], title);
        }
        throw new OfficialFileException(0, "has no header with the column 'HCPCS'",
            "use the file as published; if its layout has changed, report it to us: nothing was read from it");
    }

    static void CheckHeader(Delimited rows, string[] names)
    {
        var known = names.Length > EarlierColumns.Length
            || Array.Exists(names, static n => Is(n, Columns[PriceIndicator]))
            ? Columns
            : EarlierColumns;
        foreach (var (i, column) in known.Index())
        {
            if (i < names.Length && Is(names[i], column)) continue;
            throw rows.Changed(Array.Exists(names, n => Is(n, column))
                ? $"has column '{column}' in another place"
                : $"has no column '{column}'");
        }
        if (names.Length != known.Length)
            throw rows.Changed($"has {names.Length} columns where {known.Length} are known");
    }

    static bool Is(string name, string column) => Header.Fold(name) == Header.Fold(column);
}
