using System.Globalization;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// Acknowledgments led to the claims, in sentences: what was refused, in which line, box and field, which check finds
/// it in the claim as it was sent, and what to do.
/// </summary>
internal sealed class RefusalPage(TextPage page, CodeBook book)
{
    readonly Func<Arg, string> names = ResultJson.NamesOf(book);

    public void Write(AnsweredFile answer)
    {
        var about = answer.About.Length == 0 ? "" : answer.Kind switch
        {
            "TA1" => $" of interchange {answer.About}",
            "999" => $" of group {answer.About}",
            _ => $" of batch {answer.About}",
        };
        page.Line(page.Strong(Shown.Of($"{answer.Kind}{about}: {answer.Says}")));
        foreach (var claim in answer.Claims) Write(claim);
        page.Line();
    }

    void Write(RefusedClaim claim)
    {
        if (claim.Resolution is not { } resolution)
        {
            foreach (var point in claim.Points) Write(point, claim, "  the file");
            return;
        }
        var lead = $"  claim {Shown.Of(claim.Id)}";
        foreach (var point in claim.Points) Write(point, claim, lead);
        if (claim.Points.Count == 0)
            page.Wrap($"{lead}: ", "nothing is wrong with it; it was rejected with the others in its file");
        var until = resolution.Deadline is { } deadline ? $", by {deadline.Date.Iso()}" : "";
        var step = resolution.Step == NextStep.Resubmit && claim.Points.Count > 0
            ? "correct it and send the claim again"
            : ResolutionPage.WordsOf(resolution.Step);
        page.Wrap("    to do: ", $"{step}{until}");
        foreach (var question in resolution.Questions)
            page.Wrap("    ask: ", QuestionWords.Of(question.Fact, question.Decides));
    }

    void Write(RefusedPoint point, RefusedClaim claim, string lead)
    {
        page.Wrap($"{lead}{WhereOf(point, claim)}: ", $"{point.Says} {TextPage.Code($"({point.Codes})")}");
        if (claim.Resolution is not null || point.By.Count > 0)
            page.Wrap("    found here: ", CaughtWords(point));
        foreach (var finding in point.By)
            page.Wrap("      ", $"{finding.Info.Id}: {FindingText.Message(finding, names)}");
        if (point.Do.Length > 0) page.Wrap("    how: ", point.Do);
    }

    static string CaughtWords(RefusedPoint point) => point.Caught switch
    {
        Caught.Yes => "Deltoid finds it in the claim as it was sent",
        Caught.No => "no check of Deltoid finds it in the claim as it was sent",
        _ => "the claim as it was sent is not given; give --claims and it is checked",
    };

    /// <summary><c>, line 2, box 24D (modifiers), segment 41 SV1, element 1</c>.</summary>
    static string WhereOf(RefusedPoint point, RefusedClaim claim)
    {
        var (place, field) = (point.Place, point.Place.ClaimField);
        var where = place.Line > 0 ? $", line {place.Line.ToString(CultureInfo.InvariantCulture)}" : "";
        if (field != Field.None)
            where += Places.Box(place, claim.Match.Sent?.Claim.Setting ?? Setting.Professional) is { } box
                ? $", box {box} ({Places.Name(field)})"
                : $", {Places.Name(field)}";
        if (point.Ordinal > 0)
            where += string.Create(CultureInfo.InvariantCulture, $", segment {point.Ordinal} {point.Segment}");
        if (point.Element > 0) where += string.Create(CultureInfo.InvariantCulture, $", element {point.Element}");
        if (point.Component > 0) where += string.Create(CultureInfo.InvariantCulture, $"-{point.Component}");
        return Shown.Of(where);
    }
}
