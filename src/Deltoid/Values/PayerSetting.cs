namespace Deltoid.Values;

/// <summary>
/// One setting of a payer as a row says it: for every payer (kind none), a kind, or one payer id, MAC or state of it.
/// </summary>
internal readonly record struct PayerSetting(PayerKind Kind, string Id, string Setting, string Value, DateRange Dates);

/// <summary>
/// The settings that a payer can have, and the values of each. Rows are held against it when a book is made.
/// </summary>
static class PayerSettings
{
    /// <summary>
    /// Any text, codes with spaces between them, and a number of months or days; the other settings list their values.
    /// </summary>
    const string AnyText = "*", Codes = "codes", Limit = "limit";

    static readonly (string Setting, string Values)[] All =
    [
        ("mac", AnyText),
        ("ncci", "yes no"),
        ("repeat-distinct", "XS 59 76 units"),
        ("repeat-same", "XS 59 76 units"),
        ("split-dose", "one-unit per-injection"),
        ("vaccine-administration", "cpt g-codes"),
        ("unsupervised", "99211 not-covered"),
        ("video-supervision", "yes no"),
        ("waste-modifiers", "no jw jw-jz"),
        ("ndc", "required recommended"),
        ("prep", "G0012 96372"),
        ("complexity-add-on", "paid restricted restricted-except-preventive"),
        ("self-administered", "covered excluded"),
        ("part-d", "yes no"),
        ("preventive-visit", "covered not-covered"),
        ("route-modifiers", Codes),
        ("timely-filing", Limit),
        ("discount-modifier", "TB JG-or-TB UD"),
        ("state-vaccine", "SL"),
    ];

    public static bool IsSetting(ReadOnlySpan<char> setting) => ValuesOf(setting) is not null;

    /// <summary>Whether a setting can have this value.</summary>
    public static bool IsValue(ReadOnlySpan<char> setting, ReadOnlySpan<char> value) => ValuesOf(setting) switch
    {
        null => false,
        AnyText => !value.IsEmpty,
        Codes => AreCodes(value),
        Limit => FilingLimit.TryParse(value, out _),
        var values => IsItem(values, value),
    };

    static string? ValuesOf(ReadOnlySpan<char> setting)
    {
        foreach (var (name, values) in All)
            if (setting.SequenceEqual(name)) return values;
        return null;
    }

    static bool AreCodes(ReadOnlySpan<char> text)
    {
        var found = false;
        while (Rows.NextItem(ref text, ' ', out var word))
        {
            if (!Code.TryParse(word, out _)) return false;
            found = true;
        }
        return found;
    }

    static bool IsItem(ReadOnlySpan<char> list, ReadOnlySpan<char> value)
    {
        while (Rows.NextItem(ref list, ' ', out var word))
            if (word.SequenceEqual(value)) return true;
        return false;
    }
}
