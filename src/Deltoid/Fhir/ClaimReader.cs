using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>A claim read from FHIR, as claim JSON, and what of the resource is not in it.</summary>
internal sealed record ForeignClaim(byte[] Claim, List<ReadingNote> Notes);

/// <summary>Reads a Claim of FHIR R4, with what it contains or what its Bundle has, as claim JSON.</summary>
internal sealed partial class ClaimReader
{
    readonly FhirTree tree;
    readonly FhirNode claim;
    readonly Dictionary<string, FhirNode> byAddress = [];
    readonly List<ReadingNote> notes = [];
    readonly JsonDraft draft = new();

    ClaimReader(FhirTree tree, FhirNode claim) => (this.tree, this.claim) = (tree, claim);

    /// <exception cref="InputException">It is no Claim.</exception>
    public static ForeignClaim Read(ReadOnlyMemory<byte> utf8)
    {
        var tree = FhirTree.Read(utf8);
        var reader = new ClaimReader(tree, ClaimOf(tree.Root));
        reader.Collect();
        reader.Fill();
        var bytes = reader.draft.Bytes();
        ClaimJson.Read(bytes, new Claim());
        reader.NameUnread();
        return new(bytes, reader.notes);
    }

    /// <summary>The Claim itself, in the parameters of an operation, or in a Bundle.</summary>
    static FhirNode ClaimOf(FhirNode root)
    {
        if (root.Type == "Claim") return root;
        foreach (var part in root["parameter"u8].Items.Concat(root["entry"u8].Items))
            if (part["resource"u8].Type is "Claim" or "Bundle") return ClaimOf(part["resource"u8]);
        throw new InputException("", root.Type.Length > 0
            ? $"this is a resource {root.Type}, and there is no Claim in it"
            : "this is no resource of FHIR", "send a Claim, with its Patient and Coverage in it or beside it");
    }

    void Collect()
    {
        foreach (var entry in tree.Root["entry"u8].Items)
        {
            var resource = entry["resource"u8];
            if (entry["fullUrl"u8].Text() is { Length: > 0 } url) byAddress.TryAdd(url, resource);
            byAddress.TryAdd($"{resource.Type}/{resource["id"u8].Peek()}", resource);
        }
        foreach (var contained in claim["contained"u8].Items)
            byAddress.TryAdd("#" + contained["id"u8].Peek(), contained);
    }

    FhirNode Resolve(FhirNode reference)
    {
        var to = reference["reference"u8].Text();
        if (byAddress.TryGetValue(to, out var found)) return found;
        return to.Split('/') is [.., var type, var id] && byAddress.TryGetValue($"{type}/{id}", out found) ? found
            : new(tree, -1);
    }

    void Fill()
    {
        if (claim["status"u8].Text() is "cancelled" or "entered-in-error")
            throw new InputException("Claim.status", "this claim was taken back, so there is nothing to check",
                "send a Claim whose status is active or draft");
        if (claim["use"u8].Text() is { Length: > 0 } and not "claim")
            throw new InputException("Claim.use", "this is a question before the visit, and no claim",
                "send a Claim whose use is claim");
        foreach (var identifier in claim["identifier"u8].Items) draft.Text("id", identifier["value"u8].Text());
        draft.Text("setting", Code(claim["type"u8], static _ => true) == "institutional" ? "facility"
            : "professional");
        ReadParties();
        ReadInsurance();
        ReadDiagnoses();
        ReadLines();
        Money("charge", claim["total"u8], draft);
    }

    void ReadDiagnoses()
    {
        var codes = new List<string>();
        var taken = new HashSet<string>();
        foreach (var diagnosis in claim["diagnosis"u8].Items
            .OrderBy(static d => Number(d["sequence"u8])))
        {
            if (diagnosis["sequence"u8].Text() is { Length: > 0 } sequence && !taken.Add(sequence))
                Unknown(diagnosis["sequence"u8], "which diagnosis the lines point to", "give each its own sequence");
            var concept = diagnosis["diagnosisCodeableConcept"u8];
            if (concept.IsNone) concept = Resolve(diagnosis["diagnosisReference"u8])["code"u8];
            if (Code(concept, FhirSystems.IsDiagnosis) is { Length: > 0 } code) codes.Add(code);
            else Unknown(diagnosis, "the diagnosis", "add its ICD-10-CM code");
        }
        draft.Texts("diagnoses", codes);
    }

    static int Number(FhirNode node) => int.TryParse(node.Peek(), out var number) ? number : int.MaxValue;

    void Unknown(FhirNode at, string what, string tryThis) =>
        notes.Add(new(ReadingNote.NotUnderstood, at.Done().Path, what + " is not understood", tryThis));

    static string Code(FhirNode concept, Func<string, bool> isSystem)
    {
        foreach (var coding in concept["coding"u8].Items)
            if (isSystem(coding["system"u8].Peek()) && coding["code"u8].Peek() is { Length: > 0 } code)
            {
                concept.Done();
                return code;
            }
        return "";
    }

