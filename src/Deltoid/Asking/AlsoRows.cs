using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// What a question names beside what was answered: rows of also.tsv, each a rule that must not go unsaid when its
/// features are there and no sentence rests on it yet.
/// </summary>
internal static class AlsoRows
{
    const int MostSaid = 2;

    static readonly Lazy<List<IntentRow>> shipped = new(static () =>
    {
        var all = new List<IntentRow>();
        var rows = ShippedRows.Open("asking/also.tsv");
        int when = rows.Column("when"), rule = rows.Column("rule");
        while (rows.Next()) all.Add(new(new(rows[rule]), IntentRows.List(rows[when]), "", "", [new(rows[rule])], []));
        return all;
    });

    public static IReadOnlyList<IntentRow> All => shipped.Value;

    public static void Say(Inquiry asked, ReplyDraft draft)
    {
        var said = 0;
        foreach (var row in All)
        {
            if (said == MostSaid) return;
            if (draft.HasCited(row.Id) || !row.Holds(asked)) continue;
            draft.SayRule(row.Id);
            said++;
        }
    }
}
