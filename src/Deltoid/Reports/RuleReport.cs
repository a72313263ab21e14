using System.Globalization;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.PayerRules;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// What rules would have said of claims that were answered, and what came back: as a page and as JSON. It names no
/// patient and no claim.
/// </summary>
internal sealed class RuleReport(IReadOnlyList<PayerRule> rules, Grader grader, Cohort cohort, CodeBook book)
{
    /// <summary>What the remittances say of a rule.</summary>
    enum Verdict { Holds, DoesNotHold, NotDecided, TooFew, NotForRemittances }

    static Verdict Of(PayerRule rule, Share precision) =>
        !Grader.Predicts(rule.Info) ? Verdict.NotForRemittances
            : !precision.IsShown ? Verdict.TooFew
            : precision.Interval.Low >= 0.5m ? Verdict.Holds
            : precision.Interval.High < 0.5m ? Verdict.DoesNotHold
            : Verdict.NotDecided;

    static (string Json, string Words) WordsOf(Verdict verdict) => verdict switch
    {
        Verdict.Holds => ("holds", "It holds: even at the low end of the interval more than half are right."),
        Verdict.DoesNotHold => ("does-not-hold",
            "It does not hold: even at the high end of the interval fewer than half are right."),
        Verdict.NotDecided => ("not-decided", "Not decided: the interval reaches to both sides of a half."),
        Verdict.TooFew => ("too-few", $"Not decided: it spoke fewer than {Share.Fewest} times of an answered line."),
        _ => ("not-for-remittances",
            "A remittance cannot show it: its outcome is no denial and no rejection."),
    };

    public void Write(TextPage page)
    {
        page.Line($"{Count(cohort.Claims.Count, "claim")} sent, {Number(grader.Claims)} answered; "
            + $"{Count(grader.Lines.Count, "line")} judged");
        foreach (var rule in rules)
        {
            page.Line();
            page.Line(page.Strong($"{rule.Info.Id}  {rule.Info.Name}"));
            var (all, grades) = (Sum(rule), GradesOf(rule));
            if (grades.Count > 1)
                foreach (var grade in grades) page.Wrap("  ", $"{grade.Payer}: {Words(grade)}");
            page.Wrap("  ", Words(all));
            page.Wrap("  ", $"Right: {all.Precision}");
            page.Wrap("  ", WordsOf(Of(rule, all.Precision)).Words);
        }
    }

    static string Words(Graded grade) =>
        $"spoke {Number(grade.Precision.Of)} {(grade.Precision.Of == 1 ? "time" : "times")}: "
            + $"{Number(grade.True)} refused for its reason, {Dollars.Of(grade.Refused)}; "
            + $"{Number(grade.Other)} refused for another; {Number(grade.False)} paid or left to the patient, "
            + Dollars.Of(grade.Paid);

    List<Graded> GradesOf(PayerRule rule) => [.. grader.Grades.Where(g => g.Info == rule.Info)];

    /// <summary>Over all payers.</summary>
    Graded Sum(PayerRule rule)
    {
        var sum = new Graded(rule.Info, "");
        foreach (var grade in GradesOf(rule))
        {
            (sum.True, sum.Other) = (sum.True + grade.True, sum.Other + grade.Other);
            sum.False += grade.False;
            (sum.Refused, sum.Paid) = (sum.Refused + grade.Refused, sum.Paid + grade.Paid);
        }
        return sum;
    }

    public void Write(Utf8JsonWriter json, IEnumerable<Action<Utf8JsonWriter>> refused)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        json.WriteNumber("claimsSent"u8, cohort.Claims.Count);
        json.WriteNumber("claimsAnswered"u8, grader.Claims);
        json.WriteNumber("linesJudged"u8, grader.Lines.Count);
        json.WriteStartArray("rules"u8);
        foreach (var rule in rules)
        {
            var all = Sum(rule);
            json.WriteStartObject();
            json.WriteString("id"u8, rule.Info.Id);
            json.WriteString("name"u8, rule.Info.Name);
            Write(all, json);
            json.WriteString("verdict"u8, WordsOf(Of(rule, all.Precision)).Json);
            json.WriteStartArray("payers"u8);
            foreach (var grade in GradesOf(rule))
            {
                json.WriteStartObject();
                json.WriteString("payer"u8, grade.Payer);
                Write(grade, json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("errors"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Graded grade, Utf8JsonWriter json)
    {
        json.WriteNumber("spoke"u8, grade.Precision.Of);
        json.WriteNumber("true"u8, grade.True);
        json.WriteNumber("otherReason"u8, grade.Other);
        json.WriteNumber("falseAlarm"u8, grade.False);
        BookWords.Amount("refused"u8, grade.Refused, json);
        BookWords.Amount("paidAllTheSame"u8, grade.Paid, json);
        GradeReport.Put("precision"u8, grade.Precision, json);
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Count(long number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";
}
