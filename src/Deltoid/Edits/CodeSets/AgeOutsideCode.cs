using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>Codes that name an age: preventive visits by age band, counseled vaccines up to 18.</summary>
internal sealed class AgeOutsideCode : Edit
{
    /// <summary>
    /// CPT preventive medicine services, new 9938x and established 9939x alike: last digit, from and through which year
    /// of age.
    /// </summary>
    static readonly (char Last, int From, int Thru)[] Bands =
    [('1', 0, 0), ('2', 1, 4), ('3', 5, 11), ('4', 12, 17), ('5', 18, 39), ('6', 40, 64), ('7', 65, 150)];

    public override FindingInfo Info { get; } = new()
    {
        Id = "BND0052", Name = "age-outside-code", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 5,
        Citation = Cited.Cpt("preventive medicine services; 90460"),
        Message = "{0} is for ages {1} to {2}; the patient was {3}",
        Rules = "INJ-203 INJ-066", Fix = Remedy.Chart("Use the code of the patient's age, or correct the birth date"),
        Predicts = [new("CO-6")],
    };

    public override CodeGroups Any => Group.PreventiveVisit | Group.CounseledVaccineAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.Claim.BirthDate is not { } born) return;
        foreach (var line in claim.LinesIn(Any))
        {
            var day = claim.Day(line);
            if (born > day) continue;
            var age = day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);
            var (from, thru) = claim.Is(line, Group.CounseledVaccineAdministration)
                ? (0, 18)
                : Band(claim.CodeOf(line));
            if (age < from || age > thru)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), Arg.Count(from), Arg.Count(thru),
                    Arg.Count(age), first: Supply(claim, line, Field.Code));
        }
    }

    static (int From, int Thru) Band(Code code)
    {
        foreach (var (last, from, thru) in Bands)
            if (code[4] == last) return (from, thru);
        return (0, 150);
    }
}
