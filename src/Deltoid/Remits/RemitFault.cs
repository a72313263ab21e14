using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;
using Deltoid.X12.Segments;

namespace Deltoid.Remits;

/// <summary>What a fault is about.</summary>
internal enum FaultLevel : byte { Line, Claim, Set, Group, Interchange, File }

/// <summary>
/// What is wrong with a payment as it came. An error keeps the whole set from being posted; what is odd and still adds
/// up is a warning.
/// </summary>
/// <param name="Found">What the reader found; without a kind where the fault is one of ours.</param>
/// <param name="Segment">The place of the segment in its set, from ST = 1; 0 of the envelope around it.</param>
/// <param name="InFile">The place of the segment in the file, from ISA = 1.</param>
/// <param name="At">The byte of the file at or in the segment.</param>
/// <param name="Off">What was found less what it should be; null where it is no amount.</param>
internal sealed record RemitFault(Finding Found, bool IsError, FaultLevel Level, int Segment, long InFile, long At,
    Money? Off)
{
    /// <summary>Of a fault that is ours: its id and message; else empty, and the finding has them.</summary>
    public string OwnId { get; init; } = "";

    public string OwnMessage { get; init; } = "";

    /// <summary>The number of the claim that it is about; empty of the payment as a whole.</summary>
    public string Claim { get; set; } = "";

    /// <summary>The segment as it came, without its terminator.</summary>
    public string Text { get; set; } = "";

    /// <summary>
    /// It is of the form of the file alone: no amount, no reason and no number of the payment is in doubt. It is listed,
    /// and is no reason to look at the payment.
    /// </summary>
    public bool IsOfForm => !IsError && Off is null && OwnId.Length == 0 && Array.IndexOf(Odd, Found.Info) < 0
        && !(Array.IndexOf(OfOrder, Found.Info) >= 0 && IsOfMoney(Found))
        && !(Found.Info == X12Findings.BadCode && SaysWhy(Found));

    /// <summary>Amounts do not add up: at a line, a claim or the check.</summary>
    public bool IsOfBalance => Array.IndexOf(Balances, Found.Info) >= 0;

    static readonly FindingInfo[] Balances =
    [
        RemittanceFindings.LineBalance, RemittanceFindings.ClaimBalance, RemittanceFindings.ClaimCharge,
        RemittanceFindings.PaymentBalance,
    ];

    /// <summary>Notes that are worth a warning to a person who posts.</summary>
    static readonly FindingInfo[] Warned = [RemittanceFindings.PayerDebits, RemittanceFindings.Discount];

    /// <summary>What is odd about the money although no amount is off.</summary>
    static readonly FindingInfo[] Odd =
    [
        RemittanceFindings.PayerDebits, RemittanceFindings.ForwardBalance, X12Findings.SegmentNotInSet,
        X12Findings.UnexpectedSegment, X12Findings.UnknownSegment,
    ];

    /// <summary>A code says what became of the claim, or why money was taken off or added.</summary>
    static bool SaysWhy(in Finding found) =>
        found.B == Clp ? found.Source.Element == 2 : found.B == Cas || (found.B == Plb && found.Source.Element >= 3);

    /// <summary>Errors of the guide after which the amounts, the payer's number of the payment or the end of the set
    /// cannot be trusted.</summary>
    static readonly FindingInfo[] Grave =
    [
        RemittanceFindings.PaymentNegative, RemittanceFindings.ReversalSign, RemittanceFindings.PaidWithoutVerdict,
        X12Findings.NoInterchange, X12Findings.NoIea, X12Findings.InterchangeControl, X12Findings.GroupCount,
        X12Findings.NoGe, X12Findings.GroupControl, X12Findings.SetCount, X12Findings.NoSe, X12Findings.SetControl,
        X12Findings.SegmentCount, X12Findings.OutsideGroup, X12Findings.SegmentCut, X12Findings.PastLimit,
        X12Findings.NotSupported,
        X12Findings.OtherVersion,
    ];

    /// <summary>What can be wrong with a segment as a whole, so that it may not have been read.</summary>
    static readonly FindingInfo[] OfSegments =
    [
        X12Findings.UnexpectedSegment, X12Findings.SegmentMissing, X12Findings.LoopMissing, X12Findings.SegmentAsked,
        X12Findings.LoopAsked, X12Findings.TooManySegments, X12Findings.TooManyLoops, X12Findings.OutOfSequence,
        X12Findings.SegmentAgain,
    ];

    /// <summary>Of these the sums say whether the segment was read.</summary>
    static readonly FindingInfo[] OfOrder =
    [
        X12Findings.TooManySegments, X12Findings.TooManyLoops, X12Findings.OutOfSequence, X12Findings.SegmentAgain,
    ];

    /// <summary>What can be wrong with an element so that it does not read.</summary>
    static readonly FindingInfo[] OfElements =
    [
        X12Findings.ElementMissing, X12Findings.NotANumber, X12Findings.TooPrecise, X12Findings.TooLong,
        X12Findings.BadCharacter, X12Findings.PairMissing, X12Findings.ElementAsked, X12Findings.BadPattern,
    ];

    static readonly Arg Bpr = NameOf("BPR"), Trn = NameOf("TRN"), Clp = NameOf("CLP"), Svc = NameOf("SVC"),
        Cas = NameOf("CAS"), Plb = NameOf("PLB");

    static Arg NameOf(string segment) => Arg.Segment(SegmentReader.PackOf(segment));

    /// <summary>The fault that a finding is; null where nobody who posts needs to know it.</summary>
    /// <param name="before">Segments of the file before the set, or before the segment where it is of no set.</param>
    public static RemitFault? Of(in Finding found, long before)
    {
        var isError = IsGrave(found);
        if (!isError && found.Severity == Severity.Info && Array.IndexOf(Warned, found.Info) < 0) return null;
        var at = found.Source;
        var level = at.Segment == 0
            ? at.Group == 0 ? FaultLevel.Interchange : at.Set == 0 ? FaultLevel.Group : FaultLevel.Set
            : found.Place.Line > 0 ? FaultLevel.Line
            : found.B == Clp || found.B == Cas ? FaultLevel.Claim
            : FaultLevel.Set;
        return new(found, isError, level, at.Segment, at.Segment > 0 ? before + at.Segment : before + 1, at.ByteOffset,
            OffOf(found));
    }

    static bool IsGrave(in Finding found)
    {
        if (found.Severity != Severity.Error) return false;
        if (Array.IndexOf(Balances, found.Info) >= 0 || Array.IndexOf(Grave, found.Info) >= 0) return true;
        var isOfHead = found.B == Bpr || found.B == Trn;
        return IsOfMoney(found)
            && ((Array.IndexOf(OfSegments, found.Info) >= 0 && (isOfHead || Array.IndexOf(OfOrder, found.Info) < 0))
            || (Array.IndexOf(OfElements, found.Info) >= 0 && HoldsMoney(found.B, found.Source.Element)));
    }

    static bool IsOfMoney(in Finding found) => found.B == Bpr || found.B == Trn || found.B == Clp || found.B == Svc
        || found.B == Cas || found.B == Plb;

    /// <summary>The elements that a balance needs, and the payment's number.</summary>
    static bool HoldsMoney(Arg segment, int element) =>
        segment == Bpr || segment == Trn ? element == 2
            : segment == Clp ? element is 2 or 3 or 4
            : segment == Svc ? element is 2 or 3
            : segment == Cas ? element % 3 == 0
            : element >= 4 && element % 2 == 0;

    /// <summary>Found less expected. The finding has what was said, and what the other amounts come to.</summary>
    static Money? OffOf(in Finding found)
    {
        var info = found.Info;
        if (info == RemittanceFindings.LineBalance || info == RemittanceFindings.ClaimBalance
            || info == RemittanceFindings.PaymentBalance)
            return Less(found.B, new((long)Int128.Clamp((Int128)found.C.Value - found.D.Value, long.MinValue,
                long.MaxValue)));
        if (info == RemittanceFindings.ClaimCharge || info == RemittanceFindings.PatientShare)
            return Less(found.B, new(found.C.Value));
        if (info == RemittanceFindings.Interest || info == RemittanceFindings.Discount)
            return found.B == Plb ? Less(found.D, new(found.C.Value)) : Less(found.C, new(found.D.Value));
        return info == RemittanceFindings.RecoveryBalance || info == RemittanceFindings.PaymentNegative
            ? new(found.D.Value)
            : null;
    }

    static Money Less(Arg said, Money expected) =>
        new((long)Int128.Clamp((Int128)said.Value - expected.Cents, long.MinValue, long.MaxValue));
}
