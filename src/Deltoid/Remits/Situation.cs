using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Segments;

namespace Deltoid.Remits;

/// <summary>
/// What a condition may ask: the case, and of one payment the line, and of that line the adjustment that is looked at.
/// What is costly to know (what the edits say, what the chart codes to) is found when it is first asked for.
/// </summary>
/// <param name="findings">Cleared and filled with what the edits say, when that is asked for.</param>
/// <param name="stated">What is taken as stated; null for all of record and chart.</param>
internal sealed class Situation(DeniedClaim of, CodeBook book, Scrubber scrubber, ClaimPayers payers,
    FindingList findings, List<RecordFact>? stated = null)
{
    List<RecordFact> facts = stated ?? (of.Encounter is { } chart
        ? [.. ChartFacts.Of(chart, of.Claim), .. of.Record]
        : of.Record);

    Predicate<Code>? hasRemark;

    List<LinePrice>? prices;

    /// <summary>Expected against paid by the payer's contract; empty where no contract is known.</summary>
    public List<LinePrice> Prices
    {
        get
        {
            if (prices is not null) return prices;
            if (of.Terms is not { Contract: { } contract } terms) return prices = [];
            prices = PriceCheck.Of(book, contract, terms.Plan, of.Claim, of.Payments);
            facts = [.. facts, .. ContractFacts.Of(this, prices)]; // a new list: the record is not ours to change
            return prices;
        }
    }

    public DeniedClaim Of => of;

    /// <summary>Whether the line that is looked at, or its claim, has a remark.</summary>
    public Predicate<Code> HasRemark => hasRemark ??= code => Questions.HasRemark(this, code);

    public CodeBook Book => book;

    /// <summary>What chart, record and contract state, in the order in which they count.</summary>
    public IReadOnlyList<RecordFact> Facts
    {
        get
        {
            _ = Prices; // what the contract says counts last: the record is nearer
            return facts;
        }
    }

    /// <summary>The same case as if some of what is stated were not.</summary>
    public Situation Without(params ReadOnlySpan<RecordFact> left)
    {
        var stays = facts.FindAll(static f => f.IsCharted || f.IsRecorded); // the contract states its own again
        foreach (var fact in left) stays.Remove(fact);
        return new(of, book, scrubber, payers, findings, stays);
    }

    public ClaimPayment? Payment { get; private set; }

    /// <summary>The payment by its index in the case.</summary>
    public int PaymentIndex { get; private set; }

    /// <summary>The line of the payment, from 1; 0 is the claim as a whole.</summary>
    public int PaidLine { get; private set; }

    /// <summary>The line of the claim as sent that it answers, by its index; -1 where it is not known.</summary>
    public int Sent { get; private set; } = -1;

    public Adjustment Adjustment { get; private set; }

    /// <summary>The adjustment's place among those of its line.</summary>
    public int AdjustmentIndex { get; private set; }

    public void Look(int payment, int line, int sent, int adjustment, in Adjustment at)
    {
        (PaymentIndex, Payment, PaidLine, Sent) = (payment, of.Payments[payment], line, sent);
        (AdjustmentIndex, Adjustment) = (adjustment, at);
    }

    /// <summary>
    /// The kind of payer: as the claim says it, else the chart, else what the remittance says it filed as.
    /// </summary>
    public PayerKind Payer =>
        of.Claim is { PayerKind: not PayerKind.None and var kind } ? kind
            : of.Encounter is { PayerKind: not PayerKind.None and var charted } ? charted
            : Payment is null ? PayerKind.None
            : Filing.KindOf(SegmentReader.PackOf(Payment.Filing.ToString()));

    public int LineNumber => Sent >= 0 ? of.Claim!.Lines[Sent].Number : PaidLine;

    /// <summary>The code of the line: as sent, else as the payer names it.</summary>
    public Code Code => Sent >= 0 ? of.Claim!.Lines[Sent].Code
        : Paid is { } line ? (line.Billed.IsNone ? line.Procedure.Code : line.Billed.Code)
        : default;

    public Modifiers Modifiers => Sent >= 0 ? of.Claim!.Lines[Sent].Modifiers
        : Paid is { } line ? (line.Billed.IsNone ? line.Procedure.Modifiers : line.Billed.Modifiers)
        : default;

    public Quantity? Units => Sent >= 0 ? of.Claim!.Lines[Sent].Units
        : Paid is { } line ? line.UnitsBilled ?? line.UnitsPaid
        : null;

    /// <summary>The service date: the line's, else the claim's.</summary>
    public DateOnly Day
    {
        get
        {
            if (Sent >= 0 && of.Claim!.Lines[Sent].Date is var sent && sent != default) return sent;
            if (Paid is { Date: var paid } && paid != default) return paid;
            if (of.Claim is { } claim && claim.ServiceDate != default) return claim.ServiceDate;
            return Payment?.From ?? default;
        }
    }

    public Code Place => of.Claim is not { } claim ? Payment?.Facility ?? default
        : Sent >= 0 && claim.Lines[Sent].PlaceOfService is { IsNone: false } own ? own
        : claim.PlaceOfService;

    public PaymentLine? Paid => Payment is { } payment && PaidLine > 0 ? payment.Lines[PaidLine - 1] : null;

    /// <summary>The day of the remittance.</summary>
    public DateOnly Remitted => of.Remittance is not { } head ? default
        : head.Produced != default ? head.Produced : head.Effective;

    /// <summary>The groups of the line's code on its day.</summary>
    public CodeGroups Groups => book.TryCode(Code, Day, out var row) ? row.Groups : default;

    bool isChecked;

    /// <summary>What the edits say of the claim as it was sent, with the chart; empty without a claim.</summary>
    public FindingList Findings
    {
        get
        {
            if (isChecked) return findings;
            isChecked = true;
            findings.Clear();
            if (of.Claim is { } claim)
                scrubber.Check(claim, book, payers.Of(claim), of.Encounter?.History, of.Encounter, findings);
            return findings;
        }
    }

    Claim? coded;

    /// <summary>The claim that the chart comes to; null without a chart.</summary>
    public Claim? Coded
    {
        get
        {
            if (coded is not null || of.Encounter is not { } chart) return coded;
            var profile = of.Claim is { } claim ? payers.Of(claim)
                : PayerProfile.For(book.PayerSettings, chart.PayerKind, chart.ServiceDate,
                    PayerProfile.IdOfState(chart.PayerState), chart.PayerId);
            return coded = Coder.Code(chart, book, profile, new Trace(), new FindingList());
        }
    }

    /// <summary>The line that the chart comes to for this line's code, by its index; -1 where there is none.</summary>
    public int CodedLine
    {
        get
        {
            if (Coded is not { } claim) return -1;
            for (var i = 0; i < claim.Lines.Length; i++)
                if (claim.Lines[i].Code == Code) return i;
            return -1;
        }
    }
}
