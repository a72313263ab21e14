using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>A claim that left in a file, or that a file answered, with what the file posted on it, in cents.</summary>
public sealed record ClaimInFile(StoredClaim Claim, long Paid, long Contractual, long Patient);

/// <summary>What is in a file: its claims, and for payments whether check and postings agree.</summary>
public sealed record FileInside(FileRow File, string Who, List<Remittance> Remittances, List<ClaimInFile> Claims,
    long ToClaims, long Beside)
{
    /// <summary>Most claims on the page; a file may have thousands.</summary>
    public const int Most = 500;

    /// <summary>What the payments that were posted come to.</summary>
    public long Checks => Remittances.Where(static r => r.State == RemittanceState.Posted)
        .Sum(static r => r.Amount);

    /// <summary>Claims less what the payer kept beside them is what came.</summary>
    public bool IsBalanced => Checks == ToClaims + Beside;

    public int More { get; init; }

    public static async Task<FileInside?> Of(PracticeDb db, long id, CancellationToken stop)
    {
        var found = await db.Files.AsNoTracking().Where(f => f.Id == id)
            .Select(static f => new { Row = new FileRow(f.Id, f.Name, f.Kind, f.IsOutgoing, f.At, f.Content.Length),
                f.PersonId }).FirstOrDefaultAsync(stop);
        if (found is null) return null;
        var who = await db.Users.Where(u => u.Id == found.PersonId && u.PracticeId == db.PracticeId)
            .Select(static u => u.Name).FirstOrDefaultAsync(stop);
        var posted = await db.Postings.AsNoTracking().Where(p => p.FileId == id)
            .GroupBy(static p => new { p.ClaimId, p.Account })
            .Select(static g => new { g.Key.ClaimId, g.Key.Account, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop);
        long On(Account account, long? claim) => posted.Where(p => p.Account == account && p.ClaimId == claim)
            .Sum(static p => p.Cents);
        var ids = await ClaimsOf(db, id, stop);
        var claims = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .Where(c => ids.Contains(c.Id)).OrderBy(static c => c.Id).Take(Most).ToListAsync(stop);
        return new(found.Row, who ?? Texts.T("the program"),
            await db.Remittances.AsNoTracking().Where(r => r.FileId == id).OrderBy(static r => r.Id).ToListAsync(stop),
            [.. claims.Select(c => new ClaimInFile(c, On(Account.Cash, c.Id), On(Account.Contractual, c.Id),
                On(Account.Patient, c.Id)))],
            posted.Where(static p => p.Account == Account.Cash && p.ClaimId != null).Sum(static p => p.Cents),
            On(Account.Cash, null)) { More = Math.Max(0, ids.Count - Most) };
    }

    /// <summary>The trail says which claims a file is about: it names the file as the reason.</summary>
    static async Task<List<long>> ClaimsOf(PracticeDb db, long id, CancellationToken stop)
    {
        const string Prefix = "claim/";
        return [.. (await SubjectsOf(db, id).ToListAsync(stop))
            .Where(static s => s.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static s => long.Parse(s.AsSpan(Prefix.Length),
                System.Globalization.CultureInfo.InvariantCulture))];
    }

    internal static IQueryable<string> SubjectsOf(PracticeDb db, long id)
    {
        var why = "file/" + id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return db.Events.AsNoTracking().Where(e => e.Why == why && EF.Functions.Like(e.Why, PracticeDb.OfFile))
            .Select(static e => e.Subject).Distinct();
    }
}
