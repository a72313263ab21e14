using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>From which day a payer counts its filing limit.</summary>
internal enum TimelyFrom : byte { Service, PrimaryRemittance, TakeBack }

/// <summary>
/// What a contract or a payer's manual says of its limits; null where it is not known. Days are calendar days.
/// </summary>
internal sealed record PayerTerms
{
    public int? CorrectedDays { get; private set; }

    public int? AppealDays { get; private set; }

    public int? TimelyDays { get; private set; }

    public TimelyFrom TimelyFrom { get; private set; }

    /// <summary>How long records may be sent after they were asked for.</summary>
    public int? RecordsDays { get; private set; }

    /// <summary>How long what was paid too much may be kept after it was known.</summary>
    public int? RefundDays { get; private set; }

    public bool? Contracted { get; private set; }

    /// <summary>ppo, hmo, fee-for-service …; empty where it is not known.</summary>
    public string Plan { get; private set; } = "";

    /// <summary>What the payer agreed to pay; null where it is not known.</summary>
    public Contract? Contract { get; init; }

    static readonly Vocabulary<TimelyFrom> Froms = new("day to count from", new(TimelyFrom.Service, "service"),
        new(TimelyFrom.PrimaryRemittance, "primary-remittance"), new(TimelyFrom.TakeBack, "take-back"));

    static readonly FieldNames Fields = new(
        new JsonField("correctedDays", JsonType.Whole, "Days from the remittance for a corrected claim.", "180"),
        new JsonField("appealDays", JsonType.Whole, "Days from the remittance for an appeal.", "180"),
        new JsonField("timelyDays", JsonType.Whole, "Days for a first claim.", "180"),
        new JsonField("timelyFrom", JsonType.Word(Froms), "The day that timelyDays are counted from.", "\"service\"",
            "service"),
        new JsonField("recordsDays", JsonType.Whole, "Days for records from the day they were asked for.", "45"),
        new JsonField("refundDays", JsonType.Whole, "Days to refund an overpayment from the day it was known.", "60"),
        new JsonField("contracted", JsonType.Flag, "The practice has a contract with the payer."),
        new JsonField("plan", JsonType.Text, "The kind of plan: ppo, hmo, fee-for-service."),
        new JsonField("contract", ContractJson.Type, "What the payer agreed to pay: dated rows."));

    internal static readonly JsonType Type = JsonType.Object("payerTerms", Fields);

    const int MostDays = 3660;

    public static PayerTerms Read(ref JsonInput json)
    {
        var (terms, seen) = (new PayerTerms(), 0UL);
        json.EnterObject();
        while (json.NextField(Fields, ref seen, out var name))
            switch (name)
            {
                case "correctedDays": terms.CorrectedDays = json.Whole(1, MostDays); break;
                case "appealDays": terms.AppealDays = json.Whole(1, MostDays); break;
                case "timelyDays": terms.TimelyDays = json.Whole(1, MostDays); break;
                case "timelyFrom": terms.TimelyFrom = json.Word(Froms); break;
                case "recordsDays": terms.RecordsDays = json.Whole(1, MostDays); break;
                case "refundDays": terms.RefundDays = json.Whole(1, MostDays); break;
                case "contracted": terms.Contracted = json.Bool(); break;
                case "plan": terms.Plan = json.Text(); break;
                case "contract": terms = terms with { Contract = ContractJson.Read(ref json) }; break;
            }
        return terms;
    }

    /// <summary>The terms of the payer of a claim: by its id or name on the claim, else on the payment.</summary>
    /// <param name="payer">The payer's name on the payment.</param>
    public static PayerTerms? Of(IReadOnlyDictionary<string, PayerTerms> terms, Claim? claim, Remittance? head,
        string payer)
    {
        if (terms.Count == 0) return null;
        foreach (var name in (string[])[claim?.Text(ClaimText.PayerId) ?? "", claim?.Text(ClaimText.PayerName) ?? "",
            head?.Text(RemittanceText.PayerPlanId) ?? "", head?.Text(RemittanceText.PayerTaxId) ?? "", payer])
            if (name.Length > 0 && terms.TryGetValue(name, out var known)) return known;
        return null;
    }
}
