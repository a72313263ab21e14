using Deltoid.Findings;
using Deltoid.Traces;

namespace Deltoid.Coding;

/// <summary>20552 for one or two muscles, 20553 for three or more: once, whatever the number of punctures.</summary>
internal static class TriggerPoints
{
    public static void Bill(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.TriggerPoint);
        if (all.Count == 0) return;
        var muscles = Muscles(visit, all);
        if (muscles == 0)
        {
            visit.Ask(all[0], Questions.Muscles, Answer.Unknown, all[0].At(Field.Muscles));
            visit.Say(CodingFindings.MusclesNotCharted, all[0].At(Field.Muscles));
            return;
        }
        var count = Arg.Count(muscles);
        visit.Ask(all[0], Questions.Muscles, Answer.Value, all[0].At(Field.Muscles), count, value: count);
        visit.Bill(all[0], muscles <= 2 ? Known.TriggerFew : Known.TriggerMany).Givens.AddRange(all.Skip(1));
    }

    /// <summary>
    /// The muscles charted as a count, or each named once with its side; 0 when an entry has neither.
    /// </summary>
    static int Muscles(Case visit, List<Given> all)
    {
        var named = new HashSet<(string, Side)>();
        var counted = 0;
        foreach (var given in all)
        {
            if (given.Charted.Muscles is { } count)
            {
                counted += count;
                continue;
            }
            var muscle = BodySite.Term(visit.Book, "muscle", given.Words);
            if (muscle.Length == 0 || all.Count == 1) return 0; // one entry may name one muscle of several
            named.Add((muscle, given.Where.Side));
        }
        return counted + named.Count;
    }
}
