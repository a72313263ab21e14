using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>Reads the separators off an ISA segment, one of the wrong length or with line ends inside too.</summary>
public static class IsaReader
{
    const int Elements = 16, Exact = 105, Longest = 400;

    /// <param name="Length">Up to the terminator, which follows.</param>
    /// <param name="IsExact">The segment has the length it must have.</param>
    internal readonly record struct Found(Delimiters Delimiters, int Length, bool IsExact);

    /// <summary>Whether an interchange begins somewhere in the text.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOf("ISA"u8) is >= 0 and var next; at += next + 3) if (TryRead(text[(at + next)..], out _)) return true;
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
            if (text[at] is (byte)'\r' or (byte)'\n') { skipped++; continue; }
            if (text[at] != separator) continue;
            if (BeginsAgain(text[..at], separator)) return false;
            elements++;
            if (elements == 11) repetition = text[at + 1];
            if (elements == 12 && text.Length > at + 5) version = text[at + 5]; // the last digit of 00401, 00501
            if (elements < Elements) continue;
            var component = at + 1;
            while (component < text.Length - 2 && text[component] is (byte)'\r' or (byte)'\n') { component++; skipped++; }
            var segment = text[component + 1];
            var hasRepetition = !char.IsAsciiLetterOrDigit((char)repetition) && repetition != ' ';
            found = new(new Delimiters(separator, text[component], hasRepetition ? repetition : segment, segment), component + 1, component + 1 - skipped == Exact && version != 0);
            return true;
        }
        return false;
    }
}
