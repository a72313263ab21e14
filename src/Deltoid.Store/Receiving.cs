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
using static Deltoid.Store.AnswerJson;

namespace Deltoid.Store;

/// <summary>What came of a file that was received.</summary>
/// <param name="IsNew">False when the same bytes were received before: nothing was done again.</param>
public sealed record Received(StoredFile File, IReadOnlyList<Remittance> Remittances, bool IsNew)
{
    /// <summary>What a 999, a TA1 or a 277CA came to, in sentences.</summary>
    public IReadOnlyList<string> Acknowledged { get; init; } = [];
}

/// <summary>Files that payers send: kept, and posted where they add up to the cent.</summary>
public static class Receiving
{
    /// <summary>
    /// Takes an 835, or a 999, TA1 or 277CA. What balances is posted whole, unless a rule of the practice holds it;
    /// what does not is kept aside with its fault; what was posted before is not posted again, also when it comes in
    /// another file.
    /// </summary>
    /// <exception cref="InputException">No answer of a payer that can be read is in the file.</exception>
    public static Task<Received> Receive(PracticeDb db, Engine engine, string name, byte[] bytes, DateTime now,
        CancellationToken stop = default) => Receive(db, engine, name, bytes, now, isLook: false, null, stop);

    /// <inheritdoc cref="Receive(PracticeDb, Engine, string, byte[], DateTime, CancellationToken)"/>
    /// <param name="isLook">Payments wait: a person looks at them before anything is posted.</param>
    /// <param name="then">What belongs to the same change, with what came of the file.</param>
    internal static Task<Received> Receive(PracticeDb db, Engine engine, string name, byte[] bytes, DateTime now,
        bool isLook, Action<Received>? then, CancellationToken stop) => db.Change(async _ =>
    {
        var received = await Take(db, engine, name, bytes, now, isLook, stop);
        then?.Invoke(received);
        return received;
    }, stop);

    static async Task<Received> Take(PracticeDb db, Engine engine, string name, byte[] bytes, DateTime now,
        bool isLook, CancellationToken stop)
    {
        var digest = Digest(bytes);
        if (await db.Files.AsNoTracking().FirstOrDefaultAsync(f => !f.IsOutgoing && f.Digest == digest, stop)
            is { } known)
            return new Received(known,
                await db.Remittances.AsNoTracking().Where(r => r.FileId == known.Id).OrderBy(static r => r.Id)
                    .ToListAsync(stop),
                IsNew: false);
        var file = new StoredFile
        {
            Name = name, Kind = "835", Digest = digest, At = now, PersonId = db.PersonId, Content = bytes
        };
        var surveyed = Survey(InputOf(file), stop);
        if (!surveyed.Sets.Exists(static s => s.IsRead))
            return await Acknowledging.Take(db, engine, file, now, stop);
        await Keep(db, file, stop);
        return new Received(file, await Keep(db, engine, file, surveyed, now, isLook, stop), IsNew: true);
    }

