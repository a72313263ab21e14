using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>What was given: MedicationAdministration with its Medication and order, and Immunization.</summary>
internal sealed partial class BundleReader
{
    void ReadAdministrations()
    {
        var all = new List<(JsonDraft Draft, FhirNode Node, FhirNode Part)>();
        var earlier = new List<(string Drug, DateOnly Day, FhirNode Node)>();
        foreach (var given in Of("MedicationAdministration"))
        {
            var at = MomentOf(given, "effective");
            if (at is { IsUtc: false } before && before.Day < day)
                earlier.Add((DrugOf(given), before.Day, given));
            else if (WhyNotHere(given, given["context"u8], at) is { Length: > 0 } why) LeaveOut(given, why);
            else
                foreach (var part in MixedIn(given) is { Count: > 0 } parts ? parts : [new(tree, -1)])
                    if (ReadAdministration(given, at, part) is { } draft) all.Add((draft, given, part));
        }
        foreach (var vaccine in Of("Immunization"))
            if (ReadImmunization(vaccine) is { } draft) all.Add((draft, vaccine, new(tree, -1)));
        var last = earlier.Where(static e => e.Drug.Length > 0)
            .GroupBy(static e => e.Drug, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static g => g.Key, static g => g.Max(static e => e.Day), StringComparer.OrdinalIgnoreCase);
        foreach (var (draft, node, part) in all)
            if (last.TryGetValue(part.IsNone ? DrugOf(node) : NameIn(part, node), out var before))
                draft.Text("lastGiven", before.Iso());
        foreach (var (_, _, node) in earlier) LeaveOut(node, "it was given on an earlier day");
        chart.Objects("administrations", all.ConvertAll(static a => a.Draft));
        hasGiven = all.Count > 0;
    }

    /// <summary>The drug's name without a mark that it was read.</summary>
    string DrugOf(FhirNode given)
    {
        var concept = given["medicationCodeableConcept"u8];
        return WordsOf(concept.IsNone ? Resolve(given["medicationReference"u8], given)["code"u8] : concept);
    }

    static string WordsOf(FhirNode concept) => concept["text"u8].Peek() is { Length: > 0 } text ? text
        : concept["coding"u8].Items.Select(static c => c["display"u8].Peek()).FirstOrDefault() ?? "";

    /// <param name="part">The one of several drugs of a mixture; none where one drug was given.</param>
    JsonDraft? ReadAdministration(FhirNode given, FhirMoment? at, FhirNode part)
    {
        var status = given["status"u8].Text();
        if (status is not ("completed" or "stopped" or "not-done") || IsRefused(given))
        {
            LeaveOut(given, status == "completed" ? GivenAndNot : "its status does not say that it was given");
            return null;
        }
        var one = new JsonDraft();
        Own(given, one, OfAdministration);
        Own(given["dosage"u8], one, OfAdministration);
        foreach (var identifier in given["identifier"u8].Items)
            if (identifier["value"u8].Text() is { Length: > 0 } id) one.Text("id", id);
        if (status == "not-done") one.Flag("given", false);
        given["statusReason"u8].Done();
        if (part.IsNone) ReadMedication(given, one);
        else ReadPart(part, given, one);
        ReadTimes(given, at, one);
        ReadDosage(given["dosage"u8], one, isPart: status == "stopped");
        ReadReasons(given, one);
        ReadPeople(given, one);
        ReadOrder(given, one);
        foreach (var device in given["device"u8].Items) one.Text("needle", device["display"u8].Text());
        return one;
    }

    const string GivenAndNot = "its status says that it was given, and its reason why it was not";

    /// <summary>In R4 statusReason says why something was not given (of a stopped one, why it was stopped).</summary>
    static bool IsRefused(FhirNode given) =>
        given["status"u8].Is("completed") && given["statusReason"u8] is { IsNone: false } reason && !IsAbsent(reason)
            && (reason.Kind != System.Text.Json.JsonTokenType.StartArray || reason.Items.Any());

