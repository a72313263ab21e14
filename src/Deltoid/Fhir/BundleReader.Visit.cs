using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Where, who and why: Encounter, Location, Patient, Coverage, Practitioner, Condition, Claim.</summary>
internal sealed partial class BundleReader
{
    void ReadPlace()
    {
        JsonDraft payer = new();
        foreach (var place in visit["location"u8].Items)
        {
            place["status"u8].Done();
            var location = Resolve(place["location"u8], visit);
            if (location.IsNone) continue;
            foreach (var type in location["type"u8].Items)
                if (CodeOf(type, static s => s == FhirSystems.Place) is { Length: > 0 } code)
                    chart.Text("placeOfService", code);
            payer.Text("state", location["address"u8]["state"u8].Text());
            Own(location, payer, OfPayer);
        }
        foreach (var location in Of("Location"))
            payer.Text("state", location["address"u8]["state"u8].Text());
        ReadPayer(payer);
    }

    /// <summary>The coverage that pays first; others are named.</summary>
    void ReadPayer(JsonDraft payer)
    {
        var coverages = Of("Coverage").Where(static c => !c["status"u8].Is("cancelled"))
            .OrderBy(static c => int.TryParse(c["order"u8].Peek(), out var order) ? order : 1).ToList();
        foreach (var other in coverages.Skip(1)) LeaveOut(other, "one coverage is read: the first by its order");
        if (coverages.Count > 0)
        {
            var coverage = coverages[0];
            coverage["order"u8].Text();
            var kind = WordOf(coverage["type"u8], Values.Words.PayerKinds, "payer");
            payer.Text("kind", kind);
            foreach (var payor in coverage["payor"u8].Items)
            {
                if (IsAbsent(payor)) continue;
                payor["type"u8].Done();
                if (payor["identifier"u8]["value"u8].Text() is { Length: > 0 } id) payer.Text("id", id);
                foreach (var identifier in Resolve(payor, coverage)["identifier"u8].Items)
                    payer.Text("id", identifier.Done()["value"u8].Text());
            }
            Own(coverage, payer, OfPayer);
        }
        chart.Object("payer", payer);
    }

    void ReadCoverage()
    {
        // the payer is read with the place, since both make one object of the encounter
        foreach (var location in Of("Location")) location["status"u8].Done();
    }

    void ReadPatient()
    {
        var patients = Of("Patient").ToList();
        if (patients.Count > 1)
        {
            var subject = Resolve(visit["subject"u8], visit);
            var own = patients.Contains(subject) ? subject : throw new InputException(patients[1].Path,
                "there are several patients in it", "send a Bundle about one patient");
            foreach (var other in patients)
                if (other != own) LeaveOut(other, "the visit is of another patient");
            patients = [own];
        }
        JsonDraft patient = new();
        if (patients.Count == 1)
        {
            patients[0]["resourceType"u8].Text();
            var born = patients[0]["birthDate"u8];
            if (FhirMoment.TryRead(born.Text(), out var moment)) patient.Text("birthDate", moment.Day.Iso());
            else if (!born.IsNone && !IsAbsent(born)) NotUnderstood(born, "the day of birth", "write it as 1958-04-09");
            var gender = patients[0]["gender"u8];
            if (gender.Text() is { Length: > 0 } sex && Values.Words.Sexes.TryRead(sex, out var read))
                patient.Text("sex", Values.Words.Sexes[read]);
            Own(patients[0], patient, OfPatient);
        }
        if (!visit["type"u8].IsNone) ReadWhetherSeen(patient);
        chart.Object("patient", patient);
    }

    void ReadWhetherSeen(JsonDraft patient)
    {
        foreach (var type in visit["type"u8].Items)
        {
            var text = type["text"u8].Peek();
            var isNew = text.Equals("new patient", StringComparison.OrdinalIgnoreCase);
            if (!isNew && !text.Equals("established patient", StringComparison.OrdinalIgnoreCase)) continue;
            patient.Flag("established", !isNew);
            type["text"u8].Text();
        }
    }

    void ReadProvider()
    {
        JsonDraft provider = new();
        foreach (var participant in visit["participant"u8].Items)
        {
            var role = "rendering";
            foreach (var (system, code, _) in participant["type"u8].Items.SelectMany(Codings))
                if (code == "supervisor" || (system == FhirSystems.ParticipationType && code == "SPRF"))
                    role = "supervising";
            if (NpiOf(participant["individual"u8], visit) is not { Length: > 0 } npi) continue;
            participant["type"u8].Done();
            provider.Text(role, npi);
        }
        provider.Text("billing", NpiOf(visit["serviceProvider"u8], visit));
        foreach (var field in OfProvider.Fields)
            provider.Text(field.Name, visit.Extension("provider." + field.Name).Done()["valueString"u8].Text());
        foreach (var claim in Of("Claim")) ReadCareTeam(claim, provider);
        chart.Object("provider", provider);
    }

