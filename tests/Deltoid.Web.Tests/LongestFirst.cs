using Deltoid.Web.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Deltoid.Web.Tests;

/// <summary>What takes longest starts first, so that no class is left alone at the end of the run.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly List<string> Classes =
    [
        nameof(ScreenTests), nameof(SiteTests), nameof(TenantTests), nameof(ClaimJourneyTests),
        nameof(ChartJourneyTests), nameof(KillTests), nameof(HandOverKillTests), nameof(JourneyTests),
        nameof(OperationsTests), nameof(ReceivingTests), nameof(PayloadTests), nameof(InterleavingTests),
        nameof(ServiceDayTests), nameof(LogTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static c => Place(c.TestCollectionDisplayName))];

    static int Place(string collection) =>
        Classes.FindIndex(c => collection.Contains('.' + c + ' ', StringComparison.Ordinal)) is >= 0 and var at
            ? at : Classes.Count;
}
