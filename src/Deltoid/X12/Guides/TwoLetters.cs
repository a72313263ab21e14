namespace Deltoid.X12.Guides;

/// <summary>A list of codes of two capital letters, as a set of bits.</summary>
sealed class TwoLetters
{
    const int Letters = 26;

    readonly ulong[] bits = new ulong[((Letters * Letters) + 63) / 64];

    /// <param name="codes">Separated by blanks.</param>
    public TwoLetters(string codes)
    {
        foreach (var code in codes.Split(' '))
        {
            var index = ((code[0] - 'A') * Letters) + code[1] - 'A';
            bits[index >> 6] |= 1UL << (index & 63);
        }
    }

    public bool Contains(ReadOnlySpan<byte> text)
    {
        if (text is not [>= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z']) return false;
        var index = ((text[0] - 'A') * Letters) + text[1] - 'A';
        return (bits[index >> 6] >> (index & 63) & 1) != 0;
    }
}