    void ReadMedication(FhirNode given, JsonDraft one)
    {
        var reference = given["medicationReference"u8];
        var medication = Resolve(reference, given);
        var concept = given["medicationCodeableConcept"u8];
        if (!concept.IsNone && !reference.IsNone)
        {
            NotUnderstood(reference, "the drug, which is said twice,", "keep the code or the reference");
            concept.Done();
            return;
        }
        if (concept.IsNone && medication.IsNone && !reference.IsNone)
        {
            if (reference["display"u8].Text() is { Length: > 0 } name) one.Text("drug", name);
            else NotUnderstood(reference, "the drug", "put the Medication into the Bundle");
            return;
        }
        ReadDrug(concept.IsNone ? medication["code"u8] : concept, one);
        if (medication.IsNone) return;
        Own(medication, one, OfAdministration);
        one.Text("lot", medication["batch"u8]["lotNumber"u8].Text());
        ReadExpiry(medication["batch"u8]["expirationDate"u8], one);
        one.Text("container", WordOf(medication["form"u8], Values.Words.Containers, "container",
            mustBe: false));
        var amount = medication["amount"u8];
        one.Text("containerAmount", AmountOf(amount["numerator"u8], "the amount of the container"));
        amount["denominator"u8].Done();
        var active = ActiveIn(medication);
        if (active.Count == 1) one.Text("concentration", StrengthOf(active[0]));
        else if (ProductOf(active, given, medication) is { Length: > 0 } product) one.Text("drug", product);
        else if (!IsProduct(medication["code"u8]))
            foreach (var ingredient in active)
                NotUnderstood(ingredient, "how much of this drug is in the mixture", "write each strength as the "
                    + "amount in the volume that was given, or send an administration for each drug");
    }

    /// <summary>The drug by its words, its HCPCS code, its NDC.</summary>
    void ReadDrug(FhirNode concept, JsonDraft one)
    {
        if (concept.IsNone || IsAbsent(concept)) return;
        var packages = CodesOf(concept, static system => system == FhirSystems.Ndc);
        if (packages.Count > 1 && packages.Select(PackageOf).Distinct().Count() > 1)
            NotUnderstood(concept["coding"u8], "which NDC was given", "keep the one that is on the vial");
        else if (packages.Count > 1) one.Text("ndc", packages.First());
        else one.Text("ndc", CodeOf(concept, static system => system == FhirSystems.Ndc, isWhole: false));
        foreach (var (system, code, coding) in Codings(concept))
            if (FhirSystems.IsHcpcs(system) || system == FhirSystems.Cpt) one.Text("hcpcs", Done(coding, code));
        var text = concept["text"u8].Text();
        foreach (var (system, _, coding) in Codings(concept))
        {
            if (text.Length == 0) text = coding["display"u8].Text();
            if (system is FhirSystems.RxNorm or FhirSystems.Cvx && text.Length > 0) coding.Done();
        }
        one.Text("drug", text);
    }

    /// <summary>The package of an NDC, which may be written with 10 digits and with 11.</summary>
    static string PackageOf(string ndc) => Ndc.TryParse(ndc, out var read, out _) ? read.ToString() : ndc;

    void ReadExpiry(FhirNode expires, JsonDraft one)
    {
        var text = expires.Text();
        if (text.Length > 10) text = text[..10];
        if (text.Length == 0) return;
        if (text.Length is 7 or 10) one.Text("expires", text);
        else NotUnderstood(expires, "the expiry", "write a month or a day");
    }

