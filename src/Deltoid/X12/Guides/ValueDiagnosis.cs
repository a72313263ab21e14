using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Finds out what is wrong with a value that does not have its form. Runs only where a finding is made, so it may look
/// several times.
/// </summary>
static class ValueDiagnosis
{
    static readonly ulong
        Rd8 = SegmentReader.PackOf("RD8"), D6 = SegmentReader.PackOf("D6"), Dt = SegmentReader.PackOf("DT"),
        Tm = SegmentReader.PackOf("TM");

    /// <param name="before">The value before it, packed: of a date its format, of a code its list.</param>
    public static Arg Of(in ElementSpec spec, ReadOnlySpan<byte> text, ulong before)
    {
        var form = FormOf(spec, before);
        if (form == ValueForm.Ndc && text.Contains((byte)'-') && Ndc.TryParse(text, out var ndc))
            return ValueFaults.Of(ndc);
        var fault = form switch
        {
            ValueForm.D8 or ValueForm.D6 or ValueForm.Rd8 or ValueForm.Dt => OfDays(form, text),
            ValueForm.Tm => OfTime(text),
            ValueForm.Number or ValueForm.Whole => OfNumber(form, text),
            _ => OfCode(form, text),
        };
        return ValueFaults.Of(form, fault, text.Length);
    }

    static ValueForm FormOf(in ElementSpec spec, ulong before)
    {
        if (spec.ByFormat)
            return before == Rd8 ? ValueForm.Rd8
                : before == D6 ? ValueForm.D6
                : before == Dt ? ValueForm.Dt
                : before == Tm ? ValueForm.Tm
                : ValueForm.D8;
        return spec.Type switch
        {
            ElementType.Date => spec.Greatest == 6 ? ValueForm.D6 : ValueForm.D8,
            ElementType.Time => ValueForm.Tm,
            ElementType.Number or ElementType.Money => ValueForm.Number,
            ElementType.Whole or ElementType.Implied => ValueForm.Whole,
            _ => FormOf(spec.Outside, before),
        };
    }

    static ValueForm FormOf(Outside list, ulong before) => list switch
    {
        Outside.Npi => ValueForm.Npi,
        Outside.Tax => ValueForm.Tax,
        Outside.Zip => ValueForm.Zip,
        Outside.Zip9 => ValueForm.Zip9,
        Outside.State => ValueForm.State,
        Outside.Country => ValueForm.Country,
        Outside.Taxonomy => ValueForm.Taxonomy,
        Outside.Place => ValueForm.Place,
        Outside.Diagnosis => ElementForms.IsOfIcd10(before) ? ValueForm.Icd10 : ValueForm.Icd9,
        Outside.Procedure => ValueForm.Procedure,
        Outside.Revenue => ValueForm.Revenue,
        Outside.Ndc => ValueForm.Ndc,
        Outside.Carc => ValueForm.Carc,
        Outside.Rarc => ValueForm.Rarc,
        Outside.Status => ValueForm.Status,
        Outside.Category => ValueForm.Category,
        Outside.Modifier => ValueForm.Modifier,
        Outside.Phone => ValueForm.Phone,
        Outside.Bill => ValueForm.Bill,
        Outside.Nubc => ValueForm.Nubc,
        Outside.Drg => ValueForm.Drg,
        Outside.Surgery => ElementForms.NamesSurgery(before) ? ValueForm.Pcs : ValueForm.OldSurgery,
        Outside.Currency => ValueForm.Currency,
        _ => ValueForm.Code,
    };

