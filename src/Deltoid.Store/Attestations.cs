using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What a change of a claim asserts about the visit: a modifier that says services were separate, a diagnosis, a
/// service that was not given. A person has to say that the record supports it before it is written, as an event.
/// </summary>
public static class Attestations
{
    static readonly Modifier[] Separate =
    [
        Modifier.M25, Modifier.M59, Modifier.XE, Modifier.XP, Modifier.XS, Modifier.XU
    ];

    /// <summary>What the second claim asserts that the first did not: <c>99213-25 on line 1</c>.</summary>
    public static List<string> Of(Claim before, Claim after)
    {
        var asserted = new List<string>();
        foreach (ref readonly var line in after.Lines)
        {
            var index = before.IndexOf(line.Number);
            foreach (var modifier in Separate)
                if (line.Modifiers.Has(modifier)
                    && (index < 0 || !before.Lines[index].Modifiers.Has(modifier)
                        || before.Lines[index].Code != line.Code))
                    asserted.Add($"{line.Code}-{modifier} on line {line.Number}");
        }
        foreach (var diagnosis in after.Diagnoses)
            if (before.PositionOf(diagnosis) == 0) asserted.Add($"diagnosis {diagnosis.ToDiagnosis()}");
        foreach (ref readonly var line in before.Lines)
            if (after.IndexOf(line.Number) < 0) asserted.Add($"{line.Code} on line {line.Number} was not given");
        return asserted;
    }

    /// <summary>Keeps what a person says of the record: an event, whatever the answer is.</summary>
    /// <param name="what">As <see cref="Of"/> says it.</param>
    /// <param name="reason">Where in the record it is, in the words of the person.</param>
    public static Task Attest(PracticeDb db, long claimId, string what, bool isInRecord, string reason, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (!await db.Claims.AnyAsync(c => c.Id == claimId, stop))
            throw new InputException("", "the claim is not here", "load the list again");
        if (isInRecord && string.IsNullOrWhiteSpace(reason))
            throw new InputException("", "where in the record it is, is missing",
                "write the sentence or the page that supports it");
        db.Record(now, "attest", $"claim/{claimId}", reason, new Said(what, isInRecord));
        return 0;
    }, stop);

    /// <summary>Those that no person has found in the record; the last answer counts.</summary>
    internal static async Task<List<string>> Missing(PracticeDb db, long claimId, Claim before, Claim after,
        CancellationToken stop)
    {
        var asserted = Of(before, after);
        if (asserted.Count == 0) return asserted;
        var subject = $"claim/{claimId}";
        var said = await db.Events.AsNoTracking().Where(e => e.Subject == subject && e.Act == "attest")
            .OrderBy(static e => e.Number).Select(static e => e.Changes).ToListAsync(stop);
        var answers = said.Select(static text => JsonSerializer.Deserialize<Said>(text)!).ToList();
        return asserted.FindAll(what => answers.FindLast(a => a.What == what) is not { IsInRecord: true });
    }

    sealed record Said(string What, bool IsInRecord);
}
