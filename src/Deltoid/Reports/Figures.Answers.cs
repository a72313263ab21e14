using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>What came back: refusals by what the lines have in common, and what drugs brought in.</summary>
internal sealed partial class Figures
{
    void AddAnswers()
    {
        foreach (var (claim, paid) in Cohort.FirstAnswers(new LeftOut()))
        {
            var answers = LineAnswer.Of(claim, paid.Claim);
            Add(Measures.Resolved, !Array.Exists(answers, static a => a.IsRefused));
            Add(Measures.DeniedClaims, Array.Exists(answers, static a => a.Fate == LineFate.Denied));
            AddDollars(Measures.Collected, paid.Claim.Paid ?? Money.Zero, paid.Claim.Charge ?? Money.Zero);
            AddDays(Measures.PaymentLag, claim.Made, paid.Day);
            AddDays(Measures.PaymentLag, claim.Made, paid.Day, "payer", Grader.PayerOf(claim, paid));
        }
        foreach (var standing in Standings) AddLater(standing);
    }

    /// <summary>A claim that was refused at first and answered again.</summary>
    void AddLater(Standing standing)
    {
        var answers = standing.Answers.Where(static a => !a.Claim.IsReversal).ToList();
        if (answers.Count < 2) return;
        var (first, last) = (RefusedOf(standing.Claim, answers[0]), RefusedOf(standing.Claim, answers[^1]));
        if (first > Money.Zero) Add(Measures.Overturned, last < first);
    }

    static Money RefusedOf(Claim claim, PaidClaim paid) =>
        new(LineAnswer.Of(claim, paid.Claim).Sum(static a => a.Refused.Cents));

    void AddLines()
    {
        foreach (var (id, name) in Grader.Payers) Name("payer", id, name);
        foreach (var line in Grader.Lines)
        {
            AddLine(line, "", "");
            AddLine(line, "payer", line.Slice.Payer);
            AddLine(line, "provider", ProviderOf(line.Claim));
            AddLine(line, "place", line.Slice.Place.ToString());
            AddLine(line, "code", line.Slice.Code.ToString());
            if (line.Answered != default) AddLine(line, "month", MonthOf(line.Answered));
            if (line.Answer.IsRefused) Add(Measures.Preventable, line.Missed.Length < line.Answer.Refusals.Count);
            AddDrug(line);
        }
        foreach (var reason in Grader.Lines.SelectMany(static l => l.Answer.Refusals.Select(static r => r.Reason))
            .Distinct())
        {
            Name("reason", reason.ToString(), ReasonCodes.Shipped.Carc(reason.ToString())?.Label ?? "");
            foreach (var line in Grader.Lines) AddReason(line, reason);
        }
    }

    void AddLine(in GradedLine line, string by, string key)
    {
        var answer = line.Answer;
        Add(Measures.DeniedLines, answer.IsRefused, by, key);
        AddDollars(Measures.DeniedDollars, answer.Refused, answer.Charge, by, key);
        if (answer.IsRefused) AddDollars(Measures.AtStake, answer.Refused, by: by, key: key);
        if (by is "" or "payer")
            AddDollars(Measures.NetCollected, answer.Paid, answer.Charge - answer.Reduced - answer.PatientShare,
                by, key);
    }

    void AddReason(in GradedLine line, Code reason)
    {
        var cents = line.Answer.Refusals.Where(r => r.Reason == reason).ToList();
        Add(Measures.DeniedLines, cents.Count > 0, "reason", reason.ToString());
        if (cents.Count > 0)
            AddDollars(Measures.AtStake, new(cents.Sum(static r => r.Amount.Cents)), by: "reason",
                key: reason.ToString());
    }

    /// <summary>What a drug line brought in, and what the drug cost, with what was thrown away of it.</summary>
    void AddDrug(in GradedLine graded)
    {
        ref readonly var line = ref graded.Claim.Lines[graded.Index];
        if (costs is null || !GroupsOf(line).HasAny(Group.DrugCode | Group.VaccineProduct)) return;
        var cost = costs.Of(line.Ndc, line.Date, line.NdcQuantity, line.NdcUnit);
        Add(Measures.CostKnown, cost is not null);
        if (cost is not { } spent) return;
        var (package, paid) = (line.Ndc.AsBilled.ToString(), graded.Answer.Paid);
        Name("package", package, DrugOf(line));
        foreach (var (by, key) in (ReadOnlySpan<(string, string)>)[("", ""), ("package", package)])
        {
            AddDollars(Measures.Margin, paid - spent, by: by, key: key);
            AddDollars(Measures.MarginWithShare, paid + graded.Answer.PatientShare - spent, by: by, key: key);
        }
    }

    string DrugOf(in ServiceLine line)
    {
        if (book.TryContainer(line.Ndc, out var known, out _)) return $"{book.Drugs[known].Name}, {line.Code}";
        return book.DrugsBilledAs(line.Code) is [var only] ? $"{book.Drugs[only].Name}, {line.Code}"
            : line.Code.ToString();
    }

    /// <summary>Why claims were refused, as <c>remit</c> finds it from claim and answer alone.</summary>
    void AddCauses()
    {
        foreach (var key in ToDo.Causes.Select(static c => c.Cause).Where(static c => c.Length > 0).Distinct())
        {
            Name("cause", key, RuleBook.Shipped.Find(key)?.Line ?? "no rule here names it");
            foreach (var (cause, amount) in ToDo.Causes)
            {
                Add(Measures.Caused, cause == key, "cause", key);
                if (cause == key) AddDollars(Measures.AtStake, amount, by: "cause", key: key);
            }
        }
    }

    /// <summary>What is open on the day, how long it has been, and what is near its filing limit.</summary>
    void AddOpen()
    {
        if (AsOf == default) return;
        var (open, count, charged, first) = (Money.Zero, 0L, Money.Zero, AsOf);
        foreach (var standing in Standings)
        {
            var day = standing.Claim.ServiceDate;
            if (day == default || day > AsOf) continue;
            if (AsOf.DayNumber - day.DayNumber < DaysLookedAt)
            {
                charged += standing.Charge;
                if (day < first) first = day;
            }
            if (standing.Open is not { Cents: > 0 } amount) continue;
            (open, count) = (open + amount, count + 1);
            var isOld = AsOf.DayNumber - day.DayNumber > DaysLookedAt;
            AddDollars(Measures.OldOpen, isOld ? amount : Money.Zero, amount);
        }
        var held = AsOf.DayNumber - first.DayNumber + 1;
        if (charged.Cents > 0 && count > 0)
            made.Add(new(Measures.DaysOpen, "", "", new(0, count), open, new(charged.Cents / held),
                decimal.Round(open.Cents * (decimal)held / charged.Cents, 1, MidpointRounding.AwayFromZero)));
    }

    void AddLimits()
    {
        foreach (var (near, whole) in ToDo.Limits) AddDollars(Measures.FilingRisk, near, whole);
    }

    const int DaysLookedAt = 90;
}