    void ReadCareTeam(FhirNode claim, JsonDraft provider)
    {
        provider.Text("billing", NpiOf(claim["provider"u8], claim));
        foreach (var member in claim["careTeam"u8].Items)
        {
            var isSupervisor = Codings(member["role"u8]).Any(static c => c.Code == "supervisor");
            provider.Text(isSupervisor ? "supervising" : "rendering", NpiOf(member["provider"u8], claim));
            member["role"u8].Done();
            member["sequence"u8].Done();
        }
    }

    /// <summary>A claim beside the chart says whose claim it is, and what was authorized.</summary>
    void ReadClaims()
    {
        foreach (var claim in Of("Claim"))
        {
            foreach (var (_, code, _) in Codings(claim["type"u8]))
                if (code is "professional" or "institutional")
                {
                    chart.Text("setting", code == "institutional" ? "facility" : code);
                    claim["type"u8].Done();
                }
            foreach (var insurance in claim["insurance"u8].Items)
                foreach (var number in insurance["preAuthRef"u8].Items)
                    chart.Text("priorAuthorization", number.Text());
        }
    }

    /// <summary>
    /// The diagnoses of the visit by their rank. Without them: conditions that point to the visit. A problem list is
    /// no reason for a visit.
    /// </summary>
    List<string> DiagnosesOfVisit()
    {
        var listed = visit["diagnosis"u8].Items
            .OrderBy(static d => int.TryParse(d["rank"u8].Peek(), out var rank) ? rank : int.MaxValue).ToList();
        foreach (var diagnosis in listed)
        {
            diagnosis["rank"u8].Text();
            diagnosis["use"u8].Done();
        }
        if (listed.Count > 0) return DiagnosesOf(listed.Select(static d => d["condition"u8]), visit);
        var codes = new List<string>();
        foreach (var condition in Of("Condition"))
        {
            if (Resolve(condition["encounter"u8], condition) != visit || visit.IsNone) continue;
            if (CodeOf(condition["code"u8], FhirSystems.IsDiagnosis) is not { Length: > 0 } code) continue;
            foreach (var part in (FhirNode[])[condition["category"u8], condition["clinicalStatus"u8],
                condition["verificationStatus"u8]])
                part.Done();
            codes.Add(code);
        }
        return codes;
    }

    /// <summary>Codes of visits that the Encounter's type has.</summary>
    void ReadVisits()
    {
        var visits = new List<JsonDraft>();
        foreach (var type in visit["type"u8].Items)
        {
            var one = new JsonDraft();
            Own(type, one, OfVisit);
            one.Text("code", CodeOf(type, FhirSystems.IsProcedure));
            // our own word for a visit without a code
            var isOwn = type["text"u8].Is("visit");
            if (isOwn) type["text"u8].Text();
            if (isOwn || !one.IsEmpty) visits.Add(one);
        }
        chart.Objects("visits", visits);
    }

    /// <summary>Procedures of the day; earlier ones are history.</summary>
    void ReadProcedures()
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
            if (code.Length == 0 && procedure["code"u8].Kind != default)
            {
                NotUnderstood(procedure["code"u8], "the procedure", "add its CPT or HCPCS code");
                continue;
            }
            var one = new JsonDraft();
            if (isHistory && at is { } when) one.Text("date", when.Day.Iso());
            one.Text("code", code);
            Own(procedure, one, isHistory ? OfHistory : OfProcedure);
            if (isHistory) ReadHistory(procedure, one);
            else ReadProcedure(procedure, one);
            (isHistory ? earlier : done).Add(one);
        }
        chart.Objects("procedures", done);
        chart.Objects("history", earlier);
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

    /// <summary>When something was done: a moment, or the start of a period.</summary>
    static FhirMoment? MomentOf(FhirNode node, string element)
    {
        var name = System.Text.Encoding.ASCII.GetBytes(element + "DateTime");
        var period = System.Text.Encoding.ASCII.GetBytes(element + "Period");
        var at = node[name].IsNone ? node[period]["start"u8] : node[name];
        return FhirMoment.TryRead(at.Text(), out var moment) ? moment : null;
    }

    /// <summary>An order alone is no proof that anything was done.</summary>
    void ReadOrders()
    {
        foreach (var order in Of("ServiceRequest"))
            LeaveOut(order, "an order alone does not say that it was done");
    }
}
