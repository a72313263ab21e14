namespace Deltoid.Web.Tests;

/// <summary>
/// A sample practice on each engine, started when it is first asked for, for tests that do not mind each other's rows.
/// </summary>
[CollectionDefinition(nameof(SharedPractice))]
public sealed class SharedPractice : ICollectionFixture<SharedPractice>, IAsyncDisposable
{
    readonly Dictionary<Ground, ServedPractice> served = [];

    internal async Task<ServedPractice> On(Ground ground) =>
        served.TryGetValue(ground, out var known) ? known : served[ground] = await ServedPractice.Start(ground);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var one in served.Values) await one.DisposeAsync();
    }
}
