using System.Numerics;
using System.Runtime.Intrinsics;
using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits;

/// <summary>
/// Up to 256 edits, indexed by the groups that may wake them: an edit hangs on the rarest group of its All, or on every
/// group of its Any, and a claim OR-s the sets of the groups it has. Only those few are then asked in full.
/// </summary>
internal sealed class EditSet
{
    public const int Most = 256;

    readonly Edit[] edits;
    readonly (CodeGroups All, CodeGroups Any)[] needs;
    readonly Vector256<ulong>[] wakes = new Vector256<ulong>[CodeGroups.Most];

    /// <exception cref="ArgumentException">More than 256 edits, or two with one id.</exception>
    public EditSet(params ReadOnlySpan<Edit> all)
    {
        if (all.Length > Most) throw new ArgumentException("a set holds at most 256 edits", nameof(all));
        edits = [.. all];
        needs = Array.ConvertAll(edits, e => (e.All, e.Any));
        var ids = new HashSet<string>();
        for (var i = 0; i < edits.Length; i++)
        {
            foreach (var info in edits[i].Infos)
                if (!ids.Add(info.Id)) throw new ArgumentException($"{info.Id} stands twice", nameof(all));
            Hang(i);
        }
    }

    public IReadOnlyList<Edit> Edits => edits;

    /// <summary>The edit that makes the findings with this id or name, or null.</summary>
    public Edit? Find(string idOrName)
    {
        foreach (var edit in edits)
            foreach (var info in edit.Infos)
                if (info.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase)
                    || info.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase))
                    return edit;
        return null;
    }

    /// <summary>The edits that the claim's groups may wake, as a set of 256 bits.</summary>
    public Vector256<ulong> Wake(CodeGroups groups)
    {
        var awake = Vector256<ulong>.Zero;
        for (var bits = groups.Low; bits != 0; bits &= bits - 1) awake |= wakes[BitOperations.TrailingZeroCount(bits)];
        for (var bits = groups.High; bits != 0; bits &= bits - 1)
            awake |= wakes[64 + BitOperations.TrailingZeroCount(bits)];
        return awake;
    }

    /// <summary>Asks every edit that the claim wakes.</summary>
    public void Check(BoundClaim claim, FindingList findings)
    {
        var groups = claim.Groups;
        var awake = Wake(groups);
        for (var word = 0; word < 4; word++)
            for (var bits = awake.GetElement(word); bits != 0; bits &= bits - 1)
            {
                var index = (word * 64) + BitOperations.TrailingZeroCount(bits);
                ref readonly var need = ref needs[index];
                if (groups.Has(need.All) && (need.Any.IsEmpty || groups.HasAny(need.Any)))
                    edits[index].Check(claim, findings);
            }
    }

    void Hang(int index)
    {
        var (all, any) = needs[index];
        var pivots = any.IsEmpty ? RarestOf(all) : any;
        var bit = Vector256<ulong>.Zero.WithElement(index / 64, 1UL << (index % 64));
        for (var group = 0; group < CodeGroups.Most; group++)
            if (pivots.HasAny(CodeGroups.Of((GroupBit)group))) wakes[group] |= bit;
    }

    static CodeGroups RarestOf(CodeGroups all)
    {
        var (best, rank) = (Group.AnyLine, int.MaxValue);
        for (var group = 0; group < CodeGroups.Most; group++)
            if (all.HasAny(CodeGroups.Of((GroupBit)group)) && Commonness(group) < rank)
                (best, rank) = (CodeGroups.Of((GroupBit)group), Commonness(group));
        return best;
    }

    /// <summary>
    /// How often claims have a group, as far as it is plain: what every claim has wakes nothing if anything rarer can.
    /// </summary>
    static int Commonness(int group) => (GroupBit)group switch
    {
        GroupBit.AnyLine => 5,
        GroupBit.HasPairs or GroupBit.DrugCode or GroupBit.DrugAdministration => 4,
        GroupBit.Medicare or GroupBit.Commercial or GroupBit.Medicaid or GroupBit.MedicareAdvantage => 3,
        GroupBit.Injection or GroupBit.Visit or GroupBit.OfficeVisit or GroupBit.ChartPresent
            or GroupBit.HistoryPresent => 2,
        _ => 1,
    };
}
