using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Codes that hold the drug and giving it: a visit with its drug and hours of watching, or a week of an opioid
/// treatment program (<c>bundles.tsv</c>).
/// </summary>
internal static class Bundles
{
    /// <summary>Whether some code holds this drug for this payer, here and now, whatever its dose.</summary>
    public static bool HasOne(Case visit, Given given) => Of(given).Exists(row => Fits(visit, row));

    static List<BundleRow> Of(Given given) => given.Drug is { } drug ? drug.Bundles : [];

    /// <summary>
    /// The patient takes it under the eyes of the staff: taking it oneself is then the way it is given.
    /// </summary>
    public static bool IsWatched(Given given) =>
        Of(given).Exists(static row => row.Holds is BundleHolds.Visit or BundleHolds.Asked);

    /// <summary>
    /// Drugs after which the label or its safety program wants the patient watched, against the minutes charted
    /// (INJ-220).
    /// </summary>
    public static void CheckWatching(Case visit)
    {
        foreach (var given in visit.Givens)
        {
            var watch = Of(given).Find(row => row.Holds == BundleHolds.Watch && IsInForce(visit, row));
            if (watch is null || given.Charted.Given == false || (given.Charted.ObservedMinutes ?? 0) >= watch.Minutes)
                continue;
            visit.Say(CodingFindings.NotWatched, given.At(Field.Observed), Case.Name(given),
                Arg.Minutes(watch.Minutes));
        }
    }

    static bool Fits(Case visit, BundleRow row) =>
        IsInForce(visit, row) && visit.Book.TryCode(row.Code, visit.Date, out _);

    static bool IsInForce(Case visit, BundleRow row) =>
        (row.Place.IsNone || row.Place == visit.Encounter.PlaceOfService) && row.Dates.Contains(visit.Date)
            && visit.Profile.IsNamedIn(row.Payers);

    public static Service Choose(Case visit, Given given)
    {
        if (!HasOne(visit, given)) return Service.None;
        if (RowOf(visit, given.Drug!, given.Charted.Dose) is { Holds: BundleHolds.Asked } asked)
        {
            visit.Say(CodingFindings.AskWhichCode, given.At(Field.Drug), Case.Name(given), Arg.Of(asked.Code));
            return Service.None;
        }
        if (!Of(given).Exists(row => row.Holds != BundleHolds.Asked && Fits(visit, row))) return Service.None;
        given.BillsDrug = false;
        return Service.Bundle;
    }

    static BundleRow? RowOf(Case visit, Drug drug, Amount dose) =>
        drug.Bundles.Find(row => Fits(visit, row) && row.IsForDose(dose));

    /// <summary>One line for all the doses of a drug: their sum picks the code.</summary>
    public static void Bill(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Bundle);
        Transfuse(visit, all.FindAll(static g => g.Class == DrugClass.Blood));
        all.RemoveAll(static g => g.Class == DrugClass.Blood);
        foreach (var first in all)
        {
            var doses = all.FindAll(g => g.Drug == first.Drug);
            if (doses[0] != first) continue;
            var row = RowOf(visit, first.Drug!, Sum(doses));
            if (row is not null) Bill(visit, doses, row);
            else
                foreach (var each in doses)
                    visit.Say(CodingFindings.BundleNotChosen, each.At(Field.Dose), Case.Name(each));
        }
    }

    /// <summary>
    /// A transfusion is billed once a day, whatever its units and products; the code of a product depends on how it was
    /// prepared.
    /// </summary>
    static void Transfuse(Case visit, List<Given> products)
    {
        if (products.Count == 0 || RowOf(visit, products[0].Drug!, default) is not { } row) return;
        var (line, code) = (visit.Bill(products[0], row.Code), Arg.Of(row.Code));
        line.Givens.AddRange(products.Skip(1));
        foreach (var product in products)
        {
            visit.Ask(product, Questions.Bundle, Answer.Yes, product.At(Field.Drug), Case.Name(product), code, code);
            visit.Say(CodingFindings.BloodProduct, product.At(Field.Drug), Case.Name(product), code);
        }
    }

    static Amount Sum(List<Given> doses)
    {
        var sum = doses[0].Charted.Dose;
        foreach (var each in doses.Skip(1))
        {
            if (!each.Charted.Dose.IsComparableTo(sum)) return default;
            sum += each.Charted.Dose;
        }
        return sum;
    }

    static void Bill(Case visit, List<Given> doses, BundleRow row)
    {
        var given = doses[0];
        var isVisit = row.Holds == BundleHolds.Visit;
        if (isVisit && doses.Find(IsNotOurs) is { } other)
        {
            var source = Arg.Of(other.Charted.Source);
            visit.Say(CodingFindings.DrugNotOurs, other.At(Field.Source), Case.Name(other), Arg.Of(row.Code), source);
            return;
        }
        var line = visit.Bill(given, row.Code);
        line.Givens.AddRange(doses.Skip(1));
        var code = Arg.Of(row.Code);
        visit.Ask(line, Questions.Bundle, Answer.Yes, given.At(Field.Drug), Case.Name(given), code, code);
        if (isVisit) SettleVisit(visit, doses, row);
        else visit.Say(CodingFindings.Bundled, given.At(Field.None), Case.Name(given), code);
    }

    static bool IsNotOurs(Given given) => Ownership.IsFree(given.Charted.Source);

    /// <summary>
    /// The visit and the watching that the code holds: no office visit beside it, and the minutes charted.
    /// </summary>
    static void SettleVisit(Case visit, List<Given> doses, BundleRow row)
    {
        var (given, code) = (doses[0], Arg.Of(row.Code));
        visit.Say(CodingFindings.HoldsVisit, given.At(Field.None), Case.Name(given), code, Arg.Minutes(row.Minutes));
        if (visit.Encounter.Established == false)
            visit.Say(CodingFindings.NamesEstablished, Place.OfEncounter(Field.PatientEstablished), code);
        if ((doses.Max(g => g.Charted.ObservedMinutes) ?? 0) < row.Minutes)
            visit.Say(CodingFindings.WatchedTooShort, given.At(Field.Observed), code, Arg.Minutes(row.Minutes));
        foreach (var draft in visit.Drafts)
        {
            if (!draft.IsVisit || !IsOfficeVisit(visit, draft.Code)) continue;
            draft.LeftOff = true;
            var at = Place.Of(Part.Visit, draft.Ordinal, Field.Code);
            visit.Say(CodingFindings.VisitInside, at, Arg.Of(draft.Code), code);
        }
    }

    static bool IsOfficeVisit(Case visit, Code code) =>
        visit.Book.TryCode(code, visit.Date, out var row)
            && row.Groups.HasAny(Group.OfficeVisit | Group.NurseVisit | Group.FacilityVisit);
}
