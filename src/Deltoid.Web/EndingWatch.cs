using Deltoid.Store;

namespace Deltoid.Web;

/// <summary>Makes a task of what ends soon, and closes the task of what was renewed.</summary>
sealed class EndingWatch(IServiceProvider services, TimeProvider clock)
    : Rounds(services, TimeSpan.FromHours(1), isAtOnce: true)
{
    protected override Task Do(PracticeDb db, CancellationToken stop) =>
        Endings.Watch(db, clock.Today(), clock.Now(), stop);
}
