using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>The words of contract rows.</summary>
internal static class RateWords
{
    public static readonly Vocabulary<RateMethod> Methods = new("method",
        new(RateMethod.OfMedicare, "percent-of-medicare"), new(RateMethod.OfFeeSchedule, "percent-of-mpfs"),
        new(RateMethod.OfDrugLimit, "percent-of-asp-limit"), new(RateMethod.OfAsp, "percent-of-asp"),
        new(RateMethod.OfWac, "percent-of-wac"), new(RateMethod.OfAwp, "percent-of-awp"),
        new(RateMethod.PerUnit, "per-unit"), new(RateMethod.PerVisit, "per-visit"),
        new(RateMethod.OfCharge, "percent-of-charge"), new(RateMethod.Medicaid, "medicaid-schedule"),
        new(RateMethod.WorkersComp, "workers-comp-schedule"));

    public static readonly Vocabulary<RateGroup> Groups = new("group of codes", new(RateGroup.Drugs, "drugs"),
        new(RateGroup.Vaccines, "vaccines"), new(RateGroup.Administrations, "administrations"),
        new(RateGroup.Visits, "visits"), new(RateGroup.Procedures, "procedures"));

    public static readonly Vocabulary<MultipleRule> Multiples = new("rule for several procedures of a day",
        new(MultipleRule.None, "none"), new(MultipleRule.Medicare, "medicare"), new(MultipleRule.Ranked, "ranked"));

    public static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
