using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// The specimens of a guide: a least one, and a family that together has every loop, segment, element, component and
/// value, and wakes every rule.
/// </summary>
internal sealed class Specimens
{
    /// <summary>A specimen is closed when it has so many segments.</summary>
    const int MostSegments = 160;

    const int MostSpecimens = 400;

    /// <summary>The seed by which the family shows every rule, where it is not the first.</summary>
    static ulong SeedOf(string guide) => guide == "835" ? 4UL : 1UL;

    static readonly Dictionary<string, Lazy<Specimens>> All = TransactionSets.All.ToDictionary(
        static set => set.Name, static set => new Lazy<Specimens>(() => new Specimens(set.Guide, SeedOf(set.Name))));

    public static Specimens Of(string guide) => All[guide].Value;

    /// <summary>Other families of a guide: what the first does not happen to have, one of these does.</summary>
    public static IEnumerable<Specimens> More(string guide)
    {
        for (var seed = 11UL; seed < 16; seed++) yield return new Specimens(All[guide].Value.Guide, seed);
    }

    public Guide Guide { get; }

    public List<SpecimenRule> Rules { get; }

    public SpecimenLoop Least { get; }

    public List<SpecimenLoop> Family { get; } = [];

    /// <summary>What no specimen could be made to have.</summary>
    public List<Target> Unplaced { get; } = [];

    Specimens(Guide guide, ulong seed)
    {
        Guide = guide;
        var builder = new SpecimenBuilder(guide, seed);
        var sums = new SpecimenSums(builder);
        Rules = builder.Rules;
        if (!builder.Restart() || !sums.Settle())
            throw new InvalidOperationException($"{guide.Name}: no least specimen");
        Least = builder.Root;
        Family.Add(Least);
        var left = SpecimenTargets.Of(guide, Rules);
        Drop(left, Least);
        builder.Dice.Shuffle(left);
        for (var n = 0; left.Count > 0 && n < MostSpecimens; n++)
        {
            if (!Make(builder, sums, left))
            {
                Unplaced.Add(left[0]);
                left.RemoveAt(0);
                continue;
            }
            Family.Add(builder.Root);
            Drop(left, builder.Root);
        }
        Unplaced.AddRange(left);
        Family.Sort(static (x, y) => x.Flat().Count().CompareTo(y.Flat().Count()));
        foreach (var root in Family)
            foreach (var loop in root.All())
            {
                AddPlace(loop.Index, -1, root, loop);
                foreach (var segment in loop.Segments) AddPlace(loop.Index, segment.Row.Index, root, segment);
            }
    }

    readonly Dictionary<(int Loop, int Segment), List<(SpecimenLoop Root, SpecimenNode Node)>> places = [];

    void AddPlace(int loop, int segment, SpecimenLoop root, SpecimenNode node)
    {
        if (!places.TryGetValue((loop, segment), out var all)) places.Add((loop, segment), all = []);
        all.Add((root, node));
    }

    /// <summary>Where a loop stands (segment -1), or a segment, the smallest specimen first.</summary>
    public List<(SpecimenLoop Root, SpecimenNode Node)> Places(int loop, int segment) =>
        places.GetValueOrDefault((loop, segment)) ?? [];

    void Drop(List<Target> left, SpecimenLoop root)
    {
        var there = SpecimenTargets.In(Guide, root, Rules);
        left.RemoveAll(t => there.Contains(t.Key));
    }

    /// <summary>One specimen with the first of what is left, and as much of the rest as goes with it.</summary>
    static bool Make(SpecimenBuilder builder, SpecimenSums sums, List<Target> left)
    {
        for (var attempt = 0; attempt < 12; attempt++)
        {
            if (!builder.Restart() || !builder.Place(left[0])) continue;
            var isAlone = attempt > 5;
            foreach (var target in left.Skip(1))
            {
                if (isAlone || builder.Root.Flat().Count() > MostSegments) break;
                builder.Place(target);
            }
            if (sums.Settle()) return true;
        }
        return false;
    }
}
