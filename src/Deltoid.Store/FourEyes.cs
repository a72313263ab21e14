using System.Globalization;
using System.Text.Json;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A write-off that one person has asked for, and that another one does.</summary>
public sealed record AskedWriteOff(string Act, long Cents, string Why, long? PersonId, DateTime At);

/// <summary>
/// A write-off above a limit takes two people: one asks, another does it. In a practice where nobody else may post,
/// one is enough.
/// </summary>
public static class FourEyes
{
    /// <summary>Whole cents: up to this one person is enough.</summary>
    public const long Limit = 100_00;

    const string Ask = "ask-", TaskText = "A write-off waits for a second person";

    /// <summary>Who may post money.</summary>
    static readonly Role[] Posters = [Role.Owner, Role.Manager, Role.Biller];

    /// <summary>Whether it may be done now; else it is asked for.</summary>
    internal static async Task<bool> Agree(PracticeDb db, StoredClaim claim, string act, long cents, string why,
        DateTime now, CancellationToken stop)
    {
        if (cents <= Limit || !await db.Users.AnyAsync(u => u.PracticeId == db.PracticeId && u.Id != db.PersonId
            && !u.IsDisabled && !u.IsProgram && Posters.Contains(u.Role), stop))
            return true;
        if (await Asked(db, claim.Id, stop) is { } asked && asked.Act == act && asked.Cents == cents)
        {
            if (asked.PersonId == db.PersonId)
                throw new Values.InputException("", "you have asked for this already", "another person does it");
            foreach (var task in await db.Tasks.Where(t => t.ClaimId == claim.Id && t.DoneAt == null
                && t.Text == TaskText).ToListAsync(stop))
                (task.DoneAt, task.DoneById) = (now, db.PersonId);
            return true;
        }
        if (!await db.Tasks.AnyAsync(t => t.ClaimId == claim.Id && t.DoneAt == null && t.Text == TaskText, stop))
            db.Tasks.Add(new() { ClaimId = claim.Id, PersonId = db.PersonId, At = now, Text = TaskText });
        db.Record(now, Ask + act, $"claim/{claim.Id}", why.Trim(), new { cents });
        return false;
    }

    /// <summary>The write-off of a claim that waits for a second person; null where none does.</summary>
    public static async Task<AskedWriteOff?> Asked(PracticeDb db, long claimId, CancellationToken stop = default)
    {
        var (subject, own, patients) = ($"claim/{claimId}", "write-off", PatientMoney.GivenUp);
        var last = await db.Events.AsNoTracking().Where(e => e.Subject == subject && (e.Act == own || e.Act == patients
            || e.Act == Ask + own || e.Act == Ask + patients)).OrderByDescending(static e => e.Number)
            .FirstOrDefaultAsync(stop);
        if (last is null || !last.Act.StartsWith(Ask, StringComparison.Ordinal)) return null;
        using var json = JsonDocument.Parse(last.Changes);
        return new(last.Act[Ask.Length..], json.RootElement.GetProperty("cents").GetInt64(), last.Why, last.PersonId,
            last.At);
    }

    /// <summary>The limit, as texts have it.</summary>
    public static string LimitText => (Limit / 100m).ToString("$0.00", CultureInfo.InvariantCulture);
}
