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
        // what was charged in a file of claims is on the claims themselves
        var posted = await db.Postings.AsNoTracking().Where(p => p.FileId == id && p.Kind != "charge")
            .GroupBy(static p => new { p.ClaimId, p.Account })
            .Select(static g => new { g.Key.ClaimId, g.Key.Account, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop);
        long On(Account account, long? claim) => posted.Where(p => p.Account == account && p.ClaimId == claim)
            .Sum(static p => p.Cents);
        var ids = await ClaimStory.ClaimsOf(db, id).Take(Most).ToListAsync(stop);
        var claims = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .Where(c => ids.Contains(c.Id)).OrderBy(static c => c.Id).ToListAsync(stop);
        var more = ids.Count < Most ? 0 : await ClaimStory.ClaimsOf(db, id).CountAsync(stop) - Most;
        return new(found.Row, who ?? Texts.T("the program"),
            await db.Remittances.AsNoTracking().Where(r => r.FileId == id).OrderBy(static r => r.Id).ToListAsync(stop),
            [.. claims.Select(c => new ClaimInFile(c, On(Account.Cash, c.Id), On(Account.Contractual, c.Id),
                On(Account.Patient, c.Id)))],
            posted.Where(static p => p.Account == Account.Cash && p.ClaimId != null).Sum(static p => p.Cents),
            On(Account.Cash, null)) { More = more };
    }
}
