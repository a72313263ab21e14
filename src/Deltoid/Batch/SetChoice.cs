using Deltoid.X12;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Batch;

/// <summary>
/// Which transaction sets a run reads. Other sets, and text outside of groups, are refused and counted.
/// </summary>
internal sealed class SetChoice(IReadOnlyList<TransactionSet> sets)
{
    /// <summary>Those that hold claims.</summary>
    public static SetChoice Claims { get; } = new(ClaimSets.All);

    /// <summary>All that Deltoid knows.</summary>
    public static SetChoice All { get; } = new(TransactionSets.All);

    bool Has(Guide? guide) => guide is not null && sets.Contains(guide.Set);

    /// <summary>A set begins that is read.</summary>
    public bool IsRead(EnvelopePart part) => part.Kind == EnvelopeKind.Set && Has(part.Set!.Guide);

    /// <summary>A set begins that is not read, or text is outside of a group.</summary>
    public bool IsRefused(EnvelopePart part) =>
        part.Kind == EnvelopeKind.Stray || (part.Kind == EnvelopeKind.Set && !Has(part.Set!.Guide));

    /// <summary>
    /// The part of a set that is to be read; null where the item is of the envelope or of another set.
    /// </summary>
    public SetPart? Of(in BlockItem item) => item.SetPart is { } part && Has(part.Set.Guide) ? part : null;
}
