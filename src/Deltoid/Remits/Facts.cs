using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What record and chart say of one kind of fact, for the line that is looked at.</summary>
internal static class Facts
{
    /// <summary>
    /// So where a fact of the kind says it; not so where one is known not to be, or says otherwise; unknown where none
    /// speaks of the line, or none says the field that is asked for.
    /// </summary>
    public static Truth Ask(Situation at, FactKind kind, (FactField Field, string[] Values)[] asked)
    {
        var (truth, isSaid) = (Truth.No, false);
        foreach (var fact in Of(at, kind))
        {
            isSaid = true;
            truth = truth.Or(fact.Is ? Fits(fact, asked) : Denies(fact, asked));
            if (fact.IsCharted && truth != Truth.Unknown) break; // the chart counts for more
        }
        return isSaid ? truth : Truth.Unknown;
    }

    /// <summary>
    /// The most that a fact of a kind comes to for the line that is looked at: not so where each is known not to be,
    /// unknown where none speaks of the line.
    /// </summary>
    /// <param name="says">What one comes to that is so.</param>
    /// <param name="isAbout">Whether one is about what is asked; all are where this is null.</param>
    public static Truth Any(Situation at, string kind, Func<RecordFact, Truth> says,
        Predicate<RecordFact>? isAbout = null)
    {
        var (truth, isSaid) = (Truth.No, false);
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != kind || !fact.Covers(at.LineNumber) || isAbout?.Invoke(fact) == false) continue;
            isSaid = true;
            if (fact.Is) truth = truth.Or(says(fact));
        }
        return isSaid ? truth : Truth.Unknown;
    }

    /// <summary>The facts of a kind that speak of the line that is looked at.</summary>
    public static IEnumerable<RecordFact> Of(Situation at, FactKind kind)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind == kind && fact.Covers(at.LineNumber)) yield return fact;
    }

    /// <summary>The first fact of a kind that is so, or null.</summary>
    public static RecordFact? First(Situation at, string kind)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == kind && fact.Is && fact.Covers(at.LineNumber)) return fact;
        return null;
    }

    /// <summary>Whether anything is said of a kind, that it is so or that it is not.</summary>
    public static bool Speaks(Situation at, string kind)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == kind && fact.Covers(at.LineNumber)) return true;
        return false;
    }

    public static bool SpeakAll(Situation at, string[] kinds)
    {
        foreach (var kind in kinds)
            if (!Speaks(at, kind)) return false;
        return true;
    }

    static Truth Fits(RecordFact fact, (FactField Field, string[] Values)[] asked)
    {
        var all = Truth.Yes;
        foreach (var (field, values) in asked) all = all.And(Says(fact, field, values));
        return all;
    }

    /// <summary>
    /// "Not so" of what its fields name: where they name something else than what is asked for, it says nothing.
    /// </summary>
    static Truth Denies(RecordFact fact, (FactField Field, string[] Values)[] asked)
    {
        foreach (var (field, values) in asked)
            if (Says(fact, field, values) == Truth.No) return Truth.Unknown;
        return Truth.No;
    }

    static Truth Says(RecordFact fact, FactField field, string[] values)
    {
        if (fact[field.Name] is not { } value) return Truth.Unknown;
        foreach (var item in value.All)
            if (Array.Exists(values, v => v.Equals(item, StringComparison.OrdinalIgnoreCase))) return Truth.Yes;
        return Truth.No;
    }
}
