using Deltoid.Codes;
using Deltoid.Payers;

namespace Deltoid.Dosing;

/// <summary>Which class a payer puts a drug in, and so which family of codes gives it.</summary>
static class DrugClasses
{
    /// <summary>The class by the payer's first row that holds on the day; none where none does.</summary>
    public static DrugClass ClassOf(this PayerProfile payer, Drug drug, DateOnly day, bool hasNeoplasm)
    {
        foreach (var row in drug.Classes)
            if (row.Dates.Contains(day) && (!row.NeedsNeoplasm || hasNeoplasm) && payer.IsNamedIn(row.Payers))
                return row.Class;
        return DrugClass.None;
    }
}
