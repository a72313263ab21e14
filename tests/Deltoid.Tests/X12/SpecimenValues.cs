using System.Globalization;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// Values that an element takes: of its list, its form, its type and length. No two numbers of things are alike.
/// </summary>
internal sealed class SpecimenValues(Guide guide, Dice dice)
{
    const string Letters = "ABCDEFGHJKLMNPRSTUVWY";

    readonly GuideRowsText table = GuideRowsText.Of(guide);
    int counter;

    public GuideRowsText Table => table;

    /// <summary>Whether the element has a closed list that names this value.</summary>
    public string[] Codes(in ElementSpec spec) => spec.Use == Use.NotUsed ? [] : table.CodesOf(spec.Row);

    public string Of(in ElementSpec spec, SpecimenSegment segment, int element, int component)
    {
        if (Codes(spec) is { Length: > 0 } codes) return dice.Of(codes);
        var before = component > 1 ? segment[element, component - 1]
            : component == 0 && element > 1 ? segment[element - 1, 1]
            : "";
        if (segment.Row.Name == "DMG" && spec.ByFormat) return "19750707";
        if (spec.ByFormat) return Period(before);
        if (Special(spec, segment.Row.Name, element, before) is { } special) return special;
        if (spec.Outside == Outside.Diagnosis && !before.StartsWith('A')) return "25000";
        if (spec.Outside == Outside.Surgery) return Surgery(before);
        return spec.Outside is not (Outside.None or Outside.Any) ? OfList(spec.Outside) : OfType(spec);
    }

    /// <summary>What the kind of number before it asks for, and versions, which are part of the reading.</summary>
    string? Special(in ElementSpec spec, string name, int element, string before) => (name, element) switch
    {
        ("BHT", 4) => "20250401",
        ("ST", 3) => guide.Set.Versions[0],
        ("NM1", 9) or ("N1", 4) => before switch { "XX" => Npi(), "FI" or "34" => Digits(9), _ => null },
        ("REF", 2) => before switch { "HPI" => Npi(), "TJ" or "SY" or "EI" => Digits(9), "BLT" => "131", _ => null },
        ("BPR", 7 or 13) => "021000021",
        ("BPR", 10) or ("TRN", 3) => "1123456789",
        ("BPR", 11) => "000000001",
        ("SVC" or "LQ", _) => null,
        _ when spec.Greatest == 10 && spec.Least == 10 && spec.Outside == Outside.Npi => Npi(),
        _ => null,
    };

    /// <summary>A surgical procedure of the list that its qualifier names.</summary>
    public static string Surgery(string list) => list is "BR" or "BQ" ? "0066" : "02703DZ";

    public string Day() => string.Create(CultureInfo.InvariantCulture, $"202501{1 + dice.Next(31):00}");

    /// <summary>A date or time as data element 1250 names its form.</summary>
    public string Period(string format) => format switch
    {
        "RD8" => $"{Day()}-202502{1 + dice.Next(28):00}",
        "TM" => "1345",
        "DT" => Day() + "0815",
        "D6" => Day()[2..],
        _ => Day(),
    };

    public string Digits(int length)
    {
        var digits = (1 + dice.Next(9)).ToString(CultureInfo.InvariantCulture);
        while (digits.Length < length) digits += dice.Next(10).ToString(CultureInfo.InvariantCulture);
        return digits;
    }

    /// <summary>Ten digits of which the last makes the sum right (80840 goes before them, which adds 24).</summary>
    public string Npi()
    {
        var digits = "1" + Digits(8);
        var sum = 24;
        for (var i = 0; i < 9; i++)
        {
            var digit = digits[i] - '0';
            if (i % 2 == 0) digit = digit * 2 > 9 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    string OfList(Outside list) => list switch
    {
        Outside.Npi => Npi(),
        Outside.Tax => Digits(9),
        Outside.State => dice.Of(["IL", "NY", "CA"]),
        Outside.Zip9 => Digits(9),
        Outside.Zip => Digits(dice.OneIn(2) ? 5 : 9),
        Outside.Country => dice.Of(["MX", "GB", "JP"]),
        Outside.Taxonomy => "207R00000X",
        Outside.Place => dice.Of(["11", "19", "22"]),
        Outside.Diagnosis => "J45" + Digits(3),
        Outside.Procedure => dice.Of(["J3490", "96372", "J1885", "99213"]),
        Outside.Revenue => dice.Of(["0636", "0250", "0510"]),
        Outside.Ndc => Digits(11),
        Outside.Carc => dice.Of(["45", "97", "1", "253"]),
        Outside.Rarc => dice.Of(["N130", "MA18", "M15"]),
        Outside.Status => dice.Of(["20", "21", "187"]),
        Outside.Category => "A1",
        Outside.Modifier => dice.Of(["JZ", "XS", "RT"]),
        Outside.Phone => Digits(10),
        Outside.Bill => dice.Of(["13", "22", "85"]),
        Outside.Nubc => dice.Of(["A1", "45", "09"]),
        Outside.Drg => dice.Of(["064", "470"]),
        Outside.Currency => dice.Of(["USD", "CAD"]),
        _ => "A",
    };

    string OfType(in ElementSpec spec) => spec.Type switch
    {
        ElementType.Date => spec.Greatest == 6 ? Day()[2..] : Day(),
        ElementType.Time => dice.OneIn(2) || spec.Greatest < 6 ? "1200" : "120059",
        ElementType.Whole =>
            (Math.Max((int)spec.Least, 1) is var least && least > 1
                ? Digits(least)
                : (1 + dice.Next(99)).ToString(CultureInfo.InvariantCulture)),
        ElementType.Money => Money(1 + dice.Next(5000)),
        ElementType.Number or ElementType.Implied => Digits(Math.Max((int)spec.Least, 1)),
        _ => Word(spec),
    };

    /// <summary>Cents as X12 writes them: no zeros that say nothing.</summary>
    public static string Money(long cents)
    {
        var sign = cents < 0 ? "-" : "";
        cents = Math.Abs(cents);
        var text = (cents / 100).ToString(CultureInfo.InvariantCulture);
        if (cents % 100 == 0) return sign + text;
        return $"{sign}{(cents >= 100 ? text : "")}.{cents % 100:00}".TrimEnd('0');
    }

    public static long Cents(string text) =>
        text.Length == 0
            ? 0
            : (long)(decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture) * 100);

    /// <summary>
    /// Letters, digits and plain signs; one in six is as long as it may be, and no two are alike where there is room.
    /// </summary>
    string Word(in ElementSpec spec)
    {
        var length = dice.OneIn(6) ? spec.Greatest : Math.Min(spec.Greatest, spec.Least + dice.Next(8));
        var number = spec.Reference is 1339 or 156 or 26 or 1715 or 100
            ? ""
            : (++counter).ToString(CultureInfo.InvariantCulture);
        if (number.Length > spec.Greatest) number = "";
        length = Math.Max(length, number.Length);
        var text = "";
        while (text.Length + number.Length < length) text += Letters[dice.Next(Letters.Length)];
        return text + number;
    }
}
