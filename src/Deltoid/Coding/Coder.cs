using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Rules;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// From the chart to the claim: what a good coder would bill from what is charted, no more. Read this first; each stage
/// only adds lines, modifiers or findings to those before it.
/// </summary>
public static class Coder
{
    /// <summary>
    /// Codes one encounter. A pure function of its arguments; findings go to <paramref name="findings"/>, the way to
    /// each decision to <paramref name="trace"/>. Safe to call from several threads with lists of their own.
    /// </summary>
    /// <param name="encounter">The chart of one visit; not changed.</param>
    /// <param name="profile">The payer's on the service date: <c>CodedVisit.PayerOf</c> chooses it.</param>
    /// <param name="trace">Gets the steps; null when nobody asks for them.</param>
    /// <param name="findings">What is wrong or open is added at the end.</param>
    /// <returns>A new claim: its lines in order, units in thousandths, charges in cents where they are charted. It has
    /// no line for what cannot be coded; a finding says so.</returns>
    public static Claim Code(Encounter encounter, CodeBook book, PayerProfile profile, Trace? trace,
        FindingList findings)
    {
        var visit = new Case(encounter, book, profile, trace, findings);
        CheckFacts(visit);
        for (var i = 0; i < encounter.Administrations.Count; i++)
        {
            var given = new Given(encounter.Administrations[i], i);
            visit.Givens.Add(given);
            given.Where = BodySite.Read(book, given.Words, BodySite.RegionKind);
            DrugChoice.Identify(visit, given);
            AdministrationChoice.Choose(visit, given);
        }
        Visits.Add(visit);
        ChartedProcedures.Add(visit);
        Vaccines.Bill(visit);
        SiteProcedures.Bill(visit);
        Bundles.Bill(visit);
        PartOfProcedure.Settle(visit);
        Infusions.Bill(visit);
        Infusions.BillUnderSkin(visit);
        Infusions.BillIntraArterial(visit);
        Injections.Bill(visit);
        Places.SettleProcedures(visit);
        Pairs.Separate(visit);
        Visits.Settle(visit);
        DrugLines.Bill(visit);
        DrugModifiers.AddToAll(visit);
        Unbilled.Say(visit);
        Bundles.CheckWatching(visit);
        Staff.CheckGlobals(visit);
        Persons.Check(visit);
        Pointing.Point(visit);
        return ClaimAssembly.Build(visit);
    }

    static void CheckFacts(Case visit)
    {
        var encounter = visit.Encounter;
        if (visit.Date.Year < Limits.Of(Limit.FirstYear) || visit.Date.Year > Limits.Of(Limit.LastYear))
            visit.Say(CodingFindings.OutsideBook, Place.OfEncounter(Field.ServiceDate), Arg.Of(visit.Date));
        else if (visit.Date > visit.Book.KnownThru)
            visit.Say(CodingFindings.AfterBook, Place.OfEncounter(Field.ServiceDate), Arg.Of(visit.Date),
                Arg.Of(visit.Book.KnownThru));
        if (encounter.BirthDate > visit.Date)
            visit.Say(CodingFindings.BornAfterService, Place.OfEncounter(Field.PatientBirthDate));
        if (encounter.PayerKind == PayerKind.None && !IsUnread(encounter, Field.PayerKind))
            visit.Say(CodingFindings.PayerNotCharted, Place.OfEncounter(Field.PayerKind));
        if (encounter.PayerKind == PayerKind.Medicare && IsNoLocality(visit))
            visit.Say(CodingFindings.LocalityUnknown, Place.OfEncounter(Field.PayerLocality));
        var (hasPlace, hasDiagnosis) = (!encounter.PlaceOfService.IsNone, encounter.Diagnoses.Count > 0
            || encounter.Administrations.Exists(static a => a.Diagnoses.Count > 0));
        if (!hasPlace)
            SayMissing(visit, Field.PlaceOfService, CodingFindings.PlaceNotCharted, CodingFindings.PlaceNotUnderstood);
        if (!hasDiagnosis)
            SayMissing(visit, Field.Diagnoses, CodingFindings.NoDiagnosis, CodingFindings.DiagnosisNotUnderstood);
        foreach (var place in encounter.Unread)
            if (place.ChartField switch
                {
                    Field.PlaceOfService => hasPlace,
                    Field.Diagnoses => hasDiagnosis,
                    _ => true,
                })
                visit.Say(CodingFindings.NotUnderstood, place, Arg.Of(place.ChartField), Arg.WordsOf(place.ChartField));
    }

    /// <summary>What a claim cannot be without, once: it is not charted, or what is charted is not understood.</summary>
    static void SayMissing(Case visit, Field field, FindingInfo notCharted, FindingInfo notUnderstood) =>
        visit.Say(IsUnread(visit.Encounter, field) ? notUnderstood : notCharted, Place.OfEncounter(field));

    static bool IsUnread(Encounter encounter, Field field) =>
        encounter.Unread.Exists(place => place.ChartField == field);

    /// <summary>A locality is charted and the book, which has localities on the day, does not have it.</summary>
    static bool IsNoLocality(Case visit)
    {
        var encounter = visit.Encounter;
        if (encounter.PayerLocality.Length == 0
            || visit.Book.Locality(encounter.PayerLocality, encounter.PayerState, visit.Date) is not null)
            return false;
        foreach (var row in visit.Book.Localities)
            if (row.Dates.Contains(visit.Date)) return true;
        return false;
    }
}
