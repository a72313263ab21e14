using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>
/// An NDC that does not read: ten digits without hyphens can be three codes, and it is asked about, never guessed.
/// </summary>
internal sealed class NdcMalformed : Edit
{
    static readonly Citation Source = Cited.Guide("loop 2410 LIN03");

    static readonly FindingInfo Malformed = new()
    {
        Id = "DRG0101", Name = "ndc-malformed", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Source,
        Message = "the NDC of {0} is not an 11-digit code, nor hyphenated as 4-4-2, 5-3-2, 5-4-1 or 5-4-2",
        Rules = "INJ-120", Fix = Remedy.Chart("Correct the NDC from the label"), Predicts = [new("CO-16", "M119")],
    };

    static readonly FindingInfo Ambiguous = new()
    {
        Id = "DRG0102", Name = "ndc-ambiguous-digits", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Source,
        Message = "the NDC of {0} has ten digits without hyphens, which can be read in three ways",
        Rules = "INJ-120", Fix = Remedy.Chart("Give the NDC with its hyphens"), Predicts = [new("CO-16", "M119")],
    };

    public override FindingInfo Info => Malformed;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Malformed, Ambiguous];

    public override CodeGroups Any => Group.DrugCode | Group.VaccineProduct | Group.Unbound;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Line(i).NdcText.IsEmpty) continue;
            Report(claim, findings, IsTenDigits(claim.Claim[claim.Line(i).NdcText]) ? Ambiguous : Malformed, i,
                Field.Ndc, CodeAt(claim, i), first: Supply(claim, i, Field.Ndc));
        }
    }

    static bool IsTenDigits(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
