using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using PaidClaim = Deltoid.Reports.PaidClaim;

namespace Deltoid.Store;

/// <summary>
/// The outcomes of some claims, made from their versions, the files that answered them and the ledger. What counts as
/// the first answer, as refused and as open is what <c>deltoid report</c> counts (<see cref="Figures"/>).
/// </summary>
sealed class OutcomePiece(PracticeDb db, Engine engine, SentAndPaid known, CancellationToken stop)
{
    /// <summary>Rows of some claims.</summary>
    public sealed record Rows(List<ClaimOutcome> Claims, List<RefusedLine> Refused, List<DrugOutcome> Drugs);

    readonly Rows rows = new([], [], []);
    readonly Resolver resolver = new(engine.Book);
    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers = new(engine.Book);
    readonly Findings.FindingList findings = new();
    ILookup<long, (Account Account, string Kind, long Cents)> ledger = null!;
    HashSet<long> appealed = [];
    DrugCostsOfClaims costs = null!;

    public async Task<Rows> Of(IReadOnlyCollection<long> ids)
    {
        await known.Load(ids);
        ledger = (await db.Postings.Where(p => p.ClaimId != null && ids.Contains(p.ClaimId.Value))
            .GroupBy(static p => new { p.ClaimId, p.Account, p.Kind })
            .Select(static g => new { g.Key.ClaimId, g.Key.Account, g.Key.Kind, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop)).ToLookup(static g => g.ClaimId!.Value, static g => (g.Account, g.Kind, g.Cents));
        appealed = (await db.Appeals.Where(a => ids.Contains(a.ClaimId)).Select(static a => a.ClaimId)
            .ToListAsync(stop)).ToHashSet();
        costs = await DrugCostsOfClaims.Load(db, ids, stop);
        foreach (var claim in known.Claims) Add(claim);
        await LoadCredits();
        return rows;
    }

    /// <summary>Since when the payers have paid more than they owed: the day after which it was never otherwise.
    /// </summary>
    async Task LoadCredits()
    {
        foreach (var outcome in rows.Claims.Where(static c => c.Open < 0))
        {
            var left = 0L;
            foreach (var posting in await db.Postings.Where(p => p.ClaimId == outcome.ClaimId
                    && p.Account == Account.Receivable).OrderBy(static p => p.Id)
                .Select(static p => new { p.Cents, p.Day }).ToListAsync(stop))
            {
                left += posting.Cents;
                outcome.CreditSince = left >= 0 ? null : outcome.CreditSince ?? posting.Day;
            }
        }
    }

    void Add(SentAndPaid.Facts facts)
    {
        if (known.Of(facts.Id) is not { } standing) return;
        var (claim, left) = (standing.Claim, known.Steps[facts.Id].Where(static s => s.Kind == "837").ToList());
        var outcome = new ClaimOutcome
        {
            ClaimId = facts.Id, PayerId = facts.PayerId, Provider = ProviderOf(claim),
            ServiceDate = claim.ServiceDate, ServiceMonth = Outcomes.MonthOf(claim.ServiceDate),
            Charge = standing.Charge.Cents, SentOn = DateOnly.FromDateTime(left[0].At),
            Marks = (left.Count > 1 || appealed.Contains(facts.Id) ? OutcomeMarks.Reworked : 0)
                | (IsClean(claim) ? 0 : OutcomeMarks.NotClean),
        };
        Books(outcome);
        var drugs = new List<DrugOutcome>();
        if (standing.Answers.Find(static a => !a.Claim.IsReversal) is { } first)
            drugs = AddAnswer(outcome, standing, first);
        MarkSums(outcome);
        MarkDrugs(outcome, drugs);
        rows.Claims.Add(outcome);
        rows.Drugs.AddRange(drugs);
    }

    /// <summary>What the sums of a claim say of it.</summary>
    internal static void MarkSums(ClaimOutcome outcome)
    {
        var isRefused = outcome.Is(OutcomeMarks.Refused);
        outcome.Marks |= (outcome.Open > 0 ? OutcomeMarks.Open : 0)
            | (isRefused && outcome.Recovered > 0 ? OutcomeMarks.Recovered : 0)
            | (isRefused && outcome.WrittenOff > 0 ? OutcomeMarks.WrittenOff : 0)
            | (!isRefused && outcome.Share + outcome.Reduced > 0 ? OutcomeMarks.PaidRight : 0)
            | (outcome.Judged - outcome.Reduced - outcome.Share > outcome.Paid ? OutcomeMarks.Uncollected : 0);
    }

    /// <summary>A claim is marked by its drugs; a drug has what its claim has, but of drugs its own marks alone.
    /// </summary>
    internal static void MarkDrugs(ClaimOutcome outcome, List<DrugOutcome> drugs)
    {
        foreach (var drug in drugs)
        {
            (drug.ClaimId, drug.PayerId, drug.ServiceDate) = (outcome.ClaimId, outcome.PayerId, outcome.ServiceDate);
            (drug.ServiceMonth, drug.Month, drug.Cause) = (outcome.ServiceMonth, outcome.Month, outcome.Cause);
            (drug.Charge, drug.Refused) = (outcome.Charge, outcome.Refused);
            (drug.Open, drug.Received) = (outcome.Open, outcome.Received);
            drug.Marks = outcome.Marks | OutcomeMarks.HasDrug | drug.Own;
        }
        foreach (var drug in drugs) outcome.Marks |= OutcomeMarks.HasDrug | drug.Own;
    }

    static string ProviderOf(Claim claim) =>
        claim.Text(Party.Rendering, PartyField.Npi) is { Length: > 0 } own ? own
            : claim.Text(Party.Billing, PartyField.Npi) is { Length: > 0 } billing ? billing
            : "unknown";

    bool IsClean(Claim claim)
    {
        findings.Clear();
        scrubber.Check(claim, engine.Book, payers.Of(claim), null, null, findings);
        foreach (ref readonly var finding in findings.Span)
            if (finding.Severity == Findings.Severity.Error) return false;
        return true;
    }

    void Books(ClaimOutcome outcome)
    {
        foreach (var (account, kind, cents) in ledger[outcome.ClaimId])
            // what patients pay, or are spared, says nothing of what payers do
            switch (kind.StartsWith("patient-", StringComparison.Ordinal) && account != Account.Patient ? 0 : account)
            {
                case Account.Receivable: outcome.Open += cents; break;
                case Account.Patient: outcome.Patient += cents; break;
                case Account.Cash: outcome.Received += cents; break;
                case Account.WriteOff: outcome.WrittenOff += cents; break;
            }
    }

    /// <returns>The drugs on its lines.</returns>
    List<DrugOutcome> AddAnswer(ClaimOutcome outcome, Standing standing, PaidClaim first)
    {
        var grader = new Grader(engine.Book, scrubber);
        grader.Add(standing.Claim, first);
        var answers = LineAnswer.Of(standing.Claim, first.Claim);
        (outcome.Answered, outcome.Month) = (first.Day, Outcomes.MonthOf(first.Day));
        if (Array.Exists(answers, static a => a.Fate == LineFate.Denied)) outcome.Marks |= OutcomeMarks.Denied;
        foreach (var line in grader.Lines) AddLine(outcome, line);
        if (Array.Exists(answers, static a => a.IsRefused))
        {
            outcome.Marks |= OutcomeMarks.Refused | (grader.MissedLines == 0 ? OutcomeMarks.Foreseen : 0);
            AddRefusal(outcome, standing, first);
        }
        return costs.Of(outcome.ClaimId, grader.Lines, engine.Book);
    }

    void AddLine(ClaimOutcome outcome, in GradedLine line)
    {
        var answer = line.Answer;
        outcome.Lines++;
        if (answer.IsRefused) outcome.RefusedLines++;
        outcome.Judged += answer.Charge.Cents;
        outcome.Refused += answer.Refused.Cents;
        outcome.Paid += answer.Paid.Cents;
        outcome.Reduced += answer.Reduced.Cents;
        outcome.Share += answer.PatientShare.Cents;
        foreach (var of in answer.Refusals.GroupBy(static r => (r.Group, r.Reason)))
            rows.Refused.Add(new()
            {
                ClaimId = outcome.ClaimId, PayerId = outcome.PayerId, Month = outcome.Month,
                Code = line.Slice.Code.ToString(), Reason = $"{of.Key.Group}-{of.Key.Reason}",
                Cents = of.Sum(static r => r.Amount.Cents),
            });
    }

    void AddRefusal(ClaimOutcome outcome, Standing standing, PaidClaim first)
    {
        outcome.Cause = CauseOf(standing, first);
        var later = standing.Answers.Where(static a => !a.Claim.IsReversal).ToList();
        if (later.Count > 1)
            outcome.Marks |= OutcomeMarks.AnsweredAgain
                | (RefusedBy(standing.Claim, later[^1]) < RefusedBy(standing.Claim, first)
                    ? OutcomeMarks.Overturned : 0);
        outcome.Recovered = Math.Max(0, outcome.Received - outcome.Paid);
    }

    static long RefusedBy(Claim claim, PaidClaim by) =>
        LineAnswer.Of(claim, by.Claim).Sum(static a => a.Refused.Cents);

    /// <summary>Why the first answer refuses the claim, from claim and answer alone.</summary>
    string CauseOf(Standing standing, PaidClaim first)
    {
        var head = first.Payment.Detach();
        head.Adjustments.Clear(); // what it says of other claims
        var of = new DeniedClaim { Claim = standing.Claim, Remittance = head, Today = first.Day };
        of.Payments.Add(first.Claim);
        var cause = RemitEntry.Of(resolver.Resolve(of), standing.Sent.Agreed, first.Claim).Cause;
        return cause.Length > 0 ? cause : Unnamed;
    }

    /// <summary>A refusal that no row of the specification names.</summary>
    public const string Unnamed = "unnamed";
}
