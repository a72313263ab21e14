using System.Buffers;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A code that was found, as it is on the day that was asked for.</summary>
/// <param name="Code">None for a package that no code is known of.</param>
/// <param name="Dates">From the first day to the last; it may be out of force all the same where a later year left it
/// out.</param>
/// <param name="IsHeader">A diagnosis that needs more characters.</param>
/// <param name="Successors">What took over from it.</param>
/// <param name="Drug">The drug by whose name or package it was found.</param>
/// <param name="Ndc">The eleven digits of the package that was found by its number; else empty.</param>
internal sealed record CodeHit(FindKind Kind, Code Code, string Label, DateRange Dates, bool IsInForce, bool IsHeader,
    IReadOnlyList<Code> Successors, Drug? Drug = null, string Ndc = "");

/// <summary>
/// Finds codes as one types: by their characters, by a drug's name, brand or slang, by words of a label or a diagnosis,
/// by the number of a package. Every word may be unfinished; where no text has a word, slips are forgiven. Packs bring
/// their index; a book that was built in memory is indexed when first asked. Immutable, and shared by any number of
/// threads.
/// </summary>
internal sealed class CodeSearch
{
    readonly CodeBook book;
    readonly FindIndex[] layers;

    internal CodeSearch(CodeBook book)
    {
        var official = book.Pack is { } pack ? FindIndex.Of(pack) : null;
        var own = book.Shipped is { } shipped ? FindIndex.Of(shipped)! : BookFind.Of(book, official);
        (this.book, layers) = (book, official is null ? [own] : [own, official]);
    }

    /// <summary>How many rows there are in all layers.</summary>
    public int RowCount => layers.Sum(static l => l.Rows.Count);

    /// <summary>The best of what matches, best first; the same for the same words.</summary>
    public IReadOnlyList<CodeHit> Find(string text, DateOnly day, int limit = 20)
    {
        var (hits, words) = (new List<CodeHit>(), FindWords.Typed(text));
        if (words.Count == 0 || limit < 1) return hits;
        if (ShowPhrase(text, day, hits)) return EndedLast(hits, words, limit);
        var most = Math.Min((limit * 4) + 32, 4096); // a drug has several names, and a code two texts
        var best = Best(words, day, most, forgives: false);
        if (best.Count == 0 && words.Count > 1) best = Best(words, day, most, forgives: true);
        foreach (var rank in best.Ranks)
        {
            if (hits.Count >= limit) break;
            var layer = layers[FindRank.Layer(rank)];
            Show(layer, layer.Rows[FindRank.Row(rank)], FindRank.IsByNumber(rank), text, day, hits);
        }
        if (hits.Count == 0 && book.DrugNamed(text) is { } drug)
            ShowDrug(drug, text, day, hits, FindKind.Drug); // "ketorolac 30 mg im", with words that no text has
        return EndedLast(hits, words, limit);
    }

    /// <summary>Drugs whose names come near a text that is none's.</summary>
    public IReadOnlyList<Drug> DrugsLike(string text, DateOnly day, int most = 3)
    {
        var drugs = new List<Drug>();
        foreach (var hit in Find(text, day))
            if (hit.Drug is { } drug && drugs.Count < most && !drugs.Contains(drug)) drugs.Add(drug);
        return drugs;
    }

    /// <summary>What people say for many things at once: a flu shot is any of a dozen products.</summary>
    bool ShowPhrase(string text, DateOnly day, List<CodeHit> hits)
    {
        if (PhraseOf(FindWords.Joined(text)) is not { } codes) return false;
        var table = book.Diagnoses(day);
        foreach (var code in codes)
            if (CodeOn(code, day) is { } hit) hits.Add(hit);
            else if (table is not null && table.Label(code) is { Length: > 0 } label)
                hits.Add(new(FindKind.Diagnosis, code, label, DateRange.Always, true,
                    table.Standing(code) == DiagnosisStanding.Header, []));
        return hits.Count > 0;
    }

    static readonly string[] Givings =
        [" shot", " shots", " injection", " injections", " vaccine", " vaccines", " vaccination", " booster", " jab"];

