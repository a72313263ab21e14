using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Deltoid.Web;

/// <summary>
/// Wrong tries to sign in, by name and place: after ten within 15 minutes, this name is not tried from this place until
/// the first of them is 15 minutes old. The person can still sign in from elsewhere. Kept in memory only.
/// </summary>
sealed class Tries(TimeProvider clock)
{
    public const int Most = 10;

    /// <summary>From one place for all names together.</summary>
    public const int MostOfPlace = 100;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    readonly Dictionary<(string Place, string? Name), Queue<DateTimeOffset>> wrong = [];

    readonly Lock door = new();

    internal static string PlaceOf(IPAddress? address) => address switch
    {
        null => "",
        // a household or an office has a /64
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } =>
            Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };

    /// <returns>How long this name is not tried from this place; null when it may be.</returns>
    public TimeSpan? Wait(IPAddress? address, string name)
    {
        var place = PlaceOf(address);
        lock (door)
        {
            Forget();
            var waits = new[] { Left((place, name.ToUpperInvariant()), Most), Left((place, null), MostOfPlace) };
            return waits.Max();
        }
    }

    TimeSpan? Left((string, string?) key, int most) => wrong.TryGetValue(key, out var at) && at.Count >= most
        ? at.Peek() + Window - clock.GetUtcNow() : null;

    void Forget()
    {
        foreach (var (key, at) in wrong.ToList())
        {
            while (at.Count > 0 && clock.GetUtcNow() - at.Peek() >= Window) at.Dequeue();
            if (at.Count == 0) wrong.Remove(key);
        }
    }

    public void Wrong(IPAddress? address, string name)
    {
        var place = PlaceOf(address);
        lock (door)
            foreach (var key in new[] { (place, (string?)name.ToUpperInvariant()), (place, null) })
            {
                if (!wrong.TryGetValue(key, out var at)) wrong.Add(key, at = new());
                at.Enqueue(clock.GetUtcNow());
            }
    }

    public void Right(IPAddress? address, string name)
    {
        lock (door) wrong.Remove((PlaceOf(address), name.ToUpperInvariant()));
    }

    /// <summary>Says when to come back, in whole seconds, rounded up.</summary>
    public static void Say(HttpResponse response, TimeSpan wait) => response.Headers.RetryAfter =
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Codes of authenticators that were taken: a code is good once, though it is right for minutes.</summary>
sealed class UsedCodes(TimeProvider clock)
{
    static readonly TimeSpan Right = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<(long Person, string Code), DateTimeOffset> used = [];

    /// <returns>Whether it was not used yet.</returns>
    public bool Use(long person, string code)
    {
        foreach (var (key, at) in used)
            if (clock.GetUtcNow() - at > Right) used.TryRemove(key, out _);
        return used.TryAdd((person, code), clock.GetUtcNow());
    }
}
