using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What a provider's adjustment (PLB) means for a person who posts it, in our words.</summary>
internal static class ProviderAdjustments
{
    public static readonly Code Recovery = Code.Of("WO"), Forward = Code.Of("FB"), Interest = Code.Of("L6"),
        Refund = Code.Of("72");

    /// <summary>How it is posted; none where it is of an account of its own.</summary>
    public static PostingKind PostingOf(Code reason) =>
        reason == Recovery ? PostingKind.Recovery
            : reason == Forward ? PostingKind.ForwardBalance
            : reason == Interest ? PostingKind.Interest
            : PostingKind.None;

    /// <summary>By reason: what an amount above zero (taken from the payment) means, and one below (added).</summary>
    static readonly Dictionary<string, (string Taken, string Added)> Words = new(StringComparer.Ordinal)
    {
        ["50"] = ("a charge for late filing is taken", "a charge for late filing is returned"),
        ["51"] = ("an interest penalty is taken", "an interest penalty is paid"),
        ["72"] = ("a refund from the practice is entered", "a refund that the practice sent is confirmed"),
        ["90"] = ("a discount for early payment is taken", "a discount for early payment is returned"),
        ["AH"] = ("a fee for the payment is taken", "a fee for the payment is returned"),
        ["AM"] = ("money is taken to pay a loan", "money that was taken to pay a loan is returned"),
        ["AP"] = ("an advance payment is taken back", "an advance payment is made"),
        ["B2"] = ("a rebate is taken back", "a rebate is paid"),
        ["B3"] = ("a recovery allowance is taken back", "a recovery allowance is paid"),
        ["BD"] = ("payment for a bad debt is taken back", "a bad debt is paid"),
        ["BN"] = ("a bonus is taken back", "a bonus is paid"),
        ["C5"] = ("a temporary allowance is taken back", "a temporary allowance is paid"),
        ["CR"] = ("interest on capitation is taken back", "interest on capitation is paid"),
        ["CS"] = ("an earlier payment is adjusted down", "an earlier payment is adjusted up"),
        ["CT"] = ("a fixed payment for patients (capitation) is taken back",
            "a fixed payment for patients (capitation) is made"),
        ["CV"] = ("a capital cost is taken off", "a capital cost is paid"),
        ["CW"] = ("payment for a nurse anesthetist is taken back", "a nurse anesthetist is paid for"),
        ["DM"] = ("payment for medical education is taken back", "medical education is paid for"),
        ["E3"] = ("part of the payment is withheld by contract", "a withheld amount is paid out"),
        ["FB"] = ("a balance that an earlier payment carried over is taken now",
            "more was taken back than was paid: the rest is carried over to a later payment. It is no cash"),
        ["FC"] = ("money is set aside for a fund", "money from a fund is paid out"),
        ["GO"] = ("payment for graduate medical education is taken back", "graduate medical education is paid for"),
        ["HM"] = ("an extra payment for clotting factor is taken back", "an extra payment for clotting factor is made"),
        ["IP"] = ("an incentive is taken back", "an incentive is paid"),
        ["IR"] = ("tax is withheld for the tax office (IRS)", "withheld tax is paid out"),
        ["IS"] = ("an interim settlement is taken back", "an interim settlement is paid"),
        ["J1"] = ("an amount that is not reimbursed is taken off", "an amount that is not reimbursed is put back"),
        ["L3"] = ("a penalty is taken", "a penalty is returned"),
        ["L6"] = ("interest that was paid earlier is taken back", "the payer pays interest for late payment"),
        ["LE"] = ("money is taken to pay a debt, by order of a court or an office", "a seized amount is returned"),
        ["LS"] = ("a lump sum is taken off", "a lump sum is paid"),
        ["OA"] = ("payment for an organ is taken back", "an organ is paid for"),
        ["OB"] = ("money is taken for another provider of the same group",
            "money that was taken for another provider is returned"),
        ["PI"] = ("a regular payment on account (periodic interim payment) is taken back",
            "a regular payment on account (periodic interim payment) is made"),
        ["PL"] = ("a final payment is taken back", "a final payment is made"),
        ["RA"] = ("a correction for an earlier time is taken off", "a correction for an earlier time is paid"),
        ["RE"] = ("a return on equity is taken back", "a return on equity is paid"),
        ["SL"] = ("money is taken to pay a student loan", "money that was taken to pay a student loan is returned"),
        ["TL"] = ("money that a liable third party paid is taken off", "money that a liable third party paid is added"),
        ["WO"] = ("an earlier overpayment is taken back", "an overpayment that was taken back is paid again"),
        ["WU"] = ("an overpayment is taken back, and the payer names no claim", "an overpayment is paid again"),
    };

    /// <summary>The reasons that the guide takes.</summary>
    public static IEnumerable<string> Reasons => Words.Keys;

    /// <summary>A clause without a full stop: <c>an earlier overpayment is taken back</c>.</summary>
    public static string Means(Code reason, Money amount) =>
        Words.TryGetValue(reason.ToString(), out var words)
            ? amount.Cents > 0 ? words.Taken : words.Added
            : (amount.Cents > 0 ? "taken from the payment" : "added to the payment")
                + " for a reason that is not in the guide: ask the payer what it is";
}
