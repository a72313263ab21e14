using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Coverage;

/// <summary>
/// What a drug was given for, by the policy rows of the book: diagnoses that support it, and some that do not by
/// themselves. A drug without rows is not judged.
/// </summary>
internal sealed class DiagnosisDoesNotSupportDrug : Edit
{
    static readonly FindingInfo Insufficient = new()
    {
        Id = "PAY0001", Name = "diagnosis-does-not-support-drug", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Law("SSA 1862(a)(1)(A); LCDs"),
        Message = "{0} by itself does not support {1}",
        Rules = "INJ-205 INJ-209 C-21 C-22 C-27 DN-7",
        Fix = Remedy.Chart("Point to the diagnosis that does, if the record has it; "
            + "otherwise give a notice (ABN) before the service"),
        Predicts = [new("CO-50", "N115"), new("CO-11")],
    };

    static readonly FindingInfo Pointer = new()
    {
        Id = "PAY0002", Name = "drug-points-elsewhere", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Law("CMS-1500 item 24E; SSA 1862(a)(1)(A)"),
        Message = "{1} points to {0}; {2}, which supports it, is on the claim",
        Rules = "INJ-205 C-24", Fix = Remedy.Chart("Point line {line} to {2} if the drug was given for it"),
        Predicts = [new("CO-11"), new("CO-50", "N115")],
    };

    public override FindingInfo Info => Insufficient;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Insufficient, Pointer];

    public override CodeGroups All => Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsCoded) return;
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (!claim.IsFirstOfItsCode(i) || claim.Line(i).Pointers[0] is not (> 0 and var first)
                || first > claim.Claim.DiagnosisCount)
                continue;
            var drugs = claim.Book.DrugsBilledAs(claim.CodeOf(i));
            if (drugs.Count != 1 || claim.Book.Drugs[drugs[0]] is not { Policies.Count: > 0 } drug
                || AnyPointed(claim, drug, i))
                continue;
            var primary = claim.Claim.Diagnoses[first - 1];
            if (Says(claim, drug, primary, supports: false, i))
                Report(claim, findings, Insufficient, i, Field.Pointers, Arg.Diagnosis(primary), CodeAt(claim, i),
                    first: Supply(claim, i, Field.Pointers));
            else if (CanBePrimary(claim, primary) && Elsewhere(claim, drug, i) is { IsNone: false } better)
                Report(claim, findings, Pointer, i, Field.Pointers, Arg.Diagnosis(primary), CodeAt(claim, i),
                    Arg.Diagnosis(better), first: Supply(claim, i, Field.Pointers));
        }
    }

    /// <summary>What says how it happened is reported for being first: the pointer moves with it.</summary>
    static bool CanBePrimary(BoundClaim claim, Code diagnosis) =>
        diagnosis != claim.Claim.Diagnoses[0]
            || !claim.Book.DiagnosisKinds.Is(DiagnosisKind.ExternalCause, diagnosis);

    static bool AnyPointed(BoundClaim claim, Drug drug, int line)
    {
        var pointers = claim.Line(line).Pointers;
        for (var p = 0; p < pointers.Count; p++)
            if (pointers[p] <= claim.Claim.DiagnosisCount
                && Says(claim, drug, claim.Claim.Diagnoses[pointers[p] - 1], supports: true, line))
                return true;
        return false;
    }

    /// <summary>The first supporting diagnosis, by code, among those the line does not point to.</summary>
    static Code Elsewhere(BoundClaim claim, Drug drug, int line)
    {
        Code best = default;
        foreach (var diagnosis in claim.Claim.Diagnoses)
            if ((best.IsNone || diagnosis < best) && Says(claim, drug, diagnosis, supports: true, line))
                best = diagnosis;
        return best;
    }

    static bool Says(BoundClaim claim, Drug drug, Code diagnosis, bool supports, int line)
    {
        foreach (var row in drug.Policies)
            if (row.Supports == supports && row.Dates.Contains(claim.Day(line)) && StartsWith(diagnosis, row.Diagnosis)
                && claim.Payer.IsNamedIn(row.Payers))
                return true;
        return false;
    }

    /// <summary>Whether a diagnosis is in a category that a row writes with or without its dot.</summary>
    static bool StartsWith(Code diagnosis, string category)
    {
        var at = 0;
        foreach (var c in category)
            if (c != '.' && diagnosis[at++] != c) return false;
        return true;
    }
}
