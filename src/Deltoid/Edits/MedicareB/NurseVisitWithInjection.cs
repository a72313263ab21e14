using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.MedicareB;

/// <summary>A nurse visit (99211) is not paid on the day of a drug administration, modifier 25 or not.</summary>
internal sealed class NurseVisitWithInjection : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0107", Name = "nurse-visit-with-injection", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 12, §30.6.7.D"),
        Message = "{0} is not paid with {1} on the same day, with or without modifier 25",
        Rules = "INJ-071 C-08", Fix = Remedy.Chart("Remove line {line}"),
        Predicts = [new("CO-97", "M15", "M14"), new("CO-236")], Effective = Values.DateRange.Of(new(2005, 1, 1)),
        Explains = "NCC0001",
    };

    public override CodeGroups All => Group.NurseVisit | Group.DrugAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim || !claim.Payer.FollowsNcci) return;
        foreach (var visit in claim.LinesIn(Group.NurseVisit))
        {
            var injection = -1;
            foreach (var line in claim.LinesIn(Group.DrugAdministration))
                if (claim.Day(line) == claim.Day(visit) && !claim.Is(line, Group.Intralesional)
                    && (injection < 0 || claim.Compare(line, injection) < 0))
                    injection = line;
            if (injection >= 0)
                Report(claim, findings, Info, visit, Field.Code, CodeAt(claim, visit), CodeAt(claim, injection),
                    other: injection, first: RemoveLine(claim, visit));
        }
    }
}
