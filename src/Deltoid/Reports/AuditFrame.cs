namespace Deltoid.Reports;

/// <summary>How claims are drawn for an audit. Each way is a probability sample, so that it may be
/// extrapolated.</summary>
internal enum DrawKind : byte
{
    /// <summary>Each claim is as likely as the other.</summary>
    Simple = 1,
    /// <summary>Three groups by amount, each of about the same dollars: large claims are drawn more often.</summary>
    ByAmount = 2,
    /// <summary>Three groups by risk: claims with signs of risk are drawn more often.</summary>
    ByRisk = 3,
}

/// <summary>A claim that may be drawn.</summary>
/// <param name="Cents">What was paid for it.</param>
/// <param name="Risk">Points of risk; 0 for a claim without a sign of it.</param>
internal readonly record struct FramedClaim(string Number, long Cents, int Risk);

/// <summary>A claim that was drawn.</summary>
/// <param name="Stratum">Its group, from 1.</param>
internal readonly record struct DrawnClaim(string Number, int Stratum);

/// <summary>A group of claims, how many it has, and how many were drawn of them.</summary>
internal readonly record struct Stratum(int Number, int Claims, long Cents, int Drawn);

/// <summary>The claims that an audit is about, in groups, and those that were drawn.</summary>
internal sealed record AuditFrame(IReadOnlyList<Stratum> Strata, IReadOnlyList<DrawnClaim> Drawn)
{
    /// <summary>The spread of a group is only known from this many claims on.</summary>
    public const int FewestOfStratum = 2;

    const int Groups = 3, SomeRisk = 1, MuchRisk = 3;

    /// <summary>How much more often a claim is drawn from the groups without, with some, and with much risk.</summary>
    static readonly int[] RiskWeights = [1, 2, 4];

    /// <summary>Draws a sample. The same claims and the same seed give the same sample.</summary>
    /// <param name="size">How many claims; all where there are no more.</param>
    public static AuditFrame Draw(DrawKind kind, IReadOnlyList<FramedClaim> claims, string seed, int size)
    {
        var groups = GroupsOf(kind, claims);
        var sizes = Allot(kind, groups, size);
        var (strata, drawn) = (new List<Stratum>(), new List<DrawnClaim>());
        for (var i = 0; i < groups.Count; i++)
        {
            strata.Add(new(i + 1, groups[i].Claims.Count, groups[i].Claims.Sum(static c => c.Cents), sizes[i]));
            drawn.AddRange(TicketDraw.Of(seed, groups[i].Claims.Select(static c => c.Number), sizes[i])
                .Select(number => new DrawnClaim(number, i + 1)));
        }
        return new(strata, drawn);
    }

    /// <param name="Weight">Index into <see cref="RiskWeights"/>.</param>
    sealed record Group(List<FramedClaim> Claims, int Weight);

    static List<Group> GroupsOf(DrawKind kind, IReadOnlyList<FramedClaim> claims)
    {
        var groups = Enumerable.Range(0, Groups).Select(static i => new Group([], i)).ToList();
        var bounds = kind == DrawKind.ByAmount ? BoundsOf(claims) : [];
        foreach (var claim in claims)
            groups[kind switch
            {
                DrawKind.ByAmount => bounds.Count(b => claim.Cents > b),
                DrawKind.ByRisk => claim.Risk >= MuchRisk ? 2 : claim.Risk >= SomeRisk ? 1 : 0,
                _ => 0,
            }].Claims.Add(claim);
        // a group too small to know its spread goes with the one beside it
        for (var i = groups.Count - 1; i >= 0 && groups.Count > 1; i--)
        {
            if (groups[i].Claims.Count >= FewestOfStratum) continue;
            groups[i == 0 ? 1 : i - 1].Claims.AddRange(groups[i].Claims);
            groups.RemoveAt(i);
        }
        return groups;
    }

    /// <summary>The amounts at which a third and two thirds of the dollars are reached.</summary>
    static List<long> BoundsOf(IReadOnlyList<FramedClaim> claims)
    {
        var (total, sum, bounds) = (claims.Sum(static c => (decimal)c.Cents), 0m, new List<long>());
        foreach (var claim in claims.OrderBy(static c => c.Cents))
        {
            sum += claim.Cents;
            while (bounds.Count < Groups - 1 && sum * Groups >= total * (bounds.Count + 1)) bounds.Add(claim.Cents);
        }
        return bounds;
    }

    /// <summary>
    /// How many of each group: by its dollars, by its claims and their risk, or by its claims; at least
    /// <see cref="FewestOfStratum"/>, at most all. The largest remainders get what is left.
    /// </summary>
    static int[] Allot(DrawKind kind, List<Group> groups, int size)
    {
        var weights = groups.ConvertAll(g => kind switch
        {
            DrawKind.ByAmount => Math.Max(1, g.Claims.Sum(static c => (decimal)c.Cents)),
            DrawKind.ByRisk => g.Claims.Count * (decimal)RiskWeights[g.Weight],
            _ => g.Claims.Count,
        });
        size = Math.Min(size, groups.Sum(static g => g.Claims.Count));
        var sizes = groups.ConvertAll(static g => Math.Min(FewestOfStratum, g.Claims.Count)).ToArray();
        for (var left = size - sizes.Sum(); left > 0; left--)
        {
            // who is farthest below its part gets the next one
            var next = Enumerable.Range(0, groups.Count).Where(i => sizes[i] < groups[i].Claims.Count)
                .MaxBy(i => (size * weights[i] / weights.Sum()) - sizes[i]);
            sizes[next]++;
        }
        return sizes;
    }
}
