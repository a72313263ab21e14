using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>All words the note reader knows: drugs, words.tsv, cues.tsv, phrases.tsv. Made once, read by
/// many.</summary>
internal sealed class Lexicon
{
    public Lexicon(CodeBook book)
    {
        Book = book;
        Drugs = new(book);
        var rows = ShippedRows.Open("notes/words.tsv");
        var (kind, value, words, source) =
            (rows.Column("kind"), rows.Column("value"), rows.Column("words"), rows.Column("source"));
        while (rows.Next())
        {
            if (rows[source].IsEmpty) throw rows.Wrong(source, "is empty: a fact has a source");
            Words.AddAll(KindOf(rows[kind]) ?? throw rows.Wrong(kind, "is no kind"), new(rows[value]), rows[words]);
        }
        AddCues();
        AddMoods();
        AddPhrases();
    }

    public CodeBook Book { get; }

    public DrugWords Drugs { get; }

    public WordTable Words { get; } = new();

    /// <summary>Why and reach of a cue, as one value: <c>plan forward</c>.</summary>
    void AddCues()
    {
        var rows = ShippedRows.Open("notes/cues.tsv");
        var (why, reach, words, source) =
            (rows.Column("why"), rows.Column("reach"), rows.Column("words"), rows.Column("source"));
        while (rows.Next())
        {
            if (rows[source].IsEmpty) throw rows.Wrong(source, "is empty: a fact has a source");
            Words.AddAll(Meaning.Cue, $"{rows[why]} {rows[reach]}", rows[words]);
            Words.AddNear(rows[words], Drugs);
        }
    }

    /// <summary>By word: how it turns a word of giving that it stands before, or <c>through</c>, or
    /// <c>giver</c>.</summary>
    readonly Dictionary<string, string> moods = [];

    void AddMoods()
    {
        var rows = ShippedRows.Open("notes/moods.tsv");
        var (why, words, source) = (rows.Column("why"), rows.Column("words"), rows.Column("source"));
        while (rows.Next())
        {
            if (rows[source].IsEmpty) throw rows.Wrong(source, "is empty: a fact has a source");
            var mood = rows[why].ToString();
            var cell = rows[words];
            while (Rows.NextItem(ref cell, '|', out var word)) moods.TryAdd(word.ToString(), mood);
        }
    }

    readonly Dictionary<string, string[]> phrases = [];
    readonly Dictionary<string, HashSet<string>> ones = [];

    void AddPhrases()
    {
        var rows = ShippedRows.Open("notes/phrases.tsv");
        var (kind, words, source) = (rows.Column("kind"), rows.Column("words"), rows.Column("source"));
        while (rows.Next())
        {
            if (rows[source].IsEmpty) throw rows.Wrong(source, "is empty: a fact has a source");
            string[] each = [.. new string(rows[words]).Split('|')];
            phrases.Add(new(rows[kind]), each);
            ones.Add(new(rows[kind]), [.. each]);
        }
    }

    /// <summary>The phrases of a row of phrases.tsv, in its order.</summary>
    public string[] Phrases(string kind) => phrases[kind];

    /// <summary>Whether a word is one of a row of phrases.tsv.</summary>
    public bool Is(string kind, ReadOnlySpan<char> word) =>
        ones[kind].GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>What a word before a word of giving does to it; empty where no list has it.</summary>
    public string MoodOf(ReadOnlySpan<char> word) =>
        moods.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var mood) ? mood
            : word.EndsWith("n't") ? "negated" : word.EndsWith("'ll") ? "plan"
            : word.Length > 4 && word.EndsWith("ly") ? "through" : "";

    static Meaning? KindOf(ReadOnlySpan<char> kind) => kind switch
    {
        "route" => Meaning.Route,
        "side" => Meaning.Side,
        "place" => Meaning.Place,
        "site" => Meaning.Site,
        "container" => Meaning.Container,
        "source" => Meaning.Source,
        "role" => Meaning.Role,
        "supervision" => Meaning.Supervision,
        "response" => Meaning.Response,
        "label" => Meaning.Label,
        "section" => Meaning.Section,
        "month" => Meaning.Month,
        "reason" => Meaning.Reason,
        "work" => Meaning.Work,
        "sex" => Meaning.Sex,
        "fact" => Meaning.Fact,
        "muscle" => Meaning.Muscle,
        "imaging" => Meaning.Imaging,
        "payer" => Meaning.Payer,
        _ => null,
    };
}
