using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>Turns a pack's rows into rows of the book, table by table, and lays them over the shipped ones.</summary>
internal sealed partial class CodeBookBuilder
{
    /// <summary>The pricing indicator of drugs in the HCPCS file.</summary>
    static readonly ushort DrugPrice = ('5' << 8) | '1';

    void LayerCodes()
    {
        var (ours, listed) = (new PackedMap<CodeRow>(4096), new PackedMap<int>());
        for (var i = 0; i < codes.Codes.Count; i++) ours.At(codes.Codes[i].Packed, out _) = codes.Rows[i];
        var official = new GoingOn<CodeRow>(16 * 1024);
        var rows = pack!.Column<HcpcsRow>("hcpcs").Span;
        for (var i = 0; i < rows.Length;)
        {
            var (begun, newest) = (i, 0);
            for (; i < rows.Length && rows[i].Id == rows[begun].Id; i++)
                newest = Math.Max(newest, Of(rows[i].Source).Covers.ThruDay);
            listed.At(pack.Codes[rows[begun].Id], out _) = 1;
            foreach (ref readonly var row in rows[begun..i])
                if (Of(row.Source).Covers.ThruDay == newest)
                    // each release carries the whole history
                    official.Add(pack.CodeOf(row.Id), RowOf(row, ours), newest);
        }
        if (official.Thru.Count > 0)
            codes = OverGoingOn(codes, official, WholeThru("hcpcs"), static (code, _) => IsLevelTwo(code),
                static (row, dates) => row with { Dates = dates });
        LayerProcedures(ours, listed);
    }

    /// <summary>
    /// What we say of a code stays with it; a code that is new to us is a drug by its letter or its pricing indicator.
    /// </summary>
    CodeRow RowOf(in HcpcsRow row, PackedMap<CodeRow> ours)
    {
        var code = pack!.CodeOf(row.Id);
        if (ours.TryGet(code.Packed, out var known))
            return known with { Dates = row.Dates, Source = SourceOf(row.Source) };
        var isDrug = code[0] == 'J' || row.PriceIndicator == DrugPrice;
        return new(row.Dates, isDrug ? CodeKind.Drug : CodeKind.Procedure, isDrug ? Group.DrugCode : CodeGroups.None,
            row.Short.Length == 0 ? default : new(~row.Short.Start, row.Short.Length), SourceOf(row.Source));
    }

    static bool IsLevelTwo(Code code) => code.Length == 5 && code[0] is >= 'A' and <= 'V' && code[4] <= '9';

    /// <summary>
    /// A code that the fee schedule of a year lists is in force in that year; the years that are here say from when to
    /// when. Our own rows stay where they say no less: they may know an earlier day.
    /// </summary>
    void LayerProcedures(PackedMap<CodeRow> ours, PackedMap<int> inHcpcs)
    {
        var rows = pack!.Column<RvuRow>("rvu").Span;
        if (rows.IsEmpty) return;
        var years = new SortedSet<int>();
        foreach (var source in pack.Manifest.Sources)
            if (source.Table == "pfs-rvu" && source.IsWhole && source.Covers.From is { } from) years.Add(from.Year);
        var (said, dropped) = (new Filed<CodeRow>(16 * 1024), new PackedMap<int>());
        for (var i = 0; i < rows.Length;)
        {
            var (id, first, last, source) = (rows[i].Id, int.MaxValue, 0, (byte)0);
            for (; i < rows.Length && rows[i].Id == id; i++)
            {
                var year = rows[i].Dates.From?.Year ?? 0;
                first = Math.Min(first, year);
                if (year >= last) (last, source) = (year, rows[i].Source);
            }
            var code = pack.CodeOf(id);
            var isOurs = ours.TryGet(code.Packed, out var known);
            // our dates of Level II codes are days, not years
            if (inHcpcs.TryGet(code.Packed, out _)
                || (isOurs && (IsLevelTwo(code) || IsIn(known.Dates, first, last, years))))
                continue;
            dropped.At(code.Packed, out _) = 1;
            said.Add(code,
                new(Years(first, last, years), CodeKind.Procedure, known.Groups, known.Label, SourceOf(source)));
        }
        for (var i = 0; i < codes.Codes.Count; i++)
            if (!dropped.TryGet(codes.Codes[i].Packed, out _)) said.Add(codes.Codes[i], codes.Rows[i]);
        codes = said;
    }

