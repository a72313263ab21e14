using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>What was done besides: Procedure, which some chart systems also write for each charge.</summary>
internal sealed partial class BundleReader
{
    bool hasGiven;

    /// <summary>Procedures of the day; earlier ones are history.</summary>
    /// <param name="visits">Those of the Encounter; a Procedure with the code of a visit is one more.</param>
    void ReadProcedures(List<JsonDraft> visits)
    {
        var (done, earlier) = (new List<JsonDraft>(), new List<JsonDraft>());
        foreach (var procedure in Of("Procedure"))
        {
            var status = procedure["status"u8].Text();
            if (status is not ("completed" or "in-progress"))
            {
                LeaveOut(procedure, "it was not done");
                continue;
            }
            var at = MomentOf(procedure, "performed");
            var code = CodeOf(procedure["code"u8], FhirSystems.IsProcedure);
            var isHistory = !procedure.Extension("history").Done().IsNone || (at is { } moment && moment.Day < day);
            if (!isHistory && WhyNotHere(procedure, procedure["encounter"u8], at) is { Length: > 0 } why)
            {
                LeaveOut(procedure, why);
                continue;
            }
            if (code.Length == 0 && procedure["code"u8].Kind != default)
            {
                NotUnderstood(procedure["code"u8], "the procedure", "add its CPT or HCPCS code");
                continue;
            }
            if (!isHistory && IsCharge(procedure, code)) continue;
            var one = new JsonDraft();
            if (isHistory && at is { } when) one.Text("date", when.Day.Iso());
            one.Text("code", code);
            Own(procedure, one, isHistory ? OfHistory : OfProcedure);
            if (isHistory) ReadHistory(procedure, one);
            else ReadProcedure(procedure, one);
            if (!isHistory && ServiceKinds.IsVisit(code)) visits.Add(one);
            else (isHistory ? earlier : done).Add(one);
        }
        chart.Objects("procedures", done);
        chart.Objects("history", earlier);
    }

    /// <summary>
    /// A drug by its code, and the giving of it, are coded from the administration, so that they are not billed twice.
    /// Without one a drug's code says nothing of what went in.
    /// </summary>
    bool IsCharge(FhirNode procedure, string code)
    {
        var isDrug = ServiceKinds.IsDrug(code);
        if (hasGiven && (isDrug || ServiceKinds.IsGiving(code)))
            LeaveOut(procedure, "what was given is coded from its administration");
        else if (isDrug)
        {
            procedure.Done();
            NotUnderstood(procedure["code"u8], "a drug without its administration", "send a MedicationAdministration "
                + "or an Immunization, with dose and route");
        }
        else return false;
        return true;
    }

    void ReadHistory(FhirNode procedure, JsonDraft one)
    {
        foreach (var performer in procedure["performer"u8].Items)
            one.Text("provider", NpiOf(performer["actor"u8], procedure));
    }

    void ReadProcedure(FhirNode procedure, JsonDraft one)
    {
        foreach (var site in procedure["bodySite"u8].Items) one.Text("site", NameOf(site));
        one.Texts("diagnoses", DiagnosesOf(procedure["reasonReference"u8].Items, procedure));
    }
}
