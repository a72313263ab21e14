using Deltoid.Codes;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>How two files are compared: each hands back the rows on which they differ.</summary>
static class Confronted
{
    readonly record struct Index3(Rate Work, Rate Practice, Rate Malpractice);

    /// <summary>Each locality has ZIP codes, and each ZIP code a locality. A locality without any ZIP code is none; one that several ZIP codes name is no slip of theirs.</summary>
    public static Comparison LocalitiesOfZips(Testimony gpci, Testimony zip, IReadOnlyList<Testimony> all)
    {
        var (indices, zips) = (IndicesOf(gpci), new Dictionary<string, int>());
        foreach (ref readonly var row in zip.Draft.Zips.Rows.Span)
        {
            var key = $"{row.Carrier:00000}-{row.Locality:00}";
            zips[key] = zips.GetValueOrDefault(key) + 1;
        }
        var invented = indices.Keys.Where(k => !zips.ContainsKey(k)).Select(static k => $"locality {k} has no ZIP code").ToList();
        var missing = zips.Where(z => !indices.ContainsKey(z.Key)).Select(static z => $"locality {z.Key} of {z.Value} ZIP codes has no indices").ToList();
        return new(indices.Count, [.. invented, .. missing], invented.Count > 0 || zips.Any(z => z.Value > 1 && !indices.ContainsKey(z.Key)) ? gpci : null);
    }

    static Dictionary<string, Index3> IndicesOf(Testimony file)
    {
        var indices = new Dictionary<string, Index3>();
        foreach (ref readonly var row in file.Draft.Gpcis.Rows.Span)
            indices[$"{file.Draft.TextOf(row.Mac)}-{file.Draft.TextOf(row.Number)}"] = new(row.Work, row.Practice, row.Malpractice);
        return indices;
    }

    /// <summary>The indices of a year are the same in all its releases.</summary>
    public static Comparison Indices(Testimony one, Testimony two, IReadOnlyList<Testimony> all)
    {
        var (ones, twos) = (IndicesOf(one), IndicesOf(two));
        var differing = ones.Where(p => twos.TryGetValue(p.Key, out var other) && other != p.Value).Select(static p => $"locality {p.Key} has other indices").ToList();
        return new(ones.Count, [.. differing, .. OnlyIn(ones.Keys, twos.Keys)], FewerRows(one, two));
    }

    public static Comparison Localities(Testimony now, Testimony before, IReadOnlyList<Testimony> all)
    {
        var (ones, twos) = (IndicesOf(now), IndicesOf(before));
        return new(Math.Max(ones.Count, twos.Count), [.. OnlyIn(ones.Keys, twos.Keys)], FewerRows(now, before));
    }

    /// <summary>
    /// How far an index may move in a year. Within a year of update CMS phases in half of the change, and the floor of the work index comes
    /// and goes; from 2025 to 2026 none moved by more than 0.9, 2.2 and 24.4 percent.
    /// </summary>
    const decimal WorkMoves = 0.06m, PracticeMoves = 0.08m, MalpracticeMoves = 0.50m;

    public static Comparison Drift(Testimony now, Testimony before, IReadOnlyList<Testimony> all)
    {
        var (ones, twos) = (IndicesOf(now), IndicesOf(before));
        var both = ones.Where(p => twos.ContainsKey(p.Key)).ToList();
        var differing = both.Where(p => twos[p.Key] is var was && (Moved(p.Value.Work, was.Work) > WorkMoves || Moved(p.Value.Practice, was.Practice) > PracticeMoves || Moved(p.Value.Malpractice, was.Malpractice) > MalpracticeMoves));
        return new(both.Count, [.. differing.Select(static p => $"an index of locality {p.Key} moved further than any does in a year")]);
    }

    static decimal Moved(Rate now, Rate before) => Math.Abs((now.Value / before.Value) - 1);

    static IEnumerable<string> OnlyIn(ICollection<string> one, ICollection<string> two) =>
        one.Except(two).Concat(two.Except(one)).Order(StringComparer.Ordinal).Select(static key => $"locality {key} is in one of them only");

    /// <summary>Of two releases of a table the one with fewer rows is cut or made up.</summary>
    static Testimony? FewerRows(Testimony one, Testimony two) => one.Rows < two.Rows ? one : two.Rows < one.Rows ? two : null;

    /// <summary>
    /// The published caps of imaging in each locality are the cap's relative values times the indices times the factor (DRA 5102(b)); rows that
    /// contractors price have no values to multiply. When one locality alone differs, its indices are wrong.
    /// </summary>
    public static Comparison Caps(Testimony gpci, Testimony cap, IReadOnlyList<Testimony> all)
    {
        var (indices, differing, places, compared) = (IndicesOf(gpci), new List<string>(), new HashSet<string>(), 0);
        if (all.FirstOrDefault(t => t.Table.Name == "pfs-rvu" && t.Release.Name == cap.Release.Name && t.Draft.Rvus.Count > 0) is not { } rvu) return new(0, []);
        var (values, factor) = (ValuesOf(rvu), rvu.Draft.Conversions.Rows[0].Factor.Value);
        foreach (ref readonly var row in cap.Draft.Caps.Rows.Span)
        {
            var (code, place) = (cap.Draft.CodeOf(row.Id), cap.Draft.TextOf(row.Locality));
            if (!values.TryGetValue((code, row.Modifier), out var value) || value.Status == 'C' || !indices.TryGetValue(place, out var at)) continue;
            compared++;
            var dollars = ((value.Work.Value * at.Work.Value) + (value.CapPracticeFacility.Value * at.Practice.Value) + (value.CapMalpractice.Value * at.Malpractice.Value)) * factor;
            if (Money.Round(dollars).Cents == row.Facility) continue;
            differing.Add($"{code} in {place}");
            places.Add(place);
        }
        return new(compared, differing, places.Count == 1 && differing.Count > 1 ? gpci : differing.Count == 1 ? cap : null);
    }

