using System.Text.Json;

namespace Deltoid.Web.Cds;

/// <summary>A service of CDS Hooks: the moment at which it is asked, and what it is to be sent.</summary>
/// <param name="Prefetch">Names and queries; those of <paramref name="Needed"/> must come.</param>
sealed record CdsService(string Id, string Hook, string Title, string Says, (string Name, string Query)[] Prefetch,
    string[] Needed)
{
    public bool IsOfOrders => Hook != "encounter-discharge";

    const string OfPatient = "?beneficiary={{context.patientId}}&status=active",
        OfVisit = "=Encounter/{{context.encounterId}}";

    static readonly (string, string)[] AtOrder =
    [
        ("patient", "Patient/{{context.patientId}}"),
        ("coverage", "Coverage" + OfPatient),
        ("encounter", "Encounter?_id={{context.encounterId}}&_include=Encounter:practitioner"),
        ("conditions", "Condition?encounter" + OfVisit),
        ("earlier", "MedicationAdministration?patient={{context.patientId}}&status=completed"),
        ("location", "Location?_has:Encounter:location:_id={{context.encounterId}}"),
    ];

    static readonly (string, string)[] AtDischarge =
    [
        .. AtOrder.Where(static p => p.Item1 != "earlier"),
        ("given", "MedicationAdministration?context" + OfVisit
            + "&_include=MedicationAdministration:medication&_include=MedicationAdministration:performer"
            + "&_include=MedicationAdministration:request"),
        ("vaccines", "Immunization?patient={{context.patientId}}&_include=Immunization:performer"),
        ("procedures", "Procedure?encounter" + OfVisit + "&_include=Procedure:performer"),
    ];

    /// <summary>All that there are.</summary>
    public static readonly CdsService[] All =
    [
        new("inject-order-select", "order-select", "Injections: what an order still needs",
            "Says while an injection is chosen what its claim will need: a diagnosis, an authorization, an interval.",
            AtOrder, ["patient", "coverage"]),
        new("inject-order-sign", "order-sign", "Injections: what an order still needs",
            "Says before an injection is signed what its claim will need: a diagnosis, an authorization, an interval.",
            AtOrder, ["patient", "coverage"]),
        new("inject-encounter-discharge", "encounter-discharge", "Injections: what the chart still needs",
            "Says before the patient leaves what the claim of an injection needs and the chart does not have.",
            AtDischarge, ["patient", "coverage", "encounter", "given"]),
    ];

    public static CdsService? Find(string id) => Array.Find(All, s => s.Id == id);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("hook", Hook);
        json.WriteString("id", Id);
        json.WriteString("title", Title);
        json.WriteString("description", Says);
        json.WriteStartObject("prefetch");
        foreach (var (name, query) in Prefetch) json.WriteString(name, query);
        json.WriteEndObject();
        json.WriteString("usageRequirements",
            "Everything it judges comes by prefetch: it asks no other server, and keeps nothing of a patient.");
        json.WriteEndObject();
    }
}
