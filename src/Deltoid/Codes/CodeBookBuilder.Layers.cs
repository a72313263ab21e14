using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// Official rows over the shipped ones, merged when the book is opened so that a look-up meets one layer. Three rules,
/// by what a table is:
/// <list type="bullet">
/// <item>rows of a period (fees, indices, payment limits): an official row takes its days from the shipped rows of its
/// code; a whole release takes all days it covers;</item>
/// <item>rows that continue (codes, unit limits): the official release decides to the end of what it covers; after that
/// day a shipped row of the code decides if it is newer, else the official row continues;</item>
/// <item>pairs: a whole table replaces the shipped one; of an excerpt each pair replaces its own.</item>
/// </list>
/// What only Deltoid says (drugs, groups, our labels, payers) stays.
/// </summary>
internal sealed partial class CodeBookBuilder
{
    Pack? pack;
    int shippedDay;
    int firstSource; // where the pack's sources begin among the book's
    Filed<FeeRow> feeParts = new(4096);
    PairTable? wholePractitionerPairs, wholeHospitalPairs; // whole releases, in place of the shipped pairs
    PairTable? officialPractitionerPairs, officialHospitalPairs; // excerpts, each pair in place of its own
    DiagnosisTable[] diagnoses = [];

    /// <summary>Lays a pack over the row files read so far; the last thing before <see cref="Build"/>.</summary>
    /// <param name="shipped">The day of the shipped rows: where a release ends before it, they are newer.</param>
    public void Layer(Pack official, DateOnly shipped)
    {
        (pack, shippedDay) = (official, shipped.DayNumber);
        firstSource = sources.Count;
        foreach (var source in official.Manifest.Sources)
            sources.Add(new(source.File, "cms", source.Title, source.Release, "", ""));
        LayerCodes();
        LayerUnits();
        LayerFees();
        LayerUnitLimits();
        LayerPrices();
        LayerAddOns();
        LayerModifiers();
        LayerPairs();
        LayerDiagnoses();
    }

    byte SourceOf(byte number) => (byte)(firstSource + number);

    PackSource Of(byte number) => pack!.Manifest.Sources[number];

    /// <summary>
    /// The last day for which a whole release of a table decides what is not in force; 0 where none is whole.
    /// </summary>
    int WholeThru(string table)
    {
        var thru = 0;
        foreach (var source in pack!.Manifest.Sources)
            if (source.Table == table && source.IsWhole) thru = Math.Max(thru, source.Covers.ThruDay);
        return thru;
    }

    /// <summary>Official rows that continue, each with the last day for which its release decides.</summary>
    sealed class GoingOn<T>(int capacity)
    {
        public Filed<T> Filed { get; } = new(capacity);

        public RowList<int> Thru { get; } = new(capacity);

        public void Add(Code code, T row, int thru)
        {
            Filed.Add(code, row);
            Thru.Add(thru);
        }
    }

    /// <summary>Puts official rows that continue over the shipped rows of their table.</summary>
    /// <param name="belongs">Which of the shipped rows the table speaks of.</param>
    Filed<T> OverGoingOn<T>(Filed<T> shipped, GoingOn<T> official, int wholeThru, Func<Code, T, bool> belongs,
        Func<T, DateRange, T> with) where T : struct, IDated
    {
        var (rows, thruOf, newer) = (official.Filed, new PackedMap<int>(official.Thru.Count * 2), new PackedMap<int>());
        for (var i = 0; i < rows.Codes.Count; i++)
            Raise(ref thruOf.At(rows.Codes[i].Packed, out _), Math.Max(official.Thru[i], wholeThru));
        var merged = new Filed<T>(shipped.Codes.Count + rows.Codes.Count);
        for (var i = 0; i < shipped.Codes.Count; i++)
        {
            var (code, row) = (shipped.Codes[i], shipped.Rows[i]);
            var thru = !belongs(code, row) ? 0 : thruOf.TryGet(code.Packed, out var own) ? own : wholeThru;
            var isNewer = thru > 0 && (shippedDay > thru || row.Dates.FromDay > thru);
            if (isNewer) newer.At(code.Packed, out _) = 1; // also where it says that the code has ended
            if (thru == 0) merged.Add(code, row);
            else if (isNewer && row.Dates.ThruDay > thru) merged.Add(code, with(row, row.Dates.Since(thru + 1)));
        }
        for (var i = 0; i < rows.Codes.Count; i++)
        {
            var (code, row, thru) = (rows.Codes[i], rows.Rows[i], official.Thru[i]);
            var isPassed = thru < wholeThru || newer.TryGet(code.Packed, out _);
            if (isPassed && row.Dates.ThruDay > thru) row = with(row, row.Dates.Until(thru));
            if (row.Dates.FromDay <= row.Dates.ThruDay) merged.Add(code, row);
        }
        return merged;
    }

