using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Remittances;

/// <summary>
/// What claims and lines of a remittance must say alike: charges less adjustments are payments, to the cent.
/// </summary>
internal sealed partial class RemittanceReader
{
    /// <summary>A segment that a finding may point back to.</summary>
    readonly record struct Spot(int Row, int At, int Ordinal);

    /// <summary>What was named already.</summary>
    sealed class Once
    {
        readonly ulong[] kinds = new ulong[64];
        int count;

        public void Clear() => count = 0;

        public bool Has(ulong kind) => kinds.AsSpan(0, count).Contains(kind);

        /// <summary>False when it was there already; what is more than any guide takes is not looked at.</summary>
        public bool Add(ulong kind)
        {
            if (kind == 0 || count == kinds.Length) return true;
            if (kinds.AsSpan(0, count).Contains(kind)) return false;
            kinds[count++] = kind;
            return true;
        }
    }

    static readonly Code Forwarded = Code.Of("23"), Predetermined = Code.Of("25"),
        Denied = Code.Of("4"), InterestPaid = Code.Of("I"),
        PromptPayment = Code.Of("D8"), DaysNotCovered = Code.Of("78");

    readonly Once roomLeft = new(); // groups of adjustments
    readonly Once amountKinds = new(); // of the claim
    Spot head, service;
    bool isUnknown; // an amount of the claim did not read, or a segment of it has no place
    bool isShareUnknown; // an adjustment of the claim has no group that says who owes it
    bool hasAllowed; // the line's allowed amount has come
    long claimAdjusted, lineAdjusted, lineCharges, lineLeft, patientShare;

    /// <summary>Reports amounts that do not add up.</summary>
    /// <param name="said">What the element says; null where the message does not repeat it.</param>
    /// <param name="whole">What it was counted from, in cents, and <paramref name="part"/>.</param>
    void Report(FindingInfo info, Spot spot, int element, Money? said, long whole, long part, int line = 0)
    {
        var found = drafts.At(info, rows[spot.Row], spot.At, spot.Ordinal, element, line);
        if (found.Info is null || Faults.Target.Count >= Faults.Most) return;
        Faults.Target.Add(found with { B = Arg.Of(said ?? Money.Zero), C = Cents(whole), D = Cents(part) });
    }

    void Report(FindingInfo info, Spot spot, int element, Arg detail = default)
    {
        var found = drafts.At(info, rows[spot.Row], spot.At, spot.Ordinal, element, 0);
        if (found.Info is not null && Faults.Target.Count < Faults.Most) Faults.Target.Add(found with { D = detail });
    }

    static Arg Cents(long cents) => Arg.Of(new Money(cents));

    Spot Here(int row) => new(row, Segment.Start, Faults.Ordinal);

    void BeginClaim(int row)
    {
        (head, service) = (Here(row), default);
        (isUnknown, isShareUnknown) = (brokenAt > 0 && brokenAt == Faults.Ordinal - 1, false);
        claimAdjusted = 0;
        lineAdjusted = 0;
        lineCharges = 0;
        lineLeft = 0;
        patientShare = 0;
        Faults.Line = 0;
        roomLeft.Clear();
        amountKinds.Clear();
        BeginTwins();
        sums.Claims++;
    }

    void JudgeHead(int row)
    {
        var (charge, paid) = (claim.Charge?.Cents ?? 0, claim.Paid?.Cents ?? 0);
        if (claim.IsReversal ? charge > 0 : charge < 0)
            reader.Report(RemittanceFindings.ReversalSign, row, 3, detail: Cents(charge));
        if (paid != 0 && (claim.Status == Forwarded || claim.Status == Predetermined))
            reader.Report(RemittanceFindings.PaidWithoutVerdict, row, 4, detail: Cents(paid));
        else if (paid > 0 && claim.Status == Denied)
            reader.Report(RemittanceFindings.PaidThoughDenied, row, 2, detail: Cents(paid));
        if (Segment[1] is [(byte)'0']) reader.Report(RemittanceFindings.ClaimUnnumbered, row, 1);
        sums.Paid += paid;
        sums.Charged += charge;
        if (isUnknown) sums.IsUnknown = true;
        if (claim.IsReversal)
        {
            var alone = drafts.Of(RemittanceFindings.ReversalAlone, row, 2);
            if (alone.Info is not null) sums.Reversals.Add((sums.ClaimHashes.Count, alone, Segment[1].ToArray()));
        }
        sums.ClaimHashes.Add(HashOf(Segment[1]));
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    static ulong HashOf(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in text) hash = unchecked((hash ^ b) * 1099511628211UL); // a hash: the product is meant to wrap
        return hash;
    }

