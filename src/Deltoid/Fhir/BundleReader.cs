using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>
/// Reads a Bundle of FHIR R4 about one visit as encounter JSON. Nothing is guessed: what is not understood, and what
/// has no field, is named with its FHIRPath.
/// </summary>
internal sealed partial class BundleReader
{
    readonly FhirTree tree;
    readonly CodeBook? book;
    readonly bool isPartial;
    readonly List<FhirNode> resources = [];
    readonly Dictionary<string, FhirNode> byAddress = [];
    readonly Dictionary<int, string> addresses = [];
    readonly List<ReadingNote> notes = [];
    readonly Dictionary<int, Dictionary<string, FhirNode>> contained = [];
    readonly HashSet<int> leftOut = [];
    readonly JsonDraft chart = new();
    FhirNode visit, patient;
    DateOnly day;

    BundleReader(FhirTree tree, CodeBook? book = null, bool isPartial = false) =>
        (this.tree, this.book, this.isPartial) = (tree, book, isPartial);

    /// <summary>Reads one visit.</summary>
    /// <param name="book">Knows which drugs are mixed and which are one product; without it no mixture is read.</param>
    /// <exception cref="InputException">It is no Bundle, or holds no visit, or several.</exception>
    public static ForeignVisit Read(ReadOnlyMemory<byte> utf8, CodeBook? book = null) =>
        Read(FhirTree.Read(utf8), book);

    /// <param name="isPartial">The Bundle is known not to hold all: who gave something, and the order, are charted
    /// where they are only pointed to.</param>
    public static ForeignVisit Read(FhirTree tree, CodeBook? book = null, bool isPartial = false)
    {
        var reader = new BundleReader(tree, book, isPartial);
        reader.Collect(BundleOf(tree));
        reader.Fill();
        var encounter = reader.chart.Bytes();
        EncounterJson.Read(encounter, ""); // what it refuses never leaves as an encounter
        reader.NameUnread();
        return new(encounter, [.. reader.notes.Distinct()]);
    }

    /// <summary>The Bundle itself, or the one that the parameters of an operation hold.</summary>
    static FhirNode BundleOf(FhirTree tree)
    {
        var root = tree.Root;
        if (root.Type == "Parameters")
            foreach (var parameter in root["parameter"u8].Items)
                if (parameter["resource"u8].Type == "Bundle") return parameter["resource"u8];
        if (root.Type == "Bundle") return root;
        throw new InputException("", root.Type.Length > 0 ? $"this is a resource {root.Type}, and no Bundle"
            : "this is no resource of FHIR",
            "send a Bundle with the Encounter, its Patient, Coverage, Conditions and administrations");
    }

    void Collect(FhirNode bundle)
    {
        foreach (var entry in bundle["entry"u8].Items)
        {
            var resource = entry["resource"u8];
            if (resource.Type.Length == 0) continue;
            var (address, id) = (entry["fullUrl"u8].Text(), resource["id"u8].Peek());
            var isNew = address.Length == 0 || byAddress.TryAdd(address, resource);
            if (id.Length > 0 && !byAddress.TryAdd($"{resource.Type}/{id}", resource) && address.Length == 0)
                isNew = !byAddress[$"{resource.Type}/{id}"].Raw.SequenceEqual(resource.Raw);
            if (address.Length > 0) addresses[resource.Index] = address;
            if (isNew) resources.Add(resource);
            else LeaveOut(resource, "the Bundle has it already");
        }
        if (resources.Count == 0) throw new InputException(bundle.Path, "the Bundle holds no resource", "add entries");
    }

    /// <summary>The resources of a type that count (<see cref="Counts"/>).</summary>
    IEnumerable<FhirNode> Of(string type) => resources.Where(resource => resource.Type == type && Counts(resource));

    /// <summary>Whether a resource is of this patient and in force; one that is not is named and left out.</summary>
    bool Counts(FhirNode resource)
    {
        if (leftOut.Contains(resource.Index)) return false;
        var why = resource["status"u8].Is("entered-in-error") ? "it was entered in error"
            : resource["modifierExtension"u8].Items.Any() ? "an extension that is not known changes what it means"
            : IsOfOther(resource) ? "it is of another patient" : "";
        if (why.Length > 0) LeaveOut(resource, why);
        return why.Length == 0;
    }

    bool IsOfOther(FhirNode resource) => !patient.IsNone && new[] { resource["subject"u8], resource["patient"u8],
        resource["beneficiary"u8] }.Any(who => IsOther(who, resource, patient));

