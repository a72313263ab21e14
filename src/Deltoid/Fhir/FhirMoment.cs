using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>
/// A dateTime of FHIR: the day and, where it has one, the time on the clock of the place that wrote it. In UTC the
/// clock of the place is not known.
/// </summary>
internal readonly record struct FhirMoment(DateOnly Day, TimeOnly? Time, bool IsUtc, long Minutes, TimeSpan Offset)
{
    /// <summary>From eleven o'clock on, UTC has the day of every American zone: Samoa is the last.</summary>
    internal const int SameDayFrom = 11;

    /// <summary>The day where it happened is known.</summary>
    public bool IsDayKnown => !IsUtc || Time is { Hour: >= SameDayFrom };

    public static bool TryRead(string text, out FhirMoment moment)
    {
        moment = default;
        if (text.Length < 10 || !DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day))
            return false;
        if (text.Length == 10)
        {
            moment = new(day, null, false, 0, default);
            return true;
        }
        if (text[10] != 'T' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var at))
            return false;
        moment = new(day, TimeOnly.FromTimeSpan(at.TimeOfDay), text[^1] is 'Z' or 'z', at.UtcTicks
            / TimeSpan.TicksPerMinute, at.Offset);
        return true;
    }

    /// <summary>The time as the encounter JSON has it.</summary>
    public string Clock => Time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>What is said of an element that was read, or could not be: never its value.</summary>
/// <param name="At">FHIRPath, or a place in an HL7 v2 message.</param>
internal sealed record ReadingNote(string Id, string At, string Message, string Try)
{
    public bool IsWarning => Id != NoField;

    /// <summary>
    /// Notes as they are shown, each with its places: what has no field is said once for all elements, so that it does
    /// not hide the others.
    /// </summary>
    public static IEnumerable<(ReadingNote Note, List<string> Places)> Shown(IEnumerable<ReadingNote> notes) => notes
        .GroupBy(static note => (note.Id, note.Message, note.Try, At: note.IsWarning ? note.At : ""))
        .Select(static same => (same.First(), same.Select(static note => note.At).Distinct().ToList()));

    /// <summary>What was left out has no field in an encounter; what has one was not understood.</summary>
    public const string NoField = "no-field", NotUnderstood = "not-understood", LeftOut = "left-out";
}

/// <summary>An encounter read from another form, and what of that form is not in it.</summary>
internal sealed record ForeignVisit(byte[] Encounter, List<ReadingNote> Notes);
