using System.Text.Json;
using System.Text.Unicode;

namespace Deltoid.Values;

/// <summary>
/// Steps through one JSON document and knows where it stands, so that whatever does not read is refused with its JSON
/// pointer, line and column. Messages name fields of ours and positions, never a value of the input. A null counts as
/// an absent field. Every read leaves the reader on the last token of the value. The only exception that comes out is
/// <see cref="InputException"/>.
/// </summary>
internal ref partial struct JsonInput
{
    public const int MaxDepth = 32;
    public const int MaxBytes = 64 << 20;
    const int MostUnknown = 20;

    readonly ReadOnlySpan<byte> utf8;
    readonly Step[] path;
    // what was passed over, such as fields that are not ours: reported together
    readonly List<InputException> unknown = [];
    Utf8JsonReader reader;
    int depth;

    /// <summary>
    /// One level of the pointer: a field's name or, when that is null, an index; -1 when neither is reached yet.
    /// </summary>
    struct Step
    {
        public string? Name;
        public int Index;
    }

    /// <summary>Opens a document at its first token.</summary>
    public JsonInput(ReadOnlySpan<byte> utf8)
    {
        this.utf8 = utf8;
        path = new Step[MaxDepth + 1];
        if (utf8.Length > MaxBytes)
            throw new InputException("", "the document is larger than 64 MB", "split it into several files");
        if (!Utf8.IsValid(utf8))
            throw new InputException("", $"{Where(FirstInvalid(utf8))}: the text is not UTF-8", "save it as UTF-8");
        if (utf8.Trim(" \t\r\n"u8).IsEmpty) throw new InputException("", "it is empty", "give a JSON object");
        reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 2 * MaxDepth });
        Advance();
    }

    /// <summary>The document without the byte order mark that some editors put in front.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    public readonly JsonTokenType Kind => reader.TokenType;

    /// <summary>The first byte of the value the reader is at.</summary>
    public readonly int Start => (int)reader.TokenStartIndex;

    /// <summary>The byte after the last token read.</summary>
    public readonly int End => (int)reader.BytesConsumed;

    /// <summary>Demands that nothing was passed over.</summary>
    public readonly void RefuseUnknown()
    {
        if (unknown.Count > 0) throw All();
    }

    void PassOver(FieldNames names)
    {
        unknown.Add(Unknown(names));
        if (unknown.Count == MostUnknown) RefuseUnknown();
        AdvanceToValue();
        Skip();
    }

    /// <summary>
    /// Keeps an error about the value the reader is at, and steps over it, so that the rest is read too.
    /// </summary>
    /// <exception cref="InputException">The value is not JSON to its end: nothing after it can be read.</exception>
    public void PassOver(InputException error)
    {
        try { Skip(); }
        catch (InputException) { throw error; }
        unknown.Add(new(error.At, error.Message, error.Try));
        unknown.AddRange(error.Also);
        if (unknown.Count >= MostUnknown) RefuseUnknown();
    }

    /// <summary>Demands that nothing follows the document, and that no field was unknown.</summary>
    public void Close()
    {
        RefuseUnknown();
        if (Advance()) throw Wrong("something follows the document", "keep one JSON value in a file");
    }

    /// <param name="example">For who writes something else here.</param>
    public void EnterObject(string example = "")
    {
        if (Kind != JsonTokenType.StartObject) throw Due("an object", example);
        path[++depth] = new Step { Index = -1 };
    }

    /// <summary>Steps to the value of the next field that is not null; false at the end of the object.</summary>
    /// <param name="seen">The fields met so far, a bit each; start with 0.</param>
    public bool NextField(FieldNames names, ref ulong seen, out string name)
    {
        while (NextName())
        {
            var index = names.Find(ref reader);
            if (index < 0)
            {
                PassOver(names);
                continue;
            }
            name = names[index];
            path[depth].Name = name;
            if ((seen & (1UL << index)) != 0) throw Wrong("the field is given twice", "keep one of the two");
            seen |= 1UL << index;
            AdvanceToValue();
            if (Kind != JsonTokenType.Null) return true;
        }
        name = "";
        return false;
    }

    /// <summary>
    /// Steps to the next property of an object whose names are data; read the name with <see cref="TextBytes"/>, then
    /// <see cref="AdvanceToValue"/>.
    /// </summary>
    /// <param name="seen">The names met so far; start with an empty set.</param>
    public bool NextName(HashSet<string> seen)
    {
        if (!NextName()) return false;
        if (!seen.Add(System.Text.Encoding.UTF8.GetString(TextBytes())))
            throw Wrong("a field in it is given twice", "keep one of the two");
        return true;
    }

    bool NextName()
    {
        Advance();
        path[depth].Name = null;
        path[depth].Index = -1;
        if (Kind == JsonTokenType.PropertyName) return true;
        depth--;
        return false;
    }

    public void AdvanceToValue() => Advance();

    public void EnterArray(string example = "")
    {
        if (Kind != JsonTokenType.StartArray) throw Due("a list", example);
        path[++depth] = new Step { Index = -1 };
    }

    /// <summary>Steps to the next item; false at the end of the list.</summary>
    public bool NextItem()
    {
        Advance();
        if (Kind == JsonTokenType.EndArray)
        {
            depth--;
            return false;
        }
        path[depth].Index++;
        return true;
    }

    /// <summary>
    /// Steps over the value the reader is at, whatever it holds, under the same rules of depth and of no field
    /// twice.
    /// </summary>
    public void Skip()
    {
        if (Kind == JsonTokenType.StartArray)
            for (EnterArray(); NextItem();) Skip();
        if (Kind != JsonTokenType.StartObject) return;
        var seen = new HashSet<string>();
        for (EnterObject(); NextName(seen);)
        {
            AdvanceToValue();
            Skip();
        }
    }

    bool Advance()
    {
        bool more;
        try { more = reader.Read(); }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0);
            throw Fault(Pointer(),
                $"{Subject()} at {line + 1}:{ColumnOf(line, (int)(e.BytePositionInLine ?? 0))}: this is not JSON",
                "look for a missing quote, comma or bracket just before");
        }
        if (more && Kind is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
            throw Wrong("objects and lists stand deeper than 32 in one another", "flatten it");
        return more;
    }
}
