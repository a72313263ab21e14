using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>On a facility's claim each line has a revenue code; 0636 is the drug's, not the injection's.</summary>
internal sealed class RevenueCode : Edit
{
    static readonly Code Drug = Code.Of("0636"), DrugShort = Code.Of("636");

    static readonly FindingInfo OnService = new()
    {
        Id = "HIP0020", Name = "revenue-code", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 17, §90; ch. 25"),
        Message = "revenue code 0636 is for drugs; {0} goes to the department that "
            + "gave it (0510, 0450, 0260, 0761, 0335)",
        Rules = "INJ-131 C-17", Fix = Remedy.Chart("Use the department's revenue code"),
        Predicts = [new("CO-16", "M50")],
    };

    static readonly FindingInfo Missing = new()
    {
        Id = "HIP0025", Name = "revenue-code-missing", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("837I loop 2400 SV201"),
        Message = "line {line} ({0}) has no revenue code",
        Rules = "INJ-131", Fix = Remedy.Chart("Add the revenue code"), Predicts = [new("CO-16", "M50")],
    };

    public override FindingInfo Info => OnService;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [OnService, Missing];

    public override CodeGroups All => Group.Institutional;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var revenue = claim.Line(i).RevenueCode;
            if (revenue.IsNone)
            {
                if (!claim.IsDraft)
                    Report(claim, findings, Missing, i, Field.RevenueCode, CodeAt(claim, i),
                        first: Supply(claim, i, Field.RevenueCode));
            }
            else if ((revenue == Drug || revenue == DrugShort)
                && claim.Is(i,
                    Group.DrugAdministration | Group.VaccineAdministration | Group.MedicareVaccineAdministration))
                Report(claim, findings, OnService, i, Field.RevenueCode, CodeAt(claim, i),
                    first: Supply(claim, i, Field.RevenueCode));
        }
    }
}
