using Deltoid.Codes;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>How two files are compared: each hands back the rows on which they differ.</summary>
static class Confronted
{
    readonly record struct Index3(Rate Work, Rate Practice, Rate Malpractice);

    /// <summary>
    /// Each locality has ZIP codes, and each ZIP code a locality. A locality without any ZIP code is none; one that
    /// several ZIP codes name is no slip of theirs.
    /// </summary>
    public static Comparison LocalitiesOfZips(Testimony gpci, Testimony zip, IReadOnlyList<Testimony> all)
    {
        var (indices, zips) = (IndicesOf(gpci), new Dictionary<string, int>());
        foreach (ref readonly var row in zip.Draft.Zips.Rows.Span)
        {
            var key = $"{row.Carrier:00000}-{row.Locality:00}";
            zips[key] = zips.GetValueOrDefault(key) + 1;
        }
        var invented = indices.Keys.Where(k => !zips.ContainsKey(k)).ToList();
        var missing = zips.Where(z => !indices.ContainsKey(z.Key)).ToList();
        var isWrong = invented.Count > 0 || missing.Exists(static z => z.Value > 1);
        List<string> differing =
        [
            .. invented.Select(static k => $"locality {k} has no ZIP code"),
            .. missing.Select(static z => $"locality {z.Key} of {z.Value} ZIP codes has no indices"),
        ];
        return new(indices.Count, differing, isWrong ? gpci : null);
    }

    static Dictionary<string, Index3> IndicesOf(Testimony file)
    {
        var indices = new Dictionary<string, Index3>();
        foreach (ref readonly var row in file.Draft.Gpcis.Rows.Span)
        {
            var key = $"{file.Draft.TextOf(row.Mac)}-{file.Draft.TextOf(row.Number)}";
            indices[key] = new(row.Work, row.Practice, row.Malpractice);
        }
        return indices;
    }

    /// <summary>The indices of a year are the same in all its releases.</summary>
    public static Comparison Indices(Testimony one, Testimony two, IReadOnlyList<Testimony> all)
    {
        var (ones, twos) = (IndicesOf(one), IndicesOf(two));
        var differing = ones.Where(p => twos.TryGetValue(p.Key, out var other) && other != p.Value);
        var reported = differing.Select(static p => $"locality {p.Key} has other indices");
        return new(ones.Count, [.. reported, .. OnlyIn(ones.Keys, twos.Keys)], FewerRows(one, two));
    }

    public static Comparison Localities(Testimony now, Testimony before, IReadOnlyList<Testimony> all)
    {
        var (ones, twos) = (IndicesOf(now), IndicesOf(before));
        return new(Math.Max(ones.Count, twos.Count), [.. OnlyIn(ones.Keys, twos.Keys)], FewerRows(now, before));
    }

    /// <summary>
    /// How far an index may move in a year. In a year of update CMS phases in half of the change, and the floor of the
    /// work index comes and goes; from 2025 to 2026 none moved by more than 0.9, 2.2 and 24.4 percent.
    /// </summary>
    const decimal WorkMoves = 0.06m, PracticeMoves = 0.08m, MalpracticeMoves = 0.50m;

    public static Comparison Drift(Testimony now, Testimony before, IReadOnlyList<Testimony> all)
    {
        var (ones, twos) = (IndicesOf(now), IndicesOf(before));
        var both = ones.Where(p => twos.ContainsKey(p.Key)).ToList();
        var moved = both.Where(p => HasJumped(p.Value, twos[p.Key]));
        return new(both.Count,
            [.. moved.Select(static p => $"an index of locality {p.Key} moved further than any does in a year")]);
    }

    static bool HasJumped(Index3 now, Index3 before) =>
        Moved(now.Work, before.Work) > WorkMoves
        || Moved(now.Practice, before.Practice) > PracticeMoves
        || Moved(now.Malpractice, before.Malpractice) > MalpracticeMoves;

    static decimal Moved(Rate now, Rate before) => Math.Abs((now.Value / before.Value) - 1);

    static IEnumerable<string> OnlyIn(ICollection<string> one, ICollection<string> two) =>
        one.Except(two).Concat(two.Except(one)).Order(StringComparer.Ordinal)
            .Select(static key => $"locality {key} is in one of them only");

