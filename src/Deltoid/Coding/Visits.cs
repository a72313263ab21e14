using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// The visits of the day beside what was given: 25 from a charted note, nurse visits, G2211 (INJ-071 to INJ-079).
/// </summary>
internal static class Visits
{
    public static void Add(Case visit)
    {
        for (var i = 0; i < visit.Encounter.Visits.Count; i++)
        {
            var charted = visit.Encounter.Visits[i];
            if (charted.Code.IsNone) continue; // said as not understood
            var draft = new Draft(charted.Code, Part.Visit, i) { PlaceOfService = charted.PlaceOfService };
            foreach (var modifier in charted.Modifiers) draft.Modifiers = draft.Modifiers.With(modifier);
            draft.Diagnoses.AddRange(charted.Diagnoses);
            visit.Drafts.Add(draft);
            if (visit.Institutional && visit.Profile.IsMedicare
                && IsIn(visit, charted.Code, Group.OfficeVisit | Group.NurseVisit))
            {
                visit.Ask(draft, Questions.ClinicVisit, Answer.Value, Place.Of(Part.Visit, i, Field.Code),
                    Arg.Of(charted.Code), value: Arg.Of(Known.ClinicVisit));
                draft.Code = Known.ClinicVisit;
            }
        }
    }

    static bool IsIn(Case visit, Code code, CodeGroups any) =>
        visit.Book.TryCode(code, visit.Date, out var row) && row.Groups.HasAny(any);

    /// <summary>
    /// Settles every visit against the other lines of the day; G2211 last, because it asks what the visits ended with.
    /// </summary>
    public static void Settle(Case visit)
    {
        foreach (var draft in visit.Drafts.FindAll(d => d.IsVisit && d.Code != Known.ComplexityAddOn))
            SettleOne(visit, draft);
        foreach (var draft in visit.Drafts.FindAll(d => d.Code == Known.ComplexityAddOn && !d.LeftOff))
            SettleComplexity(visit, draft);
    }

    static void SettleOne(Case visit, Draft draft)
    {
        var at = Place.Of(Part.Visit, draft.Ordinal, Field.Code);
        if (draft.Code == Known.NurseVisit && !visit.Institutional
            && visit.Drafts.Find(d => !d.IsVisit && !d.IsDrug && !d.LeftOff
                && IsIn(visit, d.Code,
                    Group.DrugAdministration | Group.VaccineAdministration | Group.MedicareVaccineAdministration
                    | Group.AllergenInjection)) is { } beside)
        {
            visit.Ask(draft, Questions.NurseVisit, Answer.No, at, Arg.Of(beside.Code));
            visit.Say(CodingFindings.NurseVisit, at, Arg.Of(draft.Code), Arg.Of(beside.Code));
            draft.LeftOff = true;
            return;
        }
        if (Trigger(visit, draft) is not { } trigger) return;
        if (!trigger.Allowed)
        {
            var (kept, left) = trigger.VisitIsFirst ? (draft, trigger.Other) : (trigger.Other, draft);
            visit.Say(CodingFindings.PairNotAllowed, Place.Of(left.Part, left.Ordinal, Field.Code), Arg.Of(left.Code),
                Arg.Of(kept.Code));
            left.LeftOff = true;
            return;
        }
        if (!draft.Modifiers.Has(Modifier.M25)) Attest(visit, draft, trigger.Other, at);
    }

    /// <summary>
    /// 25 only from a charted note; without one the visit is part of the service, or the question stays open.
    /// </summary>
    static void Attest(Case visit, Draft draft, Draft other, Place at)
    {
        var charted = visit.Encounter.Visits[draft.Ordinal];
        var preventive = IsIn(visit, draft.Code,
            Group.PreventiveVisit | Group.PreventiveCounseling | Group.WellnessVisit);
        var note = Place.Of(Part.Visit, draft.Ordinal, Field.SeparateNote);
        if (charted.SeparateNote == true || (preventive && charted.SeparateNote is null))
        {
            draft.Modifiers = draft.Modifiers.With(Modifier.M25);
            visit.Ask(draft, preventive ? Questions.PreventiveVisit : Questions.SeparateNote, Answer.Yes, note,
                Arg.Of(other.Code));
            return;
        }
        visit.Ask(draft, Questions.SeparateNote, charted.SeparateNote is null ? Answer.Unknown : Answer.No, note,
            Arg.Of(other.Code));
        if (charted.SeparateNote is null)
        {
            visit.Say(CodingFindings.NoteNotCharted, note, Arg.Of(draft.Code), Arg.Of(other.Code));
            return;
        }
        visit.Say(CodingFindings.VisitNotSeparate, at, Arg.Of(draft.Code), Arg.Of(other.Code));
        draft.LeftOff = true;
    }

