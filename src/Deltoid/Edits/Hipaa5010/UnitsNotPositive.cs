using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>Lines that are incomplete or count nothing: units, code, dates, place.</summary>
internal sealed class UnitsNotPositive : Edit
{
    static readonly FindingInfo Units = new()
    {
        Id = "HIP0009", Name = "units-not-positive", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 SV104"),
        Message = "line {line} ({0}) bills {1} units; units must be more than 0",
        Rules = "INJ-127 INJ-092", Fix = Remedy.Chart("Write how many units were given or done"),
        Predicts = [new("CO-16", "M53")],
    };

    static readonly FindingInfo Fraction = new()
    {
        Id = "HIP0019", Name = "units-not-whole", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Claims("ch. 26, §10.4 (item 24G)"),
        Message = "{0} is billed with {1} units; services and drug units are whole",
        Rules = "INJ-092", Fix = Remedy.Chart("Round a drug's units up; correct a service's"),
        Predicts = [new("CO-16", "M53")],
    };

    static readonly FindingInfo NoCode = new()
    {
        Id = "HIP0023", Name = "line-without-code", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 SV101"),
        Message = "line {line} has no procedure or drug code",
        Rules = "INJ-127", Fix = Remedy.Chart("Add the code"), Predicts = [new("CO-16", "M51")],
    };

    static readonly FindingInfo NoDate = new()
    {
        Id = "HIP0017", Name = "line-without-date", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 DTP*472"),
        Message = "line {line} has no service date",
        Rules = "INJ-127 D-02", Fix = Remedy.Chart("Add the service date"), Predicts = [new("CO-16", "M52")],
    };

    static readonly FindingInfo NoPlace = new()
    {
        Id = "HIP0022", Name = "place-of-service-missing", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("CLM05-1"),
        Message = "the claim has no place of service",
        Rules = "INJ-170", Fix = Remedy.Chart("Add the place of service"), Predicts = [new("CO-16", "M77")],
    };

    public override FindingInfo Info => Units;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Units, Fraction, NoCode, NoDate, NoPlace];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.IsFacilityClaim && claim.Claim.PlaceOfService.IsNone)
            findings.Add(NoPlace, Place.OfClaim(Field.PlaceOfService));
        for (var i = 0; i < claim.Count; i++)
        {
            ref readonly var line = ref claim.Line(i);
            if (line.Date == default) Add(findings, NoDate, claim, i, Field.Date);
            if (line.IsWithoutService) continue;
            if (line.Code.IsNone && (!claim.IsFacilityClaim || line.RevenueCode.IsNone))
                Add(findings, NoCode, claim, i, Field.Code);
            if (!(line.Units > Quantity.Zero))
                Report(claim, findings, Units, i, Field.Units, CodeAt(claim, i), Arg.Of(line.Units),
                    first: Supply(claim, i, Field.Units));
            else if (!line.Units.IsWhole)
                Report(claim, findings, Fraction, i, Field.Units, CodeAt(claim, i), Arg.Of(line.Units),
                    first: Supply(claim, i, Field.Units));
        }
    }

    static void Add(FindingList findings, FindingInfo info, BoundClaim claim, int line,
        Field field) =>
        findings.Add(info, Place.OfLine(claim.Line(line).Number, field), first: Supply(claim, line, field));
}
