using System.Data.Common;
using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>The audit trail proves itself: what was changed in it is found, and the first such event is named.</summary>
public sealed class AuditTests
{
    static readonly DateTime Now = new(2026, 3, 4, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A trail as <see cref="PracticeDb.Change"/> writes it, with an anchor every seven events.</summary>
    static (List<AuditEvent> Trail, List<AuditAnchor> Anchors) Trail(int count)
    {
        var (trail, hash) = (new List<AuditEvent>(), "");
        for (var i = 1; i <= count; i++)
        {
            var one = new AuditEvent
            {
                Id = i, Number = i, PracticeId = 1, At = Now.AddSeconds(i), PersonId = i % 3 == 0 ? null : i % 5,
                Act = "change", Subject = $"claim/{i % 9}", Why = i % 4 == 0 ? "settings" : "",
                Changes = $$"""{"line.1.units":["{{i}}","{{i + 1}}"]}""", Hash = "",
            };
            one.Hash = hash = AuditChain.HashOf(hash, one);
            trail.Add(one);
        }
        return (trail, [.. trail.Where(static e => e.Number % 7 == 0)
            .Select(static e => new AuditAnchor(e.Number, e.At, e.Hash))]);
    }

    static AuditFault? Follow(IEnumerable<AuditEvent> trail, List<AuditAnchor> anchors)
    {
        var chain = new AuditChain(anchors);
        foreach (var one in trail)
            if (!chain.Take(one)) return chain.Fault;
        chain.End();
        return chain.Fault;
    }

    static AuditEvent Copy(AuditEvent one) => new()
    {
        Id = one.Id, Number = one.Number, PracticeId = one.PracticeId, At = one.At, PersonId = one.PersonId,
        Act = one.Act, Subject = one.Subject, Why = one.Why, Changes = one.Changes, Hash = one.Hash,
    };

    [Fact]
    public void Ten_thousand_changes_by_chance_are_all_found_with_their_first_event()
    {
        var random = new Random(20260304);
        var (trail, anchors) = Trail(49);
        Assert.Null(Follow(trail, anchors));
        for (var i = 0; i < 10_000; i++)
        {
            var changed = trail.ConvertAll(Copy);
            var at = random.Next(changed.Count);
            var expected = Change(changed, at, random);
            Assert.True(Follow(changed, anchors)?.Number == expected, $"change {i} at event {at + 1}");
        }
    }

    /// <summary>Changes a trail at one place.</summary>
    /// <returns>The number of the first event that is no longer as it was written.</returns>
    static long Change(List<AuditEvent> trail, int at, Random random)
    {
        var one = trail[at];
        switch (random.Next(12))
        {
            case 0: one.Act = Flipped(one.Act, random); break;
            case 1: one.Subject = Flipped(one.Subject, random); break;
            case 2: one.Changes = Flipped(one.Changes, random); break;
            case 3: one.Why = one.Why.Length == 0 ? "x" : Flipped(one.Why, random); break;
            case 4: one.Hash = Flipped(one.Hash, random); break;
            case 5: one.At = one.At.AddTicks(random.Next(1, 100)); break;
            case 6: one.PersonId = one.PersonId is null ? 1 : one.PersonId + 1; break;
            case 7: one.PracticeId = 2; break;
            case 8: one.Number += random.Next(1, 100); break;
            case 9: trail.RemoveAt(at); break;
            case 10:
                var other = (at + 1 + random.Next(trail.Count - 1)) % trail.Count;
                (trail[at], trail[other]) = (trail[other], trail[at]);
                return Math.Min(at, other) + 1;
            default: trail.RemoveRange(at, trail.Count - at); break;
        }
        return at + 1;
    }

    /// <summary>A text with one bit of one character turned over.</summary>
    static string Flipped(string text, Random random)
    {
        var letters = text.ToCharArray();
        letters[random.Next(letters.Length)] ^= (char)(1 << random.Next(7));
        return new(letters);
    }

    [Fact]
    public void A_trail_that_was_written_again_as_a_whole_disagrees_with_its_anchors()
    {
        var (trail, anchors) = Trail(49);
        trail[16].Why = "another reason";
        for (var i = 16; i < trail.Count; i++) trail[i].Hash = AuditChain.HashOf(trail[i - 1].Hash, trail[i]);
        Assert.Null(Follow(trail, []));
        Assert.Equal(15, Follow(trail, anchors)!.Number); // event 14 is the last that an anchor holds
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_command_names_the_first_event_that_is_wrong(Ground ground)
    {
        await using var served = await Written(ground);
        var anchors = new AuditAnchors(Path.Combine(served.Folder, "anchors"));
        await served.InStore(db => anchors.Write(db, Now, Stop));
        var count = await served.InStore(static db => db.Events.CountAsync(Stop));
        Assert.Equal((0, $"practice 1: all {count} events are as they were written"), await Verify(served));
        foreach (var (change, number, why) in new[]
            {
                ("UPDATE \"Events\" SET \"Why\" = 'x' WHERE \"Number\" = 7 AND \"PracticeId\" = 1", 7, "is not as"),
                ("UPDATE \"Events\" SET \"Why\" = 'r7', \"Act\" = 'y' WHERE \"Number\" = 5 AND \"PracticeId\" = 1", 5,
                    "is not as"),
                ("DELETE FROM \"Events\" WHERE \"Number\" = 3 AND \"PracticeId\" = 1", 3, "is missing"),
                ("DELETE FROM \"Events\" WHERE \"Number\" > 9 AND \"PracticeId\" = 1", 10, "is missing"),
                ("DELETE FROM \"Events\" WHERE \"PracticeId\" = 1", 1, "is missing"),
            })
        {
            var kept = await served.InStore(static db => db.Events.AsNoTracking().OrderBy(static e => e.Number)
                .ToListAsync(Stop));
            await served.InStore(db => WithoutTriggers(db, change));
            var (code, said) = await Verify(served);
            Assert.Equal(1, code);
            Assert.StartsWith($"practice 1: event {number} {why}", said, StringComparison.Ordinal);
            await served.InStore(async db =>
            {
                await WithoutTriggers(db, "DELETE FROM \"Events\" WHERE \"PracticeId\" = 1");
                db.Events.AddRange(kept);
                return await db.SaveChangesAsync(Stop);
            });
            Assert.Equal(0, (await Verify(served)).Code);
        }
    }

    [Fact]
    public async Task Anchors_grow_with_the_trail_and_a_cut_trail_is_reported_to_the_program()
    {
        await using var served = await Written(Ground.Sqlite);
        var folder = Path.Combine(served.Folder, "anchors");
        var anchors = new AuditAnchors(folder);
        Assert.Empty(await served.InStore(db => anchors.Write(db, Now, Stop)));
        Assert.Empty(await served.InStore(db => anchors.Write(db, Now, Stop)));
        var count = await served.InStore(static db => db.Events.CountAsync(Stop));
        Assert.Equal(count, anchors.Read(1)[^1].Number);
        var lines = anchors.Read(1).Count;
        // a line that a crash cut short is no line, and is not written after
        var file = Path.Combine(folder, "practice-1.tsv");
        await File.AppendAllTextAsync(file, "99\t2026-03", Stop);
        Assert.Equal(lines, anchors.Read(1).Count);
        await Add(served, 13);
        await served.InStore(db => new AuditAnchors(folder).Write(db, Now, Stop));
        Assert.Equal(lines + 1, anchors.Read(1).Count);
        await served.InStore(db => WithoutTriggers(db,
            "DELETE FROM \"Events\" WHERE \"Number\" > 11 AND \"PracticeId\" = 1"));
        Assert.Equal([1L], await served.InStore(db => new AuditAnchors(folder).Write(db, Now, Stop)));
        Assert.Equal(lines + 1, anchors.Read(1).Count);
        // without any anchor nobody can say that the end is there
        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, (await Verify(served)).Code);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(file, "x\n", Stop);
        Assert.Equal(1, (await Verify(served)).Code);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_no_clean_trail()
    {
        using var error = new StringWriter();
        Assert.Equal(5, await AuditCommand.Run(["verify", "--Folder", "/nowhere/at/all"], TextWriter.Null, error));
        Assert.Contains("no store", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await AuditCommand.Run(["prove"], TextWriter.Null, error));
    }

    /// <summary>Needs a minute on a machine that does other things too.</summary>
    [Fact]
    public async Task A_million_events_are_followed_in_twenty_seconds()
    {
        LongRun.Only();
        await using var served = await Written(Ground.Sqlite);
        await served.InStore(async db =>
        {
            await db.Database.OpenConnectionAsync(Stop);
            var connection = db.Database.GetDbConnection();
            await using var transaction = await connection.BeginTransactionAsync(Stop);
            await using var insert = connection.CreateCommand();
            insert.CommandText = """
                INSERT INTO "Events" ("PracticeId", "Number", "At", "PersonId", "Act", "Subject", "Why", "Changes",
                    "Hash") VALUES (1, @number, @at, 1, 'change', 'claim/1', 'r', '{"charge":["1","2"]}', @hash)
                """;
            var (number, at, hash) = (Parameter(insert, "@number"), Parameter(insert, "@at"),
                Parameter(insert, "@hash"));
            var one = await db.Events.AsNoTracking().OrderByDescending(static e => e.Number).FirstAsync(Stop);
            (one.PersonId, one.Act, one.Subject, one.Why, one.Changes) =
                (1, "change", "claim/1", "r", "{\"charge\":[\"1\",\"2\"]}");
            for (var i = one.Number + 1; i <= 1_000_000; i++)
            {
                one.Number = i;
                one.Hash = AuditChain.HashOf(one.Hash, one);
                (number.Value, at.Value, hash.Value) = (i, one.At, one.Hash);
                await insert.ExecuteNonQueryAsync(Stop);
            }
            await transaction.CommitAsync(Stop);
            return 0;
        });
        // of the processor: the machine may do other things
        var started = Environment.CpuUsage.TotalTime;
        var chain = await served.InStore(static db => AuditChain.Verify(db, [], Stop));
        var took = Environment.CpuUsage.TotalTime - started;
        Assert.Equal((1_000_000L, null), (chain.Count, chain.Fault));
        TestContext.Current.SendDiagnosticMessage($"a million events in {took.TotalSeconds:0.0} s");
        Assert.InRange(took.TotalSeconds, 0, 20);
    }

    static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>A practice with twelve events.</summary>
    static async Task<ServedPractice> Written(Ground ground)
    {
        var served = await ServedPractice.Start(ground);
        for (var i = 1; i <= 12; i++) await Add(served, i);
        return served;
    }

    static Task<int> Add(ServedPractice served, int i) => served.InStore(db => db.Change(_ =>
    {
        db.Record(Now.AddSeconds(i), "change", $"claim/{i}", $"r{i}", new { charge = new[] { i, i + 1 } });
        return Task.FromResult(0);
    }, Stop));

    /// <summary>What somebody does who has the database and its rights.</summary>
    static async Task<int> WithoutTriggers(PracticeDb db, string change)
    {
        var isSqlite = db is SqliteDb;
        foreach (var name in new[] { "Events_change", "Events_remove" })
            await db.Database.ExecuteSqlRawAsync(isSqlite ? $"DROP TRIGGER IF EXISTS \"{name}\""
                : $"DROP TRIGGER IF EXISTS \"{name}\" ON \"Events\"", Stop);
        return await db.Database.ExecuteSqlRawAsync(change, Stop);
    }

    /// <summary>What the command says and answers.</summary>
    static async Task<(int Code, string Said)> Verify(ServedPractice served)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        string[] database = served.Postgres is { } postgres ? ["--Postgres", postgres] : [];
        var code = await AuditCommand.Run(["verify", "--Folder", served.Folder, .. database], output, output);
        return (code, output.ToString().Split(';')[0]);
    }
}
