using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// Places that are paid by encounter, by bundle or not at all, so that an injection line of its own denies.
/// </summary>
internal sealed class InjectionWherePaidOtherwise : Edit
{
    static readonly FindingInfo Never = new()
    {
        Id = "MCB0114", Name = "injection-where-paid-otherwise", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 26, §10.5 (place 81)"),
        Message = "{0} is not given in place of service {1}",
        Rules = "INJ-170", Fix = Remedy.Chart("Correct the place of service"), Predicts = [new("CO-5", "M77")],
    };

    static readonly FindingInfo Encounter = new()
    {
        Id = "MCB0115", Name = "injection-in-encounter-rate", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 9; Pub. 100-02, ch. 13"),
        Message = "{0} in place of service {1} is part of the encounter rate and no claim of its own",
        Rules = "INJ-170 INJ-233", Fix = Remedy.Chart("Report it with a visit of the encounter"),
        Predicts = [new("CO-97")],
    };

    static readonly FindingInfo Bundle = new()
    {
        Id = "MCB0116", Name = "injection-in-opioid-program", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Law("42 CFR 410.67"),
        Message = "{0} in an opioid treatment program is part of the weekly or monthly bundle",
        Rules = "INJ-037 INJ-249 INJ-170", Fix = Remedy.Chart("Bill the program's bundle code"),
        Predicts = [new("CO-97")],
    };

    static readonly FindingInfo Unusual = new()
    {
        Id = "MCB0117", Name = "injection-where-rarely-paid", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 26, §10.5"),
        Message = "{0} in place of service {1} is paid only under conditions of its own",
        Rules = "INJ-170 INJ-234", Fix = Remedy.Show("Check the program's rules for this place"),
        Predicts = [new("CO-5", "M77")],
    };

    public override FindingInfo Info => Never;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Never, Encounter, Bundle, Unusual];

    public override CodeGroups All => Group.DrugAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        foreach (var line in claim.LinesIn(Group.DrugAdministration))
            if (claim.RuleOf(line) is { } rule && KindFor(rule.Pays) is { } info)
                Report(claim, findings, info, line, Field.PlaceOfService, CodeAt(claim, line),
                    Arg.Place(claim.PlaceOf(line)), first: Supply(claim, line, Field.PlaceOfService));
    }

    static FindingInfo? KindFor(PlacePays pays) => pays switch
    {
        PlacePays.Never => Never,
        PlacePays.Rate => Encounter,
        PlacePays.Bundle => Bundle,
        PlacePays.Conditions or PlacePays.Dialysis or PlacePays.Program or PlacePays.VaccinesOnly => Unusual,
        _ => null,
    };
}
