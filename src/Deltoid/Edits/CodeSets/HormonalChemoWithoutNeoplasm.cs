using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>96402 is for hormones against cancer; a hormone for anything else is 96372.</summary>
internal sealed class HormonalChemoWithoutNeoplasm : Edit
{
    static readonly Code Hormonal = Code.Of("96402");

    public override FindingInfo Info { get; } = new()
    {
        Id = "BND0060", Name = "hormonal-chemo-without-neoplasm", Severity = Severity.Warning,
        Outcome = Outcome.Overpayment, Snip = 5, Citation = Cited.Cpt("chemotherapy administration, 96402"),
        Message = "{0} is for hormones given against cancer, and no diagnosis of the line is one",
        Rules = "INJ-006 INJ-005", Fix = Remedy.Chart("Use 96372, or point to the neoplasm if the record has it"),
        Predicts = [new("CO-11")],
    };

    public override CodeGroups All => Group.ChemoAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.ChemoAdministration))
            if (claim.CodeOf(line) == Hormonal && claim.Line(line).Pointers.Count > 0 && !PointsToNeoplasm(claim, line))
                Report(claim, findings, Info, line, Field.Pointers, CodeAt(claim, line),
                    first: Replace(claim, line, Field.Code, Arg.Of(Code.Of("96372"))));
    }

    static bool PointsToNeoplasm(BoundClaim claim, int line)
    {
        var pointers = claim.Line(line).Pointers;
        var all = claim.Claim.Diagnoses;
        for (var p = 0; p < pointers.Count; p++)
        {
            if (pointers[p] > all.Length) continue;
            if (claim.Book.DiagnosisKinds.Is(DiagnosisKind.HormoneTreated, all[pointers[p] - 1])) return true;
        }
        return false;
    }
}
