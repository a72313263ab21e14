using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What a provider's adjustment (PLB) means for whoever posts it, in our words.</summary>
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
        ["WO"] = ("an earlier overpayment is taken back", "an overpayment that was taken back is paid again"),
        ["FB"] = ("a balance that an earlier payment carried over is taken now",
            "more was taken back than was paid: the rest is carried over to a later payment. It is no cash"),
        ["L6"] = ("interest that was paid earlier is taken back", "the payer pays interest for late payment"),
        ["72"] = ("a refund from the practice is entered", "a refund that the practice sent is confirmed"),
        ["J1"] = ("an amount that is not reimbursed is taken off", "an amount that is not reimbursed is put back"),
        ["CS"] = ("an earlier payment is adjusted down", "an earlier payment is adjusted up"),
        ["IR"] = ("tax is withheld for the tax office (IRS)", "withheld tax is paid out"),
        ["E3"] = ("part of the payment is withheld by contract", "a withheld amount is paid out"),
        ["LE"] = ("money is taken to pay a debt, by order of a court or an office", "a seized amount is returned"),
        ["AP"] = ("an advance payment is taken back", "an advance payment is made"),
        ["AH"] = ("a fee for the payment is taken", "a fee for the payment is returned"),
        ["B2"] = ("a rebate is taken back", "a rebate is paid"),
        ["BN"] = ("a bonus is taken back", "a bonus is paid"),
        ["CT"] = ("a fixed payment for patients (capitation) is taken back",
            "a fixed payment for patients (capitation) is made"),
        ["CV"] = ("a capital cost is taken off", "a capital cost is paid"),
        ["IP"] = ("an incentive is taken back", "an incentive is paid"),
        ["L3"] = ("a penalty is taken", "a penalty is returned"),
        ["LS"] = ("a lump sum is taken off", "a lump sum is paid"),
        ["OB"] = ("money is taken for another provider of the same group",
            "money that was taken for another provider is returned"),
        ["WU"] = ("an overpayment is taken back, and the payer names no claim", "an overpayment is paid again"),
        ["50"] = ("a charge for late filing is taken", "a charge for late filing is returned"),
        ["51"] = ("an interest penalty is taken", "an interest penalty is paid"),
        ["90"] = ("a discount for early payment is taken", "a discount for early payment is returned"),
    };

    /// <summary>A clause without a full stop: <c>an earlier overpayment is taken back</c>.</summary>
    public static string Means(Code reason, Money amount) =>
        Words.TryGetValue(reason.ToString(), out var words)
            ? amount.Cents > 0 ? words.Taken : words.Added
            : $"{Rules.ResponseCodes.Shipped.Words(Rules.ResponseKind.ProviderAdjustment, reason.ToString())}: "
                + (amount.Cents > 0 ? "taken from the payment" : "added to the payment");
}
