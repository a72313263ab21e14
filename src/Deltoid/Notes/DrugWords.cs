using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>A drug named in a text: which, how the encounter writes it, and where it stands.</summary>
/// <param name="Name">The generic name, or what sets products of one drug apart (<c>denosumab-bbdz</c>).</param>
/// <param name="IsGuess">The word is spelled wrong, and only one drug's name is near it.</param>
internal readonly record struct DrugMention(Drug? Drug, string Name, int FirstToken, int EndToken, bool IsGuess);

/// <summary>
/// The names of drugs, as people write them: those of the code book (generic, brands, short forms), and rows of our own
/// (names.tsv) with slang, Spanish and usual misspellings.
/// </summary>
internal sealed class DrugWords
{
    /// <summary>Begins the name of a drug that is no injection.</summary>
    public const string ByMouth = "by mouth: ";

    const int ShortestGuess = 6, ShortestFarGuess = 9;

    readonly CodeBook book;
    readonly WordTable table = new();
    readonly List<(string Word, string Name)>[] byLetter = new List<(string, string)>[26];
    readonly WordTable plain = new(); // everyday words that are near a drug's name
    readonly Dictionary<string, Drug?> drugs = [];

    public DrugWords(CodeBook book)
    {
        this.book = book;
        AddRows();
        foreach (var drug in book.Drugs) AddDrug(drug);
        foreach (var (word, drug) in beginnings)
            if (drug is not null && !table.Knows(word)) AddName(drug, word, Written(drug, word));
    }

    /// <summary>The drugs named in a text, in order; a longer name wins over one inside it.</summary>
    public List<DrugMention> Find(NoteText text)
    {
        var mentions = new List<DrugMention>();
        for (var i = 0; i < text.Count;)
        {
            if (TryFind(text, i, out var mention)) mentions.Add(mention);
            i = mention.EndToken > i ? mention.EndToken : i + 1;
        }
        return mentions;
    }

    /// <summary>The drug whose name begins at a token, spelled right or nearly so.</summary>
    public bool TryFind(NoteText text, int token, out DrugMention mention)
    {
        mention = default;
        if (table.TryFind(text, token, out var found))
        {
            var end = WithoutAmount(text, found, out var name);
            if (name.Length == 0) return false;
            mention = new(DrugOf(name), name, token, end, false);
            return true;
        }
        if (text.Kind(token) != TokenKind.Word || !AmountIsNear(text, token)
            || Guess(text.Word(token)) is not { Length: > 0 } guess)
            return false;
        mention = new(DrugOf(guess), guess, token, token + 1, true);
        return true;
    }

    /// <summary>
    /// A name that ends in a number is not taken with the number where a unit follows: in "Kenalog 40 mg" the 40 is
    /// the dose.
    /// </summary>
    int WithoutAmount(NoteText text, Found found, out string name)
    {
        name = found.Sense.Value;
        var end = found.EndToken;
        if (end - found.FirstToken < 2 || text.Kind(end - 1) != TokenKind.Number
            || Amounts.UnitAt(text, end, out _) == MeasureUnit.None)
            return end;
        var last = end - 1;
        while (last > found.FirstToken && text.Kind(last - 1) is TokenKind.Mark or TokenKind.Break) last--;
        var shorter = NoteText.PhraseOf(text.Text.AsSpan(text[found.FirstToken].Start,
            text[last - 1].End - text[found.FirstToken].Start));
        name = table.Of(shorter)?.Value ?? "";
        return last;
    }

    /// <summary>A word that begins the name of a drug, or an everyday word of notes.</summary>
    public bool IsKnown(ReadOnlySpan<char> word) => plain.Knows(word) || table.Begins(word);

    /// <summary>An everyday word of notes.</summary>
    public bool IsPlain(ReadOnlySpan<char> word) => plain.Knows(word);

    /// <summary>Only a word beside an amount may be a drug that is spelled wrong.</summary>
    static bool AmountIsNear(NoteText text, int token)
    {
        for (var i = token + 1; i < Math.Min(text.Count, token + 4); i++)
            if (text.Kind(i) == TokenKind.Number) return true;
        for (var i = token - 1; i >= Math.Max(0, token - 4); i--)
            if (text.Kind(i) == TokenKind.Number && Amounts.UnitAt(text, i + 1, out _) != MeasureUnit.None) return true;
        return false;
    }

    /// <summary>The one name that is near a word; empty when none or several are.</summary>
    string Guess(ReadOnlySpan<char> word)
    {
        if (word.Length is < ShortestGuess or > 30 || !char.IsAsciiLetterLower(word[0]) || plain.Knows(word)) return "";
        var (best, least, rivals) = ("", word.Length >= ShortestFarGuess ? 3 : 2, false);
        foreach (var (known, name) in byLetter[word[0] - 'a'] ?? [])
        {
            if (Math.Abs(known.Length - word.Length) >= least) continue;
            var distance = Distance(word, known, least);
            if (distance > least || (distance == least && best.Length == 0)) continue;
            if (distance < least) (best, least, rivals) = (name, distance, false);
            else rivals |= best != name;
        }
        return rivals ? "" : best;
    }

