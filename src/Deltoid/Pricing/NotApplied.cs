using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>
/// What bears on a price and is not in it, in words: what was not asked, not known, or is a contractor's to decide.
/// </summary>
internal static class NotApplied
{
    static readonly (Modifier Modifier, string Words)[] OfModifiers =
    [
        (Modifier.Of("22"), "more for an unusual service is by report"),
        (Modifier.M33, "a preventive service may cost the patient nothing (42 CFR 410.152(l))"),
        (Modifier.Of("PT"), "a screening that became a treatment has a lower coinsurance"),
        (Modifier.Of("54"), "the share of surgical care only"),
        (Modifier.Of("55"), "the share of care after surgery only"),
        (Modifier.Of("56"), "the share of care before surgery only"),
        (Modifier.Of("62"), "the share of two surgeons"),
        (Modifier.Of("66"), "a team is paid by report"),
        (Modifier.Of("78"), "the share of a return to the operating room"),
        (Modifier.Of("80"), "an assistant's share"),
        (Modifier.Of("81"), "an assistant's share"),
        (Modifier.Of("82"), "an assistant's share"),
        (Modifier.AS, "an assistant's share"),
        (Modifier.Of("CO"), "the share of a therapy assistant"),
        (Modifier.Of("CQ"), "the share of a therapy assistant"),
    ];

    /// <summary>
    /// Modifiers that the fee schedule prices by rows and indicators of its own; another schedule has to say what they
    /// do.
    /// </summary>
    static readonly Modifier[] OfSchedule = [Modifier.M26, Modifier.MTC, Modifier.M50, Modifier.M52, Modifier.M53];

    /// <summary>Whether a modifier changes what a service is paid, by a share that no schedule row has.</summary>
    public static bool Changes(Modifier modifier) =>
        Array.Exists(OfModifiers, m => m.Modifier == modifier && modifier != Modifier.M33
            && m.Modifier != Modifier.Of("PT"));

    /// <summary>Whether a modifier has a row or an indicator of its own in the fee schedule.</summary>
    public static bool IsOfSchedule(Modifier modifier) => Array.IndexOf(OfSchedule, modifier) >= 0;

    public static List<string> Of(in ServiceLine line, in Expected expected)
    {
        var words = new List<string>();
        if (expected.Amount is null) return words;
        if (expected.Coinsurance > 0) words.Add("the yearly Part B deductible: whether it is met is not known");
        if (expected.Basis != PriceBasis.FeeSchedule) return words;
        words.Add("the 85 % of nurse practitioners and physician assistants (42 CFR "
            + "414.52 and 414.56), and what else was done that day");
        foreach (var (modifier, text) in OfModifiers)
            if (line.Modifiers.Has(modifier)) words.Add($"modifier {modifier}: {text}");
        if (expected.Rules.HasFlag(DayRules.NotKnown))
            words.Add("the multiple procedure rule of its indicator: the code book has no "
                + "row of its parts or of its base procedure");
        return words;
    }
}
