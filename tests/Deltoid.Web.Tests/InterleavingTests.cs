using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Tests.ChartedClaims;

namespace Deltoid.Web.Tests;

/// <summary>
/// Three people on one claim, in thousands of random orders of opening, typing and saving, also two at the same
/// instant: what each has saved is there, and nobody is asked without a cause. What must come out is worked out beside
/// it, on a dictionary.
/// </summary>
public sealed class InterleavingTests
{
    const int People = 3, Steps = 14, RunsOfAClaim = 20;

    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);

    static readonly (string Field, string[] Texts)[] Typed =
    [
        ("authorization", ["A-1", "A-2", "B-1"]), ("reference", ["R-1", "R-2"]),
        ("line.1.charge", ["38.00", "39.00", "40.00"]), ("line.2.charge", ["12.50", "13.00"]),
        ("line.2.units", ["1", "2", "3"]),
    ];

    static int Runs => LongRun.Count(60, 5_000);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A form as it is open on somebody's screen.</summary>
    sealed class Screen
    {
        public int Version;
        public Dictionary<string, string> Read = [];
        public Dictionary<string, string> Edits = [];

        public Dictionary<string, string> Form => Read.Keys.Union(Edits.Keys)
            .ToDictionary(static f => f, f => Edits.GetValueOrDefault(f, Read.GetValueOrDefault(f, "")));

        public void Open(int version, Dictionary<string, string> fields) =>
            (Version, Read, Edits) = (version, new(fields), []);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task No_update_is_lost_and_nobody_is_asked_without_a_cause(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var (random, saves, clashes, pairs) = (new Random(20261129), 0, 0, 0);
        StoredClaim? claim = null;
        for (var run = 0; run < Runs; run++)
        {
            if (run % RunsOfAClaim == 0) claim = await Chart(served, "b12-shot-billing");
            var (version, fields) = await Current(served, claim!.Id);
            var screens = Enumerable.Range(0, People).Select(_ => new Screen()).ToArray();
            foreach (var screen in screens) screen.Open(version, fields);
            for (var step = 0; step < Steps; step++)
            {
                var screen = screens[random.Next(People)];
                switch (random.Next(5))
                {
                    case 0: screen.Open(version, fields); break;
                    case 1 or 2:
                        var (field, texts) = Typed[random.Next(Typed.Length)];
                        screen.Edits[field] = texts[random.Next(texts.Length)];
                        break;
                    case 3:
                        var edited = await Save(served, claim.Id, screen);
                        var expected = Clashing(screen, fields);
                        Assert.Equal(expected, edited.Clashes.Select(static c => c.Name).Order());
                        if (expected.Count > 0)
                        {
                            clashes++;
                            Decide(screen, version, fields, expected, random);
                            break;
                        }
                        saves++;
                        Merge(screen, fields);
                        version = await Agree(served, claim.Id, version, fields);
                        screen.Open(version, fields);
                        break;
                    default:
                        var other = screens[random.Next(People)];
                        if (other == screen) break;
                        pairs++;
                        await AtOnce(served, claim.Id, screen, other, fields);
                        (version, _) = await Current(served, claim.Id);
                        await Agree(served, claim.Id, null, fields);
                        screen.Open(version, fields);
                        other.Open(version, fields);
                        break;
                }
            }
        }
        Assert.True(saves > Runs && clashes > Runs / 50 && pairs > Runs / 2, $"{saves} {clashes} {pairs}");
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }

    static Task<Edited> Save(ServedPractice served, long id, Screen screen) => served.InStore(db =>
        Editing.Save(db, EngineOf(served), id, screen.Version, screen.Form, Now, stop: Stop));

    /// <summary>Fields that the person changed to one text, and a colleague to another since they were read.</summary>
    static List<string> Clashing(Screen screen, Dictionary<string, string> now) => [.. screen.Edits
        .Where(e => e.Value != screen.Read.GetValueOrDefault(e.Key, "")
            && now.GetValueOrDefault(e.Key, "") != screen.Read.GetValueOrDefault(e.Key, "")
            && now.GetValueOrDefault(e.Key, "") != e.Value)
        .Select(static e => e.Key).Order()];

    static void Merge(Screen screen, Dictionary<string, string> now)
    {
        foreach (var (field, text) in screen.Edits)
            if (text != screen.Read.GetValueOrDefault(field, "")) now[field] = text;
    }

    /// <summary>The person has seen the colleague's texts, and keeps the own or theirs.</summary>
    static void Decide(Screen screen, int version, Dictionary<string, string> now, List<string> clashes, Random random)
    {
        var keeps = screen.Edits.Where(e => e.Value != screen.Read.GetValueOrDefault(e.Key, "")
            && (!clashes.Contains(e.Key) || random.Next(2) == 0)).ToList();
        screen.Open(version, now);
        foreach (var (field, text) in keeps) screen.Edits[field] = text;
    }

    /// <summary>Two saves at the same instant come out as one after the other, in one of the two orders.</summary>
    static async Task AtOnce(ServedPractice served, long id, Screen one, Screen two, Dictionary<string, string> fields)
    {
        var done = await Task.WhenAll(Task.Run(() => Save(served, id, one), Stop),
            Task.Run(() => Save(served, id, two), Stop));
        var outcomes = new List<Dictionary<string, string>>();
        foreach (var (first, second, a, b) in new[] { (one, two, done[0], done[1]), (two, one, done[1], done[0]) })
        {
            var after = new Dictionary<string, string>(fields);
            var (clash, isAsExpected) = (Clashing(first, after), true);
            isAsExpected &= clash.SequenceEqual(a.Clashes.Select(static c => c.Name).Order());
            if (clash.Count == 0) Merge(first, after);
            clash = Clashing(second, after);
            isAsExpected &= clash.SequenceEqual(b.Clashes.Select(static c => c.Name).Order());
            if (clash.Count == 0) Merge(second, after);
            if (isAsExpected) outcomes.Add(after);
        }
        Assert.NotEmpty(outcomes);
        var (_, now) = await Current(served, id);
        var match = outcomes.Find(o => Typed.All(t => o.GetValueOrDefault(t.Field, "")
            == now.GetValueOrDefault(t.Field, "")));
        Assert.NotNull(match);
        foreach (var (field, _) in Typed) fields[field] = match.GetValueOrDefault(field, "");
    }

    /// <summary>The claim is what it should be, to the field; each save that changed it made one version.</summary>
    static async Task<int> Agree(ServedPractice served, long id, int? before, Dictionary<string, string> expected)
    {
        var (version, now) = await Current(served, id);
        foreach (var (field, _) in Typed)
            Assert.Equal(expected.GetValueOrDefault(field, ""), now.GetValueOrDefault(field, ""));
        if (before is { } known) Assert.InRange(version, known, known + 1);
        foreach (var (field, text) in now) expected[field] = text; // the total follows from the lines
        return version;
    }

    static Task<(int Version, Dictionary<string, string> Fields)> Current(ServedPractice served, long id) =>
        served.InStore(async db =>
        {
            var stored = await db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop);
            return (stored.Version, ClaimForm.Of(Documents.Claim(stored.Document)));
        });
}