    void ReadTimes(FhirNode given, FhirMoment? at, JsonDraft one)
    {
        if (at is not { Time: not null } start) return;
        var end = given["effectivePeriod"u8]["end"u8];
        var hasEnd = FhirMoment.TryRead(end.Text(), out var stop) && stop.Time is not null;
        if (hasEnd && (stop.Minutes < start.Minutes || stop.Minutes - start.Minutes >= 24 * 60))
        {
            NotUnderstood(end, "when it ended", stop.Minutes < start.Minutes ? "it is before the beginning: write both "
                + "as they are charted" : "send each day by itself");
            return;
        }
        if (start.IsUtc)
        {
            // minutes between two moments hold in every zone; the clock on the wall does not
            if (hasEnd && stop.Minutes > start.Minutes) one.Count("minutes", (int)(stop.Minutes - start.Minutes));
            notes.Add(new(ReadingNote.NotUnderstood, given.Path + ".effective", "the local time is not known: it is in "
                + "UTC", "write times with the offset of the place"));
            return;
        }
        one.Text("start", start.Clock);
        // senders repeat the start as the end where they know none
        if (!hasEnd || stop.Minutes == start.Minutes) return;
        // two clocks that differ by their zones are not compared
        if (start.Offset == stop.Offset) one.Text("stop", stop.Clock);
        else one.Count("minutes", (int)(stop.Minutes - start.Minutes));
    }

    /// <param name="isPart">It was stopped: a part went in, and the dose may be that of the order.</param>
    void ReadDosage(FhirNode dosage, JsonDraft one, bool isPart)
    {
        var text = dosage["text"u8];
        if (!isPart && Charting.CombinedAmount.TryParse(text.Peek(), out _)) one.Text("dose", text.Text());
        if (one.Has("dose")) dosage["dose"u8].Done();
        else if (isPart)
            NotUnderstood(dosage["dose"u8], "how much went in before it was stopped",
                "write what went in as the dose, and completed as the status");
        else ReadDose(dosage, one);
        one.Text("route", WordOf(dosage["route"u8], Values.Words.Routes, "route"));
        if (!one.Has("route") && dosage["route"u8].IsNone) ReadRouteWords(text, one);
        one.Text("site", SiteOf(dosage["site"u8]));
    }

    static string SiteOf(FhirNode site)
    {
        foreach (var (system, code, _) in Codings(site))
            if (site["text"u8].IsNone && FhirConcepts.WordOf(system, code, "site") is { } word)
                return Done(site, word);
        return NameOf(site);
    }

    void ReadReasons(FhirNode given, JsonDraft one)
    {
        one.Text("purpose", WordOf(given["category"u8], Values.Words.Purposes, "purpose", mustBe: false));
        var codes = DiagnosesOf(given["reasonReference"u8].Items, given);
        foreach (var reason in given["reasonCode"u8].Items)
        {
            if (CodeOf(reason, FhirSystems.IsDiagnosis) is { Length: > 0 } code) codes.Add(code);
            one.Text("indication", NameOf(reason));
        }
        one.Texts("diagnoses", codes);
    }

    /// <summary>Who gave it. A name alone shows that somebody is charted.</summary>
    void ReadPeople(FhirNode given, JsonDraft one)
    {
        foreach (var performer in given["performer"u8].Items)
        {
            var actor = performer["actor"u8];
            var function = performer["function"u8];
            var role = WordOf(function, Values.Words.Roles, "role", mustBe: false);
            if (role.Length == 0) role = RoleOf(actor, given);
            if (role.Length == 0) role = actor["display"u8].Text();
            if (role.Length > 0) one.Text("performer", role);
            else if (isPartial ? PointsOut(actor) : !Follow(actor, given, "who gave it").IsNone)
                one.Flag("performer", true);
            function.Done();
            actor["display"u8].Done();
        }
    }

    /// <summary>The order: who and when; its words do not repeat what was given.</summary>
    void ReadOrder(FhirNode given, JsonDraft one)
    {
        if (one.Has("order")) return;
        var request = isPartial ? Resolve(given["request"u8], given) : Follow(given["request"u8], given, "the order");
        if (request.IsNone && isPartial && PointsOut(given["request"u8])) one.Flag("order", true);
        if (request.IsNone) return;
        if (request["status"u8].Text() is "cancelled" or "entered-in-error" or "draft" or "stopped")
        {
            LeaveOut(request, "the order is not in force");
            return;
        }
        var order = new JsonDraft();
        Own(request, order, OfOrder);
        var requester = request["requester"u8];
        if (requester["display"u8].Text() is { Length: > 0 } name) order.Text("by", name);
        else if (!requester.IsNone)
        {
            Resolve(requester, request);
            requester.Done();
            order.Flag("by", true);
        }
        if (FhirMoment.TryRead(request["authoredOn"u8].Text(), out var on)) order.Text("on", on.Day.Iso());
        request["medicationReference"u8].Done();
        request["medicationCodeableConcept"u8].Done();
        request["intent"u8].Done();
        if (order.IsEmpty) one.Flag("order", true);
        else one.Object("order", order);
    }

