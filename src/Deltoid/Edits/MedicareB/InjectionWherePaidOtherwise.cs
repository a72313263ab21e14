using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Places that are paid by encounter, by bundle or not at all, so that an injection line of its own denies.</summary>
public sealed class InjectionWherePaidOtherwise : Edit
{
    static readonly FindingInfo
        Never = new("MCB0114", "injection-where-paid-otherwise", Severity.Error, Outcome.Denial, Cited.Claims("ch. 26, §10.5 (place 81)"),
            "{0} is not given in place of service {1}", "INJ-170", Remedy.Chart("Correct the place of service"), [new("CO-5", "M77")]),
        Encounter = new("MCB0115", "injection-in-encounter-rate", Severity.Warning, Outcome.Denial, Cited.Claims("ch. 9; Pub. 100-02, ch. 13"),
            "{0} in place of service {1} is part of the encounter rate and no claim of its own", "INJ-170 INJ-233", Remedy.Chart("Report it with a visit of the encounter"), [new("CO-97")]),
        Bundle = new("MCB0116", "injection-in-opioid-program", Severity.Error, Outcome.Denial, Cited.Law("42 CFR 410.67"),
            "{0} in an opioid treatment program is part of the weekly or monthly bundle", "INJ-037 INJ-249 INJ-170", Remedy.Chart("Bill the program's bundle code"), [new("CO-97")]),
        Unusual = new("MCB0117", "injection-where-rarely-paid", Severity.Warning, Outcome.Denial, Cited.Claims("ch. 26, §10.5"),
            "{0} in place of service {1} is paid only under conditions of its own", "INJ-170 INJ-234", Remedy.Show("Check the program's rules for this place"), [new("CO-5", "M77")]);

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
