using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What leads from a payment to a claim, kept in columns and rows that are found by an index.</summary>
static class ClaimLeads
{
    const int LongestOrdinal = 3;

    public static void Keep(StoredClaim stored, Claim claim)
    {
        stored.MemberId = claim.Text(Party.Subscriber, PartyField.MemberId);
        stored.Reference = claim.Text(ClaimText.OriginalReference);
        stored.FirstDay = SentClaims.FirstDayOf(claim) is var day && day != default && day != claim.ServiceDate
            ? day : null;
    }

    /// <summary>Brings the rows of a claim's line numbers up to date.</summary>
    /// <param name="before">The claim as the rows are; null where it has none.</param>
    public static async Task KeepLines(PracticeDb db, StoredClaim stored, Claim? before, Claim after,
        CancellationToken stop)
    {
        var (were, are) = (before is null ? [] : LinesOf(before, stored.Number), LinesOf(after, stored.Number));
        if (were.SetEquals(are)) return;
        if (were.Count > 0)
            db.LineNumbers.RemoveRange(await db.LineNumbers.Where(l => l.ClaimId == stored.Id).ToListAsync(stop));
        foreach (var control in are) db.LineNumbers.Add(new() { ClaimId = stored.Id, Control = control });
    }

    /// <summary>The line numbers that do not follow from the claim's number.</summary>
    public static HashSet<string> LinesOf(Claim claim, string number)
    {
        var lines = new HashSet<string>();
        foreach (ref readonly var line in claim.Lines)
            if (claim.Text(line.Control) is { Length: > 0 } control && NumberIn(control) != number) lines.Add(control);
        return lines;
    }

    /// <summary>The claim's number in one of its line (<c>C000012-1</c>); null where it has another form.</summary>
    public static string? NumberIn(string control)
    {
        var cut = control.LastIndexOfAny(['-', '.']);
        var ordinal = control.AsSpan(cut + 1);
        return cut > 0 && ordinal.Length is > 0 and <= LongestOrdinal && !ordinal.ContainsAnyExceptInRange('0', '9')
            ? control[..cut] : null;
    }
}
