using Deltoid.Charting;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>
/// Orders before anything is given: a MedicationRequest is read as an administration, a ServiceRequest as a procedure,
/// so that what can be known at the order is judged then.
/// </summary>
internal sealed partial class BundleReader
{
    /// <summary>Reads the orders of a Bundle as what would be charted.</summary>
    /// <param name="today">The day of the visit, where no Encounter says another.</param>
    public static ForeignVisit ReadPlanned(FhirTree tree, DateOnly today)
    {
        var reader = new BundleReader(tree);
        reader.Collect(BundleOf(tree));
        reader.FillPlanned(today);
        var encounter = reader.chart.Bytes();
        EncounterJson.Read(encounter, "");
        return new(encounter, reader.notes);
    }

    void FillPlanned(DateOnly today)
    {
        visit = Of("Encounter").FirstOrDefault(new FhirNode(tree, -1));
        FindPatient();
        day = FhirMoment.TryRead(visit["period"u8]["start"u8].Text(), out var begun) && begun.IsDayKnown ? begun.Day
            : today;
        chart.Text("serviceDate", day.Iso());
        Own(visit, chart, OfEncounter);
        ReadPlace();
        ReadPatient();
        ReadProvider();
        ReadClaims();
        var codes = DiagnosesOfVisit();
        var last = LastGiven();
        // one order's reason is why the patient comes; of several orders each has its own
        var isOne = Of("MedicationRequest").Concat(Of("ServiceRequest")).Take(2).Count() == 1;
        chart.Objects("administrations",
            [.. Of("MedicationRequest").Select(order => ReadPlannedDrug(order, last, !isOne))]);
        var procedures = new List<JsonDraft>();
        foreach (var order in Of("ServiceRequest"))
        {
            var one = new JsonDraft();
            one.Text("code", CodeOf(order["code"u8], FhirSystems.IsProcedure));
            if (!one.IsEmpty) procedures.Add(one);
            if (isOne) codes.AddRange(ReasonsOf(order));
            else if (!one.IsEmpty) one.Texts("diagnoses", ReasonsOf(order));
        }
        if (isOne) foreach (var order in Of("MedicationRequest")) codes.AddRange(ReasonsOf(order));
        chart.Texts("diagnoses", [.. codes.Where(static c => c.Length > 0).Distinct()]);
        chart.Objects("procedures", procedures);
        chart.Objects("visits", ReadVisits());
    }

    List<string> ReasonsOf(FhirNode order) => [.. DiagnosesOf(order["reasonReference"u8].Items, order)
        .Concat(order["reasonCode"u8].Items.Select(r => CodeOf(r, FhirSystems.IsDiagnosis)))
        .Where(static c => c.Length > 0)];

    /// <summary>The last day before this one on which each drug was given, by the drug's name.</summary>
    Dictionary<string, DateOnly> LastGiven()
    {
        var last = new Dictionary<string, DateOnly>(StringComparer.OrdinalIgnoreCase);
        foreach (var given in Of("MedicationAdministration"))
            if (given["status"u8].Text() == "completed" && MomentOf(given, "effective") is { } at && at.Day < day
                && DrugOf(given) is { Length: > 0 } drug && at.Day > last.GetValueOrDefault(drug))
                last[drug] = at.Day;
        return last;
    }

    JsonDraft ReadPlannedDrug(FhirNode order, Dictionary<string, DateOnly> last, bool hasOwnReasons)
    {
        var one = new JsonDraft();
        if (last.TryGetValue(DrugOf(order), out var before)) one.Text("lastGiven", before.Iso());
        Own(order, one, OfAdministration);
        one.Text("id", order["id"u8].Text());
        if (hasOwnReasons) one.Texts("diagnoses", ReasonsOf(order));
        ReadMedication(order, one);
        var ordered = new JsonDraft();
        ordered.Text("by", order["requester"u8]["display"u8].Text());
        if (FhirMoment.TryRead(order["authoredOn"u8].Text(), out var on)) ordered.Text("on", on.Day.Iso());
        if (!ordered.IsEmpty) one.Object("order", ordered);
        foreach (var dosage in order["dosageInstruction"u8].Items.Take(1))
        {
            one.Text("route", WordOf(dosage["route"u8], Values.Words.Routes, "route"));
            one.Text("site", SiteOf(dosage["site"u8]));
            foreach (var rate in dosage["doseAndRate"u8].Items.Take(1))
                one.Text("dose", AmountOf(rate["doseQuantity"u8], "the dose"));
        }
        return one;
    }
}
