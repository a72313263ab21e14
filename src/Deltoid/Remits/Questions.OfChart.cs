using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions that compare the claim as sent with what the chart codes to.</summary>
internal static partial class Questions
{
    static Row[] OfChart =>
    [
        new("charted-units", ChartedUnits, "drug-given"),
        new("charted-code", static (at, args) => CodeStanding(at) is { } standing
            ? Truths.Of(Array.IndexOf(args, standing) >= 0)
            : Truth.Unknown, "drug-given"),
        new("charted-modifier", ChartedModifier, "encounter"),
        new("charted-line", static (at, args) => at.Coded is not { } claim
            ? Truth.Unknown
            : Truths.Of(HasLineOf(at, claim, args)), "encounter"),
    ];

    /// <summary>The units that the record supports for the line; null where it does not say.</summary>
    public static Quantity? SupportedUnits(Situation at) =>
        at.CodedLine >= 0 ? at.Coded!.Lines[at.CodedLine].Units : GivenDrug.UnitsOf(at);

    /// <summary><c>charted-units:less</c> than billed, <c>same</c>, <c>more</c>.</summary>
    static Truth ChartedUnits(Situation at, string[] args)
    {
        if (LineIs(at, ["drug", "vaccine"]) == Truth.No) return Truth.No; // no amount is given of it
        if (SupportedUnits(at) is not { } charted || at.Units is not { } billed) return Truth.Unknown;
        var standing = charted < billed ? "less" : charted > billed ? "more" : "same";
        return Truths.Of(Array.IndexOf(args, standing) >= 0);
    }

    /// <summary><c>same</c>: the chart comes to the line's code; <c>other</c>: to another of its kind.</summary>
    static string? CodeStanding(Situation at)
    {
        if (at.Coded is { Lines.Length: > 0 })
            return at.CodedLine >= 0 ? "same" : CodedInstead(at) >= 0 ? "other" : null;
        // a drug says nothing of how it was given
        if (LineIs(at, ["administration", "visit"]) == Truth.Yes) return null;
        return GivenDrug.CodeOf(at) is { IsNone: false } code ? code == at.Code ? "same" : "other" : null;
    }

    /// <summary>The line of the chart's claim that replaces a line whose code the chart does not come to; -1 where
    /// none does. A drug answers for a drug, an administration for an administration.</summary>
    public static int CodedInstead(Situation at)
    {
        if (at.Coded is not { } claim) return -1;
        if (at.Groups == default) return OnlyUnsent(at, claim);
        foreach (var (_, any) in Kinds)
        {
            if (!at.Groups.HasAny(any)) continue;
            for (var i = 0; i < claim.Lines.Length; i++)
                if (at.Book.TryCode(claim.Lines[i].Code, at.Day, out var row) && row.Groups.HasAny(any)
                    && !IsSent(at, claim.Lines[i].Code))
                    return i;
        }
        return -1;
    }

    /// <summary>
    /// A code that has ended is of no kind: the one charted line that was not sent replaces it; -1 where there are
    /// two.
    /// </summary>
    static int OnlyUnsent(Situation at, Claim claim)
    {
        var found = -1;
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            if (IsSent(at, claim.Lines[i].Code)) continue;
            if (found >= 0) return -1;
            found = i;
        }
        return found;
    }

    static bool IsSent(Situation at, Code code)
    {
        foreach (ref readonly var line in at.Of.Claim is { } claim ? claim.Lines : default)
            if (line.Code == code) return true;
        return false;
    }

    static Truth ChartedModifier(Situation at, string[] args)
    {
        if (at.CodedLine < 0) return Truth.Unknown;
        var modifiers = at.Coded!.Lines[at.CodedLine].Modifiers;
        return Truths.Of(Array.Exists(args, a => modifiers.Has(Modifier.Of(a))));
    }

    static bool HasLineOf(Situation at, Claim claim, string[] args)
    {
        foreach (ref readonly var line in claim.Lines)
        {
            if (Array.IndexOf(args, line.Code.ToString()) >= 0) return true;
            if (!at.Book.TryCode(line.Code, at.Day, out var row)) continue;
            foreach (var (name, any) in Kinds)
                if (Array.IndexOf(args, name) >= 0 && row.Groups.HasAny(any)) return true;
        }
        return false;
    }
}
