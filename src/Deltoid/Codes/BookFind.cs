using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// What can be found of a book beside its pack's own index: drugs by all their names, our labels, containers,
/// modifiers.
/// </summary>
static class BookFind
{
    /// <param name="official">The pack's index; null where there is none, and everything is indexed here.</param>
    public static FindIndex Of(CodeBook book, FindIndex? official)
    {
        var draft = new FindDraft(book.Text.Span);
        AddDrugs(book, draft);
        AddCodes(book, official, draft);
        AddDiagnoses(book, official, draft);
        foreach (var drug in book.Drugs)
            foreach (var vial in drug.Vials)
                if (!vial.Ndc.IsNone) draft.Add(FindKind.Package, vial.Ndc.Digits, drug.Name, DateRange.Always);
        AddModifiers(book, draft);
        return draft.Build();
    }

    static void AddDrugs(CodeBook book, FindDraft draft)
    {
        foreach (var drug in book.Drugs)
        {
            if (drug.Products.Count == 0) continue;
            draft.Add(FindKind.Drug, (ulong)drug.Index, drug.Name, DateRange.Always);
            foreach (var name in drug.Brands) draft.Add(FindKind.Drug, (ulong)drug.Index, name, DateRange.Always);
            foreach (var name in drug.Slang) draft.Add(FindKind.Drug, (ulong)drug.Index, name, DateRange.Always);
        }
    }

    static void AddCodes(CodeBook book, FindIndex? official, FindDraft draft)
    {
        for (var id = 0; id < book.CodeCount; id++)
        {
            var rows = book.Codes[id];
            if (rows.IsEmpty || (official is not null && Says(official, book[id], book.LabelOf(rows[^1])))) continue;
            var dates = new DateRange(rows[0].Dates.FromDay, rows[^1].Dates.ThruDay, 0);
            if (rows[^1].Label.Start < 0) draft.Add(FindKind.Procedure, book[id].Packed, book.LabelOf(rows[^1]), dates);
            else draft.Add(FindKind.Procedure, book[id].Packed, rows[^1].Label, dates);
        }
    }

    /// <summary>Whether the pack's index has the code with the same label.</summary>
    static bool Says(FindIndex official, Code code, string label)
    {
        var (from, end) = official.Keyed(FindKind.Procedure, code.Packed, code.Packed);
        return from < end && System.Text.Ascii.Equals(official.Label(official.Rows[from]), label);
    }

    /// <summary>
    /// The shipped tables' diagnoses that the pack's index does not have, with the label of the latest year.
    /// </summary>
    static void AddDiagnoses(CodeBook book, FindIndex? official, FindDraft draft)
    {
        var firstOfficial = official is null ? int.MaxValue : book.Sources.Count - book.Pack!.Manifest.Sources.Length;
        var seen = new PackedMap<DateRange>(1 << 18);
        foreach (var table in Shipped(book, firstOfficial))
            for (var i = 0; i < table.Count; i++)
            {
                ref var dates = ref seen.At(table[i].Code.Packed, out var added);
                dates = added
                    ? table.Dates
                    : new(Math.Min(dates.FromDay, table.Dates.FromDay),
                        Math.Max(dates.ThruDay, table.Dates.ThruDay), 0);
            }
        var done = new PackedMap<int>(1 << 18);
        foreach (var table in Shipped(book, firstOfficial))
            for (var i = 0; i < table.Count; i++)
            {
                var (code, traits) = table[i];
                if (official?.Keyed(FindKind.Diagnosis, code.Packed, code.Packed) is var (from, end) && from < end)
                    continue;
                done.At(code.Packed, out var added);
                if (added && seen.TryGet(code.Packed, out var dates))
                    draft.Add(FindKind.Diagnosis, code.Packed, table.LabelRefAt(i), dates,
                        !traits.HasFlag(DiagnosisTraits.Billable));
            }
    }

    static IEnumerable<DiagnosisTable> Shipped(CodeBook book, int firstOfficial)
    {
        foreach (var top in book.DiagnosisTables)
            for (var table = top; table is not null; table = table.Beneath)
                if (table.Source < firstOfficial) yield return table;
    }

    static void AddModifiers(CodeBook book, FindDraft draft)
    {
        var modifiers = book.ModifierRows.Keys();
        Sorting.Sort(modifiers);
        foreach (var packed in modifiers)
        {
            var rows = book.Modifier(new Modifier((ushort)packed));
            if (rows.Count > 0)
                draft.Add(FindKind.Modifier, packed << 48, rows[^1].Label,
                    new(rows[0].Dates.FromDay, rows[^1].Dates.ThruDay, 0));
        }
    }
}
