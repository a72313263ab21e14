using System.Globalization;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>A field of a segment, by its number; one that is not there is empty.</summary>
internal readonly record struct Hl7Field(Hl7Message Message, int Segment, int Number, string Raw)
{
    public bool IsEmpty => Raw.Length == 0 || Raw == "\"\"";

    public string Path => $"{Message.PathOf(Segment)}-{Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Its repetitions; the field counts as read.</summary>
    public IEnumerable<Hl7Part> Repeats
    {
        get
        {
            if (IsEmpty) yield break;
            Message.MarkRead(Segment, Number);
            foreach (var repeat in Raw.Split(Message.Repetition)) yield return new(Message, repeat);
        }
    }

    /// <summary>There is more than one repetition; the field does not count as read.</summary>
    public bool IsRepeated => Raw.Contains(Message.Repetition, StringComparison.Ordinal);

    /// <summary>A component of the first repetition, without escapes. The field counts as read.</summary>
    public string this[int component] => Repeats.FirstOrDefault()[component];

    /// <summary>The first component.</summary>
    public string Text => this[1];

    /// <summary>It names the system of its code. The field does not count as read.</summary>
    public bool IsStated => !IsEmpty && new Hl7Part(Message, Raw)[3].Length > 0;

    /// <summary>As <see cref="Text"/>, and it does not count as read.</summary>
    public string Peek => IsEmpty ? "" : new Hl7Part(Message, Raw.Split(Message.Repetition)[0])[1];
}

/// <summary>One repetition of a field.</summary>
internal readonly record struct Hl7Part(Hl7Message? Message, string Raw)
{
    /// <summary>A component by its number from 1, without escapes; of one that has parts, the first.</summary>
    public string this[int component]
    {
        get
        {
            if (Message is null || Raw.Length == 0) return "";
            var parts = Raw.Split(Message.Component);
            if (component > parts.Length) return "";
            var text = Message.Unescape(parts[component - 1].Split(Message.Part)[0]).Trim();
            return text == "\"\"" ? "" : text;
        }
    }
}

/// <summary>
/// A message of HL7 v2: its segments and fields, found in one pass. It remembers which fields were read, so that the
/// others can be named.
/// </summary>
internal sealed class Hl7Message
{
    public const int MaxBytes = 16 << 20, MaxFields = 2_000_000;

    readonly record struct Row(string Name, int Ordinal, int First, int Count);

    readonly string text;
    readonly List<Row> rows = [];
    readonly List<(int Start, int End)> fields = [];
    readonly List<bool> isRead = [];
    readonly Dictionary<string, int> counts = [];

    /// <param name="text">The whole file; the message begins at <paramref name="start"/>.</param>
    Hl7Message(string text, int start)
    {
        this.text = text;
        var signs = text.AsSpan(start + 3, 5);
        (Field, Component, Repetition, Escape, Part) = (signs[0], signs[1], signs[2], signs[3], signs[4]);
        foreach (var sign in (char[])[Field, Component, Repetition, Escape, Part])
            if (char.IsAsciiLetterOrDigit(sign) || sign is '\r' or '\n' or ' ')
                throw new InputException("MSH-2", "a separator is a letter, a digit or a blank", "write ^~\\& there");
    }

    public char Field { get; }
    public char Component { get; }
    public char Repetition { get; }
    public char Escape { get; }
    public char Part { get; }

    /// <summary>An escape that is none of the standard's was met.</summary>
    public bool HasUnknownEscape { get; private set; }

