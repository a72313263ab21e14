using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Keeps up the outcomes of every practice, so that a report does not wait for them; and writes the letter of
/// a month when it is over.</summary>
sealed class OutcomeKeeping(IServiceProvider services, CodeBooks books, TimeProvider clock)
    : Rounds(services, TimeSpan.FromMinutes(1))
{
    protected override async Task Do(PracticeDb db, CancellationToken stop)
    {
        await Outcomes.CatchUp(db, books.Engine, stop: stop);
        await Write(db, stop);
    }

    /// <summary>The letter of the last month, once that is over.</summary>
    async Task Write(PracticeDb db, CancellationToken stop)
    {
        if (await MonthLetters.Due(db, clock.Today(), stop) is not { } month) return;
        var practice = await db.Practices.Where(p => p.Id == db.PracticeId).Select(static p => p.Name)
            .SingleAsync(stop);
        await MonthLetters.Make(db, books.Engine, month, clock.Now(),
            sentences => ReportFiles.Letter(sentences, practice, month), stop);
    }
}
