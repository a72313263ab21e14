using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.History;

/// <summary>A drug given again before its interval has passed, by the history handed in.</summary>
internal sealed class DoseTooEarly : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "PAY0012", Name = "dose-too-early", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Payer("payer frequency policies; label"),
        Message = "{0} was last given on {1}; the next dose is due after {2} days",
        Rules = "INJ-163 INJ-165 DN-17", Fix = Remedy.Chart("Chart why the dose is early"),
        Predicts = [new("CO-119"), new("CO-151")],
    };

    public override CodeGroups All => Group.DrugCode | Group.HistoryPresent;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsCoded) return;
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (!claim.IsFirstOfItsCode(i) || Interval(claim, i, out var drug) is not (> 0 and var days)) continue;
            if (Last(claim, drug!, claim.Day(i)) is { } last && claim.Day(i).DayNumber - last.DayNumber < days)
                Report(claim, findings, Info, i, Field.Date, CodeAt(claim, i), Arg.Of(last), Arg.Count(days));
        }
    }

    /// <summary>
    /// The shortest interval that the book has for the drug of the code; 0 when it has none or the code is of several
    /// drugs.
    /// </summary>
    static int Interval(BoundClaim claim, int line, out Drug? drug)
    {
        drug = null;
        var drugs = claim.Book.DrugsBilledAs(claim.CodeOf(line));
        if (drugs.Count != 1) return 0;
        drug = claim.Book.Drugs[drugs[0]];
        var days = 0;
        foreach (var row in drug.Doses)
            if (row is { MinIntervalDays: > 0, Brand: "" } && (days == 0 || row.MinIntervalDays < days))
                days = row.MinIntervalDays;
        return days;
    }

    /// <summary>The last day before this one on which any code of the drug was given.</summary>
    static DateOnly? Last(BoundClaim claim, Drug drug, DateOnly before)
    {
        DateOnly? last = null;
        var services = claim.History!.Services;
        for (var s = 0; s < services.Count; s++)
            foreach (var product in drug.Products)
                if (services[s].Code == product.Hcpcs && services[s].Date < before
                    && (last is null || services[s].Date > last))
                    last = services[s].Date;
        return last;
    }
}
