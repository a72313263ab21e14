using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>How a field of a fact is written.</summary>
internal enum FactType : byte { Text, Day, Moment, Code, Codes, Number, Money, Flag, Ndc, Days, Texts, Word, Words }

/// <summary>A field of a fact of the record.</summary>
/// <param name="Words">The words it takes; empty where it takes any text.</param>
internal sealed record FactField(string Name, FactType Type, bool IsRequired, string[] Words);

/// <summary>A kind of fact that a practice may know beside the chart.</summary>
/// <param name="Knows">Who in a practice knows it: chart, stock, desk, file, profile …</param>
/// <param name="Same">The fields that two facts share when they speak of the same thing, by index.</param>
/// <param name="One">The fields in which two facts of the same thing must then agree, by index.</param>
/// <param name="IsOfPatient">It holds for the patient's other claims too.</param>
internal sealed record FactKind(string Name, FactField[] Fields, string Knows, int[] Same, int[] One, bool IsOfPatient)
{
    /// <summary>All fields, also those that every fact has.</summary>
    public FieldNames Names { get; } = new(
    [
        new JsonField("fact", JsonType.OneOf(Name), "What is known.") { Required = true }, .. Common,
        .. Fields.Select(static f => new JsonField(f.Name, TypeOf(f), SaysOf(f))),
    ]);

    static readonly JsonField[] Common =
    [
        new("is", JsonType.Flag, "false where it is known that it is not so.", "", "true"),
        new("lines", JsonType.ListOf(JsonType.Whole), "The numbers of the lines that it is about.", "[1]", "all"),
        new("where", JsonType.Text, "Where in the practice it is written, for people."),
    ];

    static string SaysOf(FactField field) => (field.IsRequired ? "Needed, unless is is false. " : "")
        + field.Type switch
        {
            FactType.Code => "A code.",
            FactType.Codes => "Codes.",
            FactType.Ndc => "An NDC: eleven digits, or with hyphens.",
            FactType.Money => "Dollars.",
            FactType.Day => "A day.",
            FactType.Days => "Days.",
            FactType.Moment => "A day, or a day and a time.",
            FactType.Word or FactType.Words => "Of these words.",
            FactType.Number => "A number.",
            FactType.Flag => "Whether it is so.",
            _ => "In your words.",
        };

    static JsonType TypeOf(FactField field) => field.Type switch
    {
        FactType.Day => JsonType.Day,
        FactType.Moment => JsonType.Like(@"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$"),
        FactType.Number => JsonType.Number,
        FactType.Money => JsonType.Money,
        FactType.Flag => JsonType.Flag,
        FactType.Days => JsonType.ListOf(JsonType.Day),
        FactType.Codes or FactType.Texts => JsonType.ListOf(JsonType.Text),
        FactType.Word => JsonType.OneOf(field.Words),
        FactType.Words => JsonType.ListOf(JsonType.OneOf(field.Words)),
        _ => JsonType.Text,
    };

    /// <summary>The field of a name, or null.</summary>
    public FactField? Field(string name) => Array.Find(Fields, f => f.Name == name);
}

/// <summary>The closed vocabulary of the record (<c>facts.tsv</c>). Immutable; one is shared.</summary>
internal sealed class FactKinds
{
    static readonly Lazy<FactKinds> shipped = new(static () => new());

    readonly Dictionary<string, FactKind> byName = [];

    FactKinds()
    {
        var rows = ShippedRows.Open("rules/facts.tsv");
        int fact = rows.Column("fact"), fields = rows.Column("fields"), knows = rows.Column("knows"),
            one = rows.Column("one"), of = rows.Column("of");
        _ = rows.Column("decides");
        while (rows.Next())
        {
            var made = new List<FactField>();
            var cell = rows[fields];
            while (Rows.NextItem(ref cell, ' ', out var item))
                made.Add(FieldOf(item.ToString()) ?? throw rows.Wrong(fields, "holds a field that does not read"));
            var (said, mark) = (rows[one].ToString(), rows[one].IndexOf('>'));
            var kind = new FactKind(rows[fact].ToString(), [.. made], rows[knows].ToString(),
                mark < 0 ? [] : Places(rows, one, said[..mark], made),
                mark < 0 ? [] : Places(rows, one, said[(mark + 1)..], made), rows[of].SequenceEqual("patient"));
            byName.Add(kind.Name, kind);
        }
    }

    static int[] Places(in Rows rows, int column, string names, List<FactField> fields)
    {
        var places = new List<int>();
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
            places.Add(fields.FindIndex(f => f.Name == name) is >= 0 and var found
                ? found
                : throw rows.Wrong(column, $"{name}: no field of the fact"));
        return [.. places];
    }

    public static FactKinds Shipped => shipped.Value;

    public IReadOnlyCollection<FactKind> All => byName.Values;

    /// <summary>The kind of a name, or null.</summary>
    public FactKind? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The name nearest to one that is not known; empty where none is near.</summary>
    public string NearestTo(string name) => Nearest.Of(name, [.. byName.Keys]);

    /// <summary><c>number:text?</c>, <c>by:letter|call</c>, <c>documents:[exam|plan]?</c>.</summary>
    static FactField? FieldOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1) return null;
        var isRequired = !text.EndsWith('?');
        var (name, type) = (text[..colon], text[(colon + 1)..].TrimEnd('?'));
        if (type is ['[', .., ']']) return new(name, FactType.Words, isRequired, type[1..^1].Split('|'));
        if (type.Contains('|', StringComparison.Ordinal)) return new(name, FactType.Word, isRequired, type.Split('|'));
        return Enum.TryParse<FactType>(type, ignoreCase: true, out var known) ? new(name, known, isRequired, []) : null;
    }
}
