using System.Buffers.Text;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// The forms that texts of X12 have: numbers, days, times, and those of identifiers and codes kept elsewhere.
/// </summary>
static class ElementForms
{
    /// <summary>
    /// How many digits a number has before and after its point, its sign not counted; none when it is no number. A
    /// point only where <paramref name="decimals"/> are taken.
    /// </summary>
    public static (int Whole, int Decimals) Digits(ReadOnlySpan<byte> text, bool decimals)
    {
        var (digits, point, behind) = (0, false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                if (point) behind++;
                else digits++;
            }
            else if (b == '.' && decimals && !point) point = true;
            else if (b != '-' || i > 0) return default;
        }
        return (digits, behind);
    }

    /// <summary>Eight digits CCYYMMDD, or six YYMMDD, that are a day.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == 8 ? TryDay(text, out _) : text.Length == 6 && IsMonthDay(text[2..]) && AllDigits(text);

    static bool IsMonthDay(ReadOnlySpan<byte> text) =>
        AllDigits(text) && Two(text) is >= 1 and <= 12 && Two(text[2..]) is >= 1 and <= 31;

    /// <summary>The day of eight digits CCYYMMDD.</summary>
    public static bool TryDay(ReadOnlySpan<byte> text, out DateOnly day)
    {
        day = default;
        return text.Length == 8 && Eight.TryDay(Eight.Load(text), out day);
    }

    static int Two(ReadOnlySpan<byte> text) => ((text[0] - '0') * 10) + text[1] - '0';

    public static bool AllDigits(ReadOnlySpan<byte> text)
    {
        if (text.Length is > 0 and <= 8) return Eight.NoDigits(Eight.Load(text), text.Length) == 0;
        foreach (var b in text)
            if (b is < (byte)'0' or > (byte)'9') return false;
        return true;
    }

    /// <summary>HHMM, HHMMSS or with hundredths.</summary>
    public static bool IsTime(ReadOnlySpan<byte> text) =>
        text.Length is 4 or 6 or 7 or 8 && AllDigits(text) && Two(text) < 24 && Two(text[2..]) < 60
            && (text.Length == 4 || Two(text[4..]) < 60);

    static readonly ulong D8 = SegmentReader.PackOf("D8"), RD8 = SegmentReader.PackOf("RD8"),
        D6 = SegmentReader.PackOf("D6"), DT = SegmentReader.PackOf("DT"), TM = SegmentReader.PackOf("TM");

    /// <summary>
    /// A date or time in the format that data element 1250 names; a format that is not known here is not judged.
    /// </summary>
    public static bool IsPeriod(ReadOnlySpan<byte> text, ulong format)
    {
        if (format == D8) return TryDay(text, out _);
        if (format == RD8) return TrySpan(text, out _, out _);
        if (format == TM) return IsTime(text);
        if (format == D6) return text.Length == 6 && IsDate(text);
        return format != DT || (text.Length is 12 or 14 && TryDay(text[..8], out _) && IsTime(text[8..]));
    }

    /// <summary>Two days with a hyphen between, of which the second comes first.</summary>
    public static bool IsBackward(ReadOnlySpan<byte> text) =>
        text.Length == 17 && text[8] == '-' && TryDay(text[..8], out var from) && TryDay(text[9..], out var thru)
            && from > thru;

    /// <summary>Two days with a hyphen between, the first not after the second.</summary>
    public static bool TrySpan(ReadOnlySpan<byte> text, out DateOnly from, out DateOnly thru)
    {
        (from, thru) = (default, default);
        return text.Length == 17 && text[8] == '-' && TryDay(text[..8], out from) && TryDay(text[9..], out thru)
            && from <= thru;
    }

    /// <summary>
    /// Whether the text has the form of what is in a list outside; whether the list has it is asked of the code
    /// book, by edits.
    /// </summary>
    public static bool IsOf(Outside list, ReadOnlySpan<byte> text) => list switch
    {
        Outside.Npi => Npi.TryParse(text, out _),
        Outside.Tax => text.Length == 9 && AllDigits(text) && text.ContainsAnyExcept((byte)'0'),
        Outside.Zip => text.Length is 5 or 9 && AllDigits(text) && !text.StartsWith("000"u8),
        Outside.Zip9 => text.Length == 9 && AllDigits(text) && !text.StartsWith("000"u8),
        Outside.State => States.Contains(text),
        Outside.Country => AllUpper(text),
        Outside.Taxonomy => text.Length == 10 && AllCode(text),
        Outside.Place => text.Length == 2 && AllDigits(text),
        Outside.Diagnosis => text.Length is >= 3 and <= 7 && AllCode(text) && AllUpper(text[..1])
            && AllDigits(text[1..2]),
        Outside.Procedure => text.Length == 5 && AllCode(text),
        Outside.Revenue => text.Length == 4 && AllDigits(text),
        Outside.Ndc => text.Length == 11 && AllDigits(text),
        Outside.Carc => text.Length is 2 or 3 && AllUpper(text[..1])
            ? AllDigits(text[1..])
            : text.Length <= 3 && AllDigits(text) && text[0] != '0',
        Outside.Rarc => IsRemark(text),
        Outside.Status => text.Length <= 4 && AllCode(text),
        Outside.Category => text.Length is 2 or 3 && AllUpper(text[..1]) && AllDigits(text[1..2]) && AllCode(text),
        Outside.Modifier => text.Length == 2 && AllCode(text),
        Outside.Phone => text.Length >= 10 && AllDigits(text),
        Outside.Bill => text is [(>= (byte)'1' and <= (byte)'4') or (>= (byte)'6' and <= (byte)'8'),
            >= (byte)'1' and <= (byte)'9'],
        Outside.Nubc => text.Length == 2 && AllCode(text),
        Outside.Drg => text.Length is 3 or 4 && AllDigits(text),
        Outside.Currency => text.Length == 3 && AllUpper(text),
        _ => true,
    };

    /// <summary>M, MA or N, and one to three digits.</summary>
    static bool IsRemark(ReadOnlySpan<byte> text)
    {
        var letters = text.StartsWith("MA"u8) ? 2 : text.StartsWith("M"u8) || text.StartsWith("N"u8) ? 1 : 0;
        return letters > 0 && text.Length - letters is >= 1 and <= 3 && AllDigits(text[letters..]);
    }

    /// <summary>States of the US, its territories and the regions of military mail (USPS, Publication 28).</summary>
    internal static readonly TwoLetters States = new("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA "
        + "MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC "
        + "AS GU MP PR VI FM MH PW UM AA AE AP");

    /// <summary>Provinces and territories of Canada.</summary>
    internal static readonly TwoLetters Provinces = new("AB BC MB NB NL NS NT NU ON PE QC SK YT");

    /// <summary>
    /// Qualifiers of ICD-10 diagnoses begin with A (ABK, ABF, ABJ, ABN, APR), those of ICD-9 do not (BK, BF).
    /// </summary>
    public static bool IsOfIcd10(ulong qualifier) => qualifier >> 56 == 'A';

    static readonly ulong[] Icd9Lists = Array.ConvertAll(["BK", "BF", "BJ", "BN", "PR"],
        static name => SegmentReader.PackOf(name));

    /// <summary>Whether the qualifier names a list of diagnoses.</summary>
    public static bool NamesIcd(ulong qualifier) => IsOfIcd10(qualifier) || Array.IndexOf(Icd9Lists, qualifier) >= 0;

    /// <summary>Whether a diagnosis has the form of the ICD that its qualifier names.</summary>
    public static bool IsDiagnosis(ReadOnlySpan<byte> text, ulong qualifier) =>
        IsOfIcd10(qualifier) ? IsOf(Outside.Diagnosis, text) : IsIcd9(text);

    /// <summary>
    /// Three to five digits; of the supplementary chapters V and two to four digits, or E and three or four.
    /// </summary>
    static bool IsIcd9(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 3 or > 5 || !AllDigits(text[1..])) return false;
        return char.IsAsciiDigit((char)text[0]) || text[0] == 'V' || (text[0] == 'E' && text.Length > 3);
    }

    static readonly ulong[] SurgeryLists = Array.ConvertAll(["BBR", "BBQ"], static name => SegmentReader.PackOf(name)),
        OldSurgeryLists = Array.ConvertAll(["BR", "BQ"], static name => SegmentReader.PackOf(name));

    /// <summary>Whether the qualifier names a list of surgical procedures of ICD-10-PCS.</summary>
    public static bool NamesSurgery(ulong qualifier) => Array.IndexOf(SurgeryLists, qualifier) >= 0;

    /// <summary>Whether the qualifier names a list of surgical procedures of ICD-9.</summary>
    public static bool NamesOldSurgery(ulong qualifier) => Array.IndexOf(OldSurgeryLists, qualifier) >= 0;

    /// <summary>Of ICD-10-PCS seven capital letters and digits, of ICD-9 three or four digits.</summary>
    public static bool IsSurgery(ReadOnlySpan<byte> text, ulong qualifier) =>
        NamesSurgery(qualifier) ? text.Length == 7 && AllCode(text) : text.Length is 3 or 4 && AllDigits(text);

    /// <summary>Whether a number has the sign that its row asks for.</summary>
    public static bool Keeps(NumberRange range, ReadOnlySpan<byte> text)
    {
        var isZero = text.IndexOfAnyInRange((byte)'1', (byte)'9') < 0;
        var isNegative = !isZero && text[0] == '-';
        return range switch
        {
            NumberRange.Positive => !isZero && !isNegative,
            NumberRange.NotNegative => !isNegative,
            NumberRange.NotZero => !isZero,
            _ => true,
        };
    }

    static bool AllUpper(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
            if (b is < (byte)'A' or > (byte)'Z') return false;
        return true;
    }

    static bool AllCode(ReadOnlySpan<byte> text)
    {
        if (text.Length is > 0 and <= 8) return Eight.IsCode(Eight.Load(text), text.Length);
        foreach (var b in text)
            if (!char.IsAsciiLetterUpper((char)b) && !char.IsAsciiDigit((char)b)) return false;
        return true;
    }
}
