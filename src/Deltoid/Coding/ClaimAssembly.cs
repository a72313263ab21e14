using System.Text;
using Deltoid.Claims;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Writes the claim: visits, procedures, then each administration with its drug; diagnoses in charted order.
/// </summary>
internal static class ClaimAssembly
{
    public static Claim Build(Case visit)
    {
        var encounter = visit.Encounter;
        var claim = new Claim();
        if (!encounter.BillingJson.IsEmpty) ClaimJson.ReadParties(encounter.BillingJson, claim);
        claim.Setting = visit.Institutional ? Setting.Facility : Setting.Professional;
        claim.PlaceOfService = encounter.PlaceOfService;
        claim.PayerKind = encounter.PayerKind;
        claim.VisitDate = visit.Date;
        claim.BirthDate = encounter.BirthDate;
        claim.Sex = encounter.Sex;
        SetParties(encounter, claim);
        if (visit.Institutional) SetBill(visit, claim);
        foreach (var code in encounter.Diagnoses) claim.AddDiagnosis(code);
        var lines = visit.Drafts.FindAll(d => !d.LeftOff);
        lines.Sort(static (x, y) => Order(x).CompareTo(Order(y)));
        foreach (var draft in lines) Write(visit, claim, draft);
        claim.Number([.. claim[ClaimText.Id]]);
        SumCharges(claim);
        PlaceFindings(visit, lines);
        return claim;
    }

    static (int Section, int Ordinal, bool IsDrug, bool IsWaste) Order(Draft draft) =>
        (draft.Part switch { Part.Visit => 0, Part.Procedure => 1, _ => 2 }, draft.Ordinal, draft.IsDrug,
            draft.Modifiers.Has(Modifier.JW));

    static void SetParties(Encounters.Encounter encounter, Claim claim)
    {
        Fill(claim, Party.Billing, encounter.Billing);
        Fill(claim, claim.Setting == Setting.Facility ? Party.Attending : Party.Rendering, encounter.Rendering);
        Fill(claim, Party.Supervising, encounter.Supervising);
        if (claim[ClaimText.PayerId].IsEmpty && encounter.PayerId.Length > 0)
            claim.Set(ClaimText.PayerId, Encoding.UTF8.GetBytes(encounter.PayerId));
        if (claim[ClaimText.PriorAuthorization].IsEmpty && encounter.PriorAuthorization.Length > 0)
            claim.Set(ClaimText.PriorAuthorization, Encoding.UTF8.GetBytes(encounter.PriorAuthorization));
    }

    /// <summary>A facility's claim names the type of bill.</summary>
    static void SetBill(Case visit, Claim claim)
    {
        if (claim[ClaimText.TypeOfBill].IsEmpty
            && visit.Book.TypeOfBill(claim.PlaceOfService, visit.Date) is { IsNone: false } bill)
            claim.Set(ClaimText.TypeOfBill, Encoding.ASCII.GetBytes(bill.ToString()));
    }

    static void Fill(Claim claim, Party party, Npi npi)
    {
        if (!npi.IsNone && claim[party, PartyField.Npi].IsEmpty)
            claim.Set(party, PartyField.Npi, Encoding.ASCII.GetBytes(npi.ToString()));
    }

    static void Write(Case visit, Claim claim, Draft draft)
    {
        ref var line = ref claim.AddLine();
        draft.Line = line.Number;
        line.Code = draft.Code;
        line.Modifiers = draft.Modifiers;
        line.Units = draft.Units;
        line.Date = visit.Date;
        if (visit.Institutional)
            line.RevenueCode = visit.Book.RevenueCode(
                visit.Book.TryCode(draft.Code, visit.Date, out var row) ? row.Groups : default,
                draft.PlaceOfService.IsNone ? claim.PlaceOfService : draft.PlaceOfService, visit.Date);
        line.PlaceOfService = draft.PlaceOfService == claim.PlaceOfService ? default : draft.PlaceOfService;
        (line.Ndc, line.NdcUnit, line.NdcQuantity) = (draft.Ndc, draft.NdcUnit, draft.NdcQuantity);
        if (draft.Narrative.Length > 0) line.Narrative = claim.Append(Encoding.UTF8.GetBytes(draft.Narrative));
        line.Charge = ChargeOf(visit, draft);
        foreach (var code in draft.Diagnoses)
        {
            if (claim.PositionOf(code) == 0) claim.AddDiagnosis(code);
            line.Pointers = line.Pointers.With(claim.PositionOf(code));
        }
        Trace(visit, claim, draft);
    }

    /// <summary>
    /// The practice's charge for one unit, times the units. A product that cost it nothing is on the claim at no
    /// charge (INJ-069), whatever another dose of its code costs; what giving it costs is another line.
    /// </summary>
    static Money? ChargeOf(Case visit, Draft draft)
    {
        if (draft is { IsDrug: true, Givens: [var given, ..] } && Ownership.IsFree(given.Charted.Source))
            return Money.Zero;
        return visit.Encounter.Charges.TryGetValue(draft.Code, out var charge) ? charge * draft.Units.Whole : null;
    }

    static void Trace(Case visit, Claim claim, Draft draft)
    {
        if (draft.Part != Part.Administration) claim.Origins.Add(new(draft.Line, draft.Part, draft.Ordinal));
        foreach (var given in draft.Givens)
        {
            claim.Origins.Add(new(draft.Line, Part.Administration, given.Ordinal));
            if (visit.Trace is { } trace)
                foreach (var step in given.Steps) trace.Links.Add((draft.Line, step));
        }
        if (visit.Trace is { } all)
            foreach (var step in draft.Steps) all.Links.Add((draft.Line, step));
    }

    static void SumCharges(Claim claim)
    {
        var sum = Money.Zero;
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Charge is not { } charge) return;
            sum += charge;
        }
        if (claim.Lines.Length > 0) claim.Charge = sum;
    }

    /// <summary>
    /// Findings made on a part of the chart are tied to the line it became; of a held drug line, to its
    /// administration's.
    /// </summary>
    static void PlaceFindings(Case visit, List<Draft> lines)
    {
        var drug = new Dictionary<(Part, int), int>();
        var service = new Dictionary<(Part, int), int>();
        foreach (var draft in lines)
        {
            var of = draft.IsDrug ? drug : service;
            if (draft.Part != Part.Administration) of.TryAdd((draft.Part, draft.Ordinal), draft.Line);
            foreach (var given in draft.Givens) of.TryAdd((Part.Administration, given.Ordinal), draft.Line);
        }
        for (var i = 0; i < visit.Findings.Count; i++)
        {
            var place = visit.Findings[i].Place;
            if (place.Line != 0) continue;
            var isDrug = visit.Findings[i].Info.Maker == Maker.Drug;
            var key = (place.Part, place.Ordinal);
            if ((isDrug ? drug : service).TryGetValue(key, out var line)
                || (isDrug ? service : drug).TryGetValue(key, out line))
                visit.Findings.SetLine(i, line, place.ClaimField);
        }
    }
}