    /// <summary>
    /// From the year's first day, or from before what is known when it is the first year; to the last year's end when a
    /// later one does not list it.
    /// </summary>
    static DateRange Years(int first, int last, SortedSet<int> years) => new(
        years.Count > 0 && first > years.Min ? new DateOnly(first, 1, 1).DayNumber : 0,
        years.Count > 0 && last < years.Max ? new DateOnly(last, 12, 31).DayNumber : int.MaxValue,
        years.Count > 0 && first > years.Min ? 0 : new DateOnly(first, 1, 1).DayNumber);

    static bool IsIn(DateRange dates, int first, int last, SortedSet<int> years) =>
        dates.Contains(new DateOnly(first, 12, 31)) && dates.Contains(new DateOnly(last, 1, 1))
            && !(years.Count > 0 && last < years.Max && dates.ThruDay > new DateOnly(last, 12, 31).DayNumber);

    void LayerFees()
    {
        var (official, parts) = (new Filed<FeeRow>(40 * 1024), new Filed<FeeRow>(4096));
        foreach (ref readonly var row in pack!.Column<RvuRow>("rvu").Span)
        {
            var fee = new FeeRow(Reach(Of(row.Source)), (char)row.Status, row.Work.Value, row.PracticeNonFacility.Value,
                row.PracticeFacility.Value, row.Malpractice.Value, row.NonFacilityNa != 0, row.FacilityNa != 0,
                row.PcTc, LettersOf(row.Global), row.Multiple, row.Bilateral, SourceOf(row.Source),
                row.Modifier == 0 ? default : ModifierOf(row.Modifier), new(row.EndoscopyBase),
                row.CapPracticeNonFacility.Value, row.CapPracticeFacility.Value, row.CapMalpractice.Value);
            (row.Modifier == 0 ? official : parts).Add(pack.CodeOf(row.Id), fee);
        }
        if (official.Codes.Count > 0)
        {
            fees = OverPeriods(fees, official, WholeCovers("pfs-rvu"), static (_, _) => true,
                static (row, dates) => row with { Dates = dates });
            feeParts = OverPeriods(feeParts, parts, WholeCovers("pfs-rvu"), static (_, _) => true,
                static (row, dates) => row with { Dates = dates });
        }
        LayerLocalities();
    }

    /// <summary>Letters that are packed high byte first, as the files' cells are.</summary>
    static Code LettersOf(uint packed) =>
        Code.TryParse(Official.Cell.Of(packed, 4), out var letters) ? letters : default;

    static Modifier ModifierOf(ushort two) =>
        Modifier.TryParse(Official.Cell.Of(two, 2), out var modifier) ? modifier : default;

    void LayerLocalities()
    {
        foreach (var whole in WholeCovers("pfs-gpci"))
        {
            // a year's rows lie within the year
            var kept = localities.FindAll(row =>
                row.Dates.FromDay > whole.ThruDay || row.Dates.ThruDay < whole.FromDay);
            localities.Clear();
            localities.AddRange(kept);
        }
        foreach (ref readonly var row in pack!.Column<GpciRow>("gpci").Span)
            localities.Add(
                new(Reach(Of(row.Source)), pack.TextOf(row.Mac), pack.TextOf(row.Number), pack.TextOf(row.State),
                    pack.TextOf(row.Name), row.Work.Value, row.Practice.Value, row.Malpractice.Value,
                    SourceOf(row.Source)));
        foreach (ref readonly var row in pack.Column<ConversionRow>("factor").Span)
        {
            var (dates, isQualifying) = (Reach(Of(row.Source)), row.Qualifying != 0);
            factors.RemoveAll(f =>
                f.Qualifying == isQualifying && f.Dates.FromDay >= dates.FromDay && f.Dates.ThruDay <= dates.ThruDay);
            factors.Insert(0, new(dates, isQualifying, row.Factor.Value, SourceOf(row.Source)));
        }
    }

