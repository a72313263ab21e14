using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>The fast reader of segments agrees with one that goes byte by byte, whatever it is given.</summary>
public sealed class TokenizerTests
{
    sealed record Token(int Start, int End, bool IsCut, List<(int Start, List<int> Marks)> Elements);

    /// <summary>
    /// Segments as X12.5 defines them: up to the terminator, elements parted by one mark, what is in them by two
    /// others. Line ends and blanks before a segment are no part of it. Element 0 is the name.
    /// </summary>
    static List<Token> Tokens(byte[] text, int length, Delimiters marks)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < length && text[at] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t') at++;
            if (at == length) return tokens;
            var (start, elements) = (at, new List<(int Start, List<int> Marks)> { (at, []) });
            for (; at < length && (text[at] != marks.Segment || text[at] == marks.Element); at++)
            {
                if (text[at] == marks.Element) elements.Add((at + 1, []));
                else if (text[at] == marks.Component || text[at] == marks.Repetition) elements[^1].Marks.Add(at);
            }
            tokens.Add(new(start, at, at == length, elements));
            if (at < length) at++;
        }
    }

    [Fact]
    public void Both_read_the_same()
    {
        var count = LongRun.Count(20_000, 1_000_000);
        var (dice, reader) = (new Dice(11), new SegmentReader());
        var sources = new[] { "837P", "835", "999" }.SelectMany(static n =>
            Specimens.Of(n).Family.Take(6).Select(r => new SpecimenText(Specimens.Of(n).Guide, r).Bytes())).ToList();
        for (var i = 0; i < count; i++)
        {
            var marks = dice.OneIn(4)
                ? new Delimiters((byte)'|', (byte)'>', (byte)'!', dice.OneIn(2) ? (byte)'\n' : (byte)'\'')
                : Delimiters.Usual;
            var text = Mutated(dice, dice.Of(sources), marks, out var length);
            Assert.True(Differs(reader, text, length, marks) is var fault && fault.Length == 0,
                $"input {i}: {fault}\n{System.Text.Encoding.Latin1.GetString(text, 0, length)}");
        }
    }

    /// <summary>
    /// A part of a specimen with bytes changed, put in, left out; separators and line ends above all.
    /// </summary>
    static byte[] Mutated(Dice dice, byte[] source, Delimiters marks, out int length)
    {
        var (from, size) = (dice.Next(source.Length - 10), 1 + dice.Next(dice.OneIn(10) ? 2000 : 250));
        List<byte> text = [.. source.Skip(from).Take(size)];
        for (var i = 0; i < text.Count; i++)
            text[i] = text[i] switch
            {
                (byte)'*' => marks.Element, (byte)':' => marks.Component, (byte)'^' => marks.Repetition,
                (byte)'~' => marks.Segment, var b => b
            };
        byte[] often =
            [marks.Element, marks.Component, marks.Repetition, marks.Segment, (byte)'\r', (byte)'\n', (byte)' ',
                (byte)'\t', 0, 0xC3, (byte)'A'];
        for (var n = dice.Next(12); n > 0 && text.Count > 0; n--)
        {
            var (at, b) = (dice.Next(text.Count), dice.OneIn(3) ? (byte)dice.Next(256) : dice.Of(often));
            switch (dice.Next(4))
            {
                case 0: text[at] = b; break;
                case 1: text.Insert(at, b); break;
                case 2: text.RemoveAt(at); break;
                default: text.InsertRange(at, Enumerable.Repeat(b, dice.Next(dice.OneIn(20) ? 300 : 5))); break;
            }
        }
        length = text.Count;
        return [.. text, .. new byte[SegmentReader.Slack]];
    }

    static string Differs(SegmentReader reader, byte[] text, int length, Delimiters marks)
    {
        reader.Open(text, 0, length, marks);
        foreach (var token in Tokens(text, length, marks))
        {
            if (!reader.Next()) return $"no segment at {token.Start}";
            if ((reader.Start, reader.End, reader.IsCut) != (token.Start, token.End, token.IsCut))
                return $"{token.Start} to {token.End}, not {reader.Start} to {reader.End}";
            var most = Math.Min(token.Elements.Count - 1, SegmentReader.MostElements);
            if (reader.Elements != most || reader.IsOverlong != most < token.Elements.Count - 1)
                return $"{token.Elements.Count - 1} elements at {token.Start}, not {reader.Elements}";
            for (var n = 1; n <= most; n++)
                if (DiffersIn(reader, token, n, most) is { Length: > 0 } fault) return fault;
            var name = (most == 0 ? token.End : token.Elements[1].Start - 1) - token.Start;
            if (reader.Id != (name is 2 or 3 ? Packed(text.AsSpan(token.Start, name)) : 0))
                return $"the name at {token.Start}";
        }
        if (reader.Next()) return $"one segment more at {reader.Start}";
        var hasControls = Enumerable.Range(0, length)
            .Any(i => text[i] < 32 && !IsMark(text[i], marks) && i > 1 && text[i - 1] != marks.Segment
                && text[i - 2] != marks.Segment);
        return reader.HasControls != hasControls
            || reader.HasHigh != text.AsSpan(0, length).ContainsAnyInRange((byte)128, (byte)255)
            ? "control characters or bytes above 127"
            : "";
    }

    static bool IsMark(byte b, Delimiters marks) =>
        b == marks.Element || b == marks.Component || b == marks.Repetition || b == marks.Segment;

    static ulong Packed(ReadOnlySpan<byte> name)
    {
        var packed = 0UL;
        for (var i = 0; i < name.Length; i++) packed |= (ulong)name[i] << (56 - (8 * i));
        return packed;
    }

    static string DiffersIn(SegmentReader reader, Token token, int n, int most)
    {
        var (start, end) = (token.Elements[n].Start, n < most ? token.Elements[n + 1].Start - 1 : token.End);
        if (reader.StartOf(n) != start || reader.LengthOf(n) != end - start) return $"element {n} at {start}";
        if (n > 63 || n == SegmentReader.MostElements) return "";
        var marks = token.Elements[n].Marks;
        if ((reader.Composites >> n & 1) != (marks.Count > 0 ? 1UL : 0)) return $"parts of element {n} at {start}";
        for (var part = 1; part <= marks.Count + 2; part++)
        {
            var from = part == 1 ? start : part - 2 < marks.Count ? marks[part - 2] + 1 : end + 1;
            var thru = part - 1 < marks.Count ? marks[part - 1] : end;
            var expected = from > end ? default : reader.Buffer.AsSpan(from, thru - from);
            if (!reader[n, part].SequenceEqual(expected)) return $"part {part} of element {n} at {start}";
        }
        return "";
    }
}
