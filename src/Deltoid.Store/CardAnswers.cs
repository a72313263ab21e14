using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>How often cards about one finding were taken, or overridden, and why.</summary>
public sealed record CardFigures(string Finding, int Accepted, int Overridden,
    IReadOnlyDictionary<string, int> Reasons);

/// <summary>What became of cards that chart systems showed (CDS Hooks).</summary>
public static class CardAnswers
{
    /// <summary>Chart systems report by themselves: the table does not grow without end.</summary>
    public const int MostInMonth = 50_000;

    /// <summary>What was reported last of a card holds.</summary>
    /// <exception cref="InputException">There were too many in this month.</exception>
    public static Task<int> Keep(PracticeDb db, IReadOnlyList<CardAnswer> reported, DateTime now) =>
        db.Change(async _ =>
    {
        var month = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        if (await db.CardAnswers.CountAsync(a => a.At >= month) + reported.Count > MostInMonth)
            throw new InputException("feedback", $"there were {MostInMonth:N0} reports in this month",
                "send no more until the next month");
        var cards = reported.Select(static r => r.Card).ToList();
        var known = await db.CardAnswers.Where(a => cards.Contains(a.Card)).ToDictionaryAsync(static a => a.Card);
        foreach (var one in reported)
        {
            one.At = now;
            if (!known.TryGetValue(one.Card, out var before)) db.CardAnswers.Add(known[one.Card] = one);
            else (before.IsAccepted, before.Reason, before.At) = (one.IsAccepted, one.Reason, now);
        }
        return reported.Count;
    });

    /// <summary>By finding, those first that were overridden most.</summary>
    public static async Task<List<CardFigures>> Load(PracticeDb db, DateTime since, CancellationToken stop) =>
        [.. (await db.CardAnswers.AsNoTracking().Where(a => a.At >= since)
                .GroupBy(static a => new { a.Finding, a.IsAccepted, a.Reason })
                .Select(static g => new { g.Key.Finding, g.Key.IsAccepted, g.Key.Reason, Count = g.Count() })
                .ToListAsync(stop))
            .GroupBy(static row => row.Finding).Select(static rows => new CardFigures(rows.Key,
                rows.Where(static r => r.IsAccepted).Sum(static r => r.Count),
                rows.Where(static r => !r.IsAccepted).Sum(static r => r.Count),
                rows.Where(static r => !r.IsAccepted).ToDictionary(static r => r.Reason, static r => r.Count)))
            .OrderByDescending(static f => f.Overridden).ThenByDescending(static f => f.Accepted)
            .ThenBy(static f => f.Finding, StringComparer.Ordinal)];
}