    static void Raise(ref int value, int least) => value = Math.Max(value, least);

    /// <summary>Puts official rows of a period over the shipped rows of their table.</summary>
    /// <param name="whole">The days that whole releases cover.</param>
    static Filed<T> OverPeriods<T>(Filed<T> shipped, Filed<T> official, List<DateRange> whole,
        Func<Code, T, bool> belongs, Func<T, DateRange, T> with) where T : struct, IDated
    {
        var (cuts, merged) = (new PackedMap<RowList<DateRange>>(official.Codes.Count * 2),
            new Filed<T>(shipped.Codes.Count + official.Codes.Count));
        var isLeft = false; // whether whole releases leave any shipped row a day
        foreach (ref readonly var row in shipped.Rows.Span) isLeft |= !IsWithin(row.Dates, whole);
        for (var i = 0; isLeft && i < official.Codes.Count; i++)
            Under(cuts, official.Codes[i].Packed).Add(official.Rows[i].Dates);
        for (var i = 0; i < shipped.Codes.Count; i++)
        {
            var (code, row) = (shipped.Codes[i], shipped.Rows[i]);
            if (!belongs(code, row))
            {
                merged.Add(code, row);
                continue;
            }
            if (IsWithin(row.Dates, whole)) continue;
            var left = new RowList<DateRange>(2);
            left.Add(row.Dates);
            foreach (var cut in whole) left = Without(left, cut);
            if (cuts.TryGet(code.Packed, out var own))
                foreach (var cut in own) left = Without(left, cut);
            foreach (var dates in left) merged.Add(code, with(row, dates));
        }
        for (var i = 0; i < official.Codes.Count; i++) merged.Add(official.Codes[i], official.Rows[i]);
        return merged;
    }

    static bool IsWithin(in DateRange dates, List<DateRange> whole)
    {
        foreach (var span in whole)
            if (span.FromDay <= dates.FromDay && span.ThruDay >= dates.ThruDay) return true;
        return false;
    }

    static RowList<DateRange> Without(RowList<DateRange> spans, DateRange cut)
    {
        var left = new RowList<DateRange>(spans.Count + 1);
        foreach (var span in spans)
        {
            if (cut.ThruDay < span.FromDay || cut.FromDay > span.ThruDay)
            {
                left.Add(span);
                continue;
            }
            if (span.FromDay < cut.FromDay) left.Add(span.Until(cut.FromDay - 1));
            if (span.ThruDay > cut.ThruDay) left.Add(span.Since(cut.ThruDay + 1));
        }
        return left;
    }

    List<DateRange> WholeCovers(string table)
    {
        var all = new List<DateRange>();
        foreach (var source in pack!.Manifest.Sources)
            if (source.Table == table && source.IsWhole) all.Add(Reach(source));
        return all;
    }

    /// <summary>
    /// The days of a release of the year's fee schedule: the first that is here reaches back to the first of January,
    /// for nothing earlier of that year is known.
    /// </summary>
    DateRange Reach(PackSource source)
    {
        if (source.Covers.From is not { } from || !source.Table.StartsWith("pfs-", StringComparison.Ordinal))
            return source.Covers;
        var (first, thru) = (true, source.Covers.ThruDay);
        foreach (var other in pack!.Manifest.Sources)
        {
            if (other.Table != source.Table || other.Covers.From is not { } begins || begins.Year != from.Year
                || begins == from)
                continue;
            if (begins < from) first = false;
            else thru = Math.Min(thru, begins.DayNumber - 1);
        }
        return first ? new(new DateOnly(from.Year, 1, 1).DayNumber, thru, 0) : new(from.DayNumber, thru, 0);
    }

