using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>The drug's own lines: code, units by exact arithmetic, waste, NDC, and the modifiers that charted facts ask for (INJ-090 to INJ-126).</summary>
internal static class DrugLines
{
    /// <summary>Units beyond this are a slip of the pen: no line of a claim carries so many.</summary>
    const long AbsurdUnits = 100_000;

    /// <summary>What one line stands for: doses of one code and NDC from one kind of container.</summary>
    sealed class Supply(Given first)
    {
        public Given First { get; } = first;
        public List<Given> Givens { get; } = [first];
        public Amount Dose { get; set; }
        public Amount Opened { get; set; }
        public bool IsOpenedKnown { get; set; } = true;
    }

    public static void Bill(Case visit)
    {
        var supplies = new List<Supply>();
        foreach (var given in visit.Givens)
        {
            CheckSafety(visit, given);
            if (!given.BillsDrug || !IsOurs(visit, given) || given.Hcpcs.IsNone) continue;
            if (supplies.Find(s => IsSame(s.First, given)) is { } supply) supply.Givens.Add(given); else supplies.Add(new(given));
        }
        foreach (var supply in supplies) BillSupply(visit, supply);
    }

    static bool IsSame(Given one, Given other) =>
        one.Hcpcs == other.Hcpcs && one.Charted.NdcText == other.Charted.NdcText && one.Charted.Source == other.Charted.Source && one.Charted.Container == other.Charted.Container && one.Drug == other.Drug && SiteProcedures.EyeSide(one) == SiteProcedures.EyeSide(other);

    /// <summary>A drug that cost the practice nothing is not billed; a state-supplied vaccine is, with its modifier and no charge.</summary>
    static bool IsOurs(Case visit, Given given)
    {
        var source = given.Charted.Source;
        if (source is DrugSource.None or DrugSource.Stock or DrugSource.Discount340B) return true;
        if (source == DrugSource.Vfc && given.Class == DrugClass.Vaccine && visit.Profile.StateVaccineModifier.Length > 0) return true;
        visit.Ask(given, Questions.DrugSupplied, Answer.Value, given.At(Field.Source), Arg.Of(source), value: Arg.Of(source));
        visit.Say(CodingFindings.FreeDrug, given.At(Field.Source), Case.Name(given), Arg.Of(source));
        return false;
    }

    static void BillSupply(Case visit, Supply supply)
    {
        var given = supply.First;
        if (!visit.Book.TryUnit(given.Hcpcs, visit.Date, out var unit) || (given.Drug is not null && IsUnclassified(visit, given))) { BillUnclassified(visit, supply); return; }
        if (unit.IsPerDose) { BillPerDose(visit, supply); return; }
        foreach (var each in supply.Givens)
        {
            if (InUnit(visit, each, each.Charted.Dose, unit.Unit) is not { } dose) return;
            supply.Dose = supply.Dose.IsNone ? dose : supply.Dose + dose;
        }
        var units = supply.Dose.CeilingOf(unit.Unit);
        if (units is <= 0 or > AbsurdUnits)
        {
            visit.Say(CodingFindings.Absurd, given.At(Field.Dose), Case.Name(given), Arg.Count(units));
            return;
        }
        var line = Line(visit, supply, units);
        visit.Ask(line, Questions.Units, Answer.Value, given.At(Field.Dose), Arg.Of(supply.Dose), Arg.Of(unit.Unit), Arg.Count(units));
        BillWaste(visit, supply, line, unit.Unit, units);
    }

    static bool IsUnclassified(Case visit, Given given) => visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Groups.Has(Group.UnclassifiedDrug);

