using System.Text.Json;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Store.AnswerJson;

namespace Deltoid.Web;

/// <summary>Whether a step is the right one for an answer.</summary>
public enum StepStanding { Proposed = 1, Possible = 2, Forbidden = 3, Unfit = 4 }

/// <summary>A step that a person could take.</summary>
/// <param name="Action">As <c>deltoid remit</c> names it: corrected-claim.</param>
/// <param name="Says">Of a possible one, when it fits; of a forbidden one, why it must not be.</param>
public sealed record DenialStep(string Action, string Words, StepStanding Standing, string Says);

/// <summary>What a payer's answer comes to, with its evidence and what can be done.</summary>
public sealed record DenialView(StoredClaim Claim, string Kind, string CauseId, string Cause, string Sure,
    IReadOnlyList<string> Reasons, IReadOnlyList<string> Evidence, IReadOnlyList<string> Questions,
    IReadOnlyList<DenialStep> Steps, DateOnly? Deadline, string CountedFrom)
{
    public (long Payers, long Patient) Owed { get; init; }

    /// <summary>Null on pages of several claims, which do not show it.</summary>
    public PatientShareView? Share { get; init; }

    public IReadOnlyList<Appeal> Appeals { get; init; } = [];

    /// <summary>Open claims with the same cause, this one too, and what is charged on them.</summary>
    public (int Claims, long Cents) Alike { get; init; }

    public bool MayEdit { get; init; }

    public bool MayPost { get; init; }

    public DateOnly Today { get; init; }

    /// <summary>Days until the last one; negative after it.</summary>
    public int? DaysLeft => Deadline is { } day ? day.DayNumber - Today.DayNumber : null;

    public static async Task<DenialView?> Of(PracticeDb db, long id, DateOnly today)
    {
        var claim = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .FirstOrDefaultAsync(c => c.Id == id);
        if (claim?.Answer is null || claim.Life is not (ClaimLife.Answered or ClaimLife.Closed)) return null;
        using var json = JsonDocument.Parse(claim.Answer);
        var alike = await db.WorkCounts.Where(w => w.Life == ClaimLife.Answered && w.Cause == claim.Cause
            && !w.IsAsleep).GroupBy(static _ => 1).Select(static g => new
            { Claims = g.Sum(static w => w.Claims), Cents = g.Sum(static w => w.Cents) }).FirstOrDefaultAsync();
        var owed = await Ledger.Owed(db, id);
        return Read(claim, json.RootElement) with
        {
            Owed = owed, Share = await PatientShareView.Of(db, claim, owed.Patient), Today = today,
            Alike = ((int)(alike?.Claims ?? 0), alike?.Cents ?? 0),
            Appeals = await db.Appeals.AsNoTracking().Where(a => a.ClaimId == id).OrderBy(static a => a.Level)
                .ToListAsync(),
        };
    }

    internal static DenialView Read(StoredClaim claim, JsonElement answer)
    {
        var cause = Member(answer, "rootCause");
        return new(claim, Text(answer, "kind"), cause is { } of ? Text(of, "id") : "",
            cause is { } found ? Text(found, "words") : "", Text(answer, "confidence"),
            [.. All(answer, "posting").Where(static p => Text(p, "reason").Length > 0)
                .Select(static p => ReasonOf(Text(p, "group"), Text(p, "reason"))).Distinct()],
            [.. All(answer, "evidence").Select(static e => Text(e, "says")).Distinct()],
            [.. All(answer, "questions").Select(static q => $"{QuestionWords.LabelOf(Text(q, "fact"))}? It decides: "
                + $"{QuestionWords.DecidedBy(Text(q, "decides"))}.")],
            StepsOf(answer), LastDay(answer),
            Member(answer, "deadline") is { } counted ? Text(counted, "from").Replace('-', ' ') : "");
    }

    /// <summary>Group and reason, with our own label where there is one.</summary>
    static string ReasonOf(string group, string code) =>
        ReasonCodes.Shipped.Carc(code) is { } reason ? $"{group}-{code} ({reason.Label})" : $"{group}-{code}";

    static IEnumerable<JsonElement> All(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>Every step, the proposed one first; none is hidden.</summary>
    static List<DenialStep> StepsOf(JsonElement answer)
    {
        var proposed = Text(answer, "action");
        var steps = new List<DenialStep>();
        foreach (var step in Enum.GetValues<NextStep>())
        {
            if (step == NextStep.None) continue;
            var action = Remits.Steps.Words[step];
            var (standing, says) = action == proposed ? (StepStanding.Proposed, "")
                : All(answer, "never").FirstOrDefault(n => Text(n, "action") == action) is
                    { ValueKind: JsonValueKind.Object } never ? (StepStanding.Forbidden, Text(never, "why"))
                : All(answer, "alternatives").FirstOrDefault(a => Text(a, "action") == action) is
                    { ValueKind: JsonValueKind.Object } other ? (StepStanding.Possible, Text(other, "when"))
                : (StepStanding.Unfit, "");
            steps.Add(new(action, ResolutionPage.WordsOf(step), standing, says));
        }
        return [.. steps.OrderBy(static s => s.Standing)];
    }
}
