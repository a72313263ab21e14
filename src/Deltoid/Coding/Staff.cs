using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Who gave it, and who watched over it. Auxiliary staff need direct supervision in an office: in the suite, or by live
/// video where the payer takes it; never by telephone alone (42 CFR 410.26). A hospital needs general supervision
/// (42 CFR 410.27), a practitioner none.
/// </summary>
internal static class Staff
{
    static bool IsAuxiliary(StaffRole role) =>
        role is StaffRole.Rn or StaffRole.Lpn or StaffRole.Ma or StaffRole.Pharmacist or StaffRole.Other;

    /// <summary>
    /// Who gave it: the performer charted with it, in words that name no role too; else the provider of the visit.
    /// </summary>
    static StaffRole RoleOf(Case visit, Given given) =>
        given.Charted.PerformerCharted ? given.Charted.Performer : visit.Encounter.ProviderRole;

    public static bool IsPractitioner(Case visit, Given given) =>
        RoleOf(visit, given) is StaffRole.Physician or StaffRole.Np or StaffRole.Pa;

    /// <summary>Charted, and not what the payer asks for. What is not charted is left to the checklist.</summary>
    static bool IsUnsupervised(Case visit) =>
        visit.Encounter.Supervision is Supervision.Audio or Supervision.General or Supervision.Unsupervised
            || (visit.Encounter.Supervision == Supervision.Video && !visit.Profile.TakesVideoSupervision);

    /// <summary>
    /// False when nothing of it is billed. A vaccine is a benefit of its own and not incident to anyone's service.
    /// </summary>
    public static bool IsSupervised(Case visit, Given given)
    {
        if (visit.Institutional)
        {
            if (visit.Encounter.Supervision == Supervision.Unsupervised)
                visit.Say(CodingFindings.HospitalWithoutSupervision, given.At(Field.None), Case.Name(given));
            return true;
        }
        if (given.Class == DrugClass.Vaccine || !IsUnsupervised(visit)) return true;
        var role = RoleOf(visit, given);
        if (role == StaffRole.None) return Hold(visit, given);
        if (!IsAuxiliary(role)) return true;
        visit.Ask(given, Questions.Supervised, Answer.No, Place.OfEncounter(Field.ProviderSupervision),
            Arg.Of(visit.Profile.Kind));
        if (visit.Profile.Unsupervised != UnsupervisedStyle.NotCovered)
        {
            given.Unsupervised = true;
            return true;
        }
        given.BillsDrug = given.BillsAdministration = false;
        visit.Say(CodingFindings.NotSupervised, Place.OfEncounter(Field.ProviderSupervision), Case.Name(given));
        return false;
    }

    /// <summary>
    /// Without supervision it matters who gave it: a practitioner bills, staff do not. So it is asked.
    /// </summary>
    static bool Hold(Case visit, Given given)
    {
        given.BillsAdministration = false;
        if (visit.Profile.Unsupervised == UnsupervisedStyle.NotCovered) given.BillsDrug = false;
        visit.Ask(given, Questions.Supervised, Answer.Unknown, given.At(Field.Performer), Arg.Of(visit.Profile.Kind));
        visit.Say(CodingFindings.PerformerDecides, given.At(Field.Performer), Case.Name(given));
        return given.BillsDrug;
    }

    /// <summary>
    /// Video does not supervise a service with a global period of 10 or 90 days (42 CFR 410.26 since 2026).
    /// </summary>
    public static void CheckGlobals(Case visit)
    {
        if (visit.Institutional || !visit.Profile.IsMedicare || visit.Encounter.Supervision != Supervision.Video)
            return;
        foreach (var draft in visit.Drafts.FindAll(static d => !d.LeftOff && !d.IsDrug && d.Givens.Count > 0))
        {
            if (!IsAuxiliary(RoleOf(visit, draft.Givens[0])) || !visit.Book.TryFee(draft.Code, visit.Date, out var fee))
                continue;
            if (fee.Global is "010" or "090")
                visit.Say(CodingFindings.VideoWithGlobal, draft.Givens[0].At(Field.None), Arg.Of(draft.Code));
        }
    }
}
