using System.Text;
using System.Text.Json;

namespace Deltoid.Values;

/// <summary>The fields that one kind of JSON object takes, at most 64.</summary>
internal sealed class FieldNames
{
    readonly string[] names;
    readonly byte[][] utf8;

    /// <summary>
    /// The fields with how they are written and what they say; empty where only their names are stated.
    /// </summary>
    public IReadOnlyList<JsonField> Fields { get; } = [];

    /// <summary>A reader of ours takes the object, and counts a null as an absent field.</summary>
    public bool IsReadBack { get; init; } = true;

    public FieldNames(params JsonField[] fields)
        : this(Array.ConvertAll(fields, static f => f.Name)) => Fields = fields;

    public FieldNames(params string[] names)
    {
        if (names.Length > 64) throw new ArgumentException("at most 64 names", nameof(names));
        this.names = names;
        utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
    }

    public string this[int index] => names[index];

    public bool Has(string name) => Array.IndexOf(names, name) >= 0;

    /// <summary>The position of the property name the reader is at, or -1.</summary>
    public int Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped) return -1; // no name of ours needs an escape
        var name = reader.ValueSpan;
        for (var i = 0; i < utf8.Length; i++)
            if (name.SequenceEqual(utf8[i])) return i;
        return -1;
    }

    /// <summary>What to try instead of an unknown name: the one that people mean by it, the nearest within two changes,
    /// or all of them.</summary>
    public string Suggest(string unknown)
    {
        if (FieldSynonyms.Of(unknown, names) is ({ } field, { } within))
            return within.Length > 0 ? $"did you mean {field}, within {within}?" : $"did you mean {field}?";
        var best = Nearest.Of(unknown, names);
        return best.Length > 0 ? $"did you mean {best}?" : $"fields known here: {string.Join(", ", names)}";
    }

    public bool IsNear(string unknown) => Suggest(unknown).StartsWith("did", StringComparison.Ordinal);
}
