using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A row of a code that two books do not have alike; null where one has none.</summary>
internal readonly record struct Changed<T>(Code Code, T? Before, T? After) where T : struct;

internal enum CodeFate : byte { New, Retired, Ending, Reinstated }

/// <summary>The primary codes of an add-on code.</summary>
internal readonly record struct AddOnParents(int Type, Code[] Parents)
{
    public bool Equals(AddOnParents other) => Type == other.Type && new HashSet<Code>(Parents).SetEquals(other.Parents);

    public override int GetHashCode() => Type;
}

/// <summary>
/// Two books side by side, each on its own day: what they say of a code where they differ, null where they do not. A
/// row that only has other dates or another source says the same.
/// </summary>
internal readonly record struct TwoBooks(CodeBook Before, DateOnly BeforeDay, CodeBook After, DateOnly AfterDay)
{
    /// <summary>Whether a code came, went, is to go, or came back.</summary>
    public CodeFate? Fate(Code code)
    {
        var (was, isThere) = (Before.TryCode(code, BeforeDay, out _), After.TryCode(code, AfterDay, out _));
        if (!was && isThere)
            return HasEnded(Before, code, BeforeDay) || HasEnded(After, code, BeforeDay)
                ? CodeFate.Reinstated
                : CodeFate.New;
        if (was && !isThere) return CodeFate.Retired;
        return was && LastDay(Before, code) == int.MaxValue && LastDay(After, code) < int.MaxValue
            ? CodeFate.Ending
            : null;
    }

    /// <summary>
    /// The last day of a code that is retired or about to be, as the later book says; null where it is only without the
    /// code.
    /// </summary>
    public DateOnly? LastDayOf(Code code)
    {
        var last = (DateOnly?)null;
        foreach (ref readonly var row in After.Codes[After.Id(code)])
            if (last is null || row.Dates.FromDay <= AfterDay.DayNumber) last = row.Dates.Thru;
        return last;
    }

    static bool HasEnded(CodeBook book, Code code, DateOnly day)
    {
        foreach (ref readonly var row in book.Codes[book.Id(code)])
            if (row.Dates.ThruDay < day.DayNumber) return true;
        return false;
    }

    static int LastDay(CodeBook book, Code code) => book.Codes[book.Id(code)][^1].Dates.ThruDay;

    public Changed<BillingUnitRow>? Unit(Code code) =>
        Differing(code, Row(Before.BillingUnits, Before, code, BeforeDay),
                Row(After.BillingUnits, After, code, AfterDay), static row => row with { Dates = default });

    public Changed<UnitLimitRow>? Limit(Code code, bool outpatient) =>
        Differing(code, LimitOf(Before, code, BeforeDay, outpatient), LimitOf(After, code, AfterDay, outpatient),
                static row => row with { Dates = default, Source = 0 });

    public Changed<FeeRow>? Fee(Code code)
    {
        var changed = Differing(code, Row(Before.Fees, Before, code, BeforeDay), Row(After.Fees, After, code, AfterDay),
            Paid);
        return changed is { Before: null, After: { } now } && IsUnpaid(now)
            || changed is { After: null, Before: { } old } && IsUnpaid(old)
            ? null
            : changed;
    }

    /// <summary>A row that pays nothing says what no row says.</summary>
    static bool IsUnpaid(FeeRow row) =>
        row.Work + row.PracticeNonFacility + row.PracticeFacility + row.Malpractice == 0;

    /// <summary>
    /// What of a fee row decides a payment: of a status without relative values nothing but the status.
    /// </summary>
    static FeeRow Paid(FeeRow row) => IsUnpaid(row) ? new() { Status = row.Status } : row with
    {
        Dates = default, Source = 0,
    };

    public Changed<AspRow>? Asp(Code code) =>
        Differing(code, Row(Before.AspLimits, Before, code, BeforeDay), Row(After.AspLimits, After, code, AfterDay),
                static row => row with { Dates = default, Source = 0 });

    public Changed<OppsRow>? Opps(Code code) =>
        Differing(code, Row(Before.Opps, Before, code, BeforeDay), Row(After.Opps, After, code, AfterDay),
            static row => row with { Dates = default, Source = 0 });

    public Changed<AddOnParents>? AddOn(Code code) =>
        Differing(code, ParentsOf(Before, code, BeforeDay), ParentsOf(After, code, AfterDay), static row => row);

    /// <summary>The indicator of a pair in both books, where it is not the same.</summary>
    public PairChange? Pair(Code one, Code two, bool hospital)
    {
        var (old, now) = (IndicatorOf(Before, one, two, BeforeDay, hospital),
            IndicatorOf(After, one, two, AfterDay, hospital));
        return old == now ? null : new(one, two, old, now);
    }

    /// <summary>The conversion factor in both books.</summary>
    public (decimal? Before, decimal? After) Factor(bool qualifying) =>
        (Before.Factor(BeforeDay, qualifying)?.Factor, After.Factor(AfterDay, qualifying)?.Factor);

    static byte? IndicatorOf(CodeBook book, Code one, Code two, DateOnly day, bool hospital) =>
        book.TryPair(one, two, day, hospital, out var row) ? row.Indicator : null;

    static AddOnParents? ParentsOf(CodeBook book, Code code, DateOnly day) =>
        book.AddOn(code, day) is { } row ? new(row.Type, book.Parents(row).ToArray()) : null;

    static UnitLimitRow? LimitOf(CodeBook book, Code code, DateOnly day,
        bool outpatient) => book.TryUnitLimit(book.Id(code), day, outpatient, out var row) ? row : null;

    static T? Row<T>(DatedRuns<T> table, CodeBook book, Code code, DateOnly day) where T : unmanaged, IDated =>
        table.TryGet(book.Id(code), day.DayNumber, out var row) ? row : null;

    /// <param name="said">The row without what does not count as a difference.</param>
    static Changed<T>? Differing<T>(Code code, T? before, T? after, Func<T, T> said) where T : struct, IEquatable<T>
    {
        if (before is null && after is null) return null;
        return before is { } old && after is { } now && said(old).Equals(said(now)) ? null : new(code, before, after);
    }
}
