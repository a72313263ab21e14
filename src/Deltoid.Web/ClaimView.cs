using System.Security.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Claim = Deltoid.Claims.Claim;

namespace Deltoid.Web;

/// <summary>All that the claim editor shows.</summary>
public sealed record ClaimView
{
    public required StoredClaim Stored { get; init; }

    public required Claim Claim { get; init; }

    /// <summary>The version that the form is based on.</summary>
    public required int Version { get; init; }

    /// <summary>The fields in the form: as typed where a save did not go through, else as they stand.</summary>
    public Dictionary<string, string>? Typed { get; init; }

    /// <summary>What counts; what was set aside is in <see cref="Aside"/>.</summary>
    public required List<Proposal> Problems { get; init; }

    /// <summary>What is set aside now, and what was and counts again.</summary>
    public required List<Override> Aside { get; init; }

    /// <summary>What people did about it besides changing it.</summary>
    public required List<AuditEvent> Acts { get; init; }

    public required List<WorkTask> Tasks { get; init; }

    /// <summary>When what is in the form was typed, where it was never saved.</summary>
    public DateTime? DraftAt { get; init; }

    public bool MaySetAside { get; init; }

    public required List<ClaimVersion> Versions { get; init; }

    public required Dictionary<long, string> People { get; init; }

    /// <summary>Those of them who are programs, and are asked nothing.</summary>
    public required HashSet<long> Programs { get; init; }

    public required List<Posting> Postings { get; init; }

    public required (long Payers, long Patient) Owed { get; init; }

    public required PatientShareView Share { get; init; }

    /// <summary>What the payer should pay; null where nothing says it.</summary>
    public ExpectedClaim? Expected { get; init; }

    public bool MayEdit { get; init; }

    public bool MaySend { get; init; }

    public bool MayChart { get; init; }

    public bool MayPost { get; init; }

    /// <summary>The filter of the worklist from which the claim was opened.</summary>
    public required string List { get; init; }

    public long? Previous { get; init; }

    public long? Next { get; init; }

    public int Position { get; init; }

    public int Count { get; init; }

    public string Note { get; init; } = "";

    public InputException? Fault { get; init; }

    public IReadOnlyList<Clash> Clashes { get; init; } = [];

    public IReadOnlyList<string> Unattested { get; init; } = [];

    public Dictionary<string, string> Fields => Typed ?? ClaimForm.Of(Claim);

    /// <summary>What would mend a claim, each with what it would bring.</summary>
    public static async Task<Proposals> ProposalsOf(PracticeDb db, Engine engine, StoredClaim stored)
    {
        var locality = await Agreements.LocalityOf(db, stored);
        return new(await engine.For(db), await Visits.DocumentOf(db, stored))
        {
            Price = claim => Agreements.Expected(engine, stored.Payer, locality, claim),
        };
    }

    public static string PathOf(long id, string list, string? saved)
    {
        var query = new QueryString();
        if (saved is not null) query = query.Add("saved", saved);
        if (list.Length > 0) query = query.Add("list", list);
        return FormattableString.Invariant($"/claims/{id}") + query.Value;
    }

    public static async Task<ClaimView?> Load(PracticeDb db, Engine engine, long id, string list, ClaimsPrincipal user)
    {
        var stored = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .FirstOrDefaultAsync(c => c.Id == id);
        if (stored is null) return null;
        var (previous, next, position, count) = await WorkFilter.Parse(list).Around(db, stored);
        var (claim, owed) = (Documents.Claim(stored.Document), await Ledger.Owed(db, id));
        var subject = FormattableString.Invariant($"claim/{id}");
        var aside = await db.Overrides.AsNoTracking().Where(o => o.ClaimId == id).OrderBy(static o => o.Id)
            .ToListAsync();
        return new()
        {
            Stored = stored, Claim = claim, Version = stored.Version, List = list,
            Previous = previous, Next = next, Position = position, Count = count,
            Problems = Counting((await ProposalsOf(db, engine, stored)).Of(claim), aside), Aside = aside,
            Acts = await db.Events.AsNoTracking().Where(e => e.Subject == subject && Shown.Contains(e.Act))
                .OrderBy(static e => e.Number).ToListAsync(),
            Tasks = await db.Tasks.AsNoTracking().Where(t => t.ClaimId == id).OrderBy(static t => t.Id).ToListAsync(),
            Versions = await db.ClaimVersions.AsNoTracking().Where(v => v.ClaimId == id)
                .OrderBy(static v => v.Version).ToListAsync(),
            People = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
                .ToDictionaryAsync(static u => u.Id, static u => u.Name),
            Programs = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId && u.IsProgram)
                .Select(static u => u.Id).ToHashSetAsync(),
            Postings = await db.Postings.AsNoTracking().Where(p => p.ClaimId == id && p.Cents > 0)
                .OrderBy(static p => p.Id).ToListAsync(),
            Owed = owed, Share = await PatientShareView.Of(db, stored, owed.Patient),
            Expected = Agreements.Expected(engine, stored.Payer, await Agreements.LocalityOf(db, stored), claim),
            MayEdit = May(user, Permission.EditClaims), MaySend = May(user, Permission.SendClaims),
            MayChart = May(user, Permission.Chart), MayPost = May(user, Permission.Post),
            MaySetAside = May(user, Permission.SetAside),
        };
    }

    /// <summary>The claim after this one in the list that it was opened from; null for the last one.</summary>
    public static async Task<long?> NextOf(PracticeDb db, long id, string list) =>
        await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id) is { } stored
            ? (await WorkFilter.Parse(list).Around(db, stored)).Next : null;

    /// <summary>Acts that the story of a claim has beside its versions.</summary>
    static readonly string[] Shown =
        ["attest", "set-aside", "count-again", "ask-reopening", "assign", "snooze", "task"];

    static bool May(ClaimsPrincipal user, Permission permission) =>
        Access.Allows(permission, user);

    /// <summary>The findings that nobody has set aside.</summary>
    public static List<Proposal> Counting(List<Proposal> found, IEnumerable<Override> aside) =>
        found.FindAll(p => !aside.Any(o => o.EndedAt is null && o.Key == p.Key));
}
