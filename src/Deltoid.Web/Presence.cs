using System.Collections.Concurrent;

namespace Deltoid.Web;

/// <summary>Who has a claim open: pages say so every few seconds. Kept in memory only.</summary>
sealed class Presence(TimeProvider clock)
{
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<(long Practice, long Claim, long Person), (string Name, DateTimeOffset At)> seen = [];

    /// <summary>Says that a person is there, and hands out the names of the others.</summary>
    public List<string> See(long practice, long claim, long person, string name)
    {
        var now = clock.GetUtcNow();
        seen[(practice, claim, person)] = (name, now);
        foreach (var (key, (_, at)) in seen)
            if (now - at > Gone) seen.TryRemove(key, out _);
        return [.. seen.Where(s => s.Key.Practice == practice && s.Key.Claim == claim && s.Key.Person != person)
            .Select(static s => s.Value.Name).Order()];
    }
}
