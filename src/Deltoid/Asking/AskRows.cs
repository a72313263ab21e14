using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>The facts that an answer may ask for, by name: what is asked, and what it decides.</summary>
internal sealed class AskRows
{
    static readonly Lazy<AskRows> shipped = new(static () => new());

    readonly Dictionary<string, Missing> all = [];

    AskRows()
    {
        var rows = ShippedRows.Open("asking/asks.tsv");
        int fact = rows.Column("fact"), name = rows.Column("named"), why = rows.Column("why");
        while (rows.Next()) all.Add(new(rows[fact]), new(new(rows[name]), new(rows[why])));
    }

    public static AskRows Shipped => shipped.Value;

    public Missing? Find(string fact) => all.GetValueOrDefault(fact);
}