    static Dictionary<(Code, ushort), RvuRow> ValuesOf(Testimony file)
    {
        var values = new Dictionary<(Code, ushort), RvuRow>();
        foreach (ref readonly var row in file.Draft.Rvus.Rows.Span) values[(file.Draft.CodeOf(row.Id), row.Modifier)] = row;
        return values;
    }

    /// <summary>A row's totals are the sums of its parts.</summary>
    public static Comparison Totals(Testimony file, Testimony same, IReadOnlyList<Testimony> all)
    {
        var differing = new List<string>();
        foreach (ref readonly var row in file.Draft.Rvus.Rows.Span)
        {
            var (work, malpractice) = (row.Work.TenThousandths, row.Malpractice.TenThousandths);
            if (work + row.PracticeNonFacility.TenThousandths + malpractice == row.TotalNonFacility.TenThousandths && work + row.PracticeFacility.TenThousandths + malpractice == row.TotalFacility.TenThousandths) continue;
            differing.Add(Named(file, row));
        }
        return new(file.Draft.Rvus.Count, differing, file);
    }

    static string Named(Testimony file, in RvuRow row) => row.Modifier == 0 ? $"{file.Draft.CodeOf(row.Id)}" : $"{file.Draft.CodeOf(row.Id)}-{Cell.Of(row.Modifier, 2)}";

    /// <summary>Relative values change with the year; within it few are corrected.</summary>
    public static Comparison RelativeValues(Testimony one, Testimony two, IReadOnlyList<Testimony> all)
    {
        var (before, differing, compared) = (ValuesOf(two), new List<string>(), 0);
        foreach (var ((code, modifier), row) in ValuesOf(one))
        {
            if (!before.TryGetValue((code, modifier), out var other)) continue;
            compared++;
            if ((row.Work, row.PracticeNonFacility, row.PracticeFacility, row.Malpractice, row.Status) != (other.Work, other.PracticeNonFacility, other.PracticeFacility, other.Malpractice, other.Status)) differing.Add(Named(one, row));
        }
        return new(compared, differing);
    }

    public static Comparison CodesOfPackages(Testimony file, Testimony hcpcs, IReadOnlyList<Testimony> all) => Unknown(file, CodesOf(file).Where(IsLevelTwo), CodesOf(hcpcs), isCertain: false);

    public static Comparison CodesOfLimits(Testimony file, Testimony hcpcs, IReadOnlyList<Testimony> all) => Unknown(file, CodesOf(file).Where(IsLevelTwo), CodesOf(hcpcs), isCertain: false);

    /// <summary>
    /// A package is listed to find the limit of its code, so nearly every code of the list has one in the quarter. Those that have none have one
    /// in another quarter; where another is there, a code that is in none of them is wrong.
    /// </summary>
    public static Comparison CodesWithLimits(Testimony file, Testimony limits, IReadOnlyList<Testimony> all)
    {
        var others = all.Where(t => t.Table is AspLimits && t.Release.Covers != file.Release.Covers && t.Rows >= t.Table.WholeFrom).ToList();
        var known = CodesOf(limits);
        foreach (var other in others) known.UnionWith(CodesOf(other));
        return Unknown(file, CodesOf(file), known, isCertain: others.Count > 0);
    }

    /// <summary>Codes of Level II are in the HCPCS file and in the fee schedule of their year, also when they have ended. Vaccines have CPT codes, which HCPCS does not list.</summary>
    static bool IsLevelTwo(Code code) => char.IsAsciiLetter(code[0]);

    static Comparison Unknown(Testimony file, IEnumerable<Code> codes, HashSet<Code> known, bool isCertain)
    {
        var all = codes.ToList();
        return new(all.Count, [.. all.Where(c => !known.Contains(c)).Select(static c => c.ToString()).Order(StringComparer.Ordinal)], file, isCertain);
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
        foreach (ref readonly var row in hcpcs.Draft.Hcpcs.Rows.Span) texts[hcpcs.Draft.CodeOf(row.Id)] = hcpcs.Draft.TextOf(row.Long);
        return Units(file, texts);
    }

    /// <summary>A code's unit never changes: another unit is another code.</summary>
    public static Comparison Units(Testimony file, Testimony witness, IReadOnlyList<Testimony> all)
    {
        var dosages = new Dictionary<Code, string>();
        foreach (ref readonly var row in witness.Draft.AspLimits.Rows.Span) dosages[witness.Draft.CodeOf(row.Id)] = witness.Draft.TextOf(row.Dosage);
        return Units(file, dosages);
    }

    static Comparison Units(Testimony file, Dictionary<Code, string> texts)
    {
        var (differing, codes, compared) = (new List<string>(), new List<Code>(), 0);
        foreach (ref readonly var row in file.Draft.AspLimits.Rows.Span)
        {
            var (code, dosage) = (file.Draft.CodeOf(row.Id), file.Draft.TextOf(row.Dosage));
            if (!texts.TryGetValue(code, out var text) || !CodeBookBuilder.TryUnit(dosage, out var unit, out _) || !CodeBookBuilder.TryUnit(text, out var other, out _) || !unit.IsComparableTo(other)) continue;
            compared++;
            if (unit.Base == other.Base) continue;
            differing.Add($"{code}: {unit} and {other}");
            codes.Add(code);
        }
        return new(compared, differing) { Codes = codes };
    }
}
