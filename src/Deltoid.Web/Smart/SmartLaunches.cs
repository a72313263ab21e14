using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Smart;

/// <summary>What the second half of a launch needs. It is kept sealed: the verifier opens the code.</summary>
sealed record SmartPending(string Verifier, string Token, string Issuer, string Back, string Address);

/// <summary>
/// Launches that have begun: each is of one person of one practice, good once, for ten minutes. The state itself is not
/// kept.
/// </summary>
sealed class SmartLaunches(PracticeDb db, IDataProtectionProvider protection, TimeProvider clock)
{
    static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is sent beside the verifier (RFC 7636, S256).</summary>
    public static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    IDataProtector Seal => protection.CreateProtector("smart-launch");

    static string HashOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    public Task<int> Begin(string state, ChartSystem system, SmartPending pending)
    {
        var now = clock.Now();
        var old = now - Life;
        return db.Change(async _ =>
        {
            await db.SmartLaunches.Where(l => l.At < old).ExecuteDeleteAsync();
            db.SmartLaunches.Add(new()
            {
                PersonId = db.PersonId!.Value, ChartSystemId = system.Id, StateHash = HashOf(state), At = now,
                Document = Seal.Protect(JsonSerializer.Serialize(pending)),
            });
            return 0;
        });
    }

    /// <summary>Takes a launch of this person by its state: a second time there is none.</summary>
    public async Task<(ChartSystem System, SmartPending Pending)?> Take(string? state)
    {
        if (state is not { Length: > 0 and < 200 }) return null;
        var (hash, old) = (HashOf(state), clock.Now() - Life);
        var launch = await db.Change(async _ =>
        {
            var found = await db.SmartLaunches.FirstOrDefaultAsync(l => l.StateHash == hash
                && l.PersonId == db.PersonId);
            if (found is not null) db.SmartLaunches.Remove(found);
            return found;
        });
        if (launch is null || launch.At < old) return null;
        var pending = JsonSerializer.Deserialize<SmartPending>(Seal.Unprotect(launch.Document))!;
        // settings that were changed in between: the token would go to another place than it came from
        var system = await db.ChartSystems.AsNoTracking().FirstOrDefaultAsync(s => s.Id == launch.ChartSystemId
            && s.Address == pending.Address);
        return system is null ? null : (system, pending);
    }
}
