using System.Globalization;
using System.Text;
using Deltoid.Adjudication;
using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// A week of a practice, one step after the other, in an order that a seed decides: an assistant charts, two billers
/// change, send and post, a clearinghouse carries files late, twice, in another order or not at all, and a payer
/// answers. After each step the books are looked at.
/// </summary>
sealed class BillingWeek(IServiceProvider store, Engine engine, int seed)
{
    static readonly string[] Payers = ["commercial", "medicaid"];

    readonly Random random = new(seed);
    readonly PracticePayer payer = new(engine.Book, seed, Rates(), new());
    readonly List<Parcel> underWay = [];
    readonly Dictionary<string, int> versionsRead = [];
    long practice;
    DateTime now = new(2026, 3, 2, 14, 0, 0, DateTimeKind.Utc);

    /// <summary>A file between the practice and its payer.</summary>
    sealed record Parcel(string Name, byte[] Bytes, bool ToPayer, DateTime Due);

    /// <summary>What happened, without what differs from run to run.</summary>
    public StringBuilder Log { get; } = new();

    /// <summary>What the payer has paid: number and cents of each payment that adds up.</summary>
    public HashSet<(string Trace, long Cents)> Paid { get; } = [];

    /// <summary>The trail as far as it was followed: each look at the books goes on there.</summary>
    public AuditChain Trail { get; } = new([]);

    /// <summary>Different files of the payer that came.</summary>
    public HashSet<string> Came { get; } = [];

    static PracticeRates Rates()
    {
        var rates = new PracticeRates();
        rates.Take("doubled=20,rewrapped=20,cent-off=20,take-back=15,duplicate=5,late=5");
        return rates;
    }

    /// <summary>Runs a week; what is wrong in the books is thrown with the seed and all that led there.</summary>
    public async Task Run(int steps)
    {
        await InStore(Found);
        for (var step = 0; step < steps; step++)
        {
            now = now.AddMinutes(random.Next(60, 60 * 24 * 7 / steps * 2));
            await InStore(LookedAt(Step));
        }
        while (underWay.Count > 0)
        {
            now = now.AddDays(3);
            await InStore(LookedAt(Carry));
        }
        await InStore(async db => Demand(await new WeekBooks(db, this).Fault()
            ?? (await db.VerifyEvents() is { } number ? $"0: the trail is broken at event {number}" : null)));
    }

    /// <summary>After each step the books are looked at; a step that found nothing to do has written nothing.</summary>
    Func<PracticeDb, Task> LookedAt(Func<PracticeDb, Task> step) => async db =>
    {
        var said = Log.Length;
        await step(db);
        if (Log.Length == said) return;
        db.ChangeTracker.Clear();
        Demand(await new WeekBooks(db, this).Fault());
    };

    void Demand(string? fault)
    {
        if (fault is not null) throw new InvalidOperationException($"seed {seed}: {fault}\n{Log}");
    }

    async Task InStore(Func<PracticeDb, Task> act)
    {
        using var scope = store.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = practice;
        await act(db);
    }

    /// <summary>A practice of its own, in a store that all seeds share.</summary>
    async Task Found(PracticeDb db)
    {
        var made = new Practice
        {
            Name = "Week", Npi = "1234567893", TaxId = "12-3456789", Taxonomy = "207Q00000X", Phone = "2175550100",
            Address = new() { Line = "1 Week Street", City = "Springfield", State = "IL", Zip = "627010000" },
        };
        db.Practices.Add(made);
        await db.SaveChangesAsync();
        db.PracticeId = practice = made.Id;
        db.Locations.Add(new() { Name = "Week Street", PlaceOfService = "11", Locality = "06102-16" });
        foreach (var kind in Payers)
            db.Payers.Add(new() { Name = "Plan " + kind, Number = kind.ToUpperInvariant(), Kind = kind,
                Filing = kind == "medicaid" ? "MC" : "CI" });
        db.Patients.Add(new()
        {
            Family = "Example", Given = "Pat", BirthDate = new(1958, 4, 9), Sex = "F", SignedOn = new(2026, 1, 5),
            Address = new() { Line = "1 Example Road", City = "Springfield", State = "IL", Zip = "62701" },
        });
        await db.SaveChangesAsync();
    }

    Task Step(PracticeDb db) => random.Next(13) switch
    {
        < 3 => Chart(db),
        < 5 => Send(db),
        5 => Change(db),
        6 => Read(db),
        < 10 => Carry(db),
        10 => Post(db),
        11 => TakeBack(db),
        _ => Void(db),
    };

    void Say(string what) => Log.AppendLine(CultureInfo.InvariantCulture, $"{now:ddd HH:mm} {what}");

    /// <summary>What a colleague did first is no fault: it is refused with its reason.</summary>
    async Task<bool> Tried(string what, Func<Task> act)
    {
        try
        {
            await act();
            Say(what);
            return true;
        }
        catch (Exception e) when (e is InputException or DbUpdateConcurrencyException)
        {
            Say($"{what}: refused, {e.GetType().Name}");
            return false;
        }
    }

    async Task Chart(PracticeDb db)
    {
        var kind = Payers[random.Next(Payers.Length)];
        var (patient, location) = (await db.Patients.SingleAsync(), await db.Locations.SingleAsync());
        var of = await db.Payers.SingleAsync(p => p.Kind == kind);
        await Tried("chart for " + kind, () => Visits.Chart(db, engine, patient, location, of,
            number => ChartedClaims.Document("b12-shot-billing", number, kind), now));
    }

