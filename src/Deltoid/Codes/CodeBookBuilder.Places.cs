using Deltoid.Values;

namespace Deltoid.Codes;

internal sealed partial class CodeBookBuilder
{
    readonly List<PlaceRule> placeRules = [];
    readonly string[] placePays = typeof(PlacePays).GetEnumNames();
    readonly string[] bundleHolds = typeof(BundleHolds).GetEnumNames();

    void ReadPlaceRules(Rows rows)
    {
        int place = rows.Column("place"), payers = rows.Column("payers"), vaccines = rows.Column("vaccines");
        int setting = rows.Column("setting"), pays = rows.Column("pays");
        int from = rows.Column("from"), thru = rows.Column("thru"), source = rows.Column("source");
        while (rows.Next())
        {
            var of = Setting.None;
            if (!rows[setting].IsEmpty && !Words.Settings.TryRead(rows[setting], out of))
                throw rows.Wrong(setting, "is not a setting");
            var how = (PlacePays)Named(rows, pays, placePays);
            var dates = rows.Dates(from, thru);
            placeRules.Add(new(rows.Code(place), new(rows[payers]), new(rows[vaccines]), of, how, dates,
                Source(rows[source])));
        }
    }

    void ReadBundles(Rows rows)
    {
        int drug = rows.Column("drug"), payers = rows.Column("payers"), place = rows.Column("place"),
            code = rows.Column("code");
        int min = rows.Column("min_dose"), max = rows.Column("max_dose"), holds = rows.Column("holds"),
            minutes = rows.Column("minutes");
        int from = rows.Column("from"), thru = rows.Column("thru"), source = rows.Column("source");
        while (rows.Next())
        {
            var at = rows[place].IsEmpty ? default : rows.Code(place);
            var what = (BundleHolds)Named(rows, holds, bundleHolds);
            var of = rows[code].IsEmpty ? default : rows.Code(code);
            var (least, most) = (AmountOrNone(rows, min), AmountOrNone(rows, max));
            var row = new BundleRow(new(rows[payers]), at, least, most, of, what, rows.Int(minutes),
                rows.Dates(from, thru), Source(rows[source]));
            Named(rows, drug).Bundles.Add(row);
        }
    }

    readonly List<PersonRule> personRules = [];
    readonly string[] personRuleKinds = typeof(PersonRuleKind).GetEnumNames();

    void ReadPersonRules(Rows rows)
    {
        int kind = rows.Column("kind"), what = rows.Column("what"), sex = rows.Column("sex"),
            from = rows.Column("age_from"), thru = rows.Column("age_thru"), source = rows.Column("source");
        while (rows.Next())
        {
            var of = Sex.None;
            if (!rows[sex].IsEmpty && !Words.Sexes.TryRead(rows[sex], out of)) throw rows.Wrong(sex, "is not a sex");
            var oldest = rows[thru].IsEmpty ? PersonRule.Oldest : rows.Int(thru);
            personRules.Add(new((PersonRuleKind)Named(rows, kind, personRuleKinds), new(rows[what]), of,
                rows.Int(from), oldest, Source(rows[source])));
        }
    }

    /// <summary>The ordinal of a cell's word among names, hyphens left out.</summary>
    static int Named(Rows rows, int column, string[] names) =>
        IndexIn(names, new string(rows[column]).Replace("-", "", StringComparison.Ordinal)) is >= 0 and var ordinal
            ? ordinal : throw rows.Wrong(column, "is not a word of this column");
}
