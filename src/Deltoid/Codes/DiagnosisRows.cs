using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// Reads the rows of diagnoses: <c>code valid label from thru source</c>, ascending. The row <c>*</c> has the dates and
/// the source of the rows that say none. What comes of them is a whole table for each span of days in which no row
/// begins or ends.
/// </summary>
sealed class DiagnosisRows
{
    readonly RowList<ulong> codes = new(100_000);
    readonly RowList<DiagnosisTraits> traits = new(100_000);
    readonly RowList<TextRef> labels = new(100_000);
    readonly RowList<DateRange> dates = new(100_000);
    readonly SortedSet<int> starts = [];
    readonly Func<ReadOnlySpan<char>, TextRef> keep;
    readonly byte source;
    readonly DateRange all;

    /// <param name="keep">Puts a label into the pool.</param>
    /// <param name="sourceOf">The number of a source.</param>
    /// <exception cref="RowException">A row does not read, or is out of order.</exception>
    public DiagnosisRows(Rows rows, Func<ReadOnlySpan<char>, TextRef> keep, Func<ReadOnlySpan<char>, byte> sourceOf)
    {
        this.keep = keep;
        int code = rows.Column("code"), valid = rows.Column("valid"), label = rows.Column("label"),
            from = rows.Column("from"), thru = rows.Column("thru"), where = rows.Column("source");
        if (!rows.Next() || rows[code] is not "*")
            throw rows.Wrong(code, "is not the row * that has the dates of all others");
        (all, source) = (rows.Dates(from, thru), sourceOf(rows[where]));
        starts.Add(all.FromDay);
        while (rows.Next()) Add(rows, rows.Code(code), rows[valid] is "1", rows[label], from, thru);
    }

    void Add(Rows rows, Code code, bool isBillable, ReadOnlySpan<char> label, int from, int thru)
    {
        if (codes.Count > 0 && codes[codes.Count - 1] > code.Packed) throw rows.Wrong(0, "is out of order");
        var own = rows[from].IsEmpty && rows[thru].IsEmpty ? all : rows.Dates(from, thru);
        if (rows[from].IsEmpty) own = own.Since(all.FromDay);
        if (rows[thru].IsEmpty) own = own.Until(all.ThruDay);
        starts.Add(own.FromDay);
        if (own.ThruDay < all.ThruDay) starts.Add(own.ThruDay + 1);
        codes.Add(code.Packed);
        traits.Add(isBillable ? DiagnosisTraits.Billable : DiagnosisTraits.None);
        labels.Add(keep(label));
        dates.Add(own);
    }

    /// <summary>The tables, the latest first.</summary>
    /// <param name="text">The pool with the labels.</param>
    public DiagnosisTable[] Tables(Column<byte> text)
    {
        var (first, tables) = (starts.ToArray(), new DiagnosisTable[starts.Count]);
        for (var i = 0; i < first.Length; i++)
            tables[^(i + 1)] = Table(new(first[i], i + 1 < first.Length ? first[i + 1] - 1 : all.ThruDay, 0), text);
        return tables;
    }

    DiagnosisTable Table(DateRange span, Column<byte> text)
    {
        var (own, marks, names) = (new RowList<ulong>(codes.Count), new RowList<DiagnosisTraits>(codes.Count),
            new RowList<TextRef>(codes.Count));
        for (var i = 0; i < codes.Count; i++)
        {
            if (!dates[i].Contains(span.FromDay)) continue;
            own.Add(codes[i]);
            marks.Add(traits[i]);
            names.Add(labels[i]);
        }
        return new(Column.Of<ulong>(own.Span), Column.Of<DiagnosisTraits>(marks.Span), Column.Of<TextRef>(names.Span),
            text, span, source, isWhole: true);
    }
}