    JsonDraft? ReadImmunization(FhirNode vaccine)
    {
        if (WhyNoShot(vaccine) is { Length: > 0 } why)
        {
            LeaveOut(vaccine, why);
            return null;
        }
        var one = new JsonDraft();
        Own(vaccine, one, OfAdministration);
        if (vaccine["status"u8].Text() == "not-done") one.Flag("given", false);
        vaccine["statusReason"u8].Done();
        ReadDrug(vaccine["vaccineCode"u8], one);
        if (!one.Has("drug")) one.Text("drug", FhirSystems.NameOfCvx(
            CodeOf(vaccine["vaccineCode"u8], static s => s == FhirSystems.Cvx)));
        one.Text("purpose", "vaccine");
        one.Text("dose", AmountOf(vaccine["doseQuantity"u8], "the dose"));
        one.Text("route", WordOf(vaccine["route"u8], Values.Words.Routes, "route"));
        one.Text("site", SiteOf(vaccine["site"u8]));
        one.Text("lot", vaccine["lotNumber"u8].Text());
        ReadExpiry(vaccine["expirationDate"u8], one);
        if (!one.Has("source") && !ReadFunding(vaccine, one))
        {
            LeaveOut(vaccine, "what it says of who paid for it excludes itself or does not fit the age");
            return null;
        }
        ReadPeople(vaccine, one);
        ReadReasons(vaccine, one);
        return one;
    }

    /// <summary>CVX 998: the record of a visit at which no vaccine was given.</summary>
    const string NoVaccine = "998";

    string WhyNoShot(FhirNode vaccine)
    {
        if (vaccine["status"u8].Peek() is not ("completed" or "not-done"))
            return "its status does not say that it was given";
        if (IsRefused(vaccine)) return GivenAndNot;
        if (vaccine["primarySource"u8].Peek() == "false") return "it was reported, and not given here";
        if (Codings(vaccine["vaccineCode"u8]).Any(static c => c is { System: FhirSystems.Cvx, Code: NoVaccine }))
            return "its code says that no vaccine was given";
        return WhyNotHere(vaccine, vaccine["encounter"u8], MomentOf(vaccine, "occurrence"));
    }

    /// <summary>
    /// Who paid for the dose, else whether the program for children pays for the patient. False where it is not clear,
    /// so that nobody is billed for the dose. Public money for an adult is of a program that is not known.
    /// </summary>
    bool ReadFunding(FhirNode vaccine, JsonDraft one)
    {
        var (source, eligibility) = (vaccine["fundingSource"u8], vaccine["programEligibility"u8]);
        var paid = Codings(source).Aggregate(Funds.NotSaid, static (all, c) =>
            VaccineFunds.Both(all, VaccineFunds.PaidBy(c.Code)));
        var eligible = eligibility.Items.SelectMany(Codings).Aggregate(Funds.NotSaid, static (all, c) =>
            VaccineFunds.Both(all, VaccineFunds.EligibleBy(c.Code)));
        var isBorn = FhirMoment.TryRead(patient["birthDate"u8].Peek(), out var born);
        var isChild = isBorn && ChildrensVaccines.Cover(born.Day, day);
        if ((paid, eligible) is (Funds.NotSaid, Funds.NotSaid or Funds.NotVfc) || (paid == Funds.Public && !isChild
            && eligible is Funds.NotSaid))
        {
            if (!source.IsNone)
                NotUnderstood(source, "who paid for the vaccine", "write source: stock, vfc, state …");
            return true;
        }
        source.Done();
        eligibility.Done();
        if (VaccineFunds.SourceOf(paid, eligible, isBorn && !isChild) is not { } word) return false;
        one.Text("source", word);
        return true;
    }
}
