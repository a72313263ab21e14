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

    public required List<Proposal> Problems { get; init; }

    public required List<ClaimVersion> Versions { get; init; }

    public required Dictionary<long, string> People { get; init; }

    public required List<Posting> Postings { get; init; }

    public required (long Payers, long Patient) Owed { get; init; }

    /// <summary>What the payer should pay; null where nothing says it.</summary>
    public ExpectedClaim? Expected { get; init; }

    public bool MayEdit { get; init; }

    public bool MaySend { get; init; }

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

    public static async Task<string?> VisitOf(PracticeDb db, StoredClaim stored) => stored.VisitId is { } id
        ? await db.Visits.Where(v => v.Id == id).Select(static v => v.Document).FirstOrDefaultAsync() : null;

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
        var claim = Documents.Claim(stored.Document);
        return new()
        {
            Stored = stored, Claim = claim, Version = stored.Version, List = list,
            Previous = previous, Next = next, Position = position, Count = count,
            Problems = new Proposals(engine, await VisitOf(db, stored)).Of(claim),
            Versions = await db.ClaimVersions.AsNoTracking().Where(v => v.ClaimId == id)
                .OrderBy(static v => v.Version).ToListAsync(),
            People = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
                .ToDictionaryAsync(static u => u.Id, static u => u.Name),
            Postings = await db.Postings.AsNoTracking().Where(p => p.ClaimId == id && p.Cents > 0)
                .OrderBy(static p => p.Id).ToListAsync(),
            Owed = await Ledger.Owed(db, id),
            Expected = Agreements.Expected(engine, stored.Payer, await Agreements.LocalityOf(db, stored), claim),
            MayEdit = Acting.RoleOf(user) is { } role && Access.Allows(Permission.EditClaims, role),
            MaySend = Acting.RoleOf(user) is { } sender && Access.Allows(Permission.SendClaims, sender),
        };
    }
}