    /// <summary>
    /// The bytes as they are known again: line breaks around segments, which mail and editors change, do not count.
    /// </summary>
    public static string Digest(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("ISA"u8) || bytes.AsSpan().IndexOfAny((byte)'\r', (byte)'\n') < 0
            || bytes.Length < 106 || bytes[105] is (byte)'\r' or (byte)'\n')
            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        return Convert.ToHexStringLower(SHA256.HashData(
            Array.FindAll(bytes, static b => b is not ((byte)'\r' or (byte)'\n'))));
    }

    internal static async Task Keep(PracticeDb db, StoredFile file, CancellationToken stop)
    {
        db.Files.Add(file);
        await db.SaveChangesAsync(stop);
        db.Record(file.At, "receive", $"file/{file.Id}");
    }

    internal static SurveyedFile Survey(RemitInput input, CancellationToken stop)
    {
        using var stream = input.Open();
        return new RemitSurvey().Read(input.Name, new BlockSource(stream), stop);
    }

    internal static RemitInput InputOf(StoredFile file) =>
        new(file.Name, () => new MemoryStream(file.Content, writable: false));

    static async Task<List<Remittance>> Keep(PracticeDb db, Engine engine, StoredFile file, SurveyedFile surveyed,
        DateTime now, bool isLook, CancellationToken stop)
    {
        using var answer = await Judge(db, engine, InputOf(file), surveyed, now, long.MaxValue, stop);
        KnownBefore.Keep(db, file.Id, surveyed, InputOf(file));
        var (posting, holds) = (new PaymentPosting(db, file, now, stop), await db.HoldRules.ToListAsync(stop));
        var remittances = new List<Remittance>();
        foreach (var set in answer.RootElement.GetProperty("sets").EnumerateArray())
        {
            var remittance = posting.Keep(surveyed.Sets[remittances.Count], set);
            remittance.Held = Remittances.HeldBy(holds, remittance, set);
            remittances.Add(remittance);
            await db.SaveChangesAsync(stop); // in the order of the file: numbers of rows say which set they are
            if (isLook || remittance is not { State: RemittanceState.Waiting, Held: "" }) continue;
            await posting.Post(remittance, set);
            await db.SaveChangesAsync(stop);
        }
        await Deposits.Match(db, stop);
        return remittances;
    }

    /// <summary>What <c>deltoid remit</c> answers, with the claims as sent and the files received before.</summary>
    /// <param name="before">Only earlier files with numbers below count.</param>
    internal static async Task<JsonDocument> Judge(PracticeDb db, Engine engine, RemitInput input,
        SurveyedFile surveyed, DateTime now, long before, CancellationToken stop) =>
        Answer(engine, await Run(db, engine, input, surveyed, now, before, stop), input, stop);

    static async Task<RemitRun> Run(PracticeDb db, Engine engine, RemitInput input, SurveyedFile surveyed, DateTime now,
        long before, CancellationToken stop)
    {
        var known = new KnownBefore(db, surveyed, input, before, stop);
        var run = new RemitRun(engine.Book, await known.Claims(), await Agreements.All(db, stop),
            DateOnly.FromDateTime(now));
        await known.Recall(run);
        return run;
    }

    internal static JsonDocument Answer(Engine engine, RemitRun run, RemitInput input, CancellationToken stop)
    {
        var file = run.Survey(input, isEarlier: false, stop);
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
        if (await Remittances.LastOf(db, claim.Id, stop) is not { } id) return;
        using var answer = await JudgeAgain(db, engine, id, now, stop);
        foreach (var set in answer.RootElement.GetProperty("sets").EnumerateArray())
            foreach (var one in set.GetProperty("claims").EnumerateArray())
                if (Claim(one) == claim.Number)
                    Denials.Show(claim, one, (await Ledger.Owed(db, claim.Id, stop)).Payers);
        db.Record(now, "change", $"claim/{claim.Id}", "answered again with what the record says");
    }

    /// <summary>
    /// What the last payment that is posted on a claim says of it, with claim, chart, record and terms; null where none
    /// is.
    /// </summary>
    internal static async Task<DeniedClaim?> CaseOf(PracticeDb db, Engine engine, StoredClaim claim, DateTime now,
        CancellationToken stop)
    {
        if (await Remittances.LastOf(db, claim.Id, stop) is not { } id) return null;
        var input = InputOf(await db.Files.AsNoTracking().SingleAsync(f => f.Id == id, stop));
        var run = await Run(db, engine, input, Survey(input, stop), now, id, stop);
        var file = run.Survey(input, isEarlier: false, stop);
        run.Judge();
        return run.CaseOf(file, input, claim.Number);
    }

    /// <summary>A file that was received, answered as of now.</summary>
    internal static async Task<JsonDocument> JudgeAgain(PracticeDb db, Engine engine, long fileId, DateTime now,
        CancellationToken stop)
    {
        var file = await db.Files.AsNoTracking().SingleAsync(f => f.Id == fileId, stop);
        return await Judge(db, engine, InputOf(file), Survey(InputOf(file), stop), now, fileId, stop);
    }
}
