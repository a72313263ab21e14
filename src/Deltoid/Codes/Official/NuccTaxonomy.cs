using Deltoid.Codes.Packs;

namespace Deltoid.Codes.Official;

/// <summary>
/// NUCC's health care provider taxonomy (<c>nucc_taxonomy_250.csv</c> is version 25.0): code, grouping, classification,
/// specialization.
/// </summary>
sealed class NuccTaxonomy() : OfficialTable("nucc-taxonomy", "NUCC provider taxonomy", 800)
{
    public override bool Knows(OfficialFile file) =>
        file.IsNamed("nucc_taxonomy") || file.Says("Code,Grouping,Classification");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, ',');
        var header = rows.FindHeader("Grouping|Classification");
        int code = header.Exactly("Code"), grouping = header["Grouping"], classification = header["Classification"],
            specialization = header["Specialization"];
        SetRelease(file, release);
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            var each = Cell.Text(rows[code]);
            if (each.Length != 10 || each[9] != 'X' || !each.All(char.IsAsciiLetterOrDigit))
                throw rows.Wrong("Code", "is not ten letters and digits with X at the end");
            if (rows[grouping].IsEmpty || rows[classification].IsEmpty)
                throw rows.Wrong("Classification", "is empty, or Grouping is");
            draft.Taxonomies.Add(new(draft.Text(each), draft.Text(Cell.Text(rows[grouping])),
                draft.Text(Cell.Text(rows[classification])), draft.Text(Cell.Text(rows[specialization])),
                release.Number));
        }
    }

    static void SetRelease(OfficialFile file, Release release)
    {
        var digits = new string([.. file.Name.Where(char.IsAsciiDigit)]);
        if (digits.Length == 3) release.Name = $"{digits[..2]}.{digits[2]}";
    }
}
