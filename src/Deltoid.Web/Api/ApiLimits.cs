using System.Globalization;
using System.Threading.RateLimiting;
using Deltoid.Store;
using Microsoft.AspNetCore.Authentication;

namespace Deltoid.Web.Api;

/// <summary>
/// How much a program may ask in a minute, said with each answer (RateLimit-Policy, RateLimit): by its token, and
/// without one by the place that it asks from.
/// </summary>
sealed class ApiLimits(ServeOptions options) : IDisposable
{
    const string Name = "AskedBy";

    readonly PartitionedRateLimiter<HttpContext>
        ofProgram = Limits.Each(options.RequestsOfProgram, static context => (string?)context.Items[Name]),
        ofPlace = Limits.Each(options.RequestsOfPerson, static context => (string?)context.Items[Name]);

    public async Task Take(HttpContext context, Func<Task> next)
    {
        var isProgram = context.Request.Headers.Authorization.Count > 0
            && (await context.AuthenticateAsync(ApiAccess.Scheme)) is { Succeeded: true, Principal: { } program }
            && (context.Items[Name] = "program " + Acting.IdOf(program).ToString(CultureInfo.InvariantCulture)) != null;
        if (!isProgram) context.Items[Name] = "place " + Tries.PlaceOf(context.Connection.RemoteIpAddress);
        var (limiter, most) = isProgram ? (ofProgram, options.RequestsOfProgram)
            : (ofPlace, options.RequestsOfPerson);
        using var lease = limiter.AttemptAcquire(context);
        var left = limiter.GetStatistics(context)?.CurrentAvailablePermits ?? 0;
        var perSecond = Math.Max(1, most / 60);
        var named = isProgram ? "program" : "place";
        context.Response.Headers["RateLimit-Policy"] =
            string.Create(CultureInfo.InvariantCulture, $"\"{named}\";q={most};w=60");
        context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture,
            $"\"{named}\";r={left};t={(most - left + perSecond - 1) / perSecond}");
        if (lease.IsAcquired)
        {
            await next();
            return;
        }
        Tries.Say(context.Response, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.Zero);
        await ApiProblem.OfStatus(StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }

    public void Dispose()
    {
        ofProgram.Dispose();
        ofPlace.Dispose();
    }
}
