using System.Globalization;
using System.Text;
using Deltoid.Codes;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The NCCI pairs of a code for a person: summed up by the partner's family, codes that follow one another as ranges.
/// </summary>
static class PairPage
{
    const int Shown = 14;

    public static void Add(FactSheet sheet, CodeBook book, int id, DateOnly day)
    {
        AddTable(sheet, book, book.PractitionerPairs, id, day, "practitioner");
        AddTable(sheet, book, book.HospitalPairs, id, day, "hospital");
    }

    static void AddTable(FactSheet sheet, CodeBook book, PairTable table, int id, DateOnly day, string name)
    {
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        var (one, two) = (ColumnOne(book, table, id, day, sources), ColumnTwo(book, table, id, day, sources));
        if (one.Count + two.Count == 0) return;
        sheet.Begin(
            $"NCCI pairs ({name}), on {day.Iso()}{(sources.Count > 0 ? $" [{string.Join(", ", sources)}]" : "")}");
        AddSide(sheet, one, "is paid instead of");
        AddSide(sheet, two, "is not paid beside");
    }

    static List<(Code Partner, byte Indicator)> ColumnOne(CodeBook book, PairTable table, int id, DateOnly day,
        SortedSet<string> sources)
    {
        var partners = new List<(Code, byte)>();
        foreach (var (two, row) in table.ColumnOne(id))
        {
            if (!row.Dates.Contains(day)) continue;
            partners.Add((book[two], row.Indicator));
            sources.Add(book.SourceId(row.Source));
        }
        return partners;
    }

    static List<(Code Partner, byte Indicator)> ColumnTwo(CodeBook book, PairTable table, int id, DateOnly day,
        SortedSet<string> sources)
    {
        var partners = new List<(Code, byte)>();
        for (var one = 0; one < book.CodeCount; one++)
        {
            if (!table.TryFind(one, id, day.DayNumber, out var row)) continue;
            partners.Add((book[one], row.Indicator));
            sources.Add(book.SourceId(row.Source));
        }
        return partners;
    }

    static void AddSide(FactSheet sheet, List<(Code Partner, byte Indicator)> partners, string title)
    {
        foreach (var family in partners.GroupBy(p => (Family: CodeFamilies.Of(p.Partner), p.Indicator))
            .OrderBy(g => g.Key.Family, StringComparer.Ordinal).ThenBy(g => g.Key.Indicator))
        {
            var codes = family.Select(p => p.Partner).Distinct().Order().ToList();
            var never = family.Key.Indicator == 0 ? "never with it" : "with a modifier if distinct";
            sheet.Add(title, $"{family.Key.Family}: {Ranges(codes)} ({never})");
        }
    }

    /// <summary>Codes with runs of neighbours drawn together: <c>99202-99205 99212-99215</c>.</summary>
    static string Ranges(List<Code> codes)
    {
        var text = new StringBuilder();
        var items = 0;
        for (var i = 0; i < codes.Count; items++)
        {
            var end = i;
            while (end + 1 < codes.Count && Follows(codes[end], codes[end + 1])) end++;
            if (items == Shown)
                return text.Append(CultureInfo.InvariantCulture, $" and {codes.Count - i} more").ToString();
            text.Append(i == 0 ? "" : " ").Append(codes[i]);
            if (end > i) text.Append(end == i + 1 ? ' ' : '-').Append(codes[end]);
            i = end + 1;
        }
        return text.ToString();
    }

    static bool Follows(Code one, Code two) =>
        int.TryParse(one.ToString().AsSpan(1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var left)
            && int.TryParse(two.ToString().AsSpan(1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var right)
            && one[0] == two[0] && right == left + 1;
}