    /// <summary>Reads all messages of a file: each begins with MSH. Frames of MLLP and batch headers are stepped over.
    /// </summary>
    /// <exception cref="InputException">There is none, or it is too large.</exception>
    public static List<Hl7Message> ReadAll(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes) throw new InputException("", "the file is larger than 16 MB", "split it");
        var all = new List<Hl7Message>();
        var decoded = Hl7Text.Decode(bytes.Span);
        Hl7Message? message = null;
        var total = 0;
        foreach (var range in decoded.AsSpan().SplitAny('\r', '\n', '\u000B', '\u001C'))
        {
            var line = decoded[range];
            if (line.StartsWith("MSH", StringComparison.Ordinal))
            {
                if (line.Length < 9) throw new InputException("MSH", "the header is cut off", "send the whole message");
                all.Add(message = new(decoded, range.Start.Value));
            }
            if (message is null || line.Length < 4 || line is ['F' or 'B', 'H' or 'T', 'S', ..]) continue;
            total += message.Add(range.Start.Value, line);
            if (total > MaxFields) throw new InputException("", "it has too many fields", "split it");
        }
        return all.Count > 0 ? all : throw new InputException("", "there is no segment MSH in it",
            "send a message of HL7 v2, as it came");
    }

    int Add(int start, string line)
    {
        var name = line[..3];
        if (!name.All(char.IsAsciiLetterOrDigit)) name = "???";
        counts[name] = counts.GetValueOrDefault(name) + 1;
        var first = fields.Count;
        var from = start + 4;
        for (var at = line.IndexOf(Field, 4); ; at = line.IndexOf(Field, at + 1))
        {
            var end = start + (at < 0 ? line.Length : at);
            fields.Add((from, Math.Max(from, end)));
            isRead.Add(false);
            from = end + 1;
            if (at < 0) break;
        }
        rows.Add(new(name, counts[name], first, fields.Count - first));
        return fields.Count - first;
    }

    public int SegmentCount => rows.Count;

    public string NameOf(int segment) => rows[segment].Name;

    public string PathOf(int segment) => string.Create(CultureInfo.InvariantCulture,
        $"{rows[segment].Name}[{rows[segment].Ordinal}]");

    /// <summary>A field by the number that the standard gives it: MSH-1 is the separator itself.</summary>
    public Hl7Field this[int segment, int number]
    {
        get
        {
            var row = rows[segment];
            var index = number - (row.Name == "MSH" ? 2 : 1);
            if (index < 0 || index >= row.Count) return new(this, segment, number, "");
            var (start, end) = fields[row.First + index];
            return new(this, segment, number, text[start..end]);
        }
    }

    /// <summary>The fields of a segment as they are written, without its name.</summary>
    public ReadOnlySpan<char> RawOf(int segment)
    {
        var row = rows[segment];
        return text.AsSpan(fields[row.First].Start..fields[row.First + row.Count - 1].End);
    }

    /// <summary>The first segment of a name; -1 where there is none.</summary>
    public int Find(string name, int from = 0, int before = int.MaxValue)
    {
        for (var i = from; i < Math.Min(before, rows.Count); i++)
            if (rows[i].Name == name) return i;
        return -1;
    }

    internal void MarkRead(int segment, int number)
    {
        var row = rows[segment];
        var index = number - (row.Name == "MSH" ? 2 : 1);
        if (index >= 0 && index < row.Count) isRead[row.First + index] = true;
    }

    internal void MarkAll(int segment)
    {
        for (var i = 0; i < rows[segment].Count; i++) isRead[rows[segment].First + i] = true;
    }

    /// <summary>Fields that hold something and that nobody has read; of a segment without any that was read, the
    /// segment alone.</summary>
    public IEnumerable<(string Path, bool IsSegment)> Unread()
    {
        for (var s = 0; s < rows.Count; s++)
        {
            var row = rows[s];
            if (!Enumerable.Range(row.First, row.Count).Any(i => isRead[i]))
            {
                yield return (PathOf(s), true);
                continue;
            }
            for (var i = 0; i < row.Count; i++)
            {
                var field = this[s, i + (row.Name == "MSH" ? 2 : 1)];
                if (!isRead[row.First + i] && !field.IsEmpty) yield return (field.Path, false);
            }
        }
    }

    internal string Unescape(string raw)
    {
        if (!raw.Contains(Escape, StringComparison.Ordinal)) return raw;
        var made = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            var end = raw[i] == Escape ? raw.IndexOf(Escape, i + 1) : -1;
            if (end < 0)
            {
                made.Append(raw[i]);
                continue;
            }
            AppendEscaped(raw[(i + 1)..end], made);
            i = end;
        }
        return made.ToString();
    }

    void AppendEscaped(string code, StringBuilder made)
    {
        switch (code)
        {
            case "F": made.Append(Field); break;
            case "S": made.Append(Component); break;
            case "T": made.Append(Part); break;
            case "R": made.Append(Repetition); break;
            case "E": made.Append(Escape); break;
            case "H" or "N": break; // highlighting says nothing
            case ['.', ..]: made.Append(' '); break; // line breaks and other formatting
            case ['X', .. var hex] when hex.Length is > 0 and <= 64 && hex.Length % 2 == 0
                && hex.All(char.IsAsciiHexDigit):
                made.Append(Encoding.Latin1.GetString(Convert.FromHexString(hex)));
                break;
            default:
                HasUnknownEscape = true;
                made.Append(Escape).Append(code).Append(Escape);
                break;
        }
    }
}
