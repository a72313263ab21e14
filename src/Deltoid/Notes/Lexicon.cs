using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>All words the note reader knows: drugs, words.tsv, cues.tsv. Made once, and read by many.</summary>
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
