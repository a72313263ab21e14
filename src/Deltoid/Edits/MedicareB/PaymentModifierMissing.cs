using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// A drug code that takes one of several modifiers, by a reason the payer must know, and carries none of them.
/// </summary>
internal sealed class PaymentModifierMissing : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "PAY0020", Name = "payment-modifier-missing", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 17, §80.9"),
        Message = "{0} has none of {1}, {2} and {3}; one is needed to report what caused the anemia",
        Rules = "INJ-157 INJ-127 INJ-205", Fix = Remedy.Chart("Add the one that the record supports"),
        Predicts = [new("CO-4", "N822"), new("CO-16", "MA130")],
    };

    public override CodeGroups All => Group.DrugCode;

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.DrugCode)) Judge(claim, findings, line);
    }

    /// <summary>Sets of one code and without a place: what they ask, a claim alone can show.</summary>
    void Judge(BoundClaim claim, FindingList findings, int line)
    {
        Span<Arg> due = stackalloc Arg[3];
        var rows = claim.Book.PaymentModifiers;
        var count = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Asks.Length == 0 || row.Codes.Length == 0 || row.Modifier.IsNone || !IsFor(claim, line, row))
                continue;
            if (claim.ModifiersOf(line).Has(row.Modifier)) return;
            if (count < due.Length && !due[..count].Contains(Arg.Of(row.Modifier))) due[count++] = Arg.Of(row.Modifier);
        }
        if (count == due.Length)
            Report(claim, findings, Info, line, Field.Modifiers, CodeAt(claim, line), due[0], due[1], due[2],
                first: Supply(claim, line, Field.Modifiers));
    }

    static bool IsFor(BoundClaim claim, int line, PaymentModifierRow row) =>
        row.IsFor(claim.CodeOf(line), true, claim.PlaceOf(line), claim.Claim.Setting, claim.Day(line))
            && claim.Payer.IsNamedIn(row.Payers);
}
