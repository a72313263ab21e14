using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A drug that cost the practice nothing is not charged.</summary>
public sealed class FreeDrugCharged : Edit
{
    public override FindingInfo Info { get; } = new("DRG0170", "free-drug-charged", Severity.Error, Outcome.Compliance, Cited.Benefits("ch. 15, §50.3"),
        "{0} is charged, and the chart says that it cost the practice nothing ({1})", "INJ-045 INJ-069", Remedy.Chart("Remove line {line}"), [new("CO-16", "M20")], Mandatory: true);

    public override CodeGroups All => Group.ChartPresent;

    public override CodeGroups Any => Group.DrugCode | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Any))
            if (claim.Line(i).Charge is { Cents: > 1 } && Source(claim, i) is DrugSource.PatientSupplied or DrugSource.SpecialtyPharmacy or DrugSource.Sample or DrugSource.Vfc or DrugSource.Study)
                Report(claim, findings, Info, i, Field.Charge, CodeAt(claim, i), Arg.Of(Source(claim, i)), first: RemoveLine(claim, i));
    }

    /// <summary>The source of the one administration that names the line's code or drug; none when several do.</summary>
    static DrugSource Source(BoundClaim claim, int line)
    {
        var (source, count) = (DrugSource.None, 0);
        foreach (var given in claim.Encounter!.Administrations)
            if (given.Hcpcs == claim.CodeOf(line) || (given.Hcpcs.IsNone && Takes(claim.Book.DrugNamed(given.Drug), claim.CodeOf(line)))) (source, count) = (given.Source, count + 1);
        return count == 1 ? source : DrugSource.None;
    }

    static bool Takes(Drug? drug, Code code)
    {
        if (drug is not null) foreach (var product in drug.Products) if (product.Hcpcs == code) return true;
        return false;
    }
}
