using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Findings that a person has set aside, with a reason and for a time. They come back when the time is over, and with
/// each change of the claim: what was judged is not there any more.
/// </summary>
public static class Overrides
{
    /// <summary>The longest time for which a finding is set aside.</summary>
    public const int MostDays = 365;

    /// <summary>
    /// What the payer's front door would refuse cannot be set aside, nor what no payer may lower (safety, false
    /// claims).
    /// </summary>
    internal static bool MayBe(FindingInfo info) => info.Outcome != Outcome.Rejection && !info.Mandatory;

    /// <summary>Sets a finding of the claim as it stands aside.</summary>
    /// <param name="version">The version that the person has read.</param>
    /// <param name="key">Of the finding: <see cref="Proposal.Key"/>.</param>
    /// <exception cref="InputException">There is no reason, no such finding, or it cannot be set aside.</exception>
    public static Task<StoredClaim> SetAside(PracticeDb db, Engine engine, long claimId, int version, string key,
        string reason, DateOnly until, DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new InputException("reason", "the reason is missing", "write why the finding does not hold here");
        var days = until.DayNumber - DateOnly.FromDateTime(now).DayNumber;
        if (days is < 0 or > MostDays)
            throw new InputException("until", "this is not a last day",
                $"choose one from today to {MostDays} days from now");
        var stored = await Load(db, claimId, version, stop);
        var claim = Documents.Claim(stored.Document);
        var findings = (await engine.For(db, stop)).Scrub(claim, await Visits.ChartOf(db, stored, stop));
        var finding = findings.Span.ToArray().FirstOrDefault(f => new FindingKey(claim).Of(f) == key);
        if (finding.Info is not { } info)
            throw new InputException("", "the claim has no such finding any more", "load it again");
        if (!MayBe(info))
            throw new InputException("", "this finding cannot be set aside: the payer refuses the claim with it, or "
                + "the law does not let it pass", "mend it");
        db.Overrides.Add(new()
        {
            ClaimId = claimId, Key = key, FindingId = info.Id, Reason = reason.Trim(), PersonId = db.PersonId,
            Says = Sentence.Of(finding, claim, ResultJson.NamesOf(engine.Book)), At = now, Until = until,
        });
        await db.SaveChangesAsync(stop);
        await Again(db, engine, stored, now, stop);
        db.Record(now, "set-aside", $"claim/{claimId}", reason.Trim(),
            new { finding = info.Id, until = until.ToString("yyyy-MM-dd") });
        return stored;
    }, stop);

    /// <summary>A person takes an override back: the finding counts again.</summary>
    public static Task<StoredClaim> TakeBack(PracticeDb db, Engine engine, long claimId, long overrideId, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var stored = await Load(db, claimId, null, stop);
        var one = await db.Overrides.FirstOrDefaultAsync(o => o.Id == overrideId && o.ClaimId == claimId
            && o.EndedAt == null, stop) ?? throw new InputException("", "it has ended already", "load the claim again");
        await End(db, engine, stored, [one], "taken back", now, stop);
        return stored;
    }, stop);

    /// <summary>Those of a claim that count.</summary>
    public static Task<List<Override>> Of(PracticeDb db, long claimId, CancellationToken stop = default) =>
        db.Overrides.Where(o => o.ClaimId == claimId && o.EndedAt == null).OrderBy(static o => o.Id).ToListAsync(stop);

    /// <summary>Ends those whose last day is over; their claims are judged again.</summary>
    internal static async Task Expire(PracticeDb db, Engine engine, DateOnly today, DateTime now,
        CancellationToken stop)
    {
        if (!await db.Overrides.AnyAsync(o => o.EndedAt == null && o.Until < today, stop)) return;
        await db.Change(async _ =>
        {
            var over = await db.Overrides.Where(o => o.EndedAt == null && o.Until < today).ToListAsync(stop);
            foreach (var of in over.GroupBy(static o => o.ClaimId))
                await End(db, engine, await Load(db, of.Key, null, stop), [.. of], "its time was over", now, stop);
            return 0;
        }, stop);
    }

    /// <summary>The claim was changed: nothing that was set aside before counts.</summary>
    internal static async Task Changed(PracticeDb db, StoredClaim stored, DateTime now, CancellationToken stop)
    {
        foreach (var one in await Of(db, stored.Id, stop)) Close(db, one, "the claim was changed", now);
    }

    static async Task End(PracticeDb db, Engine engine, StoredClaim stored, List<Override> ending, string why,
        DateTime now, CancellationToken stop)
    {
        foreach (var one in ending) Close(db, one, why, now);
        await db.SaveChangesAsync(stop);
        await Again(db, engine, stored, now, stop);
    }

    static void Close(PracticeDb db, Override one, string why, DateTime now)
    {
        (one.EndedAt, one.EndedWhy) = (now, why);
        db.Record(now, "count-again", $"claim/{one.ClaimId}", why, new { finding = one.FindingId });
    }

    static async Task<StoredClaim> Load(PracticeDb db, long claimId, int? version, CancellationToken stop)
    {
        var stored = await db.Claims.FirstOrDefaultAsync(c => c.Id == claimId, stop)
            ?? throw new InputException("", "the claim is not here", "load the list again");
        await db.Entry(stored).ReloadAsync(stop);
        return version is { } read && read != stored.Version
            ? throw new DbUpdateConcurrencyException("the claim has another version") : stored;
    }

    /// <summary>Held or ready, by the findings that count; a claim that has left stays where it is.</summary>
    static async Task Again(PracticeDb db, Engine engine, StoredClaim stored, DateTime now, CancellationToken stop)
    {
        var was = stored.Life;
        await Visits.JudgeAgain(db, engine, stored, Documents.Claim(stored.Document), stop);
        if (Editing.IsWithPayer(was)) stored.Life = was;
        await Visits.NoteFreed(db, stored, was, now, stop);
    }
}
