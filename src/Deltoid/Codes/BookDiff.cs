using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A pair that differs: its indicator in each book, null where it is not in force.</summary>
internal readonly record struct PairChange(Code One, Code Two, byte? Before, byte? After);

/// <summary>A diagnosis that stands otherwise in the later book.</summary>
internal readonly record struct DiagnosisChange(Code Code, DiagnosisStanding Before, DiagnosisStanding After);

/// <summary>
/// What changed from one book to another, code by code in their order; each list is made as it is asked for.
/// </summary>
internal sealed class BookDiff
{
    readonly ulong[] codes; // of either book, ascending
    readonly string[] prefixes;
    readonly PackedMap<bool> injections;

    /// <summary>
    /// What an injection practice bills: administration codes, procedures that inject, drugs and vaccines.
    /// </summary>
    static readonly CodeGroups Family = Group.DrugAdministration | Group.Injection | Group.InitialInfusion
        | Group.Hydration | Group.ConcurrentInfusion | Group.FacilityPush | Group.ChemoAdministration
        | Group.OnBodyInjection | Group.VaccineAdministration | Group.MedicareVaccineAdministration
        | Group.CounseledVaccineAdministration | Group.CovidAdministration | Group.RsvAdministration
        | Group.PrepAdministration | Group.AllergenInjection | Group.AllergenExtract | Group.SkinTest
        | Group.JointInjection | Group.TendonInjection | Group.TriggerPoint | Group.NerveBlock | Group.Chemodenervation
        | Group.EyeInjection | Group.Intralesional | Group.ImplantInsertion | Group.DrugCode | Group.UnclassifiedDrug
        | Group.PerDoseDrug | Group.ToxinDrug | Group.LocalAnestheticDrug | Group.VaccineProduct
        | Group.ImmuneGlobulinProduct | Group.RsvProduct;

    /// <param name="day">The day for both; each book's own release when null.</param>
    /// <param name="prefixes">Only codes that begin with this; all when there are none.</param>
    public BookDiff(CodeBook before, CodeBook after, DateOnly? day = null, params string[] prefixes)
    {
        Books = new(before, day ?? before.Release, after, day ?? after.Release);
        this.prefixes = prefixes;
        injections = new(1 << 15);
        Note(before, Books.BeforeDay);
        Note(after, Books.AfterDay);
        codes = injections.Keys();
        Sorting.Sort(codes);
    }

    public TwoBooks Books { get; }

    /// <summary>Whether an injection practice bills the code, in either book.</summary>
    public bool IsInjection(Code code) => injections.TryGet(code.Packed, out var isOne) && isOne;

    void Note(CodeBook book, DateOnly day)
    {
        for (var id = 0; id < book.CodeCount; id++)
        {
            ref var isOne = ref injections.At(book[id].Packed, out _);
            if (book.Codes.TryGet(id, day.DayNumber, out var row)
                || (book.Codes[id] is [.., var last] && (row = last).Dates.ThruDay < day.DayNumber))
                isOne |= row.Groups.HasAny(Family);
        }
    }

    bool IsAsked(Code code) => prefixes.Length == 0 || Array.Exists(prefixes, code.StartsWith);

    /// <summary>What differs in one of the tables: <c>Each(books.Fee)</c>.</summary>
    public IEnumerable<T> Each<T>(Func<Code, T?> ask) where T : struct
    {
        foreach (var packed in codes)
            if (IsAsked(new(packed)) && ask(new(packed)) is { } found) yield return found;
    }

    /// <summary>Codes whose fate is one of these.</summary>
    public IEnumerable<(Code Code, CodeFate Fate)> Codes(params CodeFate[] fates) =>
        Each<(Code, CodeFate)>(code => Books.Fate(code) is { } fate && fates.Contains(fate) ? (code, fate) : null);

    /// <summary>
    /// Pairs that came, ended or have another indicator. Both tables are walked run by run: millions of pairs take part
    /// of a second.
    /// </summary>
    public IEnumerable<PairChange> Pairs(bool hospital)
    {
        var (before, after) = (Side(Books.Before, hospital), Side(Books.After, hospital));
        var (old, now) = (new RowList<ulong>(1024), new RowList<ulong>(1024));
        foreach (var packed in codes)
        {
            Run(before, Books.Before, packed, Books.BeforeDay, old);
            Run(after, Books.After, packed, Books.AfterDay, now);
            for (int i = 0, j = 0; i < old.Count || j < now.Count;)
            {
                var (left, right) = (i < old.Count ? old[i] : ulong.MaxValue, j < now.Count ? now[j] : ulong.MaxValue);
                var two = Math.Min(left >> 8, right >> 8);
                var (hasLeft, hasRight) = (left >> 8 == two, right >> 8 == two);
                if (hasLeft) i++;
                if (hasRight) j++;
                var change = new PairChange(new(packed), new(codes[(int)two]), hasLeft ? (byte)(left & 0xFF) : null,
                    hasRight ? (byte)(right & 0xFF) : null);
                if (left != right && (IsAsked(change.One) || IsAsked(change.Two))) yield return change;
            }
        }
    }

    /// <summary>A table of pairs with the place of each of its codes among ours.</summary>
    (PairTable Table, int[] Places) Side(CodeBook book, bool hospital)
    {
        var places = new int[book.CodeCount];
        for (var id = 0; id < places.Length; id++) places[id] = Sorting.Find(codes, book[id].Packed);
        return (hospital ? book.HospitalPairs : book.PractitionerPairs, places);
    }

    static void Run((PairTable Table, int[] Places) side, CodeBook book, ulong one, DateOnly day, RowList<ulong> into)
    {
        into.Clear();
        side.Table.AddInForce(book.Id(new(one)), day.DayNumber, side.Places, into);
        if (!Sorting.IsSorted(into.Span))
            into.Span.Sort(); // ids that only the shipped rows have are after those of a pack
    }

    /// <summary>
    /// Diagnoses that came, ended or became headers. Of a category that one of the books does not hold nothing is said.
    /// </summary>
    public IEnumerable<DiagnosisChange> Diagnoses()
    {
        var (old, now) = (Books.Before.Diagnoses(Books.BeforeDay), Books.After.Diagnoses(Books.AfterDay));
        if (old is null || now is null || ReferenceEquals(old, now)) yield break;
        var all = new RowList<ulong>(1024);
        for (var table = old; table is not null; table = table.Beneath)
            for (var i = 0; i < table.Count; i++) all.Add(table[i].Code.Packed);
        for (var table = now; table is not null; table = table.Beneath)
            for (var i = 0; i < table.Count; i++) all.Add(table[i].Code.Packed);
        var sorted = all.ToArray();
        Sorting.Sort(sorted);
        for (var i = 0; i < sorted.Length; i++)
        {
            var code = new Code(sorted[i]);
            if ((i > 0 && sorted[i] == sorted[i - 1]) || !IsAsked(code)) continue;
            var (was, stands) = (old.Standing(code), now.Standing(code));
            if (was != stands && was != DiagnosisStanding.NotInBook && stands != DiagnosisStanding.NotInBook
                && (was == DiagnosisStanding.Valid || stands == DiagnosisStanding.Valid))
                yield return new(code, was, stands);
        }
    }
}
