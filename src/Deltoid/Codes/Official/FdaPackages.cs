using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Packages of the FDA's NDC directory (<c>package.txt</c>, tabs): NDC in ten digits with hyphens, and what the package
/// is; newer files have the days of marketing. What the product is, product.txt says (<see cref="FdaProducts"/>),
/// under the NDC without its last part. Written from the FDA's description of the columns: no file was at hand.
/// </summary>
sealed class FdaPackages() : OfficialTable("fda-package", "FDA NDC directory, packages", 100_000)
{
    public override bool Knows(OfficialFile file) =>
        file.Name.Equals("package.txt", StringComparison.OrdinalIgnoreCase) || file.Says("NDCPACKAGECODE\t");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, '\t');
        var header = rows.FindHeader("PRODUCTNDC|NDCPACKAGECODE");
        int code = header["NDCPACKAGECODE"], package = header["PACKAGEDESCRIPTION"],
            start = header.Find("STARTMARKETINGDATE"), end = header.Find("ENDMARKETINGDATE");
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            if (!Ndc.TryParse(rows[code], out var ndc))
            {
                release.Refuse(rows.Line, "has an NDC that is not 4-4-2, 5-3-2, 5-4-1 or 5-4-2");
                continue;
            }
            var dates = FdaProducts.Dates(rows, start, end);
            if (dates.ThruDay < dates.FromDay)
            {
                release.Refuse(rows.Line, "ends before it starts");
                continue;
            }
            draft.Packages.Add(new((long)ndc.Digits, dates, -1, default, default, default, default, default, default,
                draft.Text(Cell.Text(rows[package])), release.Number));
        }
    }
}
