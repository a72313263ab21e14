using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// The CDC's NDCs of vaccines, as they are sold (<c>NDC_Unit_sale.txt</c>, 16 cells between bars) and as they are used
/// (<c>NDC_Unit_use.txt</c>, 17). There is no header; a row with another number of cells is refused. The NDC is in
/// it in eleven digits with hyphens.
/// </summary>
sealed class CdcVaccinePackages() : OfficialTable("cdc-vaccine-ndc", "CDC vaccines' NDCs", 400)
{
    const int Brand = 4, Generic = 5, Labeler = 6, Start = 7, End = 8, Pack = 9, Billed = 14;

    public override bool Knows(OfficialFile file) => file.IsNamed("NDC_Unit_sale") || file.IsNamed("NDC_Unit_use");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var isSale = file.IsNamed("NDC_Unit_sale");
        release.Name = isSale ? "unit of sale" : "unit of use";
        var (width, route, cvx) = isSale ? (16, 10, 12) : (17, -1, 11);
        var rows = new Delimited(file, '|');
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            if (rows.Count != width) throw rows.Fault($"has {rows.Count} cells where {width} are needed");
            if (!Ndc.TryParse(rows[Billed], out var ndc)) throw rows.Wrong("NDC11", "is not an NDC");
            if (!Cell.TryInt(rows[cvx], out var number) || number < 0) throw rows.Wrong("CVX", "is not a number");
            var (from, thru) = (0, int.MaxValue);
            if (!rows[Start].IsEmpty && !Cell.TryDay(rows[Start], out from))
                throw rows.Wrong("start", "is not a day as 20260131");
            if (!rows[End].IsEmpty && !Cell.TryDay(rows[End], out thru))
                throw rows.Wrong("end", "is not a day as 20260131");
            if (thru < from)
            {
                release.Refuse(rows.Line, "ends before it starts");
                continue;
            }
            TextRef Text(int cell) => draft.Text(Cell.Text(rows[cell]));
            draft.Packages.Add(new((long)ndc.Digits, new(from, thru, 0), number, Text(Brand), Text(Generic),
                Text(Labeler), default, Text(route), default, Text(Pack), release.Number));
        }
    }
}
