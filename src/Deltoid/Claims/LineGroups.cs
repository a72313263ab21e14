using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>
/// Divides a claim's lines among forms or claims that hold only so many. Lines of one day stay together when they fit;
/// of a longer day a drug stays with its administration, which is the line before it, or after it where the day begins
/// with a drug.
/// </summary>
internal static class LineGroups
{
    /// <summary>How many lines each holds, in order; one without lines when there are none.</summary>
    /// <param name="most">Lines that one holds.</param>
    public static List<int> Divide(Claim claim, int most)
    {
        var days = new DateOnly[claim.Lines.Length];
        var drugs = new bool[claim.Lines.Length];
        for (var i = 0; i < days.Length; i++) (days[i], drugs[i]) = (claim.Lines[i].Date, IsDrug(claim.Lines[i]));
        return Divide(days, drugs, most);
    }

    /// <summary>
    /// A product and not a service: it has an NDC, or its code is one of drugs, or of vaccine and globulin products.
    /// </summary>
    static bool IsDrug(in ServiceLine line)
    {
        if (!line.Ndc.IsNone || !line.NdcText.IsEmpty) return true;
        foreach (var (first, last) in ProductCodes)
            if (line.Code.Length == first.Length && !(line.Code < first) && !(line.Code > last)) return true;
        return false;
    }

    static readonly (Code First, Code Last)[] ProductCodes = ReadProductCodes();

    static (Code First, Code Last)[] ReadProductCodes()
    {
        var ranges = new List<(Code First, Code Last)>();
        var rows = ShippedRows.Open("claims/product-codes.tsv");
        var codes = rows.Column("codes");
        while (rows.Next())
        {
            var dash = rows[codes].IndexOf('-');
            ranges.Add((Code.Of(new(rows[codes][..dash])), Code.Of(new(rows[codes][(dash + 1)..]))));
        }
        return [.. ranges];
    }

    internal static List<int> Divide(ReadOnlySpan<DateOnly> days, ReadOnlySpan<bool> drugs, int most)
    {
        var sheets = new List<int>();
        var on = 0; // lines on the one at hand
        for (var at = 0; at < days.Length;)
        {
            var run = SameDay(days[at..]);
            if (run <= most)
            {
                Place(run);
                at += run;
                continue;
            }
            for (var end = at + run; at < end;)
            {
                var group = Group(drugs[at..end], drugs[end - run]);
                for (; group > most; group -= most, at += most) Place(most);
                Place(group);
                at += group;
            }
        }
        if (on > 0 || sheets.Count == 0) sheets.Add(on);
        return sheets;

        void Place(int lines)
        {
            if (on + lines > most)
            {
                sheets.Add(on);
                on = 0;
            }
            on += lines;
        }
    }

    static int SameDay(ReadOnlySpan<DateOnly> days)
    {
        var count = 1;
        while (count < days.Length && days[count] == days[0]) count++;
        return count;
    }

    /// <summary>
    /// The lines from here that stand together: an administration and its drugs, or drugs and their administration.
    /// </summary>
    static int Group(ReadOnlySpan<bool> drugs, bool drugFirst)
    {
        var count = 0;
        if (!drugFirst) count = 1;
        while (count < drugs.Length && drugs[count]) count++;
        if (drugFirst && count < drugs.Length) count++;
        return count;
    }
}
