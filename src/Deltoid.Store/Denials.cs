using System.Globalization;
using System.Text.Json;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Results.Letters;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Store.AnswerJson;

namespace Deltoid.Store;

/// <summary>
/// What a payer's answer asks of the practice, and what people decide about money that was withheld. What the answer
/// forbids is refused with its reason.
/// </summary>
public static class Denials
{
    /// <summary>Days until a payer that was asked to think again should have answered.</summary>
    const int DaysToAnswer = 60;

    /// <summary>The answer is on the claim, and lists are ordered by its cause and its last day.</summary>
    /// <param name="open">What payers still owe on it, in cents.</param>
    internal static void Show(StoredClaim claim, JsonElement answer, long open)
    {
        claim.Answer = answer.GetRawText();
        (claim.Errors, claim.Warnings, claim.Cause, claim.Why) = (0, 0, "", "");
        if (Text(answer, "kind") is "" or "not-a-denial") return;
        // a first decision that was taken back and decided again withholds nothing
        if (Text(answer, "kind") == "take-back" && open <= 0) return;
        claim.Cause = CauseOf(answer) is { Length: > 0 } cause ? cause : "the reason is not known";
        var step = Steps.Words.TryRead(Text(answer, "action"), out var known) ? known : NextStep.None;
        claim.Why = $"{string.Join(", ", ReasonsOf(answer))}: {claim.Cause}. "
            + $"{Sentence.Capital(step == NextStep.None ? "answer the questions first" : ResolutionPage.WordsOf(step))}.";
        if (LastDay(answer) is { } last) claim.FileBy = last;
        claim.Rank = Ranking.Of(claim);
    }

    static string CauseOf(JsonElement answer) =>
        Member(answer, "rootCause") is { } cause ? Text(cause, "words") : "";

    static IEnumerable<string> ReasonsOf(JsonElement answer) => answer.GetProperty("posting").EnumerateArray()
        .Where(static p => Text(p, "kind") is "denial-pending" or "write-off-proposal")
        .Select(static p => $"{Text(p, "group")}-{Text(p, "reason")}").Distinct().DefaultIfEmpty("withheld");

    /// <summary>Why the answer forbids a step; null where it does not.</summary>
    public static string? Forbids(StoredClaim claim, string action)
    {
        if (claim.Answer is null) return "no payer has answered the claim";
        using var answer = JsonDocument.Parse(claim.Answer);
        if (!answer.RootElement.TryGetProperty("never", out var never)) return null; // a claim that was rejected
        foreach (var one in never.EnumerateArray())
            if (Text(one, "action") == action) return Text(one, "why");
        return null;
    }

    static async Task<StoredClaim> Answered(PracticeDb db, long claimId, string action, CancellationToken stop)
    {
        var claim = await db.Claims.SingleOrDefaultAsync(c => c.Id == claimId, stop)
            ?? throw new InputException("", "the claim is not here", "load the list again");
        if (claim.Life != ClaimLife.Answered)
            throw new InputException("", "no payer's answer is open on this claim", "load the page again");
        if (Forbids(claim, action) is { } why)
            throw new InputException("", $"this must not be done: {why}", "choose another step");
        return claim;
    }

    /// <summary>Gives up what payers still owe on a claim.</summary>
    /// <returns>What was given up, in cents; 0 where a second person is asked first (<see cref="FourEyes"/>).</returns>
    /// <exception cref="InputException">The answer forbids it, nothing is open, or no reason is given.</exception>
    public static Task<long> WriteOff(PracticeDb db, long claimId, string why, DateTime now,
        CancellationToken stop = default) => Settle(db, claimId, "write-off", Account.WriteOff, why, now, stop);

    /// <summary>The patient is asked for what the payer left open; only where the answer proposes or allows it.
    /// </summary>
    /// <inheritdoc cref="WriteOff"/>
    public static Task<long> BillPatient(PracticeDb db, long claimId, string why, DateTime now,
        CancellationToken stop = default) => Settle(db, claimId, "bill-patient", Account.Patient, why, now, stop);

    static Task<long> Settle(PracticeDb db, long claimId, string action, Account to, string why, DateTime now,
        CancellationToken stop) => db.Change(async _ =>
    {
        if (why.Trim().Length == 0) throw new InputException("why", "a reason is missing", "write why");
        var claim = await Answered(db, claimId, action, stop);
        if (to == Account.Patient && !Allows(claim, action))
            throw new InputException("", "the answer does not say that the patient owes it", "choose another step");
        var (payers, patient) = await Ledger.Owed(db, claimId, stop);
        if (payers <= 0)
            throw new InputException("", "no payer owes anything on this claim", "nothing is left to do");
        if (to == Account.WriteOff && !await FourEyes.Agree(db, claim, action, payers, why, now, stop)) return 0;
        Ledger.Move(db, new(claimId, null, action, null, DateOnly.FromDateTime(now), now), to, Account.Receivable,
            payers);
        if (patient == 0 && to != Account.Patient) claim.Life = ClaimLife.Closed;
        ClaimStory.Add(db, claim, now, $"{action.Replace('-', ' ')}: {why.Trim()}");
        db.Record(now, action, $"claim/{claimId}", why.Trim(), new { cents = payers });
        return payers;
    }, stop);

    /// <summary>The step is what the answer proposes, or one of its alternatives.</summary>
    public static bool Allows(StoredClaim claim, string action)
    {
        if (claim.Answer is null) return false;
        using var answer = JsonDocument.Parse(claim.Answer);
        if (Text(answer.RootElement, "action") == action) return true;
        return answer.RootElement.TryGetProperty("alternatives", out var others)
            && others.EnumerateArray().Any(a => Text(a, "action") == action);
    }

