namespace Deltoid.Fhir;

/// <summary>Whom Vaccines for Children pays for: through 18 years (SSA §1928).</summary>
internal static class ChildrensVaccines
{
    const int Years = 19;

    public static bool Cover(DateOnly born, DateOnly day) =>
        (born.Year + Years, born.Month, born.Day).CompareTo((day.Year, day.Month, day.Day)) > 0;
}
