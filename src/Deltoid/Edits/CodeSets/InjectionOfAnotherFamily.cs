using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// The drug decides between 96372, 96401 and 96402. Judged where the claim leaves no doubt: one drug and one code for
/// giving it on the day.
/// </summary>
internal sealed class InjectionOfAnotherFamily : Edit
{
    static readonly Code Simple = Code.Of("96372"), Complex = Code.Of("96401"), Hormonal = Code.Of("96402");

    static readonly CodeGroups Administrations =
        Group.DrugAdministration | Group.ChemoAdministration | Group.Injection;

    static readonly FindingInfo Sure = new()
    {
        Id = "BND0061", Name = "injection-of-another-family", Severity = Severity.Error, Outcome = Outcome.Denial,
        Snip = 5, Citation = Cited.Cpt("chemotherapy administration, 96401 and 96402"),
        Message = "{0} does not report giving {1} here: {3} does",
        Rules = "INJ-004 INJ-005 C-02", Fix = Remedy.Chart("Use {3} on line {line}, or correct the drug"),
        Predicts = [new("CO-16", "N56")],
    };

    static readonly FindingInfo ByPayer = new()
    {
        Id = "BND0062", Name = "injection-family-by-payer", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Snip = 5, Citation = Cited.Cpt("chemotherapy administration, 96401"),
        Message = "{0} is billed for giving {1}, which is usually {3}: payers list which drugs are complex",
        Rules = "INJ-007 INJ-008 C-02",
        Fix = Remedy.Chart("Look the drug up in the payer's list; use {3} on line {line} unless it says otherwise"),
        Predicts = [new("CO-16", "N56")],
    };

    public override FindingInfo Info => Sure;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Sure, ByPayer];

    public override CodeGroups All => Group.DrugCode;

    public override CodeGroups Any => Group.Injection | Group.ChemoAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsCoded) return; // the chart has decided
        foreach (var line in claim.LinesIn(Group.Injection | Group.ChemoAdministration))
        {
            var code = claim.CodeOf(line);
            if (code != Simple && code != Complex && code != Hormonal) continue;
            if (!claim.IsFirstOfItsCode(line) || OnlyDrug(claim, line) is not (>= 0 and var drug)) continue;
            var (asked, isSure) = Family(claim, drug);
            if (asked.IsNone || asked == code || (asked == Simple && code == Hormonal)) continue; // another edit's
            Report(claim, findings, isSure ? Sure : ByPayer, line, Field.Code, CodeAt(claim, line),
                CodeAt(claim, drug), d: Arg.Of(asked), other: drug,
                first: Replace(claim, line, Field.Code, Arg.Of(asked)));
        }
    }

    /// <summary>The day's one drug, where the line is the only code for giving one; else -1.</summary>
    static int OnlyDrug(BoundClaim claim, int line)
    {
        var only = -1;
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Day(i) != claim.Day(line)) continue;
            if (claim.Is(i, Administrations) && claim.CodeOf(i) != claim.CodeOf(line)) return -1;
            if (!claim.Is(i, Group.DrugCode)) continue;
            if (only >= 0 && claim.CodeOf(i) != claim.CodeOf(only)) return -1;
            only = i;
        }
        return only;
    }

    /// <summary>The code for giving the drug; none where its drugs, its payers or its routes leave it open.</summary>
    static (Code Asked, bool IsSure) Family(BoundClaim claim, int line)
    {
        var (code, day, hasNeoplasm) = (claim.CodeOf(line), claim.Day(line),
            claim.HasDiagnosis(DiagnosisKind.Neoplasm));
        if (claim.Memory.ClassOf(code, day, claim.Payer, hasNeoplasm) is not { } common)
        {
            common = CommonClass(claim, line, hasNeoplasm);
            claim.Memory.KeepClass(code, day, claim.Payer, hasNeoplasm, common);
        }
        return common switch
        {
            DrugClass.Antineoplastic => (Complex, hasNeoplasm),
            DrugClass.Complex => (Complex, false),
            DrugClass.HormonalAntineoplastic => (Hormonal, true),
            DrugClass.Simple => (Simple, false),
            _ => (Code.None, false),
        };
    }

    /// <summary>As what all drugs that a line's code is billed for count; none where they differ.</summary>
    static DrugClass CommonClass(BoundClaim claim, int line, bool hasNeoplasm)
    {
        var all = claim.Book.DrugsBilledAs(claim.CodeOf(line));
        var common = DrugClass.None;
        for (var i = 0; i < all.Count; i++)
        {
            var drug = claim.Book.Drugs[all[i]];
            var one = IsInjected(drug) ? claim.Payer.ClassOf(drug, claim.Day(line), hasNeoplasm) : DrugClass.None;
            if (one == DrugClass.None || (i > 0 && one != common)) return DrugClass.None;
            common = one;
        }
        return common;
    }

    static bool IsInjected(Drug drug)
    {
        for (var i = 0; i < drug.Routes.Count; i++)
            if (drug.Routes[i] is Route.Im or Route.Sc) return true;
        return false;
    }
}
