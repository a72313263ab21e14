using System.Globalization;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>How the edits did on the remittances, as a page and as JSON. It names no patient and no claim.</summary>
internal sealed class GradeReport
{
    readonly Grader grader;
    readonly Cohort cohort;
    readonly CodeBook book;
    readonly List<MissedDenials> missed;
    readonly List<ProposedRule> proposed;
    readonly int hidden;
    readonly long hiddenLines;
    readonly Money hiddenAmount;
    readonly DateOnly from, thru;

    public GradeReport(Grader grader, Cohort cohort, CodeBook book)
    {
        (this.grader, this.cohort, this.book) = (grader, cohort, book);
        (missed, hidden, hiddenLines, hiddenAmount) = MissedDenials.Of(grader.Lines);
        foreach (var line in grader.Lines)
        {
            if (line.Answered == default) continue;
            if (from == default || line.Answered < from) from = line.Answered;
            if (line.Answered > thru) thru = line.Answered;
        }
        proposed = [.. missed.Where(static m => m.IsProposed).Take(ProposedRule.Most)
            .Select((m, i) => new ProposedRule(m, i + 1, from, thru))];
    }

    const int Name = 34, PayerWidth = 10;

    public void Write(TextPage page)
    {
        page.Line(page.Strong($"The edits of {book.Version}, graded by what came back"
            + (from == default ? "" : $" from {Day(from)} to {Day(thru)}")));
        page.Line($"  {Count(cohort.Claims.Count, "claim")} sent, {Number(grader.Claims)} answered; "
            + $"{Count(grader.Lines.Count, "line")} judged");
        page.Line($"  {Count(grader.RefusedLines, "line")} refused, in full or in part: {Dollars.Of(grader.Refused)}; "
            + $"{Number(grader.MissedLines)} without a finding that named the reason: {Dollars.Of(grader.Missed)}");
        foreach (var (count, what, more) in LeftOutWords())
            if (count > 0) page.Wrap("  left out    ", Count(count, what) + more);
        WriteGrades(page);
        WriteMissed(page);
        WriteRules(page);
    }

    IEnumerable<(long Count, string What, string More)> LeftOutWords() =>
    [
        (grader.Left.Unanswered, "claim", " without an answer"),
        (grader.Left.Unmatched, "answer", " that belong to no claim given here for sure"),
        (grader.Left.Later, "answer", " after the first to a claim"),
        (grader.Left.Reversals, "reversal", ""),
        (grader.Left.OtherPayers, "answer", " of a second payer, an estimate or a forwarding"),
        (grader.Left.Lines, "line", " of which the answer says nothing"),
        (cohort.Corrections, "claim", " to replace or void another"),
        (cohort.Repeated, "claim", " given twice"),
        (cohort.Refused, "item", " not readable"),
    ];

    void WriteGrades(TextPage page)
    {
        page.Line();
        page.Line(page.Strong("What each finding predicted"));
        var any = false;
        foreach (var grade in grader.Grades)
        {
            if (!any)
                page.Line($"  {"finding",-Name} {"payer",-PayerWidth} {"said",5} {"true",5} {"other",5} {"paid",5}  "
                    + "right (95 % interval)");
            any = true;
            page.Line($"  {Shown.Of(Cut($"{grade.Info.Id} {grade.Info.Name}", Name)),-Name} "
                + $"{Shown.Of(Cut(grade.Payer, PayerWidth)),-PayerWidth} {grade.Precision.Of,5} {grade.True,5} "
                + $"{grade.Other,5} {grade.False,5}  {grade.Precision}");
            page.Line($"  {"",-Name} refused {Dollars.Of(grade.Refused)}, paid all the same {Dollars.Of(grade.Paid)}");
        }
        if (!any) page.Line("  No finding predicted a refusal of a claim that was answered.");
        else page.Wrap("  ", "true: refused for a reason the finding names. other: refused for another reason. "
            + "paid: a false alarm, paid or left to the patient.");
    }

    void WriteMissed(TextPage page)
    {
        page.Line();
        page.Line(page.Strong("Denials that no finding predicted"));
        foreach (var of in missed)
        {
            page.Wrap("  ", $"{Words(of)}: {Number(of.All.Hits)} of {Count(of.All.Of, "line")}, {of.All}, "
                + Dollars.Of(of.Amount));
        }
        if (hidden > 0)
            page.Wrap("  ", $"{Count(hidden, "other condition")} with fewer than {Share.Fewest} lines each: "
                + $"{Count(hiddenLines, "denial")}, {Dollars.Of(hiddenAmount)}, not shown one by one");
        if (missed.Count + hidden == 0) page.Line("  None.");
    }

    void WriteRules(TextPage page)
    {
        page.Line();
        page.Line(page.Strong("Rules to consider"));
        foreach (var rule in proposed)
        {
            page.Line();
            foreach (var line in rule.Lines()) page.Line("  " + Shown.Of(line));
            page.Wrap("  ", $"# {BackTest(rule.Of)}");
        }
        page.Wrap("  ", proposed.Count > 0
            ? "A rule is proposed where a denial is more likely than not. It was drawn from these same lines: "
                + "read the payer's policy before you use it, and cite that. --propose FILE writes the rules to a file."
            : $"None: no condition of {Share.Fewest} lines or more is more likely denied than not.");
    }

    /// <summary>The proposed rules as a file that <c>rules test</c> reads; empty where none is proposed.</summary>
    public string ProposedRules => string.Join("\n", proposed.Select(rule =>
        $"# {BackTest(rule.Of)}\n{string.Join('\n', rule.Lines())}\n"));

