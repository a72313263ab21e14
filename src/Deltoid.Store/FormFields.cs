using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>A field of the claim form. A line's field is named in full by <see cref="ClaimForm.LineAt"/>.</summary>
/// <param name="Box">Its box on the CMS-1500; empty where that form does not have it.</param>
/// <param name="Locator">Its form locator on the UB-04; empty where that form does not have it.</param>
public readonly record struct FormField(string Name, string Label, string Box, string Locator)
{
    /// <summary>Where it is on the form of a claim; empty where it is not on it.</summary>
    public string PlaceOn(Setting setting) => setting == Setting.Facility ? Locator : Box;
}

/// <summary>
/// The fields of both forms: CMS-1500 (NUCC) for a professional claim, UB-04 (NUBC) for a facility's.
/// </summary>
public static class FormFields
{
    /// <summary>Fields of the claim as a whole, in the order of the UB-04.</summary>
    public static readonly FormField[] OfClaim =
    [
        new("bill", "Type of bill", "", "4"), new("frequency", "Frequency", "22", "4"),
        new("statementFrom", "Statement from", "", "6"), new("statementThru", "Statement through", "", "6"),
        new("admissionDate", "Admission date", "", "12"), new("admissionHour", "Admission hour", "", "13"),
        new("admissionType", "Type of admission", "", "14"), new("admissionSource", "Point of origin", "", "15"),
        new("dischargeHour", "Discharge hour", "", "16"), new("patientStatus", "Patient status", "", "17"),
        new("conditions", "Condition codes", "", "18"), new("occurrences", "Occurrence codes", "", "31"),
        new("spans", "Occurrence spans", "", "35"), new("values", "Value codes", "", "39"),
        new("charge", "Total charge", "28", "47"),
        new("reference", "Payer's claim number", "22", "64"),
        new("authorization", "Prior authorization", "23", "63"),
        new("admittingDiagnosis", "Admitting diagnosis", "", "69"), new("visitReasons", "Reasons for visit", "", "70"),
        new("attendingNpi", "Attending provider, NPI", "", "76"),
        new("attendingLast", "Attending provider, last name", "", "76"),
        new("attendingFirst", "Attending provider, first name", "", "76"),
    ];

    /// <summary>Fields of a service line, in the order of the forms.</summary>
    public static readonly FormField[] OfLine =
    [
        new("revenue", "Revenue code", "", "42"), new("date", "Day", "24A", "45"), new("place", "Place", "24B", ""),
        new("code", "Code", "24D", "44"), new("modifiers", "Modifiers", "24D", "44"),
        new("pointers", "Pointers", "24E", ""), new("charge", "Charge", "24F", "47"),
        new("units", "Units", "24G", "46"), new("ndc", "NDC", "24A", "43"), new("ndcUnit", "NDC unit", "24A", "43"),
        new("ndcQuantity", "NDC quantity", "24A", "43"),
    ];

    /// <summary>Where the diagnoses are.</summary>
    public static readonly FormField Diagnoses = new("dx", "Diagnosis", "21", "67");

    /// <summary>The fields of a list that the form of a claim has.</summary>
    public static FormField[] On(this FormField[] fields, Setting setting) =>
        Array.FindAll(fields, f => f.PlaceOn(setting).Length > 0);

    /// <summary>Whether a form may hold a field of this name.</summary>
    public static bool IsField(string name) => name.Split('.') switch
    {
        ["line", _, var field] => field == "removed" || Array.Exists(OfLine, f => f.Name == field),
        ["dx", _] => true,
        [var head] => Array.Exists(OfClaim, f => f.Name == head),
        _ => false,
    };

    /// <summary>Whether the form of a claim has the field of this name.</summary>
    public static bool IsOn(string name, Setting setting) => name.Split('.') switch
    {
        ["line", _, var field] => field == "removed" || Array.Exists(OfLine.On(setting), f => f.Name == field),
        [var head] => Array.Exists(OfClaim.On(setting), f => f.Name == head),
        _ => true,
    };
}
