using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// The drug's own lines: code, units by exact arithmetic, waste and NDC, each from charted facts (INJ-090 to INJ-126).
/// </summary>
internal static class DrugLines
{
    /// <summary>Units beyond this are a slip of the pen: no line of a claim carries so many.</summary>
    const long AbsurdUnits = 100_000;

    /// <summary>What one line covers: doses of one code and NDC from one kind of container.</summary>
    sealed class Batch(Given first)
    {
        public Given First { get; } = first;

        public List<Given> Givens { get; } = [first];

        /// <summary>Set once its doses are counted.</summary>
        public Supply? Supply { get; set; }
    }

    public static void Bill(Case visit)
    {
        var batches = new List<Batch>();
        foreach (var given in visit.Givens)
        {
            CheckSafety(visit, given);
            if (!given.BillsDrug || !IsOurs(visit, given) || given.Hcpcs.IsNone) continue;
            if (batches.Find(b => IsSame(b.First, given)) is { } batch)
                batch.Givens.Add(given);
            else
                batches.Add(new(given));
        }
        for (var i = 0; i < batches.Count; i++) BillBatch(visit, batches, i);
    }

    static bool IsSame(Given one, Given other) =>
        IsSameCode(one, other) && IsSameNdc(one.Charted.NdcText, other.Charted.NdcText) && Source(one) == Source(other)
        && one.Charted.Container == other.Charted.Container && one.Drug == other.Drug;

    /// <summary>
    /// Doses whose units are rounded up together: of one code; an eye is an administration of its own.
    /// </summary>
    static bool IsSameCode(Given one, Given other) =>
        one.Hcpcs == other.Hcpcs && SiteProcedures.EyeSide(one) == SiteProcedures.EyeSide(other);

    static bool IsSameNdc(string one, string other) =>
        one == other
            || (Ndc.TryParse(one, out var first, out _) && Ndc.TryParse(other, out var second, out _)
                && first.Digits == second.Digits);

    static DrugSource Source(Given given) =>
        given.Charted.Source == DrugSource.None ? DrugSource.Stock : given.Charted.Source;

    /// <summary>
    /// A drug that cost the practice nothing is not billed; a state-supplied vaccine is, with its modifier and no
    /// charge.
    /// </summary>
    static bool IsOurs(Case visit, Given given)
    {
        var source = given.Charted.Source;
        if (!Ownership.IsFree(given.Charted, given.Class == DrugClass.Vaccine, visit.Profile)) return true;
        visit.Ask(given, Questions.DrugSupplied, Answer.Value, given.At(Field.Source), Arg.Of(source),
            value: Arg.Of(source));
        visit.Say(CodingFindings.FreeDrug, given.At(Field.Source), Case.Name(given), Arg.Of(source));
        return false;
    }

    static void BillBatch(Case visit, List<Batch> batches, int index)
    {
        var batch = batches[index];
        var given = batch.First;
        if (!visit.Book.TryUnit(given.Hcpcs, visit.Date, out var unit)
            || (given.Drug is not null && IsUnclassified(visit, given)))
        {
            BillUnclassified(visit, batch);
            return;
        }
        if (unit.IsPerDose)
        {
            BillPerDose(visit, batch);
            return;
        }
        if (!IsCounted(visit, batch, unit)) return;
        var units = Units(batches, index);
        if (units is < 0 or > AbsurdUnits || !(batch.Supply!.Given > Ratio.Zero))
        {
            visit.Say(CodingFindings.Absurd, given.At(Field.Dose), Case.Name(given), Arg.Count(units));
            return;
        }
        if (units == 0) visit.Say(CodingFindings.WithinBilledUnits, given.At(Field.Dose), Case.Name(given));
        var line = Line(visit, batch, units);
        visit.Ask(line, Questions.Units, Answer.Value, given.At(Field.Dose),
            Arg.Of(batch.Supply.Shown(batch.Supply.Given)), Arg.Of(unit.Unit), Arg.Count(units));
        BillWaste(visit, batch, line, units);
    }