    static string BackTest(MissedDenials of) =>
        $"On these files it would have spoken on {Count(of.All.Of, "line")}: {Number(of.All.Hits)} denied so, "
            + $"{Number(of.All.Of - of.All.Hits)} not. Earlier half {Number(of.Earlier.Hits)} of "
            + $"{Number(of.Earlier.Of)}, later half {Number(of.Later.Hits)} of {Number(of.Later.Of)}.";

    static string Words(MissedDenials of)
    {
        var (slice, reason) = (of.Slice, of.Refusal.Reason);
        return $"{slice.Payer} {slice.Code}{(slice.Modifiers.IsEmpty ? "" : "-")}{slice.Modifiers}"
            + $"{(slice.Place.IsNone ? "" : $" at place {slice.Place}")} {of.Refusal}{Labelled(reason)}";
    }

    internal static string Labelled(Code reason) =>
        ReasonCodes.Shipped.Carc(reason.ToString()) is { } known ? $" ({known.Label})" : "";

    static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Count(long number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    public void Write(Utf8JsonWriter json, IEnumerable<Action<Utf8JsonWriter>> refused)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        Put("from"u8, from, json);
        Put("thru"u8, thru, json);
        json.WriteNumber("claimsSent"u8, cohort.Claims.Count);
        json.WriteNumber("claimsAnswered"u8, grader.Claims);
        json.WriteNumber("linesJudged"u8, grader.Lines.Count);
        json.WriteNumber("linesRefused"u8, grader.RefusedLines);
        BookWords.Amount("refused"u8, grader.Refused, json);
        json.WriteNumber("linesMissed"u8, grader.MissedLines);
        BookWords.Amount("missed"u8, grader.Missed, json);
        WriteLeftOut(json);
        json.WriteStartObject("payers"u8);
        foreach (var (id, name) in grader.Payers) json.WriteString(id, name);
        json.WriteEndObject();
        WriteFindings(json);
        WriteConditions(json);
        json.WriteStartArray("errors"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteLeftOut(Utf8JsonWriter json)
    {
        json.WriteStartObject("leftOut"u8);
        json.WriteNumber("unanswered"u8, grader.Left.Unanswered);
        json.WriteNumber("unmatched"u8, grader.Left.Unmatched);
        json.WriteNumber("laterAnswers"u8, grader.Left.Later);
        json.WriteNumber("reversals"u8, grader.Left.Reversals);
        json.WriteNumber("otherPayers"u8, grader.Left.OtherPayers);
        json.WriteNumber("lines"u8, grader.Left.Lines);
        json.WriteNumber("corrections"u8, cohort.Corrections);
        json.WriteNumber("repeated"u8, cohort.Repeated);
        json.WriteNumber("notRead"u8, cohort.Refused);
        json.WriteEndObject();
    }

    void WriteFindings(Utf8JsonWriter json)
    {
        json.WriteStartArray("findings"u8);
        foreach (var grade in grader.Grades)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, grade.Info.Id);
            json.WriteString("name"u8, grade.Info.Name);
            json.WriteString("payer"u8, grade.Payer);
            json.WriteNumber("predicted"u8, grade.Precision.Of);
            json.WriteNumber("true"u8, grade.True);
            json.WriteNumber("otherReason"u8, grade.Other);
            json.WriteNumber("falseAlarm"u8, grade.False);
            BookWords.Amount("refused"u8, grade.Refused, json);
            BookWords.Amount("paidAllTheSame"u8, grade.Paid, json);
            Put("precision"u8, grade.Precision, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteConditions(Utf8JsonWriter json)
    {
        json.WriteStartArray("missedConditions"u8);
        foreach (var of in missed)
        {
            json.WriteStartObject();
            json.WriteString("payer"u8, of.Slice.Payer);
            json.WriteString("code"u8, of.Slice.Code.ToString());
            json.WriteString("modifiers"u8, of.Slice.Modifiers.ToString());
            json.WriteString("place"u8, of.Slice.Place.ToString());
            json.WriteString("reason"u8, of.Refusal.ToString());
            BookWords.Amount("amount"u8, of.Amount, json);
            Put("share"u8, of.All, json);
            Put("earlierHalf"u8, of.Earlier, json);
            Put("laterHalf"u8, of.Later, json);
            if (proposed.Find(rule => rule.Of == of) is { } rule)
                json.WriteString("proposedRule"u8, string.Join('\n', rule.Lines()) + "\n");
            else json.WriteNull("proposedRule"u8);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("notShown"u8);
        json.WriteNumber("conditions"u8, hidden);
        json.WriteNumber("denials"u8, hiddenLines);
        BookWords.Amount("amount"u8, hiddenAmount, json);
        json.WriteNumber("fewerLinesThan"u8, Share.Fewest);
        json.WriteEndObject();
    }

    static void Put(ReadOnlySpan<byte> name, DateOnly day, Utf8JsonWriter json)
    {
        if (day == default) json.WriteNull(name);
        else json.WriteString(name, Day(day));
    }

    /// <summary>The counts; rate and interval only where there are enough.</summary>
    internal static void Put(ReadOnlySpan<byte> name, Share share, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteNumber("hits"u8, share.Hits);
        json.WriteNumber("of"u8, share.Of);
        if (share.IsShown)
        {
            json.WriteNumber("rate"u8, decimal.Round(share.Rate, 4));
            json.WriteNumber("low"u8, decimal.Round(share.Interval.Low, 4));
            json.WriteNumber("high"u8, decimal.Round(share.Interval.High, 4));
        }
        else json.WriteString("suppressed"u8, "fewer than 10");
        json.WriteEndObject();
    }
}
