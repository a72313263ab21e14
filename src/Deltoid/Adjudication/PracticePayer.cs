using System.Globalization;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.Adjudication;

/// <summary>What the practice asks beside its claims: an appeal, a reopening, or records that are sent.</summary>
/// <param name="Kind">The step in the words of <c>remit</c>: appeal, reopening, send-records.</param>
/// <param name="Corrected">The claim as it should have been, of a reopening; else null.</param>
internal sealed record AppealRequest(string Claim, string PayerControl, string Kind, Claim? Corrected);

/// <summary>What the payer decided, and why: the truth that its files do not show.</summary>
/// <param name="What">paid, denied, rejected, duplicate, voided, taken-back, appeal-won, appeal-lost.</param>
internal sealed record Decision(string Claim, string Control, string What, string Why, Account? Account,
    ClaimPayment? Payment, DateOnly On, List<string> Predicted)
{
    /// <summary>A line that is paid by a wrong price; null where all are paid by the right one.</summary>
    public PlantedPrice? WrongPrice { get; init; }
}

/// <summary>
/// A payer to practise with. Each round it takes claims and appeals and answers them; its books are handed to the next
/// round. The seed, the book, the claims and the books decide everything.
/// </summary>
internal sealed class PracticePayer
{
    const int UsualDays = 14, LateFrom = 31, LateSpan = 45, FreeDays = 30, YearDays = 365;

    static readonly Code InterestAmount = Code.Of("I"), DeductibleReason = Code.Of("1");

    readonly PracticeRates rates;
    readonly PayerBooks books;
    readonly Chance chance;
    readonly Adjudicator adjudicator;
    readonly RemittanceFiles payments;
    readonly StatusFiles statuses;
    readonly List<Decision> decisions = [];
    DateOnly today;

    public PracticePayer(CodeBook book, long seed, PracticeRates rates, PayerBooks books)
    {
        (this.rates, this.books, chance) = (rates, books, new Chance(seed));
        adjudicator = new(book, rates, chance);
        (payments, statuses) = (new(books, rates, chance), new(books));
    }

    public IReadOnlyList<Decision> Decisions => decisions;

    /// <summary>Answers a round: the 277CA and the 835 files in the order in which they go out.</summary>
    /// <param name="claims">As they came, each with its own bytes.</param>
    public List<PayerFile> Answer(IReadOnlyList<Claim> claims, IReadOnlyList<AppealRequest> appeals)
    {
        books.Round++;
        today = books.Day == default ? default : books.Day.AddDays(1);
        foreach (var claim in claims)
            if (claim.Made > today) today = claim.Made;
        decisions.Clear();
        foreach (var account in books.Accounts.ToList()) TakeBack(account);
        foreach (var claim in claims) Take(claim);
        foreach (var appeal in appeals) Hear(appeal);
        var files = statuses.Finish(today);
        files.AddRange(payments.Finish());
        if (books.Day < today) books.Day = today;
        foreach (var decision in decisions)
            if (decision.On > books.Day) books.Day = decision.On;
        return files;
    }

    void Take(Claim claim)
    {
        var (id, verdict) = (claim.Text(ClaimText.Id), adjudicator.Check(claim));
        var earlier = claim.Frequency is '7' or '8'
            ? books.OfControl(claim.Text(ClaimText.OriginalReference))
            : books.OfId(id);
        var why = claim.Frequency is '7' or '8' ? WhyNotReplaced(claim, earlier)
            : verdict.Rejected is { } finding ? $"{finding.Id} {finding.Name}"
            : "";
        if (why.Length > 0)
        {
            Reject(claim, earlier, why);
            return;
        }
        if (claim.Frequency == '8') Void(claim, earlier!);
        else if (claim.Frequency != '7' && earlier is { Status: not AccountStatus.Rejected, IsUnprocessable: false })
            DenyAsDuplicate(claim, earlier, "the claim was answered before, and this is not its replacement");
        else Decide(claim, verdict, earlier, claim.Frequency == '7' ? "corrected claim" : "claim");
    }

    /// <summary>Why a replacement or void is not taken; empty where it is.</summary>
    static string WhyNotReplaced(Claim claim, Account? earlier) =>
        claim.PayerKind == PayerKind.Medicare && claim.Setting != Setting.Facility
            ? "Medicare takes no replacement of a professional claim"
            : earlier is null || earlier.Status == AccountStatus.Voided ? "no claim has the payer's number it names"
            : "";

    void Reject(Claim claim, Account? earlier, string why)
    {
        statuses.Add(claim, "", PayeeOf(claim));
        var account = earlier ?? books.Add(new() { Id = claim.Text(ClaimText.Id), Payee = PayeeOf(claim) });
        Note(account, "rejected", why, null, today);
    }

