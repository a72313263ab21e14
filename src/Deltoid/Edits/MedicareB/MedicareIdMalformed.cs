using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>The member id of a Medicare claim that does not have the form of a Medicare number (MBI). Plans of Part C have ids of their own.</summary>
public sealed class MedicareIdMalformed : Edit
{
    static readonly Citation Source = Cited.Claims("ch. 1, §80.3.2; CMS, Understanding the MBI format");

    static readonly FindingInfo
        Malformed = new("MCB0190", "medicare-id-malformed", Severity.Error, Outcome.Rejection, Source,
            "the member id does not have the form of a Medicare number (MBI): 11 characters, letters and digits in fixed places, never the letters S, L, O, I, B or Z",
            "FE-CLAIM", Remedy.Chart("Copy the 11 characters from the Medicare card"), [new("CO-16", "N382")], Since) { Snip = 7 },
        Separated = new("MCB0192", "medicare-id-separated", Severity.Error, Outcome.Rejection, Source,
            "the Medicare number is written with hyphens or blanks", "FE-CLAIM",
            Remedy.Chart("Write its 11 characters without hyphens and blanks"), [new("CO-16", "N382")], Since) { Snip = 7 },
        Old = new("MCB0191", "medicare-id-old-number", Severity.Error, Outcome.Rejection, Source,
            "the member id has the form of the old Medicare number (HICN), which ended on 2019-12-31", "FE-CLAIM",
            Remedy.Chart("Ask for the new Medicare card, or look the MBI up at the contractor's portal"), [new("CO-16", "N382")], Since) { Snip = 7 };

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
