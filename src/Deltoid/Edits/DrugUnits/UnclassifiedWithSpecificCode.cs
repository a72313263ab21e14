using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>An unclassified code for a drug whose description names one that has a code of its own.</summary>
internal sealed class UnclassifiedWithSpecificCode : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0121", Name = "unclassified-with-specific-code", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Hcpcs("unclassified drugs"),
        Message = "the line's {0} is described as {1}, which has a code of its own: {2}",
        Rules = "INJ-107", Fix = Remedy.Chart("Use {2} if it is the product given, with its own units"),
        Predicts = [new("CO-16", "M20")],
    };

    public override CodeGroups All => Group.UnclassifiedDrug;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.UnclassifiedDrug))
            if (!claim.Line(i).Narrative.IsEmpty && Described(claim, i) is { } drug
                && OwnCode(claim, drug, i) is { IsNone: false } code)
                Report(claim, findings, Info, i, Field.Code, CodeAt(claim, i), Arg.Drug(drug.Index), Arg.Of(code),
                    first: Supply(claim, i, Field.Code));
    }

    /// <summary>
    /// The drug that the description begins with; its first four words are tried, the longest run first.
    /// </summary>
    static Drug? Described(BoundClaim claim, int line)
    {
        var words = claim.Claim.Text(claim.Line(line).Narrative).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(4, words.Length); count > 0; count--)
            if (claim.Book.DrugNamed(string.Join(' ', words.AsSpan(0, count)!)) is { } drug) return drug;
        return null;
    }

    /// <summary>
    /// A code in force that the drug takes whatever the payer, unless the billed code is among the drug's own.
    /// </summary>
    static Code OwnCode(BoundClaim claim, Drug drug, int line)
    {
        Code own = default;
        foreach (var product in drug.Products)
        {
            if (product.Hcpcs == claim.CodeOf(line)) return default;
            if (own.IsNone && product.Payers.Length == 0
                && claim.Book.TryCode(product.Hcpcs, claim.Day(line), out var row)
                && !row.Groups.HasAny(Group.UnclassifiedDrug))
                own = product.Hcpcs;
        }
        return own;
    }
}