    /// <summary>Whether a reference surely points to another resource than the one that is meant.</summary>
    bool IsOther(FhirNode reference, FhirNode within, FhirNode meant)
    {
        var to = reference["reference"u8].Peek();
        if (to.Length == 0 || meant.IsNone) return false;
        var found = Resolve(reference, within);
        if (!found.IsNone) return found != meant && found.Type == meant.Type;
        // what is not here is another one, where the one that is meant has a number of a server
        return to.Contains(meant.Type + "/", StringComparison.Ordinal) && meant["id"u8].Peek().Length > 0
            && !addresses.GetValueOrDefault(meant.Index, "").StartsWith("urn:", StringComparison.Ordinal);
    }

    void LeaveOut(FhirNode resource, string why)
    {
        if (!leftOut.Add(resource.Index)) return;
        notes.Add(new(ReadingNote.LeftOut, resource.Path, $"the {Words(resource)} is left out: {why}",
            "look whether it belongs to this visit"));
        resource.Done();
    }

    static string Words(FhirNode node) => node.Type.Length > 0 ? node.Type : "element";

    void NotUnderstood(FhirNode at, string field, string tryThis)
    {
        at.Done();
        notes.Add(new(ReadingNote.NotUnderstood, at.Path, $"{field} is not understood", tryThis));
    }

    /// <summary>What a reference points to: in the resource itself, or in the Bundle.</summary>
    FhirNode Resolve(FhirNode reference, FhirNode within)
    {
        var to = reference["reference"u8].Text();
        if (to.Length > 1 && to[0] == '#') return Contained(within, to[1..]);
        if (byAddress.TryGetValue(to, out var found)) return found;
        return to.Split("/_history/")[0].Split('/') is [.., var type, var id]
            && byAddress.TryGetValue($"{type}/{id}", out found) && !IsElsewhere(to, found) ? found : new(tree, -1);
    }

    /// <summary>What a reference points to; one that points to nothing here is named.</summary>
    FhirNode Follow(FhirNode reference, FhirNode within, string what)
    {
        var found = Resolve(reference, within);
        if (found.IsNone && PointsOut(reference))
            NotUnderstood(reference, what + ", which is not in the Bundle,", "put it into the Bundle");
        return found;
    }

    static bool PointsOut(FhirNode reference) => reference["reference"u8].Peek().Length > 0;

    /// <summary>The same number on another server is another resource.</summary>
    bool IsElsewhere(string to, FhirNode found) => to.StartsWith("http", StringComparison.Ordinal)
        && addresses.TryGetValue(found.Index, out var address) && address.StartsWith("http", StringComparison.Ordinal)
        && !to.StartsWith(address, StringComparison.Ordinal);

    FhirNode Contained(FhirNode within, string id)
    {
        if (within.IsNone) return within;
        if (!contained.TryGetValue(within.Index, out var own))
        {
            contained[within.Index] = own = [];
            foreach (var resource in within["contained"u8].Items)
                own.TryAdd(resource["id"u8].Peek(), resource);
        }
        return own.TryGetValue(id, out var found) ? found : new(tree, -1);
    }

    void Fill()
    {
        FindVisit();
        FindPatient();
        chart.Text("serviceDate", day.Iso());
        Own(visit, chart, OfEncounter);
        ReadPlace();
        ReadCoverage();
        ReadPatient();
        ReadProvider();
        ReadClaims();
        var diagnoses = DiagnosesOfVisit();
        chart.Texts("diagnoses", diagnoses);
        var visits = ReadVisits();
        ReadAdministrations();
        ReadProcedures(visits);
        chart.Objects("visits", visits);
        ReadOrders();
    }

    /// <summary>
    /// The one Encounter: the only one, or the only one that administrations and procedures point to.
    /// </summary>
    void FindVisit()
    {
        var all = Of("Encounter").Where(static e => !e["status"u8].Is("cancelled")).ToList();
        var meant = all.Count <= 1 ? all
            : resources.Where(IsShot).SelectMany(static r => new[] { r["context"u8], r["encounter"u8] },
                (r, reference) => Resolve(reference, r)).Where(all.ToHashSet().Contains).Distinct().ToList();
        if (meant.Count > 1 || (meant.Count == 0 && all.Count > 1))
            throw new InputException(all[1].Path, "there are several Encounters in it", "send a Bundle for each visit");
        visit = meant.Count > 0 ? meant[0] : new(tree, -1);
        foreach (var other in all)
            if (other != visit) LeaveOut(other, "nothing that was given points to it");
        visit["status"u8].Text();
        var start = visit["period"u8]["start"u8];
        visit["period"u8].Done();
        if (FhirMoment.TryRead(start.Text(), out var begun))
        {
            if (!begun.IsDayKnown)
                throw new InputException(start.Path, "the day of the visit is not sure: the time is in UTC",
                    "write the local time with its offset, or the day alone");
            day = begun.Day;
            return;
        }
        var days = resources.Select(DayGiven).Where(static d => d is not null).Distinct().ToList();
        day = days.Count == 1 ? days[0]!.Value : throw new InputException(
            visit.IsNone ? "Bundle" : visit.Path + ".period.start", "the day of the visit is missing",
            "send an Encounter with period.start");
    }