    /// <summary>A sign that belongs in no form; none where all are letters and digits.</summary>
    static ValueFault OfSigns(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            var fault = b switch
            {
                (byte)' ' => ValueFault.Blank,
                (byte)'-' => ValueFault.Hyphen,
                (byte)'/' => ValueFault.Slash,
                (byte)'.' => ValueFault.Point,
                (byte)',' => ValueFault.Comma,
                (byte)'$' => ValueFault.Currency,
                _ when !char.IsAsciiLetterOrDigit((char)b) => ValueFault.Sign,
                _ => ValueFault.None,
            };
            if (fault != ValueFault.None) return fault;
        }
        return ValueFault.None;
    }

    static ValueFault OfCode(ValueForm form, ReadOnlySpan<byte> text)
    {
        if (OfSigns(text) is not ValueFault.None and var sign) return sign;
        var (least, greatest) = LengthOf(form);
        if (IsOfDigits(form) && !ElementForms.AllDigits(text)) return ValueFault.Letter;
        if (text.ContainsAnyInRange((byte)'a', (byte)'z')) return ValueFault.Lower;
        if (form == ValueForm.Ndc && text.Length == 10) return ValueFault.Ten;
        if (text.Length < least) return ValueFault.Few;
        if (text.Length > greatest) return ValueFault.Many;
        return form switch
        {
            ValueForm.Npi => ValueFault.Check,
            ValueForm.Zip when text.Length is not (5 or 9) => text.Length > 5 ? ValueFault.Many : ValueFault.Few,
            ValueForm.Zip or ValueForm.Zip9 or ValueForm.Bill or ValueForm.Icd10 or ValueForm.Icd9 or ValueForm.Tax
                => ValueFault.Start,
            _ => ValueFault.Other,
        };
    }

    static bool IsOfDigits(ValueForm form) =>
        form is ValueForm.Npi or ValueForm.Tax or ValueForm.Zip or ValueForm.Zip9 or ValueForm.Place
            or ValueForm.Revenue or ValueForm.Ndc or ValueForm.Phone or ValueForm.Bill
            or ValueForm.Drg or ValueForm.OldSurgery;

    static (int Least, int Greatest) LengthOf(ValueForm form) => form switch
    {
        ValueForm.Npi or ValueForm.Taxonomy => (10, 10),
        ValueForm.Tax or ValueForm.Zip9 => (9, 9),
        ValueForm.Zip => (5, 9),
        ValueForm.State or ValueForm.Country or ValueForm.Place or ValueForm.Category or ValueForm.Modifier
            or ValueForm.Bill or ValueForm.Nubc => (2, 2),
        ValueForm.Drg or ValueForm.OldSurgery => (3, 4),
        ValueForm.Currency => (3, 3),
        ValueForm.Pcs => (7, 7),
        ValueForm.Phone => (10, int.MaxValue),
        ValueForm.Icd10 => (3, 7),
        ValueForm.Icd9 => (3, 5),
        ValueForm.Procedure => (5, 5),
        ValueForm.Revenue => (4, 4),
        ValueForm.Ndc => (11, 11),
        ValueForm.Carc => (1, 3),
        ValueForm.Status => (1, 4),
        ValueForm.Rarc => (2, 5),
        _ => (0, int.MaxValue),
    };

    static ValueFault OfDays(ValueForm form, ReadOnlySpan<byte> text)
    {
        if (text.Length == 17 && text[8] == '-')
            return form != ValueForm.Rd8 ? ValueFault.Span
                : OfDay(text[..8]) is not ValueFault.Other and var first ? first
                : OfDay(text[9..]);
        if (OfSigns(text) is not ValueFault.None and var sign) return sign;
        if (!ElementForms.AllDigits(text)) return ValueFault.Letter;
        if (form == ValueForm.Rd8) return text.Length == 8 ? ValueFault.Single : ValueFault.Hyphen;
        var length = form == ValueForm.D6 ? 6 : 8;
        if (text.Length < length) return ValueFault.Few;
        if (text.Length > length && form != ValueForm.Dt) return ValueFault.Many;
        if (form == ValueForm.Dt && OfDay(text[..8]) == ValueFault.Other)
            return text.Length is 12 or 14 ? OfTime(text[8..]) : ValueFault.Few;
        return form == ValueForm.D6 ? OfMonthDay(text[2..], 31) : OfDay(text[..8]);
    }

    /// <summary>Of eight characters; other where they are a day.</summary>
    static ValueFault OfDay(ReadOnlySpan<byte> text)
    {
        if (!ElementForms.AllDigits(text)) return ValueFault.Letter;
        if (ElementForms.TryDay(text, out _)) return ValueFault.Other;
        var (year, month) = ((Two(text) * 100) + Two(text[2..]), Two(text[4..]));
        if (Two(text) is >= 1 and <= 12 && Two(text[2..]) is >= 1 and <= 31 && Two(text[4..]) is 19 or 20)
            return ValueFault.Swapped;
        if (year is < 1800 or > 2999) return ValueFault.Year;
        return OfMonthDay(text[4..], month is >= 1 and <= 12 ? DateTime.DaysInMonth(year, month) : 31);
    }

    static ValueFault OfMonthDay(ReadOnlySpan<byte> text, int days) =>
        Two(text) is < 1 or > 12 ? ValueFault.Month
            : Two(text[2..]) is var day && (day < 1 || day > days) ? ValueFault.Day
            : ValueFault.Other;

    static ValueFault OfTime(ReadOnlySpan<byte> text)
    {
        if (OfSigns(text) is not ValueFault.None and var sign) return sign;
        if (!ElementForms.AllDigits(text)) return ValueFault.Letter;
        if (text.Length < 4) return ValueFault.Few;
        return Two(text) > 23 ? ValueFault.Hour : text.Length is 4 or 6 or 7 or 8 ? ValueFault.Minute : ValueFault.Many;
    }

    static int Two(ReadOnlySpan<byte> text) => ((text[0] - '0') * 10) + text[1] - '0';

    static ValueFault OfNumber(ValueForm form, ReadOnlySpan<byte> text)
    {
        var (points, digits) = (text.Count((byte)'.'), 0);
        foreach (var b in text)
            if (b is >= (byte)'0' and <= (byte)'9') digits++;
        foreach (var b in text)
        {
            if (b is (byte)' ') return ValueFault.Blank;
            if (b is (byte)',') return ValueFault.Comma;
            if (b is (byte)'$') return ValueFault.Currency;
            if (char.IsAsciiLetter((char)b)) return ValueFault.Letter;
        }
        if (digits == 0) return ValueFault.Digits;
        if (text.LastIndexOf((byte)'-') > 0) return ValueFault.Minus;
        return points > 1 ? ValueFault.Points
            : points == 1 && form == ValueForm.Whole ? ValueFault.Point
            : ValueFault.Sign;
    }
}
