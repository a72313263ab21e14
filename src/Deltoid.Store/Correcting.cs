using System.Globalization;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>What can be done about a claim that its payer has: the answer says which of it helps.</summary>
public static class Correcting
{
    /// <summary>The days after which a payer that was asked for a reopening is asked again.</summary>
    const int DaysToReopen = 60;

    /// <summary>The payer's number of the claim, as its last answer says it; empty when there is none.</summary>
    public static string PayerNumber(StoredClaim claim) => Said(claim, "payerControl");

    /// <summary>What the answer asks for: corrected-claim, new-claim, reopening …; empty before there is one.</summary>
    public static string Action(StoredClaim claim) => Said(claim, "action");

    static string Said(StoredClaim claim, string name)
    {
        if (claim.Answer is null) return "";
        using var json = JsonDocument.Parse(claim.Answer);
        return json.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()! : "";
    }

    /// <summary>
    /// Makes it a corrected claim (7) or a void (8): the frequency, and the payer's number from its remittance. The
    /// claim can then be changed and sent.
    /// </summary>
    /// <exception cref="InputException">The payer does not have it, takes none, or its number is not known.</exception>
    public static Task<Edited> Correct(PracticeDb db, Engine engine, long claimId, char frequency, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var stored = await Editing.Load(db, claimId, stop);
        if (frequency is not ('7' or '8')) throw new InputException("frequency", "this is no correction", "7 or 8");
        if (!Editing.IsWithPayer(stored))
            throw new InputException("frequency", "the payer does not have this claim", "change it and send it");
        var after = Documents.Claim(stored.Document);
        var number = PayerNumber(stored) is { Length: > 0 } known ? known : after.Text(ClaimText.OriginalReference);
        if (Editing.TakesCorrected(stored.Payer, after) && number.Length == 0)
            throw new InputException("reference", "the payer's number of this claim is not known",
                "take in the remittance, or type the number into box 22");
        ClaimForm.Write(after, new Dictionary<string, string>
        {
            ["frequency"] = frequency.ToString(), ["reference"] = number
        });
        return await Editing.Keep(db, engine, stored, after,
            frequency == '8' ? "to be voided" : "to be corrected", now, stop);
    }, stop);

    /// <summary>
    /// The payer has not judged it (an unprocessable claim, a missing one): it goes out again as a new claim, and can
    /// be changed until then.
    /// </summary>
    /// <exception cref="InputException">The answer does not ask for a new claim.</exception>
    public static Task<StoredClaim> Renew(PracticeDb db, Engine engine, long claimId, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var stored = await Editing.Load(db, claimId, stop);
        var claim = Documents.Claim(stored.Document);
        if (stored.Life != ClaimLife.Answered || Action(stored) is not ("new-claim" or "resubmit"))
            throw new InputException("", "the payer's answer asks for no new claim",
                Editing.TakesCorrected(stored.Payer, claim) ? "make it a corrected claim (7)"
                    : "ask for a reopening");
        var was = stored.Life;
        await Visits.JudgeAgain(db, engine, stored, claim, stop);
        ClaimStory.Add(db, stored, now, "to be sent as a new claim");
        db.Record(now, "change", $"claim/{claimId}", "to be sent as a new claim",
            ClaimStory.Lived(was, stored.Life));
        return stored;
    }, stop);

    /// <summary>
    /// Notes that the payer was asked to open its decision again, and what for; the claim is out of the lists until
    /// something happens to it.
    /// </summary>
    public static Task<StoredClaim> AskReopening(PracticeDb db, long claimId, string reason, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var stored = await Editing.Load(db, claimId, stop);
        if (stored.Life is not (ClaimLife.Answered or ClaimLife.Closed))
            throw new InputException("", "the payer has not decided on this claim", "wait for its answer");
        if (Editing.IsWithNobody(stored))
            throw new InputException("", "no payer has this claim", "change it: it was never sent");
        if (string.IsNullOrWhiteSpace(reason))
            throw new InputException("reason", "what to put right is missing",
                "write what was wrong and what is right");
        (stored.SnoozedUntil, stored.IsSnoozedForNews) = (DateOnly.FromDateTime(now).AddDays(DaysToReopen), true);
        db.Record(now, "ask-reopening", $"claim/{claimId}", reason.Trim(), new
        {
            payerNumber = PayerNumber(stored),
            until = stored.SnoozedUntil.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
        return stored;
    }, stop);
}
