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
        if (!entry.IsMatched) unmatched++;
        if (!entry.IsPosted || entry.Note.Length > 0) open.Add(entry);
    }

    /// <param name="isMatching">Claims as sent were given.</param>
    public void Write(bool isMatching)
    {
        WriteSets("Post", static v => v is RemitVerdict.Post or RemitVerdict.PostWithWarning);
        WriteSets("Do not post", static v => v == RemitVerdict.Quarantine);
        WriteSets("Received before: nothing to post", static v => v == RemitVerdict.AlreadyReceived);
        var groups = open.Where(static e => !e.IsPosted).GroupBy(static e => (e.Cause, e.Step))
            .Select(static g => (Rows: g.ToList(), Sum: g.Sum(static e => e.AtStake.Cents)))
            .OrderByDescending(static g => g.Sum).ThenBy(static g => g.Rows[0].Cause, StringComparer.Ordinal);
        page.Line(page.Strong(open.Exists(static e => !e.IsPosted)
            ? "To do, most money first"
            : "To do: nothing but to post"));
        foreach (var (rows, sum) in groups) WriteGroup(rows, new(sum));
        foreach (var entry in open)
            if (entry.IsPosted) page.Wrap($"  claim {Shown.Of(entry.Claim)}: ", entry.Note);
        page.Line();
        if (isMatching && unmatched > 0)
            page.Wrap("", $"{Count(unmatched, "claim")} of {claims.ToString("N0", CultureInfo.InvariantCulture)} "
                + "is not among the claims as sent; its answer is less sure.");
        else if (!isMatching && claims > 0)
            page.Wrap("", "The answers rest on the remittance alone. "
                + "Give --claims, --charts and --record for surer ones.");
    }

    static string Count(long count, string what) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    void WriteSets(string head, Func<RemitVerdict, bool> takes)
    {
        var chosen = sets.Where(s => takes(s.Set.Verdict)).OrderByDescending(static s => s.Set.Head.Amount ?? default)
            .ToList();
        if (chosen.Count == 0) return;
        var sum = chosen.Sum(static s => s.Set.Head.Amount?.Cents ?? 0);
        page.Line(page.Strong($"{head}: {Dollars.Of(new(sum))} in {Count(chosen.Count, "payment")}"));
        foreach (var (file, set) in chosen) WriteSet(file, set);
        page.Line();
    }

    void WriteSet(SurveyedFile file, SurveyedSet set)
    {
        var trace = set.Head.Text(RemittanceText.Trace) is { Length: > 0 } number ? number : "without a number";
        var day = set.Day == default ? "" : $", {set.Day.Iso()}";
        page.Wrap("  ", $"{Dollars.Of(set.Head.Amount ?? default)} {set.Payer}, {trace}{day}: "
            + $"{Count(set.Claims, "claim")} {TextPage.Code($"({file.Name}, set {set.Control})")}");
        var isQuarantined = set.Verdict == RemitVerdict.Quarantine;
        if (set.Verdict == RemitVerdict.AlreadyReceived) return;
        var shown = set.Faults.FindAll(f => f.IsError || (!isQuarantined && !f.IsOfForm));
        foreach (var error in shown.Take(MostFaults))
        {
            var place = error.Segment > 0 ? $"segment {error.Segment} of the set, " : "";
            page.Wrap("    ", $"{RemitWords.MessageOf(error, names)}"
                + (error.Off is { } off ? $" Off by {Dollars.Moved(off)}." : "")
                + $" {TextPage.Code($"({place}{error.InFile} of the file)")}");
        }
        var more = shown.Count - MostFaults + set.MoreFaults;
        if (more > 0) page.Line($"    and {Count(more, "more error")}");
        if (!isQuarantined && set.Faults.Count(static f => f.IsOfForm) is > 0 and var form)
            page.Wrap("    ", $"{Count(form, "error")} of form that {(form == 1 ? "does" : "do")} not touch the money: "
                + "'deltoid check' lists them");
        foreach (var adjustment in set.Adjustments)
            if (adjustment.Row.Amount is { } amount && amount != Money.Zero)
                page.Wrap("    ", $"{Dollars.Of(new(Math.Abs(amount.Cents)))}: {adjustment.Means}"
                    + (adjustment.Claim is { } claim ? $", claim {claim}" : "")
                    + $" {TextPage.Code($"(PLB {adjustment.Row.Reason})")}");
    }

    void WriteGroup(List<RemitEntry> rows, Money sum)
    {
        var first = rows[0];
        page.Wrap($"  {Dollars.Of(sum)} ",
            $"{(first.CauseWords.Length > 0 ? first.CauseWords : Unknown)} "
                + $"{(first.Cause.Length > 0 ? TextPage.Code($"({first.Cause})") + " " : "")}"
                + $"in {Count(rows.Count, "claim")}");
        page.Wrap("    do: ", first.Cause.Length > 0 ? ResolutionPage.WordsOf(first.Step)
            : "find out what the payer means, from the remark codes or by a call");
        foreach (var row in rows.OrderByDescending(static r => r.AtStake).Take(MostClaims))
            page.Wrap("    ", $"claim {row.Claim}: {Dollars.Of(row.AtStake)}"
                + (row.Deadline is { } by ? $", by {by.Date.Iso()}" : "")
                + (row.PatientOwes != Money.Zero && row.PatientOwes != row.AtStake
                    ? $"; the patient owes {Dollars.Of(row.PatientOwes)} now"
                    : "")
                + (row.Asks.Length > 0 ? $"; first find out: {row.Asks}" : "")
                + (row.Note.Length > 0 ? $"; {row.Note}" : ""));
        if (rows.Count > MostClaims)
            page.Line($"    and {Count(rows.Count - MostClaims, "more claim")}, which --json lists");
    }

    /// <summary>Of one cause: the page is one page.</summary>
    const int MostClaims = 20;
}
