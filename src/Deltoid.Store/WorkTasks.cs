using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What people ask of each other about a claim.</summary>
public static class WorkTasks
{
    /// <summary>The most open tasks that are listed, and the most characters of one.</summary>
    public const int Most = 200, Longest = 500;

    /// <param name="forId">Who is asked; null for the first who comes.</param>
    /// <exception cref="InputException">There is no text, no such claim or no such person.</exception>
    public static Task<WorkTask> Ask(PracticeDb db, long claimId, string text, long? forId, DateOnly? due,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (text.Trim().Length is 0 or > Longest)
            throw new InputException("text", "what to do is missing, or too long",
                $"write it in at most {Longest} characters");
        if (!await db.Claims.AnyAsync(c => c.Id == claimId, stop))
            throw new InputException("", "the claim is not here", "load the list again");
        if (forId is { } id && !await db.Users.AnyAsync(u => u.Id == id && u.PracticeId == db.PracticeId, stop))
            throw new InputException("", "this person is not of the practice", "choose somebody else");
        var task = new WorkTask
        {
            ClaimId = claimId, ForId = forId, Text = text.Trim(), Due = due, PersonId = db.PersonId, At = now,
        };
        db.Tasks.Add(task);
        db.Record(now, "task", $"claim/{claimId}", text.Trim());
        return task;
    }, stop);

    /// <summary>A task is done; one that is done already stays as it is.</summary>
    public static Task<int> Finish(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
        {
            if (await db.Tasks.FirstOrDefaultAsync(t => t.Id == id && t.DoneAt == null, stop) is not { } task) return 0;
            (task.DoneAt, task.DoneById) = (now, db.PersonId);
            db.Record(now, "task-done", $"claim/{task.ClaimId}", $"task/{id}");
            return 1;
        }, stop);
}