    /// <summary>Counts the doses in the code's unit; says why where one cannot be counted.</summary>
    static bool IsCounted(Case visit, Batch batch, BillingUnitRow unit)
    {
        var supply = new Supply(visit.Book, unit.Unit, unit.ByFirst, batch.First.Hcpcs);
        foreach (var given in batch.Givens)
        {
            switch (supply.Add(given.Charted))
            {
                case DoseFault.None: continue;
                case DoseFault.NotCharted:
                    visit.Say(CodingFindings.DoseNotCharted, given.At(Field.Dose), Case.Name(given));
                    break;
                case DoseFault.TooLarge:
                    visit.Say(CodingFindings.Absurd, given.At(Field.Dose), Case.Name(given), Arg.Count(AbsurdUnits));
                    break;
                default:
                    visit.Say(CodingFindings.ConcentrationNotCharted, given.At(Field.Concentration), Case.Name(given),
                        Arg.Of(given.Charted.Dose), Arg.Of(unit.Unit));
                    break;
            }
            return false;
        }
        batch.Supply = supply;
        return true;
    }

    /// <summary>
    /// What this line adds to the units of the lines before it of the same code: a dose divided over two NDCs makes no
    /// more units than one.
    /// </summary>
    static long Units(List<Batch> batches, int index)
    {
        var before = Ratio.Zero;
        for (var i = 0; i < index; i++)
            if (batches[i].Supply is { } other && IsSameCode(batches[i].First, batches[index].First))
                before += other.Given;
        return (before + batches[index].Supply!.Given).Ceiling - before.Ceiling;
    }

    static bool IsUnclassified(Case visit, Given given) =>
        visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Groups.Has(Group.UnclassifiedDrug);

    /// <summary>Name, strength, dose and route in the narrative; one unit (INJ-107).</summary>
    static void BillUnclassified(Case visit, Batch batch)
    {
        var given = batch.First;
        var charted = given.Charted;
        visit.Say(CodingFindings.UnlistedDrug, given.At(Field.Drug), Case.Name(given), Arg.Of(given.Hcpcs));
        var line = Line(visit, batch, 1);
        var strength = charted.Concentration.IsNone ? "" : $" {charted.Concentration}/{charted.ConcentrationPer}";
        line.Narrative = $"{given.Drug?.Name ?? ""}{strength} {TotalDose(batch)} {Words.Routes[charted.Route]}".Trim();
        if (!AsksForWaste(visit, batch)) return;
        // one unit covers the whole container: JZ only where the chart says that nothing was left, since nothing
        // here can count JW
        if (batch.Givens.TrueForAll(g => Supply.IsUsedUp(g.Charted)))
        {
            if (visit.Profile.Waste == WasteModifiers.JwAndJz) DrugModifiers.MarkWaste(visit, line, Modifier.JZ, given);
        }
        else if (batch.Givens.Exists(g => g.Charted.Discarded.Value > 0))
            visit.Say(CodingFindings.LabelNotWhole, given.At(Field.Discarded), Case.Name(given));
        else
            visit.Findings.Add(CodingFindings.ContentNotCharted,
                given.At(Field.ContainerAmount).OnLine(0, Field.Modifiers), Case.Name(given));
    }

    /// <summary>The doses of a line as one amount; the first where they are of different measures.</summary>
    static Amount TotalDose(Batch batch)
    {
        var total = batch.First.Charted.Dose;
        foreach (var given in batch.Givens.Skip(1))
            if (given.Charted.Dose.IsComparableTo(total)) total += given.Charted.Dose;
        return total;
    }

