using System.Collections.Concurrent;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.PayerRules;
using Deltoid.Payers;
using Deltoid.Results;

namespace Deltoid.Store;

/// <summary>
/// The engine as the store and the screens ask it: one book, a scrubber for each thread. That of a practice
/// (<see cref="PracticeRules.For"/>) asks the practice's own rules too.
/// </summary>
public sealed class Engine
{
    /// <summary>Engines of practices that are kept: a practice has one until its rules change.</summary>
    const int MostKept = 200;

    readonly ConcurrentBag<Scrubber> scrubbers = [];
    readonly ConcurrentBag<ChunkScrubber> ofChunks = [];
    readonly ConcurrentDictionary<string, Engine> withRules = new(StringComparer.Ordinal);

    public Engine(CodeBook book) : this(book, Shipped.Edits)
    {
    }

    Engine(CodeBook book, EditSet edits) => (Book, Edits) = (book, edits);

    public CodeBook Book { get; }

    Lazy<Notes.NoteReader> Notes => field ??= new(() => new(Book));

    /// <summary>Reads a note in free text; nothing of it is kept.</summary>
    internal Notes.NoteReading ReadNote(string note) => Notes.Value.Read(note);

    /// <summary>Takes what another reader proposes, as far as the words of the note say it.</summary>
    /// <exception cref="Values.InputException">It is no JSON.</exception>
    internal void Propose(Notes.NoteReading reading, ReadOnlyMemory<byte> proposed) =>
        new Notes.Proposals(reading, Notes.Value.Lexicon).Take(proposed);

    internal EditSet Edits { get; }

    /// <summary>The same book, and the rules of a text beside the shipped edits.</summary>
    internal Engine With(string rules)
    {
        if (rules.Length == 0) return this;
        if (withRules.Count >= MostKept) withRules.Clear();
        return withRules.GetOrAdd(rules, static (text, book) => new(book, PayerRuleEdit.WithShipped(
            PayerRuleFile.Read(System.Text.Encoding.UTF8.GetBytes(text)))), Book);
    }

    /// <summary>Codes a visit, checks and prices the claim.</summary>
    public CodedVisit Code(Encounter visit)
    {
        if (!scrubbers.TryTake(out var scrubber)) scrubber = new(Edits);
        var coded = CodedVisit.Of(visit, Book, scrubber);
        scrubbers.Add(scrubber);
        return coded;
    }

    /// <summary>Checks the claims of a chunk; what it comes to holds until <paramref name="take"/> returns.</summary>
    /// <exception cref="InvalidDataException">The bytes are no chunk.</exception>
    internal T Scrub<T>(ReadOnlySpan<byte> chunk, Func<ScrubbedBlock, T> take)
    {
        if (!ofChunks.TryTake(out var scrubber)) scrubber = new(Book);
        var made = take(scrubber.Scrub(chunk));
        ofChunks.Add(scrubber);
        return made;
    }

    /// <summary>The profile that a claim is judged by.</summary>
    public PayerProfile PayerOf(Claim claim) => new ClaimPayers(Book).Of(claim);

    /// <summary>
    /// Checks a claim, against the chart that it came from where there is one. What coding found open in the chart is
    /// still open, whatever was changed in the claim since.
    /// </summary>
    public FindingList Scrub(Claim claim, Encounter? chart)
    {
        if (!scrubbers.TryTake(out var scrubber)) scrubber = new(Edits);
        var (findings, payer) = (new FindingList(), PayerOf(claim));
        if (chart is not null) Coder.Code(chart, Book, payer, new(), findings);
        scrubber.Check(claim, Book, payer, chart?.History, chart, findings);
        scrubbers.Add(scrubber);
        return findings;
    }
}
