namespace Deltoid.Fhir;

/// <summary>What a code of a service is, by its section of CPT or HCPCS.</summary>
internal static class ServiceKinds
{
    /// <summary>Evaluation and management.</summary>
    public static bool IsVisit(string code) => In(code, 99202, 99499);

    /// <summary>A drug (J, Q) or the product of a vaccine.</summary>
    public static bool IsDrug(string code) => code is ['J' or 'Q', ..] || IsVaccine(code);

    public static bool IsVaccine(string code) => In(code, 90476, 90759);

    /// <summary>Giving a drug or a vaccine: injections, infusions, chemotherapy, immunization.</summary>
    public static bool IsGiving(string code) => In(code, 90460, 90474) || In(code, 90480, 90480)
        || In(code, 96360, 96379) || In(code, 96401, 96425) || code is "G0008" or "G0009" or "G0010";

    static bool In(string code, int first, int last) =>
        int.TryParse(code, out var number) && number >= first && number <= last;
}
