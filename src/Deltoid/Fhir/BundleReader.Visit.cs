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
            var location = Follow(place["location"u8], visit, "the place");
            if (location.IsNone) continue;
            foreach (var type in location["type"u8].Items)
                if (CodeOf(type, static s => s == FhirSystems.Place) is { Length: > 0 } code)
                    chart.Text("placeOfService", code);
            payer.Text("state", location["address"u8]["state"u8].Text());
            Own(location, payer, OfPayer);
        }
        foreach (var location in Of("Location"))
            payer.Text("state", location["address"u8]["state"u8].Text());
        var kind = visit["class"u8];
        if (kind["code"u8].Peek() is "" or "AMB" || chart.Has("placeOfService")) kind.Done();
        else NotUnderstood(kind, "where the visit was", "add a Location whose type is a place of service, such as 23");
        ReadPayer(payer);
    }

    /// <summary>The coverage that pays first; others are named.</summary>
    void ReadPayer(JsonDraft payer)
    {
        if (FirstCoverage() is { IsNone: false } coverage)
        {
            coverage["order"u8].Text();
            coverage["period"u8].Done();
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

    /// <summary>The coverage that pays first on the day; none where nothing says which of several does.</summary>
    FhirNode FirstCoverage()
    {
        var all = new List<(FhirNode Node, int Order)>();
        foreach (var coverage in Of("Coverage").ToList())
        {
            var period = coverage["period"u8];
            if (coverage["status"u8].Is("cancelled")) LeaveOut(coverage, "it was cancelled");
            else if ((FhirMoment.TryRead(period["start"u8].Peek(), out var start) && start.Day > day)
                || (FhirMoment.TryRead(period["end"u8].Peek(), out var end) && end.Day < day))
                LeaveOut(coverage, "it was not in force on the day of the visit");
            else all.Add((coverage, int.TryParse(coverage["order"u8].Peek(), out var order) ? order : 0));
        }
        all.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        if (all.Count == 0) return new(tree, -1);
        if (all.Count > 1 && (all[0].Order == 0 || all[0].Order == all[1].Order))
        {
            foreach (var (node, _) in all) NotUnderstood(node, "which coverage pays first", "add Coverage.order");
            return new(tree, -1);
        }
        foreach (var (other, _) in all.Skip(1)) LeaveOut(other, "one coverage is read: the first by its order");
        return all[0].Node;
    }

    void ReadCoverage()
    {
        // the payer is read with the place, since both make one object of the encounter
        foreach (var location in Of("Location")) location["status"u8].Done();
    }

    void ReadPatient()
    {
        JsonDraft who = new();
        if (!patient.IsNone)
        {
            patient["resourceType"u8].Text();
            var born = patient["birthDate"u8];
            if (FhirMoment.TryRead(born.Text(), out var moment)) who.Text("birthDate", moment.Day.Iso());
            else if (!born.IsNone && !IsAbsent(born)) NotUnderstood(born, "the day of birth", "write it as 1958-04-09");
            var gender = patient["gender"u8];
            if (gender.Text() is { Length: > 0 } sex && Values.Words.Sexes.TryRead(sex, out var read))
                who.Text("sex", Values.Words.Sexes[read]);
            Own(patient, who, OfPatient);
        }
        if (!visit["type"u8].IsNone) ReadWhetherSeen(who);
        chart.Object("patient", who);
    }

    void ReadWhetherSeen(JsonDraft who)
    {
        foreach (var type in visit["type"u8].Items)
        {
            var text = type["text"u8].Peek();
            var isNew = text.Equals("new patient", StringComparison.OrdinalIgnoreCase);
            if (!isNew && !text.Equals("established patient", StringComparison.OrdinalIgnoreCase)) continue;
            who.Flag("established", !isNew);
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
        foreach (var claim in Of("Claim").Where(IsOfVisit)) ReadCareTeam(claim, provider);
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

    /// <summary>A claim of other days, or one that is not in force, says nothing of this visit.</summary>
    bool IsOfVisit(FhirNode claim)
    {
        if (leftOut.Contains(claim.Index)) return false;
        var days = claim["item"u8].Items.SelectMany(static i => new[] { i["servicedDate"u8],
            i["servicedPeriod"u8]["start"u8] }).Append(claim["billablePeriod"u8]["start"u8])
            .Where(static d => !d.IsNone).ToList();
        var why = claim["status"u8].Peek() is not ("active" or "") ? "it is not in force"
            : days.Count > 0 && !days.Exists(d => FhirMoment.TryRead(d.Peek(), out var at) && IsOfDay(at))
                ? "it is of another day" : "";
        if (why.Length > 0) LeaveOut(claim, why);
        return why.Length == 0;
    }

    /// <summary>A claim beside the chart says whose claim it is, and what was authorized.</summary>
    void ReadClaims()
    {
        foreach (var claim in Of("Claim").Where(IsOfVisit))
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
        foreach (var condition in Of("Condition").ToList())
        {
            if (Resolve(condition["encounter"u8], condition) != visit || visit.IsNone || !IsSure(condition)) continue;
            if (CodeOf(condition["code"u8], FhirSystems.IsDiagnosis) is not { Length: > 0 } code) continue;
            condition["category"u8].Done();
            condition["clinicalStatus"u8].Done();
            codes.Add(code);
        }
        if (codes.Count > 0) return codes;
        foreach (var reason in visit["reasonCode"u8].Items)
            if (CodeOf(reason, FhirSystems.IsDiagnosis) is { Length: > 0 } code) codes.Add(code);
        return codes;
    }

    /// <summary>
    /// A diagnosis that is confirmed, or of which nobody says anything else: what is only suspected is none on a claim
    /// of an outpatient (ICD-10-CM guidelines, IV.H).
    /// </summary>
    bool IsSure(FhirNode condition)
    {
        var status = condition["verificationStatus"u8];
        foreach (var (_, code, _) in Codings(status))
            if (code is "refuted" or "entered-in-error" or "differential" or "provisional" or "unconfirmed")
            {
                LeaveOut(condition, $"its diagnosis is {code}");
                return false;
            }
        status.Done();
        return true;
    }

    /// <summary>Why something is not of this visit: it points to another one, or is of another day. Empty where it is.
    /// </summary>
    string WhyNotHere(FhirNode done, FhirNode reference, FhirMoment? at) =>
        IsOther(reference, done, visit) ? "it belongs to another visit"
        : at is { } when && !IsOfDay(when) ? "it is of another day" : "";

    /// <summary>A night in UTC may be of the day before.</summary>
    bool IsOfDay(FhirMoment at) =>
        at.IsDayKnown ? at.Day == day : Math.Abs(at.Day.DayNumber - day.DayNumber) <= 1;

    /// <summary>Codes of visits that the Encounter's type has.</summary>
    List<JsonDraft> ReadVisits()
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
        return visits;
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
