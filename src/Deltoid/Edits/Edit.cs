using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits;

/// <summary>
/// One claim edit: what it needs to see before it is asked, and what it then says. A claim wakes it when it has all
/// groups of <see cref="All"/> and, unless that is empty, one of <see cref="Any"/>. Stateless: one instance serves all
/// workers.
/// </summary>
internal abstract class Edit
{
    /// <summary>The finding; of a family the one that its page is named for.</summary>
    public abstract FindingInfo Info { get; }

    /// <summary>All findings this edit can make.</summary>
    public virtual IReadOnlyList<FindingInfo> Infos => [Info];

    /// <summary>The page of the edit: documentation, help and test. Resource <c>pages/NAME.md</c>.</summary>
    public string Page => Info.Name;

    public virtual CodeGroups All => Group.AnyLine;

    public virtual CodeGroups Any => CodeGroups.None;

    public abstract void Check(BoundClaim claim, FindingList findings);

    /// <summary>Adds a finding about a line (by index) where the kind is in force on the line's day.</summary>
    /// <param name="other">The index of another line it is about, or -1.</param>
    protected static void Report(BoundClaim claim, FindingList findings, FindingInfo info, int line, Field field,
        Arg a = default, Arg b = default, Arg c = default, Arg d = default, int other = -1, Change first = default,
        Change second = default)
    {
        if (!info.IsInForce(claim.Day(line))) return;
        findings.Add(info, Place.OfLine(claim.Line(line).Number, field), a, b, c, d,
            other < 0 ? 0 : claim.Line(other).Number, first, second);
    }

    /// <summary>Adds a finding about the claim as a whole.</summary>
    protected static void Report(BoundClaim claim, FindingList findings, FindingInfo info, Field field, Arg a = default,
        Arg b = default, Change first = default)
    {
        if (info.IsInForce(claim.ServiceDate)) findings.Add(info, Place.OfClaim(field), a, b, first: first);
    }

    protected static Arg CodeAt(BoundClaim claim, int line) => Arg.Of(claim.CodeOf(line));

    protected static Change RemoveLine(BoundClaim claim, int line) =>
        new(ChangeOp.Remove, Place.OfLine(claim.Line(line).Number, Field.Lines), default);

    /// <summary>A modifier that would answer the finding. Only a person may add one that attests a fact.</summary>
    protected static Change AddModifier(BoundClaim claim, int line, Modifier modifier) =>
        new(ChangeOp.Add, Place.OfLine(claim.Line(line).Number, Field.Modifiers), Arg.Of(modifier));

    protected static Change RemoveModifier(BoundClaim claim, int line, Modifier modifier) =>
        new(ChangeOp.Remove, Place.OfLine(claim.Line(line).Number, Field.Modifiers), Arg.Of(modifier));

    protected static Change Replace(BoundClaim claim, int line, Field field, Arg value) =>
        new(ChangeOp.Replace, Place.OfLine(claim.Line(line).Number, field), value);

    /// <summary>A value that a person must supply.</summary>
    protected static Change Supply(BoundClaim claim, int line, Field field) =>
        new(ChangeOp.Add, Place.OfLine(claim.Line(line).Number, field), default);
}
