using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>Modifiers of a drug line that decide its payment, each from the charted fact that earns it.</summary>
internal static class DrugModifiers
{
    public static void Add(Case visit, Draft line, Given given)
    {
        line.Modifiers = line.Modifiers.With(SiteProcedures.EyeSide(given)); // a drug line for each eye (INJ-025)
        AddRoute(visit, line, given);
        AddSource(visit, line, given);
    }

    /// <summary>JA or JB, where the payer lists the code (INJ-104).</summary>
    static void AddRoute(Case visit, Draft line, Given given)
    {
        if (!visit.Profile.NeedsRouteModifier(given.Hcpcs)) return;
        if (given.Charted.Route is Route.Iv or Route.IvInfusion or Route.IvPush) Mark(visit, line, Modifier.JA, given);
        if (given.Charted.Route is Route.Sc) Mark(visit, line, Modifier.JB, given);
    }

    /// <summary>A vaccine that the state supplied, a drug bought at the 340B price (INJ-069, INJ-105).</summary>
    static void AddSource(Case visit, Draft line, Given given)
    {
        if (given.Charted.Source == DrugSource.Vfc && Modifier.TryParse(visit.Profile.StateVaccineModifier, out var state)) Mark(visit, line, state, given);
        if (given.Charted.Source != DrugSource.Discount340B || given.Class == DrugClass.Vaccine) return;
        if (Modifier.TryParse(visit.Profile.DiscountModifier, out var discount)) Mark(visit, line, discount, given);
        else if (visit.Profile.DiscountModifier.Length > 0) visit.Say(CodingFindings.DiscountModifierOpen, given.At(Field.Source), Case.Name(given));
    }

    /// <summary>Puts a modifier on the line, with the step that names its fact.</summary>
    public static void Mark(Case visit, Draft line, Modifier modifier, Given given)
    {
        line.Modifiers = line.Modifiers.With(modifier);
        var (question, field, fact) =
            modifier == Modifier.JZ || modifier == Modifier.JW ? (Questions.NoWasteModifier, Field.Container, Arg.Of(given.Charted.Container))
            : modifier == Modifier.JA || modifier == Modifier.JB ? (Questions.Route, Field.Source, Arg.Of(given.Charted.Route))
            : (Questions.DrugSupplied, Field.Source, Arg.Of(given.Charted.Source));
        visit.Ask(line, question, Answer.Yes, given.At(field), fact, value: Arg.Of(modifier));
    }
}