    /// <summary>Name, strength, dose and route in the narrative; one unit (INJ-107).</summary>
    static void BillUnclassified(Case visit, Supply supply)
    {
        var given = supply.First;
        var charted = given.Charted;
        visit.Say(CodingFindings.UnlistedDrug, given.At(Field.Drug), Case.Name(given), Arg.Of(given.Hcpcs));
        var line = Line(visit, supply, 1);
        var strength = charted.Concentration.IsNone ? "" : $" {charted.Concentration}/{charted.ConcentrationPer}";
        line.Narrative = $"{given.Drug?.Name ?? ""}{strength} {charted.Dose} {Words.Routes[charted.Route]}".Trim();
        if (!AsksForWaste(visit, supply, out var single) || !single) return;
        // one unit stands for the whole container: JZ only where the chart says that nothing was left, since nothing here can count JW
        if (supply.Givens.TrueForAll(IsUsedUp)) { if (visit.Profile.Waste == WasteModifiers.JwAndJz) Mark(visit, line, Modifier.JZ, given); }
        else if (supply.Givens.Exists(g => g.Charted.Discarded.Value > 0)) visit.Say(CodingFindings.LabelNotWhole, given.At(Field.Discarded), Case.Name(given));
        else visit.Findings.Add(CodingFindings.ContentNotCharted, given.At(Field.ContainerAmount).OnLine(0, Field.Modifiers), Case.Name(given));
    }

    /// <summary>Nothing is left: so charted, or the container holds the dose.</summary>
    static bool IsUsedUp(Given given) =>
        given.Charted.NothingDiscarded || (given.Charted.Discarded.IsNone && given.Charted.ContainerAmount.IsComparableTo(given.Charted.Dose) && given.Charted.ContainerAmount.Base == given.Charted.Dose.Base);

    /// <summary>"Per dose" and "per study dose": one unit for each administration, whatever its amount.</summary>
    static void BillPerDose(Case visit, Supply supply)
    {
        var doses = supply.Givens.Where(g => g.Charted.SplitDose != true).Sum(g => SiteProcedures.IsBothSides(g) ? 2 : 1); // a joint or an eye is an administration of its own
        var line = Line(visit, supply, Math.Max(1, doses));
        visit.Ask(line, Questions.Units, Answer.Value, supply.First.At(Field.Drug), Arg.Of(new Amount(1, MeasureUnit.Each)), Arg.Of(new Amount(1, MeasureUnit.Each)), Arg.Of(line.Units));
        // whatever was left is less than the one unit (INJ-098)
        if (AsksForWaste(visit, supply, out var single) && single && visit.Profile.Waste == WasteModifiers.JwAndJz) Mark(visit, line, Modifier.JZ, supply.First);
    }

    static Draft Line(Case visit, Supply supply, long units)
    {
        var given = supply.First;
        var line = new Draft(given.Hcpcs, Part.Administration, given.Ordinal) { IsDrug = true, Units = Quantity.Of(units), Where = given.Where };
        line.Givens.AddRange(supply.Givens);
        AddModifiers(visit, line, given);
        visit.Drafts.Add(line);
        NdcOnLine.Add(visit, line, given, supply.Dose);
        return line;
    }

    static void AddModifiers(Case visit, Draft line, Given given)
    {
        line.Modifiers = line.Modifiers.With(SiteProcedures.EyeSide(given)); // a drug line for each eye (INJ-025)
        if (visit.Profile.NeedsRouteModifier(given.Hcpcs))
        {
            if (given.Charted.Route is Route.Iv or Route.IvInfusion or Route.IvPush) Mark(visit, line, Modifier.JA, given);
            if (given.Charted.Route is Route.Sc) Mark(visit, line, Modifier.JB, given);
        }
        if (given.Charted.Source == DrugSource.Vfc && Modifier.TryParse(visit.Profile.StateVaccineModifier, out var state)) Mark(visit, line, state, given);
        if (given.Charted.Source != DrugSource.Discount340B || given.Class == DrugClass.Vaccine) return;
        if (Modifier.TryParse(visit.Profile.DiscountModifier, out var discount)) Mark(visit, line, discount, given);
        else if (visit.Profile.DiscountModifier.Length > 0) visit.Say(CodingFindings.DiscountModifierOpen, given.At(Field.Source), Case.Name(given));
    }

    static void Mark(Case visit, Draft line, Modifier modifier, Given given)
    {
        line.Modifiers = line.Modifiers.With(modifier);
        visit.Ask(line, modifier == Modifier.JZ || modifier == Modifier.JW ? Questions.NoWasteModifier : modifier == Modifier.JA || modifier == Modifier.JB ? Questions.Route : Questions.DrugSupplied, Answer.Yes,
            given.At(modifier == Modifier.JZ || modifier == Modifier.JW ? Field.Container : Field.Source),
            modifier == Modifier.JZ || modifier == Modifier.JW ? Arg.Of(given.Charted.Container) : modifier == Modifier.JA || modifier == Modifier.JB ? Arg.Of(given.Charted.Route) : Arg.Of(given.Charted.Source), value: Arg.Of(modifier));
    }

