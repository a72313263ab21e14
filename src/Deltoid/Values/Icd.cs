namespace Deltoid.Values;

/// <summary>The two versions of ICD-CM that claims were coded in.</summary>
internal static class Icd
{
    /// <summary>From this day of service on diagnoses are coded in ICD-10 (45 CFR 162.1002).</summary>
    public static readonly DateOnly Since10 = new(2015, 10, 1);

    /// <summary>Whether a day, where it is known, is one of ICD-9.</summary>
    public static bool Is9On(DateOnly day) => day != default && day < Since10;
}
