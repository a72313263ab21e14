using System.Globalization;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Rules;

namespace Deltoid.Results;

/// <summary>The pages of adjustment groups, reasons and remarks.</summary>
static class ReasonSheet
{
    public static FactSheet Of(Reason reason, EditSet edits)
    {
        var sheet = new FactSheet(KindOf(reason.Kind), reason.Code, reason.Label);
        sheet.Add("means", reason.Meaning);
        sheet.Add("what to do", reason.Do);
        AddDenials(sheet, reason);
        if (reason.Dates.From is not null) sheet.Add("in force", reason.Dates.ToString());
        var warnings = FindingHelp.All(edits).Where(info => info.Predicts?.Any(p => Names(p, reason)) == true);
        sheet.Add("warned by",
            Several([.. warnings.Select(static info => $"{info.Id} {info.Name}").Order(StringComparer.Ordinal)]));
        return sheet;
    }

    /// <summary>
    /// The denials it can be, the likeliest first; what never to do is said where only one names the code.
    /// </summary>
    static void AddDenials(FactSheet sheet, Reason reason)
    {
        var denials = new List<Rule>();
        if (RuleBook.Shipped.Find(reason.Denial) is { } first) denials.Add(first);
        denials.AddRange(RuleBook.Shipped.Rules.Where(rule => rule.Id != reason.Denial && Lists(rule, reason)));
        if (denials.Count == 1 && Lists(denials[0], reason)) sheet.Add("never", denials[0]["never"]);
        foreach (var denial in denials) sheet.Add(denials.Count == 1 ? "see" : "can be", $"{denial.Id}: {denial.Line}");
    }

    const int Shown = 10;

    static string Several(List<string> names) =>
        names.Count <= Shown
            ? string.Join(", ", names)
            : string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more");

    /// <summary>
    /// Whether a denial is answered with this reason or remark. Groups are too wide to say; files and recoveries name
    /// statuses.
    /// </summary>
    static bool Lists(Rule rule, Reason reason) =>
        reason.Kind != ReasonKind.Group
            && (rule.Id.StartsWith("DN-", StringComparison.Ordinal)
                || rule.Id.StartsWith("ND-", StringComparison.Ordinal))
        && rule["codes"].Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Contains(reason.Code);

    static string KindOf(ReasonKind kind) =>
        kind switch { ReasonKind.Group => "adjustment-group", ReasonKind.Carc => "adjustment-reason", _ => "remark" };

    static bool Names(Prediction prediction, Reason reason) => reason.Kind switch
    {
        ReasonKind.Carc => prediction.Carc.EndsWith("-" + reason.Code, StringComparison.Ordinal),
        ReasonKind.Rarc => prediction.Rarcs.Contains(reason.Code),
        _ => false,
    };

    /// <summary>What a payer is expected to answer, with our labels: <c>CO-97 (included in …), M15 (…)</c>.</summary>
    public static string Words(Prediction prediction)
    {
        var carc = prediction.Carc[(prediction.Carc.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var words = Labelled(prediction.Carc, ReasonCodes.Shipped.Carc(carc));
        foreach (var remark in prediction.Rarcs) words += ", " + Labelled(remark, ReasonCodes.Shipped.Rarc(remark));
        return words;
    }

    static string Labelled(string code, Reason? reason) => reason is null ? code : $"{code} ({reason.Label})";
}
