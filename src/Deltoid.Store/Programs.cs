using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Programs of others that may act for the practice.</summary>
public static class Programs
{
    public const int LongestName = 60;

    const int SecretBytes = 32, NameBytes = 9;

    /// <summary>Lets a program in.</summary>
    /// <returns>The program, and its secret: it is shown now and never again.</returns>
    /// <exception cref="InputException">The name, a scope or the last day is missing.</exception>
    public static Task<(ApiClient Client, string Secret)> Make(PracticeDb db, string name,
        IReadOnlyCollection<string> scopes, DateTime expires, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (name.Length is 0 or > LongestName)
            throw new InputException("Name", "the name is missing", "write which program it is");
        if (scopes.Count == 0) throw new InputException("Scopes", "no scope is chosen", "choose what it may do");
        if (expires <= now) throw new InputException("Expires", "the last day is over", "choose a later day");
        var id = string.Create(CultureInfo.InvariantCulture,
            $"{db.PracticeId}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NameBytes))}");
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var account = new Person
        {
            UserName = id, NormalizedUserName = id.ToUpperInvariant(), Name = name, PracticeId = db.PracticeId,
            Role = Role.FrontDesk, IsDisabled = true, IsProgram = true, SecurityStamp = Guid.NewGuid().ToString(),
        };
        db.Users.Add(account);
        await db.SaveChangesAsync(stop);
        var client = new ApiClient
        {
            Name = name, ClientId = id, SecretHash = HashOf(secret), Scopes = string.Join(' ', scopes),
            PersonId = account.Id, At = now, ExpiresAt = expires,
        };
        db.ApiClients.Add(client);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"program/{client.Id}", "settings", new
        {
            Name = new[] { null, name }, Scopes = new[] { null, client.Scopes },
            Expires = new[] { null, DateOnly.FromDateTime(expires).Iso() },
        });
        return (client, secret);
    }, stop);

    /// <summary>From now on it gets no token, and the tokens that it has open nothing.</summary>
    /// <returns>False where there is no such program.</returns>
    public static Task<bool> Revoke(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (await db.ApiClients.FirstOrDefaultAsync(c => c.Id == id, stop) is not { } client) return false;
        if (client.RevokedAt is not null) return true;
        client.RevokedAt = now;
        db.Record(now, "revoke", $"program/{id}", "settings", new { Revoked = new[] { "no", "yes" } });
        return true;
    }, stop);

    /// <summary>The program that says who it is; null where the secret is wrong, or it is not let in any more.
    /// </summary>
    public static async Task<ApiClient?> Find(PracticeDb db, string clientId, string secret, DateTime now,
        CancellationToken stop = default)
    {
        if (PracticeOf(clientId) is not { } practice) return null;
        db.PracticeId = practice;
        var client = await db.ApiClients.AsNoTracking().FirstOrDefaultAsync(c => c.ClientId == clientId, stop);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)),
            Encoding.ASCII.GetBytes(client?.SecretHash ?? new string('0', 2 * SHA256.HashSizeInBytes)));
        if (client is not null && isRight && client.IsInForce(now)) return client;
        db.PracticeId = 0;
        return null;
    }

    static long? PracticeOf(string clientId) => clientId.IndexOf('.', StringComparison.Ordinal) is > 0 and var end
        && long.TryParse(clientId.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id : null;

    static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
