using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Somebody who works here, as lists and logs name them.</summary>
/// <param name="Subject">provider/3, person/2, practice.</param>
public sealed record StaffMember(string Subject, string Family, string Given, string Npi, DateOnly? Birth)
{
    public string Name => Given.Length == 0 ? Family : $"{Given} {Family}";
}

/// <summary>All who work here: providers, people who sign in, the practice itself.</summary>
public static class Staff
{
    public const string OfPractice = "practice";

    public static string OfProvider(long id) => FormattableString.Invariant($"provider/{id}");

    public static string OfPerson(long id) => FormattableString.Invariant($"person/{id}");

    public static async Task<List<StaffMember>> All(PracticeDb db, CancellationToken stop = default)
    {
        var births = await db.StaffBirths.AsNoTracking().ToDictionaryAsync(static b => b.Subject, static b => b.Day,
            stop);
        DateOnly? Birth(string subject) => births.TryGetValue(subject, out var day) ? day : null;
        var all = new List<StaffMember>();
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        all.Add(new(OfPractice, practice.Name, "", practice.Npi, null));
        foreach (var one in await db.Providers.AsNoTracking().OrderBy(static p => p.Family).ThenBy(static p => p.Id)
            .ToListAsync(stop))
            all.Add(new(OfProvider(one.Id), one.Family, one.Given, one.Npi, Birth(OfProvider(one.Id))));
        foreach (var one in await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId && !u.IsDisabled)
            .OrderBy(static u => u.Name).ToListAsync(stop))
        {
            // the name of an account is one text: its last word is the family, a bracket after it is none of it
            var words = one.Name.Split('(')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            all.Add(new(OfPerson(one.Id), words.Length == 0 ? one.Name : words[^1],
                string.Join(' ', words.SkipLast(1)), "", Birth(OfPerson(one.Id))));
        }
        return all;
    }

    /// <summary>Notes when somebody was born.</summary>
    /// <exception cref="InputException">Nobody is so, or the day cannot be.</exception>
    public static Task<StaffBirth> Born(PracticeDb db, string subject, DateOnly day, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (subject == OfPractice || !(await All(db, stop)).Exists(s => s.Subject == subject))
            throw new InputException("who", "nobody here is so", "load the list again");
        if (day >= DateOnly.FromDateTime(now) || day.Year < 1900)
            throw new InputException("day", "this is no birth date", "look at it again");
        var born = await db.StaffBirths.SingleOrDefaultAsync(b => b.Subject == subject, stop);
        if (born is null) db.StaffBirths.Add(born = new() { Subject = subject });
        born.Day = day;
        db.Record(now, "change", subject, "birth date");
        return born;
    }, stop);
}