    /// <summary>An amount in the measure the code counts, through the concentration when only a volume is charted; null with a finding otherwise.</summary>
    static Amount? InUnit(Case visit, Given given, Amount amount, Amount unit)
    {
        if (amount.IsNone)
        {
            visit.Say(CodingFindings.DoseNotCharted, given.At(Field.Dose), Case.Name(given));
            return null;
        }
        if (Converted(given, amount, unit) is { } converted) return converted;
        visit.Say(CodingFindings.ConcentrationNotCharted, given.At(Field.Concentration), Case.Name(given), Arg.Of(amount), Arg.Of(unit));
        return null;
    }

    static Amount? Converted(Given given, Amount amount, Amount unit)
    {
        if (amount.IsComparableTo(unit)) return amount.In(unit.Unit);
        var (of, per) = (given.Charted.Concentration, given.Charted.ConcentrationPer);
        if (of.IsNone || per.IsNone || per.Base == 0) return null;
        if (amount.IsComparableTo(per) && of.IsComparableTo(unit)) return new Amount(amount.In(per.Unit).Value * of.Value / per.Value, of.Unit).In(unit.Unit);
        if (amount.IsComparableTo(of) && per.IsComparableTo(unit) && of.Base != 0) return new Amount(amount.In(of.Unit).Value * per.Value / of.Value, per.Unit).In(unit.Unit);
        return null;
    }

    /// <summary>Whether this payer takes JW and JZ for this drug, and whether the container is one for a single dose.</summary>
    static bool AsksForWaste(Case visit, Supply supply, out bool single)
    {
        var given = supply.First;
        single = false;
        if (visit.Profile.Waste == WasteModifiers.No || given.Class == DrugClass.Vaccine || (visit.Institutional && visit.Book.IsPackaged(given.Hcpcs, visit.Date))) return false;
        var container = given.Charted.Container;
        if (container == ContainerKind.None && Ndc.TryParse(given.Charted.NdcText, out var ndc, out _) && visit.Book.TryContainer(ndc, out _, out var vial)) container = vial.Container;
        if (container == ContainerKind.None)
        {
            visit.Ask(given, Questions.NoWasteModifier, Answer.Unknown, given.At(Field.Container));
            if (visit.Profile.Waste == WasteModifiers.JwAndJz) visit.Findings.Add(CodingFindings.ContainerNotCharted, given.At(Field.Container).OnLine(0, Field.Modifiers));
            return false;
        }
        single = container != ContainerKind.MultiDose;
        if (single) return true;
        visit.Ask(given, Questions.NoWasteModifier, Answer.No, given.At(Field.Container), Arg.Of(container));
        if (!given.Charted.Discarded.IsNone && given.Charted.Discarded.Value > 0) visit.Say(CodingFindings.WasteFromMultiDose, given.At(Field.Discarded), Case.Name(given));
        return false;
    }

    /// <summary>JW units are the whole units opened less the units given; with none left the line carries JZ (INJ-095 to INJ-098, 3.16.1).</summary>
    static void BillWaste(Case visit, Supply supply, Draft line, Amount unit, long units)
    {
        if (!AsksForWaste(visit, supply, out var single) || !single) return;
        var given = supply.First;
        foreach (var each in supply.Givens) AddOpened(visit, supply, each, unit);
        if (!supply.IsOpenedKnown) return;
        var vialUnits = supply.Opened.FloorOf(unit);
        var wasted = Math.Max(0, vialUnits - units);
        visit.Ask(line, Questions.Waste, wasted > 0 ? Answer.Yes : Answer.No, given.At(Field.ContainerAmount), Arg.Of(supply.Opened), Arg.Of(supply.Dose));
        if (supply.Opened.Base % unit.Base != 0 && vialUnits > 0 && supply.Opened.Base - supply.Dose.Base > unit.Base) visit.Say(CodingFindings.LabelNotWhole, given.At(Field.ContainerAmount), Case.Name(given));
        if (wasted == 0)
        {
            if (visit.Profile.Waste == WasteModifiers.JwAndJz) Mark(visit, line, Modifier.JZ, given);
            return;
        }
        var waste = new Draft(line.Code, Part.Administration, line.Ordinal) { IsDrug = true, Units = Quantity.Of(wasted), Modifiers = line.Modifiers, Narrative = line.Narrative, Ndc = line.Ndc };
        waste.Givens.AddRange(supply.Givens);
        waste.Steps.AddRange(line.Steps);
        visit.Drafts.Add(waste);
        Mark(visit, waste, Modifier.JW, given);
        NdcOnLine.AddWaste(visit, waste, given, supply.Opened - supply.Dose);
    }