    void LayerUnitLimits()
    {
        foreach (var table in (ReadOnlySpan<byte>)[0, 1])
        {
            var (official, service) = (new GoingOn<UnitLimitRow>(16 * 1024), (int)table);
            foreach (ref readonly var row in pack!.Column<MueRow>("mue").Span)
                if (row.Table == service)
                    official.Add(pack.CodeOf(row.Id),
                        new(Quarterly(row.Dates, row.Source), service == 1, row.Limit, row.Mai, SourceOf(row.Source)),
                        Of(row.Source).Covers.ThruDay);
            if (official.Thru.Count > 0)
                limits = OverGoingOn(limits, official,
                    WholeThru(service == 0 ? "ncci-mue-practitioner" : "ncci-mue-outpatient"),
                    (_, row) => row.Outpatient == (service == 1), static (row, dates) => row with { Dates = dates });
        }
    }

    /// <summary>A release's rows hold until the next release that is here begins.</summary>
    DateRange Quarterly(DateRange dates, byte source)
    {
        var (own, next) = (Of(source), int.MaxValue);
        foreach (var other in pack!.Manifest.Sources)
            if (other.Table == own.Table && other.Covers.FromDay > own.Covers.FromDay)
                next = Math.Min(next, other.Covers.FromDay);
        return next == int.MaxValue ? dates : dates.Until(Math.Min(dates.ThruDay, next - 1));
    }

    void LayerPrices()
    {
        var limits = new Filed<AspRow>(1024);
        foreach (ref readonly var row in pack!.Column<AspLimitRow>("asp").Span)
            limits.Add(pack.CodeOf(row.Id),
                new(row.Dates, row.Limit.Value, row.Coinsurance.Value, SourceOf(row.Source)));
        if (limits.Codes.Count > 0)
            asp = OverPeriods(asp, limits, WholeCovers("asp-limit"), static (_, _) => true,
                static (row, dates) => row with { Dates = dates });
        var hospital = new Filed<OppsRow>(20 * 1024);
        foreach (ref readonly var row in pack.Column<AddendumRow>("opps").Span)
            hospital.Add(pack.CodeOf(row.Id),
                new(row.Dates, LettersOf(row.Status),
                    row.Rate.TenThousandths < 0 ? OppsRow.NoRate : Money.Round(row.Rate.Value), SourceOf(row.Source)));
        if (hospital.Codes.Count > 0)
            opps = OverPeriods(opps, hospital, WholeCovers("opps-addendum-b"), static (_, _) => true,
                static (row, dates) => row with { Dates = dates });
    }

    void LayerAddOns()
    {
        var rows = pack!.Column<AddOnPairRow>("addon").Span;
        for (var i = 0; i < rows.Length;)
        {
            var (id, begun) = (rows[i].Id, i);
            while (i < rows.Length && rows[i].Id == id) i++;
            ref var list = ref addOns.At(pack.Codes[id], out _);
            list = new();
            foreach (var type in rows[begun..i].ToArray().GroupBy(static r => (r.Type, r.Dates, r.Source)))
                list.Add(new(type.Key.Dates, type.Key.Type,
                    [.. type.Where(static r => r.Parent >= 0).Select(r => pack.CodeOf(r.Parent))],
                    SourceOf(type.Key.Source)));
        }
    }

    /// <summary>Modifiers that our rows do not have; what ours say of groups no official file says.</summary>
    void LayerModifiers()
    {
        foreach (ref readonly var row in pack!.Column<HcpcsModifierRow>("modifier").Span)
        {
            var modifier = ModifierOf(row.Modifier);
            var list = Under(modifiers, modifier.Packed);
            if (list.Count == 0)
                list.Add(new(modifier, row.Dates, ModifierGroups.Other, pack.TextOf(row.Label), SourceOf(row.Source)));
        }
    }
}
