using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Medicare has its own code for giving an HIV-prevention injection.</summary>
internal sealed class PrepWithInjectionCode : Edit
{
    static readonly Code Own = Code.Of("G0012");

    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0138", Name = "prep-with-injection-code", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Law("NCD 210.15"),
        Message = "{0} is billed for giving {1} to prevent HIV: Medicare takes G0012",
        Rules = "INJ-036 C-36", Fix = Remedy.Chart("Use G0012 on line {line}"), Predicts = [new("CO-96")],
        Effective = DateRange.Of(new(2024, 9, 30)),
    };

    public override CodeGroups All => Group.Injection | Group.DrugCode;

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.PrepCode || !claim.HasDiagnosis(DiagnosisKind.HivPrevention)) return;
        foreach (var drug in claim.LinesIn(Group.PrepDrug))
            if (claim.FirstOf(Own, claim.Day(drug)) < 0 && claim.FirstWith(Group.Injection, drug) is >= 0 and var line)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), CodeAt(claim, drug), other: drug,
                    first: Replace(claim, line, Field.Code, Arg.Of(Own)));
    }
}
