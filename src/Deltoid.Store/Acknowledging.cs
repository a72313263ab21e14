using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What comes before a payer judges (999, TA1, 277CA): whether a file and its claims were taken. A claim that was
/// refused goes back to the worklist with what is wrong; one that was sent again since is left alone.
/// </summary>
sealed class Acknowledging(PracticeDb db, Engine engine, StoredFile file, DateTime now, CancellationToken stop)
{
    readonly Dictionary<string, StoredFile> left = []; // by the number that answers name
    readonly Dictionary<string, StoredClaim> claims = [];
    readonly SentClaims sent = new();

    /// <exception cref="InputException">Nothing of these is in the file.</exception>
    public static async Task<Received> Take(PracticeDb db, Engine engine, StoredFile file, DateTime now,
        CancellationToken stop) => await new Acknowledging(db, engine, file, now, stop).Take();

    async Task<Received> Take()
    {
        var named = Read();
        if (named.Count == 0)
            throw new InputException("", "no 835, 999, TA1 or 277CA of version 5010 is in the file",
                "give answers as the payer sent them");
        file.Kind = named[0].Kind;
        await Receiving.Keep(db, file, stop);
        await FindSent(named);
        var answers = Read();
        await FindClaims(answers);
        foreach (var answer in answers) await Apply(answer);
        return new(file, [], IsNew: true) { Acknowledged = answers.ConvertAll(Summary) };
    }

    List<AnsweredFile> Read()
    {
        using var stream = new MemoryStream(file.Content, writable: false);
        return AnswerSource.Read(stream, new(engine.Book, sent, new Dictionary<string, PayerTerms>(),
            DateOnly.FromDateTime(now)), stop);
    }

    /// <summary>The files that left under the numbers that answers name, and their claims as they were sent.</summary>
    async Task FindSent(List<AnsweredFile> answers)
    {
        foreach (var about in answers.Select(static a => a.About).Distinct())
            if (int.TryParse(about, NumberStyles.None, CultureInfo.InvariantCulture, out var control)
                && await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.IsOutgoing && f.Control == control, stop)
                    is { } known)
                left[about] = known;
        foreach (var known in left.Values.DistinctBy(static f => f.Id).OrderBy(static f => f.Id))
        {
            var (source, found) = (new ClaimSource(new MemoryStream(known.Content, writable: false)),
                new FindingList());
            while (source.Read(found) is { } claim) sent.Add(claim.Detach(), found);
        }
        var ids = answers.SelectMany(static a => a.Claims.Select(static c => c.Id).Concat(a.Taken))
            .Where(id => id.Length > 0 && !sent.Has(ContentHash.OfNumber(Encoding.UTF8.GetBytes(id)))).ToHashSet();
        foreach (var document in await db.Claims.Where(c => ids.Contains(c.Number) && c.Life >= ClaimLife.Sent)
            .OrderBy(static c => c.Id).Select(static c => c.Document).ToListAsync(stop))
            sent.Add(Documents.Claim(document));
    }

    async Task FindClaims(List<AnsweredFile> answers)
    {
        var numbers = answers.SelectMany(static a => a.Claims.Select(static c => c.Id).Concat(a.Taken)).ToHashSet();
        var files = answers.Where(IsWholeRefused).Select(a => left.GetValueOrDefault(a.About)?.Id).ToHashSet();
        foreach (var claim in await db.Claims
            .Where(c => numbers.Contains(c.Number) || (c.SentIn != null && files.Contains(c.SentIn))).ToListAsync(stop))
            claims[claim.Number] = claim;
    }

    /// <summary>A 277CA that refuses the file as such names no claims.</summary>
    static bool IsWholeRefused(AnsweredFile answer) =>
        answer.Kind == "277CA" && answer.Claims.Exists(static c => c.Resolution is null);

    async Task Apply(AnsweredFile answer)
    {
        var whole = answer.Claims.Find(static c => c.Resolution is null);
        foreach (var refused in answer.Claims.Where(static c => c.Resolution is not null))
            if (Open(answer, refused.Id) is { } claim)
            {
                if (refused.IsTaken) Note(answer, claim, "taken with errors");
                else
                    await Refuse(answer, claim, refused,
                        refused.Points.FirstOrDefault() ?? whole?.Points.FirstOrDefault());
            }
        if (whole is not null && IsWholeRefused(answer) && left.TryGetValue(answer.About, out var known))
            foreach (var claim in claims.Values.Where(c => c.SentIn == known.Id && IsOpen(c)))
                await Refuse(answer, claim, null, whole.Points.FirstOrDefault());
        foreach (var id in answer.Taken)
            if (Open(answer, id) is { } claim)
            {
                if (answer.Kind == "277CA") claim.Life = ClaimLife.Accepted;
                Note(answer, claim, answer.Kind == "277CA" ? "accepted by the payer" : "its file was taken");
            }
    }

    static bool IsOpen(StoredClaim claim) => claim.Life is ClaimLife.Sent or ClaimLife.Accepted;

    /// <summary>The claim, where it is still waiting for what this answer is about.</summary>
    StoredClaim? Open(AnsweredFile answer, string id) =>
        claims.TryGetValue(id, out var claim) && IsOpen(claim)
            && (!left.TryGetValue(answer.About, out var known) || claim.SentIn == known.Id)
            ? claim : null;

    void Note(AnsweredFile answer, StoredClaim claim, string what)
    {
        ClaimStory.Add(db, claim, now, $"{what} ({answer.Kind} in {file.Name})", file.Id);
        db.Record(now, "acknowledge", $"claim/{claim.Id}", $"file/{file.Id}");
    }

    async Task Refuse(AnsweredFile answer, StoredClaim claim, RefusedClaim? refused, RefusedPoint? point)
    {
        await Voids.Refused(db, claim, now, stop);
        claim.Life = ClaimLife.Rejected;
        claim.Errors = Math.Max(1, refused?.Points.Count ?? 1);
        claim.Cause = "rejected: " + (point?.Says ?? answer.Says);
        claim.Why = point is null ? $"Rejected ({answer.Kind}): {answer.Says}."
            : $"Rejected ({answer.Kind}, {point.Codes}): {point.Says}. {point.Do}".TrimEnd();
        claim.Rank = Ranking.Of(claim);
        if (refused is not null) claim.Answer = JsonOf(refused);
        Note(answer, claim, "rejected: " + (point?.Says ?? answer.Says));
    }

    string JsonOf(RefusedClaim refused)
    {
        var text = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(text))
            RefusalJson.WriteClaim(refused, ResultJson.NamesOf(engine.Book), json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    static string Summary(AnsweredFile answer)
    {
        var refused = answer.Claims.Count(static c => c is { Resolution: not null, IsTaken: false });
        var about = answer.About.Length > 0 ? $" about file {answer.About}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{answer.Kind}{about}: {answer.Says} · {answer.Taken.Count} claims taken, {refused} rejected");
    }
}
