using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// The member id of a Medicare claim that does not have the form of a Medicare number (MBI). Plans of Part C have ids
/// of their own.
/// </summary>
internal sealed class MedicareIdMalformed : Edit
{
    static readonly Citation Source = Cited.Claims("ch. 1, §80.3.2; CMS, Understanding the MBI format");

    static readonly FindingInfo Malformed = new()
    {
        Id = "MCB0190", Name = "medicare-id-malformed", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 7, Citation = Source,
        Message = "the member id does not have the form of a Medicare number (MBI): 11 characters, letters "
            + "and digits in fixed places, never the letters S, L, O, I, B or Z",
        Rules = "FE-CLAIM", Fix = Remedy.Chart("Copy the 11 characters from the Medicare card"),
        Predicts = [new("CO-16", "N382")], Effective = Since,
    };

    static readonly FindingInfo Separated = new()
    {
        Id = "MCB0192", Name = "medicare-id-separated", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 7, Citation = Source,
        Message = "the Medicare number is written with hyphens or blanks",
        Rules = "FE-CLAIM", Fix = Remedy.Chart("Write its 11 characters without hyphens and blanks"),
        Predicts = [new("CO-16", "N382")], Effective = Since,
    };

    static readonly FindingInfo Old = new()
    {
        Id = "MCB0191", Name = "medicare-id-old-number", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 7, Citation = Source,
        Message = "the member id has the form of the old Medicare number (HICN), which ended on 2019-12-31",
        Rules = "FE-CLAIM",
        Fix = Remedy.Chart("Ask for the new Medicare card, or look the MBI up at the contractor's portal"),
        Predicts = [new("CO-16", "N382")], Effective = Since,
    };

    static DateRange Since => DateRange.Of(Mbi.Since);

    public override FindingInfo Info => Malformed;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Malformed, Old, Separated];

    public override CodeGroups All => Group.Medicare;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var id = claim.Claim[Party.Subscriber, PartyField.MemberId];
        if (id.IsEmpty || claim.Payer.Kind != PayerKind.Medicare) return;
        var fault = Mbi.FaultOf(id);
        if (fault == MbiFault.OldNumber) Report(claim, findings, Old, Field.SubscriberId);
        else if (fault == MbiFault.Separated) Report(claim, findings, Separated, Field.SubscriberId);
        else if (fault != MbiFault.None) Report(claim, findings, Malformed, Field.SubscriberId);
    }
}
