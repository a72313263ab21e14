using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>
/// What turns relative values into dollars: the indices of a locality and the conversion factor of the day.
/// </summary>
/// <param name="Place">Null for the national amount: every index is 1.</param>
/// <param name="Share">What the practice is paid of the fee: 1, or 0.95 when it does not participate.</param>
internal readonly record struct Rates(LocalityRow? Place, decimal Factor, decimal Share)
{
    public decimal Dollars(decimal work, decimal practice, decimal malpractice) =>
        (Place is null
            ? work + practice + malpractice
            : (work * Place.Work) + (practice * Place.Practice) + (malpractice * Place.Malpractice)) * Factor;
}

/// <summary>
/// One unit of a row of the fee schedule, in dollars that are not rounded yet: what the rules of a day take apart.
/// Formulas and the OPPS cap as CMS writes them in the layout of the relative value file (RVU25D.pdf; section 5102(b)
/// of the Deficit Reduction Act of 2005).
/// </summary>
/// <param name="Sides">1, 1.5 or 2: the bilateral adjustment, which comes before all others.</param>
internal readonly record struct UnitFee(FeeRow Row, Rates Rates, bool AtFacility, decimal Sides = 1)
{
    decimal Practice => AtFacility ? Row.PracticeFacility : Row.PracticeNonFacility;

    decimal CapPractice => AtFacility ? Row.CapPracticeFacility : Row.CapPracticeNonFacility;

    bool HasCap => CapPractice + Row.CapMalpractice > 0;

    public decimal Uncapped => Sides * Rates.Dollars(Row.Work, Practice, Row.Malpractice);

    public decimal Cap => Sides * Rates.Dollars(Row.Work, CapPractice, Row.CapMalpractice);

    public bool IsCapped => HasCap && Cap < Uncapped;

    public decimal Dollars => Reduced(1);

    public decimal PracticeDollars => Sides * Rates.Dollars(0, Practice, 0);

    /// <summary>A share of the fee. It is the reduced fee that is held against the cap.</summary>
    public decimal Reduced(decimal share) => HasCap ? Math.Min(share * Uncapped, Cap) : share * Uncapped;

    public decimal WithPracticeAt(decimal share) => Sides * Rates.Dollars(Row.Work, share * Practice, Row.Malpractice);

    /// <summary>What the practice is paid of a fee.</summary>
    public Money Paid(decimal dollars) => Money.Round(dollars * Rates.Share);
}
