using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.X12;

namespace Deltoid.Batch;

/// <summary>The edits that belong to conformance: whether codes are in the code book on the day (type 5 of the trade's testing), and what the payer's profile asks of a line (type 7).</summary>
public static class CheckEdits
{
    static readonly Edit[] OfPayers = [new Edits.DrugUnits.NdcMissing(), new Edits.DrugUnits.WasteModifiers(), new Edits.MedicareB.RouteModifierMissing(), new Edits.MedicareB.VaccineCptAdministration()];

    static readonly Edit[] OfCodes = [.. Shipped.Edits.Edits.Where(static e => IsOfCodes(e.Info))];

    public static EditSet Set { get; } = new([.. OfCodes, .. OfPayers]);

    static bool IsOfCodes(FindingInfo info) => info.Id.StartsWith("BND", StringComparison.Ordinal);

    /// <summary>The type of testing that a finding of a check belongs to, 1 to 7.</summary>
    public static int TypeOf(FindingInfo info) => info.Id.StartsWith("X12", StringComparison.Ordinal) ? Snip.TypeOf(info) : IsOfCodes(info) ? 5 : 7;
}
