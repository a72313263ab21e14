using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.History;

/// <summary>
/// The same service twice, on the claim or in what was billed before, with nothing that sets the two apart.
/// </summary>
internal sealed class DuplicateLine : Edit
{
    static readonly FindingInfo OnClaim = new()
    {
        Id = "PAY0010", Name = "duplicate-line", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 1, §120"),
        Message = "{0} is on two lines of one day, and nothing shows how the two differ",
        Rules = "INJ-164 INJ-061 C-10 DN-12",
        Fix = Remedy.Chart("If both were done, say how they differ: XS or 59 for another drug or site, "
            + "76 for the same again, or one line with the units"),
        Predicts = [new("OA-18")],
    };

    static readonly FindingInfo Earlier = new()
    {
        Id = "PAY0011", Name = "duplicate-of-earlier", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 1, §120"),
        Message = "{0} was billed before for {1}",
        Rules = "INJ-164 DN-12",
        Fix =
            Remedy.Chart("If it was done again, say so with 76, 77, XE or 59; to correct a claim, send a replacement"),
        Predicts = [new("OA-18")],
    };

    static readonly Modifier[] Distinguishing =
        [Modifier.M76, Modifier.M77, Modifier.M59, Modifier.XE, Modifier.XS, Modifier.XP, Modifier.XU,
            Modifier.Of("91"), Modifier.JW];

    public override FindingInfo Info => OnClaim;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [OnClaim, Earlier];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.CodeOf(i).IsNone) continue;
            if (HasTwin(claim, i))
                Report(claim, findings, OnClaim, i, Field.Code, CodeAt(claim, i),
                    first: Supply(claim, i, Field.Modifiers));
            else if (claim.History is { } history && claim.Claim.Frequency == '1' && claim.IsFirstOfItsCode(i)
                && WasBilled(claim, history, i))
                Report(claim, findings, Earlier, i, Field.Code, CodeAt(claim, i), Arg.Of(claim.Day(i)),
                    first: Supply(claim, i, Field.Modifiers));
        }
    }

    /// <summary>
    /// Another line that stands before this one and says the same; two packages of a drug (NDCs) differ.
    /// </summary>
    static bool HasTwin(BoundClaim claim, int line)
    {
        for (var i = 0; i < claim.Count; i++)
            if (i != line && claim.CodeOf(i) == claim.CodeOf(line) && claim.Day(i) == claim.Day(line)
                && claim.ModifiersOf(i) == claim.ModifiersOf(line) && claim.Line(i).Ndc == claim.Line(line).Ndc
                && claim.Compare(i, line) < 0)
                return !IsTold(claim, line);
        return false;
    }

    /// <summary>A modifier that says the service was done again, or is another one (INJ-164).</summary>
    static bool IsTold(BoundClaim claim, int line)
    {
        foreach (var modifier in Distinguishing)
            if (claim.ModifiersOf(line).Has(modifier)) return true;
        return false;
    }

    static bool WasBilled(BoundClaim claim, PatientHistory history, int line)
    {
        if (IsTold(claim, line)) return false;
        var services = history.Services;
        for (var s = 0; s < services.Count; s++)
            if (services[s].Code == claim.CodeOf(line) && services[s].Date == claim.Day(line)) return true;
        return false;
    }
}
