using System.Globalization;
using System.Text;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Results.Letters;
using Deltoid.Store;
using Deltoid.Store.Model;

namespace Deltoid.Web;

/// <summary>The result of an audit on paper and as rows. It names claims by their numbers, and no patient.</summary>
static class AuditReport
{
    public static string Of(SampleKind kind) => kind switch
    {
        SampleKind.ByAmount => "by amount",
        SampleKind.ByRisk => "by risk",
        _ => "random",
    };

    public static string Of(LineVerdict verdict) => verdict switch
    {
        LineVerdict.Agree => "agree",
        LineVerdict.Over => "billed too much",
        LineVerdict.Under => "billed too little",
        LineVerdict.NotDocumented => "not documented",
        _ => "not judged",
    };

    /// <summary>A rate as a person reads it: <c>12.5 % (4.1 to 20.9)</c>.</summary>
    internal static string Of(RateWithin rate) => rate is { Low: { } low, High: { } high }
        ? $"{Share.Percent(rate.Rate)} % ({Share.Percent(low)} to {Share.Percent(high)})"
        : $"{Share.Percent(rate.Rate)} %";

    static string Units(long thousandths) => (thousandths / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    public static Paper Of(Practice practice, AuditResult result, DateOnly today)
    {
        var (sample, estimate) = (result.Sample, result.Estimate);
        var paper = new Paper($"Audit: {sample.Name}");
        paper.Blocks.Add(new LetterLines(practice.Name, $"Written on {AsShown.Day(today)}"));
        paper.Blocks.Add(new LetterHeading("What was audited"));
        paper.Blocks.Add(new LetterParagraph($"Claims that payers paid, with services from {AsShown.Day(sample.From)} "
            + $"to {AsShown.Day(sample.Thru)}"
            + (sample.Npi.Length > 0 ? $", of provider {sample.Npi}" : "")
            + (sample.Code.Length > 0 ? $", with code {sample.Code}" : "") + "."));
        paper.Blocks.Add(new LetterParagraph(Drawn(sample)));
        paper.Blocks.Add(new LetterTable(["Group", "Claims", "Paid", "Drawn"], [.. Audits.StrataOf(sample).Select(
            static s => new[] { AsShown.Count(s.Number), AsShown.Count(s.Claims), AsShown.Money(s.Cents),
                AsShown.Count(s.Drawn) })], [1, 2, 3], [1, 1, 1, 1]));
        paper.Blocks.Add(new LetterHeading("What was found"));
        paper.Blocks.Add(new LetterList([.. Findings(result).Select(static f => new Statement(f))]));
        if (result.Errors.Count > 0)
            paper.Blocks.Add(new LetterTable(["Reason", "Rule", "Lines", "Paid too much"], [.. result.Errors.Select(
                static e => new[] { e.Reason, e.Rule, AsShown.Count(e.Lines), AsShown.Money(e.Over) })], [2, 3],
                [4, 2, 1, 2]));
        paper.Blocks.Add(new LetterHeading("Providers"));
        paper.Blocks.Add(new LetterTable(["Provider", "Claims", "Lines", "Agreed", "Paid too much", "Chart score"],
            [.. result.Providers.Select(static p => new[] { p.Name, AsShown.Count(p.Claims), AsShown.Count(p.Lines),
                Share.Percent(p.Accuracy) + " %", AsShown.Money(p.Over),
                p.Score?.ToString(CultureInfo.InvariantCulture) ?? "no chart" })], [1, 2, 3, 4, 5],
            [3, 1, 1, 2, 2, 2]));
        paper.Blocks.Add(new LetterHeading("How it was computed"));
        paper.Blocks.Add(new LetterParagraph(Computed(estimate)));
        paper.Blocks.Add(new LetterBlank("Auditor"));
        return paper;
    }

    static string Drawn(AuditSample sample) => $"The sample was drawn {Of(sample.Kind)} with the seed {sample.Seed}. "
        + "A claim's ticket is the SHA-256 of the seed, a comma and its number; the smallest tickets of each group "
        + $"were drawn. The list of all claims has the SHA-256 {sample.Digest}.";

    static string Computed(AuditEstimate estimate) =>
        "The estimate is the mean of what was paid too much, less what was paid too little, times the claims of each "
        + "group (difference estimator, as in OIG's RAT-STATS). "
        + (estimate.IsWhole ? "Every claim was judged, so nothing is estimated."
            : "The limits take into account that the number of claims is finite.")
        + " The lower limit of the one-sided 90 percent interval is the one that Medicare's contractors ask for "
        + "(Pub. 100-08, chapter 8, section 8.4.5.1).";

    /// <summary>What the sample says, sentence by sentence.</summary>
    internal static IEnumerable<string> Findings(AuditResult result)
    {
        var estimate = result.Estimate;
        yield return $"{AsShown.Count(estimate.Judged)} of {AsShown.Count(result.Claims.Count)} claims of the sample "
            + "are judged.";
        yield return $"In these claims {AsShown.Money(estimate.Found.Cents)} was paid too much.";
        if (estimate.Judged == 0) yield break;
        yield return $"For all {AsShown.Count(estimate.Population)} claims that is "
            + $"{AsShown.Money(estimate.Point.Cents)}.";
        if (estimate.LowerLimit is { Cents: < 0 } below)
            yield return $"The lower limit of the one-sided 90 percent interval is {AsShown.Money(below.Cents)}: this "
                + "sample does not show that all claims together were paid too much.";
        else if (estimate.LowerLimit is { } lower)
            yield return $"It is at least {AsShown.Money(lower.Cents)} with 90 percent confidence.";
        if (estimate.Interval is { } both)
            yield return $"Two-sided, the 90 percent interval runs from {AsShown.Money(both.Low.Cents)} to "
                + $"{AsShown.Money(both.High.Cents)}.";
        else yield return "The sample is too small to say how sure this is.";
        yield return $"Claims with an error: {Of(estimate.ClaimErrors)}.";
        yield return $"Lines with an error: {Of(estimate.LineErrors)}.";
        yield return $"Net error of all dollars: {Of(estimate.NetErrors)}.";
        yield return $"Dollars in error in either direction: {Of(estimate.GrossErrors)}.";
    }

    /// <summary>Every line in error.</summary>
    public static void AddErrors(StringBuilder rows, AuditResult result)
    {
        Csv.AddRow(rows, "Claim", "Day", "Payer", "Provider", "Line", "Billed", "Units", "Paid", "Verdict", "Reason",
            "Right code", "Right units", "Right amount", "Note");
        foreach (var claim in result.Claims)
            foreach (var line in claim.Lines.Where(static l => l.Verdict > LineVerdict.Agree))
                Csv.AddRow(rows, claim.Claim.Number, AsShown.Day(claim.Claim.ServiceDate), claim.Claim.Payer.Name,
                    claim.Npi, line.Line.ToString(CultureInfo.InvariantCulture), line.Billed, Units(line.Units),
                    Dollars(line.Paid), Of(line.Verdict), line.Reason, line.RightCode, Units(line.RightUnits),
                    Dollars(line.Right), claim.Note);
    }

    static string Dollars(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
