using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about drugs' packages, global periods, schedules and the payer's own edits.</summary>
internal static partial class Questions
{
    static Row[] OfRules =>
    [
        new("vial-rebate", VialRebate, "ndc-status"),
        new("global-covers", GlobalCovers, "global-period"),
        new("global-said", static (at, _) => Truths.Of(Facts.Speaks(at, "global-period")
            || HasRemark(at, Code.Of("M144")) || HasRemark(at, Code.Of("N525")))),
        new("step-said", static (at, _) => Truths.Of(IsStep(at))),
        new("below-schedule", BelowSchedule, "fee-schedule"),
        new("bundled-supply", static (at, _) => Truths.Of(IsBundledSupply(at))),
        new("step-grandfathered", StepGrandfathered, "treatment-ongoing"),
    ];

    /// <summary>The maker of the vial pays a rebate to Medicaid, says the drug file.</summary>
    static Truth VialRebate(Situation at, string[] args)
    {
        var vial = VialNdc(at) ?? (at.Sent >= 0 ? at.Of.Claim!.Lines[at.Sent].Ndc : default);
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "ndc-status" && Ndc.TryParse(fact["ndc"]?.Text, out var ndc, out _)
                && ndc.AsBilled == vial.AsBilled)
                return fact["rebate"] is { } rebate ? Truths.Of(fact.Is == rebate.Flag)
                    : fact.Is ? Truth.Unknown : Truth.No;
        return Truth.Unknown;
    }

    /// <summary>The service is inside the days that a surgery of the same group covers.</summary>
    static Truth GlobalCovers(Situation at, string[] args) => Facts.Any(at, "global-period",
        fact => Truths.Of(fact["sameGroup"] is not { Flag: false } && at.Day >= fact["on"]!.Day
            && at.Day <= fact["on"]!.Day.AddDays((int)fact["days"]!.Number)));

    /// <summary>
    /// What the payer allows is less than its schedule has: payment and patient's share together, against the row or
    /// the charge, whichever is less.
    /// </summary>
    static Truth BelowSchedule(Situation at, string[] args)
    {
        if (at.Paid is not { } line || line.Paid is not { } allowed) return Truth.Unknown;
        foreach (ref readonly var adjustment in at.Payment!.Adjustments.Of(at.PaidLine))
            if (adjustment.Group == Answers.Adjustment.Patient) allowed += adjustment.Amount ?? Money.Zero;
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "fee-schedule" || !fact.Is || !fact.Covers(at.LineNumber)
                || fact["code"]!.Text != at.Code.ToString()) continue;
            var due = fact["amount"]!.Amount; // for as many units as its row says, else for one
            if (at.Units is { } units)
                due = Money.Round(due.Dollars * units.Value / (fact["units"] is { Number: > 0 } per ? per.Number : 1));
            if (line.Charge is { } charge && charge < due) due = charge;
            return Truths.Of(allowed < due);
        }
        return Truth.Unknown;
    }

    /// <summary>A supply, or a code that the fee schedule of the day pays as part of others (status B).</summary>
    static bool IsBundledSupply(Situation at) =>
        (at.Book.TryFee(at.Code, at.Day, out var fee) && fee.Status == 'B')
            || at.Code.ToString() is ['A', '4', _, _, _];

    /// <summary>
    /// The payer wants another drug first: it says so, by a remark or a reason of its own, or the record speaks of
    /// treatment and not of the criteria as a whole.
    /// </summary>
    static bool IsStep(Situation at) =>
        at.Adjustment.Reason.ToString() is not "272" || HasRemark(at, Code.Of("N130")) || HasRemark(at, Code.Of("N54"))
            || (!Facts.Speaks(at, "coverage-criteria-met")
                && (Facts.Speaks(at, "treatment-ongoing") || Facts.Speaks(at, "prior-treatment-failed")));

    /// <summary>The drug was given in the year before: step therapy is for new patients (42 CFR 422.136).</summary>
    static Truth StepGrandfathered(Situation at, string[] args) => Facts.Any(at, "treatment-ongoing",
        fact => (fact["lastOn"] ?? fact["since"]) is { } last
            ? Truths.Of(at.Day.AddDays(-365) <= last.Day)
            : Truth.Unknown);
}
