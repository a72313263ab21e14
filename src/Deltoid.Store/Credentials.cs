using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Licenses and the like, and their last days.</summary>
public static class Credentials
{
    /// <summary>The first of them holds the claims of its provider when it is over.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["license", "DEA", "CPR", "CLIA", "malpractice", "certification", "enrollment", "business associate", "other"];

    /// <summary>So many days before the last one it is shown, it presses, and it is urgent.</summary>
    public static readonly IReadOnlyList<int> Steps = [60, 30, 7];

    /// <summary>Puts one on the list.</summary>
    /// <exception cref="InputException">A field cannot be so.</exception>
    public static Task<Credential> Add(PracticeDb db, Engine engine, Credential one, DateTime now,
        CancellationToken stop = default) => db.Change(async practice =>
    {
        await Check(db, one, stop);
        (one.At, one.PersonId) = (now, db.PersonId);
        db.Credentials.Add(one);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"credential/{one.Id}", one.Kind, new { one.Subject, one.Kind, one.From,
            one.Expires });
        if (one.Kind == Kinds[0]) await OpenClaims.JudgeAgain(db, engine, practice, now, stop);
        return one;
    }, stop);

    static async Task Check(PracticeDb db, Credential one, CancellationToken stop)
    {
        if (!(await Staff.All(db, stop)).Exists(s => s.Subject == one.Subject))
            throw new InputException("who", "nobody here is so", "choose one of the list");
        if (!Kinds.Contains(one.Kind)) throw new InputException("kind", "the kind is missing", "choose one");
        if (one.Number.Length is 0 or > 40) throw new InputException("number", "the number is missing, or too long",
            "copy it from the document");
        if (one.Expires < one.From) throw new InputException("expires", "the last day is before the first",
            "look at the document");
    }

    /// <summary>The next document of the same kind: what was before stays in the list of its days.</summary>
    /// <exception cref="InputException">It is not watched, or the days cannot be so.</exception>
    public static Task<Credential> Renew(PracticeDb db, Engine engine, long id, DateOnly from, DateOnly expires,
        DateTime now, CancellationToken stop = default) => db.Change(async practice =>
    {
        var last = await Watched(db, id, stop);
        if (expires <= last.Expires) throw new InputException("expires", "it was good as long before",
            "write the new last day");
        var next = new Credential
        {
            Subject = last.Subject, Kind = last.Kind, Number = last.Number, State = last.State, From = from,
            Expires = expires, At = now, PersonId = db.PersonId,
        };
        await Check(db, next, stop);
        last.EndedOn = DateOnly.FromDateTime(now);
        db.Credentials.Add(next);
        await db.SaveChangesAsync(stop);
        db.Record(now, "change", $"credential/{id}", "renewed", new Dictionary<string, string?[]>
        {
            ["Expires"] = [last.Expires.Iso(), expires.Iso()],
        });
        if (next.Kind == Kinds[0]) await OpenClaims.JudgeAgain(db, engine, practice, now, stop);
        return next;
    }, stop);

    /// <summary>It is not watched any more: the person has left, or it is not needed.</summary>
    /// <exception cref="InputException">It is not watched, or there is no reason.</exception>
    public static Task<Credential> End(PracticeDb db, long id, string why, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var one = await Watched(db, id, stop);
        if (why.Trim().Length is 0 or > 200) throw new InputException("why", "the reason is missing, or too long",
            "write why it is not needed any more");
        one.EndedOn = DateOnly.FromDateTime(now);
        db.Record(now, "change", $"credential/{id}", why.Trim(), new { one.EndedOn });
        return one;
    }, stop);

    static async Task<Credential> Watched(PracticeDb db, long id, CancellationToken stop) =>
        await db.Credentials.FirstOrDefaultAsync(c => c.Id == id && c.EndedOn == null, stop)
            ?? throw new InputException("", "this is not watched", "load the list again");

    /// <summary>All that are watched; first what ends first.</summary>
    public static Task<List<Credential>> All(PracticeDb db, CancellationToken stop = default) =>
        db.Credentials.AsNoTracking().Where(static c => c.EndedOn == null).OrderBy(static c => c.Expires)
            .ThenBy(static c => c.Id).ToListAsync(stop);
}
