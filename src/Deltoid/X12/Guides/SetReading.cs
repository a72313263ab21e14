using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.X12.Guides;

/// <summary>A claim as an answer names it.</summary>
/// <param name="id">Its number with the provider: CLP01 of an 835, TRN02 of a 277CA.</param>
/// <param name="start">The ordinal of its first segment, from ST = 1.</param>
internal readonly ref struct NamedClaim(ReadOnlySpan<byte> id, int start)
{
    public ReadOnlySpan<byte> Id { get; } = id;

    public int Start { get; } = start;
}

/// <summary>
/// Reads sets of one kind part by part, in the order of the file, and says what they hold: items, such as claims or
/// payments, and the set as a whole. Belongs to one worker; what it hands out holds until the next call.
/// </summary>
internal abstract class SetReading
{
    /// <summary>Whether <see cref="WriteSet"/> will be asked for: else what only it needs is not kept.</summary>
    public bool KeepsSet { get; set; } = true;

    /// <summary>Begins a part of a set.</summary>
    public abstract void Open(byte[] bytes, SetPart part);

    /// <summary>Reads the next item of the part; false when there is none left.</summary>
    /// <param name="about">Gets what is wrong with this item; the caller clears it.</param>
    public abstract bool Next(FindingList about);

    /// <summary>
    /// What is wrong with the set and belongs to no item, complete when <see cref="Next"/> has returned false. The
    /// caller clears it.
    /// </summary>
    public abstract FindingList SetFindings { get; }

    /// <summary>The item that was read, where it is a claim.</summary>
    public virtual Claim? Claim => null;

    /// <summary>Why the item was not read whole; null where all of it was.</summary>
    public virtual Finding? Unread => null;

    /// <summary>How many claims or sets a set without items lists so far.</summary>
    public virtual int Listed => 0;

    /// <summary>
    /// What an acknowledgment calls the unit of business (999, CTX01): CLM01, TRN02; empty where there is none open.
    /// </summary>
    public virtual ReadOnlySpan<byte> UnitKind => default;

    public virtual ReadOnlySpan<byte> UnitId => default;

    /// <summary>The ordinal of the unit's first segment, from ST = 1.</summary>
    public virtual int UnitStart => 0;

    /// <summary>
    /// The claim that a finding is about, where claims are only named (835, 277CA): its number, and the ordinal of its
    /// first segment. No number where it is about none, or where the item is a claim.
    /// </summary>
    public virtual NamedClaim ClaimOf(in Finding finding) => default;

    /// <summary>The name of an item in JSON; empty where items are written without one, as claims are.</summary>
    public virtual string ItemName => "";

    /// <summary>The name of the list of items beside the set; empty where each item is written by itself.</summary>
    public virtual string ListName => "";

    /// <summary>The name of the set in JSON; empty where nothing is written of it but its items.</summary>
    public virtual string SetName => "";

    /// <summary>Writes the item as a JSON value.</summary>
    public virtual void WriteItem(Utf8JsonWriter json) => throw new NotSupportedException();

    /// <summary>Writes the set as a JSON value, when its last part was read.</summary>
    public virtual void WriteSet(Utf8JsonWriter json) => throw new NotSupportedException();
}
