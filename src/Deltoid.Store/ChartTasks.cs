using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Somebody who was in the room is asked for what the chart of a held claim misses. The task says exactly that: it
/// follows the chart, and ends by itself when the claim may leave.
/// </summary>
public static class ChartTasks
{
    /// <summary>Asks for what is missing; a claim that has such a task already keeps that one.</summary>
    /// <param name="forId">Who is asked; null for the first who comes.</param>
    /// <exception cref="InputException">Nothing is missing, or there is no such claim or person.</exception>
    public static Task<WorkTask> Ask(PracticeDb db, Engine engine, long claimId, long? forId, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var document = await db.Claims.Where(c => c.Id == claimId && c.Life == ClaimLife.Held)
            .Join(db.Visits, static c => c.VisitId, static v => v.Id, static (_, v) => v.Document)
            .FirstOrDefaultAsync(stop);
        if (document is null)
            throw new InputException("", "the chart of this claim misses nothing", "load the page again");
        if (forId is { } id && !await db.Users.AnyAsync(u => u.Id == id && u.PracticeId == db.PracticeId, stop))
            throw new InputException("", "this person is not of the practice", "choose somebody else");
        var task = await Open(db, claimId).FirstOrDefaultAsync(stop);
        if (task is null)
        {
            task = new() { ClaimId = claimId, Text = "", IsOfChart = true, PersonId = db.PersonId, At = now };
            db.Tasks.Add(task);
        }
        (task.ForId, task.Text) = (forId, TextOf(engine, engine.Code(Documents.Visit(document))));
        db.Record(now, "task", $"claim/{claimId}", task.Text);
        return task;
    }, stop);

    static IQueryable<WorkTask> Open(PracticeDb db, long claimId) =>
        db.Tasks.Where(t => t.ClaimId == claimId && t.IsOfChart && t.DoneAt == null);

    /// <summary>The chart was completed in part: the task asks for the rest.</summary>
    internal static async Task Follow(PracticeDb db, Engine engine, StoredClaim claim, CodedVisit coded,
        CancellationToken stop)
    {
        if (claim.Life != ClaimLife.Held) return;
        foreach (var task in await Open(db, claim.Id).ToListAsync(stop)) task.Text = TextOf(engine, coded);
    }

    /// <summary>The claim may leave: nothing is asked any more.</summary>
    internal static async Task Finish(PracticeDb db, StoredClaim claim, DateTime now, CancellationToken stop)
    {
        foreach (var task in await Open(db, claim.Id).ToListAsync(stop))
        {
            (task.DoneAt, task.DoneById) = (now, db.PersonId);
            db.Record(now, "task-done", $"claim/{claim.Id}", $"task/{task.Id}");
        }
    }

    /// <summary>What holds the claim: elements of the record by their names, then what findings say.</summary>
    static string TextOf(Engine engine, CodedVisit coded)
    {
        var missing = Visits.MissingIn(coded);
        var asks = missing.ConvertAll(static e => Elements.Name(e));
        foreach (ref readonly var finding in coded.Findings.Span)
            if (finding.Severity == Severity.Error && finding.Info.Name != "knock-out-not-charted"
                && !(missing.Contains(9) && Visits.IsOfMissingVial(finding, coded.Encounter!)))
                asks.Add(FindingText.Message(finding, ResultJson.NamesOf(engine.Book)));
        var text = "Chart: " + string.Join("; ", asks);
        return text.Length <= WorkTasks.Longest ? text : text[..(WorkTasks.Longest - 1)] + "…";
    }
}
