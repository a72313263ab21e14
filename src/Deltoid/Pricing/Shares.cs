using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>
/// Who pays an allowed amount: the patient's coinsurance, and Medicare's share before and after sequestration. The
/// deductible is not known here.
/// </summary>
/// <param name="Percent">The patient's coinsurance.</param>
internal readonly record struct Shares(Money Allowed, decimal Percent, Money Patient, Money Medicare,
    Money AfterSequestration)
{
    public static Shares Of(Money allowed, decimal percent, DateOnly day)
    {
        var patient = Money.Round(allowed.Dollars * percent / 100);
        var medicare = allowed - patient;
        return new(allowed, percent, patient, medicare,
            medicare - Money.Round(medicare.Dollars * Sequestered(day) / 100));
    }

    /// <summary>
    /// Percent of Medicare's share that are not paid (CARC 253). What the patient pays is not touched.
    /// </summary>
    public static decimal Sequestered(DateOnly day) => LegalShares.Percent(LegalShare.Sequestration, day);
}