    /// <summary>"Per dose" and "per study dose": one unit for each administration, whatever its amount.</summary>
    static void BillPerDose(Case visit, Batch batch)
    {
        // a joint or an eye is an administration of its own
        var doses = batch.Givens.Where(g => g.Charted.SplitDose != true)
            .Sum(g => SiteProcedures.IsBothSides(g) ? 2 : 1);
        var line = Line(visit, batch, Math.Max(1, doses));
        var one = Arg.Of(new Amount(1, MeasureUnit.Each));
        visit.Ask(line, Questions.Units, Answer.Value, batch.First.At(Field.Drug), one, one, Arg.Of(line.Units));
        // whatever was left is less than the one unit (INJ-098)
        if (visit.Profile.Waste == WasteModifiers.JwAndJz && AsksForWaste(visit, batch))
            DrugModifiers.MarkWaste(visit, line, Modifier.JZ, batch.First);
    }

    static Draft Line(Case visit, Batch batch, long units)
    {
        var given = batch.First;
        var line = new Draft(given.Hcpcs, Part.Administration, given.Ordinal) { IsDrug = true,
            Units = Quantity.Of(units), Where = given.Where, LeftOff = units == 0 };
        line.Givens.AddRange(batch.Givens);
        DrugModifiers.Add(visit, line, given);
        DrugChoice.SayOthers(visit, given);
        visit.Drafts.Add(line);
        NdcOnLine.Add(visit, line, given, batch.Supply);
        return line;
    }

    /// <summary>Whether this payer takes JW and JZ for this drug, and the container is one for a single dose.</summary>
    static bool AsksForWaste(Case visit, Batch batch)
    {
        var given = batch.First;
        if (visit.Profile.Waste == WasteModifiers.No || given.Class == DrugClass.Vaccine
            || !IsPaidByItself(visit, given))
            return false;
        var container = given.Charted.Container;
        if (container == ContainerKind.None && Strength.Container(given.Charted, visit.Book) is { } vial)
            container = vial.Container;
        if (container == ContainerKind.None)
        {
            visit.Ask(given, Questions.NoWasteModifier, Answer.Unknown, given.At(Field.Container));
            if (visit.Profile.Waste == WasteModifiers.JwAndJz)
                visit.Findings.Add(CodingFindings.ContainerNotCharted,
                    given.At(Field.Container).OnLine(0, Field.Modifiers));
            return false;
        }
        if (container != ContainerKind.MultiDose) return true;
        visit.Ask(given, Questions.NoWasteModifier, Answer.No, given.At(Field.Container), Arg.Of(container));
        if (!given.Charted.Discarded.IsNone && given.Charted.Discarded.Value > 0)
            visit.Say(CodingFindings.WasteFromMultiDose, given.At(Field.Discarded), Case.Name(given));
        return false;
    }

    /// <summary>
    /// A drug that the payer excludes, or pays within another service, needs neither JW nor JZ (INJ-100).
    /// </summary>
    static bool IsPaidByItself(Case visit, Given given)
    {
        if (visit.Institutional && visit.Book.IsPackaged(given.Hcpcs, visit.Date)) return false;
        // the other way of a code of two routes
        var byVein = given.Charted.Route is Route.Iv or Route.IvInfusion or Route.IvPush;
        if (!byVein && visit.Profile.ExcludesSelfAdministered
            && visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Groups.Has(Group.SelfAdministered))
            return false;
        return !visit.Book.TryFee(given.Hcpcs, visit.Date, out var fee) || fee.Status is not ('I' or 'N');
    }

