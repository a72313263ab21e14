using System.Runtime.InteropServices;
using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>One modifier twice on a line, or a diagnosis twice on a claim, says nothing more.</summary>
internal sealed class DuplicateModifier : Edit
{
    static readonly FindingInfo Twice = new()
    {
        Id = "HIP0010", Name = "duplicate-modifier", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Guide("loop 2400 SV101-3 to SV101-6"),
        Message = "modifier {0} is there twice",
        Rules = "INJ-155 INJ-127", Fix = Remedy.Clerical("Remove the second {0}"), Predicts = [new("CO-4", "N519")],
    };

    static readonly FindingInfo Diagnosis = new()
    {
        Id = "HIP0014", Name = "duplicate-diagnosis", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Guide("loop 2300 HI"),
        Message = "{0} is among the diagnoses twice",
        Rules = "INJ-128", Fix = Remedy.Chart("Remove the second one and move its pointers"),
        Predicts = [new("CO-16", "M76")],
    };

    public override FindingInfo Info => Twice;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Twice, Diagnosis];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            for (var m = 1; m < modifiers.Count; m++)
                if (FirstIndex(modifiers, modifiers[m]) < m)
                    Report(claim, findings, Twice, i, Field.Modifiers, Arg.Of(modifiers[m]),
                        first: new(ChangeOp.Remove, Place.OfLine(claim.Line(i).Number, Field.Modifiers),
                            Arg.Of(modifiers[m])));
        }
        var diagnoses = MemoryMarshal.Cast<Code, ulong>(claim.Claim.Diagnoses); // compares several at a time
        for (var d = 1; d < diagnoses.Length; d++)
            if (diagnoses[d] != 0 && diagnoses[..d].Contains(diagnoses[d]))
                Report(claim, findings, Diagnosis, Field.Diagnoses, Arg.Diagnosis(new(diagnoses[d])));
    }

    static int FirstIndex(Modifiers modifiers, Modifier modifier)
    {
        var index = 0;
        while (modifiers[index] != modifier) index++;
        return index;
    }
}