    /// <summary>
    /// A phrase with any word for the giving, or without one: "tetanus jab" is "tetanus", "shingles" is "shingles
    /// shot".
    /// </summary>
    Code[]? PhraseOf(string said)
    {
        if (book.Phrases.TryGetValue(said, out var codes)) return codes;
        foreach (var giving in Givings)
            if (said.EndsWith(giving, StringComparison.Ordinal))
                return book.Phrases.GetValueOrDefault(said[..^giving.Length]) ?? book.Phrases.GetValueOrDefault(
                    said[..^giving.Length] + " shot");
        return null;
    }

    /// <summary>What is not in force comes last, but not the very code that was typed.</summary>
    static List<CodeHit> EndedLast(List<CodeHit> hits, List<TypedWord> words, int limit)
    {
        // keeps the order of the others
        var ordered = hits.OrderBy(hit => !hit.IsInForce
            && !(words.Count == 1 && hit.Code.Packed == words[0].Low)).ToList();
        if (ordered.Count > limit) ordered.RemoveRange(limit, ordered.Count - limit);
        return ordered;
    }

    /// <param name="forgives">Slips are forgiven in every word, not only in those that nothing begins with.</param>
    BestRanks Best(List<TypedWord> words, DateOnly day, int most, bool forgives)
    {
        var (marks, best) = (new ushort[layers.Length][], new BestRanks(most));
        for (var layer = 0; layer < layers.Length; layer++)
        {
            marks[layer] = ArrayPool<ushort>.Shared.Rent(layers[layer].Rows.Count);
            Array.Clear(marks[layer]);
        }
        for (var word = 0; word < words.Count; word++)
        {
            var known = false;
            for (var layer = 0; layer < layers.Length; layer++)
                known |= Mark(layers[layer], marks[layer], words[word], word);
            if (!known || forgives) Forgive(marks, words[word], word, word == words.Count - 1);
        }
        for (var layer = 0; layer < layers.Length; layer++)
        {
            Collect(layer, marks[layer], words, day, best);
            ArrayPool<ushort>.Shared.Return(marks[layer]);
        }
        return best;
    }

    /// <summary>
    /// Marks the rows that have one word more: the low byte of a mark counts words that were met one after another, the
    /// high byte those met whole. Says whether the index knows the word at all.
    /// </summary>
    static bool Mark(FindIndex index, ushort[] marks, TypedWord word, int number)
    {
        var (from, end, isWhole) = index.Beginning(word.Letters);
        if (isWhole) Mark(index.RowsWith(from, from + 1), marks, number, isWhole);
        var known = from < end;
        if (word.Low != 0)
            foreach (var kind in (ReadOnlySpan<FindKind>)[FindKind.Procedure, FindKind.Diagnosis, FindKind.Modifier])
                known |= Mark(index, marks, kind, word.Low, word.High, number);
        foreach (var (low, high) in word.Packages) known |= Mark(index, marks, FindKind.Package, low, high, number);
        Mark(index.RowsWith(isWhole ? from + 1 : from, end), marks, number, isWhole: false);
        return known;
    }

    static void Mark(ReadOnlySpan<int> rows, ushort[] marks, int number, bool isWhole)
    {
        var met = (ushort)(isWhole ? 0x101 : 1);
        foreach (var row in rows)
            if ((byte)(marks[row] & 0xFF) == number) marks[row] += met;
    }

    static bool Mark(FindIndex index, ushort[] marks, FindKind kind, ulong low, ulong high, int number)
    {
        var (from, end) = index.Keyed(kind, low, high);
        for (var row = from; row < end; row++)
            if ((marks[row] & 0xFF) == number) marks[row] += (ushort)(index.Rows[row].Key == low ? 0x101 : 1);
        return from < end;
    }

    /// <summary>With two slips a few letters are the beginning of too many words.</summary>
    static int Begun(TypedWord word) => Math.Min(word.Slips, word.Letters.Length < LongBeginning ? 1 : 2);

    const int LongBeginning = 8;

