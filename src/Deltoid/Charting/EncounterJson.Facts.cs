using System.Globalization;
using System.Text.Json;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>
/// Single facts: words, codes, yes or no, counts, times. What is charted but not understood is noted as unread.
/// </summary>
public static partial class EncounterJson
{
    const int MostMinutes = 1_000_000;

    /// <summary>A part of the encounter, by its ordinal in its list.</summary>
    readonly record struct Spot(Encounter Encounter, Part Part, int Ordinal)
    {
        public void Unread(Field field)
        {
            var place = Findings.Place.Of(Part, Ordinal, field);
            if (!Encounter.Unread.Contains(place)) Encounter.Unread.Add(place);
        }
    }

    static T Word<T>(ref JsonInput json, Vocabulary<T> words, Spot at, Field field) where T : struct, Enum
    {
        var text = json.Text();
        if (string.IsNullOrWhiteSpace(text)) return default;
        if (!words.TryRead(text, out var value)) at.Unread(field);
        return value;
    }

    /// <summary>Two digits (CMS place-of-service code set).</summary>
    static Code Place(ref JsonInput json, Spot at)
    {
        var text = json.Text().AsSpan().Trim();
        if (text.IsEmpty) return default;
        if (text.Length == 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1])
            && Code.TryParse(text, out var code))
            return code;
        at.Unread(Field.PlaceOfService);
        return default;
    }

    /// <summary>
    /// MAC and locality, seven digits: <c>06102-16</c>. A name is not looked up here: which locality it means depends
    /// on the code book.
    /// </summary>
    static string Locality(ref JsonInput json, Spot at)
    {
        var text = json.Text();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length == 7 && text.All(static c => char.IsAsciiDigit(c) || c is '-' or ' '))
            return $"{digits[..5]}-{digits[5..]}";
        if (!string.IsNullOrWhiteSpace(text)) at.Unread(Field.PayerLocality);
        return "";
    }

    /// <summary>A CPT or HCPCS code: five characters with digits in the middle.</summary>
    static Code ServiceCode(ref JsonInput json, Spot at, Field field)
    {
        var text = json.Text().AsSpan().Trim();
        if (text.IsEmpty) return default;
        if (IsServiceCode(text) && Code.TryParse(text, out var code)) return code;
        at.Unread(field);
        return default;
    }

    static bool IsServiceCode(ReadOnlySpan<char> text) =>
        text.Length == 5 && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]);

    static void Diagnoses(ref JsonInput json, List<Code> target, Spot at)
    {
        for (json.EnterArray("""[ "E53.8" ]"""); json.NextItem();)
        {
            var text = json.Text().AsSpan().Trim();
            if (text.IsEmpty) continue;
            if (IsDiagnosis(text) && Code.TryParse(text, out var code)) target.Add(code);
            else at.Unread(Field.Diagnoses);
        }
    }

    /// <summary>
    /// The shape of an ICD-10-CM code: a letter, a digit, one more, and up to four after a dot that may be left out.
    /// </summary>
    static bool IsDiagnosis(ReadOnlySpan<char> text) =>
        text.Length is >= 3 and <= 8 && char.IsAsciiLetter(text[0]) && char.IsAsciiDigit(text[1])
            && (text.Length < 8 || text[3] == '.');

    static void Modifiers(ref JsonInput json, List<Modifier> target, Spot at)
    {
        for (json.EnterArray("""[ "25" ]"""); json.NextItem();)
            if (Modifier.TryParse(json.Text(), out var modifier)) target.Add(modifier);
            else at.Unread(Field.Modifiers);
    }

    static Npi Provider(ref JsonInput json, Spot at, Field field)
    {
        var text = json.Text();
        if (!Npi.TryParse(text, out var npi) && !string.IsNullOrWhiteSpace(text)) at.Unread(field);
        return npi;
    }

    static bool? YesNo(ref JsonInput json, Spot at, Field field)
    {
        if (json.Kind != JsonTokenType.String) return json.Bool();
        switch (json.Text().Trim().ToUpperInvariant())
        {
            case "": return null;
            case "YES" or "Y" or "TRUE" or "OBTAINED" or "SIGNED" or "WRITTEN" or "VERBAL" or "GIVEN" or "DONE":
                return true;
            case "NO" or "N" or "FALSE" or "REFUSED" or "DECLINED" or "NOT OBTAINED" or "NOT GIVEN" or "NOT DONE":
                return false;
            default:
                at.Unread(field);
                return null;
        }
    }

    /// <summary>
    /// Whether anything is charted: a text that is not blank, true, or an object that holds something.
    /// </summary>
    static bool Charted(ref JsonInput json)
    {
        if (json.Kind == JsonTokenType.String) return !string.IsNullOrWhiteSpace(json.Text());
        if (json.Kind != JsonTokenType.StartObject) return json.Bool();
        var charted = false;
        var seen = new HashSet<string>();
        for (json.EnterObject(); json.NextName(seen);)
        {
            json.AdvanceToValue();
            charted |= json.Kind != JsonTokenType.Null;
            json.Skip();
        }
        return charted;
    }

    static Quantity Units(ref JsonInput json)
    {
        var units = json.Quantity();
        return units < Quantity.Zero ? throw json.Negative() : units;
    }

    /// <summary>A count: a number, or a text such as <c>3</c> or <c>3 muscles</c>.</summary>
    static int? Count(ref JsonInput json, Spot at, Field field)
    {
        if (json.Kind != JsonTokenType.String) return json.Whole(0, MostMinutes);
        var text = json.Text().AsSpan().Trim();
        if (text.IsEmpty) return null;
        if (IsNegative(text)) throw json.Negative();
        if (TakeWhole(ref text, out var count) && text is "" or "muscle" or "muscles" or "lesion" or "lesions")
            return count;
        at.Unread(field);
        return null;
    }

    /// <summary>Minutes: a number, or a text such as <c>15</c>, <c>15 min</c>, <c>1 h 30 min</c>.</summary>
    static int? Minutes(ref JsonInput json, Spot at, Field field)
    {
        if (json.Kind != JsonTokenType.String) return json.Whole(0, MostMinutes);
        var text = json.Text().AsSpan().Trim();
        if (text.IsEmpty) return null;
        if (IsNegative(text)) throw json.Negative();
        if (TryMinutes(text, out var minutes)) return minutes;
        at.Unread(field);
        return null;
    }

    static bool TryMinutes(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (!TakeWhole(ref text, out var first)) return false;
        if (TakeUnit(ref text, "hours", "hour", "hrs", "hr", "h"))
        {
            minutes = first * 60;
            if (text.IsEmpty) return minutes <= MostMinutes;
            if (!TakeWhole(ref text, out first)) return false;
        }
        minutes += first;
        if (!text.IsEmpty && !TakeUnit(ref text, "minutes", "minute", "mins", "min", "m")) return false;
        return text.IsEmpty && minutes <= MostMinutes;
    }

    static bool TakeUnit(ref ReadOnlySpan<char> text, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!text.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = text[name.Length..].TrimStart('.');
            if (!rest.IsEmpty && char.IsAsciiLetter(rest[0])) return false;
            text = rest.Trim();
            return true;
        }
        return false;
    }

    static bool TakeWhole(ref ReadOnlySpan<char> text, out int value)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        value = 0;
        if (digits is 0 or > 7) return false;
        value = int.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[digits..].Trim();
        return true;
    }

    static bool IsNegative(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] is '-' or '\u2212' && (char.IsAsciiDigit(text[1]) || text[1] is '.' or ' ');

    static readonly string[] TimeForms = ["H:mm", "HHmm", "H:mm:ss", "h:mmtt", "hhmmtt", "htt", "h:mm:sstt"];

    /// <summary>Wall-clock time: <c>09:00</c>, <c>0900</c>, <c>9:00 AM</c>.</summary>
    static TimeOnly? Time(ref JsonInput json, Spot at, Field field)
    {
        var text = json.Text().AsSpan().Trim();
        if (text.IsEmpty) return null;
        Span<char> folded = stackalloc char[16];
        var length = 0;
        foreach (var c in text)
            if (c is not (' ' or '.') && length < folded.Length) folded[length++] = c;
        if (text.Length <= folded.Length
            && TimeOnly.TryParseExact(folded[..length], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var time))
            return time;
        at.Unread(field);
        return null;
    }
}
