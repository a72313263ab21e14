using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Cds;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Smart;

/// <summary>A chart that another system opened, as a person sees it before the form is filled.</summary>
/// <param name="System">Who opened it.</param>
/// <param name="Who">The patient as named there.</param>
/// <param name="Patient">The patient here; 0: nobody, or several, have this name and birth date.</param>
/// <param name="MemberIds">Of the coverage there.</param>
/// <param name="IsCovered">One of them is here too, or none was sent.</param>
/// <param name="Orders">Orders of injections that are active there.</param>
/// <param name="HasMore">There are more orders than were read.</param>
/// <param name="NotRead">What the chart system did not let be read, as FHIR names it.</param>
public sealed record SmartChart(string System, string Who, long Patient, string Day, IReadOnlyList<string> MemberIds,
    bool IsCovered, IReadOnlyList<ShotForm> Orders, bool HasMore, IReadOnlyList<string> NotRead)
{
    /// <summary>Nothing is to be decided: the form can be filled at once.</summary>
    public bool IsPlain(DateOnly today) => Patient != 0 && IsCovered && Orders.Count <= 1 && !HasMore
        && NotRead.Count == 0 && Day == today.Iso();

    /// <summary>The form of a new shot for the patient, with some of the orders.</summary>
    public VisitForm Form(IEnumerable<ShotForm> shots, string role) => new()
    {
        Key = Guid.CreateVersion7(), Patient = Patient, Day = Day, Role = role,
        Shots = shots.ToList() is { Count: > 0 } some ? some : [new()],
    };
}

/// <summary>
/// Reads what a launch is about: the patient, the coverage, the orders. What is of another patient is refused or left
/// out, whatever the token opens.
/// </summary>
sealed class SmartReading(SmartServer server, ChartSystem system, SmartToken token, CancellationToken stop)
{
    readonly List<FhirNode> found = [];
    readonly List<string> notRead = [];
    bool hasMore;

    public async Task<SmartChart> Read(PracticeDb db, Engine engine, DateOnly today)
    {
        var patient = await server.Read(system, "Patient/" + token.Patient, token.Access, stop);
        if (patient.Type != "Patient" || !patient["id"u8].Is(token.Patient))
            throw new SmartFault("The chart system sent another patient than it named.");
        found.Add(patient);
        if (token.Encounter.Length > 0 && await Asked("Encounter", "Encounter/" + token.Encounter) is { } visit
            && visit.Type == "Encounter" && IsOfPatient(visit["subject"u8]))
            found.Add(visit);
        await Search("Coverage", "beneficiary", $"Coverage?patient={token.Patient}&status=active");
        await Search("MedicationRequest", "subject", $"MedicationRequest?patient={token.Patient}&intent=order"
            + "&status=active&_include=MedicationRequest:medication&_count=50");
        var (here, who) = await Find(db, patient);
        var members = found.Where(static r => r.Type == "Coverage")
            .SelectMany(static c => (string[])[c["subscriberId"u8].Peek(),
                .. c["identifier"u8].Items.Select(static i => i["value"u8].Peek())])
            .Where(static m => m.Length is > 0 and <= 80).Distinct().ToList();
        var own = here?.Coverages.Select(static c => Plain(c.MemberId)).ToHashSet() ?? [];
        var (day, orders) = Orders(engine, today);
        return new(system.Name, who, here?.Id ?? 0, day, members,
            members.Count == 0 || members.Exists(m => own.Contains(Plain(m))), orders, hasMore, notRead);
    }

    /// <summary>What may be missing: a person can chart without it, and sees that it was not read.</summary>
    async Task<FhirNode?> Asked(string type, string path)
    {
        try
        {
            return await server.Read(system, path, token.Access, stop);
        }
        catch (SmartFault e) when (e.IsRefusal)
        {
            notRead.Add(type);
            return null;
        }
    }

    static string Plain(string member) => string.Concat(member.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    async Task Search(string type, string subject, string query)
    {
        if (await Asked(type, query) is not { } bundle) return;
        if (bundle.Type != "Bundle") throw new SmartFault("The chart system's answer cannot be read.");
        foreach (var entry in bundle["entry"u8].Items)
        {
            var resource = entry["resource"u8];
            if (resource.Type == "Medication"
                || (resource.Type == type && resource["status"u8].Is("active")
                    && IsOfPatient(resource[Encoding.ASCII.GetBytes(subject)])))
                found.Add(resource);
        }
        hasMore |= bundle["link"u8].Items.Any(static l => l["relation"u8].Is("next"));
    }

    bool IsOfPatient(FhirNode reference) => reference["reference"u8].Peek() is var to
        && (to == "Patient/" + token.Patient || to == $"{system.Address}/Patient/{token.Patient}");

    /// <summary>The one patient here with the same family name, first given name and birth date.</summary>
    static async Task<(Patient? Here, string Who)> Find(PracticeDb db, FhirNode patient)
    {
        var names = patient["name"u8].Items.Select(static n => (Family: n["family"u8].Peek().Trim(),
            Given: n["given"u8].Items.Select(static g => g.Peek().Trim()).FirstOrDefault("")))
            .Where(static n => n.Family.Length is > 0 and <= 80 && n.Given.Length is > 0 and <= 80).ToList();
        if (names.Count == 0 || !FhirMoment.TryRead(patient["birthDate"u8].Peek(), out var born) || !born.IsDayKnown)
            throw new SmartFault("The chart system sent no name or no birth date of the patient.");
        var alike = (await db.Patients.AsNoTracking().Include(static p => p.Coverages)
            .Where(p => p.BirthDate == born.Day).ToListAsync()).FindAll(p => names.Exists(n => Same(n.Family, p.Family)
                && Same(n.Given, p.Given)));
        return (alike is [var one] ? one : null, $"{names[0].Family}, {names[0].Given} · {AsShown.Day(born.Day)}");
    }

    static bool Same(string one, string other) => one.Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The orders as our own reader understands them, those of injections alone.</summary>
    (string Day, List<ShotForm> Orders) Orders(Engine engine, DateOnly today)
    {
        var encounter = BundleReader.ReadPlanned(FhirTree.Read(Bundle()), today).Encounter;
        var visit = EncounterJson.Read(encounter, "");
        var chart = JsonNode.Parse(encounter)!.AsObject();
        var orders = new List<ShotForm>();
        foreach (var (given, i) in visit.Administrations.Select(static (a, i) => (a, i)))
            if (CdsCards.IsInjection(given, engine.Book))
                orders.Add(ShotForm.Of(chart["administrations"]![i]!.AsObject()));
        // a reason that is charted for the visit is the reason of the one shot; of several nobody knows whose it is
        if (orders is [var one] && visit.Administrations.Count == 1
            && chart["diagnoses"] is JsonArray { Count: 1 } reason)
            orders[0] = one with { Diagnosis = reason[0]!.ToString() };
        return (chart["serviceDate"]!.ToString(), orders);
    }

    byte[] Bundle()
    {
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(text, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Bundle");
            json.WriteString("type", "collection");
            json.WriteStartArray("entry");
            foreach (var resource in found)
            {
                json.WriteStartObject();
                json.WriteString("fullUrl", $"{system.Address}/{resource.Type}/{resource["id"u8].Peek()}");
                json.WritePropertyName("resource");
                json.WriteRawValue(resource.Raw, skipInputValidation: true);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return text.WrittenSpan.ToArray();
    }
}
