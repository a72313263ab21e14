using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What came of a file that was received.</summary>
/// <param name="IsNew">False when the same bytes were received before: nothing was done again.</param>
public sealed record Received(StoredFile File, IReadOnlyList<Remittance> Remittances, bool IsNew);

/// <summary>Files that payers send: kept, and posted where they add up to the cent.</summary>
public static class Receiving
{
    /// <summary>
    /// Takes an 835. What balances is posted whole; what does not is kept aside with its fault; what was posted before
    /// is not posted again, also when it comes in another file.
    /// </summary>
    /// <exception cref="InputException">No 835 that can be read is in the file.</exception>
    public static Task<Received> Receive(PracticeDb db, Engine engine, string name, byte[] bytes, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (await db.Files.FirstOrDefaultAsync(f => !f.IsOutgoing && f.Digest == digest, stop) is { } known)
            return new Received(known,
                await db.Remittances.Where(r => r.FileId == known.Id).OrderBy(static r => r.Id).ToListAsync(stop),
                IsNew: false);
        var answer = await Answer(db, engine, name, bytes, now, stop);
        var file = new StoredFile
        {
            Name = name, Kind = "835", Digest = digest, At = now, PersonId = db.PersonId, Content = bytes
        };
        db.Files.Add(file);
        await db.SaveChangesAsync(stop);
        db.Record(now, "receive", $"file/{file.Id}");
        var remittances = new List<Remittance>();
        foreach (var set in answer.RootElement.GetProperty("sets").EnumerateArray())
            remittances.Add(await Post(db, file, set, now, stop));
        return new Received(file, remittances, IsNew: true);
    }, stop);

    /// <summary>What <c>deltoid remit</c> answers, with the claims as sent and the files received before.</summary>
    static async Task<JsonDocument> Answer(PracticeDb db, Engine engine, string name, byte[] bytes, DateTime now,
        CancellationToken stop, long before = long.MaxValue)
    {
        var sent = new SentClaims();
        var facts = await RecordFacts.All(db, stop);
        var claims = await db.Claims.Where(static c => c.Life >= ClaimLife.Sent).OrderBy(static c => c.Id)
            .Select(static c => new { c.Number, c.Document }).ToListAsync(stop);
        foreach (var claim in claims)
        {
            sent.Add(Documents.Claim(claim.Document));
            sent.All[^1].Record = [.. facts[claim.Number]];
        }
        var run = new RemitRun(engine.Book, sent, await Agreements.All(db, stop), DateOnly.FromDateTime(now));
        foreach (var earlier in await db.Files.Where(f => !f.IsOutgoing && f.Kind == "835" && f.Id < before)
            .OrderBy(static f => f.Id).ToListAsync(stop))
            run.Survey(Input(earlier.Name, earlier.Content), isEarlier: true, stop);
        var input = Input(name, bytes);
        var file = run.Survey(input, isEarlier: false, stop);
        if (!file.Sets.Exists(static s => s.IsRead))
            throw new InputException("", "no remittance (835) that can be read is in the file",
                "give the file as the payer sent it");
        run.Judge();
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        var json = new RemitJson(file, engine.Book, text, indented: false);
        json.Begin();
        run.Answer(file, input, 1, isJson: true, made =>
        {
            foreach (var (set, start, length) in made.Claims) json.Add(set, made.Text.WrittenSpan.Slice(start, length));
            json.Flush();
        }, stop);
        json.End();
        return JsonDocument.Parse(text.WrittenMemory);
    }

    /// <summary>
    /// A fact of the record has changed: what the payer's last file says of the claim is answered with it. Nothing is
    /// posted again.
    /// </summary>
    internal static async Task AnswerAgain(PracticeDb db, Engine engine, StoredClaim claim, DateTime now,
        CancellationToken stop)
    {
        if (claim.Answer is null) return;
        var (subject, kept) = ($"claim/{claim.Id}", "file/");
        var last = await db.Events.Where(e => e.Subject == subject && e.Act == "post" && e.Why.StartsWith(kept))
            .OrderByDescending(static e => e.Number).Select(static e => e.Why).FirstOrDefaultAsync(stop);
        if (last is null || !long.TryParse(last.AsSpan(kept.Length), NumberStyles.None, CultureInfo.InvariantCulture,
            out var id)) return;
        var file = await db.Files.AsNoTracking().SingleAsync(f => f.Id == id, stop);
        using var answer = await Answer(db, engine, file.Name, file.Content, now, stop, before: id);
        foreach (var set in answer.RootElement.GetProperty("sets").EnumerateArray())
            foreach (var one in set.GetProperty("claims").EnumerateArray())
                if (one.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.Object
                    && Text(match, "claim") == claim.Number) claim.Answer = one.GetRawText();
        db.Record(now, "change", subject, "answered again with what the record says");
    }

    static RemitInput Input(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes, writable: false));

    static async Task<Remittance> Post(PracticeDb db, StoredFile file, JsonElement set, DateTime now,
        CancellationToken stop)
    {
        var (trace, payer) = (Text(set, "trace"), Text(set, "payer"));
        var amount = Cents(set.GetProperty("totals"), "amount");
        var day = Text(set, "effective");
        var remittance = new Remittance
        {
            FileId = file.Id, Trace = trace, PayerName = payer, Amount = amount, Verdict = Text(set, "verdict"),
            Key = string.Create(CultureInfo.InvariantCulture, $"{payer}|{trace}|{amount}|{day}"),
            Fault = set.GetProperty("faults").EnumerateArray().Select(static f => Text(f, "message")).FirstOrDefault("")
        };
        db.Remittances.Add(remittance);
        if (remittance.Verdict is not ("post" or "post-with-warning")) return remittance;
        var postDay = DateOnly.FromDateTime(now);
        var cash = 0L;
        foreach (var answer in set.GetProperty("claims").EnumerateArray())
            cash += await PostClaim(db, file, answer, postDay, now, stop);
        foreach (var adjustment in set.GetProperty("adjustments").EnumerateArray())
        {
            var cents = Cents(adjustment, "amount"); // what is kept from the check
            Ledger.Move(db, new(null, null, "provider-level", file.Id, postDay, now), Account.ProviderLevel,
                Account.Cash, cents);
            cash -= cents;
        }
        return cash == amount ? remittance
            : throw new InvalidOperationException("the postings of a payment do not come to its amount");
    }

    /// <summary>Posts what was decided of a claim.</summary>
    /// <returns>The cash in cents.</returns>
    static async Task<long> PostClaim(PracticeDb db, StoredFile file, JsonElement answer, DateOnly day, DateTime now,
        CancellationToken stop)
    {
        var number = answer.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.Object
            ? Text(match, "claim") : "";
        var claim = number.Length == 0 ? null
            : await db.Claims.SingleOrDefaultAsync(c => c.Number == number, stop);
        var cash = 0L;
        foreach (var posting in answer.GetProperty("posting").EnumerateArray())
        {
            var (kind, cents) = (Text(posting, "kind"), Cents(posting, "amount"));
            int? line = posting.TryGetProperty("line", out var at) && at.ValueKind == JsonValueKind.Number
                ? at.GetInt32() : null;
            var about = new Ledger.About(claim?.Id, line, kind, file.Id, day, now);
            switch (kind)
            {
                case "payment":
                    Ledger.Move(db, about, Account.Cash, Account.Receivable, cents);
                    cash += cents;
                    break;
                case "contractual": Ledger.Move(db, about, Account.Contractual, Account.Receivable, cents); break;
                case "patient": Ledger.Move(db, about, Account.Patient, Account.Receivable, cents); break;
                default: break; // what is denied, proposed or another payer's stays open on the claim
            }
        }
        if (claim is not null) await Answered(db, claim, answer, file, now, stop);
        return cash;
    }

    static async Task Answered(PracticeDb db, StoredClaim claim, JsonElement answer, StoredFile file, DateTime now,
        CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        var owed = await Ledger.Owed(db, claim.Id, stop);
        claim.Answer = answer.GetRawText();
        claim.Life = owed is (0, 0) ? ClaimLife.Closed : ClaimLife.Answered;
        claim.Version++;
        db.ClaimVersions.Add(new()
        {
            ClaimId = claim.Id, Version = claim.Version, Document = claim.Document, At = now, PersonId = db.PersonId,
            Why = "answered in " + file.Name,
        });
        db.Record(now, "post", $"claim/{claim.Id}", $"file/{file.Id}");
    }

    static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Amounts are written with two decimals, from cents.</summary>
    static long Cents(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? (long)(value.GetDecimal() * 100) : 0;
}
