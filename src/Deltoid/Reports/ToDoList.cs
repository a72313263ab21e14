using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>One kind of work that the files leave to do.</summary>
/// <param name="What">What happened, in words.</param>
/// <param name="Do">What is to be done, in words.</param>
/// <param name="Due">The first last day that is not past; null where none is known.</param>
/// <param name="Late">Claims whose last day is past.</param>
internal sealed record ToDo(string What, string Do, long Claims, Money Amount, DateOnly? Due, long Late);

/// <summary>Why a claim was refused (the row of the specification), and the dollars that are open.</summary>
/// <param name="Cause">Empty of a claim that was not refused.</param>
internal readonly record struct CausedRefusal(string Cause, Money Amount);

/// <summary>
/// What is to be done about the claims of the files, most dollars first: those sent back, those refused, those of which
/// nothing was heard.
/// </summary>
internal sealed class ToDoList
{
    /// <summary>After so many days without a word the payer is asked.</summary>
    public const int DaysToWait = 30;

    const int NearLimit = 30;

    readonly record struct Item(string What, string Do, Money Amount, DateOnly? Due);

    readonly Figures figures;
    readonly CodeBook book;
    readonly Resolver resolver;
    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers;
    readonly FindingList findings = new();
    readonly Dictionary<Remittance, Remittance> bare = new(ReferenceEqualityComparer.Instance);
    readonly List<Item> items = [];

    public ToDoList(Figures figures, CodeBook book)
    {
        (this.figures, this.book, resolver, payers) = (figures, book, new(book), new(book));
        foreach (var standing in figures.Standings)
            if (standing.IsAnswered) AddAnswered(standing);
            else if (standing.IsToResend) AddSentBack(standing);
            else if (IsSilent(standing)) AddSilent(standing);
        All = [.. items.GroupBy(static i => (i.What, i.Do)).Select(g => new ToDo(g.Key.What, g.Key.Do, g.Count(),
            new(g.Sum(static i => i.Amount.Cents)), g.Where(i => !IsPast(i)).Min(static i => i.Due),
            g.Count(IsPast)))
            .OrderByDescending(static t => t.Amount.Cents).ThenBy(static t => t.What, StringComparer.Ordinal)
            .ThenBy(static t => t.Do, StringComparer.Ordinal)];
    }

    public IReadOnlyList<ToDo> All { get; }

    /// <summary>Of every answered claim why its last answer refuses it.</summary>
    public List<CausedRefusal> Causes { get; } = [];

    /// <summary>Of claims to send again, with a limit that is known and not past: those near it, and all.</summary>
    public List<(Money Near, Money All)> Limits { get; } = [];

    bool IsPast(Item item) => item.Due is { } due && figures.AsOf != default && due < figures.AsOf;

    void AddAnswered(Standing standing)
    {
        var (last, payments) = (standing.Last!, standing.LastPayments());
        var of = new DeniedClaim
        {
            Claim = standing.Claim, Remittance = BareOf(last.Payment), Today = figures.AsOf
        };
        of.Payments.AddRange(payments);
        var entry = RemitEntry.Of(resolver.Resolve(of), standing.Sent.Agreed, payments);
        var isRefused = !entry.IsPosted && entry.AtStake > Money.Zero;
        Causes.Add(!isRefused || entry.Cause.StartsWith("ND-", StringComparison.Ordinal)
            ? new("", Money.Zero)
            : new(entry.Cause.Length > 0 ? entry.Cause : "unnamed", entry.AtStake));
        if (isRefused) items.Add(new(WordsOf(entry), DoOf(entry), entry.AtStake, entry.Deadline?.Date));
    }

    /// <summary>The cause in words; where a fact decides what to do, what kind of refusal it is.</summary>
    static string WordsOf(RemitEntry entry) =>
        entry.Cause.Length == 0 ? "held back for a reason that no rule here names"
            : entry.Step == NextStep.None && RuleBook.Shipped.Find(entry.Cause) is { } rule
                ? $"{char.ToLowerInvariant(rule.Line[0])}{rule.Line[1..].TrimEnd('.')}"
            : entry.CauseWords;

    /// <summary>What to do, in words; where a fact decides it, which one to find out.</summary>
    static string DoOf(RemitEntry entry) =>
        entry.Step != NextStep.None ? ResolutionPage.WordsOf(entry.Step)
            : entry.Kind == AnswerKind.Pending ? "wait, and ask for its status after 14 days"
            : entry.Cause.Length == 0 ? "find out what the payer means, from the remark codes or by a call"
            : entry.Asks.Length > 0 ? $"find out first: {entry.Asks}"
            : "have a person look at it: no step is known";

    /// <summary>The head of a payment without what it says of other claims.</summary>
    Remittance BareOf(Remittance head)
    {
        if (bare.TryGetValue(head, out var known)) return known;
        var own = head.Detach();
        own.Adjustments.Clear();
        return bare[head] = own;
    }

    void AddSentBack(Standing standing)
    {
        var (verdict, amount) = (standing.Latest!.Value, standing.Charge);
        var limit = LimitOf(standing);
        if (limit != default && figures.AsOf != default && limit >= figures.AsOf)
            Limits.Add((limit.DayNumber - figures.AsOf.DayNumber < NearLimit ? amount : Money.Zero, amount));
        items.Add(new($"sent back before it was judged: {Refusals.WordsOf(verdict.Code)} "
            + $"(277CA {Figures.KeyOf(verdict.Code)}){FaultOf(standing)}",
            StepOf(verdict.Code), amount, limit == default ? null : limit));
    }

    static string StepOf(in StatusCode code) =>
        ResponseCodes.Shipped.Find(ResponseKind.Category, code.Category.ToString())?.Do is { Length: > 0 } step
            ? step.TrimEnd('.') : "correct it and send the claim again as an original";

    /// <summary>The error that the edits find in a claim that was sent back; empty where they find none.</summary>
    string FaultOf(Standing standing)
    {
        findings.Clear();
        scrubber.Check(standing.Claim, book, payers.Of(standing.Claim), null, null, findings);
        foreach (ref readonly var finding in findings.Span)
            if (finding.Severity == Severity.Error && finding.Under == 0)
                return $"; the edits find {finding.Info.Name.Replace('-', ' ')} ({finding.Info.Id})";
        return "; the edits find no error";
    }

    DateOnly LimitOf(Standing standing) => Clocks.FilingLimit(new Situation(
        new DeniedClaim { Claim = standing.Claim, Today = figures.AsOf }, book, scrubber, payers, findings));

    /// <summary>Neither sent back nor answered, and sent long ago.</summary>
    bool IsSilent(Standing standing) => figures.AsOf != default && standing.Claim.Made != default
        && figures.AsOf.DayNumber - standing.Claim.Made.DayNumber > DaysToWait;

    void AddSilent(Standing standing)
    {
        var limit = standing.First is null ? LimitOf(standing) : default;
        items.Add(new(standing.First is null ? "no answer of any kind came back" : "accepted, and not answered",
            standing.First is null ? "find out whether the payer has it, then send it again or ask for its status"
                : "ask for its status (276, or the payer's site)",
            standing.Charge, limit == default ? null : limit));
    }
}
