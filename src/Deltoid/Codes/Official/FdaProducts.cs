using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Products of the FDA's NDC directory (<c>product.txt</c>, tabs): name, substance, form, route and strength under
/// labeler and product of the NDC (4-4, 5-3 or 5-4, filled up to nine digits). Written from the FDA's description of
/// the columns: no file was at hand.
/// </summary>
sealed class FdaProducts() : OfficialTable("fda-product", "FDA NDC directory, products", 50_000)
{
    public override bool Knows(OfficialFile file) =>
        file.Name.Equals("product.txt", StringComparison.OrdinalIgnoreCase) || file.Says("PRODUCTNDC\tPRODUCTTYPENAME");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, '\t');
        var header = rows.FindHeader("PRODUCTNDC|PROPRIETARYNAME");
        int code = header["PRODUCTNDC"], name = header.Exactly("PROPRIETARYNAME"),
            generic = header["NONPROPRIETARYNAME"], labeler = header["LABELERNAME"], form = header["DOSAGEFORMNAME"],
            route = header["ROUTENAME"];
        int strength = header["ACTIVE_NUMERATOR_STRENGTH"], unit = header["ACTIVE_INGRED_UNIT"],
            start = header["STARTMARKETINGDATE"], end = header["ENDMARKETINGDATE"];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            if (!TryProduct(rows[code], out var product))
            {
                release.Refuse(rows.Line, "has an NDC that is not 4-4, 5-3 or 5-4");
                continue;
            }
            var dates = Dates(rows, start, end);
            if (dates.ThruDay < dates.FromDay)
            {
                release.Refuse(rows.Line, "ends before it starts");
                continue;
            }
            TextRef Text(int cell) => draft.Text(Cell.Text(rows[cell]));
            draft.Products.Add(new(product, dates, Text(name), Text(generic), Text(labeler), Text(form), Text(route),
                draft.Text(Strength(Cell.Text(rows[strength]), Cell.Text(rows[unit]))), release.Number));
        }
    }

    /// <summary>
    /// in 4-4 the labeler's first digit is missing and in 5-3 the product's: as numbers both fill up by themselves.
    /// </summary>
    static bool TryProduct(ReadOnlySpan<byte> cell, out int product)
    {
        product = 0;
        var hyphen = cell.IndexOf((byte)'-');
        if (hyphen < 0 || (hyphen, cell.Length - hyphen - 1) is not ((4, 4) or (5, 3) or (5, 4))) return false;
        foreach (var b in cell)
            if (b is (< (byte)'0' or > (byte)'9') and not (byte)'-') return false;
        if (!Cell.TryInt(cell[..hyphen], out var labeler) || !Cell.TryInt(cell[(hyphen + 1)..], out var item)
            || labeler == 0 || item < 0)
            return false;
        product = (labeler * 10_000) + item;
        return true;
    }

    /// <summary>Of several substances each strength with its unit: 5 mg/1; 325 mg/1.</summary>
    static string Strength(string strengths, string units)
    {
        var (numbers, names) = (strengths.Split(';'), units.Split(';'));
        return numbers.Length != names.Length
            ? $"{strengths} {units}".Trim()
            : string.Join("; ", numbers.Zip(names, static (n, u) => $"{n.Trim()} {u.Trim()}".Trim()));
    }

    /// <summary>Days of marketing, where the file has the columns; a start that is not said is not known.</summary>
    internal static DateRange Dates(Delimited rows, int start, int end)
    {
        var (from, thru) = (0, int.MaxValue);
        if (!rows[start].IsEmpty && !Cell.TryDay(rows[start], out from))
            throw rows.Wrong("STARTMARKETINGDATE", "is not a day as 20260131");
        if (!rows[end].IsEmpty && !Cell.TryDay(rows[end], out thru))
            throw rows.Wrong("ENDMARKETINGDATE", "is not a day as 20260131");
        return new(from, thru, 0);
    }
}