    void Note(Account account, string what, string why, ClaimPayment? payment, DateOnly on,
        List<string>? predicted = null, PlantedPrice? wrong = null) =>
        decisions.Add(new(account.Id, payment is null ? account.Control : payment.Text(payment.PayerControl), what,
            why, account, payment, on, predicted ?? []) { WrongPrice = wrong });

    void Void(Claim claim, Account account)
    {
        statuses.Add(claim, account.Control, PayeeOf(claim));
        var day = today.AddDays(UsualDays);
        if (account.Payment is { } payment) payments.Add(account.Payee, day, Adjudicator.Reversal(payment));
        Use(account, -1);
        (account.Status, account.IsPlanted, account.Due) = (AccountStatus.Voided, false, null);
        Note(account, "voided", "the practice voided it", null, day);
    }

    void DenyAsDuplicate(Claim claim, Account account, string why)
    {
        var duplicate = adjudicator.Duplicate(claim, account.Control + "D");
        statuses.Add(claim, account.Control + "D", PayeeOf(claim));
        var day = today.AddDays(UsualDays);
        payments.Add(PayeeOf(claim), day, duplicate);
        Note(account, "duplicate", why, duplicate, day);
    }

    /// <summary>Decides a claim, or what replaces it; what was said before is reversed first.</summary>
    void Decide(Claim claim, Verdict verdict, Account? account, string what)
    {
        var isNew = account is null || account.Decisions == 0;
        account ??= books.Add(new() { Id = claim.Text(ClaimText.Id) });
        var isFiled = !claim.Segments.IsEmpty; // and not handed in beside the files
        if (isFiled || account.Decisions == 0) account.Payee = PayeeOf(claim);
        account.Member = $"{claim.Text(Party.Subscriber, PartyField.MemberId)} {claim.ServiceDate.Year}";
        if (isNew) Draw(claim, verdict, account);
        else if (Plant.Find(account.Plant)?.IsMendedBy(claim, account.Truth) == true) account.IsPlanted = false;
        var plant = account.IsPlanted ? Plant.Find(account.Plant) : null;
        var control = NextControl(account);
        if (isFiled) statuses.Add(claim, control, account.Payee);
        var day = DayOf(account);
        Reverse(account, day);
        var (left, ifWon) = (LeftOf(account), LeftOf(account));
        var payment = adjudicator.Decide(claim, verdict, plant, control, ref left);
        account.Due = plant is null || (plant.WonBy & (Remedy.Appeal | Remedy.Records)) == 0 ? null
            : adjudicator.Decide(claim, verdict, null, control, ref ifWon);
        AddInterest(payment, day);
        Post(account, payment, day);
        Note(account, account.Status == AccountStatus.Denied ? "denied" : "paid",
            plant is not null ? $"{what}: planted {plant.Name}"
                : verdict.Predicted.Count > 0 ? $"{what}: the edits deny it"
                : what, payment, day, verdict.Predicted,
            adjudicator.WrongPrice(claim, plant) is { } wrong && verdict.Denials[wrong.Line] is null ? wrong : null);
        if (isNew && plant is null && payment.Paid > Money.Zero
            && chance.Is("duplicate", account.Id, rates["duplicate"]))
            DenyPaid(claim, account, day);
    }

    void Draw(Claim claim, Verdict verdict, Account account)
    {
        if (adjudicator.Draw(claim, verdict) is not { } plant) return;
        (account.Plant, account.IsPlanted) = (plant.Name, true);
        account.Truth = plant.Name == "member"
            ? claim.Text(Party.Subscriber, PartyField.MemberId)
                + chance.Below("digit", account.Id, 10).ToString(CultureInfo.InvariantCulture)
            : plant.Name == "authorization"
                ? string.Create(CultureInfo.InvariantCulture, $"A{100000 + chance.Below("number", account.Id, 900000)}")
                : "";
    }

    /// <summary>A wrong of the payer: the claim that it pays is denied as a duplicate of itself.</summary>
    void DenyPaid(Claim claim, Account account, DateOnly day)
    {
        var duplicate = adjudicator.Duplicate(claim, account.Control + "D");
        payments.Add(account.Payee, day, duplicate);
        Note(account, "duplicate", "planted duplicate: the claim is paid in the same remittance", duplicate, day);
    }

    string NextControl(Account account)
    {
        books.Number(account);
        return account.Control;
    }

    DateOnly DayOf(Account account)
    {
        var matter = account.Control;
        var isLate = chance.Is("late", matter, rates["late"]);
        return today.AddDays(isLate ? LateFrom + chance.Below("days", matter, LateSpan) : UsualDays);
    }

    /// <summary>Simple interest for the days after the thirtieth (AMT I; the same in PLB L6).</summary>
    void AddInterest(ClaimPayment payment, DateOnly day)
    {
        var days = day.DayNumber - today.DayNumber - FreeDays;
        if (days <= 0 || payment.Paid is not { Cents: > 0 } paid) return;
        var interest = Money.Round(paid.Dollars * rates["interest"] * days / 10_000 / YearDays);
        if (interest > Money.Zero) payment.Amounts.Add(0, new(InterestAmount, interest));
    }

