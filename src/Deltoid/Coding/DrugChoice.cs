using System.Globalization;
using Deltoid.Codes;
using Deltoid.Dosing;
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
        given.Drug = visit.Book.DrugNamed(charted.Drug)
            ?? OfCode(visit, charted.Hcpcs) ?? OfNdc(visit, charted.NdcText);
        if (given.Drug is { } named) given.Drug = OfRoute(visit, named, charted.Route);
        if (given.Drug is { } drug)
            visit.Ask(given, Questions.Drug, Answer.Yes, given.At(Field.Drug), Arg.Drug(drug.Index));
        given.Hcpcs = Code(visit, given);
        given.Class = Class(visit, given);
        if (given.Drug is null && !given.Hcpcs.IsNone)
            visit.Ask(given, Questions.DrugByCode, Answer.Yes, given.At(Field.Hcpcs), Arg.Of(given.Hcpcs));
        else if (given.Drug is null)
        {
            visit.Ask(given, Questions.Drug, Answer.Unknown, given.At(Field.Drug));
            SayUnknown(visit, given);
        }
        if (given.Class != DrugClass.None)
            visit.Ask(given, Questions.Class, Answer.Value, given.At(Field.Drug), Case.Name(given),
                Arg.Class((byte)given.Class));
    }

    /// <summary>
    /// A name that is the beginning of several drugs' names ("testosterone") is asked about with their codes; for
    /// another the nearest names are proposed, and none is taken.
    /// </summary>
    static void SayUnknown(Case visit, Given given)
    {
        var drugs = visit.Book.DrugsBeginning(given.Charted.Drug).Where(d => FirstCode(visit, d).Kind == ArgKind.Code)
            .ToList();
        if (drugs.Count < 2)
        {
            var near = visit.Book.Search.DrugsLike(given.Charted.Drug, visit.Date);
            Arg At(int index) => index < near.Count ? Arg.Drug(near[index].Index) : default;
            visit.Say(CodingFindings.DrugUnknown, given.At(Field.Drug), At(0), At(1), At(2));
        }
        else
            visit.Say(CodingFindings.NameFitsSeveralDrugs, given.At(Field.Drug), Arg.Drug(drugs[0].Index),
                FirstCode(visit, drugs[0]), Arg.Drug(drugs[1].Index), FirstCode(visit, drugs[1]));
    }

    /// <summary>
    /// The form of the drug for the charted route: "Cosentyx" as an infusion is secukinumab intravenous, the name alone
    /// means the other. Not where brands decide: no brand of immune globulin turns into another by its route.
    /// </summary>
    static Drug OfRoute(Case visit, Drug named, Route route)
    {
        if (IsGivenBy(named, route) || Form(named.Name, out var stem) is Route.None || HasBrands(named)) return named;
        foreach (var other in visit.Book.Drugs)
        {
            if (!other.Name.StartsWith(stem, StringComparison.Ordinal) || Form(other.Name, out _) is Route.None)
                continue;
            if (IsGivenBy(other, route) && !HasBrands(other)) return other;
        }
        return named;
    }

    /// <summary>
    /// The route that ends a drug's name, and the name with the blank before it; none where no route ends it.
    /// </summary>
    static Route Form(string name, out string stem)
    {
        var blank = name.LastIndexOf(' ');
        stem = name[..(blank + 1)];
        return blank > 0 && Words.Routes.TryRead(name.AsSpan(blank + 1), out var route) ? route : Route.None;
    }

    static bool HasBrands(Drug drug)
    {
        foreach (ref readonly var row in drug.Products.Span)
            if (row.Brand.Length > 0) return true;
        return false;
    }

    /// <summary>
    /// Whether the drug is made for the route, as far as the routes of the body as a whole go: into muscle, under the
    /// skin, into a vein, into the spinal canal. True of any other route, and of a drug whose routes are not known.
    /// </summary>
    public static bool IsGivenBy(Drug drug, Route route)
    {
        if (drug.Routes.Count == 0 || Way(route) is Route.None) return true;
        foreach (var each in drug.Routes)
            if (Way(each) == Way(route)) return true;
        return false;
    }

    static Route Way(Route route) => route switch
    {
        Route.Im => Route.Im,
        Route.Sc or Route.ScInfusion or Route.Implant => Route.Sc,
        Route.Iv or Route.IvPush or Route.IvInfusion => Route.Iv,
        Route.Intrathecal or Route.Intraventricular => Route.Intrathecal,
        _ => Route.None,
    };

    /// <summary>The code of a drug as such; else that of its first brand.</summary>
    static Arg FirstCode(Case visit, Drug drug)
    {
        Arg first = default;
        foreach (ref readonly var row in drug.Products.Span)
        {
            if (!visit.Book.TryCode(row.Hcpcs, visit.Date, out _)) continue;
            if (row.Brand.Length == 0) return Arg.Of(row.Hcpcs);
            if (first.Kind == ArgKind.None) first = Arg.Of(row.Hcpcs);
        }
        return first;
    }

    static Drug? OfCode(Case visit, Code code)
    {
        if (code.IsNone || visit.Book.DrugsBilledAs(code) is not { Count: 1 } one) return null;
        return visit.Book.Drugs[one[0]];
    }

    static Drug? OfNdc(Case visit, string text)
    {
        if (text.Length == 0 || !Ndc.TryParse(text, out var ndc, out _)) return null;
        if (visit.Book.TryContainer(ndc, out var drug, out _)) return visit.Book.Drugs[drug];
        var codes = visit.Book.CodesOf(ndc, visit.Date);
        for (var i = 0; i < codes.Count; i++)
            if (OfCode(visit, codes[i].Code) is { } one) return one;
        return null;
    }

    /// <summary>
    /// The code that the charted package is billed as, where the book knows the NDC and it is one of the drug's for
    /// this patient.
    /// </summary>
    static Code ByNdc(Case visit, Given given, Drug drug)
    {
        if (!Ndc.TryParse(given.Charted.NdcText, out var ndc, out _)) return default;
        var codes = visit.Book.CodesOf(ndc, visit.Date);
        for (var i = 0; i < codes.Count; i++)
            foreach (ref readonly var row in drug.Products.Span)
                if (row.Hcpcs == codes[i].Code && IsFor(visit, row.For) && visit.Profile.IsNamedIn(row.Payers))
                    return codes[i].Code;
        return default;
    }

    static DrugClass Class(Case visit, Given given)
    {
        if (given.Drug is { } drug) return ClassOf(visit, given, drug);
        if (visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Kind == CodeKind.Vaccine)
            return DrugClass.Vaccine;
        return Common(visit, given) is var common and not DrugClass.None ? common : Stated(given.Charted.Purpose);
    }

    static DrugClass ClassOf(Case visit, Given given, Drug drug) =>
        visit.Profile.ClassOf(drug, visit.Date, visit.HasNeoplasm(given));

    /// <summary>The class of all drugs that a charted name begins; none when they differ.</summary>
    static DrugClass Common(Case visit, Given given)
    {
        var common = DrugClass.None;
        foreach (var drug in visit.Book.DrugsBeginning(given.Charted.Drug))
        {
            var one = ClassOf(visit, given, drug);
            if (common != DrugClass.None && one != common) return DrugClass.None;
            common = one;
        }
        return common;
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
        if (isValid && OtherDrug(visit, given, charted) is { } other)
        {
            visit.Ask(given, Questions.DrugCode, Answer.Unknown, given.At(Field.Hcpcs), Case.Name(given));
            visit.Say(CodingFindings.CodeOfAnotherDrug, given.At(Field.Hcpcs), Case.Name(given), Arg.Of(charted),
                Arg.Drug(other.Index));
            return Values.Code.None;
        }
        if (isValid && !IsForOthers(visit, given, charted))
        {
            visit.Ask(given, Questions.DrugCode, Answer.Yes, given.At(Field.Hcpcs), Arg.Of(charted));
            return charted;
        }
        var chosen = given.Drug is { } drug ? Chosen(visit, given, drug) : Values.Code.None;
        if (isValid && !chosen.IsNone)
            visit.Say(CodingFindings.CodeForOthers, given.At(Field.Hcpcs), Arg.Of(charted), Arg.Of(chosen));
        else if (!charted.IsNone && !isValid) chosen = Instead(visit, given, charted, chosen);
        if (!chosen.IsNone) visit.Ask(given, Questions.DrugCode, Answer.Yes, given.At(Field.Drug), Arg.Of(chosen));
        return chosen;
    }

    /// <summary>
    /// What takes the place of a charted code that is not valid on the day: the drug's code, else one that took over.
    /// </summary>
    static Code Instead(Case visit, Given given, Code charted, Code chosen)
    {
        if (chosen.IsNone)
            foreach (var next in visit.Book.Successors(charted))
                if (visit.Book.TryCode(next, visit.Date, out _))
                {
                    chosen = next;
                    break;
                }
        if (chosen.IsNone) visit.Say(CodingFindings.CodeNotValid, given.At(Field.Hcpcs), Arg.Of(charted));
        else visit.Say(CodingFindings.RetiredCharted, given.At(Field.Hcpcs), Arg.Of(charted), Arg.Of(chosen));
        return chosen;
    }

    /// <summary>
    /// The drug that a charted code is of, where another is charted by name; null where the two agree, or where the
    /// code names no drug that the book knows. A general name ("influenza vaccine", "heparin") agrees with each of its
    /// kind.
    /// </summary>
    static Drug? OtherDrug(Case visit, Given given, Code charted)
    {
        if (given.Drug is not { } named || visit.Book.DrugsBilledAs(charted) is not { Count: > 0 } billed) return null;
        if (visit.Book.TryCode(charted, visit.Date, out var row) && row.Groups.HasAny(Group.UnclassifiedDrug))
            return null;
        foreach (var index in billed)
            if (index == named.Index || IsOneKind(named, visit.Book.Drugs[index])) return null;
        return visit.Book.Drugs[billed[0]];
    }

    static bool IsOneKind(Drug one, Drug other)
    {
        if (one.Products.Count == 0) return one.Group == other.Group;
        return FirstWord(one.Name).Equals(FirstWord(other.Name), StringComparison.OrdinalIgnoreCase);
    }

    static ReadOnlySpan<char> FirstWord(string name) =>
        name.IndexOf(' ') is > 0 and var blank ? name.AsSpan(0, blank) : name;

    /// <summary>
    /// Whether a charted code is by its text for patients in dialysis and this one is not, or the other way around.
    /// </summary>
    static bool IsForOthers(Case visit, Given given, Code charted)
    {
        if (given.Drug is not { } drug) return false;
        foreach (ref readonly var row in drug.Products.Span)
            if (row.Hcpcs == charted && row.For != ForPatient.Any && !IsFor(visit, row.For)) return true;
        return false;
    }

    static bool IsFor(Case visit, ForPatient patient) =>
        patient == ForPatient.Any || InDialysis(visit) == (patient == ForPatient.InDialysis);

    static bool? InDialysis(Case visit)
    {
        var all = new List<Code>(visit.Encounter.Diagnoses);
        foreach (var each in visit.Encounter.Administrations) all.AddRange(each.Diagnoses);
        return Dialysis.Of(visit.Book, all.ToArray(), visit.Encounter.PlaceOfService);
    }

    /// <summary>
    /// The first product row that fits; a row for a brand only fits when that brand is charted, unless it is the drug's
    /// only code. Where the charted name leaves several codes open, the chart is asked.
    /// </summary>
    static Code Chosen(Case visit, Given given, Drug drug)
    {
        var name = DrugName.Fold(given.Charted.Drug);
        if (ByNdc(visit, given, drug) is { IsNone: false } packaged) return Agreed(visit, given, drug, name, packaged);
        Code general = default;
        var ofBrands = new List<Code>();
        foreach (ref readonly var row in drug.Products.Span)
        {
            if (!Fits(visit, given, row)) continue;
            if (row.Brand.Length == 0)
            {
                if (general.IsNone) general = row.Hcpcs;
            }
            else if (Names(row.Brand, name)) return row.Hcpcs;
            else if (!ofBrands.Contains(row.Hcpcs)) ofBrands.Add(row.Hcpcs);
        }
        if (general.IsNone && ofBrands.Count == 1) return ofBrands[0];
        if (general.IsNone) Hold(visit, given, drug, name, ofBrands);
        else given.OtherCodes = Others(visit, given, drug, name, general, ofBrands);
        return general;
    }

    /// <summary>
    /// The package's code, unless the charted brand has another one: then one of the two is wrong, and the line is
    /// held.
    /// </summary>
    static Code Agreed(Case visit, Given given, Drug drug, string name, Code packaged)
    {
        Code ofBrand = default;
        foreach (ref readonly var row in drug.Products.Span)
        {
            if (row.Brand.Length == 0 || !Names(row.Brand, name) || !Fits(visit, given, row)) continue;
            if (row.Hcpcs == packaged) return packaged;
            if (ofBrand.IsNone) ofBrand = row.Hcpcs;
        }
        if (ofBrand.IsNone) return packaged;
        Hold(visit, given, drug, CodingFindings.NdcOfAnotherBrand, [ofBrand, packaged]);
        return default;
    }

    /// <summary>The code is not known: the finding says what decides it.</summary>
    static void Hold(Case visit, Given given, Drug drug, string name, List<Code> ofBrands)
    {
        if (ofBrands.Count > 0 || drug.Vaccine is not null)
            Hold(visit, given, drug, CodingFindings.CodeNotChosen, Begun(visit, drug, name, ofBrands));
        else if (DependsOnDialysis(drug) && InDialysis(visit) is null)
            Hold(visit, given, drug, CodingFindings.DialysisNotCharted, []);
        else if (ByStrength(visit, drug) is { Count: > 0 } codes && StrengthOf(given) is null)
            Hold(visit, given, drug, CodingFindings.StrengthNotCharted, codes);
    }

    static void Hold(Case visit, Given given, Drug drug, FindingInfo info, List<Code> codes)
    {
        visit.Ask(given, Questions.DrugCode, Answer.Unknown, given.At(Field.Drug), Arg.Drug(drug.Index));
        visit.Say(info, given.At(Field.Drug), Arg.Drug(drug.Index), CodeAt(codes, 0), CodeAt(codes, 1),
            CodeAt(codes, 2));
    }

    static Arg CodeAt(List<Code> codes, int index) => index < codes.Count ? Arg.Of(codes[index]) : default;

    /// <summary>The codes of the brands that the charted name begins ("Gammagard"); all when it begins none.</summary>
    static List<Code> Begun(Case visit, Drug drug, string name, List<Code> ofBrands)
    {
        var begun = new List<Code>();
        foreach (ref readonly var row in drug.Products.Span)
            if (ofBrands.Contains(row.Hcpcs) && !begun.Contains(row.Hcpcs) && name.Length > 0
                && $"{DrugName.Fold(row.Brand)} ".StartsWith(name + " ", StringComparison.Ordinal))
                begun.Add(row.Hcpcs);
        return begun.Count > 0 ? begun : ofBrands;
    }

    static List<Code> ByStrength(Case visit, Drug drug)
    {
        var codes = new List<Code>();
        foreach (ref readonly var row in drug.Products.Span)
            if (row.MaxStrength > row.MinStrength && visit.Book.TryCode(row.Hcpcs, visit.Date, out _))
                codes.Add(row.Hcpcs);
        return codes;
    }

    /// <summary>The codes of brands or makers that a generic name leaves open.</summary>
    static List<Code> Others(Case visit, Given given, Drug drug, string name, Code general, List<Code> ofBrands)
    {
        if (drug.DecidedBy == DecidedBy.None || !given.Charted.Hcpcs.IsNone || given.Charted.NdcText.Length > 0)
            return [];
        foreach (var brand in drug.Brands)
            if (Names(brand, name)) return [];
        ofBrands.RemoveAll(code => code == general || IsUnclassified(visit, code));
        return ofBrands;
    }

    /// <summary>
    /// The drug's own code is on a line, and the chart does not say that it is not a brand's or a maker's: once for a
    /// drug.
    /// </summary>
    public static void SayOthers(Case visit, Given given)
    {
        if (given.Drug is not { } drug || given.OtherCodes.Count == 0) return;
        var info = drug.DecidedBy == DecidedBy.Brand ? CodingFindings.NameFitsSeveral : CodingFindings.MakerDecides;
        for (var i = 0; i < visit.Findings.Count; i++)
            if (visit.Findings[i].Info == info && visit.Findings[i].A == Arg.Drug(drug.Index)) return;
        visit.Say(info, given.At(Field.Drug), Arg.Drug(drug.Index), Arg.Of(given.Hcpcs), CodeAt(given.OtherCodes, 0),
            CodeAt(given.OtherCodes, 1));
    }

    static bool IsUnclassified(Case visit, Code code) =>
        visit.Book.TryCode(code, visit.Date, out var row) && row.Groups.Has(Group.UnclassifiedDrug);

    /// <summary>
    /// Milligrams a milliliter: the charted concentration, or the number that ends the charted name (Isovue-370). Null
    /// when neither says.
    /// </summary>
    static int? StrengthOf(Given given)
    {
        var charted = new Strength(given.Charted.Concentration, given.Charted.ConcentrationPer);
        if (charted.IsKnown && charted.Count(new Amount(1, MeasureUnit.Ml), new Amount(1, MeasureUnit.Mg)) is { } count)
            return (int)Math.Min(count.Floor, int.MaxValue);
        int? last = null;
        foreach (var word in DrugName.Fold(given.Charted.Drug).Split(' '))
            if (int.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                && number is >= 100 and < 1000)
                last = number;
        return last;
    }

    static bool DependsOnDialysis(Drug drug)
    {
        foreach (ref readonly var row in drug.Products.Span)
            if (row.For != ForPatient.Any) return true;
        return false;
    }

    /// <summary>Whether the charted name is of this brand; no brand is every one.</summary>
    public static bool IsOfBrand(Given given, string brand) =>
        brand.Length == 0 || Names(brand, DrugName.Fold(given.Charted.Drug));

    static bool Names(string brands, string name)
    {
        foreach (var brand in brands.Split('|'))
            if (DrugName.Fold(brand) is { Length: > 0 } folded
                && $" {name} ".Contains($" {folded} ", StringComparison.Ordinal))
                return true;
        return false;
    }

    static bool Fits(Case visit, Given given, in ProductRow row)
    {
        if (!visit.Book.TryCode(row.Hcpcs, visit.Date, out _) || !visit.Profile.IsNamedIn(row.Payers)) return false;
        if (!IsFor(visit, row.For)) return false;
        if (row.MaxStrength > row.MinStrength
            && (StrengthOf(given) is not { } strength || strength < row.MinStrength || strength > row.MaxStrength))
            return false;
        if (row.Hcpcs[0] == 'S' && visit.Profile.IsMedicare)
            return false; // S codes are for private payers: status I for Medicare
        if (row.Routes.Length > 0 && !HasRoute(row.Routes, given.Charted.Route)) return false;
        var dose = given.Charted.Dose;
        if (!row.MinDose.IsNone && (!dose.IsComparableTo(row.MinDose) || dose.Base < row.MinDose.Base)) return false;
        return row.MaxDose.IsNone || (dose.IsComparableTo(row.MaxDose) && dose.Base <= row.MaxDose.Base);
    }

    public static bool HasRoute(string routes, Route route)
    {
        foreach (var part in routes.AsSpan().Split(' '))
            if (routes.AsSpan()[part].SequenceEqual(Words.Routes[route])
                || (route is Route.Iv && routes.AsSpan()[part].StartsWith("iv")))
                return true;
        return false;
    }
}