    static readonly Code[] Groups = [Adjustment.Patient, Code.Of("CO"), Code.Of("OA"), Code.Of("PI")];

    void Weigh(in Adjustment adjustment, int element, int row)
    {
        if (adjustment.Amount is { } amount)
        {
            if (amount.Cents == 0 && !adjustment.Reason.IsNone) reader.Report(X12Findings.AmountZero, row, element + 1);
            if (Faults.Line > 0) lineAdjusted += amount.Cents;
            else claimAdjusted += amount.Cents;
            if (adjustment.Group == Adjustment.Patient) patientShare += amount.Cents;
            else if (Array.IndexOf(Groups, adjustment.Group) < 0) isShareUnknown = true;
        }
        if (Faults.Line == 0 && adjustment.Quantity is not null && adjustment.Reason != DaysNotCovered)
            reader.Report(RemittanceFindings.DaysOnly, row, element + 2, detail: Arg.Of(adjustment.Reason));
    }

    /// <summary>A further CAS of a group only when all six places of the one before are used.</summary>
    void JudgeSplit(int used, int row)
    {
        if (isUnknown) return; // it may be of a line that has no SVC
        var group = Segment.Packed(1);
        if (used < 6 ? !roomLeft.Add(group) : roomLeft.Has(group)) reader.Report(X12Findings.AdjustmentsSplit, row, 1);
    }

    void BeginLine(int row)
    {
        BalanceLine();
        ref var line = ref claim.AddLine();
        Faults.Line = line.Number;
        (service, lineAdjusted, hasAllowed) = (Here(row), 0, false);
        roomLeft.Clear();
        sums.Lines++;
    }

    /// <summary>A segment of the claim after its lines, out of its place, says nothing of a line.</summary>
    void EndLine()
    {
        if (Faults.Line == 0) return;
        BalanceLine();
        Faults.Line = 0;
    }

    void JudgeService(in PaymentLine line, int row)
    {
        lineCharges += line.Charge?.Cents ?? 0;
        if (line.UnitsBilled is { } billed && billed == (line.UnitsPaid ?? Quantity.One))
            reader.Report(RemittanceFindings.UnitsRepeated, row, 7, detail: Arg.Of(billed));
        if (Segment.LengthOf(6) == 0) return;
        for (var component = 1; component <= 6; component++)
            if (!Segment[1, component].SequenceEqual(Segment[6, component])) return;
        reader.Report(RemittanceFindings.ServiceRepeated, row, 6);
    }

    static readonly ulong Hcpcs = SegmentReader.PackOf("HC"), Dental = SegmentReader.PackOf("AD"),
        Hipps = SegmentReader.PackOf("HP"), Product = SegmentReader.PackOf("UI"), Related = SegmentReader.PackOf("N6");

    /// <summary>
    /// A code has the form of the list that is named before it; whether the list has it is asked of the code book.
    /// </summary>
    static bool FitsKind(ulong kind, ReadOnlySpan<byte> text) =>
        kind == Hcpcs || kind == Hipps ? ElementForms.IsOf(Outside.Procedure, text)
        : kind == RevenueCode ? ElementForms.IsOf(Outside.Revenue, text)
        : kind == NationalDrug ? ElementForms.IsOf(Outside.Ndc, text)
        : kind == Dental ? text is [(byte)'D', ..] && text.Length == 5 && ElementForms.AllDigits(text[1..])
        : (kind != Product && kind != Related) || (text.Length >= 11 && ElementForms.AllDigits(text));

    void JudgeSpan(DateOnly from, DateOnly thru, int row)
    {
        if (thru != default && thru < from) reader.Report(X12Findings.SpanBackward, row, 2);
    }

    void JudgeAmount(in OtherAmount amount, int row)
    {
        if (amount.Amount is not { } value) return;
        if (value.Cents == 0) reader.Report(X12Findings.AmountZero, row, 2);
        if (Faults.Line > 0 || !amountKinds.Add(amount.Kind.Packed)) return;
        if (rows[row].Keys is { Length: > 0 } keys && Array.IndexOf(keys, Segment.Packed(1)) < 0)
            sums.HasStrangeAmount = true;
        if (amount.Kind == InterestPaid)
        {
            sums.Interest += value.Cents;
            if (sums.FirstInterest.Info is null) sums.FirstInterest = drafts.Of(RemittanceFindings.Interest, row, 2);
        }
        else if (amount.Kind == PromptPayment)
        {
            sums.Discount += value.Cents;
            if (sums.FirstDiscount.Info is null) sums.FirstDiscount = drafts.Of(RemittanceFindings.Discount, row, 2);
        }
    }

