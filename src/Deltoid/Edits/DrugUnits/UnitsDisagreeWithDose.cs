using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>Billed units against the charted dose: the dose divided by the code's unit, rounded up, exactly.</summary>
public sealed class UnitsDisagreeWithDose : Edit
{
    public override FindingInfo Info { get; } = new("DRG0110", "units-disagree-with-dose", Severity.Error, Outcome.Compliance, Cited.Claims("ch. 17, §10, §40; ch. 26, §10.4"),
        "{1} units of {0} are billed; the charted dose makes {2}", "INJ-092 INJ-094",
        Remedy.Clerical("Change the units of line {line} to {2}"), [new("CO-16", "M53"), new("CO-151", "N362")], Mandatory: true, Explains: "DRG0111");

    public override CodeGroups All => Group.DrugCode | Group.ChartPresent;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (claim.ModifiersOf(i).Has(Modifier.JW) || claim.Is(i, Group.UnclassifiedDrug) || !IsOnlyLine(claim, i)) continue;
            if (Charted(claim, i) is { } units && claim.Line(i).Units != units)
                Report(claim, findings, Info, i, Field.Units, CodeAt(claim, i), Arg.Of(claim.Line(i).Units), Arg.Of(units), first: Replace(claim, i, Field.Units, Arg.Of(units)));
        }
    }

    static bool IsOnlyLine(BoundClaim claim, int line)
    {
        for (var i = 0; i < claim.Count; i++) if (i != line && claim.CodeOf(i) == claim.CodeOf(line) && !claim.ModifiersOf(i).Has(Modifier.JW)) return false;
        return true;
    }

    /// <summary>The units that all charted doses of the code make; null when one cannot be told, or none is of this code.</summary>
    static Quantity? Charted(BoundClaim claim, int line)
    {
        if (!claim.Book.TryUnit(claim.CodeOf(line), claim.Day(line), out var unit) || unit.IsPerDose) return null;
        Amount sum = default;
        foreach (var given in claim.Encounter!.Administrations)
        {
            if (given.Given == false || !IsOf(claim, given, line)) continue;
            if (given.Dose.IsNone || !given.Dose.IsComparableTo(unit.Unit)) return null;
            sum = sum.IsNone ? given.Dose : sum + given.Dose;
        }
        return sum.IsNone ? null : Quantity.Of(sum.CeilingOf(unit.Unit));
    }

    /// <summary>Of this code when the chart names the code; by drug, when the drug takes no other code.</summary>
    static bool IsOf(BoundClaim claim, Administration given, int line)
    {
        if (!given.Hcpcs.IsNone) return given.Hcpcs == claim.CodeOf(line);
        if (claim.Book.DrugNamed(given.Drug) is not { } drug) return false;
        foreach (var product in drug.Products) if (product.Hcpcs == claim.CodeOf(line)) return true;
        return false;
    }
}
