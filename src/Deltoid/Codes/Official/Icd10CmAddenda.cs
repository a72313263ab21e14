using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Deltoid.Codes.Official;

/// <summary>
/// What changed in the diagnoses of a fiscal year (<c>icd10cm_order_addenda_2027.txt</c>): lines that begin with Add,
/// Delete, Revise from or Revise to, then the valid flag, the code, the short and the long text; at the end the totals
/// of both years. With the order file of the year before it makes the order file of its own year, and the totals must
/// come out.
/// </summary>
static partial class Icd10CmAddenda
{
    const int FlagAt = 13, CodeAt = 15, ShortAt = 23, LongAt = 84; // in a line of the addenda
    const int OrderCodeAt = 6, OrderFlagAt = 14; // in a line of the order file

    public static bool Is(OfficialFile file) => file.IsNamed("icd10cm_order_addenda", ".txt");

    /// <summary>The order file of the year, or why it cannot be made.</summary>
    /// <param name="orders">Order files that are at hand.</param>
    /// <exception cref="OfficialFileException">The addenda do not fit the order file, or the totals do not come
    /// out.</exception>
    public static (string Why, OfficialFile? Whole) Whole(OfficialFile addenda, IEnumerable<OfficialFile> orders)
    {
        var year = Quarters.YearIn(addenda.Name);
        if (year == 0)
            throw Fault(0, "does not say in its name of which fiscal year it is",
                "keep the published name: icd10cm_order_addenda_2027.txt");
        var all = orders.ToList();
        if (all.Exists(o => Quarters.YearIn(o.Name) == year))
            return ($"says what changed: icd10cm_order_{year}.txt says what is", null);
        if (all.Find(o => Quarters.YearIn(o.Name) == year - 1) is not { } before)
            return ($"says what changed since icd10cm_order_{year - 1}.txt, which is not among the files: give both",
                null);
        var codes = CodesOf(before);
        CheckTotals(addenda, codes, year - 1);
        Apply(addenda, codes, before.Path);
        CheckTotals(addenda, codes, year);
        return ("",
            new OfficialFile($"icd10cm_order_{year}.txt", addenda.Path, Written(codes)) { Folder = addenda.Folder });
    }

    /// <summary>Lines of an order file without their numbers, by code.</summary>
    static SortedDictionary<string, string> CodesOf(OfficialFile order)
    {
        var codes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in LinesOf(order))
            if (line.Length > OrderFlagAt) codes[line[OrderCodeAt..(OrderCodeAt + 7)].Trim()] = line[OrderCodeAt..];
        return codes;
    }

    static string[] LinesOf(OfficialFile file) =>
        Array.ConvertAll(TextOf(file).Split('\n'), static l => l.TrimEnd('\r'));

    static string TextOf(OfficialFile file) => Encoding.Latin1.GetString(file.Bytes.Span);

    static OfficialFileException Fault(int line, string what, string tryThis) => new(line, what, tryThis);

    static void Apply(OfficialFile addenda, SortedDictionary<string, string> codes, string order)
    {
        var (lines, any) = (LinesOf(addenda), false);
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, colon) = (lines[i], lines[i].IndexOf(':', StringComparison.Ordinal));
            if (colon is < 0 or >= FlagAt) continue; // the totals
            if (line.Length <= LongAt || line[FlagAt] is not ('0' or '1'))
                throw Fault(i + 1, "is shorter than its columns, or its valid flag is neither 0 nor 1",
                    "take the file as published");
            var code = line[CodeAt..(CodeAt + 7)].Trim();
            var text = $"{code,-7} {line[FlagAt]} {line[ShortAt..(LongAt - 1)]} {line[LongAt..]}";
            any = true;
            if (Change(codes, line[..colon], code, text)) continue;
            var there = codes.ContainsKey(code) ? "has the code with another flag or text" : "does not have the code";
            throw Fault(i + 1, $"does not fit {order}: '{line[..colon]} {code}' where that file {there}",
                "take both files as published, of two years that follow each other");
        }
        if (!any) throw Fault(0, "has no changes", "take the file as published");
    }

    /// <summary>False when the change does not fit what is there.</summary>
    static bool Change(SortedDictionary<string, string> codes, string action, string code, string text)
    {
        var isThere = codes.TryGetValue(code, out var now) && now.TrimEnd() == text.TrimEnd();
        switch (action)
        {
            case "Add": return codes.TryAdd(code, text);
            case "Delete": return isThere && codes.Remove(code);
            case "Revise from": return isThere;
            case "Revise to" when now is not null:
                codes[code] = text;
                return true;
            default: return false;
        }
    }

    /// <summary>Headers and codes of a year, as the addenda count them.</summary>
    static void CheckTotals(OfficialFile addenda, SortedDictionary<string, string> codes, int year)
    {
        var valid = codes.Values.Count(static l => l[OrderFlagAt - OrderCodeAt] == '1');
        foreach (var (kind, count) in (ReadOnlySpan<(string, int)>)[("headers", codes.Count - valid), ("codes", valid)])
        {
            var said = Totals().Matches(TextOf(addenda))
                .FirstOrDefault(m => m.Groups[2].Value == kind && m.Groups[3].Value == $"{year}");
            if (said is null)
                throw Fault(0, $"does not count the {kind} of {year} at its end",
                    "take the file as published: it may be cut");
            var total = int.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (total != count)
                throw Fault(0, $"counts {total} {kind} in {year}, and {count} come out",
                    "take this file and the order file of the year before as published");
        }
    }

    static byte[] Written(SortedDictionary<string, string> codes)
    {
        var (text, number) = (new StringBuilder(codes.Count * 150), 0);
        foreach (var line in codes.Values) text.Append(CultureInfo.InvariantCulture, $"{++number:00000} {line}\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    [GeneratedRegex(@"^\s*(\d+) (headers|codes) in icd10cm_order_(\d{4})\.txt", RegexOptions.Multiline)]
    private static partial Regex Totals();
}
