using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Modifiers that decide how a line is paid, each from the charted fact that earns it: most are rows of
/// payment-modifiers.tsv.
/// </summary>
internal static class DrugModifiers
{
    /// <summary>Those of a drug line, in the order in which they stand before JW and JZ.</summary>
    public static void Add(Case visit, Draft line, Given given)
    {
        line.Modifiers = line.Modifiers.With(SiteProcedures.EyeSide(given)); // a drug line for each eye (INJ-025)
        AddRows(visit, line, given, ofDrugs: true);
        AddRoute(visit, line, given);
        AddSource(visit, line, given);
    }

    /// <summary>Those of any line, after the drugs' own.</summary>
    public static void AddToAll(Case visit)
    {
        foreach (var line in visit.Drafts)
            AddRows(visit, line, line.Givens.Count > 0 ? line.Givens[0] : null, ofDrugs: false);
    }

    static void AddRows(Case visit, Draft line, Given? given, bool ofDrugs)
    {
        var rows = visit.Book.PaymentModifiers;
        for (var (from, next) = (0, 0); from < rows.Count; from = next)
        {
            while (next < rows.Count && rows[next].Set == rows[from].Set) next++;
            if (rows[from].IsOfDrugs == ofDrugs) AddSet(visit, line, given, rows, from, next);
        }
    }

    /// <summary>
    /// The one modifier of a set that the chart earns; where it earns none, or more than one, the set may ask.
    /// </summary>
    static void AddSet(Case visit, Draft line, Given? given, IReadOnlyList<PaymentModifierRow> rows, int from, int next)
    {
        PaymentModifierRow? first = null, earned = null;
        var (several, reason) = (false, default(Arg));
        for (var i = from; i < next; i++)
        {
            if (!IsFor(visit, line, rows[i])) continue;
            first ??= rows[i];
            if (!IsEarned(visit, line, rows[i], out var fact)) continue;
            several |= earned is not null && earned.Modifier != rows[i].Modifier;
            if (earned is null) (earned, reason) = (rows[i], fact);
        }
        if (first is null) return;
        if (earned is null || several) Ask(visit, line, given, first);
        else if (!earned.Modifier.IsNone)
            Put(visit, line, earned.Modifier, Questions.PaymentModifier, AtOf(line, given, Field.Modifiers), reason);
    }

    static bool IsFor(Case visit, Draft line, PaymentModifierRow row) =>
        row.IsFor(line.Code, line.IsDrug,
            line.PlaceOfService.IsNone ? visit.Encounter.PlaceOfService : line.PlaceOfService,
            visit.Institutional ? Setting.Facility : Setting.Professional, visit.Date)
        && visit.Profile.IsNamedIn(row.Payers);

    static bool IsEarned(Case visit, Draft line, PaymentModifierRow row, out Arg fact)
    {
        var own = line.Givens.Find(g => g.Charted.Diagnoses.Count > 0);
        var supported = row.IsSupported(own?.Charted.Diagnoses ?? visit.Encounter.Diagnoses, out var diagnosis);
        fact = diagnosis.IsNone ? Arg.Of(line.Code) : Arg.Diagnosis(diagnosis);
        if (row.Routes.Length > 0 && !line.Givens.TrueForAll(g => DrugChoice.HasRoute(row.Routes, g.Charted.Route)))
            return false;
        return supported && row.Fact switch
        {
            ModifierFact.OwnDiagnosis => own is not null,
            ModifierFact.NoticeSigned => HasNotice(line, Notice.Signed),
            ModifierFact.NoticeVoluntary => HasNotice(line, Notice.Voluntary),
            ModifierFact.NoticeNotGiven => HasNotice(line, Notice.NotGiven),
            ModifierFact.Excepted => visit.Encounter.OffCampus == OffCampus.Excepted,
            ModifierFact.NonExcepted => visit.Encounter.OffCampus == OffCampus.NonExcepted,
            _ => true,
        };
    }

    static bool HasNotice(Draft line, Notice notice) =>
        line.Givens.Count > 0 && line.Givens.TrueForAll(g => g.Charted.Notice == notice);

    static void Ask(Case visit, Draft line, Given? given, PaymentModifierRow row)
    {
        if (CodingFindings.Of(row.Asks) is not { } info) return;
        var place = AtOf(line, given, Field.Modifiers);
        if (info == CodingFindings.OffCampusNotCharted) place = Place.OfEncounter(Field.OffCampus);
        for (var i = 0; i < visit.Findings.Count; i++)
            if (visit.Findings[i].Info == info && visit.Findings[i].Place == place) return;
        visit.Say(info, place, Arg.Of(line.Code));
    }

    static Place AtOf(Draft line, Given? given, Field field) =>
        given?.At(Field.Diagnoses) ?? Place.Of(line.Part, line.Ordinal, field);

    /// <summary>JA or JB, where the payer lists the code (INJ-104).</summary>
    static void AddRoute(Case visit, Draft line, Given given)
    {
        if (!visit.Profile.NeedsRouteModifier(given.Hcpcs)) return;
        var route = Arg.Of(given.Charted.Route);
        if (given.Charted.Route is Route.Iv or Route.IvInfusion or Route.IvPush)
            Put(visit, line, Modifier.JA, Questions.Route, given.At(Field.Route), route);
        if (given.Charted.Route is Route.Sc)
            Put(visit, line, Modifier.JB, Questions.Route, given.At(Field.Route), route);
    }

    /// <summary>A vaccine that the state supplied, a drug bought at the 340B price (INJ-069, INJ-105).</summary>
    static void AddSource(Case visit, Draft line, Given given)
    {
        var source = Arg.Of(given.Charted.Source);
        if (given.Charted.Source == DrugSource.Vfc
            && Modifier.TryParse(visit.Profile.StateVaccineModifier, out var state))
            Put(visit, line, state, Questions.DrugSupplied, given.At(Field.Source), source);
        if (given.Charted.Source != DrugSource.Discount340B || given.Class == DrugClass.Vaccine) return;
        if (Modifier.TryParse(visit.Profile.DiscountModifier, out var discount))
            Put(visit, line, discount, Questions.DrugSupplied, given.At(Field.Source), source);
        else if (visit.Profile.DiscountModifier.Length > 0)
            visit.Say(CodingFindings.DiscountModifierOpen, given.At(Field.Source), Case.Name(given));
    }

    /// <summary>JW or JZ, by the container.</summary>
    public static void MarkWaste(Case visit, Draft line, Modifier modifier, Given given) =>
        Put(visit, line, modifier, Questions.NoWasteModifier, given.At(Field.Container),
            Arg.Of(given.Charted.Container));

    /// <summary>
    /// Puts a modifier on the line, with the step that names its fact; a line that has four already cannot take it, and
    /// says so.
    /// </summary>
    static void Put(Case visit, Draft line, Modifier modifier, Question question, Place at, Arg fact)
    {
        var marked = line.Modifiers.With(modifier);
        if (!marked.Has(modifier)) visit.Say(CodingFindings.NoRoomForModifier, at, Arg.Of(line.Code), Arg.Of(modifier));
        line.Modifiers = marked;
        visit.Ask(line, question, Answer.Yes, at, fact, value: Arg.Of(modifier));
    }
}
