using System.Globalization;
using System.Security.Cryptography;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Claims leave as an 837, which is kept.</summary>
public static class Sending
{
    /// <summary>
    /// Writes the claims that are ready into one file for one payer, reads it back as the payer would, and marks them
    /// sent. A claim that is not ready is refused, never left out.
    /// </summary>
    /// <exception cref="InputException">A claim may not leave, or the file would be rejected.</exception>
    public static Task<StoredFile> Send(PracticeDb db, IReadOnlyCollection<long> claimIds, DateTime now,
        CancellationToken stop = default) => Send(db, claimIds, now, null, stop);

    /// <inheritdoc cref="Send(PracticeDb, IReadOnlyCollection{long}, DateTime, CancellationToken)"/>
    /// <param name="then">What belongs to the same change, with the file.</param>
    internal static Task<StoredFile> Send(PracticeDb db, IReadOnlyCollection<long> claimIds, DateTime now,
        Action<StoredFile>? then, CancellationToken stop) => db.Change(async practice =>
    {
        var claims = await db.Claims.Include(static c => c.Payer).Where(c => claimIds.Contains(c.Id))
            .OrderBy(static c => c.Id).ToListAsync(stop);
        if (claims.Count == 0 || claims.Count != claimIds.Count)
            throw new InputException("", "a claim is not here", "load the list again");
        if (claims.Find(static c => c.Life != ClaimLife.Ready) is { } held)
            throw new InputException(held.Number, "the claim is not ready to be sent",
                "open it and mend what is wrong");
        var day = DateOnly.FromDateTime(now);
        if (await db.Overrides.Where(o => claimIds.Contains(o.ClaimId) && o.EndedAt == null && o.Until < day)
            .Select(static o => (long?)o.ClaimId).FirstOrDefaultAsync(stop) is { } late)
            throw new InputException(claims.Find(c => c.Id == late)!.Number, "the time of what was set aside is over",
                "open it: mend the finding, or set it aside again");
        if (claims.Exists(c => c.PayerId != claims[0].PayerId))
            throw new InputException("", "the claims are for several payers", "send them payer by payer");
        await Clear(db, claims, stop);
        var file = await Leave(db, practice, claims, now, stop);
        then?.Invoke(file);
        return file;
    }, stop);

    /// <summary>A claim that was imported was never judged by who may be billed for.</summary>
    static async Task Clear(PracticeDb db, List<StoredClaim> claims, CancellationToken stop)
    {
        if (await Clearance.Load(db, stop) is not { } people) return;
        foreach (var claim in claims)
            if (people.Against(Documents.Claim(claim.Document), claim.ServiceDate) is var (_, why))
                throw new InputException(claim.Number, why.TrimEnd('.'), "look at the people of the claim");
    }

    /// <summary>
    /// A rejected claim in which nothing is wrong goes out again as it is, in a new file: the envelope, the enrollment
    /// or the payer was at fault. Its number and its frequency stay.
    /// </summary>
    /// <param name="reason">Why it will be taken this time, in the words of the person.</param>
    /// <exception cref="InputException">There is no reason, it was not rejected, or something is to be mended.
    /// </exception>
    public static Task<StoredFile> Again(PracticeDb db, Engine engine, long claimId, string reason, DateTime now,
        CancellationToken stop = default) => db.Change(async practice =>
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new InputException("reason", "the reason is missing", "write what has changed since it was rejected");
        var stored = await Editing.Load(db, claimId, stop);
        if (stored.Life != ClaimLife.Rejected)
            throw new InputException(stored.Number, "the claim was not rejected", "load it again");
        await Visits.JudgeAgain(db, engine, stored, Documents.Claim(stored.Document), stop);
        if (stored.Life != ClaimLife.Ready)
            throw new InputException(stored.Number, "something in the claim is to be mended", "mend it, and send it");
        ClaimStory.Add(db, stored, now, "to be sent again: " + reason.Trim());
        db.Record(now, "send-again", $"claim/{claimId}", reason.Trim());
        return await Leave(db, practice, [stored], now, stop);
    }, stop);

    static async Task<StoredFile> Leave(PracticeDb db, Practice practice, List<StoredClaim> claims, DateTime now,
        CancellationToken stop)
    {
        var control = practice.NextControl++;
        var bytes = Write(practice, claims, control, now);
        var file = new StoredFile
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{control:000000000}.837"), Kind = "837",
            IsOutgoing = true, Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)), At = now,
            PersonId = db.PersonId, Content = bytes, Control = control,
        };
        db.Files.Add(file);
        await db.SaveChangesAsync(stop);
        await Transmitting.Leave(db, file, now, stop);
        foreach (var claim in claims)
        {
            var was = claim.Life;
            (claim.Life, claim.SentIn) = (ClaimLife.Sent, file.Id);
            if (Documents.Claim(claim.Document).Frequency == '8') await Voids.Leave(db, claim, now, stop);
            ClaimStory.Add(db, claim, now, "sent in " + file.Name, file.Id);
            db.Record(now, "send", $"claim/{claim.Id}", $"file/{file.Id}", ClaimStory.Lived(was, claim.Life));
        }
        return file;
    }

    /// <summary>The file as it would leave with this claim alone. Nothing is kept, and no number is used up.</summary>
    public static byte[] Preview(Practice practice, StoredClaim claim, DateTime now)
    {
        var writer = WriterOf(practice, claim.Payer, practice.NextControl, now);
        foreach (var part in ClaimSplit.Of(Documents.Claim(claim.Document))) writer.Write(part);
        writer.Finish();
        return writer.Output.Written.ToArray();
    }

    static byte[] Write(Practice practice, List<StoredClaim> claims, int control, DateTime now)
    {
        var writer = WriterOf(practice, claims[0].Payer, control, now);
        var check = new EmittedCheck();
        foreach (var stored in claims)
            foreach (var part in ClaimSplit.Of(Documents.Claim(stored.Document)))
            {
                writer.Write(part);
                check.Expect(part, isOfVisit: true, writer.Lost);
            }
        writer.Finish();
        var bytes = writer.Output.Written.ToArray();
        if (check.Of(bytes) is not [var fault, ..]) return bytes;
        // one after the other, each says for itself what is wrong with it
        if (claims.Count > 1)
            foreach (var one in claims) Write(practice, [one], control, now);
        throw claims.Count == 1
            ? new InputException(claims[0].Number, fault, "open the claim and mend it, or leave it out of the file")
            : new InputException("", fault, "send the claims one by one: each can leave alone");
    }

    static ClaimWriter WriterOf(Practice practice, Payer payer, int control, DateTime now) => new(new EnvelopeTerms
    {
        Sender = Digits(practice.TaxId), GroupSender = Digits(practice.TaxId), Receiver = payer.Number,
        GroupReceiver = payer.Number, SubmitterName = practice.Name, ContactName = practice.Name,
        ContactPhone = practice.Phone, ReceiverName = payer.Name, InterchangeControl = control,
        GroupControl = control, SetControl = 1, Batch = control.ToString(CultureInfo.InvariantCulture),
        Day = DateOnly.FromDateTime(now), Time = TimeOnly.FromDateTime(now),
    });

    static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
