using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>Which drug was given, what class it is for this payer on this day, and which code it takes.</summary>
internal static class DrugChoice
{
    public static void Identify(Case visit, Given given)
    {
        var charted = given.Charted;
        given.Drug = visit.Book.DrugNamed(charted.Drug) ?? OfCode(visit, charted.Hcpcs) ?? OfNdc(visit, charted.NdcText);
        if (given.Drug is { } drug) visit.Ask(given, Questions.Drug, Answer.Yes, given.At(Field.Drug), Arg.Drug(drug.Index));
        given.Hcpcs = Code(visit, given);
        given.Class = Class(visit, given);
        if (given.Drug is null && !given.Hcpcs.IsNone) visit.Ask(given, Questions.DrugByCode, Answer.Yes, given.At(Field.Hcpcs), Arg.Of(given.Hcpcs));
        else if (given.Drug is null)
        {
            visit.Ask(given, Questions.Drug, Answer.Unknown, given.At(Field.Drug));
            visit.Say(CodingFindings.DrugUnknown, given.At(Field.Drug));
        }
        if (given.Class != DrugClass.None) visit.Ask(given, Questions.Class, Answer.Value, given.At(Field.Drug), Case.Name(given), Arg.Class((byte)given.Class));
    }

    static Drug? OfCode(Case visit, Code code)
    {
        if (code.IsNone || visit.Book.DrugsBilledAs(code) is not { Count: 1 } one) return null;
        return visit.Book.Drugs[one[0]];
    }

    static Drug? OfNdc(Case visit, string text) =>
        text.Length > 0 && Ndc.TryParse(text, out var ndc, out _) && visit.Book.TryContainer(ndc, out var drug, out _) ? visit.Book.Drugs[drug] : null;

    static DrugClass Class(Case visit, Given given)
    {
        if (given.Drug is not { } drug)
            return visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Kind == CodeKind.Vaccine ? DrugClass.Vaccine : Stated(given.Charted.Purpose);
        foreach (var row in drug.Classes)
            if (row.Dates.Contains(visit.Date) && visit.Profile.IsNamedIn(row.Payers) && (!row.NeedsNeoplasm || visit.HasNeoplasm(given))) return row.Class;
        return DrugClass.None;
    }

    /// <summary>An unknown drug is classed by what the chart says it was for.</summary>
    static DrugClass Stated(Purpose purpose) => purpose switch
    {
        Purpose.Vaccine => DrugClass.Vaccine,
        Purpose.Chemotherapy => DrugClass.Antineoplastic,
        Purpose.Hydration => DrugClass.Hydration,
        Purpose.Desensitization => DrugClass.Allergen,
        Purpose.None => DrugClass.None,
        _ => DrugClass.Simple,
    };

    static Code Code(Case visit, Given given)
    {
        var charted = given.Charted.Hcpcs;
        var isValid = !charted.IsNone && visit.Book.TryCode(charted, visit.Date, out _);
        if (isValid && !IsForOthers(visit, given, charted))
        {
            visit.Ask(given, Questions.DrugCode, Answer.Yes, given.At(Field.Hcpcs), Arg.Of(charted));
            return charted;
        }
        var chosen = given.Drug is { } drug ? Chosen(visit, given, drug) : Values.Code.None;
        if (isValid && !chosen.IsNone) visit.Say(CodingFindings.CodeForOthers, given.At(Field.Hcpcs), Arg.Of(charted), Arg.Of(chosen));
        else if (!charted.IsNone && !isValid) chosen = Instead(visit, given, charted, chosen);
        if (!chosen.IsNone) visit.Ask(given, Questions.DrugCode, Answer.Yes, given.At(Field.Drug), Arg.Of(chosen));
        return chosen;
    }

    /// <summary>What stands for a charted code that is not valid on the day: the drug's code, else one that took over.</summary>
    static Code Instead(Case visit, Given given, Code charted, Code chosen)
    {
        if (chosen.IsNone) foreach (var next in visit.Book.Successors(charted)) if (visit.Book.TryCode(next, visit.Date, out _)) { chosen = next; break; }
        if (chosen.IsNone) visit.Say(CodingFindings.CodeNotValid, given.At(Field.Hcpcs), Arg.Of(charted));
        else visit.Say(CodingFindings.RetiredCharted, given.At(Field.Hcpcs), Arg.Of(charted), Arg.Of(chosen));
        return chosen;
    }

