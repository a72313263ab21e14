using System.Globalization;

namespace Deltoid.Hl7;

/// <summary>
/// A time stamp of HL7 v2: the day, the time on the clock of the place that wrote it, and its offset from UTC where one
/// is stated. In UTC the clock of the place is not known.
/// </summary>
internal readonly record struct Hl7Moment(DateOnly Day, TimeOnly? Time, int? Offset)
{
    const int FirstYear = 1800, MinutesOfDay = 24 * 60, FarthestZone = 14 * 60;

    public bool IsUtc => Offset == 0 && Time is not null;

    /// <summary>The day where it happened is known.</summary>
    public bool IsDayKnown => !IsUtc || Time is { Hour: >= Fhir.FhirMoment.SameDayFrom };

    /// <summary>It can have happened on a day: in UTC also on the day before, as long as it is early.</summary>
    public bool MayBeOn(DateOnly day) =>
        day == Day || (!IsDayKnown && day.DayNumber == Day.DayNumber - 1);

    /// <param name="zone">The offset that holds where the text states none: that of MSH-7.</param>
    public static bool TryRead(string text, int? zone, out Hl7Moment moment)
    {
        moment = default;
        var digits = text.AsSpan().Trim();
        int? offset = null;
        if (digits.IndexOfAny("+-Zz") is > 0 and var at)
        {
            if (!TryOffset(digits[at..], out var stated)) return false;
            digits = digits[..at];
            offset = stated;
        }
        if (digits.IndexOf('.') is > 0 and var point) digits = digits[..point];
        if (digits.ContainsAnyExceptInRange('0', '9') || digits.Length < 8 || !DateOnly.TryParseExact(digits[..8],
            "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year < FirstYear)
            return false;
        TimeOnly? time = null;
        if (digits.Length >= 12)
        {
            if (!TimeOnly.TryParseExact(digits[8..12], "HHmm", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var clock))
                return false;
            time = clock;
        }
        moment = new(day, time, time is null ? null : offset ?? zone);
        return true;
    }

    static bool TryOffset(ReadOnlySpan<char> text, out int offset)
    {
        offset = 0;
        if (text is "Z" or "z") return true;
        if (text.Length != 5 || text[1..].ContainsAnyExceptInRange('0', '9')) return false;
        var minutes = (text[1] - '0') * 600 + (text[2] - '0') * 60 + (text[3] - '0') * 10 + (text[4] - '0');
        offset = text[0] == '-' ? -minutes : minutes;
        return minutes <= FarthestZone;
    }

    long Wall => (long)Day.DayNumber * MinutesOfDay + Time.GetValueOrDefault().Hour * 60
        + Time.GetValueOrDefault().Minute;

    /// <summary>
    /// The minutes to another moment; null where one of the two has no time, or is in UTC and the zone of the other is
    /// not known.
    /// </summary>
    public long? MinutesTo(Hl7Moment end)
    {
        if (Time is null || end.Time is null) return null;
        if (Offset is { } from && end.Offset is { } to) return end.Wall - to - (Wall - from);
        return IsUtc || end.IsUtc ? null : end.Wall - Wall;
    }

    /// <summary>The time as the encounter JSON has it; empty where it is not known.</summary>
    public string Clock => Time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
