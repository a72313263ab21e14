using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Whether the people of a claim may be billed for: nobody is excluded, and no license that is watched was over on the
/// day of service. It is a fact of the practice, which the engine cannot know; a claim is held by it like by a finding.
/// </summary>
public sealed class Clearance
{
    public const string Excluded = "provider excluded", NoLicense = "license expired";

    static readonly Party[] Parties =
        [Party.Rendering, Party.Supervising, Party.Ordering, Party.Attending, Party.Billing];

    /// <summary>The days of a license; <see cref="IsWatched"/>: it is the last one.</summary>
    readonly record struct License(DateOnly From, DateOnly Expires, bool IsWatched);

    readonly ILookup<string, DateOnly> excluded;
    readonly ILookup<string, License> licenses;
    readonly ILookup<string, Provider> providers;

    Clearance(ILookup<string, DateOnly> excluded, ILookup<string, License> licenses,
        ILookup<string, Provider> providers) =>
        (this.excluded, this.licenses, this.providers) = (excluded, licenses, providers);

    /// <summary>What the practice knows of its people; null where there is nothing that could hold a claim.</summary>
    internal static async Task<Clearance?> Load(PracticeDb db, CancellationToken stop) =>
        (await db.SetUp(stop)).Clearance;

    internal static async Task<Clearance?> Read(PracticeDb db, CancellationToken stop)
    {
        var excluded = await db.ExclusionMatches.AsNoTracking().Where(static m => m.Decision == MatchDecision.Same)
            .Select(static m => new { m.Subject, m.ExcludedOn }).ToListAsync(stop);
        var kind = Credentials.Kinds[0];
        var licenses = await db.Credentials.AsNoTracking().Where(c => c.Kind == kind)
            .Select(static c => new { c.Subject, c.From, c.Expires, IsWatched = c.EndedOn == null }).ToListAsync(stop);
        if (excluded.Count == 0 && licenses.Count == 0) return null;
        return new(excluded.ToLookup(static m => m.Subject, static m => m.ExcludedOn),
            licenses.ToLookup(static l => l.Subject, static l => new License(l.From, l.Expires, l.IsWatched)),
            (await db.Providers.AsNoTracking().ToListAsync(stop)).ToLookup(static p => p.Npi));
    }

    /// <summary>Whether a claim is held for its people.</summary>
    public static bool Holds(StoredClaim claim) => claim.Cause is Excluded or NoLicense;

    /// <summary>Holds a claim that was judged, where its people may not be billed for.</summary>
    internal static async Task Apply(PracticeDb db, StoredClaim stored, Claim claim, CancellationToken stop) =>
        (await Load(db, stop))?.Apply(stored, claim);

    void Apply(StoredClaim stored, Claim claim)
    {
        if (Against(claim, stored.ServiceDate) is not var (cause, why)) return;
        (stored.Cause, stored.Why) = (cause, why);
        stored.Errors++;
        stored.Life = ClaimLife.Held;
        stored.Rank = Ranking.Of(stored);
    }

    /// <summary>Why the people of a claim may not be billed for; null where they may.</summary>
    internal (string Cause, string Why)? Against(Claim claim, DateOnly day)
    {
        if (claim.Lines.Length == 0 || claim.Frequency == '8') return null; // a void takes money back
        if (excluded[Staff.OfPractice].Any(on => on <= day))
            return (Excluded, "The practice is on the list of excluded persons: federal programs pay nothing for it.");
        foreach (var provider in Parties.Select(p => claim.Text(p, PartyField.Npi)).Where(static n => n.Length > 0)
            .Distinct().SelectMany(npi => providers[npi]))
        {
            var (subject, name) = (Staff.OfProvider(provider.Id), $"{provider.Given} {provider.Family}");
            if (excluded[subject].Any(on => on <= day))
                return (Excluded, $"{name} is on the list of excluded persons: federal programs pay nothing for what "
                    + "this provider gives or orders.");
            if (licenses[subject].Any(static l => l.IsWatched)
                && !licenses[subject].Any(l => l.From <= day && day <= l.Expires))
                return (NoLicense, FormattableString.Invariant(
                    $"No license of {name} in the list of dates was good on {day:MM/dd/yyyy}."));
        }
        return null;
    }
}