    /// <summary>Whether a charted code is by its text for patients in dialysis and this one is not, or the other way around.</summary>
    static bool IsForOthers(Case visit, Given given, Code charted)
    {
        if (given.Drug is not { } drug) return false;
        foreach (ref readonly var row in drug.Products.Span)
            if (row.Hcpcs == charted && row.For != ForPatient.Any && !IsFor(visit, row.For)) return true;
        return false;
    }

    static bool IsFor(Case visit, ForPatient patient) => patient == ForPatient.Any || InDialysis(visit) == (patient == ForPatient.InDialysis);

    static bool? InDialysis(Case visit)
    {
        var all = new List<Code>(visit.Encounter.Diagnoses);
        foreach (var each in visit.Encounter.Administrations) all.AddRange(each.Diagnoses);
        return Dialysis.Of(all.ToArray(), visit.Encounter.PlaceOfService);
    }

    /// <summary>The first product row that fits; a row for a brand only fits when that brand is charted, unless it is the drug's only code.</summary>
    static Code Chosen(Case visit, Given given, Drug drug)
    {
        var name = DrugName.Fold(given.Charted.Drug);
        Code general = default, onlyBrand = default;
        var brands = 0;
        foreach (var row in drug.Products)
        {
            if (!Fits(visit, given, row)) continue;
            if (row.Brand.Length == 0) { if (general.IsNone) general = row.Hcpcs; }
            else if (Names(row.Brand, name)) return row.Hcpcs;
            else if (row.Hcpcs != onlyBrand) { onlyBrand = row.Hcpcs; brands++; }
        }
        if (general.IsNone && brands == 0 && DependsOnDialysis(drug) && InDialysis(visit) is null)
        {
            visit.Ask(given, Questions.DrugCode, Answer.Unknown, given.At(Field.Drug), Arg.Drug(drug.Index));
            visit.Say(CodingFindings.DialysisNotCharted, given.At(Field.Drug), Arg.Drug(drug.Index));
            return default;
        }
        if (!general.IsNone || (brands == 0 && drug.Vaccine is null)) return general;
        if (brands == 1) return onlyBrand;
        visit.Ask(given, Questions.DrugCode, Answer.Unknown, given.At(Field.Drug), Arg.Drug(drug.Index));
        visit.Say(CodingFindings.CodeNotChosen, given.At(Field.Drug), Arg.Drug(drug.Index));
        return default;
    }

    static bool DependsOnDialysis(Drug drug)
    {
        foreach (ref readonly var row in drug.Products.Span) if (row.For != ForPatient.Any) return true;
        return false;
    }

    /// <summary>Whether the charted name is of this brand; no brand is every one.</summary>
    public static bool IsOfBrand(Given given, string brand) => brand.Length == 0 || Names(brand, DrugName.Fold(given.Charted.Drug));

    static bool Names(string brands, string name)
    {
        foreach (var brand in brands.Split('|'))
            if (DrugName.Fold(brand) is { Length: > 0 } folded && $" {name} ".Contains($" {folded} ", StringComparison.Ordinal)) return true;
        return false;
    }

    static bool Fits(Case visit, Given given, in ProductRow row)
    {
        if (!visit.Book.TryCode(row.Hcpcs, visit.Date, out _) || !visit.Profile.IsNamedIn(row.Payers)) return false;
        if (!IsFor(visit, row.For)) return false;
        if (row.Hcpcs[0] == 'S' && visit.Profile.IsMedicare) return false; // S codes are for private payers: status I for Medicare
        if (row.Routes.Length > 0 && !HasRoute(row.Routes, given.Charted.Route)) return false;
        var dose = given.Charted.Dose;
        if (!row.MinDose.IsNone && (!dose.IsComparableTo(row.MinDose) || dose.Base < row.MinDose.Base)) return false;
        return row.MaxDose.IsNone || (dose.IsComparableTo(row.MaxDose) && dose.Base <= row.MaxDose.Base);
    }

    public static bool HasRoute(string routes, Route route)
    {
        foreach (var part in routes.AsSpan().Split(' '))
            if (routes.AsSpan()[part].SequenceEqual(Words.Routes[route]) || (route is Route.Iv && routes.AsSpan()[part].StartsWith("iv"))) return true;
        return false;
    }
}
