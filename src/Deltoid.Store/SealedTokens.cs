using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Accounts whose authenticator keys and recovery codes are sealed (<see cref="FieldKeys"/>), each for its person: a
/// value that is copied to another person opens nothing.
/// </summary>
public sealed class SealedTokens(PracticeDb db, FieldKeys keys, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Person, PracticeDb, long>(db, describer)
{
    static string About(long person, string provider, string name) =>
        FormattableString.Invariant($"person/{person}/{provider}/{name}");

    public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return base.SetTokenAsync(user, loginProvider, name,
            value is null ? null : keys.Seal(value, About(user.Id, loginProvider, name)), cancellationToken);
    }

    public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value
            ? keys.Open(value, About(user.Id, loginProvider, name)) : null;
    }

    /// <summary>
    /// Seals with the first key what was written without one, or with an earlier one. All are opened before any is
    /// written.
    /// </summary>
    /// <exception cref="FieldKeyException">A key is missing: nothing was changed.</exception>
    public static async Task BringUp(PracticeDb db, FieldKeys keys, CancellationToken stop = default)
    {
        db.PracticeId = 0;
        var stale = (await db.UserTokens.ToListAsync(stop)).Where(t => t.Value is { } v && !keys.IsCurrent(v)).ToList();
        if (stale.Count == 0) return;
        foreach (var token in stale)
        {
            var about = About(token.UserId, token.LoginProvider, token.Name);
            token.Value = keys.Seal(keys.Open(token.Value!, about), about);
        }
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            if (db is SqliteDb) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
            await db.SaveChangesAsync(stop);
            // the old values are in no file any more
            await db.Database.ExecuteSqlRawAsync(db is SqliteDb ? "PRAGMA wal_checkpoint(TRUNCATE)"
                : "VACUUM \"AspNetUserTokens\"", stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