    void JudgeQuantity(int row)
    {
        if (Count(2) is { Thousandths: 0 }) reader.Report(X12Findings.AmountZero, row, 2);
    }

    static readonly ulong RemarkList = SegmentReader.PackOf("HE");

    void JudgeRemark(int row)
    {
        if (Segment.Packed(1) == RemarkList && Segment.LengthOf(2) > 0 && !ElementForms.IsOf(Outside.Rarc, Segment[2]))
            reader.Report(RemittanceFindings.RemarkForm, row, 2);
    }

    void NotePolicy(int row)
    {
        if (sums.FirstPolicy.Info is null) sums.FirstPolicy = drafts.Of(RemittanceFindings.PolicyPage, row, 0);
    }

    static readonly ulong HealthPlanNpi = SegmentReader.PackOf("HPI"), TaxNumber = SegmentReader.PackOf("TJ"),
        SocialSecurity = SegmentReader.PackOf("SY"), Insured = SegmentReader.PackOf("34");

    /// <summary>
    /// A number has the form of its kind: an NPI its check digit, tax and social security numbers nine digits.
    /// </summary>
    void JudgeNumber(ulong kind, int element, int row)
    {
        var text = Segment[element];
        if (kind == 0 || text.IsEmpty) return;
        if (kind == Npi || kind == HealthPlanNpi)
        {
            if (!ElementForms.IsOf(Outside.Npi, text)) reader.Report(RemittanceFindings.NpiForm, row, element);
        }
        else if ((kind == Tax || kind == TaxNumber || kind == SocialSecurity || kind == Insured)
            && !ElementForms.IsOf(Outside.Tax, text))
            reader.Report(RemittanceFindings.TaxForm, row, element);
    }

    /// <summary>The line is complete: its charge less its adjustments is what was paid.</summary>
    void BalanceLine()
    {
        if (service.Ordinal == 0 || claim.Lines.IsEmpty) return;
        ref readonly var line = ref claim.Lines[^1];
        claimAdjusted += lineAdjusted;
        var left = (line.Charge?.Cents ?? 0) - lineAdjusted - (line.Paid?.Cents ?? 0);
        var twice = TakeTwin(ref ofLine, left);
        claimAdjusted -= twice;
        left += twice;
        lineLeft += left;
        if (left != 0 && !isUnknown)
            Report(RemittanceFindings.LineBalance, service, 3, line.Paid, line.Charge?.Cents ?? 0, lineAdjusted,
                line.Number);
        service = default;
    }

    /// <summary>
    /// The claim is complete. One fault throws several sums out; it is reported once, where it shows first: at the
    /// line, then at the claim's
    /// charge, then at what was paid and what the patient owes.
    /// </summary>
    void Balance()
    {
        if (!isUnknown && !JudgesAll && IsBroken()) isUnknown = sums.IsUnknown = true;
        BalanceLine();
        Faults.Line = 0;
        var (charge, paid) = (claim.Charge?.Cents ?? 0, claim.Paid?.Cents ?? 0);
        claimAdjusted -= TakeTwin(ref ofClaim, charge - claimAdjusted - paid);
        if (isUnknown) return;
        JudgeRepeated(charge);
        var charges = claim.Lines.IsEmpty ? 0 : charge - lineCharges;
        var left = charge - claimAdjusted - paid;
        if (charges != 0 && charges != -lineLeft)
            Report(RemittanceFindings.ClaimCharge, head, 3, claim.Charge, lineCharges, 0);
        if (left != 0 && (claim.Lines.IsEmpty || left != lineLeft + charges))
        {
            Report(RemittanceFindings.ClaimBalance, head, 4, claim.Paid, charge, claimAdjusted);
            sums.Explained += left;
        }
        JudgeShare(lineLeft != 0 ? lineLeft : left);
    }

    /// <param name="reported">A difference that was reported already.</param>
    void JudgeShare(long reported)
    {
        if (claim.IsReversal || isShareUnknown) return;
        var owes = claim.PatientOwes?.Cents ?? 0;
        var left = owes - Math.Max(patientShare, 0);
        if (left != 0 && left != reported)
            Report(RemittanceFindings.PatientShare, head, 5, claim.PatientOwes, Math.Max(patientShare, 0), 0);
        else if (left == 0 && owes == 0 && claim.PatientOwes is not null)
            Report(X12Findings.AmountZero, head, 5);
    }
}
