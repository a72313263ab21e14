using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Deltoid.Web.Tests.AtTheEnd))]

namespace Deltoid.Web.Tests;

/// <summary>
/// What several tests share goes away after the last of them. The end of the process would be too late: the runner
/// gives a process ten seconds to end, and a database of many tests takes longer.
/// </summary>
public sealed class AtTheEnd : IDisposable
{
    static readonly ConcurrentStack<Action> Steps = [];

    public static void Do(Action step) => Steps.Push(step);

    public void Dispose()
    {
        while (Steps.TryPop(out var step)) step();
        PostgresServer.EndShared();
    }
}
