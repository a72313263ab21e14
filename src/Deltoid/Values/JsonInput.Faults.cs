using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Deltoid.Values;

/// <summary>How a fault is reported: pointer, line and column, what is wrong, what to try.</summary>
internal ref partial struct JsonInput
{
    /// <summary>An error about the value the reader is at.</summary>
    public readonly InputException Wrong(string problem, string tryThis) =>
        Fault(Pointer(), $"{Subject()} at {Where(Start)}: {problem}", tryThis);

    /// <summary>An error about a field that the object just read, or being read, does not have.</summary>
    public readonly InputException Missing(string name, string tryThis) =>
        Fault($"{Pointer()}/{name}", $"{name} at {Where(Start)}: the field is missing", tryThis);

    /// <summary>An error, after the fields that were passed over before it.</summary>
    readonly InputException Fault(string at, string message, string tryThis)
    {
        unknown.Add(new(at, message, tryThis));
        return All();
    }

    /// <summary>What was passed over, as one error; another that follows begins again.</summary>
    readonly InputException All()
    {
        var (first, rest) = (unknown[0], unknown[1..]);
        unknown.Clear();
        return new(first.At, first.Message, first.Try, [.. rest]);
    }

    /// <param name="example">The value as it may be written; empty when any will do.</param>
    public readonly InputException Due(string what, string example = "") =>
        Wrong($"{what} is due, not {KindWord}",
            example.Length > 0 ? $"write {what}, such as {example}" : $"write {what}");

    readonly InputException TextDue() => Wrong($"a text is due, not {KindWord}",
        Kind is JsonTokenType.StartObject or JsonTokenType.StartArray ? "write a text" : "write it in quotes");

    readonly string KindWord => Kind switch
    {
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => "null",
    };

    /// <summary>
    /// The reader is at a property name that is not ours. It is repeated only when it looks like a field: a file
    /// with its quotes astray can bring a patient's name here.
    /// </summary>
    readonly InputException Unknown(FieldNames names)
    {
        var name = "";
        try { name = reader.GetString() ?? ""; }
        catch (InvalidOperationException) { } // half a surrogate pair
        var shown = LooksLikeField(name) || (name.Length <= 32 && names.IsNear(name));
        var subject = shown ? $"field '{name}'" : "a field";
        return new($"{Pointer()}{(shown ? "/" + Escaped(name) : "")}", $"{subject} at {Where(Start)} is not known here",
            names.Suggest(shown ? name : ""));
    }

    /// <summary>Camel case without two capitals in a row, or with hyphens or underscores.</summary>
    static bool LooksLikeField(string name)
    {
        if (name.Length is 0 or > 32 || !char.IsAsciiLetterLower(name[0])) return false;
        for (var i = 1; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]) && name[i] is not ('_' or '-')) return false;
            if (char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterUpper(name[i - 1])) return false;
        }
        return true;
    }

    static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    readonly string Subject()
    {
        for (var i = depth; i > 0; i--)
            if (path[i].Name is { } name) return name;
        return "the document";
    }

    /// <summary>Where the reader stands, as a JSON pointer (RFC 6901).</summary>
    readonly string Pointer()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= depth; i++)
        {
            if (path[i].Name is { } name) text.Append('/').Append(name);
            else if (path[i].Index >= 0) text.Append('/').Append(path[i].Index.ToString(CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    /// <summary>Line and column of a byte, both from 1, the column in characters.</summary>
    readonly string Where(int offset)
    {
        var before = utf8[..Math.Min(offset, utf8.Length)];
        var line = before.Count((byte)'\n');
        return $"{line + 1}:{Characters(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1}";
    }

    readonly int ColumnOf(int line, int bytes)
    {
        var rest = utf8;
        for (; line > 0; line--) rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        return Characters(rest[..Math.Min(bytes, rest.Length)]) + 1;
    }

    static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
            if ((b & 0xC0) != 0x80) count++;
        return count;
    }

    static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length
            && Rune.DecodeFromUtf8(text[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }
}