    /// <summary>Of two releases of a table the one with fewer rows is cut or made up.</summary>
    static Testimony? FewerRows(Testimony one, Testimony two) =>
        one.Rows < two.Rows ? one : two.Rows < one.Rows ? two : null;

    /// <summary>
    /// The published caps of imaging in each locality are the cap's relative values times the indices times the factor
    /// (DRA 5102(b)); rows that contractors price have no values to multiply. When one locality alone differs, its
    /// indices are wrong; when one row does, the cap is.
    /// </summary>
    public static Comparison Caps(Testimony gpci, Testimony cap, IReadOnlyList<Testimony> all)
    {
        var rvu = all.FirstOrDefault(t =>
            t.Table.Name == "pfs-rvu" && t.Release.Name == cap.Release.Name && t.Draft.Rvus.Count > 0);
        if (rvu is null) return new(0, []);
        var (indices, values, factor) = (IndicesOf(gpci), ValuesOf(rvu), rvu.Draft.Conversions.Rows[0].Factor.Value);
        var (differing, places, compared) = (new List<string>(), new HashSet<string>(), 0);
        foreach (ref readonly var row in cap.Draft.Caps.Rows.Span)
        {
            var (code, place) = (cap.Draft.CodeOf(row.Id), cap.Draft.TextOf(row.Locality));
            if (!values.TryGetValue((code, row.Modifier), out var value) || value.Status == 'C') continue;
            if (!indices.TryGetValue(place, out var at)) continue;
            compared++;
            if (Money.Round(CapOf(value, at) * factor).Cents == row.Facility) continue;
            differing.Add($"{code} in {place}");
            places.Add(place);
        }
        return new(compared, differing, differing.Count == 1 ? cap : places.Count == 1 ? gpci : null);
    }

    static decimal CapOf(in RvuRow row, Index3 at) =>
        (row.Work.Value * at.Work.Value) + (row.CapPracticeFacility.Value * at.Practice.Value)
            + (row.CapMalpractice.Value * at.Malpractice.Value);

    static Dictionary<(Code, ushort), RvuRow> ValuesOf(Testimony file)
    {
        var values = new Dictionary<(Code, ushort), RvuRow>();
        foreach (ref readonly var row in file.Draft.Rvus.Rows.Span)
            values[(file.Draft.CodeOf(row.Id), row.Modifier)] = row;
        return values;
    }

    /// <summary>A row's totals are the sums of its parts.</summary>
    public static Comparison Totals(Testimony file, Testimony same, IReadOnlyList<Testimony> all)
    {
        var differing = new List<string>();
        foreach (ref readonly var row in file.Draft.Rvus.Rows.Span)
        {
            var rest = row.Work.TenThousandths + row.Malpractice.TenThousandths;
            var isOffice = rest + row.PracticeNonFacility.TenThousandths == row.TotalNonFacility.TenThousandths;
            var isFacility = rest + row.PracticeFacility.TenThousandths == row.TotalFacility.TenThousandths;
            if (!isOffice || !isFacility) differing.Add(Named(file, row));
        }
        return new(file.Draft.Rvus.Count, differing, file);
    }

    static string Named(Testimony file, in RvuRow row)
    {
        var code = file.Draft.CodeOf(row.Id);
        return row.Modifier == 0 ? $"{code}" : $"{code}-{Cell.Of(row.Modifier, 2)}";
    }

    /// <summary>Relative values change with the year; within it few are corrected.</summary>
    public static Comparison RelativeValues(Testimony one, Testimony two, IReadOnlyList<Testimony> all)
    {
        var (before, differing, compared) = (ValuesOf(two), new List<string>(), 0);
        foreach (var ((code, modifier), row) in ValuesOf(one))
        {
            if (!before.TryGetValue((code, modifier), out var other)) continue;
            compared++;
            if (PaidBy(row) != PaidBy(other)) differing.Add(Named(one, row));
        }
        return new(compared, differing);
    }

