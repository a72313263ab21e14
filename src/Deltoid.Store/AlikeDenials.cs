using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A claim on which a step was not taken, and why.</summary>
public sealed record LeftClaim(StoredClaim Claim, string Why);

/// <summary>One step, taken on several claims at once.</summary>
public sealed record TakenTogether(string Action, List<StoredClaim> Claims, List<LeftClaim> Left);

/// <summary>
/// Denials of one cause, worked on together: a person looks at each row, and one step is taken on those that are
/// chosen. Each claim is a change of its own, by the rules of its own answer: one that is refused stops no other.
/// </summary>
public static class AlikeDenials
{
    /// <summary>The most claims of one page, and of one step.</summary>
    public const int Most = 200;

    /// <summary>Steps that are taken by a mere task: somebody does them outside of this program.</summary>
    static readonly string[] AsTasks = ["send-records", "refund", "bill-other-payer"];

    /// <summary>Steps that want words of a person: the reason, or what is to be put right.</summary>
    static readonly string[] WithWords = ["write-off", "bill-patient", "reopening"];

    public static bool AsksWhy(string action) => WithWords.Contains(action);

    /// <summary>Answered claims with the cause of this one, in the order of the worklist.</summary>
    public static IQueryable<StoredClaim> Of(PracticeDb db, StoredClaim claim) => WorkFilter.InOrder(
        new WorkFilter(Life: ClaimLife.Answered, Cause: claim.Cause).Of(db)).Take(Most);

    /// <summary>Takes a step on claims whose answers allow it.</summary>
    /// <param name="why">Where <see cref="AsksWhy"/>.</param>
    /// <param name="sent">Of an appeal: the day on which the letters left.</param>
    /// <exception cref="InputException">No claim is chosen, or what the step needs is missing.</exception>
    public static async Task<TakenTogether> Take(PracticeDb db, Engine engine, IReadOnlyCollection<long> claimIds,
        string action, string why, DateOnly? sent, DateTime now, CancellationToken stop = default)
    {
        if (claimIds.Count is 0 or > Most)
            throw new InputException("claim", "no claim is chosen, or too many", $"choose up to {Most}");
        if (AsksWhy(action) && why.Trim().Length == 0)
            throw new InputException("why", "a reason is missing", "write why");
        if (action == "appeal" && sent is null)
            throw new InputException("sent", "the day is missing", "write the day on which the letters left");
        var taken = new TakenTogether(action, [], []);
        foreach (var claim in await db.Claims.AsNoTracking().Include(static c => c.Patient)
            .Where(c => claimIds.Contains(c.Id)).OrderBy(static c => c.Id).ToListAsync(stop))
            try
            {
                if (claim.Life != ClaimLife.Answered || !Denials.Allows(claim, action))
                    throw new InputException("", Denials.Forbids(claim, action)
                        ?? "the payer's answer does not ask for this", "open the claim");
                await TakeOne(db, engine, claim, action, why, sent, now, stop);
                taken.Claims.Add(claim);
            }
            catch (InputException e)
            {
                db.ChangeTracker.Clear();
                taken.Left.Add(new(claim, $"{Sentence.Capital(e.Message)}."));
            }
        return taken;
    }

    static Task TakeOne(PracticeDb db, Engine engine, StoredClaim claim, string action, string why, DateOnly? sent,
        DateTime now, CancellationToken stop) => action switch
        {
            "write-off" => WriteOff(db, claim.Id, why, now, stop),
            "bill-patient" => Denials.BillPatient(db, claim.Id, why, now, stop),
            "appeal" => Denials.SendAppeal(db, claim.Id, sent!.Value, now, stop),
            "reopening" => Correcting.AskReopening(db, claim.Id, why, now, stop),
            "corrected-claim" => Correct(db, engine, claim.Id, now, stop),
            "new-claim" or "resubmit" => Correcting.Renew(db, engine, claim.Id, now, stop),
            _ when AsTasks.Contains(action) => WorkTasks.Ask(db, claim.Id, Sentence.Capital(
                ResolutionPage.WordsOf(Steps.Words.TryRead(action, out var step) ? step : NextStep.None)), null,
                claim.FileBy, now, stop),
            _ => throw new InputException("action", "this step is not known", "choose one of the list"),
        };

    static async Task WriteOff(PracticeDb db, long claimId, string why, DateTime now, CancellationToken stop)
    {
        if (await Denials.WriteOff(db, claimId, why, now, stop) == 0)
            throw new InputException("", "it is above the limit of one person, and was asked for",
                "another person does it");
    }

    static async Task Correct(PracticeDb db, Engine engine, long claimId, DateTime now, CancellationToken stop)
    {
        if (!(await Correcting.Correct(db, engine, claimId, '7', now, stop)).IsSaved)
            throw new InputException("", "a colleague has changed this claim meanwhile", "open the claim");
    }
}
