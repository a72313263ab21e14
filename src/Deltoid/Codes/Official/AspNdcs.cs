using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Which NDC is billed as which code, and how many billing units a package has, each quarter (ASP NDC-HCPCS crosswalk).
/// An NDC may have several codes (Retacrit: Q5105 and Q5106), and units may be fractions (12.5). It is not a list of
/// all drugs: what is not in it may still be billed. A row whose NDC or numbers do not read is the publisher's slip,
/// and is left.
/// </summary>
sealed class AspNdcs() : OfficialTable("asp-ndc", "ASP NDC-HCPCS crosswalk", 5_000)
{
    static readonly string[] Numbers = ["PKG SIZE", "PKG QTY", "BILLUNITS", "BILLUNITSPKG"];

    public override bool Knows(OfficialFile file) =>
        (file.IsNamed("NDC", "crosswalk") || file.Says("ASP NDC - HCPCS Crosswalk")
            || file.Says("ASP NDC-HCPCS Crosswalk")) && !file.IsNamed("NOC");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        AspQuarter.Set(file, release);
        var rows = new Delimited(file, ',');
        var header = rows.FindHeader("LABELER NAME|Drug Name");
        int code = header.Exactly($"_{release.Covers.From!.Value.Year}_CODE|HCPCS Code"),
            ndc = header.Exactly("NDC|NDC2"), drug = header["Drug Name"], labeler = header["LABELER NAME"];
        var places = Array.ConvertAll(Numbers, header.Exactly);
        var numbers = new Rate[Numbers.Length];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            if (!Code.TryParse(rows[code], out var each) || each.Length != 5) throw rows.Wrong("CODE", "is not a code");
            if (!Ndc.TryParse(rows[ndc], out var package))
            {
                release.Refuse(rows.Line, "has an NDC that is not 5-4-2", each.ToString());
                continue;
            }
            var wrong = WrongNumber(rows, places, numbers);
            if (wrong >= 0)
            {
                release.Refuse(rows.Line, $"has no number in '{Numbers[wrong]}'", each.ToString());
                continue;
            }
            var (name, maker) = (draft.Text(Cell.Text(rows[drug])), draft.Text(Cell.Text(rows[labeler])));
            draft.NdcCodes.Add(new(draft.Id(each), (long)package.Digits, release.Covers, numbers[0], numbers[1],
                numbers[2], numbers[3], name, maker, release.Number));
        }
    }

    /// <summary>Reads the row's numbers; says which does not read, or -1.</summary>
    static int WrongNumber(Delimited rows, int[] places, Rate[] numbers)
    {
        for (var i = 0; i < places.Length; i++)
            if (!Cell.TryRate(rows[places[i]], out numbers[i]) || numbers[i].TenThousandths <= 0) return i;
        return -1;
    }
}
