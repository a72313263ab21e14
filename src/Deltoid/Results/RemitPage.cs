using System.Globalization;
using Deltoid.Answers;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// One page over all files: what to post, what not to post and why, and what to do for each claim that was not paid as
/// it should be: by cause, most money first.
/// </summary>
internal sealed class RemitPage(TextPage page, CodeBook book)
{
    const int MostFaults = 5;
    const string Unknown = "held back for a reason that no rule here names";

    readonly Func<Arg, string> names = ResultJson.NamesOf(book);
    readonly List<(SurveyedFile File, SurveyedSet Set)> sets = [];
    readonly List<RemitEntry> open = [];
    readonly PriceLedger ledger = new();
    long claims, unmatched;

    /// <summary>A file's sets, and what is wrong around them.</summary>
    public void Add(SurveyedFile file)
    {
        foreach (var set in file.Sets) sets.Add((file, set));
        foreach (var fault in file.Faults)
            if (!file.Sets.Exists(s => s.Faults.Contains(fault)))
                page.Wrap($"{Shown.Of(file.Name)}: ", RemitWords.MessageOf(fault, names));
    }

    public void Add(RemitEntry entry)
    {
        claims++;
        if (entry.Priced is { } priced) ledger.Add(priced);
        if (!entry.IsMatched) unmatched++;
        if (!entry.IsPosted || entry.Note.Length > 0) open.Add(entry);
    }

    /// <param name="isMatching">Claims as sent were given.</param>
    public void Write(bool isMatching)
    {
        WriteSets("Post", static v => v is RemitVerdict.Post or RemitVerdict.PostWithWarning);
        WriteSets("Do not post", static v => v == RemitVerdict.Quarantine);
        WriteSets("Received before: nothing to post", static v => v == RemitVerdict.AlreadyReceived);
        WriteToDo();
        foreach (var entry in open)
            if (entry.IsPosted) page.Wrap($"  claim {Shown.Of(entry.Claim)}: ", entry.Note);
        page.Line();
        WritePrices();
        if (isMatching && unmatched > 0)
            page.Wrap("", $"{Count(unmatched, "claim")} of {claims.ToString("N0", CultureInfo.InvariantCulture)} "
                + "is not among the claims as sent; its answer is less sure.");
        else if (!isMatching && claims > 0)
            page.Wrap("", "The answers rest on the remittance alone. "
                + "Give --claims, --charts and --record for surer ones.");
    }

    /// <summary>Expected against paid, by payer and cause; nothing where no contract was given.</summary>
    void WritePrices()
    {
        var lines = ledger.Standing();
        if (lines.Count == 0) return;
        page.Line(page.Strong($"Expected against paid: {Count(lines.Count, "line")} held against a contract"));
        foreach (var group in PriceLedger.Groups(lines))
            page.Wrap("  ", $"{group.Payer}: " + group.Verdict switch
            {
                PriceVerdict.PaidRight => $"{Count(group.Lines, "line")} paid right",
                PriceVerdict.Unknown => $"{Count(group.Lines, "line")} not known: {group.Why}",
                PriceVerdict.Underpaid => $"{Count(group.Lines, "line")} paid {Dollars.Of(group.Off)} too little: "
                    + PriceWords.Of(group.Why),
                _ => $"{Count(group.Lines, "line")} paid {Dollars.Of(group.Off)} too much: "
                    + PriceWords.Of(group.Why),
            });
        page.Line();
    }

    void WriteToDo()
    {
        var todo = open.FindAll(static e => !e.IsPosted);
        if (todo.Count == 0)
        {
            page.Line(page.Strong("To do: nothing but to post"));
            return;
        }
        var first = todo.Where(static e => e.Deadline is not null).MinBy(static e => e.Deadline!.Date)?.Deadline;
        page.Line(page.Strong($"To do, most money first: {SumOf(todo)} in {Count(todo.Count, "claim")}"
            + (first is null ? "" : $", the first by {first.Date.Iso()}")));
        var groups = todo
            .GroupBy(static e => (e.Cause, e.CauseWords, e.Step, Reason: e.Cause.Length > 0 ? "" : e.Reason))
            .Select(static g => g.OrderByDescending(static e => e.AtStake).ToList())
            .OrderByDescending(static g => g.Sum(static e => e.AtStake.Cents))
            .ThenBy(static g => g[0].Cause, StringComparer.Ordinal);
        foreach (var rows in groups) WriteGroup(rows);
    }

    static string SumOf(List<RemitEntry> rows) => Dollars.Of(new(rows.Sum(static e => e.AtStake.Cents)));

    static string Count(long count, string what) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    void WriteSets(string head, Func<RemitVerdict, bool> takes)
    {
        var chosen = sets.Where(s => takes(s.Set.Verdict)).OrderByDescending(static s => s.Set.Head.Amount ?? default)
            .ToList();
        if (chosen.Count == 0) return;
        var sum = chosen.Sum(static s => s.Set.Head.Amount?.Cents ?? 0);
        page.Line(page.Strong($"{head}: {Dollars.Of(new(sum))} in {Count(chosen.Count, "payment")}"));
        var (plain, more) = (0, 0);
        foreach (var (file, set) in chosen)
            if (!IsPlain(set) || ++plain <= MostPlain) WriteSet(file, set);
            else more++;
        if (more > 0) page.Line($"  and {Count(more, "more payment")} with nothing odd, which --json lists");
        page.Line();
    }

    /// <summary>Of a payment there is nothing to say but its amount.</summary>
    static bool IsPlain(SurveyedSet set) => set.Verdict == RemitVerdict.AlreadyReceived
        || (set.Verdict == RemitVerdict.Post && set.Adjustments.Count == 0);