    /// <summary>What was opened for one dose: what the container holds, as often as the dose needs it, checked against what was discarded.</summary>
    static void AddOpened(Case visit, Supply supply, Given given, Amount unit)
    {
        var charted = given.Charted;
        var dose = Converted(given, charted.Dose, unit)!.Value;
        var content = charted.ContainerAmount.IsNone ? default : Converted(given, charted.ContainerAmount, unit) ?? default;
        if (content.IsNone && Ndc.TryParse(charted.NdcText, out var ndc, out _) && visit.Book.TryContainer(ndc, out _, out var vial) && vial.Content.IsComparableTo(unit)) content = vial.Content.In(unit.Unit);
        Amount? discarded = charted.NothingDiscarded ? new Amount(0, unit.Unit) : charted.Discarded.IsNone ? null : Converted(given, charted.Discarded, unit);
        var opened = content.IsNone || content.Base == 0 ? (discarded is { } left ? dose + left : default(Amount?)) : new Amount(content.Value * Math.Max(1, dose.CeilingOf(content)), content.Unit);
        if (opened is not { } known)
        {
            supply.IsOpenedKnown = false;
            visit.Ask(given, Questions.Waste, Answer.Unknown, given.At(Field.ContainerAmount), Arg.Of(content), Arg.Of(dose));
            visit.Findings.Add(CodingFindings.ContentNotCharted, given.At(Field.ContainerAmount).OnLine(0, Field.Modifiers), Case.Name(given));
            return;
        }
        if (discarded is { } said && (dose + said).Base != known.Base)
        {
            if (IsWholeContainers(dose + said, content)) { visit.Say(CodingFindings.MoreOpenedThanNeeded, given.At(Field.Discarded), Case.Name(given)); known = dose + said; }
            else { supply.IsOpenedKnown = false; visit.Say(CodingFindings.WasteDisagrees, given.At(Field.Discarded), Case.Name(given), Arg.Of(dose + said), Arg.Of(known)); return; }
        }
        supply.Opened = supply.Opened.IsNone ? known : supply.Opened + known;
    }

    static bool IsWholeContainers(Amount total, Amount content) => total.Base % content.Base == 0 && total.Base > 0;

    static void CheckSafety(Case visit, Given given)
    {
        var charted = given.Charted;
        if (charted.Given != false && charted.Expires is { } expires && expires < visit.Date) visit.Say(CodingFindings.ExpiredLot, given.At(Field.Expires), Case.Name(given), Arg.Of(expires));
        if (given.Drug is not { } drug || charted.Given == false) return;
        if (drug.IsSelfAdministered && visit.Profile.ExcludesSelfAdministered) visit.Say(CodingFindings.SelfAdministeredByList, given.At(Field.Drug), Arg.Drug(drug.Index));
        foreach (var row in drug.Doses)
        {
            if ((row.Route != Route.None && row.Route != charted.Route) || !DrugChoice.IsOfBrand(given, row.Brand)) continue;
            if (!row.MaxSingle.IsNone && (row.AgeFrom == 0 || visit.Encounter.Age >= row.AgeFrom) && charted.Dose.IsComparableTo(row.MaxSingle) && charted.Dose.Base > row.MaxSingle.Base)
                visit.Say(CodingFindings.DoseAboveLabel, given.At(Field.Dose), Arg.Drug(drug.Index), Arg.Of(charted.Dose), Arg.Of(row.MaxSingle));
            if (row.MinIntervalDays > 0 && charted.LastGiven is { } last && visit.Date.DayNumber - last.DayNumber < row.MinIntervalDays)
                visit.Say(CodingFindings.TooEarly, given.At(Field.LastGiven), Arg.Drug(drug.Index), Arg.Of(last), Arg.Count(row.MinIntervalDays));
        }
    }
}
