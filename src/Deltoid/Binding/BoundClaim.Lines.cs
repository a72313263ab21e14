using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Binding;

/// <summary>
/// How edits look for lines. Where several would do, the choice rests on what the lines say and not on their order.
/// </summary>
internal sealed partial class BoundClaim
{
    /// <summary>The lines whose code is in any of the groups; made for <c>foreach</c>, allocates nothing.</summary>
    public LineSequence LinesIn(CodeGroups any) => new(this, any);

    /// <summary>Whether any line is in any of the groups.</summary>
    public bool HasLine(CodeGroups any)
    {
        for (var i = 0; i < Count; i++)
            if (Bound[i].Groups.HasAny(any)) return true;
        return false;
    }

    /// <summary>
    /// The line of that day in any of the groups that comes first by <see cref="Compare"/>, or -1; never
    /// <paramref name="but"/>.
    /// </summary>
    public int FirstWith(CodeGroups any, DateOnly day, int but = -1)
    {
        var first = -1;
        for (var i = 0; i < Count; i++)
            if (i != but && Bound[i].Groups.HasAny(any) && Bound[i].Day == day && (first < 0 || Compare(i, first) < 0))
                first = i;
        return first;
    }

    /// <inheritdoc cref="FirstWith(CodeGroups, DateOnly, int)"/>
    public int FirstWith(CodeGroups any, int sameDayAs) => FirstWith(any, Bound[sameDayAs].Day, sameDayAs);

    /// <summary>The first line, by <see cref="Compare"/>, with this code on that day, or -1.</summary>
    public int FirstOf(Code code, DateOnly day)
    {
        var first = -1;
        for (var i = 0; i < Count; i++)
            if (Bound[i].Code == code && Bound[i].Day == day && (first < 0 || Compare(i, first) < 0)) first = i;
        return first;
    }

    /// <summary>Whether this is the line that speaks for its code and day.</summary>
    public bool IsFirstOfItsCode(int index) => FirstOf(Bound[index].Code, Bound[index].Day) == index;

    /// <summary>The billed units of a code on a day, over all lines.</summary>
    public Quantity UnitsOf(Code code, DateOnly day)
    {
        var sum = Quantity.Zero;
        for (var i = 0; i < Count; i++)
            if (Bound[i].Code == code && Bound[i].Day == day) sum += Line(i).Units;
        return sum;
    }

    /// <summary>
    /// An order of lines by what they say: code, day, modifiers, units, pointers; equal lines by their place.
    /// </summary>
    public int Compare(int left, int right)
    {
        ref readonly var x = ref Line(left);
        ref readonly var y = ref Line(right);
        var order = x.Code.Packed.CompareTo(y.Code.Packed);
        if (order == 0) order = Bound[left].Day.CompareTo(Bound[right].Day);
        if (order == 0) order = x.Modifiers.Packed.CompareTo(y.Modifiers.Packed);
        if (order == 0) order = y.Units.CompareTo(x.Units);
        if (order == 0) order = x.Pointers.Packed.CompareTo(y.Pointers.Packed);
        return order == 0 ? left.CompareTo(right) : order;
    }

    /// <summary>Whether any diagnosis of the claim is of this kind.</summary>
    public bool HasDiagnosis(DiagnosisKind kind)
    {
        foreach (var diagnosis in Claim.Diagnoses)
            if (Book.DiagnosisKinds.Is(kind, diagnosis)) return true;
        return false;
    }
}

/// <summary>The indexes of a claim's lines in any of some groups.</summary>
internal readonly struct LineSequence(BoundClaim claim, CodeGroups any)
{
    public Enumerator GetEnumerator() => new(claim, any);

    public struct Enumerator(BoundClaim claim, CodeGroups any)
    {
        int index = -1;

        public readonly int Current => index;

        public bool MoveNext()
        {
            while (++index < claim.Count)
                if (claim.Is(index, any)) return true;
            return false;
        }
    }
}
