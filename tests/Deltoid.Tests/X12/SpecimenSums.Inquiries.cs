using System.Text;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// Questions to payers and their answers: numbers and codes of the kind that is named, pointers to what is there.
/// </summary>
internal sealed partial class SpecimenSums
{
    void WriteInquiry()
    {
        foreach (var segment in Root.Flat())
            switch (segment.Row.Name)
            {
                case "NM1": WriteNumber(segment, 9, segment[8]); break;
                case "REF": WriteNumber(segment, 2, segment[1]); break;
                case "PRV": WriteNumber(segment, 3, segment[2]); break;
                case "EQ":
                    WriteCode(segment, 2);
                    WritePointer(segment, 5);
                    break;
                case "EB":
                    WriteCode(segment, 13);
                    WritePointer(segment, 14);
                    break;
                case "SVC":
                    WriteCode(segment, 1);
                    WriteUnits(segment);
                    break;
                case "HI": WriteDiagnoses(segment); break;
                case "III" when segment[1] == "ZZ": segment[2] = "11"; break;
            }
    }

    /// <summary>Each diagnosis has the form of the ICD that its qualifier names.</summary>
    static void WriteDiagnoses(SpecimenSegment segment)
    {
        for (var element = 1; segment[element].Length > 0; element++)
            segment[element, 2] = segment[element, 1].StartsWith('A') ? "J45909" : "25000";
    }

    void WriteNumber(SpecimenSegment segment, int element, string kind)
    {
        var value = segment[element];
        if (value.Length == 0 || builder.Values.Codes(builder.SpecOf(segment.Row, element, 0)).Length > 0) return;
        if (kind is "XX" or "HPI" && !ElementForms.IsOf(Outside.Npi, Encoding.ASCII.GetBytes(value)))
            segment[element] = builder.Values.Npi();
        else if (kind is "FI" or "24" or "34" or "TJ" or "SY" or "EI" && !IsDigits(value, 9))
            segment[element] = builder.Values.Digits(9);
        else if (kind == "PXC") segment[element] = "207R00000X";
    }

    static void WriteCode(SpecimenSegment segment, int element)
    {
        if (segment[element].Length == 0) return;
        var code = segment[element, 1] switch { "HC" => "J3490", "NU" => "0636", "N4" => "12345678901", _ => "" };
        if (code.Length > 0) segment[element, 2] = code;
    }

    /// <summary>All point to the first diagnosis, which is there where any is.</summary>
    static void WritePointer(SpecimenSegment segment, int element)
    {
        for (var component = 1; component <= 4; component++)
            if (segment[element, component].Length > 0) segment[element, component] = "1";
    }

    static void WriteUnits(SpecimenSegment segment)
    {
        if (segment[7].Length > 0) segment[7] = "2";
    }
}
