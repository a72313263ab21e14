using System.Globalization;
using System.Text;

namespace Deltoid.Web;

/// <summary>
/// What a scanned package says: GS1 element strings of a DataMatrix or a linear code, with parentheses or with FNC1,
/// a UPC, or an NDC that was typed.
/// </summary>
/// <param name="Ndcs">The eleven digits; three layouts where ten digits do not say which one it is.</param>
/// <param name="IsTyped">Ten bare digits, from no GTIN: they are asked about even where one reading is known.</param>
public sealed record PackageScan(IReadOnlyList<string> Ndcs, DateOnly? Expires, string Lot, bool IsTyped)
{
    const char Separator = '\u001d';

    /// <summary>How scanners and people write FNC1 where the character itself cannot be.</summary>
    static readonly string[] Separators = ["<GS>", "{GS}", "[GS]", "^]", "\\x1d", "\\u001d", "<FNC1>", "{FNC1}"];

    /// <summary>Names of symbologies that scanners put before the data: DataMatrix, GS1-128, DataBar, QR.</summary>
    static readonly string[] Symbologies = ["]d2", "]C1", "]e0", "]Q3", "]E0"];

    /// <summary>Lengths of the elements that have one (GS1 General Specifications, section 3.2).</summary>
    static readonly Dictionary<string, int> Fixed = new()
    {
        ["00"] = 18, ["01"] = 14, ["02"] = 14, ["11"] = 6, ["12"] = 6, ["13"] = 6, ["15"] = 6, ["16"] = 6, ["17"] = 6,
        ["20"] = 2,
    };

    /// <summary>Whether a text is a scan or an NDC rather than the name of a drug.</summary>
    public static bool IsLikely(string text) =>
        text.Trim() is { Length: > 0 } t && (t[0] is '(' or ']' || t.Contains(Separator, StringComparison.Ordinal)
            || (t.Length >= 10 && t.Count(char.IsAsciiDigit) >= 10 && !t.Contains(' ', StringComparison.Ordinal)));

    /// <summary>Reads a scan; null when it is none, with what to do in <paramref name="fault"/>.</summary>
    public static PackageScan? Read(string text, out string fault)
    {
        fault = "";
        if (text.StartsWith("ndc:", StringComparison.Ordinal) && Choice(text) is { } chosen) return chosen;
        var data = Strip(text.Trim());
        if (data.Length > 0 && data.All(static c => char.IsAsciiDigit(c) || c == '-')
            && (data.Contains('-', StringComparison.Ordinal) || data.Length == 11))
            return Values.Ndc.TryParse(data, out var ndc, out _) ? new([ndc.ToString()], null, "", true)
                : Fault("This is no NDC: write it with its hyphens, such as 0517-0031-25.", out fault);
        if (data.All(char.IsAsciiDigit) && data.Length is 10 or 12 or 13 or 14)
            return data.Length == 10 ? new(Layouts(data), null, "", true) : OfGtin(data.PadLeft(14, '0'), out fault);
        var elements = data.StartsWith('(') ? Bracketed(data) : Plain(data);
        if (elements is null || !elements.TryGetValue("01", out var gtin))
            return Fault("This code is not read: scan it again, or type the NDC with its hyphens.", out fault);
        if (OfGtin(gtin, out fault) is not { } scan) return null;
        DateOnly? expires = null;
        if (elements.TryGetValue("17", out var day) && (expires = Day(day)) is null)
            return Fault("The expiry date in this code is no date: read it from the label.", out fault);
        return scan with { Expires = expires, Lot = elements.GetValueOrDefault("10", "") };
    }

    static PackageScan? Fault(string says, out string fault)
    {
        fault = says;
        return null;
    }

    static string Strip(string text)
    {
        foreach (var name in Symbologies)
            if (text.StartsWith(name, StringComparison.Ordinal)) text = text[name.Length..];
        foreach (var written in Separators)
            text = text.Replace(written, Separator.ToString(), StringComparison.OrdinalIgnoreCase);
        return text.TrimStart(Separator);
    }

