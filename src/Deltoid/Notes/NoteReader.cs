using Deltoid.Codes;

namespace Deltoid.Notes;

/// <summary>
/// Reads a note in free text into the facts of an encounter. Every value stands with the words that say it; what was
/// not given here today is set aside with why; what is contradicted is asked. The same note and book give the same
/// reading: nothing is looked up, and nothing is learned.
/// </summary>
/// <param name="weights">The second judge of what was given; none where its weights are learned.</param>
internal sealed class NoteReader(CodeBook book, GivingWeights? weights)
{
    public NoteReader(CodeBook book) : this(book, GivingWeights.Shipped) { }

    readonly Lexicon lexicon = new(book);

    public Lexicon Lexicon => lexicon;

    public NoteReading Read(string note)
    {
        var story = StoryOf(note);
        var reading = new NoteReading(note);
        var visit = new VisitFacts(story, reading.Facts, reading.Questions);
        visit.Assign();
        var given = new GivenDrugs(story, reading, weights).Find(visit);
        visit.Make(given);
        reading.Add(given);
        reading.Refused.RemoveAll(r => given.Exists(g => g.Drug.Value == r.Drug));
        NoteQuestions.Add(reading, given, lexicon);
        return reading;
    }

    /// <summary>The pieces of a note, before anything is judged.</summary>
    public Story StoryOf(string note)
    {
        var text = new NoteText(note);
        var hidden = new Hidden(text, lexicon);
        return new(text, lexicon, hidden, new Scan(text, lexicon, hidden));
    }
}
