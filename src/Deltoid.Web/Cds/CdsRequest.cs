using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Web.Cds;

/// <summary>What a client of CDS Hooks asks, read as far as it is needed.</summary>
sealed class CdsRequest
{
    readonly FhirNode root;

    CdsRequest(FhirNode root) => this.root = root;

    /// <summary>The client's number of this call.</summary>
    public string Instance => root["hookInstance"u8].Peek();

    /// <summary>The client has a FHIR server, so it can open pages by SMART.</summary>
    public bool HasFhirServer => root["fhirServer"u8].Peek().Length > 0;

    /// <exception cref="InputException">It is no request for this service.</exception>
    public static CdsRequest Read(ReadOnlyMemory<byte> body, CdsService service)
    {
        var asked = new CdsRequest(FhirTree.Read(body).Root);
        if (asked.root.Kind != JsonTokenType.StartObject)
            throw new InputException("", "this is no object", "send a request of CDS Hooks");
        if (!asked.root["hook"u8].Is(service.Hook))
            throw new InputException("hook", "this service is of another hook", $"send {service.Hook}");
        if (!Guid.TryParse(asked.Instance, out _))
            throw new InputException("hookInstance", "this is no UUID", "send a UUID that is new for each call");
        if (asked.root["context"u8]["patientId"u8].Peek().Length == 0)
            throw new InputException("context.patientId", "this is missing", "send the context of the hook");
        if (service.IsOfOrders && asked.root["context"u8]["draftOrders"u8].Type != "Bundle")
            throw new InputException("context.draftOrders", "this is no Bundle", "send the draft orders");
        asked.CheckPatient();
        return asked;
    }

    /// <summary>What was prefetched is about the patient of the hook, as far as it says whose it is.</summary>
    void CheckPatient()
    {
        var patient = IdOf(root["context"u8]["patientId"u8].Peek());
        foreach (var (fetched, _) in Resources())
        {
            if (fetched.Type == "Patient" && fetched.Path.EndsWith("prefetch.patient", StringComparison.Ordinal)
                && fetched["id"u8].Peek() is { Length: > 0 } id && id != patient)
                throw OfAnother(fetched);
            foreach (var whose in (FhirNode[])[fetched["subject"u8], fetched["patient"u8], fetched["beneficiary"u8]])
                if (whose["reference"u8].Peek() is var to && to.Contains("Patient/", StringComparison.Ordinal)
                    && IdOf(to) != patient)
                    throw OfAnother(whose);
        }
    }

    static InputException OfAnother(FhirNode where) => new(where.Path, "this is of another patient than the context",
        "send what is of context.patientId alone");

    static string IdOf(string reference)
    {
        var at = reference.LastIndexOf("Patient/", StringComparison.Ordinal);
        return at < 0 ? reference : reference[(at + 8)..].Split('/')[0];
    }

    /// <summary>All that was sent, with the addresses.</summary>
    IEnumerable<(FhirNode Resource, string Address)> Resources() =>
        root["prefetch"u8].Children.Append(root["context"u8]["draftOrders"u8]).SelectMany(static f => In(f, ""));

    static IEnumerable<(FhirNode Resource, string Address)> In(FhirNode fetched, string address) =>
        fetched.Type == "Bundle"
            ? fetched["entry"u8].Items.SelectMany(static e => In(e["resource"u8], e["fullUrl"u8].Peek()))
            : fetched.Type.Length > 0 ? [(fetched, address)] : [];

    /// <summary>
    /// What must be prefetched and was not: neither sent, nor said to be nothing. An OperationOutcome says that it
    /// could not be fetched.
    /// </summary>
    public List<string> Missing(CdsService service) => [.. service.Needed.Where(name =>
        root["prefetch"u8][Encoding.ASCII.GetBytes(name)] is var sent && (sent.IsNone
            || sent["resourceType"u8].Is("OperationOutcome")))];

    /// <summary>All resources of the request as one Bundle.</summary>
    public byte[] Bundle(CdsService service)
    {
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(text, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Bundle");
            json.WriteString("type", "collection");
            json.WriteStartArray("entry");
            foreach (var fetched in root["prefetch"u8].Children) Add(fetched, "", json);
            if (service.IsOfOrders) AddOrders(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return text.WrittenSpan.ToArray();
    }

    /// <param name="address">Where it is from: others may point to it by that.</param>
    static void Add(FhirNode fetched, string address, Utf8JsonWriter json)
    {
        if (fetched.Type == "Bundle")
            foreach (var entry in fetched["entry"u8].Items)
                Add(entry["resource"u8], entry["fullUrl"u8].Peek(), json);
        else if (fetched.Type.Length > 0) Entry(fetched, address, json);
    }

    static void Entry(FhirNode resource, string address, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (address.Length > 0) json.WriteString("fullUrl", address);
        json.WritePropertyName("resource");
        json.WriteRawValue(resource.Raw, skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <summary>The draft orders; of a choice only those that were chosen.</summary>
    void AddOrders(Utf8JsonWriter json)
    {
        var chosen = root["context"u8]["selections"u8].Items.Select(static s => s.Peek()).ToHashSet();
        foreach (var entry in root["context"u8]["draftOrders"u8]["entry"u8].Items)
        {
            var order = entry["resource"u8];
            if (order.Type is not ("MedicationRequest" or "ServiceRequest" or "Medication")) continue;
            var name = $"{order.Type}/{order["id"u8].Peek()}";
            if (chosen.Count == 0 || chosen.Contains(name) || order.Type == "Medication")
                Entry(order, entry["fullUrl"u8].Peek(), json);
        }
    }
}
