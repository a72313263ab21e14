using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>The boxes of form 1500 (02/12), from the rows that are shipped inside the library.</summary>
internal static class Cms1500Layout
{
    /// <summary>Lines of service on one form, and how many lines of the page each takes.</summary>
    public const int ServiceLines = 6, ServiceStep = 2;

    public const int PageLines = 66, PageColumns = 79;

    static readonly Lazy<Cms1500Box[]> All = new(static () => Read("cms1500", ReadBox));
    static readonly Lazy<Dictionary<string, Cms1500Box>> ByName = new(static () =>
        All.Value.ToDictionary(static b => b.Name, StringComparer.Ordinal));

    /// <summary>All boxes, by line and column.</summary>
    public static IReadOnlyList<Cms1500Box> Boxes => All.Value;

    /// <exception cref="KeyNotFoundException">The form has no such box.</exception>
    public static Cms1500Box Box(string name) => ByName.Value[name];

    internal delegate T RowReader<T>(ref Rows rows);

    /// <summary>Reads all rows of a table of this room.</summary>
    internal static T[] Read<T>(string name, RowReader<T> row)
    {
        var rows = ShippedRows.Open($"forms/{name}.tsv");
        var all = new List<T>();
        while (rows.Next()) all.Add(row(ref rows));
        return [.. all];
    }

    static Cms1500Box ReadBox(ref Rows rows)
    {
        int need = rows.Column("need"), kind = rows.Column("kind");
        return new(new(rows[rows.Column("box")]), rows.Int(rows.Column("line")), rows.Int(rows.Column("column")),
            rows.Int(rows.Column("length")),
            rows[kind] switch
            {
                "text" => Cms1500Kind.Text,
                "number" => Cms1500Kind.Number,
                "date" => Cms1500Kind.Date,
                "money" => Cms1500Kind.Money,
                "check" => Cms1500Kind.Check,
                _ => throw rows.Wrong(kind, "is not a kind of box"),
            },
            rows[need] switch
            {
                "" => Cms1500Need.Optional,
                "y" => Cms1500Need.Required,
                "1" => Cms1500Need.OneOfItem,
                _ => throw rows.Wrong(need, "is neither y nor 1")
            }, FieldOf(rows, rows.Column("field")));
    }

    static Field FieldOf(Rows rows, int column)
    {
        if (rows[column].IsEmpty) return Field.None;
        foreach (var field in Enum.GetValues<Field>())
            if (rows[column].SequenceEqual(field.ToString())) return field;
        throw rows.Wrong(column, "is not a field");
    }
}
