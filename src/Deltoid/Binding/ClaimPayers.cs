using System.Text;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Binding;

/// <summary>
/// The profile that a claim is judged by: the one way to choose it. The claim says its payer's kind and id, the day and
/// the state; the state is that of the service facility, else of the billing provider, and decides the Medicare
/// contractor by its rows. Each profile is made once. Belongs to one worker.
/// </summary>
public sealed class ClaimPayers(CodeBook book)
{
    readonly PayerSetting[] rows = book.PayerSettings;
    readonly Dictionary<(int Kind, int Day, int State, int Id), PayerProfile> known = [];
    PayerProfile? last; // most claims have the payer of the one before
    (int Kind, int Day, int State, int Id) lastKey;
    byte[] lastId = [];
    int lastIdLength = -1, lastRows;
    readonly byte[][] ids = IdsOf(book.PayerSettings);

    static byte[][] IdsOf(PayerSetting[] rows) =>
        [.. rows.Select(static r => r.Id).Where(static id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(static id => Encoding.UTF8.GetBytes(id))];

    /// <summary>
    /// The profile that the claim is judged by; the same object for claims of one payer, day and state.
    /// </summary>
    public PayerProfile Of(Claim claim)
    {
        var id = RowsOf(claim[ClaimText.PayerId]);
        var state = StateOf(claim);
        var key = ((int)claim.PayerKind, claim.ServiceDate.DayNumber, state.Length == 2 ? state[0] << 8 | state[1] : 0,
            id);
        if (last is not null && key == lastKey) return last;
        if (!known.TryGetValue(key, out var profile))
            known[key] = profile = PayerProfile.For(rows, claim.PayerKind, claim.ServiceDate,
                PayerProfile.IdOfState(Encoding.ASCII.GetString(state)),
                id < 0 ? "" : Encoding.UTF8.GetString(ids[id]));
        (last, lastKey) = (profile, key);
        return profile;
    }

    /// <summary>The position of an id among those that have rows of their own, or -1, as for most payers.</summary>
    int RowsOf(ReadOnlySpan<byte> payerId)
    {
        if (payerId.Length == lastIdLength && payerId.SequenceEqual(lastId.AsSpan(0, lastIdLength))) return lastRows;
        if (payerId.Length > lastId.Length) lastId = new byte[payerId.Length];
        payerId.CopyTo(lastId);
        (lastIdLength, lastRows) = (payerId.Length, -1);
        for (var i = 0; i < ids.Length && lastRows < 0; i++)
            if (ids[i].Length == payerId.Length && Ascii.EqualsIgnoreCase(payerId, ids[i])) lastRows = i;
        return lastRows;
    }

    /// <summary>
    /// The two capital letters of the state where the service was given; empty where the claim does not say it.
    /// </summary>
    public static ReadOnlySpan<byte> StateOf(Claim claim)
    {
        var state = claim[Party.ServiceFacility, PartyField.State];
        if (!IsState(state)) state = claim[Party.Billing, PartyField.State];
        return IsState(state) ? state : default;
    }

    static bool IsState(ReadOnlySpan<byte> text) =>
        text.Length == 2 && !text.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
}