    /// <summary>Marks the rows with the words that differ least from one.</summary>
    void Forgive(ushort[][] marks, TypedWord word, int number, bool isLast)
    {
        if (word.Slips == 0) return;
        var (least, like) = (word.Slips, new List<int>[layers.Length]);
        var slips = new int[layers.Length];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            like[layer] = layers[layer].Like(word.Letters, least, isLast ? Begun(word) : -1, out slips[layer]);
            if (like[layer].Count > 0) least = slips[layer];
        }
        for (var layer = 0; layer < layers.Length; layer++)
            if (slips[layer] == least)
                foreach (var each in like[layer])
                    Mark(layers[layer].RowsWith(each, each + 1), marks[layer], number, isWhole: false);
    }

    void Collect(int layer, ushort[] marks, List<TypedWord> words, DateOnly day, BestRanks best)
    {
        var rows = layers[layer].Rows.Span;
        for (var row = 0; row < rows.Length; row++)
            if ((marks[row] & 0xFF) == words.Count)
                best.Offer(FindRank.Of(rows[row], words, marks[row] >> 8, day.DayNumber, layer, row));
    }

    void Show(FindIndex index, in FindRow row, bool isByNumber, string text, DateOnly day, List<CodeHit> hits)
    {
        switch (row.Kind)
        {
            case FindKind.Drug: ShowDrug(book.Drugs[(int)row.Key], text, day, hits, FindKind.Drug); break;
            case FindKind.Package: ShowPackage(index, row, isByNumber, text, day, hits); break;
            case FindKind.Procedure:
                if (CodeOn(new(row.Key), day) is { } code) Add(hits, code);
                break;
            case FindKind.Diagnosis: Add(hits, Diagnosis(index, row, day)); break;
            default: Add(hits, Itself(index, row, day)); break;
        }
    }

    /// <summary>A code stands once, or once for each of several drugs; beside a package each time.</summary>
    static void Add(List<CodeHit> hits, CodeHit hit)
    {
        foreach (var other in hits)
            if (other.Code == hit.Code && other.Ndc == hit.Ndc
                && (other.Kind == FindKind.Diagnosis) == (hit.Kind == FindKind.Diagnosis)
                && (hit.Drug is null || other.Drug is null || hit.Drug == other.Drug))
                return;
        hits.Add(hit);
    }

    /// <summary>A drug's codes: of the brand that was typed, of the drug as such, of its other brands; of each those in
    /// force first.</summary>
    void ShowDrug(Drug drug, string text, DateOnly day, List<CodeHit> hits, FindKind kind, string ndc = "")
    {
        foreach (var nearness in (ReadOnlySpan<int>)[0, 1, 2])
            foreach (var inForce in (ReadOnlySpan<bool>)[true, false])
                foreach (var product in drug.Products)
                {
                    if (Nearness(product, text) != nearness || CodeOn(product.Hcpcs, day) is var code
                        && (code?.IsInForce ?? true) != inForce)
                        continue;
                    var label = product.Brand.Length > 0
                        ? $"{drug.Name} ({product.Brand.Replace("|", ", ", StringComparison.Ordinal)})"
                        : drug.Name;
                    Add(hits, (code ?? new(kind, product.Hcpcs, "", DateRange.Always, true, false, [])) with
                    {
                        Kind = kind, Label = label, Drug = drug, Ndc = ndc,
                    });
                }
    }

    static int Nearness(in ProductRow product, string text) =>
        product.Brand.Length == 0 ? 1
            : product.Brand.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase) ? 0 : 2;

    /// <summary>
    /// A package with its code by the crosswalk; without one with those of its drug, by our container or by its name.
    /// Found by its name it means its code, which is listed once.
    /// </summary>
    void ShowPackage(FindIndex index, in FindRow row, bool isByNumber, string text, DateOnly day, List<CodeHit> hits)
    {
        var (ndc, name) = (isByNumber ? row.Key.ToString("D11", System.Globalization.CultureInfo.InvariantCulture) : "",
            Encoding.UTF8.GetString(index.Label(row)));
        var drug = book.Containers.TryGet(row.Key, out var container)
            ? book.Drugs[container.Drug]
            : book.DrugNamed(name);
        if (row.Code == 0 && drug is not null)
        {
            ShowDrug(drug, text, day, hits, FindKind.Package, ndc);
            return;
        }
        var hit = row.Code == 0 ? null : CodeOn(new(row.Code), day);
        Add(hits,
            (hit ?? Itself(index, row, day) with { Code = new(row.Code) }) with
            {
                Kind = FindKind.Package, Label = drug?.Name ?? name, Drug = drug, Ndc = ndc
            });
    }

    /// <summary>A code as the book has it; null where it has no row of it.</summary>
    CodeHit? CodeOn(Code code, DateOnly day)
    {
        var rows = book.Codes[book.Id(code)];
        if (rows.IsEmpty) return null;
        return new(FindKind.Procedure, code, book.LabelOf(rows[^1]),
            new(rows[0].Dates.FromDay, rows[^1].Dates.ThruDay, rows[0].Dates.KnownDay), book.TryCode(code, day, out _),
            false, book.Successors(code));
    }

    CodeHit Diagnosis(FindIndex index, in FindRow row, DateOnly day)
    {
        var (code, table) = (new Code(row.Key), book.Diagnoses(day));
        var (standing, itself) = (table?.Standing(code), Itself(index, row, day));
        return itself with { Label = table?.Label(code) is { Length: > 0 } label ? label : itself.Label,
            IsInForce = standing is DiagnosisStanding.Valid or DiagnosisStanding.Header };
    }

    /// <summary>What the index says of it.</summary>
    static CodeHit Itself(FindIndex index, in FindRow row, DateOnly day)
    {
        var dates = new DateRange(row.FromDay, row.ThruDay, 0);
        return new(row.Kind, row.Kind == FindKind.Package ? Code.None : new(row.Key),
            Encoding.UTF8.GetString(index.Label(row)), dates, dates.Contains(day), row.Header != 0, []);
    }
}

