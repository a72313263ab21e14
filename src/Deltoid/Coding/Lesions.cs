using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Into lesions: counted by lesions, not punctures; up to seven, or eight and more. A drug against cancer has its own
/// pair of codes, and both pairs are on one claim only for other lesions and other drugs (NCCI manual III-G).
/// </summary>
internal static class Lesions
{
    public static void Bill(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Intralesional);
        if (all.Count == 0) return;
        if (all.TrueForAll(g => g.Charted.Lesions is null))
        {
            visit.Ask(all[0], Questions.Lesions, Answer.Unknown, all[0].At(Field.Lesions));
            visit.Say(CodingFindings.LesionsNotCharted, all[0].At(Field.Lesions));
            return;
        }
        var chemo = all.FindAll(g => g.Class == DrugClass.Antineoplastic);
        // another drug goes with the one against cancer unless it went somewhere else
        var beside = all.FindAll(g => chemo.Exists(c => c.Where.Compare(g.Where) != Likeness.Different));
        chemo.AddRange(beside.FindAll(g => !chemo.Contains(g)));
        Bill(visit, chemo, Known.LesionsChemoFew, Known.LesionsChemoMany);
        Bill(visit, all.FindAll(g => !chemo.Contains(g)), Known.LesionsFew, Known.LesionsMany);
    }

    static void Bill(Case visit, List<Given> all, Code few, Code many)
    {
        if (all.Count == 0) return;
        var lesions = Count(all);
        var count = Arg.Count(lesions);
        visit.Ask(all[0], Questions.Lesions, Answer.Value, all[0].At(Field.Lesions), count, value: count);
        visit.Bill(all[0], lesions <= 7 ? few : many).Givens.AddRange(all.Skip(1));
    }

    /// <summary>The lesions of the visit. Another drug into the same lesions adds none.</summary>
    static int Count(List<Given> all)
    {
        var sum = 0;
        for (var i = 0; i < all.Count; i++)
        {
            var same = all.FindIndex(g => !g.IsSameDrug(all[i]) && g.Where.Compare(all[i].Where) != Likeness.Different);
            if (same < 0 || same >= i) sum += all[i].Charted.Lesions ?? 0;
        }
        return sum;
    }
}
