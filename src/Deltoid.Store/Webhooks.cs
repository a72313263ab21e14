using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Messages to other programs when a claim changes, made of the events of the trail: none is left out, and those about
/// one claim are tried in their order. A message names no patient: who may read the claim asks for it.
/// </summary>
public static class Webhooks
{
    public const int LongestUrl = 500, MostEndpoints = 20;

    const int SecretBytes = 32, MostEvents = 500, MostDue = 50;

    /// <summary>So long this process has for a try before another one may take it.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>The waits between tries: three days in all, then a person decides.</summary>
    internal static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(25.6),
    ];

    /// <summary>The type of a message by the act of its event; other events make no message.</summary>
    static readonly Dictionary<string, string> Types = new()
    {
        ["create"] = "claim.created", ["change"] = "claim.changed", ["free"] = "claim.ready",
        ["set-aside"] = "claim.changed", ["count-again"] = "claim.changed", ["send"] = "claim.sent",
        ["acknowledge"] = "claim.acknowledged", ["post"] = "claim.answered", ["take-back"] = "claim.changed",
        ["write-off"] = "claim.changed", ["bill-patient"] = "claim.changed", ["appeal"] = "claim.changed",
        ["appeal-end"] = "claim.changed",
    };

    static string About(long practice, string url) => FormattableString.Invariant($"practice/{practice}/webhook/{url}");

    /// <summary>Adds an address; it gets messages of what happens from now on.</summary>
    /// <returns>The address, and the secret that signs its messages: it is shown now and never again.</returns>
    /// <exception cref="InputException">The address cannot be so, or there are too many.</exception>
    public static Task<(WebhookEndpoint Endpoint, string Secret)> Add(PracticeDb db, FieldKeys keys, string url,
        bool mayBePlain, DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var to) || to.UserInfo.Length > 0
            || !(to.Scheme == Uri.UriSchemeHttps || (mayBePlain && to.Scheme == Uri.UriSchemeHttp)))
            throw new InputException("Url", "this is no address for messages", "write it with https://");
        if (await db.WebhookEndpoints.CountAsync(static e => e.EndedAt == null, stop) >= MostEndpoints)
            throw new InputException("Url", $"there are {MostEndpoints} addresses already", "end one first");
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        var endpoint = new WebhookEndpoint
        {
            Url = url, Secret = keys.Seal(secret, About(db.PracticeId, url)), At = now,
            Seen = await db.Events.MaxAsync(static e => (long?)e.Number, stop) ?? 0,
        };
        db.WebhookEndpoints.Add(endpoint);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"webhook/{endpoint.Id}", "settings", new { Url = new[] { null, url } });
        return (endpoint, secret);
    }, stop);

    /// <summary>It gets nothing any more, also not what waits.</summary>
    /// <returns>False where there is no such address.</returns>
    public static Task<bool> End(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (await db.WebhookEndpoints.FirstOrDefaultAsync(e => e.Id == id, stop) is not { } endpoint) return false;
        if (endpoint.EndedAt is not null) return true;
        endpoint.EndedAt = now;
        db.Record(now, "end", $"webhook/{id}", "settings", new { Ended = new[] { "no", "yes" } });
        return true;
    }, stop);

    /// <summary>A person has a message sent again, whatever came of it: its id is the same.</summary>
    public static Task<bool> Again(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (await db.WebhookDeliveries.FirstOrDefaultAsync(d => d.Id == id, stop) is not { } message) return false;
        (message.State, message.Tries, message.NextAt, message.At, message.Says) =
            (DeliveryState.Waiting, 0, now, now, "");
        db.Record(now, "send-again", $"webhook/{message.EndpointId}", $"claim/{message.ClaimId}");
        return true;
    }, stop);

    /// <summary>Makes messages of what has happened since they were made last.</summary>
    public static Task<int> Collect(PracticeDb db, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        var made = 0;
        foreach (var endpoint in await db.WebhookEndpoints.Where(static e => e.EndedAt == null).ToListAsync(stop))
        {
            var events = await db.Events.AsNoTracking().Where(e => e.Number > endpoint.Seen)
                .OrderBy(static e => e.Number).Take(MostEvents).ToListAsync(stop);
            if (events.Count == 0) continue;
            endpoint.Seen = events[^1].Number;
            foreach (var one in events)
                if (Types.TryGetValue(one.Act, out var type)
                    && one.Subject.StartsWith("claim/", StringComparison.Ordinal))
                {
                    db.WebhookDeliveries.Add(Message(endpoint.Id, one, type, now));
                    made++;
                }
        }
        return made;
    }, stop);

    static WebhookDelivery Message(long endpoint, AuditEvent one, string type, DateTime now)
    {
        var claim = long.Parse(one.Subject.AsSpan("claim/".Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return new()
        {
            EndpointId = endpoint, EventNumber = one.Number, ClaimId = claim, Type = type, At = now, NextAt = now,
            Body = JsonSerializer.Serialize(new
            {
                type, timestamp = one.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
                data = new { claimId = claim, @event = one.Number },
            }),
        };
    }

    /// <summary>Whether there is an address at all.</summary>
    public static Task<bool> IsAnyone(PracticeDb db, CancellationToken stop = default) =>
        db.WebhookEndpoints.AnyAsync(static e => e.EndedAt == null, stop);

    /// <summary>
    /// Messages that are to be tried now: of each claim and address only the first that has not arrived.
    /// </summary>
    public static Task<List<WebhookDelivery>> Due(PracticeDb db, DateTime now, CancellationToken stop = default) =>
        db.WebhookDeliveries.AsNoTracking().Where(d => d.State == DeliveryState.Waiting && d.NextAt <= now
            && db.WebhookEndpoints.Any(e => e.Id == d.EndpointId && e.EndedAt == null)
            && !db.WebhookDeliveries.Any(b => b.State == DeliveryState.Waiting && b.EndpointId == d.EndpointId
                && b.ClaimId == d.ClaimId && b.EventNumber < d.EventNumber))
            .OrderBy(static d => d.EventNumber).Take(MostDue).ToListAsync(stop);

    /// <summary>Takes a message for a try; false where another process has it.</summary>
    public static async Task<bool> Take(PracticeDb db, WebhookDelivery message, DateTime now,
        CancellationToken stop = default) => await db.Change(_ => db.WebhookDeliveries
            .Where(d => d.Id == message.Id && d.State == DeliveryState.Waiting && d.NextAt == message.NextAt)
            .ExecuteUpdateAsync(set => set.SetProperty(static d => d.NextAt, now + Lease), stop), stop) == 1;

    /// <summary>What came of a try.</summary>
    public static Task<DeliveryState> Tried(PracticeDb db, long id, bool hasArrived, string says, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var message = await db.WebhookDeliveries.SingleAsync(d => d.Id == id, stop);
        message.Says = says;
        if (hasArrived) (message.State, message.DoneAt) = (DeliveryState.Delivered, now);
        else if (message.Tries >= Waits.Length) (message.State, message.DoneAt) = (DeliveryState.Dead, now);
        else message.NextAt = now + Waits[message.Tries++];
        return message.State;
    }, stop);

    /// <summary>The headers of a message as Standard Webhooks names them.</summary>
    public static (string Name, string Value)[] Headers(WebhookEndpoint endpoint, FieldKeys keys,
        WebhookDelivery message, DateTime now)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"msg_{endpoint.Id}_{message.EventNumber}");
        var at = new DateTimeOffset(now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = keys.Open(endpoint.Secret, About(endpoint.PracticeId, endpoint.Url));
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]),
            Encoding.UTF8.GetBytes($"{id}.{at}.{message.Body}"));
        return [("webhook-id", id), ("webhook-timestamp", at),
            ("webhook-signature", "v1," + Convert.ToBase64String(signature))];
    }
}
