using System.Globalization;
using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>The figures of a set of files: claims as sent, and what came back.</summary>
internal sealed class Figures
{
    readonly Dictionary<(Measure Measure, string By, string Key), Sum> sums = [];
    /// <param name="Part">Cents of the numerator; <paramref name="Whole"/>, of the denominator.</param>
    readonly record struct Sum(long Hits, long Of, long Part, long Whole);

    readonly Dictionary<Measure, List<int>> days = [];
    readonly CodeBook book;

    public Figures(Cohort cohort, CodeBook book)
    {
        (Cohort, this.book, Grader) = (cohort, book, new Grader(book, new()));
        Grader.AddAll(cohort);
        AddClaims();
        AddStatuses();
        AddAnswers();
        AddLines();
    }

    public Cohort Cohort { get; }

    public Grader Grader { get; }

    /// <summary>In the order of the measures; the whole first, then by its parts.</summary>
    public IEnumerable<Figure> All =>
        Sums.Concat(days.Select(static d =>
            new Figure(d.Key, "", "", new(0, d.Value.Count), Days: Median(d.Value))));

    IEnumerable<Figure> Sums => sums
        .OrderBy(static s => s.Key.Measure.Id, StringComparer.Ordinal)
        .ThenBy(static s => s.Key.By, StringComparer.Ordinal).ThenBy(static s => s.Key.Key, StringComparer.Ordinal)
        .Select(static s => s.Key.Measure == Measures.DeniedDollars || s.Key.Measure == Measures.Collected
            ? new Figure(s.Key.Measure, s.Key.By, s.Key.Key, new(0, s.Value.Of), new(s.Value.Part), new(s.Value.Whole))
            : s.Key.Measure == Measures.AtStake
            ? new(s.Key.Measure, s.Key.By, s.Key.Key, new(0, s.Value.Of), new(s.Value.Part))
            : new(s.Key.Measure, s.Key.By, s.Key.Key, new(s.Value.Hits, s.Value.Of)));

    /// <summary>The figure of a measure for all, or for one key; null where nothing was counted.</summary>
    public Figure? Of(Measure measure, string by = "", string key = "") =>
        All.FirstOrDefault(f => f.Measure == measure && f.By == by && f.Key == key);

    /// <summary>The middle one; of two in the middle their mean.</summary>
    public static decimal Median(List<int> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count == 0 ? 0
            : sorted.Count % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2m;
    }

    void Add(Measure measure, bool isHit, string by = "", string key = "", long times = 1) =>
        Add(measure, by, key, isHit ? times : 0, times, 0, 0);

    void Add(Measure measure, string by, string key, long hits, long of, long part, long whole)
    {
        var sum = sums.GetValueOrDefault((measure, by, key));
        sums[(measure, by, key)] = new(sum.Hits + hits, sum.Of + of, checked(sum.Part + part),
            checked(sum.Whole + whole));
    }

    void AddDays(Measure measure, DateOnly from, DateOnly thru)
    {
        if (from == default || thru == default || thru < from) return;
        if (!days.TryGetValue(measure, out var list)) days[measure] = list = [];
        list.Add(thru.DayNumber - from.DayNumber);
    }

    void AddClaims()
    {
        var (scrubber, payers, findings) = (new Scrubber(), new ClaimPayers(book), new FindingList());
        foreach (var claim in Cohort.Claims.Select(static c => c.Claim))
        {
            findings.Clear();
            scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
            var isClean = true;
            foreach (ref readonly var finding in findings.Span)
                if (finding.Severity == Severity.Error) isClean = false;
            Add(Measures.Clean, isClean);
            AddDays(Measures.ChargeLag, claim.ServiceDate, claim.Made);
            AddContents(claim, findings);
        }
    }

    static readonly Modifier Jw = Modifier.Of("JW"), Jz = Modifier.Of("JZ");

