using System.Text;
using Deltoid.Values;

namespace Deltoid.Payers;

/// <summary>The profiles of the payers and days of a run, each made once. Belongs to one worker.</summary>
public sealed class PayerProfiles(PayerSetting[] rows)
{
    readonly Dictionary<(PayerKind Kind, int Day, int Id), PayerProfile> known = [];
    readonly byte[][] ids = [.. rows.Select(static r => r.Id).Where(static id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Select(static id => Encoding.UTF8.GetBytes(id))];

    /// <summary>As <see cref="PayerProfile.For"/>, by the payer's id as a claim has it.</summary>
    public PayerProfile For(PayerKind kind, DateOnly day, ReadOnlySpan<byte> payerId)
    {
        var id = -1; // most payers have no row of their own
        for (var i = 0; i < ids.Length && id < 0; i++) if (ids[i].Length == payerId.Length && Ascii.EqualsIgnoreCase(payerId, ids[i])) id = i;
        var key = (kind, day.DayNumber, id);
        if (!known.TryGetValue(key, out var profile)) known[key] = profile = PayerProfile.For(rows, kind, day, id < 0 ? "" : Encoding.UTF8.GetString(ids[id]));
        return profile;
    }
}
