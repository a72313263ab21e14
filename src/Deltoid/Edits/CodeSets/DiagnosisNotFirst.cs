using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>Codes that cannot lead: causes from outside (V00 to Y99), and status codes that justify nothing by themselves (Z79).</summary>
public sealed class DiagnosisNotFirst : Edit
{
    static readonly FindingInfo
        Cause = new("BND0013", "diagnosis-not-first", Severity.Error, Outcome.Rejection, Cited.Icd("guideline I.C.20"),
            "{0} says how it happened and cannot be the first diagnosis", "INJ-204", Remedy.Chart("Put the condition first"), [new("CO-16", "M76")]) { Snip = 5 },
        Status = new("BND0015", "status-code-first", Severity.Warning, Outcome.Denial, Cited.Icd("guideline I.C.21"),
            "{0} leads as the reason for {1}; a status code does not justify it", "INJ-204 C-22", Remedy.Chart("Point to the condition that is treated"), [new("CO-50", "N115"), new("CO-11")]) { Snip = 5 };

    public override FindingInfo Info => Cause;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Cause, Status];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (Icd.Is9On(claim.ServiceDate)) return; // its chapters are others
        var all = claim.Claim.Diagnoses;
        if (all.IsEmpty) return;
        if (all[0][0] is >= 'V' and <= 'Y') Report(claim, findings, Cause, Field.Diagnoses, Arg.Diagnosis(all[0]));
        if (claim.IsCoded && claim.HasLine(Group.DrugCode)) return;
        for (var i = 0; i < claim.Count; i++)
            if (claim.Line(i).Pointers[0] is > 0 and var first && first <= all.Length && all[first - 1].StartsWith("Z79") && claim.IsFirstOfItsCode(i))
                Report(claim, findings, Status, i, Field.Pointers, Arg.Diagnosis(all[first - 1]), CodeAt(claim, i), first: Supply(claim, i, Field.Pointers));
    }
}