    void AddContents(Claim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            ref readonly var line = ref claim.Lines[i];
            var groups = GroupsOf(line);
            if (groups.HasAny(Group.Injection))
                Add(Measures.Pairing, HasOnDay(claim, line.Date, Group.DrugCode | Group.VaccineProduct));
            if (groups.HasAny(Group.OfficeVisit) && HasOnDay(claim, line.Date, Group.Injection))
                Add(Measures.Modifier25, line.Modifiers.Has(Modifier.M25));
            if (!groups.HasAny(Group.DrugCode)) continue;
            Add(Measures.NdcOnDrugs, !line.Ndc.IsNone);
            Add(Measures.UnitErrors, HasUnitFinding(findings, line.Number));
            if (line.Modifiers.Has(Jw) || line.Modifiers.Has(Jz) || HasWaste(claim, line.Code))
                Add(Measures.Waste, line.Modifiers.Has(Jw), times: line.Units.Whole);
        }
    }

    CodeGroups GroupsOf(in ServiceLine line) => book.TryCode(line.Code, line.Date, out var row) ? row.Groups : default;

    bool HasOnDay(Claim claim, DateOnly day, CodeGroups groups)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Date == day && GroupsOf(line).HasAny(groups)) return true;
        return false;
    }

    static bool HasWaste(Claim claim, Code code)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Code == code && line.Modifiers.Has(Jw)) return true;
        return false;
    }

    static bool HasUnitFinding(FindingList findings, int line)
    {
        foreach (ref readonly var finding in findings.Span)
            if (finding.Place.Line == line && finding.Place.ClaimField == Field.Units
                && finding.Severity != Severity.Info)
                return true;
        return false;
    }

    static readonly Code Accepted = Code.Of("WQ"), Rejected = Code.Of("U");

    /// <summary>The first status of each claim that says that it was taken or sent back.</summary>
    void AddStatuses()
    {
        var seen = new HashSet<string>();
        foreach (var status in Cohort.Statuses)
            foreach (ref readonly var claim in status.Claims.Span)
            {
                var id = status.Text(claim.Id);
                if (id.Length == 0 || claim.Statuses.Count == 0) continue;
                var action = status.Statuses.Span[claim.Statuses.First].Action;
                if ((action == Accepted || action == Rejected) && seen.Add(id))
                    Add(Measures.Accepted, action == Accepted);
            }
    }

    void AddAnswers()
    {
        foreach (var (claim, paid) in Cohort.FirstAnswers(new LeftOut()))
        {
            var answers = LineAnswer.Of(claim, paid.Claim);
            Add(Measures.Resolved, !Array.Exists(answers, static a => a.IsRefused));
            Add(Measures.DeniedClaims, Array.Exists(answers, static a => a.Fate == LineFate.Denied));
            Add(Measures.Collected, "", "", 0, 1, paid.Claim.Paid?.Cents ?? 0, paid.Claim.Charge?.Cents ?? 0);
            AddDays(Measures.PaymentLag, claim.Made, paid.Day);
        }
    }

    void AddLines()
    {
        foreach (var line in Grader.Lines)
        {
            var answer = line.Answer;
            AddLine(line, "", "");
            AddLine(line, "payer", line.Slice.Payer);
            AddLine(line, "code", line.Slice.Code.ToString());
            if (line.Answered != default) AddLine(line, "month", MonthOf(line.Answered));
            if (answer.IsRefused) Add(Measures.Preventable, line.Missed.Length < answer.Refusals.Count);
        }
        foreach (var reason in Grader.Lines.SelectMany(static l => l.Answer.Refusals.Select(static r => r.Reason))
            .Distinct())
            foreach (var line in Grader.Lines) AddReason(line, reason);
    }

    void AddLine(in GradedLine line, string by, string key)
    {
        var answer = line.Answer;
        Add(Measures.DeniedLines, answer.IsRefused, by, key);
        Add(Measures.DeniedDollars, by, key, 0, 1, answer.Refused.Cents, answer.Charge.Cents);
        if (answer.IsRefused) Add(Measures.AtStake, by, key, 0, 1, answer.Refused.Cents, 0);
    }

    void AddReason(in GradedLine line, Code reason)
    {
        var cents = line.Answer.Refusals.Where(r => r.Reason == reason).ToList();
        Add(Measures.DeniedLines, cents.Count > 0, "reason", reason.ToString());
        if (cents.Count > 0)
            Add(Measures.AtStake, "reason", reason.ToString(), 0, 1, cents.Sum(static r => r.Amount.Cents), 0);
    }

    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
