using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>
/// The types of testing that the trade names (WEDI SNIP): 1 syntax of the standard, 2 what the guide asks and takes, 3 sums, 4 what one
/// segment asks of another, 5 code values, 6 lines of service, 7 what a payer asks. An X12 finding is of the types 1 to 4.
/// </summary>
public static class Snip
{
    static readonly FindingInfo[]
        OfGuide =
        [
            X12Findings.SegmentMissing, X12Findings.LoopMissing, X12Findings.TooManySegments, X12Findings.TooManyLoops,
            X12Findings.UnexpectedSegment, X12Findings.SegmentNotInSet, X12Findings.ElementMissing,
            X12Findings.ElementNotUsed,
            X12Findings.BadCode, X12Findings.BadPattern, X12Findings.TooPrecise, X12Findings.Gap,
            X12Findings.AmountNegative, X12Findings.OtherAddenda, X12Findings.LevelNumber, X12Findings.LevelParent,
            X12Findings.LineNumber,
        ],
        OfSegments = [X12Findings.SegmentAsked, X12Findings.LoopAsked, X12Findings.SegmentBarred,
            X12Findings.ElementAsked, X12Findings.ElementBarred, X12Findings.CodeBarred, X12Findings.NoSuchDiagnosis,
            X12Findings.ControlAgain, X12Findings.SpanBackward,
            X12Findings.SaidTwice, X12Findings.CodeVersions, X12Findings.PayerUnknown, X12Findings.PaidDay, X12Findings.PaidAmount, X12Findings.DaysContradict, X12Findings.OfficeBox,
        ],
        OfSums =
        [
            X12Findings.ClaimTotal, X12Findings.NotCovered, X12Findings.OwedTwice, X12Findings.OtherPayerClaim, X12Findings.OtherPayerLine,
            RemittanceFindings.LineBalance, RemittanceFindings.ClaimBalance, RemittanceFindings.ClaimCharge, RemittanceFindings.PaymentBalance, RemittanceFindings.Interest, RemittanceFindings.PatientShare,
            RemittanceFindings.ForwardBalance, RemittanceFindings.RecoveryBalance, RemittanceFindings.Discount, AcknowledgmentFindings.AcceptedCount, AcknowledgmentFindings.ReceivedDiffers,
            AcknowledgmentFindings.ChargeTotal, AcknowledgmentFindings.FewerClaims,
        ];

    static readonly Dictionary<FindingInfo, int> Types = [];

    static Snip()
    {
        foreach (var (type, infos) in new[] { (2, OfGuide), (4, OfSegments), (3, OfSums) })
            foreach (var info in infos) Types.Add(info, type);
    }

    public const int Most = 7;

    /// <summary>1 to 4.</summary>
    public static int TypeOf(FindingInfo info) => Types.GetValueOrDefault(info, 1);
}
