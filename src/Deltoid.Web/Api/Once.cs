using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Api;

/// <summary>
/// A change that a program asks for is done once for its <c>Idempotency-Key</c>: the answer is kept in the same
/// transaction as the change, and the same request gets it again, for ever.
/// </summary>
sealed class Once
{
    const int LongestKey = 255;

    static readonly ConcurrentDictionary<(long Person, string Key), bool> running = [];

    readonly string key, digest;
    readonly PracticeDb db;
    readonly DateTime now;

    Once(string key, string digest, PracticeDb db, DateTime now) =>
        (this.key, this.digest, this.db, this.now) = (key, digest, db, now);

    /// <summary>A name that follows from program and key: a job or a visit with it is the same one.</summary>
    public Guid Name => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{db.PersonId}/{key}")).AsSpan(0, 16));

    /// <summary>What was sent; read once, before the route.</summary>
    public required byte[] Body { get; init; }

    public static Once Of(HttpContext context) => (Once)context.Items[nameof(Once)]!;

    /// <summary>
    /// Does a change, and keeps what is answered where it went well. What is refused is not kept: it may be sent again.
    /// </summary>
    public async Task<IResult> Do<T>(Func<Task<T>> act, Func<T, Task<IResult>> answer)
    {
        IResult given = null!;
        db.Then = async result =>
        {
            given = await answer((T)result!);
            if (given is ApiAnswer kept)
                db.NewAnswers.Add(new()
                {
                    PersonId = db.PersonId!.Value, Key = key, Digest = digest, Status = kept.Status, Media = kept.Media,
                    Tag = kept.Tag, Location = kept.Location, Body = kept.Body.ToArray(), At = now,
                });
        };
        await act();
        return given;
    }

    /// <summary>What is asked before a route that changes something.</summary>
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext asked, EndpointFilterDelegate next)
    {
        var context = asked.HttpContext;
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > LongestKey)
            return new ApiProblem(400, "key", key.Length == 0 ? "The header Idempotency-Key is missing."
                : $"The Idempotency-Key has more than {LongestKey} characters.",
                "Send a new key with each change, and the same key when you try one again.");
        var db = context.RequestServices.GetRequiredService<PracticeDb>();
        var body = await ApiBody.Read(context, ApiBody.MostFile);
        var once = new Once(key, DigestOf(context.Request, body), db,
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime) { Body = body };
        if (!running.TryAdd((db.PersonId!.Value, key), true)) return InFlight(context);
        try
        {
            // one connection to PostgreSQL for all that is asked: it names its practice once
            if (db is PostgresDb) await db.Database.OpenConnectionAsync(context.RequestAborted);
            if (await once.Before(context) is { } before) return before;
            context.Items[nameof(Once)] = once;
            return await next(asked);
        }
        catch (DbUpdateException e) when (SettingSave.IsTaken(e))
        {
            db.ChangeTracker.Clear(); // another process of the server was first
            return await once.Before(context) ?? InFlight(context);
        }
        finally
        {
            running.TryRemove((db.PersonId!.Value, key), out _);
        }
    }

    static ApiProblem InFlight(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return new(409, "key-in-flight", "A request with this key is being worked on.", "Send it again in a second.");
    }

    async Task<IResult?> Before(HttpContext context)
    {
        var known = await db.KeptAnswers.AsNoTracking().FirstOrDefaultAsync(a => a.PersonId == db.PersonId
            && a.Key == key, context.RequestAborted);
        if (known is null) return null;
        if (known.Digest != digest)
            return new ApiProblem(422, "key-reused", "This key was used for another request.",
                "Send a new key with each change.");
        context.Response.Headers["Idempotency-Replayed"] = "true";
        return new ApiAnswer(known.Body, known.Media, known.Status, known.Tag, known.Location);
    }

    static string DigestOf(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString} "
            + $"{request.Headers.IfMatch}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
