using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>How a kind of question is answered.</summary>
/// <param name="When">Features that it must have, blank-separated: <c>a|b</c> either, <c>!a</c> not.</param>
/// <param name="By">What answers: a name of <see cref="Answerers"/>.</param>
/// <param name="Lead">The first words: yes, no, or what was looked for.</param>
/// <param name="Rules">Ids of the rules that answer, in order.</param>
/// <param name="Asks">Names of asks.tsv that the answer hangs on.</param>
internal sealed record IntentRow(string Id, string[] When, string By, string Lead, string[] Rules, string[] Asks)
{
    public bool Holds(Inquiry asked)
    {
        foreach (var term in When)
            if (!Meets(term, asked)) return false;
        return true;
    }

    static bool Meets(ReadOnlySpan<char> term, Inquiry asked)
    {
        while (Rows.NextItem(ref term, '|', out var feature))
            if (feature[0] == '!' ? !asked.Has(new(feature[1..])) : asked.Has(new(feature))) return true;
        return false;
    }
}

/// <summary>The rows of intents.tsv, in the order in which they are tried.</summary>
internal sealed class IntentRows
{
    static readonly Lazy<IntentRows> shipped = new(static () => new());

    readonly List<IntentRow> all = [];

    IntentRows()
    {
        var rows = ShippedRows.Open("asking/intents.tsv");
        int id = rows.Column("intent"), when = rows.Column("when"), by = rows.Column("by"), lead = rows.Column("lead"),
            rules = rows.Column("rules"), asks = rows.Column("asks");
        while (rows.Next())
            all.Add(new(new(rows[id]), List(rows[when]), new(rows[by]), new(rows[lead]), List(rows[rules]),
                List(rows[asks])));
    }

    public static IntentRows Shipped => shipped.Value;

    public IReadOnlyList<IntentRow> All => all;

    internal static string[] List(ReadOnlySpan<char> cell) =>
        new string(cell).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
