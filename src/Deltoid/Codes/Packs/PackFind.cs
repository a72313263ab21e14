using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>
/// What can be found of a pack's rows: codes by their texts, diagnoses by their labels, packages by their names.
/// </summary>
sealed class PackFind(PackDraft draft)
{
    readonly FindDraft find = new();

    public FindIndex Build()
    {
        AddCodes();
        AddDiagnoses();
        AddPackages();
        return find.Build(default);
    }

    DateRange Covers(byte source) => draft.Sources[source].Covers;

    FindRow Row(FindKind kind, ulong key, ulong code, TextRef label, DateRange dates, int longest = 0,
        bool header = false) =>
        new(kind, key, code, label, dates.FromDay, dates.ThruDay,
            (ushort)Math.Min(Math.Max(label.Length, longest), ushort.MaxValue),
            (byte)Math.Min(FindWords.Count(draft.TextOf(label)), byte.MaxValue), (byte)(header ? 1 : 0));

    /// <summary>
    /// A code once: its latest release says when and what, and each release carries the whole history.
    /// </summary>
    void AddCodes()
    {
        var (at, rows, texts) = (new PackedMap<int>(1 << 14), new RowList<FindRow>(1 << 13),
            new RowList<(byte Source, TextRef Long)>(1 << 13));
        foreach (var row in draft.Hcpcs.Rows)
        {
            var code = draft.CodeOf(row.Id).Packed;
            ref var place = ref at.At(code, out var added);
            if (added)
            {
                place = rows.Count;
                rows.Add(Row(FindKind.Procedure, code, 0, row.Short, row.Dates, row.Long.Length));
                texts.Add((row.Source, row.Long));
                continue;
            }
            var newer = Covers(row.Source).ThruDay.CompareTo(Covers(texts[place].Source).ThruDay);
            if (newer < 0) continue;
            var (known, later) = (rows[place], row.Dates.ThruDay >= rows[place].ThruDay);
            var dates = newer > 0
                ? row.Dates
                : new(Math.Min(known.FromDay, row.Dates.FromDay), Math.Max(known.ThruDay, row.Dates.ThruDay), 0);
            if (newer > 0 || later) texts.Span[place] = (row.Source, row.Long);
            rows.Span[place] = Row(FindKind.Procedure, code, 0, newer > 0 || later ? row.Short : known.Label, dates,
                texts[place].Long.Length);
        }
        for (var i = 0; i < rows.Count; i++)
            find.Add(rows[i], draft.TextOf(rows[i].Label), draft.TextOf(texts[i].Long));
    }

    /// <summary>
    /// A diagnosis once, with the label of the latest year; the first year that is here reaches back, the last
    /// continues.
    /// </summary>
    void AddDiagnoses()
    {
        var (all, at, rows, latest) = (draft.Diagnoses, new PackedMap<int>(1 << 17), new RowList<FindRow>(1 << 16),
            new RowList<int>(1 << 16));
        var (first, last) = (int.MaxValue, 0);
        for (var i = 0; i < all.Count; i++)
            (first, last) = (Math.Min(first, Covers(all[i].Source).FromDay),
                Math.Max(last, Covers(all[i].Source).ThruDay));
        for (var i = 0; i < all.Count; i++)
        {
            var (code, traits, label, source) = all[i];
            var (from, thru) = (Covers(source).FromDay == first ? 0 : Covers(source).FromDay,
                Covers(source).ThruDay == last ? int.MaxValue : Covers(source).ThruDay);
            ref var place = ref at.At(code.Packed, out var added);
            if (added)
            {
                place = rows.Count;
                rows.Add(Row(FindKind.Diagnosis, code.Packed, 0, label, new(from, thru, 0),
                    header: !traits.HasFlag(DiagnosisTraits.Billable)));
                latest.Add(i);
                continue;
            }
            var known = rows[place];
            var dates = new DateRange(Math.Min(from, known.FromDay), Math.Max(thru, known.ThruDay), 0);
            if (thru > known.ThruDay) latest.Span[place] = i;
            rows.Span[place] = Row(FindKind.Diagnosis, code.Packed, 0, all[latest[place]].Label, dates,
                header: !all[latest[place]].Traits.HasFlag(DiagnosisTraits.Billable));
        }
        foreach (var row in rows) find.Add(row, draft.TextOf(row.Label));
    }

    /// <summary>
    /// A package with each code it is billed as; one that only a directory names is found by its number alone, for by
    /// its name there would be many, and no code.
    /// </summary>
    void AddPackages()
    {
        var seen = new PackedMap<int>(1 << 14);
        foreach (var row in draft.NdcCodes.Rows)
        {
            var code = draft.CodeOf(row.Id).Packed;
            ref var known = ref seen.At((ulong)row.Ndc, out var added);
            if (!added && known == row.Id) continue; // the same once more, of another quarter
            known = row.Id;
            find.Add(Row(FindKind.Package, (ulong)row.Ndc, code, row.Drug, row.Dates), draft.TextOf(row.Drug),
                draft.TextOf(row.Labeler));
        }
        var products = new PackedMap<TextRef>(1 << 14);
        foreach (var row in draft.Products.Rows) products.At((ulong)row.Product, out _) = NameOf(row.Name, row.Generic);
        foreach (var row in draft.Packages.Rows)
        {
            seen.At((ulong)row.Ndc, out var added);
            var name = products.TryGet((ulong)row.Ndc / 100, out var product)
                && row.Name.Length + row.Generic.Length == 0
                ? product
                : NameOf(row.Name, row.Generic);
            if (added) find.Add(Row(FindKind.Package, (ulong)row.Ndc, 0, name, row.Dates));
        }
    }

    static TextRef NameOf(TextRef brand, TextRef generic) => brand.Length > 0 ? brand : generic;
}