    /// <summary>(01)00305170031253(17)270331(10)XYZ2025; null where an element is not whole.</summary>
    static Dictionary<string, string>? Bracketed(string data)
    {
        var elements = new Dictionary<string, string>();
        foreach (var part in data.Replace(Separator.ToString(), "", StringComparison.Ordinal)
            .Split('(', StringSplitOptions.RemoveEmptyEntries))
        {
            var close = part.IndexOf(')', StringComparison.Ordinal);
            if (close is < 2 or > 4 || !Take(elements, part[..close], part[(close + 1)..])) return null;
        }
        return elements;
    }

    static bool Take(Dictionary<string, string> elements, string name, string value) =>
        value.Length > 0 && (!Fixed.TryGetValue(name, out var length) || value.Length == length)
        && (name is not ("10" or "21") || value.Length <= 20) && elements.TryAdd(name, value);

    static Dictionary<string, string>? Plain(string data)
    {
        var elements = new Dictionary<string, string>();
        for (var at = 0; at < data.Length;)
        {
            if (data[at] == Separator)
            {
                at++;
                continue;
            }
            if (at + 2 > data.Length) return null;
            var name = data.Substring(at, 2);
            if (!name.All(char.IsAsciiDigit)) return null;
            at += 2;
            var end = Fixed.TryGetValue(name, out var length) ? at + length
                : data.IndexOf(Separator, at) is >= 0 and var stop ? stop : data.Length;
            if (end > data.Length || !Take(elements, name, data[at..end])) return null;
            at = end;
        }
        return elements;
    }

    /// <summary>A GTIN of a drug holds ten digits of its NDC after 03.</summary>
    static PackageScan? OfGtin(string gtin, out string fault)
    {
        fault = "";
        if (gtin.Length != 14 || !gtin.All(char.IsAsciiDigit) || !Checks(gtin))
            return Fault("One digit of this code is wrong: scan it again.", out fault);
        return gtin.AsSpan(1, 2).SequenceEqual("03") ? new(Layouts(gtin.Substring(3, 10)), null, "", false)
            : Fault("This code is of no drug with an NDC: type the drug.", out fault);
    }

    static bool Checks(string gtin)
    {
        var sum = 0;
        for (var i = 0; i < 13; i++) sum += (gtin[i] - '0') * (i % 2 == 0 ? 3 : 1);
        return (10 - (sum % 10)) % 10 == gtin[13] - '0';
    }

    /// <summary>The three readings of ten digits: 4-4-2, 5-3-2, 5-4-1.</summary>
    static string[] Layouts(string ten) =>
        [.. new[] { "0" + ten, ten[..5] + "0" + ten[5..], ten[..9] + "0" + ten[9..] }.Distinct()];

    /// <summary>YYMMDD; day 00 is the last of the month.</summary>
    static DateOnly? Day(string text)
    {
        if (text.Length != 6 || !text.All(char.IsAsciiDigit)) return null;
        int Part(int at) => int.Parse(text.AsSpan(at, 2), CultureInfo.InvariantCulture);
        var (year, month, day) = (2000 + Part(0), Part(2), Part(4));
        if (month is < 1 or > 12 || day > DateTime.DaysInMonth(year, month)) return null;
        return new(year, month, day == 0 ? DateTime.DaysInMonth(year, month) : day);
    }

    /// <summary>The same scan with the NDC that a person has read from the label, for <see cref="Read"/>.</summary>
    public static string Chosen(PackageScan scan, string ndc) =>
        $"ndc:{ndc}|{scan.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}|{scan.Lot}";

    static PackageScan? Choice(string text) =>
        text.Split('|') is [{ Length: 15 } ndc, var day, var lot] && ndc[4..].All(char.IsAsciiDigit)
            ? new([ndc[4..]], DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var on) ? on : null, lot, false)
            : null;

    /// <summary>00517-0031-25.</summary>
    public static string Hyphenated(string ndc) =>
        ndc.Length == 11 ? new StringBuilder(ndc).Insert(9, '-').Insert(5, '-').ToString() : ndc;
}
