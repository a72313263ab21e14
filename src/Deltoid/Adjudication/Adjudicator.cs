using System.Text;
using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.Adjudication;

/// <summary>What the edits say of a claim that came in.</summary>
/// <param name="Rejected">The finding that stops it at the front, or null.</param>
/// <param name="Denials">By the index of the line; null where nothing denies it.</param>
/// <param name="Predicted">Findings that deny a line, each with its line and reason: <c>NCC0001 2 CO-236</c>.</param>
internal sealed record Verdict(FindingInfo? Rejected, DenialReason?[] Denials, List<string> Predicted);

/// <summary>
/// Judges one claim as a payer does: the same edits that scrub claims say what is rejected and what is denied; the
/// pricer says what the rest gets.
/// </summary>
internal sealed class Adjudicator(CodeBook book, PracticeRates rates, Chance chance)
{
    const int Full = 10_000;

    static readonly Code Reversed = Code.Of("22"), Forwarded = Code.Of("19"), Denied = Code.Of("4"),
        Paid = Code.Of("1"), Incomplete = Code.Of("16"), OutpatientRemark = Code.Of("MOA");

    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers = new(book);
    readonly Pricer pricer = new(book, rates);
    readonly FindingList findings = new();

    public Verdict Check(Claim claim)
    {
        findings.Clear();
        scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
        var (rejected, denials, predicted) = ((FindingInfo?)null, new DenialReason?[claim.Lines.Length],
            new List<string>());
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Severity != Severity.Error || finding.Under != 0) continue;
            if (finding.Info.Outcome == Outcome.Rejection) rejected ??= finding.Info;
            if (finding.Info is not { Outcome: Outcome.Denial, Predicts: { Length: > 0 } predicts }) continue;
            var reasons = Array.FindAll(predicts, static p => p.Carc != "CO-16" || p.Rarcs.Length > 0);
            if (reasons.Length == 0) continue; // CO-16 says what is missing, and this one does not
            var reason = reasons[chance.Below(finding.Info.Id, claim.Text(ClaimText.Id), reasons.Length)];
            var denial = DenialReason.Of(reason.Carc, reason.Rarcs.AsSpan(0, Math.Min(1, reason.Rarcs.Length)));
            for (var i = 0; i < denials.Length; i++)
                if (finding.Place.Line == 0 || finding.Place.Line == claim.Lines[i].Number)
                {
                    denials[i] ??= denial;
                    predicted.Add($"{finding.Info.Id} {claim.Lines[i].Number} {denial}");
                }
        }
        return new(rejected, denials, predicted);
    }

    /// <summary>
    /// The first planted fault that comes up for a claim, or null. One that the edits deny gets none.
    /// </summary>
    public Plant? Draw(Claim claim, Verdict verdict)
    {
        if (verdict.Predicted.Count > 0) return null;
        var id = claim.Text(ClaimText.Id);
        return Array.Find(Plant.All, p => chance.Is(p.Name, id, rates[p.Name]) && p.Fits(claim, book));
    }

    /// <summary>The line that is paid by a wrong price, where that is drawn; a claim that is denied has none.</summary>
    public PlantedPrice? WrongPrice(Claim claim, Plant? plant)
    {
        var id = claim.Text(ClaimText.Id);
        return plant is null && chance.Is("price", id, rates["price"])
            ? pricer.WrongPrice(claim, (PriceFault)chance.Below("price mistake", id, (int)PriceFault.UnitShort + 1))
            : null;
    }

    /// <summary>The payment of a claim.</summary>
    /// <param name="plant">Denied for it, or null.</param>
    public ClaimPayment Decide(Claim claim, Verdict verdict, Plant? plant, string control, ref Money deductible)
    {
        var payment = Head(claim, control);
        var denials = (DenialReason?[])verdict.Denials.Clone();
        for (var i = 0; plant is not null && i < denials.Length; i++)
            if (plant.IsOn(claim, book, i)) denials[i] = plant.Reason;
        pricer.Fill(payment, claim, denials, Full, ref deductible,
            WrongPrice(claim, plant) is { } wrong && denials[wrong.Line] is null ? wrong : null);
        var isDenied = denials.Length > 0 && Array.TrueForAll(denials, static d => d is not null);
        payment.Status = isDenied ? Denied : Paid;
        if (!isDenied && claim.PayerKind == PayerKind.Medicare && claim.HasOtherInsured) Forward(claim, payment);
        // Medicare does not process a claim that is incomplete: no appeal, a new claim
        if (isDenied && claim.PayerKind == PayerKind.Medicare
            && Array.Exists(denials, static d => d!.Reason == Incomplete))
            payment.Remarks.Add(0, new(OutpatientRemark, Account.Unprocessable));
        return payment;
    }

    /// <summary>The same claim again, denied as a duplicate.</summary>
    public ClaimPayment Duplicate(Claim claim, string control)
    {
        var (payment, none) = (Head(claim, control), Money.Zero);
        var denials = new DenialReason?[claim.Lines.Length];
        Array.Fill(denials, DenialReason.Of("OA-18"));
        pricer.Fill(payment, claim, denials, Full, ref none);
        payment.Status = Denied;
        return payment;
    }

    static ClaimPayment Head(Claim claim, string control)
    {
        var payment = ClaimPayment.Of(claim, control);
        (payment.Filing, payment.Received) = (Code.Of(FilingOf(claim)), claim.Made);
        return payment;
    }

    static string FilingOf(Claim claim) => claim.PayerKind switch
    {
        PayerKind.Medicare => claim.Setting == Setting.Facility ? "MA" : "MB",
        PayerKind.MedicareAdvantage => "16",
        PayerKind.Medicaid => "MC",
        PayerKind.Commercial => "12",
        PayerKind.WorkersComp => "WC",
        PayerKind.Tricare => "CH",
        _ => "ZZ",
    };

    /// <summary>Sent on to the next payer that the claim names.</summary>
    void Forward(Claim claim, ClaimPayment payment)
    {
        if (!chance.Is("crossover", claim.Text(ClaimText.Id), rates["crossover"])) return;
        foreach (ref readonly var segment in claim.Segments)
        {
            var text = claim[segment.Text];
            var id = SegmentText.Element(text, 9, claim.Delimiters);
            if (!SegmentText.Element(text, 0, claim.Delimiters).SequenceEqual("NM1"u8)
                || !SegmentText.Element(text, 1, claim.Delimiters).SequenceEqual("PR"u8)
                || id.IsEmpty || id.SequenceEqual(claim[ClaimText.PayerId]))
                continue;
            payment.Status = Forwarded;
            payment.Set(PaidParty.Crossover, PaidField.Name, SegmentText.Element(text, 3, claim.Delimiters));
            payment.Set(PaidParty.Crossover, PaidField.IdKind, "PI"u8);
            payment.Set(PaidParty.Crossover, PaidField.Id, id);
            return;
        }
    }

    /// <summary>What takes a payment back: the same with every amount turned round.</summary>
    public static ClaimPayment Reversal(ClaimPayment payment)
    {
        var back = payment.Detach();
        (back.Status, back.PatientOwes) = (Reversed, null);
        back.Set(PaidParty.Crossover, PaidField.Name, default(ReadOnlySpan<byte>));
        back.Set(PaidParty.Crossover, PaidField.IdKind, default(ReadOnlySpan<byte>));
        back.Set(PaidParty.Crossover, PaidField.Id, default(ReadOnlySpan<byte>));
        (back.Charge, back.Paid) = (Less(payment.Charge), Less(payment.Paid));
        foreach (ref var line in back.Lines)
            (line.Charge, line.Paid, line.Allowed) = (Less(line.Charge), Less(line.Paid), null);
        foreach (ref var adjustment in back.Adjustments.All)
            adjustment = adjustment with { Amount = Less(adjustment.Amount) };
        back.Amounts.Clear();
        return back;
    }

    static Money? Less(Money? amount) => Money.Zero - (amount ?? Money.Zero);

    static readonly Code Contract = Code.Of("45");

    /// <summary>The correction of a payment that was too much by the payer's new reckoning: a tenth less.</summary>
    public static ClaimPayment Lowered(ClaimPayment payment, string control)
    {
        var less = payment.Detach();
        less.PayerControl = less.Append(Encoding.ASCII.GetBytes(control));
        less.Amounts.Clear();
        foreach (ref var line in less.Lines)
        {
            if (line.Paid is not { Cents: >= 10 } paid) continue;
            var cut = Money.Round(paid.Dollars / 10);
            (line.Paid, line.Allowed, less.Paid) = (paid - cut, line.Allowed - cut, less.Paid - cut);
            Add(less, line.Number, cut);
        }
        return less;
    }

    static void Add(ClaimPayment payment, int line, Money cut)
    {
        foreach (ref var adjustment in payment.Adjustments.Of(line))
            if (adjustment.Reason == Contract)
            {
                adjustment = adjustment with { Amount = adjustment.Amount + cut };
                return;
            }
        payment.Adjustments.Add(line, new(Adjustment.Contractual, Contract, cut));
        var all = payment.Adjustments.Of(line); // to the front: those of a group stand together
        var last = all[^1];
        all[..^1].CopyTo(all[1..]);
        all[0] = last;
    }
}
