using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>Families of codes by how they begin: the rows of <c>families.tsv</c>. Immutable; read once.</summary>
internal static class CodeFamilies
{
    sealed record Family(string First, string Last, string Ends, string Name)
    {
        public bool Has(string code) =>
            string.CompareOrdinal(code, 0, First, 0, First.Length) >= 0
                && string.CompareOrdinal(code, 0, Last, 0, Last.Length) <= 0
                && code.EndsWith(Ends, StringComparison.Ordinal);
    }

    static readonly Lazy<List<Family>> Shipped = new(Read);

    /// <summary>The family of a code of a procedure or a supply.</summary>
    public static string Of(Code code)
    {
        var text = code.ToString();
        return Shipped.Value.Find(family => family.Has(text))!.Name;
    }

    static List<Family> Read()
    {
        var families = new List<Family>();
        var rows = ShippedRows.Open("rules/families.tsv");
        int codes = rows.Column("codes"), ends = rows.Column("ends"), family = rows.Column("family");
        while (rows.Next())
        {
            var cell = rows[codes];
            var dash = cell.IndexOf('-');
            families.Add(new(new(dash < 0 ? cell : cell[..dash]), new(cell[(dash + 1)..]), new(rows[ends]),
                new(rows[family])));
        }
        return families;
    }
}
