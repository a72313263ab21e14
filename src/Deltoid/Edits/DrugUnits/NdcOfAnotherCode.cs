using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>
/// An NDC that belongs to another drug than the line's code, or to another code of the same drug: the book knows both.
/// </summary>
internal sealed class NdcOfAnotherCode : Edit
{
    static readonly Citation Crosswalk = Cited.Law("ASP NDC-HCPCS crosswalk; 837 loop 2410 LIN03",
        "https://www.cms.gov/medicare/payment/part-b-drugs/asp-pricing-files");

    static readonly FindingInfo Drug = new()
    {
        Id = "DRG0194", Name = "ndc-of-another-code", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 5,
        Citation = Crosswalk,
        Message = "the NDC of {0} is for another drug: {1}",
        Rules = "INJ-126 DN-8", Fix = Remedy.Chart("Check the vial, and correct the code or the NDC"),
        Predicts = [new("CO-16", "M119", "N846")],
    };

    static readonly FindingInfo Product = new()
    {
        Id = "DRG0195", Name = "ndc-of-another-product", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 5,
        Citation = Crosswalk,
        Message = "the NDC of {0} is for a product that is billed as {1}",
        Rules = "INJ-126 INJ-110 DN-8",
        Fix = Remedy.Chart("Bill the code of the package, with its own units, or correct the NDC"),
        Predicts = [new("CO-16", "M119", "N846")],
    };

    public override FindingInfo Info => Drug;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Drug, Product];

    public override CodeGroups All => Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (claim.Line(i).Ndc.IsNone || !IsJudged(claim, i)) continue;
            if (claim.Memory.Agree(claim.Line(i).Ndc, claim.CodeOf(i), claim.Day(i))) continue;
            if (Other(claim, i) is { } drug)
                Report(claim, findings, Drug, i, Field.Ndc, CodeAt(claim, i), Arg.Drug(drug.Index),
                    first: Supply(claim, i, Field.Ndc));
            else if (NdcCheck.OtherCode(claim.Book, claim.Line(i).Ndc, claim.CodeOf(i),
                claim.Day(i)) is { IsNone: false } code)
                Report(claim, findings, Product, i, Field.Ndc, CodeAt(claim, i), Arg.Of(code),
                    first: Supply(claim, i, Field.Code));
            else claim.Memory.KeepAgreed(claim.Line(i).Ndc, claim.CodeOf(i), claim.Day(i));
        }
    }

    /// <summary>
    /// The crosswalk lists codes that Medicare pays; other payers' codes for the same product (S, C, CPT) are not in
    /// it, and a code without a drug names none.
    /// </summary>
    static bool IsJudged(BoundClaim claim, int line) =>
        claim.CodeOf(line)[0] is 'J' or 'Q' && !claim.Is(line, Group.UnclassifiedDrug);

    /// <summary>The package's drug, where none of the code's drugs is it.</summary>
    static Drug? Other(BoundClaim claim, int line)
    {
        Drug? other = null;
        var drugs = claim.Book.DrugsBilledAs(claim.CodeOf(line));
        for (var i = 0; i < drugs.Count; i++)
        {
            other = NdcCheck.OtherDrug(claim.Book, claim.Line(line).Ndc, claim.CodeOf(line), claim.Book.Drugs[drugs[i]],
                claim.Day(line));
            if (other is null) return null;
        }
        return other;
    }
}