    void Post(Account account, ClaimPayment payment, DateOnly day)
    {
        payments.Add(account.Payee, day, payment);
        (account.Payment, account.PaidOn) = (payment, day);
        account.Status = payment.Status.ToString() == "4" ? AccountStatus.Denied : AccountStatus.Paid;
        Use(account, 1);
    }

    void Reverse(Account account, DateOnly day)
    {
        if (account.Payment is not { } before || account.IsUnprocessable) return;
        payments.Add(account.Payee, day, Adjudicator.Reversal(before));
        Use(account, -1);
    }

    Money LeftOf(Account account) =>
        new(Math.Max(0, rates["deductible"] - books.Deductibles.GetValueOrDefault(account.Member)));

    void Use(Account account, int sign)
    {
        if (account.Payment is null) return;
        foreach (ref readonly var adjustment in account.Payment.Adjustments.All)
            if (adjustment.Group == Adjustment.Patient && adjustment.Reason == DeductibleReason)
                books.Deductibles[account.Member] = books.Deductibles.GetValueOrDefault(account.Member)
                    + (sign * (adjustment.Amount?.Cents ?? 0));
    }

    void TakeBack(Account account)
    {
        if (account.Status != AccountStatus.Paid || account.IsTakenBack || account.Payment is not { Paid.Cents: > 100 }
            || !chance.Is("take-back", account.Id, rates["take-back"]))
            return;
        var before = account.Payment;
        account.IsTakenBack = true;
        Reverse(account, today);
        var less = Adjudicator.Lowered(before, NextControl(account));
        Post(account, less, today);
        var cut = (before.Paid - less.Paid) ?? Money.Zero;
        var isLater = chance.Is("recovery", account.Id, rates["recovery"]);
        if (isLater) payments.Withhold(account.Payee, today, account.Control, cut);
        Note(account, "taken-back", isLater
            ? $"a tenth was taken back: {cut}, off a later check"
            : $"a tenth was taken back: {cut}", less, today);
    }

    void Hear(AppealRequest appeal)
    {
        var account = books.OfControl(appeal.PayerControl) ?? books.OfId(appeal.Claim);
        if (account is null)
        {
            decisions.Add(new(appeal.Claim, appeal.PayerControl, "appeal-lost", "no such claim is known", null, null,
                today, []));
            return;
        }
        if (appeal.Corrected is { } corrected)
        {
            Reopen(account, corrected);
            return;
        }
        var (way, day) = (appeal.Kind == "send-records" ? Remedy.Records : Remedy.Appeal, today.AddDays(UsualDays));
        var wins = account.IsPlanted && account.Due is not null && Plant.Find(account.Plant)!.WonBy.HasFlag(way);
        if (!wins)
        {
            Note(account, "appeal-lost", account.IsPlanted ? $"planted {account.Plant}: {appeal.Kind} does not open it"
                : $"{appeal.Kind}: the answer stands", null, day);
            return;
        }
        var due = account.Due!;
        Reverse(account, day);
        due.PayerControl = due.Append(System.Text.Encoding.ASCII.GetBytes(NextControl(account)));
        (account.IsPlanted, account.Due) = (false, null);
        Post(account, due, day);
        Note(account, "appeal-won", $"planted {account.Plant}: {appeal.Kind} opens it", due, day);
    }

    /// <summary>A reopening with the corrected claim: as a replacement, which Medicare takes in no other way.</summary>
    void Reopen(Account account, Claim corrected)
    {
        if (corrected.Made == default) corrected.Made = today;
        var verdict = adjudicator.Check(corrected);
        if (account.Status is AccountStatus.Paid or AccountStatus.Denied)
            Decide(corrected, verdict, account, "reopening");
        else Note(account, "appeal-lost", "reopening: the claim was never decided", null, today);
    }

    static Payee PayeeOf(Claim claim)
    {
        string Of(PartyField field) => claim.Text(Party.Billing, field);
        var receiver = "";
        foreach (ref readonly var segment in claim.Segments)
        {
            var text = claim[segment.Text];
            if (SegmentText.Element(text, 0, claim.Delimiters).SequenceEqual("ISA"u8))
                receiver = System.Text.Encoding.ASCII.GetString(SegmentText.Element(text, 6, claim.Delimiters)).Trim();
        }
        var (tax, payer) = (Of(PartyField.TaxId).Replace("-", "", StringComparison.Ordinal),
            claim.Text(ClaimText.PayerName));
        return new(claim.Text(ClaimText.PayerId), payer.Length > 0 ? payer : "PRACTICE PAYER", Of(PartyField.Name),
            Of(PartyField.Npi), tax, Of(PartyField.Address), Of(PartyField.City), Of(PartyField.State),
            Of(PartyField.Zip), receiver.Length > 0 ? receiver : tax);
    }
}
