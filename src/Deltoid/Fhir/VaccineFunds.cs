namespace Deltoid.Fhir;

/// <summary>What a message says of who paid for a vaccine, or of who the patient is.</summary>
internal enum Funds { NotSaid, Private, Public, Vfc, NotVfc, Unclear }

/// <summary>Who paid for a vaccine, by the dose and by the patient, at every door.</summary>
internal static class VaccineFunds
{
    const string StateSupplied = "state-supplied";

    /// <summary>Of the dose: codes of CDC (PHIN VS) and of FHIR.</summary>
    public static Funds PaidBy(string code) => code switch
    {
        "PHC70" or "private" => Funds.Private, "VXC50" or "public" => Funds.Public, "VXC51" => Funds.Vfc,
        "VXC52" => Funds.NotVfc, _ => Funds.NotSaid,
    };

    /// <summary>Of the patient: codes of HL7 table 0064 and of FHIR.</summary>
    public static Funds EligibleBy(string code) => code switch
    {
        "V01" or "ineligible" => Funds.NotVfc, "V02" or "V03" or "V04" or "V05" or "uninsured" => Funds.Vfc,
        _ => Funds.NotSaid,
    };

    /// <summary>What two codes say of the same thing.</summary>
    public static Funds Both(Funds one, Funds other) =>
        one == Funds.NotSaid || one == other ? other : other == Funds.NotSaid ? one : Funds.Unclear;

    /// <summary>
    /// Our word; an empty one where nobody says who paid, null where it is not clear. Who paid for the dose counts, and
    /// who the patient is where that is not said.
    /// </summary>
    public static string? SourceOf(Funds paid, Funds eligible, bool isAdult) => (paid, eligible) switch
    {
        (Funds.Unclear, _) => null,
        (Funds.Private, _) => "stock",
        (_, Funds.Unclear) => null,
        (Funds.Vfc, Funds.NotVfc) or (Funds.NotVfc, Funds.Vfc) => null,
        (Funds.Vfc, _) or (_, Funds.Vfc) => isAdult ? null : "vfc",
        // public money that is not the program's: the state supplies the dose
        (Funds.NotVfc, _) or (Funds.Public, Funds.NotVfc) => StateSupplied,
        (Funds.Public, _) => isAdult ? StateSupplied : "vfc",
        _ => "",
    };
}
