using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Medicare has its own codes for giving influenza, pneumococcal and hepatitis B vaccine.</summary>
internal sealed class VaccineCptAdministration : Edit
{
    static readonly (CodeGroups Product, Code Code)[] Own =
    [
        (Group.FluVaccine, Code.Of("G0008")),
        (Group.PneumococcalVaccine, Code.Of("G0009")),
        (Group.HepatitisBVaccine, Code.Of("G0010"))
    ];

    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0120", Name = "vaccine-cpt-administration", Severity = Severity.Error, Outcome = Outcome.Denial,
        Snip = 7, Citation = Cited.Claims("ch. 18, §10.2"),
        Message = "{0} is billed for giving {2}: this payer takes {1}",
        Rules = "INJ-067 C-30", Fix = Remedy.Chart("Use {1} on line {line}"),
        Predicts = [new("CO-16", "M20"), new("CO-16", "N56")],
    };

    public override CodeGroups All => Group.VaccineAdministration;

    public override CodeGroups Any => Group.FluVaccine | Group.PneumococcalVaccine | Group.HepatitisBVaccine;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.VaccineGCodes || claim.IsFacilityClaim) return;
        foreach (var product in claim.LinesIn(Any))
            foreach (var (group, code) in Own)
                if (claim.Is(product, group) && claim.FirstOf(code, claim.Day(product)) < 0
                    && FirstCpt(claim, product) is >= 0 and var line)
                    Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), Arg.Of(code),
                        CodeAt(claim, product), other: product, first: Replace(claim, line, Field.Code, Arg.Of(code)));
    }

    /// <summary>COVID vaccines keep their own CPT administration codes.</summary>
    static int FirstCpt(BoundClaim claim, int product)
    {
        var first = -1;
        foreach (var line in claim.LinesIn(Group.VaccineAdministration))
            if (claim.Day(line) == claim.Day(product) && !claim.Is(line, Group.CovidAdministration)
                && (first < 0 || claim.Compare(line, first) < 0))
                first = line;
        return first;
    }
}
