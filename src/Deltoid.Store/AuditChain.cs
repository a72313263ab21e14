using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>The first event that is not as it was written.</summary>
public sealed record AuditFault(long Number, string Why);

/// <summary>
/// Follows a trail from its first event: each must have the next number, the hash over the event before it and all
/// that it says, and the hash that was anchored for it.
/// </summary>
public sealed class AuditChain(IReadOnlyList<AuditAnchor> anchors)
{
    readonly ArrayBufferWriter<byte> text = new(512);
    int anchor;

    /// <summary>The events that were followed, and the hash of the last.</summary>
    public long Count { get; private set; }

    public string Hash { get; private set; } = "";

    public AuditFault? Fault { get; private set; }

    /// <summary>The next event of the trail.</summary>
    /// <returns>Whether it is as it was written.</returns>
    public bool Take(AuditEvent one)
    {
        if (one.Number != Count + 1) return Missing();
        if (one.Hash != HashOf(Hash, one, text)) return Wrong(one.Number, "is not as it was written");
        (Count, Hash) = (one.Number, one.Hash);
        if (anchor >= anchors.Count || anchors[anchor].Number != Count) return true;
        if (anchors[anchor].Hash == Hash)
        {
            anchor++;
            return true;
        }
        var good = anchor > 0 ? anchors[anchor - 1].Number : 0;
        return Wrong(good + 1, string.Create(CultureInfo.InvariantCulture,
            $"or one after it, up to event {Count}, was written again: its anchor says otherwise"));
    }

    /// <summary>The trail has no further event.</summary>
    public void End()
    {
        if (Fault is null && anchor < anchors.Count) Missing();
    }

    /// <summary>The next event cannot be read at all.</summary>
    public void Unreadable() => Wrong(Count + 1, "cannot be read");

    bool Missing() => Wrong(Count + 1, "is missing");

    bool Wrong(long number, string why)
    {
        Fault = new(number, why);
        return false;
    }

    /// <summary>The hash of an event: over the hash before it and all that it says, as a JSON array.</summary>
    public static string HashOf(string previous, AuditEvent one) => HashOf(previous, one, new(512));

    static string HashOf(string previous, AuditEvent one, ArrayBufferWriter<byte> text)
    {
        text.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStringValue(previous);
            json.WriteNumberValue(one.PracticeId);
            json.WriteNumberValue(one.Number);
            json.WriteNumberValue(one.At.ToUniversalTime().Ticks);
            if (one.PersonId is { } person) json.WriteNumberValue(person);
            else json.WriteNullValue();
            json.WriteStringValue(one.Act);
            json.WriteStringValue(one.Subject);
            json.WriteStringValue(one.Why);
            json.WriteStringValue(one.Changes);
            json.WriteEndArray();
        }
        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    /// <summary>Follows the trail of the practice that <paramref name="db"/> is open for.</summary>
    public static async Task<AuditChain> Verify(PracticeDb db, IReadOnlyList<AuditAnchor> anchors,
        CancellationToken stop = default)
    {
        var chain = new AuditChain(anchors);
        try
        {
            await foreach (var one in db.Events.AsNoTracking().OrderBy(static e => e.Number).AsAsyncEnumerable()
                .WithCancellation(stop))
                if (!chain.Take(one)) return chain;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException
            or InvalidOperationException or ArgumentException)
        {
            chain.Unreadable();
        }
        chain.End();
        return chain;
    }
}
