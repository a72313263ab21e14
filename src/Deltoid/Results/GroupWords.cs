using System.Text;
using Deltoid.Codes;

namespace Deltoid.Results;

/// <summary>The groups of codes in plain words.</summary>
static class GroupWords
{
    /// <summary>
    /// Words for a code's page; empty for groups that are facts of a whole claim, or say nothing to a reader.
    /// </summary>
    public static string Of(GroupBit bit) => bit switch
    {
        GroupBit.AnyLine or GroupBit.PairsKnown or GroupBit.HasPairs or >= GroupBit.Unbound => "",
        >= GroupBit.NewPatientVisit and <= GroupBit.InhaledDrug => "", // another group of the code says it
        GroupBit.DrugAdministration => "a drug administration",
        GroupBit.Injection => "an injection code",
        GroupBit.InitialInfusion => "an initial service (one an access)",
        GroupBit.AddOn => "an add-on code",
        GroupBit.DrugCode => "a drug code",
        GroupBit.PerDoseDrug => "billed once a dose",
        GroupBit.UnclassifiedDrug => "for drugs without a code of their own",
        GroupBit.SelfAdministered => "mostly self-administered: excluded from Part B",
        GroupBit.OtpBundle => "an opioid program bundle",
        GroupBit.WaivedTest => "a CLIA-waived test",
        _ => Spaced(bit.ToString()),
    };

    static string Spaced(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append(' ');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