    /// <summary>Something that was given or done, which says whose visit is meant.</summary>
    bool IsShot(FhirNode resource) => !leftOut.Contains(resource.Index)
        && resource.Type is "MedicationAdministration" or "Immunization" or "Procedure"
        && resource["status"u8].Peek() is "completed" or "in-progress" or "stopped" or "not-done"
        && resource["primarySource"u8].Peek() != "false";

    /// <summary>The one patient: whose visit it is.</summary>
    void FindPatient()
    {
        var all = Of("Patient").ToList();
        if (all.Count == 0) return;
        var subject = Resolve(visit["subject"u8], visit);
        if (all.Count == 1 && IsOther(visit["subject"u8], visit, all[0]))
            throw new InputException(visit.Path + ".subject", "the visit is of another patient than the one in the "
                + "Bundle", "send the Patient whose visit it is");
        patient = all.Count == 1 ? all[0] : all.Contains(subject) ? subject : throw new InputException(all[1].Path,
            "there are several patients in it", "send a Bundle about one patient");
        foreach (var other in all)
            if (other != patient) LeaveOut(other, "the visit is of another patient");
    }

    static DateOnly? DayGiven(FhirNode resource)
    {
        foreach (var text in new[] { resource["effectiveDateTime"u8], resource["effectivePeriod"u8]["start"u8],
            resource["occurrenceDateTime"u8] })
            if (FhirMoment.TryRead(text.Peek(), out var moment) && moment.IsDayKnown) return moment.Day;
        return null;
    }

    /// <summary>The fields of a part of the encounter.</summary>
    static FieldNames FieldsOf(string part, string inner = "")
    {
        var fields = EncounterJson.EncounterType.Fields!;
        foreach (var name in (string[])[part, inner])
            if (name.Length > 0) fields = ObjectOf(fields.Fields.First(f => f.Name == name).Type)!;
        return fields;
    }

    static FieldNames? ObjectOf(JsonType type) =>
        type.Fields ?? type.Of.Select(ObjectOf).FirstOrDefault(static f => f is not null);

    static readonly FieldNames OfEncounter = FieldsOf(""), OfPayer = FieldsOf("payer"),
        OfPatient = FieldsOf("patient"), OfProvider = FieldsOf("provider"),
        OfVisit = FieldsOf("visits"), OfProcedure = FieldsOf("procedures"),
        OfAdministration = FieldsOf("administrations"), OfOrder = FieldsOf("administrations", "order"),
        OfHistory = FieldsOf("history");

    /// <summary>Our own extensions of an element are fields by their names; a name that is none stays unread.</summary>
    static void Own(FhirNode node, JsonDraft target, FieldNames fields)
    {
        foreach (var extension in node["extension"u8].Items)
        {
            var url = extension["url"u8].Peek();
            if (!url.StartsWith(FhirSystems.Own, StringComparison.Ordinal)) continue;
            var isJson = url.StartsWith(FhirSystems.Own + FhirSystems.OwnJson, StringComparison.Ordinal);
            var name = url[(FhirSystems.Own.Length + (isJson ? FhirSystems.OwnJson.Length : 0))..];
            var value = extension.Children.FirstOrDefault(static c =>
                c.Name.StartsWith("value", StringComparison.Ordinal));
            if (value == default || value.IsNone || !fields.Has(name)) continue;
            if (!isJson) target.Raw(name, value.Raw);
            else if (value.Kind == JsonTokenType.String)
                target.Raw(name, FhirTree.Read(System.Text.Encoding.UTF8.GetBytes(value.Peek())).Root.Raw);
            extension.Done();
        }
    }

    /// <summary>Elements that say nothing of what was given: names of the format, and what a person reads.</summary>
    static readonly HashSet<string> OfFormat =
    [
        "resourceType", "id", "meta", "implicitRules", "language", "fullUrl", "type", "total", "link",
        "timestamp", "search", "request", "response", "identifier", "active", "status", "intent", "subject",
        "patient", "beneficiary", "encounter", "context", "url", "primarySource", "recorded", "created", "use",
    ];

    void NameUnread()
    {
        foreach (var node in tree.Unread())
        {
            var path = node.Path;
            if (OfFormat.Contains(node.Name) && !path.EndsWith(']')) continue;
            // a text of words may say something; the narrative is the same once more, for people
            if (node.Name == "text" && node.Kind != JsonTokenType.String) continue;
            if (node.Kind == JsonTokenType.Null) continue;
            var resource = node.Name == "resource" || node["resourceType"u8].Kind != default;
            notes.Add(new(ReadingNote.NoField, path, resource
                ? $"the resource {node.Type} has no field in an encounter" : "this has no field in an encounter",
                "nothing is needed, unless it says what was given"));
        }
    }
}
