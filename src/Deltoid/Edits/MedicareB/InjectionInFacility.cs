using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// Giving a drug is staff work (PC/TC 5), and the fee schedule has no facility price for it: at a facility the facility
/// bills it. Medicare never pays the practitioner; other payers may by contract.
/// </summary>
internal sealed class InjectionInFacility : Edit
{
    static readonly Prediction[] Denials = [new("CO-5", "M77"), new("CO-58"), new("CO-97", "N390", "M97")];

    static readonly FindingInfo Medicare = new()
    {
        Id = "MCB0110", Name = "injection-in-facility", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 12, §20.4.2; ch. 26, §10.5"),
        Message = "{0} is not paid to a practitioner in place of service {1}: the facility bills it",
        Rules = "INJ-170 INJ-072 INJ-261 C-15",
        Fix = Remedy.Chart("If it was given in the office, correct the place of service; otherwise remove line {line}"),
        Predicts = Denials,
    };

    static readonly FindingInfo Others = new()
    {
        Id = "MCB0111", Name = "injection-in-facility-by-contract", Severity = Severity.Warning,
        Outcome = Outcome.Denial, Citation = Cited.Claims("ch. 12, §20.4.2; ch. 26, §10.5"),
        Message = "{0} in place of service {1}: the facility bills it, unless this payer's contract says otherwise",
        Rules = "INJ-170 C-15",
        Fix = Remedy.Chart("If it was given in the office, correct the place of service; otherwise ask the contract"),
        Predicts = Denials,
    };

    public override FindingInfo Info => Medicare;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Medicare, Others];

    public override CodeGroups All => Group.FacilityPlace;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        for (var i = 0; i < claim.Count; i++)
            if (claim.At(i).AtFacility && IsStaffWork(claim, i) && !TelehealthInjection.IsTelehealth(claim, i))
                Report(claim, findings, claim.Payer.IsMedicare ? Medicare : Others, i, Field.PlaceOfService,
                    CodeAt(claim, i), Arg.Place(claim.PlaceOf(i)), first: Supply(claim, i, Field.PlaceOfService));
    }

    /// <summary>
    /// The fee schedule says so; in years that the book does not have, the group of drug administrations does.
    /// </summary>
    static bool IsStaffWork(BoundClaim claim, int line) =>
        claim.Book.Fees.TryGet(claim.At(line).Id, claim.Day(line).DayNumber, out var fee)
            ? fee is { FacilityNa: true, PcTc: 5 }
            : claim.Is(line, Group.DrugAdministration);
}
