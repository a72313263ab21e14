using System.Collections.Concurrent;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;

namespace Deltoid.Store;

/// <summary>The engine as the store and the screens ask it: one book, a scrubber for each thread.</summary>
public sealed class Engine(CodeBook book)
{
    readonly ConcurrentBag<Scrubber> scrubbers = [];
    readonly ConcurrentBag<ChunkScrubber> ofChunks = [];

    public CodeBook Book { get; } = book;

    /// <summary>Codes a visit, checks and prices the claim.</summary>
    public CodedVisit Code(Encounter visit)
    {
        if (!scrubbers.TryTake(out var scrubber)) scrubber = new();
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

    /// <summary>Checks a claim, against the chart that it came from where there is one.</summary>
    public FindingList Scrub(Claim claim, Encounter? chart)
    {
        if (!scrubbers.TryTake(out var scrubber)) scrubber = new();
        var findings = new FindingList();
        scrubber.Check(claim, Book, PayerOf(claim), chart?.History, chart, findings);
        scrubbers.Add(scrubber);
        return findings;
    }
}
