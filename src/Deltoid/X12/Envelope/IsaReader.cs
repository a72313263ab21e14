using Deltoid.Values;

namespace Deltoid.X12.Envelope;

/// <summary>Reads the separators off an ISA segment, one of the wrong length or with line ends inside too.</summary>
internal static class IsaReader
{
    internal const int Elements = 16;

    const int Exact = 105, Longest = 400;

    /// <param name="Text">The length of the segment up to its last element.</param>
    /// <param name="Length">Up to the terminator, which follows.</param>
    /// <param name="IsExact">The segment has the length it must have.</param>
    /// <param name="AreDistinct">The separators as they are written are four different signs.</param>
    /// <param name="Elements">How many elements the segment has: 16, or one fewer or more.</param>
    /// <param name="HasOldRepetition">ISA11 is a letter, as in version 4010, where 00501 has a separator.</param>
    /// <param name="Stated">The sign in the place of the terminator; another than that of the delimiters where segments
    /// end with another.</param>
    internal readonly record struct Found(Delimiters Delimiters, int Text, int Length, bool IsExact, byte Stated,
        bool AreDistinct, int Elements, bool HasOldRepetition);

    /// <summary>Whether an interchange begins somewhere in the text.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOf("ISA"u8) is >= 0 and var next; at += next + 3)
            if (TryRead(text[(at + next)..], out _)) return true;
        return false;
    }

    /// <summary>Another interchange begins before this one has its elements: what stood here was cut off.</summary>
    static bool BeginsAgain(ReadOnlySpan<byte> text, byte separator) =>
        text.Length > 3 && text.EndsWith("ISA"u8) && text[^4] is var before && before != separator && before != ' '
            && !char.IsAsciiLetterOrDigit((char)before);

    /// <summary>False when no sixteen elements stand here.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out Found found)
    {
        found = default;
        if (text.Length < 20) return false;
        var separator = text[3];
        var (elements, skipped, repetition, version) = (0, 0, (byte)0, (byte)0);
        for (var at = 3; at < Math.Min(text.Length - 2, Longest); at++)
        {
            if (text[at] is (byte)'\r' or (byte)'\n')
            {
                skipped++;
                continue;
            }
            if (text[at] != separator) continue;
            if (BeginsAgain(text[..at], separator)) return false;
            if (elements == Elements - 1 && BeginsGroup(text[..at]) is > 0 and var last)
                return EndsEarly(text, last, separator, repetition, out found);
            elements++;
            if (elements == 11) repetition = text[at + 1];
            if (elements == 12 && text.Length > at + 5) version = text[at + 5]; // the last digit of 00401, 00501
            if (elements < Elements || (elements == Elements && HasOneMore(text[at..], separator))) continue;
            var component = at + 1;
            while (component < text.Length - 2 && text[component] is (byte)'\r' or (byte)'\n')
            {
                component++;
                skipped++;
            }
            var stated = text[component + 1];
            var segment = TerminatorAfter(text[(component + 1)..], separator);
            var end = component + 1;
            if (segment != stated)
                end += Math.Max(0, text[(component + 1)..Math.Min(text.Length, component + Gap)].IndexOf(segment));
            var hasRepetition = !char.IsAsciiLetterOrDigit((char)repetition) && repetition != ' ';
            var isExact = component + 1 - skipped == Exact && version != 0;
            var written = new Delimiters(separator, text[component], hasRepetition ? repetition : segment, segment);
            found = new(Usable(written), component + 1, end, isExact, stated, written.AreDistinct, elements,
                !hasRepetition && version == (byte)'1');
            return true;
        }
        return false;
    }

    /// <summary>
    /// GS begins before the segment has its last element: one is missing. Gives the place of the terminator, or 0.
    /// </summary>
    static int BeginsGroup(ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith("GS"u8)) return 0;
        var before = text[..^2].TrimEnd("\r\n"u8);
        return before.Length > 2 && !char.IsAsciiLetterOrDigit((char)before[^1]) && before[^1] != ' '
            ? before.Length - 1
            : 0;
    }

    static bool EndsEarly(ReadOnlySpan<byte> text, int last, byte separator, byte repetition, out Found found)
    {
        var isSign = !char.IsAsciiLetterOrDigit((char)repetition) && repetition != ' ' && repetition != separator;
        var written = new Delimiters(separator, text[last - 1], isSign ? repetition : text[last], text[last]);
        found = new(Usable(written), last, last, false, text[last], true, Elements - 1, false);
        return true;
    }

    /// <summary>The sixteenth element is not the last: another one of one sign follows, and then GS.</summary>
    static bool HasOneMore(ReadOnlySpan<byte> text, byte separator) =>
        text.Length > 8 && text[1] != separator && text[2] == separator && text[3] != separator
            && text[5..].TrimStart("\r\n"u8).StartsWith("GS"u8);

    /// <summary>
    /// Where two separators are alike, the file is read with the usual separator of components, and without
    /// repetitions: so the one fault is not an error of each composite too.
    /// </summary>
    static Delimiters Usable(Delimiters written)
    {
        var component = written.Component;
        if (component == written.Element || component == written.Segment) component = Delimiters.Usual.Component;
        var isFree = written.Repetition != written.Element && written.Repetition != component;
        return new(written.Element, component, isFree ? written.Repetition : written.Segment, written.Segment);
    }

    /// <summary>How far after ISA the next segment begins at most.</summary>
    const int Gap = 12;

    /// <summary>
    /// The sign that ends segments: the one after ISA, unless that is a blank, letter or digit, or none such ends the
    /// next segment, which has another sign before the segment after it.
    /// </summary>
    /// <param name="text">From the sign after ISA on.</param>
    static byte TerminatorAfter(ReadOnlySpan<byte> text, byte separator)
    {
        var stated = text[0];
        var next = BeginOf("GS"u8, text, separator);
        if (next is < 0 or > Gap) return stated;
        var rest = text[next..];
        var after = BeginOf("ST"u8, rest, separator);
        if (after < 2) return stated;
        var before = rest[..after].TrimEnd("\r\n \t"u8);
        var used = before.Length == 0 ? (byte)0 : before[^1];
        var isSign = used > ' ' && !char.IsAsciiLetterOrDigit((char)used) && used != separator;
        var canEnd = stated != ' ' && !char.IsAsciiLetterOrDigit((char)stated) && stated != separator;
        if (!isSign || used == stated
            || (canEnd && rest[..after].Contains(stated) && stated is not ((byte)'\r' or (byte)'\n')))
            return stated;
        // line ends may be after terminators; where a line end ends ISA, the last sign of a line may be data
        return canEnd && BeginOf("ST"u8, rest[..Math.Max(0, after - 1)], separator) < 0
            && rest[..(after - 1)].Count(used) > 0
            ? stated
            : used;
    }

    static int BeginOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, byte separator)
    {
        for (var at = 0; at < text.Length - 2; at++)
        {
            var found = text[at..].IndexOf(name);
            if (found < 0 || at + found + 2 >= text.Length) return -1;
            at += found;
            if (text[at + 2] == separator && (at == 0 || !char.IsAsciiLetterOrDigit((char)text[at - 1]))) return at;
        }
        return -1;
    }
}