    /// <summary>
    /// JW units are the whole units opened less the units given; with none left the line carries JZ (INJ-095 to
    /// INJ-098, 3.16.1).
    /// </summary>
    static void BillWaste(Case visit, Batch batch, Draft line, long units)
    {
        if (!AsksForWaste(visit, batch)) return;
        var (given, supply) = (batch.First, batch.Supply!);
        var opening = supply.Open();
        if (opening.Kind != OpeningKind.Known) SayOpening(visit, batch, opening);
        if (!opening.IsKnown) return;
        var wasted = Math.Max(0, opening.Opened.Floor - units);
        visit.Ask(line, Questions.Waste, wasted > 0 ? Answer.Yes : Answer.No, given.At(Field.ContainerAmount),
            Arg.Of(supply.Shown(opening.Opened)), Arg.Of(supply.Shown(supply.Given)));
        if (!opening.Opened.IsWhole && opening.Opened > Ratio.Of(1) && opening.Opened - supply.Given > Ratio.Of(1))
            visit.Say(CodingFindings.LabelNotWhole, given.At(Field.ContainerAmount), Case.Name(given));
        if (wasted == 0)
        {
            if (visit.Profile.Waste == WasteModifiers.JwAndJz) DrugModifiers.MarkWaste(visit, line, Modifier.JZ, given);
            return;
        }
        var waste = new Draft(line.Code, Part.Administration, line.Ordinal)
        {
            IsDrug = true, Units = Quantity.Of(wasted), Modifiers = line.Modifiers, Narrative = line.Narrative,
            Ndc = line.Ndc
        };
        waste.Givens.AddRange(batch.Givens);
        waste.Steps.AddRange(line.Steps);
        visit.Drafts.Add(waste);
        DrugModifiers.MarkWaste(visit, waste, Modifier.JW, given);
        NdcOnLine.AddWaste(visit, line, waste, given, supply, opening.Opened);
    }

    static void SayOpening(Case visit, Batch batch, Opening opening)
    {
        var (given, supply) = (batch.Givens[opening.Dose], batch.Supply!);
        switch (opening.Kind)
        {
            case OpeningKind.MoreThanNeeded:
                visit.Say(CodingFindings.MoreOpenedThanNeeded, given.At(Field.Discarded), Case.Name(given));
                break;
            case OpeningKind.Disagrees:
                visit.Say(CodingFindings.WasteDisagrees, given.At(Field.Discarded), Case.Name(given),
                    Arg.Of(supply.Shown(opening.Charted)), Arg.Of(supply.Shown(opening.Opened)));
                break;
            case OpeningKind.OneOrSeveral:
                visit.Findings.Add(CodingFindings.OneContainerOrSeveral,
                    given.At(Field.ContainerAmount).OnLine(0, Field.Modifiers), Case.Name(given),
                    Arg.Count(batch.Givens.Count));
                break;
            default:
                visit.Ask(given, Questions.Waste, Answer.Unknown, given.At(Field.ContainerAmount),
                    Arg.Of(given.Charted.ContainerAmount), Arg.Of(given.Charted.Dose));
                visit.Findings.Add(CodingFindings.ContentNotCharted,
                    given.At(Field.ContainerAmount).OnLine(0, Field.Modifiers), Case.Name(given));
                break;
        }
    }

    static void CheckSafety(Case visit, Given given)
    {
        var charted = given.Charted;
        if (charted.Given != false && charted.Expires is { } expires && expires < visit.Date)
            visit.Say(CodingFindings.ExpiredLot, given.At(Field.Expires), Case.Name(given), Arg.Of(expires));
        if (given.Drug is not { } drug || charted.Given == false) return;
        if (drug.IsSelfAdministered && visit.Profile.ExcludesSelfAdministered)
            visit.Say(CodingFindings.SelfAdministeredByList, given.At(Field.Drug), Arg.Drug(drug.Index));
        foreach (var row in drug.Doses)
        {
            if ((row.Route != Route.None && row.Route != charted.Route) || !DrugChoice.IsOfBrand(given, row.Brand))
                continue;
            if (!row.MaxSingle.IsNone && (row.AgeFrom == 0 || visit.Encounter.Age >= row.AgeFrom)
                && charted.Dose.IsComparableTo(row.MaxSingle) && charted.Dose.Base > row.MaxSingle.Base)
                visit.Say(CodingFindings.DoseAboveLabel, given.At(Field.Dose), Arg.Drug(drug.Index),
                    Arg.Of(charted.Dose), Arg.Of(row.MaxSingle));
            if (row.MinIntervalDays > 0 && charted.LastGiven is { } last
                && visit.Date.DayNumber - last.DayNumber < row.MinIntervalDays)
                visit.Say(CodingFindings.TooEarly, given.At(Field.LastGiven), Arg.Drug(drug.Index), Arg.Of(last),
                    Arg.Count(row.MinIntervalDays));
        }
    }
}
