namespace Deltoid.Values;

/// <summary>
/// One field of a JSON object of ours: the reader takes its name from here, and schemas and documentation are written
/// from here.
/// </summary>
/// <param name="Says">What it means, its unit, and what it is not, in words a biller understands.</param>
/// <param name="Example">A value as JSON; empty where the type says enough.</param>
/// <param name="Left">What it means to leave the field out.</param>
internal sealed record JsonField(string Name, JsonType Type, string Says, string Example = "",
    string Left = "not known")
{
    /// <summary>The object does not read, or is not written, without it.</summary>
    public bool Required { get; init; }

    /// <summary>It may be null where it is written, which says that there is none.</summary>
    public bool OrNull { get; init; }
}

/// <summary>The ways in which a field is written.</summary>
internal enum JsonKind : byte { Text, Day, Flag, Whole, Number, Word, List, Object, Map, Either, Open, Zero }

/// <summary>How a field is written in JSON, as JSON Schema 2020-12 can say it.</summary>
internal sealed record JsonType(JsonKind Kind)
{
    public static readonly JsonType
        Text = new(JsonKind.Text), Day = new(JsonKind.Day), Flag = new(JsonKind.Flag),
        Whole = new(JsonKind.Whole) { Least = 0 },
        Number = new(JsonKind.Number),
        Units = new(JsonKind.Number) { Least = 0, Step = "0.001" },
        Quantity = new(JsonKind.Number) { Step = "0.001" },
        Money = new(JsonKind.Number) { Step = "0.01" },
        Charge = new(JsonKind.Number) { Least = 0, Step = "0.01" },
        Zero = new(JsonKind.Zero),
        Open = new(JsonKind.Open);

    /// <summary>The words it takes.</summary>
    public Vocabulary? Words { get; private init; }

    /// <summary>The texts it takes, where they are no vocabulary.</summary>
    public string[] Choices { get; private init; } = [];

    /// <summary>Other texts are read too: as a synonym, or as charted and not understood.</summary>
    public bool IsLenient { get; private init; }

    /// <summary>The regular expression that a text matches.</summary>
    public string Pattern { get; private init; } = "";

    public int? Least { get; private init; }

    /// <summary>The step in which a number goes: <c>0.01</c>.</summary>
    public string Step { get; private init; } = "";

    /// <summary>Of a list or map its item; of an Either its choices.</summary>
    public JsonType[] Of { get; private init; } = [];

    /// <summary>The name of the object in a schema, and its fields.</summary>
    public string Name { get; private init; } = "";

    public FieldNames? Fields { get; private init; }

    public static JsonType Like(string pattern) => new(JsonKind.Text) { Pattern = pattern };

    /// <summary>
    /// A word of a vocabulary, in any of its spellings; what is no word of it is charted and not understood.
    /// </summary>
    public static JsonType Charted(Vocabulary words) => new(JsonKind.Word) { Words = words, IsLenient = true };

    /// <summary>A word of a vocabulary, and no other text.</summary>
    public static JsonType Word(Vocabulary words) => new(JsonKind.Word) { Words = words };

    public static JsonType OneOf(params string[] choices) => new(JsonKind.Word) { Choices = choices };

    public static JsonType ListOf(JsonType item) => new(JsonKind.List) { Of = [item] };

    public static JsonType MapOf(JsonType item) => new(JsonKind.Map) { Of = [item] };

    public static JsonType Either(params JsonType[] types) => new(JsonKind.Either) { Of = types };

    public static JsonType Object(string name, FieldNames fields) =>
        new(JsonKind.Object) { Name = name, Fields = fields };

    /// <summary>How it is written, in a few words: <c>text</c>, <c>list of objects</c>.</summary>
    public override string ToString() => Kind switch
    {
        JsonKind.Text => "text",
        JsonKind.Day => "date",
        JsonKind.Flag => "true/false",
        JsonKind.Whole => "whole number",
        JsonKind.Number => Step == "0.01" ? "dollars" : "number",
        JsonKind.Word => Words is null ? string.Join(", ", Choices) : "word",
        JsonKind.List => $"list of {(Of[0].Kind == JsonKind.Object ? "objects" : Of[0] + "s")}",
        JsonKind.Zero => "0",
        JsonKind.Map => $"code → {Of[0]}",
        JsonKind.Either => string.Join(" or ", Of.Select(static t => t.ToString()).Distinct()),
        _ => "object",
    };
}
