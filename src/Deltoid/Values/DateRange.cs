namespace Deltoid.Values;

/// <summary>
/// A span of days, both ends in it, as CMS writes dates of effect. An unknown start is kept as the day since which the
/// row is known: it counts as in force, and callers can ask since when it is known.
/// </summary>
public readonly record struct DateRange(int FromDay, int ThruDay, int KnownDay)
{
    /// <summary>Every day.</summary>
    public static readonly DateRange Always = new(0, int.MaxValue, 0);

    /// <summary>From a day on, to a last day or without end.</summary>
    public static DateRange Of(DateOnly from, DateOnly? thru = null) =>
        new(from.DayNumber, thru?.DayNumber ?? int.MaxValue, 0);

    /// <summary>Whether a day is in it; the first and the last day are.</summary>
    public bool Contains(DateOnly day) => Contains(day.DayNumber);

    /// <summary>Whether a day, by its number, is in it.</summary>
    public bool Contains(int day) => FromDay <= day && day <= ThruDay;

    /// <summary>The day since which a row with an unknown start is known, or null when its start is known.</summary>
    public DateOnly? KnownSince => KnownDay == 0 ? null : DateOnly.FromDayNumber(KnownDay);

    /// <summary>The first day; null when it has none.</summary>
    public DateOnly? From => FromDay == 0 ? null : DateOnly.FromDayNumber(FromDay);

    /// <summary>The same to an earlier last day.</summary>
    public DateRange Until(int thruDay) => new(FromDay, thruDay, KnownDay > thruDay ? 0 : KnownDay);

    /// <summary>The same from a later first day.</summary>
    public DateRange Since(int fromDay) => fromDay <= FromDay ? this : new(fromDay, ThruDay, 0);

    /// <summary>The last day; null when it has none.</summary>
    public DateOnly? Thru => ThruDay == int.MaxValue ? null : DateOnly.FromDayNumber(ThruDay);

    /// <summary>
    /// Reads the two cells of a row: <c>2026-01-01</c>, <c>?</c> or <c>?2024-07-01</c>, and a thru that may be empty.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> from, ReadOnlySpan<char> thru, out DateRange range)
    {
        range = default;
        int fromDay = 0, knownDay = 0, thruDay = int.MaxValue;
        if (from.Length > 0 && from[0] == '?')
        {
            if (from.Length > 1 && !TryDay(from[1..], out knownDay)) return false;
        }
        else if (from.Length > 0 && !TryDay(from, out fromDay)) return false;
        if (thru.Length > 0 && !TryDay(thru, out thruDay)) return false;
        range = new(fromDay, thruDay, knownDay);
        return fromDay <= thruDay;
    }

    /// <summary>
    /// A day as <c>2026-01-31</c> and in no other form; read by hand, since a book has twenty thousand of them.
    /// </summary>
    static bool TryDay(ReadOnlySpan<char> text, out int day)
    {
        day = 0;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..], out var date))
            return false;
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, date).DayNumber;
        return true;
    }

    static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = (value * 10) + (c - '0');
        }
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (KnownDay != 0 ? $"known since {KnownSince.Iso()}" : FromDay == 0 ? "always" : $"from {From.Iso()}")
            + (ThruDay == int.MaxValue ? "" : $" thru {Thru.Iso()}");
}
