using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What a field of a fact says: the text as written, and the day, the number or the items that it reads as.
/// </summary>
internal sealed record FactValue(string Text, DateOnly Day = default, decimal Number = 0, string[]? Items = null)
{
    /// <summary>The items of a list; of a single value the value.</summary>
    public string[] All => Items ?? [Text];

    public Money Amount => Money.Round(Number);

    public bool Flag => Text == "true";
}

/// <summary>One fact that a practice knows beside the claim, or that the chart says in the same words.</summary>
/// <param name="Is">False: it is known not to be so; the fields then say of what.</param>
/// <param name="Lines">Numbers of the claim's lines that it holds for; empty for all.</param>
/// <param name="At">Where it is, as a JSON pointer into the case.</param>
internal sealed record RecordFact(FactKind Kind, bool Is, int[] Lines, FactValue?[] Values, string At)
{
    public FactValue? this[string field]
    {
        get
        {
            var at = Array.FindIndex(Kind.Fields, f => f.Name == field);
            return at >= 0
                ? Values[at]
                : throw new ArgumentException($"{Kind.Name} has no field {field}", nameof(field));
        }
    }

    /// <summary>Where the practice keeps it, in its own words: shown, never read for meaning.</summary>
    public string Where { get; init; } = "";

    /// <summary>Whether it speaks of a line, by its number; 0 is the claim as a whole.</summary>
    public bool Covers(int line) => line == 0 || Lines.Length == 0 || Array.IndexOf(Lines, line) >= 0;

    /// <summary>Whether a day is from its <c>from</c> to its <c>thru</c>, as far as it states them.</summary>
    public bool CoversDay(DateOnly day) =>
        (this["from"] is not { } from || from.Day <= day) && (this["thru"] is not { } thru || day <= thru.Day);

    /// <summary>The record says it.</summary>
    public bool IsRecorded => At.StartsWith("/record", StringComparison.Ordinal);

    /// <summary>The chart says it: it counts for more than the same fact of the record.</summary>
    public bool IsCharted => At.StartsWith("/encounter", StringComparison.Ordinal);
}
