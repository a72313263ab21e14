using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>Where the payer of a claim is named.</summary>
internal enum PayerBy : byte
{
    /// <summary>By its id on the claim.</summary>
    Id,
    /// <summary>By its name on the claim.</summary>
    Name,
    /// <summary>On the remittance alone: no rule about claims can name it.</summary>
    Remittance,
}

/// <summary>What of a line is alike when denials are grouped: payer, code, modifiers, place.</summary>
internal readonly record struct Slice(string Payer, PayerBy By, Code Code, Modifiers Modifiers, Code Place);

/// <summary>What a finding said before, held against what came back.</summary>
internal sealed class Graded(FindingInfo info, string payer)
{
    public FindingInfo Info => info;

    public string Payer => payer;

    /// <summary>Refused for a reason that the finding named, or that it named none for.</summary>
    public long True { get; set; }

    /// <summary>Refused for another reason.</summary>
    public long Other { get; set; }

    /// <summary>Paid, or taken to the patient's share, as it was sent.</summary>
    public long False { get; set; }

    /// <summary>What the payer refused where it came true.</summary>
    public Money Refused { get; set; }

    /// <summary>What the payer paid where it was a false alarm.</summary>
    public Money Paid { get; set; }

    public Share Precision => new(True, True + Other + False);
}

/// <summary>A judged line: what it is, when it was answered, and why money of it was refused unforeseen.</summary>
/// <param name="Missed">Refusals that no finding named; empty where there are none.</param>
/// <param name="Index">Of the line in its claim, from 0.</param>
internal readonly record struct GradedLine(Slice Slice, DateOnly Served, DateOnly Answered, LineAnswer Answer,
    Refusal[] Missed, Claim Claim, int Index);

/// <summary>
/// Grades the edits by the remittances: what the scrubber says of each claim as it was sent is held against the first
/// answer of the payer. No chart and no history is read, as none was known to the payer.
/// </summary>
/// <param name="scrubber">With the edits, and the user's rules, that are graded.</param>
internal sealed class Grader(CodeBook book, Scrubber scrubber)
{
    readonly ClaimPayers payers = new(book);
    readonly FindingList findings = new();
    readonly Dictionary<(FindingInfo Info, string Payer), Graded> grades = [];

    public IEnumerable<Graded> Grades => grades.Values
        .OrderByDescending(static g => g.Refused.Cents).ThenByDescending(static g => g.Precision.Of)
        .ThenBy(static g => g.Info.Id, StringComparer.Ordinal).ThenBy(static g => g.Payer, StringComparer.Ordinal);

    public List<GradedLine> Lines { get; } = [];

    public LeftOut Left { get; } = new();

    public long Claims { get; private set; }

    public long RefusedLines { get; private set; }

    public Money Refused { get; private set; }

    public long MissedLines { get; private set; }

    public Money Missed { get; private set; }

    /// <summary>The names of the payers, by their ids in the rows.</summary>
    public SortedDictionary<string, string> Payers { get; } = new(StringComparer.Ordinal);

    public void AddAll(Cohort cohort)
    {
        foreach (var (claim, paid) in cohort.FirstAnswers(Left)) Add(claim, paid);
    }

    /// <summary>One claim and its first answer.</summary>
    public void Add(Claim claim, PaidClaim paid)
    {
        Claims++;
        var answers = LineAnswer.Of(claim, paid.Claim);
        var payer = PayerOf(claim, paid);
        findings.Clear();
        scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
        var named = new HashSet<(int Line, Code Reason)>();
        var told = new HashSet<(FindingInfo Info, int Line)>();
        foreach (ref readonly var finding in findings.Span)
            if (finding.Under == 0 && Predicts(finding.Info) && told.Add((finding.Info, finding.Place.Line)))
                Judge(finding, claim, answers, payer, named);
        for (var i = 0; i < answers.Length; i++) Count(claim, i, answers[i], paid.Day, payer, named);
    }

    /// <summary>Only a finding that foresees a refusal can come true on a remittance.</summary>
    public static bool Predicts(FindingInfo info) => info.Outcome is Outcome.Denial or Outcome.Rejection;