    /// <summary>The payer was asked in writing to think again; a task says when its answer is due.</summary>
    /// <param name="sent">The day on which the letter left.</param>
    /// <exception cref="InputException">The answer forbids it, or an appeal of this level is open.</exception>
    public static Task<Appeal> SendAppeal(PracticeDb db, long claimId, DateOnly sent, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var claim = await Answered(db, claimId, "appeal", stop);
        var earlier = await db.Appeals.Where(a => a.ClaimId == claimId).ToListAsync(stop);
        if (earlier.Exists(static a => a.Outcome == AppealOutcome.Open))
            throw new InputException("", "an appeal of this claim is open", "note its outcome first");
        if (sent > DateOnly.FromDateTime(now))
            throw new InputException("sent", "this day is to come", "write the day on which the letter left");
        if (await DecidedOn(db, claimId, stop) is { } decided && sent < decided)
            throw new InputException("sent", string.Create(CultureInfo.InvariantCulture,
                $"the payer decided on {decided:MM/dd/yyyy}: no appeal left before that"), "write the day on which the "
                + "letter left");
        var (payers, _) = await Ledger.Owed(db, claimId, stop);
        var appeal = new Appeal
        {
            ClaimId = claimId, Level = earlier.Count + 1, Sent = sent, Due = sent.AddDays(DaysToAnswer),
            Asked = payers, PersonId = db.PersonId,
        };
        db.Appeals.Add(appeal);
        db.Tasks.Add(new()
        {
            ClaimId = claimId, PersonId = db.PersonId, At = now, Due = appeal.Due,
            Text = DueText(appeal.Level),
        });
        ClaimStory.Add(db, claim, now, string.Create(CultureInfo.InvariantCulture,
            $"appeal {appeal.Level} left on {sent:MM/dd/yyyy}"));
        db.Record(now, "appeal", $"claim/{claimId}", "", new { appeal.Level, appeal.Asked });
        return appeal;
    }, stop);

    static string DueText(int level) =>
        string.Create(CultureInfo.InvariantCulture, $"The answer to appeal {level} is due: ask the payer");

    /// <summary>Days until the money of an appeal that was won should have come.</summary>
    const int DaysToPay = 30;

    /// <summary>The day of the last payment that answers the claim; null where it names none.</summary>
    static Task<DateOnly?> DecidedOn(PracticeDb db, long claimId, CancellationToken stop) => db.ClaimVersions
        .Where(v => v.ClaimId == claimId && v.RemittanceId != null)
        .Join(db.Remittances.Where(static r => r.State == RemittanceState.Posted), static v => v.RemittanceId,
            static r => r.Id, static (v, r) => new { v.Version, r.Day })
        .OrderByDescending(static v => v.Version).Select(static v => v.Day).FirstOrDefaultAsync(stop);

    /// <summary>What the payer said to an appeal. The money itself comes with its remittance.</summary>
    /// <exception cref="InputException">No appeal is open.</exception>
    public static Task<Appeal> EndAppeal(PracticeDb db, long claimId, AppealOutcome outcome, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var appeal = await db.Appeals.SingleOrDefaultAsync(a => a.ClaimId == claimId
            && a.Outcome == AppealOutcome.Open, stop)
            ?? throw new InputException("", "no appeal of this claim is open", "load the page again");
        if (outcome == AppealOutcome.Open || !Enum.IsDefined(outcome))
            throw new InputException("outcome", "the outcome is missing", "choose what the payer said");
        (appeal.Outcome, appeal.Decided) = (outcome, DateOnly.FromDateTime(now));
        var claim = await db.Claims.SingleAsync(c => c.Id == claimId, stop);
        var asked = DueText(appeal.Level);
        foreach (var task in await db.Tasks.Where(t => t.ClaimId == claimId && t.DoneAt == null && t.Text == asked)
            .ToListAsync(stop)) (task.DoneAt, task.DoneById) = (now, db.PersonId);
        if (outcome == AppealOutcome.Won)
            db.Tasks.Add(new()
            {
                ClaimId = claimId, PersonId = db.PersonId, At = now,
                Due = DateOnly.FromDateTime(now).AddDays(DaysToPay),
                Text = $"Appeal {appeal.Level} was won: the payer's money should be here by now",
            });
        ClaimStory.Add(db, claim, now, $"appeal {appeal.Level}: {outcome.ToString().ToLowerInvariant()}");
        db.Record(now, "appeal-end", $"claim/{claimId}", outcome.ToString());
        return appeal;
    }, stop);

    /// <summary>The letter that the answer asks for; null with the reason where none goes with it.</summary>
    internal static async Task<(Letter? Letter, string Why)> LetterOf(PracticeDb db, Engine engine, StoredClaim claim,
        DateTime now, CancellationToken stop = default)
    {
        if (await Receiving.CaseOf(db, engine, claim, now, stop) is not { } of)
            return (null, "no payment of a payer is posted on this claim");
        var level = 1 + await db.Appeals.CountAsync(a => a.ClaimId == claim.Id
            && a.Outcome != AppealOutcome.Open, stop);
        var decided = await db.Appeals.Where(a => a.ClaimId == claim.Id && a.Decided != null)
            .OrderByDescending(static a => a.Id).Select(static a => a.Decided).FirstOrDefaultAsync(stop) ?? default;
        var why = new LetterDesk(engine.Book).Write(of, null, out var letter, level, decided);
        return (letter, why);
    }
}
