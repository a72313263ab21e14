using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What the practice knows beside chart and claim: facts of the record, in the closed vocabulary of
/// <c>Rules/facts.tsv</c>. An answer of a payer asks for those that would change it. A fact that is the patient's, as
/// its row says, holds for the patient's other claims too.
/// </summary>
public static class RecordFacts
{
    /// <summary>A fact of a claim from what was typed, kept in one change; the claim is answered again with it.
    /// </summary>
    /// <param name="typed">Texts by the names of the kind's fields; lists with commas between.</param>
    /// <param name="where">Where in the practice it is written, for people.</param>
    /// <exception cref="InputException">A field does not read, or is missing.</exception>
    public static Task<RecordedFact> Add(PracticeDb db, Engine engine, long claimId, string kind, bool isSo,
        IReadOnlyDictionary<string, string> typed, string where, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        var named = FactKinds.Shipped.Find(kind)
            ?? throw new InputException("", "this is no fact of the record", "choose one of the list");
        var claim = await db.Claims.SingleAsync(c => c.Id == claimId, stop);
        var fact = new RecordedFact
        {
            ClaimId = claimId, Kind = kind, Document = DocumentOf(named, isSo, typed, where), At = now,
            PersonId = db.PersonId,
        };
        db.RecordedFacts.Add(fact);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"fact/{fact.Id}", $"claim/{claimId}",
            new Dictionary<string, string?[]> { [kind] = [null, fact.Document] });
        await AnswerAgain(db, engine, claim, fact, now, stop);
        return fact;
    }, stop);

    /// <summary>A fact does not hold after all; it stays in the history.</summary>
    public static Task Withdraw(PracticeDb db, Engine engine, long claimId, long factId, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var claim = await db.Claims.SingleAsync(c => c.Id == claimId, stop);
        if (await db.RecordedFacts.FirstOrDefaultAsync(f => f.Id == factId && f.ClaimId == claimId
            && f.WithdrawnAt == null, stop) is not { } fact) return 0;
        fact.WithdrawnAt = now;
        await db.SaveChangesAsync(stop);
        db.Record(now, "change", $"fact/{fact.Id}", $"claim/{claimId}",
            new Dictionary<string, string?[]> { [fact.Kind] = [fact.Document, null] });
        await AnswerAgain(db, engine, claim, fact, now, stop);
        return 0;
    }, stop);

    /// <summary>The claim is answered with what is known now, and so are the patient's others where it holds for them.
    /// </summary>
    static async Task AnswerAgain(PracticeDb db, Engine engine, StoredClaim claim, RecordedFact fact, DateTime now,
        CancellationToken stop)
    {
        await Receiving.AnswerAgain(db, engine, claim, now, stop);
        if (!IsOfPatient(fact.Kind)) return;
        foreach (var other in await db.Claims.Where(c => c.PatientId == claim.PatientId && c.Id != claim.Id
            && c.Answer != null).OrderBy(static c => c.Id).ToListAsync(stop))
            if (Holds(fact.Document, other.ServiceDate)) await Receiving.AnswerAgain(db, engine, other, now, stop);
    }

    /// <summary>The row of its kind says that it is of the patient, not of one claim.</summary>
    public static bool IsOfPatient(string kind) => FactKinds.Shipped.Find(kind)?.IsOfPatient == true;

    /// <summary>
    /// Whether a fact of the patient holds for a claim of another day. One that has days holds between them; where the
    /// days that it could have are not known, it holds for its own claim alone.
    /// </summary>
    static bool Holds(string document, DateOnly day)
    {
        var fact = Read($"[{document}]")[0];
        if (fact.Kind.Field("thru") is null) return true;
        var (from, thru) = (DayOf(fact, "from"), DayOf(fact, "thru"));
        return (from is not null || thru is not null) && (from ?? day) <= day && day <= (thru ?? day);
    }

    static DateOnly? DayOf(RecordFact fact, string field) =>
        fact.Kind.Field(field) is null ? null : fact[field]?.Day;

    /// <summary>What is known of a claim: its own facts, and those of its patient that hold for it.</summary>
    public static async Task<List<RecordedFact>> Of(PracticeDb db, StoredClaim claim, CancellationToken stop = default)
    {
        var all = await db.RecordedFacts.AsNoTracking().Where(f => db.Claims.Any(c => c.Id == f.ClaimId
            && c.PatientId == claim.PatientId)).OrderBy(static f => f.Id).ToListAsync(stop);
        return all.FindAll(f => f.ClaimId == claim.Id || (f.WithdrawnAt is null && IsOfPatient(f.Kind)
            && Holds(f.Document, claim.ServiceDate)));
    }

    /// <summary>The facts that hold, by the number of the claims for which they do.</summary>
    internal static async Task<ILookup<string, RecordFact>> All(PracticeDb db, CancellationToken stop)
    {
        var facts = await db.RecordedFacts.AsNoTracking().Where(static f => f.WithdrawnAt == null)
            .OrderBy(static f => f.Id).Join(db.Claims, static f => f.ClaimId, static c => c.Id,
                static (f, c) => new { c.Number, c.PatientId, f.Kind, f.Document }).ToListAsync(stop);
        var patients = facts.Where(static f => IsOfPatient(f.Kind)).Select(static f => f.PatientId).ToHashSet();
        var others = patients.Count == 0 ? null : (await db.Claims.AsNoTracking()
            .Where(c => patients.Contains(c.PatientId))
            .Select(static c => new { c.Number, c.PatientId, c.ServiceDate }).ToListAsync(stop))
            .ToLookup(static c => c.PatientId);
        return facts.SelectMany(f => (IsOfPatient(f.Kind) ? others![f.PatientId]
                .Where(c => c.Number != f.Number && Holds(f.Document, c.ServiceDate)).Select(static c => c.Number) : [])
                .Prepend(f.Number).SelectMany(number => Read($"[{f.Document}]").Select(fact => (number, fact))))
            .ToLookup(static f => f.number, static f => f.fact);
    }

    static List<RecordFact> Read(string list)
    {
        var json = new JsonInput(Encoding.UTF8.GetBytes(list));
        var facts = RecordJson.Read(ref json, "/record");
        json.Close();
        return facts;
    }

    static string DocumentOf(FactKind kind, bool isSo, IReadOnlyDictionary<string, string> typed, string where)
    {
        var fact = new JsonObject { ["fact"] = kind.Name };
        if (!isSo) fact["is"] = false;
        foreach (var field in kind.Fields)
            if (typed.GetValueOrDefault(field.Name, "").Trim() is { Length: > 0 } text)
                fact[field.Name] = Written(field, text);
        if (where.Trim().Length > 0) fact["where"] = where.Trim();
        var document = fact.ToJsonString();
        Read($"[{document}]");
        return document;
    }

    static JsonNode? Written(FactField field, string text) => field.Type switch
    {
        FactType.Days or FactType.Codes or FactType.Texts or FactType.Words => new JsonArray(
            [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(static item => (JsonNode?)item)]),
        FactType.Number or FactType.Money when TypedNumber.TryRead(text, out var number) => number,
        FactType.Flag => text == "true",
        _ => text,
    };
}