    async Task<StoredClaim?> Any(PracticeDb db)
    {
        var claims = await db.Claims.AsNoTracking().OrderBy(static c => c.Id).ToListAsync();
        return claims.Count == 0 ? null : claims[random.Next(claims.Count)];
    }

    /// <summary>A biller opens a claim; what is saved later is of this version.</summary>
    async Task Read(PracticeDb db)
    {
        if (await Any(db) is { } claim) versionsRead[claim.Number] = claim.Version;
    }

    /// <summary>The other biller saves, perhaps over a version that is not the last.</summary>
    async Task Change(PracticeDb db)
    {
        if (await Any(db) is not { } claim) return;
        var version = versionsRead.GetValueOrDefault(claim.Number, claim.Version);
        var (field, text) = random.Next(3) switch
        {
            0 => ("line.1.units", random.Next(1, 3).ToString(CultureInfo.InvariantCulture)),
            1 => ("line.2.modifiers", random.Next(2) == 0 ? "JZ" : ""),
            _ => ("line.2.charge", $"{random.Next(10, 20)}.50"),
        };
        await Tried($"change {claim.Number} {field} of version {version}", () => Editing.Save(db, engine, claim.Id,
            version, new Dictionary<string, string> { [field] = text }, now, "typed over"));
    }

    /// <summary>Both billers press the button: one file leaves.</summary>
    async Task Send(PracticeDb db)
    {
        var ready = await db.Claims.AsNoTracking().Where(static c => c.Life == ClaimLife.Ready)
            .OrderBy(static c => c.Id).Select(static c => new { c.Id, c.PayerId }).ToListAsync();
        if (ready.Count == 0) return;
        var ids = ready.Where(c => c.PayerId == ready[0].PayerId).Select(static c => c.Id).ToList();
        StoredFile? file = null;
        if (!await Tried($"send {ids.Count}", async () => file = await Sending.Send(db, ids, now))) return;
        Give(file!.Name, file.Content, toPayer: true);
        if (random.Next(3) == 0
            && await Tried("send the same", () => Sending.Send(db, ids, now)))
            throw new InvalidOperationException($"seed {seed}: the same claims were sent twice\n{Log}");
    }

    /// <summary>The clearinghouse takes a file: it comes late, twice, or after it was lost and asked for.</summary>
    void Give(string name, byte[] bytes, bool toPayer)
    {
        var copies = random.Next(8) == 0 ? 2 : 1;
        for (var i = 0; i < copies; i++)
            underWay.Add(new(name, bytes, toPayer, now.AddHours(random.Next(10) == 0 ? 72 : random.Next(1, 30))));
    }

    /// <summary>One of the files that are due arrives, in whatever order.</summary>
    async Task Carry(PracticeDb db)
    {
        var due = underWay.FindAll(p => p.Due <= now);
        if (due.Count == 0) return;
        var parcel = due[random.Next(due.Count)];
        underWay.Remove(parcel);
        if (parcel.ToPayer)
        {
            Answer(parcel);
            return;
        }
        Came.Add(Receiving.Digest(parcel.Bytes));
        var isLook = random.Next(4) == 0;
        await Tried($"receive {parcel.Name}{(isLook ? " to look" : "")}", () => Receiving.Receive(db, engine,
            parcel.Name, parcel.Bytes, now, isLook, null, default));
    }

    void Answer(Parcel parcel)
    {
        var (source, found, claims) = (new ClaimSource(new MemoryStream(parcel.Bytes)), new FindingList(),
            new List<Claims.Claim>());
        while (source.Read(found) is { } claim) claims.Add(claim.Detach());
        Say($"the payer has {parcel.Name}, {claims.Count} claims");
        foreach (var file in payer.Answer(claims, []))
        {
            if (file.Trace.Length > 0 && file.Kind != "cent-off")
                Paid.Add((file.Trace, CentsOf(Encoding.ASCII.GetString(file.Bytes))));
            Give(file.Name, file.Bytes, toPayer: false);
        }
    }

    /// <summary>BPR02 of a file with one payment.</summary>
    static long CentsOf(string file) => (long)(decimal.Parse(file.Split("BPR*", 2)[1].Split('*')[1],
        CultureInfo.InvariantCulture) * 100);

    async Task Post(PracticeDb db)
    {
        var ids = await db.Remittances.Where(static r => r.State == RemittanceState.Waiting
            || r.State == RemittanceState.TakenBack).OrderBy(static r => r.Id).Select(static r => r.Id).ToListAsync();
        if (ids.Count > 0) await Tried($"post {ids.Count}", () => Remittances.Post(db, engine, ids, now));
    }

    /// <summary>A claim that was answered is voided; the void leaves with the next file.</summary>
    async Task Void(PracticeDb db)
    {
        var answered = await db.Claims.AsNoTracking().Where(static c => c.Life == ClaimLife.Answered
            || c.Life == ClaimLife.Closed).OrderBy(static c => c.Id).Select(static c => new { c.Id, c.Number })
            .ToListAsync();
        if (answered.Count == 0) return;
        var claim = answered[random.Next(answered.Count)];
        await Tried($"void {claim.Number}", () => Correcting.Correct(db, engine, claim.Id, '8', now));
    }

    async Task TakeBack(PracticeDb db)
    {
        var posted = await db.Remittances.Where(static r => r.State == RemittanceState.Posted)
            .OrderBy(static r => r.Id).Select(static r => r.FileId).ToListAsync();
        if (posted.Count == 0) return;
        var file = posted[random.Next(posted.Count)];
        await Tried("take a posting back", () => Remittances.TakeBack(db, engine, file, "of another month", now));
    }
}
