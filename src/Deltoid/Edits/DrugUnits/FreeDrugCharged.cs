using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A drug that cost the practice nothing is not charged.</summary>
internal sealed class FreeDrugCharged : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0170", Name = "free-drug-charged", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Citation = Cited.Benefits("ch. 15, §50.3"),
        Message = "{0} is charged, and the chart says that it cost the practice nothing ({1})",
        Rules = "INJ-045 INJ-069", Fix = Remedy.Chart("Remove line {line}"), Predicts = [new("CO-16", "M20")],
        Mandatory = true,
    };

    public override CodeGroups All => Group.ChartPresent;

    public override CodeGroups Any => Group.DrugCode | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Any))
        {
            if (claim.Line(i).Charge is not { Cents: > 1 } || Source(claim, i) is not { } source
                || !Ownership.IsFree(source))
                continue;
            Report(claim, findings, Info, i, Field.Charge, CodeAt(claim, i), Arg.Of(source),
                first: RemoveLine(claim, i));
        }
    }

    /// <summary>
    /// The source of the doses of the line's code; null when there is none, or when some were free and others not: then
    /// only the modifier of a state's vaccine says which line is whose.
    /// </summary>
    static DrugSource? Source(BoundClaim claim, int line)
    {
        var isOfState = Modifier.TryParse(claim.Payer.StateVaccineModifier, out var state)
            && claim.ModifiersOf(line).Has(state);
        DrugSource? source = null;
        foreach (var given in claim.Encounter!.Administrations)
        {
            if (!Ownership.IsOf(claim.Book, given, claim.CodeOf(line))) continue;
            if (isOfState && given.Source == DrugSource.Vfc) return given.Source;
            if (source is { } other && Ownership.IsFree(other) != Ownership.IsFree(given.Source)) return null;
            source = given.Source;
        }
        return source;
    }
}
