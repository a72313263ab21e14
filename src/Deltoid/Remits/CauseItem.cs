using System.Globalization;
using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>A step whose last day has passed.</summary>
internal sealed record LateStep(NextStep Step, Deadline Deadline)
{
    public string Says => $"the last day for it was {Deadline.Date.Iso()}";
}

/// <summary>One thing that came back, the row that explains it, and what was tried before that row.</summary>
/// <param name="Reason">The adjustment's, or a word of <see cref="CauseTable"/> where the payer gives none.</param>
/// <param name="Index">The adjustment's place among those of its line, or of the provider; -1 where it is
/// none.</param>
/// <param name="Open">Rows that facts nobody states would have decided, each with such a fact.</param>
/// <param name="Ruled">Rows that what is stated ruled out.</param>
internal sealed record CauseItem(string Reason, int Payment, int PaidLine, int Sent, int Index, Adjustment Adjustment,
    CauseRow? Row, NextStep Step, List<(CauseRow Row, string Fact)> Open, List<CauseRow> Ruled)
{
    /// <summary>What could have been done until its last day passed; null where nothing is too late.</summary>
    public LateStep? Late { get; init; }

    /// <summary>Its own step is too late, and another is taken in its place.</summary>
    public bool IsClosed => Late is { } late && late.Step != Step;

    public long Weight => Math.Abs(Adjustment.Amount?.Cents ?? 0);

    /// <summary>It is of the payment as a whole: no line and no posting of the claim's.</summary>
    public bool IsOfProvider => Reason.StartsWith(CauseTable.OfProvider, StringComparison.Ordinal);

    /// <summary>It is an adjustment of the claim or a line.</summary>
    public bool IsAdjustment => Index >= 0 && !IsOfProvider;

    /// <summary>
    /// What is withheld, refused or taken back comes before what is not; of each, what asks for something to be done.
    /// </summary>
    public int Rank
    {
        get
        {
            if (Row is null) return 30; // a reason that no row names: it is asked for before what only has to be posted
            var (isDone, kind) = (Step != NextStep.None, (int)Row.Kind);
            return Row.Kind is AnswerKind.NotADenial or AnswerKind.Pending
                ? (kind * 3) + (isDone ? 2 : IsTelling ? 1 : 0) - 6
                : kind + (isDone ? 40 : 20);
        }
    }

    /// <summary>What says more of a paid claim than a price: a patient's share, a duplicate, a line without a
    /// price.</summary>
    bool IsTelling => Adjustment.Group == Adjustment.Patient || Row!.Posting == PostingKind.None
        || (Row.Cause == "ND-INFO" && Row.Never.Length > 0);

    /// <summary>Where it is in the case, as a JSON pointer.</summary>
    public string Pointer(DeniedClaim of) => Reason switch
    {
        CauseTable.Refused => of.Status is not null ? "/claimStatus" : "/acknowledgment",
        CauseTable.Reversal => string.Create(CultureInfo.InvariantCulture, $"/payments/{Payment}"),
        CauseTable.PaidLine => string.Create(CultureInfo.InvariantCulture,
            $"/payments/{Payment}/lines/{PaidLine - 1}"),
        _ when IsOfProvider => string.Create(CultureInfo.InvariantCulture, $"/remittance/adjustments/{Index}"),
        _ when PaidLine == 0 => string.Create(CultureInfo.InvariantCulture,
            $"/payments/{Payment}/adjustments/{Index}"),
        _ => string.Create(CultureInfo.InvariantCulture,
            $"/payments/{Payment}/lines/{PaidLine - 1}/adjustments/{Index}"),
    };

    /// <summary>What it says, in short.</summary>
    public string Says(DeniedClaim of) => Reason switch
    {
        CauseTable.Refused => Refusals.Says(of),
        CauseTable.Reversal => $"status 22: {Adjustment.Amount ?? Money.Zero} taken back",
        CauseTable.PaidLine => $"paid {Adjustment.Amount ?? Money.Zero}",
        _ when IsOfProvider => $"PLB {Adjustment.Reason} {Adjustment.Amount ?? Money.Zero}",
        _ => $"{Adjustment.Group}-{Adjustment.Reason}",
    };
}
