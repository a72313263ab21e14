using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>
/// A document of JSON as one flat list of its values, made in one pass without recursion. It remembers which values
/// were read, so that what nobody has read can be named. Depth, size and number of values are limited, and a name that
/// comes twice in one object is refused.
/// </summary>
internal sealed class FhirTree
{
    public const int MaxDepth = 64, MaxBytes = 16 << 20, MaxValues = 2_000_000;

    /// <summary>Up to so many members of an object are compared one by one; beyond it their names are hashed.</summary>
    const int FewMembers = 24;

    /// <summary>A value; <c>After</c> is the first value that is not in it.</summary>
    internal struct Value
    {
        public JsonTokenType Kind;
        public bool HasRead;
        public int Start, Length, Name, NameLength, Parent, Ordinal, After;
    }

    readonly byte[] utf8;
    readonly List<Value> values = [];

    FhirTree(byte[] utf8) => this.utf8 = utf8;

    public FhirNode Root => new(this, 0);

    /// <exception cref="InputException">It is no JSON, too large, too deep, or has a name twice.</exception>
    public static FhirTree Read(ReadOnlyMemory<byte> document)
    {
        var bytes = JsonInput.WithoutMark(document);
        if (bytes.Length > MaxBytes) throw new InputException("", "the document is larger than 16 MB", "send less");
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span))
            throw new InputException("", "the text is not UTF-8", "save it as UTF-8");
        var tree = new FhirTree(bytes.ToArray());
        tree.Fill();
        return tree;
    }

    void Fill()
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        Span<int> open = stackalloc int[MaxDepth + 1];
        Span<int> counts = stackalloc int[MaxDepth + 1];
        var (depth, name, nameLength) = (-1, 0, 0);
        while (Next(ref reader))
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    (name, nameLength) = NameOf(ref reader, open[depth]);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Close(open[depth--]);
                    break;
                default:
                    var parent = depth < 0 ? -1 : open[depth];
                    var isItem = parent >= 0 && values[parent].Kind == JsonTokenType.StartArray;
                    Add(ref reader, parent, isItem ? counts[depth]++ : -1, name, isItem ? 0 : nameLength);
                    nameLength = 0;
                    if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) break;
                    open[++depth] = values.Count - 1;
                    counts[depth] = 0;
                    break;
            }
    }

    static bool Next(ref Utf8JsonReader reader)
    {
        try { return reader.Read(); }
        catch (JsonException e)
        {
            throw new InputException("", string.Create(CultureInfo.InvariantCulture,
                $"at {e.LineNumber + 1}:{e.BytePositionInLine + 1}: this is not JSON, or deeper than {MaxDepth}"),
                "look for a missing quote, comma or bracket just before");
        }
    }

    (int, int) NameOf(ref Utf8JsonReader reader, int parent)
    {
        if (reader.ValueIsEscaped)
            throw Wrong(new(this, parent), "a name in it is written with escapes", "write names as they are");
        return ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
    }

    void Add(ref Utf8JsonReader reader, int parent, int ordinal, int name, int nameLength)
    {
        if (values.Count == MaxValues) throw new InputException("", "it holds too many values", "send less");
        var isText = reader.TokenType == JsonTokenType.String;
        values.Add(new()
        {
            Kind = reader.TokenType, Parent = parent, Ordinal = ordinal, Name = name, NameLength = nameLength,
            Start = (int)reader.TokenStartIndex, Length = reader.ValueSpan.Length + (isText ? 2 : 0),
            After = values.Count + 1,
        });
        if (!isText || !reader.ValueIsEscaped) return;
        try { reader.GetString(); }
        catch (InvalidOperationException)
        {
            throw Wrong(new(this, values.Count - 1), "an escape in this text is half a character",
                "write the character itself");
        }
    }

    /// <summary>Knows where the object ends, and that none of its names comes twice.</summary>
    void Close(int index)
    {
        var closed = values[index];
        closed.After = values.Count;
        values[index] = closed;
        if (closed.Kind != JsonTokenType.StartObject) return;
        var members = 0;
        for (var i = index + 1; i < closed.After; i = values[i].After) members++;
        var seen = members > FewMembers ? new HashSet<string>(members) : null;
        for (var i = index + 1; i < closed.After; i = values[i].After)
            if (seen is null ? Find(index, NameBytes(i), until: i) >= 0
                : !seen.Add(Encoding.UTF8.GetString(NameBytes(i))))
                throw Wrong(new(this, i), "the element comes twice", "keep one of the two");
    }

    /// <summary>The member of an object; -1 where it has none.</summary>
    internal int Find(int parent, ReadOnlySpan<byte> name, int until = int.MaxValue)
    {
        if (parent < 0 || values[parent].Kind != JsonTokenType.StartObject) return -1;
        var end = Math.Min(values[parent].After, until);
        for (var i = parent + 1; i < end; i = values[i].After)
            if (NameBytes(i).SequenceEqual(name)) return i;
        return -1;
    }

    internal ReadOnlySpan<byte> NameBytes(int index) => utf8.AsSpan(values[index].Name, values[index].NameLength);

    internal Value this[int index] => values[index];

    internal ReadOnlySpan<byte> RawOf(int index)
    {
        var value = values[index];
        if (value.Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return utf8.AsSpan(value.Start, value.Length);
        var reader = new Utf8JsonReader(utf8.AsSpan(value.Start), new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        reader.Skip();
        return utf8.AsSpan(value.Start, (int)reader.BytesConsumed);
    }

    /// <summary>This value was read, and with it some of each that holds it.</summary>
    internal void MarkRead(int index)
    {
        for (; index >= 0 && !values[index].HasRead; index = values[index].Parent)
        {
            var value = values[index];
            value.HasRead = true;
            values[index] = value;
        }
    }

    /// <summary>All that is in this value was read.</summary>
    internal void MarkAll(int index)
    {
        MarkRead(index);
        for (var i = index + 1; i < values[index].After; i++) MarkRead(i);
    }

    /// <summary>The values that nobody has read; of an object that was read in part, its members.</summary>
    public IEnumerable<FhirNode> Unread()
    {
        for (var i = 0; i < values.Count;)
        {
            if (values[i].HasRead)
            {
                i++;
                continue;
            }
            yield return new(this, i);
            i = values[i].After;
        }
    }

    internal static InputException Wrong(FhirNode at, string message, string tryThis) =>
        new(at.Path, message, tryThis);
}