    void LayerPairs()
    {
        (wholePractitionerPairs, officialPractitionerPairs) = LayerPairs("ptp-practitioner", "ncci-ptp-practitioner",
            practitionerPairs, ref shippedPractitionerPairs);
        (wholeHospitalPairs, officialHospitalPairs) = LayerPairs("ptp-hospital", "ncci-ptp-hospital", hospitalPairs,
            ref shippedHospitalPairs);
    }

    (PairTable? Whole, PairTable? Excerpt) LayerPairs(string section, string table, RowList<FiledPairs> filed,
        ref PairTable? shipped)
    {
        if (pack!.PairsOf(section, SourceOf) is not { } official) return default;
        if (WholeThru(table) == 0)
        {
            LeaveOut(filed, official);
            return (null, official);
        }
        filed.Clear();
        shipped = null;
        return (official, null);
    }

    void LeaveOut(RowList<FiledPairs> filed, PairTable official)
    {
        foreach (ref var pairs in filed.Span)
        {
            var one = Sorting.Find(pack!.Codes.Span, pairs.One.Packed);
            if (one >= 0)
                pairs = pairs with { Twos = Array.FindAll(pairs.Twos,
                    two => !official.Has(one, Sorting.Find(pack.Codes.Span, two.Packed))) };
        }
    }

    /// <summary>Whether an official excerpt has a pair of the shipped table, by the shipped ids.</summary>
    Func<int, int, bool> IsReplaced(PairTable? official)
    {
        if (official is null) return static (_, _) => false;
        var placeOf = new int[shippedCodes.Count];
        for (var i = 0; i < placeOf.Length; i++) placeOf[i] = Sorting.Find(pack!.Codes.Span, shippedCodes[i]);
        return (one, two) => placeOf[one] >= 0 && official.Has(placeOf[one], placeOf[two]);
    }

    /// <summary>
    /// Each official table decides for its own days, an excerpt over the shipped table of the year; for all other days
    /// the shipped tables do.
    /// </summary>
    void LayerDiagnoses()
    {
        var all = pack!.DiagnosisTables(SourceOf).ToList();
        all.Sort(static (a, b) => a.Dates.FromDay.CompareTo(b.Dates.FromDay));
        var tables = new List<DiagnosisTable>();
        for (var i = 0; i < all.Count; i++)
        {
            var days = all[i].Dates;
            if (i + 1 < all.Count) days = days.Until(Math.Min(days.ThruDay, all[i + 1].Dates.FromDay - 1));
            if (days.FromDay <= days.ThruDay)
                tables.Add(all[i].With(days)
                    .Over(Array.Find(diagnoses, shipped => shipped.Dates.Contains(days.FromDay))));
        }
        var official = tables.ConvertAll(static t => t.Dates);
        foreach (var shipped in diagnoses)
        {
            var left = new RowList<DateRange>(2);
            left.Add(shipped.Dates);
            foreach (var cut in official) left = Without(left, cut);
            foreach (var dates in left) tables.Add(shipped.With(dates));
        }
        tables.Sort(static (a, b) => b.Dates.FromDay.CompareTo(a.Dates.FromDay));
        diagnoses = [.. tables];
    }

    /// <summary>Codes of one pack in their own order, so that its pairs keep their numbers, then all others.</summary>
    static ulong[] LeadFirst(ulong[] sorted, ReadOnlySpan<ulong> lead)
    {
        var (all, used) = (new ulong[sorted.Length], lead.Length);
        lead.CopyTo(all);
        foreach (var code in sorted)
            if (Sorting.Find(lead, code) < 0) all[used++] = code;
        return all;
    }
}
