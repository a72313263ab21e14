using System.Text.Json;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Store.AnswerJson;

namespace Deltoid.Web;

/// <summary>What a row of a payment asks of a person.</summary>
public enum RemitMark
{
    /// <summary>Paid, or settled by contract and patient.</summary>
    Plain = 1,
    /// <summary>Money is withheld, or a question is open.</summary>
    Withheld = 2,
    /// <summary>Money goes back to the payer.</summary>
    TakenBack = 3,
    /// <summary>Another payer has paid a part.</summary>
    OtherPayer = 4,
    /// <summary>No claim of ours is known by it.</summary>
    Unknown = 5,
}

/// <summary>One claim of a payment; amounts in cents.</summary>
/// <param name="Number">CLP01, as the payer wrote it.</param>
/// <param name="Open">Withheld: nothing is written for it, and a person decides.</param>
/// <param name="Do">The step that the answer proposes; empty where none is left.</param>
/// <param name="Notes">In what payment and claim differ; without a claim, which ones come near.</param>
/// <param name="Reasons">Groups and reasons of what was not paid.</param>
public sealed record RemitRow(RemitMark Mark, string Number, long? ClaimId, long? Charge, long Paid, long Contractual,
    long Patient, long Prior, long Open, string Means, string Do, IReadOnlyList<string> Notes,
    IReadOnlyList<string> Reasons);

/// <summary>What a payer settles beside its claims (PLB).</summary>
public sealed record BesideClaims(string Reason, string Reference, long Amount, string Means);

/// <summary>What is wrong or odd in a payment, with its segment.</summary>
public sealed record RemitFaultRow(bool IsError, string Message, string Try, string Segment, int InFile);

/// <summary>A payment as it would be posted, or as it was.</summary>
public sealed record RemitView(Remittance Payment, string FileName, IReadOnlyList<RemitRow> Rows,
    IReadOnlyList<BesideClaims> Beside, IReadOnlyList<RemitFaultRow> Faults, long Claims, long Kept, Deposit? Bank)
{
    /// <summary>Most rows on the page; a payment may have thousands.</summary>
    public const int Most = 500;

    /// <summary>Rows that are not on the page.</summary>
    public int More { get; init; }

    public bool MayPost { get; init; }

    /// <summary>It is kept back because one that looks the same was posted.</summary>
    public bool IsTwin { get; init; }

    /// <summary>The check is what the claims were paid, less what the payer kept.</summary>
    public bool IsBalanced => Payment.Amount == Claims - Kept;

    public static async Task<RemitView?> Of(PracticeDb db, Engine engine, long id, DateTime now, CancellationToken stop)
    {
        if (await db.Remittances.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is not { } payment)
            return null;
        var name = await db.Files.Where(f => f.Id == payment.FileId).Select(static f => f.Name).SingleAsync(stop);
        var (file, set) = await Remittances.Look(db, engine, payment, now, stop);
        using var _ = file;
        var answers = set.GetProperty("claims").EnumerateArray().ToList();
        var numbers = answers.Select(Claim).Where(static n => n.Length > 0).ToHashSet();
        var claims = await db.Claims.AsNoTracking().Where(c => numbers.Contains(c.Number))
            .ToDictionaryAsync(static c => c.Number, stop);
        var rows = answers.ConvertAll(answer => RowOf(answer, claims.GetValueOrDefault(Claim(answer))));
        // what needs a person comes first; the rest stays in the payer's order
        rows = [.. rows.OrderBy(static r => r.Mark switch
            { RemitMark.Unknown => 0, RemitMark.Withheld => 1, RemitMark.TakenBack => 2, _ => 3 })];
        var totals = set.GetProperty("totals");
        return new(payment, name, [.. rows.Take(Most)],
            [.. set.GetProperty("adjustments").EnumerateArray().Select(static a => new BesideClaims(Text(a, "reason"),
                Text(a, "reference"), Cents(a, "amount"), Text(a, "means")))],
            [.. set.GetProperty("faults").EnumerateArray().Select(static f => new RemitFaultRow(
                Text(f, "severity") == "error", Text(f, "message"), Text(f, "try"), Text(f, "text"),
                f.GetProperty("inFile").GetInt32()))],
            Cents(totals, "paid"), Cents(totals, "adjusted"),
            await db.Deposits.AsNoTracking().FirstOrDefaultAsync(d => d.RemittanceId == id, stop))
        {
            More = Math.Max(0, rows.Count - Most), IsTwin = await Remittances.IsTwin(db, payment, stop),
        };
    }

    static RemitRow RowOf(JsonElement answer, StoredClaim? claim)
    {
        var postings = answer.GetProperty("posting").EnumerateArray().ToList();
        long Sum(params ReadOnlySpan<string> kinds)
        {
            var sum = 0L;
            foreach (var posting in postings)
                if (kinds.Contains(Text(posting, "kind"))) sum += Cents(posting, "amount");
            return sum;
        }
        var (open, prior, kind) = (Sum("denial-pending", "write-off-proposal"), Sum("prior-payer"),
            Text(answer, "kind"));
        var cause = answer.GetProperty("rootCause") is { ValueKind: JsonValueKind.Object } found
            ? Text(found, "words") : "";
        var step = Steps.Words.TryRead(Text(answer, "action"), out var known) ? known : NextStep.None;
        return new(claim is null ? RemitMark.Unknown : kind == "take-back" ? RemitMark.TakenBack
                : open != 0 || kind is "denial" or "rejection" or "pending" ? RemitMark.Withheld
                : prior != 0 ? RemitMark.OtherPayer : RemitMark.Plain,
            Text(answer, "claim"), claim?.Id, claim?.Charge, Sum("payment", "recovery", "forward-balance"),
            Sum("contractual"), Sum("patient"), prior, open, cause,
            step == NextStep.None ? "" : ResolutionPage.WordsOf(step), NotesOf(answer),
            [.. postings.Where(static p => Text(p, "kind") is "denial-pending" or "write-off-proposal")
                .Select(static p => $"{Text(p, "group")}-{Text(p, "reason")}").Distinct()]);
    }

    static List<string> NotesOf(JsonElement answer)
    {
        var of = answer.TryGetProperty("candidates", out var near) ? near
            : answer.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.Object
                && match.TryGetProperty("differences", out var differences) ? differences : default;
        return of.ValueKind == JsonValueKind.Array ? [.. of.EnumerateArray().Select(static n => n.GetString()!)] : [];
    }
}