    void Judge(in Finding finding, Claim claim, LineAnswer[] answers, string payer, HashSet<(int, Code)> named)
    {
        var (isKnown, isTrue, isRefused, refused, paid) = (false, false, false, Money.Zero, Money.Zero);
        for (var i = 0; i < answers.Length; i++)
        {
            var answer = answers[i];
            if (!IsOn(finding, claim.Lines[i].Number) || answer.Fate == LineFate.Unknown) continue;
            isKnown = true;
            isRefused |= answer.IsRefused;
            paid += answer.Paid;
            foreach (var refusal in answer.Refusals)
            {
                if (!Names(finding.Info, refusal.Reason)) continue;
                isTrue = true;
                refused += refusal.Amount;
                named.Add((i, refusal.Reason));
            }
        }
        if (!isKnown) return;
        if (!grades.TryGetValue((finding.Info, payer), out var grade))
            grades[(finding.Info, payer)] = grade = new(finding.Info, payer);
        if (isTrue) (grade.True, grade.Refused) = (grade.True + 1, grade.Refused + refused);
        else if (isRefused) grade.Other++;
        else (grade.False, grade.Paid) = (grade.False + 1, grade.Paid + paid);
    }

    /// <summary>A finding about the whole claim is about each of its lines; one about two lines, about both.</summary>
    static bool IsOn(in Finding finding, int line) =>
        finding.Place.Line == 0 || finding.Place.Line == line || finding.OtherLine == line;

    /// <summary>By the number of the reason: payers put one reason in different groups.</summary>
    static bool Names(FindingInfo info, Code reason) =>
        info.Predicts is not { Length: > 0 } predictions
            || Array.Exists(predictions, p => p.Carc.AsSpan(p.Carc.IndexOf('-', StringComparison.Ordinal) + 1)
                .SequenceEqual(reason.ToString()));

    void Count(Claim claim, int index, LineAnswer answer, DateOnly day, string payer, HashSet<(int, Code)> named)
    {
        if (answer.Fate == LineFate.Unknown)
        {
            Left.Lines++;
            return;
        }
        ref readonly var line = ref claim.Lines[index];
        var missed = answer.Refusals.Where(r => !named.Contains((index, r.Reason))).ToArray();
        var place = line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService;
        var served = line.Date == default ? claim.ServiceDate : line.Date;
        Lines.Add(new(new(payer, ByOf(claim), line.Code, line.Modifiers, place), served, day, answer,
            missed, claim, index));
        if (!answer.IsRefused) return;
        RefusedLines++;
        Refused += answer.Refused;
        if (missed.Length == 0) return;
        MissedLines++;
        Missed += new Money(missed.Sum(static r => r.Amount.Cents));
    }

    static PayerBy ByOf(Claim claim) =>
        !claim[ClaimText.PayerId].IsEmpty ? PayerBy.Id
            : !claim[ClaimText.PayerName].IsEmpty ? PayerBy.Name
            : PayerBy.Remittance;

    /// <summary>The payer's id as the claim says it, else its name; empty where it says neither.</summary>
    public static string PayerIdOf(Claim claim) =>
        claim.Text(ClaimText.PayerId) is { Length: > 0 } id ? id : claim.Text(ClaimText.PayerName);

    /// <summary>The payer's id as the claim says it, else its name, else what the remittance says; its name is kept.
    /// </summary>
    public string PayerOf(Claim claim, PaidClaim paid)
    {
        var (id, called) = (claim.Text(ClaimText.PayerId), claim.Text(ClaimText.PayerName));
        if (id.Length == 0) id = called;
        if (id.Length == 0) id = paid.Payment.Text(RemittanceText.PayerPlanId);
        var name = paid.Payment.Text(RemittanceText.PayerName);
        if (name.Length == 0) name = called;
        if (id.Length == 0) id = name.Length == 0 ? "unknown" : name;
        Payers.TryAdd(id, name);
        return id;
    }
}