/// <summary>
/// How good a match is, in one integer that is less the better it is: what was matched; words met whole; in force;
/// billable; a short text; at last the layer and the row, so that the order is always the same.
/// </summary>
static class FindRank
{
    const int ExactCode = 0, DrugByName = 1, DrugByWords = 2, CodeBeginning = 3, Words = 4;

    public static ulong Of(in FindRow row, List<TypedWord> words, int whole, int day, int layer, int index)
    {
        var tier = Tier(row, words, whole);
        var isOut = row.Kind != FindKind.Drug && (day < row.FromDay || day > row.ThruDay);
        var rank = ((ulong)tier << 6) | ((uint)(words.Count - whole) << 2) | (isOut ? 2U : 0) | row.Header;
        return (rank << 54)
            | ((tier == CodeBeginning ? Following(row, words[0].Letters.Length) : Math.Min((uint)row.Length, 1023))
                << 32) | ((ulong)layer << 31) | (uint)index;
    }

    /// <summary>
    /// Codes that begin as was typed are in their own order: procedures first, then by the next three characters.
    /// </summary>
    static ulong Following(in FindRow row, int typed)
    {
        if (row.Kind == FindKind.Package) return 0;
        var next = row.Key << (8 * typed);
        return (row.Kind == FindKind.Procedure ? 0UL : 1 << 21) | ((next >> 56) << 14) | (((next >> 48) & 0x7F) << 7)
            | ((next >> 40) & 0x7F);
    }

    static int Tier(in FindRow row, List<TypedWord> words, int whole)
    {
        if (row.Kind == FindKind.Drug) return whole == words.Count && row.Words == whole ? DrugByName : DrugByWords;
        if (words.Count > 1) return Words;
        if (row.Kind != FindKind.Package)
            return row.Key == words[0].Low ? ExactCode
                : row.Key >= words[0].Low && row.Key <= words[0].High ? CodeBeginning
                : Words;
        foreach (var (low, high) in words[0].Packages)
            if (row.Key >= low && row.Key <= high) return low == high ? ExactCode : CodeBeginning;
        return Words;
    }

    public static bool IsByNumber(ulong rank) => rank >> 60 < Words;

    public static int Layer(ulong rank) => (int)((rank >> 31) & 1);

    public static int Row(ulong rank) => (int)(rank & int.MaxValue);
}

/// <summary>The least of the ranks that were offered, in their order.</summary>
sealed class BestRanks(int most)
{
    readonly ulong[] ranks = new ulong[most];

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Ranks => ranks.AsSpan(0, Count);

    public void Offer(ulong rank)
    {
        if (Count == most && rank >= ranks[^1]) return;
        var place = ~Sorting.Find(Ranks, rank);
        if (Count < most) Count++;
        Array.Copy(ranks, place, ranks, place + 1, Count - 1 - place);
        ranks[place] = rank;
    }
}
