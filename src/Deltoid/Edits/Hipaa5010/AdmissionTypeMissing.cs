using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>
/// A facility's claim says how urgent the visit was, where the patient came from, and where the patient went.
/// </summary>
internal sealed class AdmissionTypeMissing : Edit
{
    static readonly FindingInfo Type = InfoOf("HIP0032", "admission-type-missing", "CL101",
        "the claim does not say the type of admission or visit (FL 14)", "Add the type of admission (FL 14)", "MA41");

    static readonly FindingInfo Origin = InfoOf("HIP0033", "point-of-origin-missing", "CL102",
        "the claim does not say where the patient came from (FL 15)", "Add the point of origin (FL 15)", "MA42");

    static readonly FindingInfo Status = InfoOf("HIP0034", "patient-status-missing", "CL103",
        "the claim does not say the patient's status (FL 17)", "Add the patient status (FL 17)", "MA43");

    public override FindingInfo Info => Type;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Type, Origin, Status];

    public override CodeGroups All => Group.Institutional;

    static FindingInfo InfoOf(string id, string name, string element, string message, string remedy, string remark) =>
        new()
        {
            Id = id, Name = name, Severity = Severity.Error, Outcome = Outcome.Rejection,
            Citation = Cited.Guide("837I loop 2300 " + element), Message = message,
            Rules = "INJ-132", Fix = Remedy.Chart(remedy), Predicts = [new("CO-16", remark)],
        };

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsDraft) return;
        var of = claim.Claim;
        if (of[ClaimText.AdmissionType].IsEmpty) Report(claim, findings, Type, Field.AdmissionType);
        // a laboratory claim of somebody who is no patient there has no point of origin
        if (of[ClaimText.AdmissionSource].IsEmpty && !of[ClaimText.TypeOfBill].SequenceEqual("14"u8))
            Report(claim, findings, Origin, Field.AdmissionSource);
        if (of[ClaimText.DischargeStatus].IsEmpty) Report(claim, findings, Status, Field.PatientStatus);
    }
}