    static (Rate, Rate, Rate, Rate, byte) PaidBy(in RvuRow row) =>
        (row.Work, row.PracticeNonFacility, row.PracticeFacility, row.Malpractice, row.Status);

    /// <summary>
    /// Codes of Level II are in the HCPCS file and in the fee schedule of their year, also when they have ended.
    /// Vaccines have CPT codes, which HCPCS does not list.
    /// </summary>
    public static Comparison LevelTwoCodes(Testimony file, Testimony list, IReadOnlyList<Testimony> all) =>
        Unknown(file, CodesOf(file).Where(static c => char.IsAsciiLetter(c[0])), CodesOf(list), isCertain: false);

    /// <summary>
    /// A package is listed to find the limit of its code, so nearly every code of the list has one in the quarter.
    /// Those that have none have one in another quarter; where another is there, a code that is in none of them is
    /// wrong.
    /// </summary>
    public static Comparison CodesWithLimits(Testimony file, Testimony limits, IReadOnlyList<Testimony> all)
    {
        var others = all.Where(t => t.Table is AspLimits && t.IsWhole && t.Release.Covers != file.Release.Covers)
            .ToList();
        var known = CodesOf(limits);
        foreach (var other in others) known.UnionWith(CodesOf(other));
        return Unknown(file, CodesOf(file), known, isCertain: others.Count > 0);
    }

    static Comparison Unknown(Testimony file, IEnumerable<Code> codes, HashSet<Code> known, bool isCertain)
    {
        var all = codes.ToList();
        var unknown = all.Where(c => !known.Contains(c)).Select(static c => c.ToString()).Order(StringComparer.Ordinal);
        return new(all.Count, [.. unknown], file, isCertain);
    }

    static HashSet<Code> CodesOf(Testimony file)
    {
        var codes = new HashSet<Code>();
        foreach (ref readonly var row in file.Draft.Hcpcs.Rows.Span) codes.Add(file.Draft.CodeOf(row.Id));
        foreach (ref readonly var row in file.Draft.Rvus.Rows.Span) codes.Add(file.Draft.CodeOf(row.Id));
        foreach (ref readonly var row in file.Draft.AspLimits.Rows.Span) codes.Add(file.Draft.CodeOf(row.Id));
        foreach (ref readonly var row in file.Draft.NdcCodes.Rows.Span) codes.Add(file.Draft.CodeOf(row.Id));
        return codes;
    }

    /// <summary>The unit that a limit is for is the one at the end of the code's text.</summary>
    public static Comparison UnitsOfTexts(Testimony file, Testimony hcpcs, IReadOnlyList<Testimony> all)
    {
        var texts = new Dictionary<Code, string>();
        var draft = hcpcs.Draft;
        foreach (ref readonly var row in draft.Hcpcs.Rows.Span) texts[draft.CodeOf(row.Id)] = draft.TextOf(row.Long);
        return Units(file, texts);
    }

    /// <summary>A code's unit never changes: another unit is another code.</summary>
    public static Comparison Units(Testimony file, Testimony witness, IReadOnlyList<Testimony> all)
    {
        var dosages = new Dictionary<Code, string>();
        var draft = witness.Draft;
        foreach (ref readonly var row in draft.AspLimits.Rows.Span)
            dosages[draft.CodeOf(row.Id)] = draft.TextOf(row.Dosage);
        return Units(file, dosages);
    }

    static Comparison Units(Testimony file, Dictionary<Code, string> texts)
    {
        var (differing, codes, compared) = (new List<string>(), new List<Code>(), 0);
        foreach (ref readonly var row in file.Draft.AspLimits.Rows.Span)
        {
            var (code, dosage) = (file.Draft.CodeOf(row.Id), file.Draft.TextOf(row.Dosage));
            if (!CodeBookBuilder.TryUnit(dosage, out var unit, out _)) continue;
            if (!texts.TryGetValue(code, out var text) || !CodeBookBuilder.TryUnit(text, out var other, out _))
                continue;
            if (!unit.IsComparableTo(other)) continue;
            compared++;
            if (unit.Base == other.Base) continue;
            differing.Add($"{code}: {unit} and {other}");
            codes.Add(code);
        }
        return new(compared, differing) { Codes = codes };
    }
}
