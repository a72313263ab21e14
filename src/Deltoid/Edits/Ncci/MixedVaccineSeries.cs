using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>
/// Only one first administration a day, and the counseled series (90460) does not mix with the other (90471).
/// </summary>
internal sealed class MixedVaccineSeries : Edit
{
    static readonly Code First = Code.Of("90460"), Injected = Code.Of("90471"), Swallowed = Code.Of("90473");

    /// <summary>The series without counseling; its further vaccines are add-ons to any first one.</summary>
    static readonly Code[] Others = [Injected, Code.Of("90472"), Swallowed, Code.Of("90474")];

    static readonly FindingInfo Mixed = new()
    {
        Id = "NCC0102", Name = "mixed-vaccine-series", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. XI §B-13"),
        Message = "{0} and {1} belong to two series that are not mixed on one day",
        Rules = "INJ-066", Fix = Remedy.Chart("Bill all vaccines of the day in one series"),
        Predicts = [new("CO-97"), new("CO-236")], Explains = "NCC0001",
    };

    static readonly FindingInfo TwoFirst = new()
    {
        Id = "NCC0103", Name = "two-first-vaccines", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. XI §B-13"),
        Message = "{0} and {1} are both for the first vaccine of the day; each further vaccine takes 90472 or 90474",
        Rules = "INJ-066",
        Fix = Remedy.Chart("Use 90474 on line {line} if the vaccine was swallowed or sprayed, otherwise 90472"),
        Predicts = [new("CO-97"), new("CO-236")], Explains = "NCC0001",
    };

    public override FindingInfo Info => Mixed;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Mixed, TwoFirst];

    public override CodeGroups All => Group.VaccineAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.VaccineAdministration))
        {
            var code = claim.CodeOf(line);
            if (Array.IndexOf(Others, code) < 0) continue;
            if (claim.FirstOf(First, claim.Day(line)) is >= 0 and var counseled)
                Report(claim, findings, Mixed, line, Field.Code, CodeAt(claim, line), CodeAt(claim, counseled),
                    other: counseled, first: RemoveLine(claim, line));
            else if (code == Swallowed && claim.FirstOf(Injected, claim.Day(line)) is >= 0 and var other)
                Report(claim, findings, TwoFirst, line, Field.Code, CodeAt(claim, line), CodeAt(claim, other),
                    other: other, first: RemoveLine(claim, line));
        }
    }
}
