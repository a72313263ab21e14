using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Binding;

/// <summary>What the book says of a line's code on the line's day.</summary>
internal enum CodeStanding : byte { InForce, Unknown, Retired, NotYetValid }

/// <summary>Whether the units of a code are known to have a limit on a day; where it is not, the book says.</summary>
internal enum UnitLimit : byte { AskBook, Has, HasNone }

/// <summary>
/// What binding found for one line: the id of its code (-1 when the book has none), its groups on its day, its
/// standing.
/// </summary>
internal struct BoundLine
{
    public Code Code;
    public Modifiers Modifiers;
    public int Id;
    public CodeStanding Standing;
    /// <summary>The day whose rows judge the line: its own, or the claim's where it has none.</summary>
    public DateOnly Day;
    /// <summary>Whether Medicare pays the facility rate at the line's place of service.</summary>
    public bool AtFacility;
    public UnitLimit Limit;
    public CodeGroups Groups;
}

/// <summary>
/// A claim with every line bound to its row of the code book on its day. Belongs to one worker and is refilled by
/// <see cref="Binder.Bind"/>; nothing is allocated for a claim. Lines are named by index, from 0.
/// </summary>
internal sealed partial class BoundClaim
{
    /// <summary>What an institutional claim holds at most; of a larger claim only its size is judged.</summary>
    public const int MostLines = 999;

    internal BoundLine[] Bound = new BoundLine[16];

    /// <summary>What was found in the book lately.</summary>
    internal CodeMemory Memory { get; } = new();

    public Claim Claim { get; internal set; } = null!;

    public CodeBook Book { get; internal set; } = null!;

    public PayerProfile Payer { get; internal set; } = null!;

    /// <summary>Null when no history was handed in; an empty one says that there is none.</summary>
    public PatientHistory? History { get; internal set; }

    /// <summary>The chart, when there is one.</summary>
    public Encounter? Encounter { get; internal set; }

    /// <summary>
    /// The groups of all lines, and what holds of the claim as a whole: payer, place, setting, chart, history.
    /// </summary>
    public CodeGroups Groups { get; internal set; }

    /// <summary>Of all lines, <see cref="Modifiers.Bits"/>.</summary>
    internal ulong ModifierBits;

    public int Count { get; internal set; }

    public DateOnly ServiceDate => Claim.ServiceDate;

    public bool IsFacilityClaim => Claim.Setting == Setting.Facility;

    /// <summary>
    /// Coded here from a chart: what coding has judged from the chart is not said again from the claim.
    /// </summary>
    public bool IsCoded => Claim.Origins.Count > 0;

    /// <summary>
    /// Lines only, as coding returns them without billing data: what is missing is asked for when the claim is emitted.
    /// </summary>
    public bool IsDraft =>
        Claim.Charge is null && Claim[ClaimText.Id].IsEmpty && !Claim.Has(Party.Billing)
            && !Claim.Has(Party.Subscriber);

    public ref readonly ServiceLine Line(int index) => ref Claim.Lines[index];

    public ref readonly BoundLine At(int index) => ref Bound[index];

    public CodeGroups GroupsOf(int index) => Bound[index].Groups;

    public bool Is(int index, CodeGroups any) => Bound[index].Groups.HasAny(any);

    public Code CodeOf(int index) => Bound[index].Code;

    public Modifiers ModifiersOf(int index) => Bound[index].Modifiers;

    public DateOnly Day(int index) => Bound[index].Day;

    /// <summary>Whether the units of the line's code have a limit on its day.</summary>
    public bool HasUnitLimit(int index) =>
        Bound[index].Limit == UnitLimit.AskBook
            ? Book.TryUnitLimit(Bound[index].Id, Bound[index].Day, IsFacilityClaim, out _)
            : Bound[index].Limit == UnitLimit.Has;

    public Code PlaceOf(int index) => Line(index).PlaceOfService is { IsNone: false } own ? own : Claim.PlaceOfService;

    /// <summary>
    /// How the place of a line pays for what is given there; null where it has no rule of its own for this payer.
    /// </summary>
    public PlaceRule? RuleOf(int index)
    {
        var (place, day) = (PlaceOf(index), Day(index));
        foreach (var rule in Book.PlaceRules)
            if (rule.IsFor(place, day, Claim.Setting, family: null) && Payer.IsNamedIn(rule.Payers)) return rule;
        return null;
    }

    /// <summary>The row of a line's code; a null reference when it is not in force on the line's day.</summary>
    public ref readonly CodeRow Row(int index) => ref Book.Codes.Find(Bound[index].Id, Bound[index].Day.DayNumber);
}
