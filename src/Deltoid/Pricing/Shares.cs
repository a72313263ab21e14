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
    /// Percent of Medicare's share that are not paid (CARC 253): 2 by the Budget Control Act of 2011 (2 U.S.C. 901a(6))
    /// for services since 2013-04-01; none from 2020-05-01 (CARES Act, section 3709, and what followed it); 1 from
    /// 2022-04-01 and 2 again since 2022-07-01 (Public Law 117-71). What the patient pays is not touched.
    /// </summary>
    public static decimal Sequestered(DateOnly day)
    {
        if (day < new DateOnly(2013, 4, 1)) return 0;
        if (day < new DateOnly(2020, 5, 1) || day >= new DateOnly(2022, 7, 1)) return 2;
        return day < new DateOnly(2022, 4, 1) ? 0 : 1;
    }
}
