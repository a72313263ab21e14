using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>Lines that are incomplete or count nothing: units, code, dates, place.</summary>
public sealed class UnitsNotPositive : Edit
{
    static readonly FindingInfo
        Units = new("HIP0009", "units-not-positive", Severity.Error, Outcome.Rejection, Cited.Guide("loop 2400 SV104"),
            "line {line} ({0}) bills {1} units; units must be more than 0", "INJ-127 INJ-092", Remedy.Chart("Write how many units were given or done"), [new("CO-16", "M53")]),
        Fraction = new("HIP0019", "units-not-whole", Severity.Error, Outcome.Rejection, Cited.Claims("ch. 26, §10.4 (item 24G)"),
            "{0} is billed with {1} units; services and drug units are whole", "INJ-092", Remedy.Chart("Round a drug's units up; correct a service's"), [new("CO-16", "M53")]),
        NoCode = new("HIP0023", "line-without-code", Severity.Error, Outcome.Rejection, Cited.Guide("loop 2400 SV101"),
            "line {line} has no procedure or drug code", "INJ-127", Remedy.Chart("Add the code"), [new("CO-16", "M51")]),
        NoDate = new("HIP0017", "line-without-date", Severity.Error, Outcome.Rejection, Cited.Guide("loop 2400 DTP*472"),
            "line {line} has no service date", "INJ-127 D-02", Remedy.Chart("Add the service date"), [new("CO-16", "M52")]),
        NoPlace = new("HIP0022", "place-of-service-missing", Severity.Error, Outcome.Rejection, Cited.Guide("CLM05-1"),
            "the claim has no place of service", "INJ-170", Remedy.Chart("Add the place of service"), [new("CO-16", "M77")]);

    public override FindingInfo Info => Units;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Units, Fraction, NoCode, NoDate, NoPlace];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.IsFacilityClaim && claim.Claim.PlaceOfService.IsNone) findings.Add(NoPlace, Place.OfClaim(Field.PlaceOfService));
        for (var i = 0; i < claim.Count; i++)
        {
            ref readonly var line = ref claim.Line(i);
            if (line.Code.IsNone && (!claim.IsFacilityClaim || line.RevenueCode.IsNone)) Add(findings, NoCode, claim, i, Field.Code);
            if (line.Date == default) Add(findings, NoDate, claim, i, Field.Date);
            if (!(line.Units > Quantity.Zero)) Report(claim, findings, Units, i, Field.Units, CodeAt(claim, i), Arg.Of(line.Units), first: Supply(claim, i, Field.Units));
            else if (!line.Units.IsWhole) Report(claim, findings, Fraction, i, Field.Units, CodeAt(claim, i), Arg.Of(line.Units), first: Supply(claim, i, Field.Units));
        }
    }

    static void Add(FindingList findings, FindingInfo info, BoundClaim claim, int line, Field field) => findings.Add(info, Place.OfLine(claim.Line(line).Number, field), first: Supply(claim, line, field));
}