    /// <summary>
    /// The line that makes the visit need 25: an NCCI pair, a procedure with its own pre-service work, a vaccine,
    /// another visit.
    /// </summary>
    static (Draft Other, bool Allowed, bool VisitIsFirst)? Trigger(Case visit, Draft draft)
    {
        (Draft, bool, bool)? found = null;
        foreach (var other in visit.Drafts)
        {
            if (other == draft || other.IsDrug || other.LeftOff || other.Code == Known.ComplexityAddOn) continue;
            if (visit.Profile.FollowsNcci && Pairs.Find(visit, draft.Code, other.Code) is { } pair)
            {
                if (pair.Indicator == 0 && !other.IsVisit) return (other, false, pair.One == draft.Code);
                if (pair.Indicator == 1 && (!other.IsVisit || pair.One == other.Code))
                    found ??= (other, true, pair.One == draft.Code);
            }
            else if (!other.IsVisit && NeedsSeparateVisit(visit, draft, other)) found ??= (other, true, false);
        }
        return found;
    }

    /// <summary>
    /// Without a pair: a minor procedure (NCCI manual I-D), or a problem visit beside any vaccine (XI-B-14, XI-B-15);
    /// on a hospital's Medicare claim a service that OPPS pays as a significant procedure (status S or T).
    /// </summary>
    static bool NeedsSeparateVisit(Case visit, Draft draft, Draft other)
    {
        if (IsIn(visit, draft.Code, Group.PreventiveVisit | Group.WellnessVisit | Group.PreventiveCounseling))
            return false;
        if (visit.Institutional)
            // IOCE edit 21
            return visit.Profile.IsMedicare
                && visit.Book.Opps.TryGet(visit.Book.Id(other.Code), visit.Date.DayNumber, out var status)
                && status.Status is "S" or "T";
        if (visit.Book.TryFee(other.Code, visit.Date, out var fee) && fee.Global is "000" or "010") return true;
        return IsIn(visit, other.Code,
            Group.VaccineAdministration | Group.MedicareVaccineAdministration | Group.PrepAdministration
            | Group.RsvAdministration) && visit.Encounter.Visits[draft.Ordinal].SeparateNote == true;
    }

    static void SettleComplexity(Case visit, Draft draft)
    {
        var at = Place.Of(draft.Part, draft.Ordinal, Field.Code);
        var basis = visit.Drafts.Find(d =>
            d.IsVisit && !d.LeftOff && d.Modifiers.Has(Modifier.M25) && IsIn(visit, d.Code, Group.OfficeVisit));
        if (!visit.Profile.RestrictsComplexityAddOn || basis is null) return;
        var triggers = visit.Drafts.FindAll(d => !d.IsDrug && !d.LeftOff && d != basis && d != draft);
        var other = triggers.Find(d => !IsPreventive(visit, d));
        if (other is null && visit.Profile.ComplexityAddOnBesidePreventive) return;
        other ??= triggers[0];
        visit.Ask(draft, Questions.ComplexityAddOn, Answer.No, at, Arg.Of(other.Code));
        visit.Say(CodingFindings.ComplexityAddOn, at, Arg.Of(draft.Code), Arg.Of(other.Code));
        draft.LeftOff = true;
    }

    static bool IsPreventive(Case visit, Draft draft) =>
        IsIn(visit, draft.Code,
            Group.VaccineAdministration | Group.MedicareVaccineAdministration | Group.WellnessVisit
                | Group.PrepAdministration);
}
