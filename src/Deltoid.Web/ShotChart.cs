using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>A visit with all that the claim needs beside it: whose it is, who pays, who bills, from which vials.</summary>
/// <param name="WasSeen">The practice has charted the patient within three years.</param>
/// <param name="Vials">The lots of the shots, in their order; null where none is chosen.</param>
/// <param name="Before">When the patient had the drug of each shot before.</param>
sealed record ShotChart(Practice Practice, Location Location, Patient Patient, Coverage Coverage, Provider? Provider,
    IReadOnlyList<Fee> Fees, bool WasSeen, VisitForm Form, IReadOnlyList<Lot?> Vials, IReadOnlyList<DateOnly?> Before)
{
    /// <summary>The visits in which the shots were ordered, in their order; null where none is charted.</summary>
    public IReadOnlyList<PreVisit?> PreVisits { get; init; } = [];

    /// <summary>What the shots draw from the stock.</summary>
    public IReadOnlyList<DrawnFrom> Drawn =>
        [.. Form.Shots.Select((shot, i) => new DrawnFrom(Vials[i]?.Id, shot.Witness))];

    /// <summary>The encounter JSON for a claim number.</summary>
    public string Document(string number) => Numbered(Visit(), number);

    /// <summary>The encounter JSON of a visit, once its claim has a number.</summary>
    public static string Numbered(JsonObject visit, string number)
    {
        visit["billing"]!["id"] = number;
        return visit.ToJsonString();
    }

    /// <summary>The encounter JSON, whose claim has no number yet.</summary>
    public JsonObject Visit()
    {
        var payer = Coverage.Payer;
        return new()
        {
            ["serviceDate"] = Form.Day, ["placeOfService"] = Location.PlaceOfService,
            ["setting"] = Location.Setting,
            ["payer"] = new JsonObject
            {
                ["kind"] = payer.Kind, ["id"] = payer.Number, ["state"] = Practice.Address.State,
                ["locality"] = Location.Locality.Length > 0 ? Location.Locality : null,
            },
            ["patient"] = new JsonObject
            {
                ["birthDate"] = Patient.BirthDate.Iso(), ["sex"] = Patient.Sex,
                ["established"] = WasSeen ? true : null, // unknown is not new
            },
            ["provider"] = new JsonObject
            {
                ["supervision"] = Form.Supervision.Length > 0 ? Form.Supervision : null,
                ["role"] = Form.Role.Length > 0 ? Form.Role : null,
            },
            ["diagnoses"] = new JsonArray([.. Form.Shots.Select(static s => s.Diagnosis.Trim())
                .Where(IsCode).Distinct().Select(static d => (JsonNode?)d)]),
            ["administrations"] = new JsonArray([.. Form.Shots.Select(JsonNode? (shot, i) =>
                Given(shot.Administration(Vials[i], Before[i]), i))]),
            ["counseling"] = Form.Counseled switch { "yes" => true, "no" => false, _ => null },
            ["billing"] = Billing(),
        };
    }

    /// <summary>Words that stand where a code goes are asked about at their shot, and only there.</summary>
    static bool IsCode(string diagnosis) =>
        diagnosis.Length >= 3 && char.IsAsciiLetter(diagnosis[0]) && char.IsAsciiDigit(diagnosis[1]);

    /// <summary>
    /// A shot that nobody of the practice gave says so itself; a consent that was charted before is charted with it.
    /// </summary>
    JsonObject Given(JsonObject administration, int index)
    {
        if (index < PreVisits.Count && PreVisits[index] is { ConsentOn: { } on } && on.CompareTo(ServiceDay) <= 0)
            administration["consent"] = true;
        if (Form.Role is "patient" or "caregiver") administration["performer"] = Form.Role;
        return administration;
    }

    DateOnly ServiceDay => ChartViews.DayOf(Form) ?? default;

    JsonObject Billing() => new()
    {
        ["id"] = "",
        ["billingProvider"] = new JsonObject
        {
            ["name"] = Practice.Name, ["npi"] = Practice.Npi, ["taxId"] = Practice.TaxId,
            ["taxonomy"] = Practice.Taxonomy.Length > 0 ? Practice.Taxonomy : null, ["phone"] = Practice.Phone,
            ["address"] = Address(Practice.Address),
        },
        [Location.Setting == "facility" ? "attendingProvider" : "renderingProvider"] = Provider is null
            ? null : new JsonObject
        {
            ["name"] = Provider.Family, ["first"] = Provider.Given, ["npi"] = Provider.Npi,
            ["taxonomy"] = Provider.Taxonomy,
        },
        ["subscriber"] = new JsonObject
        {
            ["name"] = Patient.Family, ["first"] = Patient.Given, ["memberId"] = Coverage.MemberId,
            ["birthDate"] = Patient.BirthDate.Iso(), ["sex"] = Patient.Sex, ["address"] = Address(Patient.Address),
        },
        ["payer"] = new JsonObject
        {
            ["kind"] = Coverage.Payer.Kind, ["id"] = Coverage.Payer.Number, ["name"] = Coverage.Payer.Name,
            ["filing"] = Coverage.Payer.Filing,
        },
        ["statements"] = Patient.SignedOn is { } signed
            ? new JsonObject
            {
                ["signature"] = "Y", ["signatureDate"] = Form.Day, ["assignment"] = "A", ["benefits"] = "Y",
                ["release"] = "Y", ["releaseDate"] = signed.Iso(),
            }
            : new JsonObject(),
        ["charges"] = new JsonObject(Fees.Select(static f => KeyValuePair.Create(f.Code, (JsonNode?)(f.Cents / 100m)))),
    };

    static JsonObject Address(Address of) => new()
    {
        ["line"] = of.Line, ["city"] = of.City, ["state"] = of.State, ["zip"] = of.Zip
    };
}