    void Money(string name, FhirNode amount, JsonDraft target)
    {
        if (amount.IsNone) return;
        if (amount["currency"u8].Text() is "" or "USD" && Values.Money.TryParse(amount["value"u8].Peek(), out _))
            target.Raw(name, amount.Done()["value"u8].Raw);
        else Unknown(amount, "the amount", "write dollars with two decimals");
    }

    void ReadParties()
    {
        var patient = Resolve(claim["patient"u8]);
        var insured = new JsonDraft();
        foreach (var name in patient["name"u8].Items.Take(1))
        {
            insured.Text("name", name["family"u8].Text());
            var given = name["given"u8].Items.Select(static g => g.Text()).ToList();
            if (given.Count > 0) insured.Text("first", given[0]);
            if (given.Count > 1) insured.Text("middle", given[1]);
            insured.Text("suffix", string.Join(' ', name["suffix"u8].Items.Select(static s => s.Text())));
        }
        if (Days.TryRead(patient["birthDate"u8].Text(), out var born)) insured.Text("birthDate", born.Iso());
        if (Words.Sexes.TryRead(patient["gender"u8].Text(), out var sex)) insured.Text("sex", Words.Sexes[sex]);
        foreach (var address in patient["address"u8].Items.Take(1)) insured.Object("address", AddressOf(address));
        var coverage = CoverageOf();
        insured.Text("memberId", coverage["subscriberId"u8].Text());
        draft.Object("subscriber", insured);
        Person("billingProvider", claim["provider"u8]);
        foreach (var member in claim["careTeam"u8].Items)
        {
            member["sequence"u8].Text();
            var role = Code(member["role"u8], static _ => true);
            Person(role switch { "supervisor" => "supervisingProvider", "other" => "orderingProvider",
                _ => "renderingProvider" }, member["provider"u8]);
        }
    }

    static JsonDraft AddressOf(FhirNode address)
    {
        var draft = new JsonDraft();
        draft.Text("line", string.Join(' ', address["line"u8].Items.Select(static l => l.Text())));
        draft.Text("city", address["city"u8].Text());
        draft.Text("state", address["state"u8].Text());
        draft.Text("zip", address["postalCode"u8].Text());
        return draft;
    }

    FhirNode CoverageOf()
    {
        foreach (var insurance in claim["insurance"u8].Items)
            if (!insurance["focal"u8].Is("false")) return Resolve(insurance["coverage"u8]);
        return new(tree, -1);
    }

    void Person(string name, FhirNode reference)
    {
        var draftOf = new JsonDraft();
        var resource = Resolve(reference);
        foreach (var identifier in new[] { reference["identifier"u8] }.Concat(resource["identifier"u8].Items))
            if (identifier["system"u8].Is(FhirSystems.Npi)) draftOf.Text("npi", identifier.Done()["value"u8].Text());
        if (resource["name"u8].Kind == System.Text.Json.JsonTokenType.String)
            draftOf.Text("name", resource["name"u8].Text());
        foreach (var named in resource["name"u8].Items.Take(1))
        {
            draftOf.Text("name", named["family"u8].Text());
            draftOf.Text("first", named["given"u8].Items.Select(static g => g.Text()).FirstOrDefault());
        }
        draftOf.Text("name", reference["display"u8].Text());
        draft.Object(name, draftOf);
    }

    void ReadInsurance()
    {
        var payer = new JsonDraft();
        var coverage = CoverageOf();
        var type = coverage["type"u8];
        if (Words.PayerKinds.TryRead(type["text"u8].Text(), out var kind)) payer.Text("kind", Words.PayerKinds[kind]);
        foreach (var coding in type["coding"u8].Items)
            if (FhirConcepts.WordOf(coding["system"u8].Peek(), coding["code"u8].Peek(), "payer") is { } word)
            {
                payer.Text("kind", word);
                coding.Done();
            }
        foreach (var payor in coverage["payor"u8].Items.Take(1))
        {
            payer.Text("id", payor["identifier"u8]["value"u8].Text());
            foreach (var identifier in Resolve(payor)["identifier"u8].Items)
                payer.Text("id", identifier["value"u8].Text());
            payer.Text("name", payor["display"u8].Text());
            payer.Text("name", Resolve(payor)["name"u8].Text());
        }
        draft.Object("payer", payer);
        foreach (var insurance in claim["insurance"u8].Items)
        {
            insurance["sequence"u8].Text();
            insurance["focal"u8].Text();
            foreach (var number in insurance["preAuthRef"u8].Items) draft.Text("priorAuthorization", number.Text());
        }
        foreach (var related in claim["related"u8].Items)
            draft.Text("originalReference", related["claim"u8]["identifier"u8]["value"u8].Text());
    }

    static readonly HashSet<string> OfFormat = ["resourceType", "id", "meta", "text", "status", "created", "priority",
        "use", "type", "fullUrl", "beneficiary", "language", "implicitRules", "billablePeriod", "outcome",
        "relationship", "search"];

    void NameUnread()
    {
        foreach (var node in tree.Unread())
            if (!OfFormat.Contains(node.Name))
                notes.Add(new(ReadingNote.NoField, node.Path, "this has no field in a claim",
                    "nothing is needed, unless it decides the claim"));
    }
}