    /// <summary>How many letters must be added, left out, changed, or swapped with the next.</summary>
    public static int Distance(ReadOnlySpan<char> word, string known, int limit)
    {
        Span<int> before = stackalloc int[known.Length + 1], row = stackalloc int[known.Length + 1],
            next = stackalloc int[known.Length + 1];
        for (var j = 0; j <= known.Length; j++) row[j] = j;
        for (var i = 1; i <= word.Length; i++)
        {
            next[0] = i;
            var least = i;
            for (var j = 1; j <= known.Length; j++)
            {
                var same = word[i - 1] == known[j - 1];
                var cost = Math.Min(Math.Min(next[j - 1], row[j]) + 1, row[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && word[i - 1] == known[j - 2] && word[i - 2] == known[j - 1])
                    cost = Math.Min(cost, before[j - 2] + 1);
                next[j] = cost;
                least = Math.Min(least, cost);
            }
            if (least > limit) return limit + 1;
            row.CopyTo(before);
            next.CopyTo(row);
        }
        return row[known.Length];
    }

    Drug? DrugOf(string name)
    {
        if (name.StartsWith(ByMouth, StringComparison.Ordinal)) return null;
        if (drugs.TryGetValue(name, out var drug)) return drug;
        return book.DrugNamed(name);
    }

    void AddRows()
    {
        var rows = ShippedRows.Open("notes/names.tsv");
        var (drug, words, source) = (rows.Column("drug"), rows.Column("words"), rows.Column("source"));
        while (rows.Next())
        {
            if (rows[source].IsEmpty) throw rows.Wrong(source, "is empty: a fact has a source");
            if (rows[drug] is "-") plain.AddAll(Meaning.Plain, "", rows[words]);
            else if (rows[drug] is "oral") table.AddEach(Meaning.Drug, rows[words]);
            else table.AddAll(Meaning.Drug, new(rows[drug]), rows[words]);
        }
    }

    void AddDrug(Drug drug)
    {
        AddName(drug, drug.Name, Written(drug, drug.Name));
        foreach (var brand in drug.Brands)
        {
            AddName(drug, brand, Written(drug, brand));
            var first = NoteText.PhraseOf(brand).Split(' ')[0];
            if (first.Length >= 6 && first.Length < brand.Length && !plain.Knows(first)) AddBeginning(first, drug);
        }
        foreach (var slang in drug.Slang) AddName(drug, slang, Written(drug, slang));
    }

    readonly Dictionary<string, Drug?> beginnings = [];

    /// <summary>"Zyprexa" of "Zyprexa Relprevv", where only brands of one drug begin so.</summary>
    void AddBeginning(string word, Drug drug)
    {
        if (beginnings.TryGetValue(word, out var known) && known != drug) beginnings[word] = null;
        else beginnings[word] = drug;
    }

    void AddName(Drug drug, string phrase, string written)
    {
        var key = NoteText.PhraseOf(phrase);
        // the strength of a solution is a fact of its own: 1% lidocaine
        if (key.Contains('%', StringComparison.Ordinal) && drug.Group is not "plasma" and not "fluid") return;
        table.Add(Meaning.Drug, written, phrase);
        drugs.TryAdd(written, drug);
        var words = key.Split(' ');
        if (words.Length == 2 && key.Length > 6) table.Add(Meaning.Drug, written, words[0] + words[1]);
        foreach (var each in words.Length == 1 ? [key] : words.Length == 2 ? new[] { words[0] + words[1] } : [])
            if (each.Length >= ShortestGuess && char.IsAsciiLetterLower(each[0]))
                (byLetter[each[0] - 'a'] ??= []).Add((each, written));
        foreach (var tail in Tails)
            if (key.EndsWith(tail, StringComparison.Ordinal)) AddName(drug, key[..^tail.Length], written);
    }

    static readonly string[] Tails = [" injection", " vaccine adult", " vaccine"];

    /// <summary>
    /// How the encounter writes a drug: by its generic name, or by what sets products of one drug apart.
    /// </summary>
    string Written(Drug drug, string phrase)
    {
        if (drug.Vaccine is not null) return OfVaccine(drug, phrase);
        foreach (var product in drug.Products)
            if (Lists(product.Brand, phrase) && SuffixName(drug, product.Hcpcs) is { Length: > 0 } own) return own;
        var isPart = drug.Name.StartsWith(phrase + " ", StringComparison.OrdinalIgnoreCase);
        return isPart && book.DrugNamed(phrase) == drug ? phrase : drug.Name;
    }

    /// <summary>The name of the kind of vaccine where it says which; else as people write the product.</summary>
    string OfVaccine(Drug drug, string phrase)
    {
        var comma = drug.Name.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return drug.Name;
        var kind = drug.Name[..comma];
        return book.DrugNamed(kind) == drug ? kind : phrase == drug.Name ? drug.Name : phrase;
    }

    static bool Lists(ReadOnlySpan<char> brands, string phrase)
    {
        while (Rows.NextItem(ref brands, '|', out var brand))
            if (brand.Equals(phrase, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>The biosimilar's own name (<c>denosumab-bbdz</c>) where its code has one; empty where not.</summary>
    static string SuffixName(Drug drug, Code code)
    {
        var own = "";
        foreach (var product in drug.Products)
        {
            if (product.Hcpcs != code) continue;
            var brands = product.Brand.AsSpan();
            while (Rows.NextItem(ref brands, '|', out var brand))
            {
                if (brand.Length != drug.Name.Length + 5 || brand[drug.Name.Length] != '-'
                    || !brand.StartsWith(drug.Name, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (own.Length > 0) return "";
                own = new(brand);
            }
        }
        return own;
    }
}