    void WriteSet(SurveyedFile file, SurveyedSet set)
    {
        var trace = set.Head.Text(RemittanceText.Trace) is { Length: > 0 } number ? number : "without a number";
        var day = set.Day == default ? "" : $", {set.Day.Iso()}";
        page.Wrap("  ", $"{Dollars.Of(set.Head.Amount ?? default)} {set.Payer}, {trace}{day}: "
            + $"{Count(set.Claims, "claim")} {TextPage.Code($"({file.Name}, set {set.Control})")}");
        if (set.Verdict == RemitVerdict.AlreadyReceived) return;
        WriteFaults(set);
        foreach (var adjustment in set.Adjustments)
            if (adjustment.Row.Amount is { } amount && amount != Money.Zero)
                page.Wrap("    ", $"{Dollars.Of(new(Math.Abs(amount.Cents)))}: {adjustment.Means}"
                    + (adjustment.Claim is { } claim ? $", claim {claim}" : "")
                    + $" {TextPage.Code($"(PLB {adjustment.Row.Reason})")}");
    }

    /// <summary>The first fault of each kind, with the other claims that have it.</summary>
    void WriteFaults(SurveyedSet set)
    {
        var isQuarantined = set.Verdict == RemitVerdict.Quarantine;
        var kinds = set.Faults.Where(f => f.IsError || (!isQuarantined && !f.IsOfForm))
            .GroupBy(static f => RemitWords.IdOf(f)).ToList();
        foreach (var kind in kinds.Take(MostFaults))
        {
            var fault = kind.First();
            var place = fault.Segment > 0 ? $"segment {fault.Segment} of the set, " : "";
            page.Wrap("    ", (fault.Claim.Length > 0 ? $"claim {fault.Claim}: " : "")
                + RemitWords.MessageOf(fault, names)
                + (fault.Off is { } off ? $" Off by {Dollars.Moved(off)}." : "")
                + $" {TextPage.Code($"({place}{fault.InFile} of the file)")}");
            if (kind.Count() > 1)
                page.Wrap("    ", $"the same {(kind.Count() == 2 ? "once" : Count(kind.Count() - 1, "time"))} more"
                    + (fault.Claim.Length > 0 ? $": claim {Listed(kind.Skip(1).Select(static f => f.Claim))}" : ""));
        }
        var more = kinds.Skip(MostFaults).Sum(static k => k.Count()) + set.MoreFaults;
        if (more > 0) page.Line($"    and {Count(more, "more error")}");
    }

    static string Listed(IEnumerable<string> items)
    {
        var all = items.Distinct().ToList();
        return string.Join(", ", all.Take(MostClaims)) + (all.Count > MostClaims ? ", …" : "");
    }

    void WriteGroup(List<RemitEntry> rows)
    {
        var first = rows[0];
        var isKnown = first.Cause.Length > 0;
        var codes = Listed(rows.Select(static r => r.Reason).Where(static r => r.Length > 0));
        page.Wrap($"  {SumOf(rows)} ", $"{(isKnown ? first.CauseWords : Unknown)} "
            + TextPage.Code($"({(isKnown ? first.Cause : "")}{(isKnown && codes.Length > 0 ? ", " : "")}{codes})")
            + $" in {Count(rows.Count, "claim")}");
        var deadline = Common(rows, static r => r.Deadline?.Date.Iso() ?? "");
        var asks = Common(rows, static r => r.Asks);
        page.Wrap("    do: ", WhatToDo(first) + (deadline is { Length: > 0 } by ? $", by {by}" : ""));
        if (asks is { Length: > 0 }) page.Wrap("    first find out: ", asks);
        var amount = Common(rows, static r => Dollars.Of(r.AtStake));
        page.Wrap("    ", (rows.Count == 1 ? "claim " : amount is null ? "claims " : $"claims, {amount} each: ")
            + string.Join(", ", rows.Take(MostClaims).Select(row => row.Claim
                + (rows.Count > 1 && amount is null ? $" {Dollars.Of(row.AtStake)}" : "")
                + (deadline is null && row.Deadline is { } own ? $" by {own.Date.Iso()}" : "")))
            + (rows.Count > MostClaims
                ? $", and {Count(rows.Count - MostClaims, "more claim")}, which --json lists"
                : ""));
        foreach (var row in rows.Take(MostClaims)) WriteOwn(row, asks is null);
    }

    /// <summary>What one claim of a group has and the others have not.</summary>
    void WriteOwn(RemitEntry row, bool hasOwnAsks)
    {
        if (hasOwnAsks && row.Asks.Length > 0)
            page.Wrap("    ", $"claim {row.Claim}: first find out: {row.Asks}");
        if (row.PatientOwes != Money.Zero && row.PatientOwes != row.AtStake)
            page.Wrap("    ", $"claim {row.Claim}: the patient owes {Dollars.Of(row.PatientOwes)} now");
        if (row.Note.Length > 0) page.Wrap("    ", $"claim {row.Claim}: {row.Note}");
    }

    /// <summary>What all have alike; null where they differ.</summary>
    static string? Common(List<RemitEntry> rows, Func<RemitEntry, string> of)
    {
        var first = of(rows[0]);
        return rows.TrueForAll(r => of(r) == first) ? first : null;
    }

    static string WhatToDo(RemitEntry entry) => entry.Step != NextStep.None ? ResolutionPage.WordsOf(entry.Step)
        : entry.Kind == AnswerKind.Pending ? "wait; ask for its status after 14 days"
        : entry.Cause.Length == 0 ? "find out what the payer means, from the remark codes or by a call"
        : entry.Asks.Length > 0 ? "find out what is asked below, then decide"
        : ResolutionPage.WordsOf(entry.Step);

    /// <summary>Of one cause, and of payments with nothing odd: the page is one page.</summary>
    const int MostClaims = 20, MostPlain = 20;
}
