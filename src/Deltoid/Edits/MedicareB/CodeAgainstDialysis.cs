using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// A drug code whose text is for patients in dialysis on a claim of one who is not, or the other way around.
/// </summary>
internal sealed class CodeAgainstDialysis : Edit
{
    static readonly FindingInfo Others = new()
    {
        Id = "DRG0187", Name = "code-against-dialysis", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Hcpcs("texts of the codes; Pub. 100-04, ch. 17, §80.9"),
        Message = "{0} is for patients who are not in dialysis, but the claim shows dialysis",
        Rules = "INJ-234 INJ-092", Fix = Remedy.Chart("Use the code for patients in dialysis, with its own units"),
        Predicts = [new("CO-16", "M20")],
    };

    static readonly FindingInfo InDialysis = new()
    {
        Id = "DRG0188", Name = "dialysis-code-without-dialysis", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Hcpcs("texts of the codes; Pub. 100-04, ch. 17, §80.9"),
        Message = "{0} is for patients in dialysis, but nothing on the claim shows dialysis",
        Rules = "INJ-234 INJ-092", Fix = Remedy.Chart("Add Z99.2 if the record has it, or use the code for all others"),
        Predicts = [new("CO-16", "M20")],
    };

    public override FindingInfo Info => Others;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Others, InDialysis];

    public override CodeGroups All => Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.DrugCode))
        {
            var patient = PatientOf(claim, line);
            if (patient == ForPatient.Any) continue;
            var standing = Dialysis.Of(claim.Book, claim.Claim.Diagnoses, claim.PlaceOf(line));
            if (patient == ForPatient.NotInDialysis && standing == true)
                Report(claim, findings, Others, line, Field.Code, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Code));
            if (patient == ForPatient.InDialysis && standing == false)
                Report(claim, findings, InDialysis, line, Field.Code, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Diagnoses));
        }
    }

    static ForPatient PatientOf(BoundClaim claim, int line)
    {
        var drugs = claim.Book.DrugsBilledAs(claim.CodeOf(line));
        for (var i = 0; i < drugs.Count; i++)
            foreach (ref readonly var row in claim.Book.Drugs[drugs[i]].Products.Span)
                if (row.Hcpcs == claim.CodeOf(line) && row.For != ForPatient.Any) return row.For;
        return ForPatient.Any;
    }
}
