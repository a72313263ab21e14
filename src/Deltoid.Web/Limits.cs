using System.Globalization;
using System.Threading.RateLimiting;

namespace Deltoid.Web;

/// <summary>
/// How much one person, one practice, and one place without an account may ask: many times what people do by hand, so
/// that a program that went wild or a stolen session does not take the server from everybody else.
/// </summary>
static class Limits
{
    public static void AddLimits(this IServiceCollection services, ServeOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                Each(options.RequestsOfPerson, static context => Api.ApiProblem.IsFor(context) ? null // see ApiLimits
                    : IsKnown(context)
                    ? "person " + Acting.IdOf(context.User).ToString(CultureInfo.InvariantCulture)
                    : "place " + Tries.PlaceOf(context.Connection.RemoteIpAddress)),
                Each(options.RequestsOfPractice, static context => IsKnown(context)
                    ? "practice " + Acting.PracticeOf(context.User).ToString(CultureInfo.InvariantCulture) : null));
            limiter.OnRejected = static (refused, _) =>
            {
                Tries.Say(refused.HttpContext.Response,
                    refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.Zero);
                return ValueTask.CompletedTask;
            };
        });

    static bool IsKnown(HttpContext context) => context.User.Identity?.IsAuthenticated == true;

    /// <summary>So many a minute for each name, all of them at once where a minute was quiet.</summary>
    internal static PartitionedRateLimiter<HttpContext> Each(int perMinute, Func<HttpContext, string?> name) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => name(context) is { } known
            ? RateLimitPartition.GetTokenBucketLimiter(known, _ => new()
            {
                TokenLimit = perMinute, TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(""));
}
