namespace Deltoid.Values;

/// <summary>Why a text is not a Medicare number.</summary>
internal enum MbiFault : byte
{
    None,
    /// <summary>Hyphens or blanks, which the card has and a claim does not.</summary>
    Separated,
    /// <summary>
    /// The old claim number: a social security number with a suffix, or a railroad one with a prefix.
    /// </summary>
    OldNumber,
    /// <summary>It does not have 11 characters.</summary>
    Length,
    /// <summary>A letter that is never used (S, L, O, I, B, Z), or a small one.</summary>
    Letter,
    /// <summary>A letter where a digit is, or the other way round.</summary>
    Position,
}

/// <summary>
/// The Medicare Beneficiary Identifier, which every Medicare claim has since 2020-01-01: 11 characters, each of a class
/// of its own (CMS, "Understanding the MBI format"). It has no check digit, so only its form can be judged.
/// </summary>
internal static class Mbi
{
    /// <summary>Claims that are sent from this day on have it, whatever their days of service.</summary>
    public static readonly DateOnly Since = new(2020, 1, 1);

    /// <summary>Of each character: 1 a digit from 1 to 9, 9 any digit, A a letter, X letter or digit.</summary>
    const string Format = "1AX9AX9AA99";

    /// <summary>What is wrong with the form; none where it is right.</summary>
    public static MbiFault FaultOf(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny((byte)'-', (byte)' ')) return MbiFault.Separated;
        if (IsOldNumber(text)) return MbiFault.OldNumber;
        if (text.Length != Format.Length) return MbiFault.Length;
        foreach (var b in text)
            if (!char.IsAsciiDigit((char)b) && !IsLetter(b)) return MbiFault.Letter;
        for (var i = 0; i < text.Length; i++)
        {
            var isDigit = char.IsAsciiDigit((char)text[i]);
            var fits = Format[i] switch
            {
                '1' => isDigit && text[i] != '0', '9' => isDigit, 'A' => !isDigit, _ => true
            };
            if (!fits) return MbiFault.Position;
        }
        return MbiFault.None;
    }

    static bool IsOfRailroad(ReadOnlySpan<byte> prefix)
    {
        foreach (var known in Railroad)
            if (System.Text.Ascii.Equals(prefix, known)) return true;
        return false;
    }

    static bool IsLetter(byte b) => b is >= (byte)'A' and <= (byte)'Z' && !"SLOIBZ"u8.Contains(b);

    /// <summary>What numbers of the railroad's insured and their families began with.</summary>
    static readonly string[] Railroad =
        ["A", "CA", "H", "JA", "MA", "MH", "PA", "PD", "PH", "WA", "WCA", "WCD", "WCH", "WD", "WH"];

    /// <summary>
    /// Nine digits and a letter, and perhaps one more sign; of the railroad a prefix and six or nine digits.
    /// </summary>
    static bool IsOldNumber(ReadOnlySpan<byte> text)
    {
        var letters = text.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (letters > 0 && text.Length - letters is 6 or 9
            && !text[letters..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return IsOfRailroad(text[..letters]);
        return letters == 0 && text.Length is 10 or 11 && !text[..9].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && char.IsAsciiLetter((char)text[9]);
    }
}
