using Deltoid.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>Which changes of a claim concern the segment that a field fills.</summary>
sealed partial class ClaimFields
{
    readonly ChangedFields[] sources, sourcesOfParts;

    /// <summary>The changes after which the segment of a field is another.</summary>
    public ChangedFields SourcesOf(int field) => sources[field];

    /// <summary>The changes after which a part is another; the number it begins with is not counted.</summary>
    public ChangedFields SourcesOf(Section part) => sourcesOfParts[(int)part];

    ChangedFields SourcesOfPart(Section part)
    {
        var all = ChangedFields.None;
        foreach (var loop in loops[(int)part])
            for (var field = loop.From; field < loop.Thru; field++) all |= sources[field];
        return all & ~ChangedFields.Numbers;
    }

    static ChangedFields SourcesOf(ClaimAction action, Party party) => action switch
    {
        ClaimAction.Level or ClaimAction.Line => ChangedFields.Numbers,
        ClaimAction.Name or ClaimAction.Street or ClaimAction.City or ClaimAction.Taxonomy
            or ClaimAction.PatientRelation => ChangedField.Of(party),
        ClaimAction.Tax or ClaimAction.Phone => ChangedField.Of(Party.Billing),
        // of a subscriber who is the patient, the claim says them too
        ClaimAction.Demographics => ChangedField.Of(party) | ChangedField.Of(Party.Patient) | ChangedFields.BirthAndSex,
        ClaimAction.Subscriber => ChangedField.Of(Party.Subscriber) | ChangedField.Of(Party.Patient)
            | Texts(ClaimText.Responsibility, ClaimText.Filing) | ChangedFields.PayerKind,
        ClaimAction.Payer => Texts(ClaimText.PayerId, ClaimText.PayerName),
        ClaimAction.Claim => ChangedFields.Head | Texts(ClaimText.Id, ClaimText.TypeOfBill, ClaimText.Signature,
            ClaimText.Assignment, ClaimText.Benefits, ClaimText.Release, ClaimText.PatientSignature),
        ClaimAction.Statement => ChangedFields.VisitDate | ChangedFields.Lines, // no day of the visit: the first line's
        ClaimAction.Admission =>
            Texts(ClaimText.AdmissionType, ClaimText.AdmissionSource, ClaimText.DischargeStatus),
        ClaimAction.Paid => ChangedFields.Paid,
        ClaimAction.Authorization => Texts(ClaimText.PriorAuthorization),
        ClaimAction.Original => Texts(ClaimText.OriginalReference),
        ClaimAction.Clia => Texts(ClaimText.Clia),
        ClaimAction.Note => Texts(ClaimText.Narrative),
        ClaimAction.Diagnoses => ChangedFields.Diagnoses,
        ClaimAction.Professional or ClaimAction.Institutional or ClaimAction.ServiceDate or ClaimAction.Drug
            or ClaimAction.DrugQuantity => ChangedFields.Lines,
        ClaimAction.Control => ChangedFields.Lines | Texts(ClaimText.Id), // where none is kept, it is made of the id
        _ => ChangedFields.All,
    };

    static ChangedFields Texts(params ReadOnlySpan<ClaimText> texts)
    {
        var all = ChangedFields.None;
        foreach (var text in texts) all |= ChangedField.Of(text);
        return all;
    }
}
