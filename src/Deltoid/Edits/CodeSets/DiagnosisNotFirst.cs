using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// Codes that cannot lead: causes from outside (V00 to Y99), and status codes that justify nothing by themselves (Z79).
/// </summary>
internal sealed class DiagnosisNotFirst : Edit
{
    static readonly FindingInfo Cause = new()
    {
        Id = "BND0013", Name = "diagnosis-not-first", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Icd("guideline I.C.20"),
        Message = "{0} says how it happened and cannot be the first diagnosis",
        Rules = "INJ-204", Fix = Remedy.Chart("Put the condition first"), Predicts = [new("CO-16", "M76")],
    };

    static readonly FindingInfo Status = new()
    {
        Id = "BND0015", Name = "status-code-first", Severity = Severity.Warning, Outcome = Outcome.Denial, Snip = 5,
        Citation = Cited.Icd("guideline I.C.21"),
        Message = "{0} leads as the reason for {1}; a status code does not justify it",
        Rules = "INJ-204 C-22", Fix = Remedy.Chart("Point to the condition that is treated"),
        Predicts = [new("CO-50", "N115"), new("CO-11")],
    };

    public override FindingInfo Info => Cause;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Cause, Status];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (Icd.Is9On(claim.Claim.CodedOn is { DayNumber: > 0 } coded ? coded : claim.ServiceDate)) return; // its chapters are others
        var all = claim.Claim.Diagnoses;
        if (all.IsEmpty) return;
        if (claim.Book.DiagnosisKinds.Is(DiagnosisKind.ExternalCause, all[0]))
            Report(claim, findings, Cause, Field.Diagnoses, Arg.Diagnosis(all[0]));
        if (!claim.HasDiagnosis(DiagnosisKind.DrugTherapy) || (claim.IsCoded && claim.HasLine(Group.DrugCode))) return;
        for (var i = 0; i < claim.Count; i++)
            if (claim.Line(i).Pointers[0] is > 0 and var first && first <= all.Length
                && claim.Book.DiagnosisKinds.Is(DiagnosisKind.DrugTherapy, all[first - 1]) && claim.IsFirstOfItsCode(i))
                Report(claim, findings, Status, i, Field.Pointers, Arg.Diagnosis(all[first - 1]), CodeAt(claim, i),
                    first: Supply(claim, i, Field.Pointers));
    }
}
