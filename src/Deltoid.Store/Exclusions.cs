using System.Security.Cryptography;
using System.Text;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Who works here is looked for in the list of excluded persons (42 CFR 1001.1901: nothing is paid for what they order
/// or give). What is alike waits for a person; who is the same holds the claims.
/// </summary>
public static class Exclusions
{
    /// <summary>OIG publishes a list each month: after so many days another check is due.</summary>
    public const int Days = 31;

    /// <summary>Looks for everybody in a list.</summary>
    /// <exception cref="InputException">The file is not the list, or its day is to come.</exception>
    public static Task<ExclusionCheck> Check(PracticeDb db, string fileName, byte[] content, DateOnly listDay,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (listDay > DateOnly.FromDateTime(now))
            throw new InputException("day", "this day is to come", "write the day of the list");
        var staff = await Staff.All(db, stop);
        using var reader = new StreamReader(new MemoryStream(content), Encoding.Latin1);
        var list = new ExclusionList(reader);
        var matches = new List<ExclusionMatch>();
        var (byNpi, byName) = (staff.Where(static s => s.Npi.Length > 0).ToLookup(static s => s.Npi),
            staff.ToLookup(static s => Plain(s.Family)));
        foreach (var listed in list.Rows())
            foreach (var one in byNpi[listed.Npi].Concat(byName[Plain(listed.Business.Length > 0 ? listed.Business
                : listed.Family)]).Distinct())
                if (HowAlike(one, listed) is { } how)
                    matches.Add(new()
                    {
                        Subject = one.Subject, Name = one.Name, Listed = listed.Name, ListedNpi = listed.Npi,
                        ListedBirth = listed.Birth, Type = listed.Type, ExcludedOn = listed.On, How = how,
                    });
        var check = new ExclusionCheck
        {
            ListDay = listDay, FileName = Path.GetFileName(fileName), Rows = list.Count, Screened = staff.Count,
            Digest = Convert.ToHexStringLower(SHA256.HashData(content)), At = now, PersonId = db.PersonId,
        };
        db.ExclusionChecks.Add(check);
        await db.SaveChangesAsync(stop);
        await Keep(db, check, matches, stop);
        db.Record(now, "check", $"exclusions/{check.Id}", check.FileName, new
        {
            check.ListDay, check.Rows, check.Screened, Matches = matches.Count,
        });
        return check;
    }, stop);

    /// <summary>By what two are alike; null: they are not. Another birth date, or another NPI, is another
    /// person.</summary>
    static string? HowAlike(StaffMember one, Excluded listed)
    {
        if (one.Npi.Length > 0 && one.Npi == listed.Npi) return "NPI";
        if (one.Npi.Length > 0 && listed.Npi.Length > 0) return null;
        if (listed.Business.Length > 0)
            return one.Subject == Staff.OfPractice && Plain(one.Family) == Plain(listed.Business) ? "name" : null;
        if (one.Subject == Staff.OfPractice || Plain(one.Family) != Plain(listed.Family)
            || Plain(one.Given).Split(' ')[0] != Plain(listed.Given).Split(' ')[0]) return null;
        return one.Birth is null || listed.Birth is null ? "name"
            : one.Birth == listed.Birth ? "name and birth date" : null;
    }

    /// <summary>Capitals with and without their accents, place by place; the program knows no culture to ask.</summary>
    const string Accented = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ", Bare = "AAAAAACEEEEIIIINOOOOOOUUUUY";

    /// <summary>Capital letters and digits, so that a hyphen or an accent does not hide a name.</summary>
    static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var sign in name.ToUpperInvariant())
            if (Accented.IndexOf(sign) is var at and >= 0) plain.Append(Bare[at]);
            else if (char.IsAsciiLetterOrDigit(sign)) plain.Append(sign);
            else if (sign is ' ' or '-') plain.Append(' ');
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What a person has decided on the same row of an earlier list holds for this one too.</summary>
    static async Task Keep(PracticeDb db, ExclusionCheck check, List<ExclusionMatch> matches, CancellationToken stop)
    {
        var earlier = (await db.ExclusionMatches.ToListAsync(stop))
            .ToLookup(static m => (m.Subject, m.Listed, m.ListedNpi, m.ListedBirth, m.Type, m.ExcludedOn));
        foreach (var match in matches)
        {
            if (earlier[(match.Subject, match.Listed, match.ListedNpi, match.ListedBirth, match.Type,
                match.ExcludedOn)].Any()) continue;
            match.CheckId = check.Id;
            db.ExclusionMatches.Add(match);
        }
    }

    /// <summary>A person says whether the one on the list is the one here; the claims follow.</summary>
    /// <exception cref="InputException">There is no reason, or no such match.</exception>
    public static Task<ExclusionMatch> Decide(PracticeDb db, Engine engine, long id, MatchDecision decision, string why,
        DateTime now, CancellationToken stop = default) => db.Change(async practice =>
    {
        var match = await db.ExclusionMatches.FirstOrDefaultAsync(m => m.Id == id, stop)
            ?? throw new InputException("", "this match is not here", "load the list again");
        if (decision == MatchDecision.Open || !Enum.IsDefined(decision))
            throw new InputException("decision", "the decision is missing", "choose one");
        if (why.Trim().Length is 0 or > 200)
            throw new InputException("why", "the reason is missing, or too long",
                "write what you compared: birth date, address, OIG's verification");
        var before = match.Decision;
        (match.Decision, match.Why, match.DecidedAt, match.DecidedById) = (decision, why.Trim(), now, db.PersonId);
        await db.SaveChangesAsync(stop);
        db.Record(now, "change", $"exclusion/{id}", why.Trim(), new Dictionary<string, string?[]>
        {
            ["Decision"] = [before.ToString(), decision.ToString()],
        });
        await OpenClaims.JudgeAgain(db, engine, practice, now, stop);
        return match;
    }, stop);
}
