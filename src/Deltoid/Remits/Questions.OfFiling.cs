using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about authorizations and days of filing.</summary>
internal static partial class Questions
{
    static Row[] OfFiling =>
    [
        new("extension-covers", static (at, _) => Facts.First(at, "authorization-extended") is not { } letter
            ? Truth.Unknown
            : Truths.Of((letter["thru"] is not { } thru || at.Day <= thru.Day)
                && (letter["units"] is not { } units || at.Units is not { } billed || billed.Value <= units.Number)),
            "authorization-extended"),
        new("authorization-number", NumberStands, "authorization-on-file"),
        new("extension-number", static (at, args) => at.Of.Claim is not { } claim
            || Facts.First(at, "authorization-extended")?["number"] is not { } number
            ? NumberStands(at, args)
            : Truths.Of(Array.IndexOf(args, number.Text == claim.Text(ClaimText.PriorAuthorization) ? "same" : "other")
                >= 0), "authorization-extended"),
        new("late-window", static (at, args) => LateWindow(at), "authorization-can-be-late"),
        new("timely-from", static (at, args) => at.Of.Terms is not { TimelyDays: { } } terms
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, terms.TimelyFrom switch
            {
                TimelyFrom.PrimaryRemittance => "primary-remittance",
                TimelyFrom.TakeBack => "take-back",
                _ => "service",
            }) >= 0), "terms"),
        new("sent-in-time", SentInTime, "first-sent"),
    ];

    /// <summary><c>authorization-number:same</c> as on file, <c>other</c>.</summary>
    static Truth NumberStands(Situation at, string[] args)
    {
        if (at.Of.Claim is not { } claim) return Truth.Unknown;
        var (sent, isSaid) = (claim.Text(ClaimText.PriorAuthorization), false);
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "authorization-on-file" || fact["number"] is not { } number) continue;
            if (number.Text == sent) return Truths.Of(Array.IndexOf(args, "same") >= 0);
            isSaid = true;
        }
        return isSaid ? Truths.Of(Array.IndexOf(args, "other") >= 0) : Truth.Unknown;
    }

    /// <summary>No authorization stands yet that covers the line.</summary>
    public static bool NeedsAuthorization(Situation at) => AuthorizationCovers(at, []) != Truth.Yes;

    /// <summary>A first claim counts as in time whatever the day: the payer had it, or an exception holds.</summary>
    public static bool IsFilingExcused(Situation at) => Facts.First(at, "filing-exception") is not null
        || Facts.First(at, "retroactive-entitlement") is not null || ProofInTime(at, []) == Truth.Yes;

    /// <summary>The payer still takes a late request for an authorization.</summary>
    static Truth LateWindow(Situation at)
    {
        if (!Facts.Speaks(at, "authorization-can-be-late")) return Truth.Unknown;
        if (Clocks.LateRequest(at) is not { } last) return Truth.No;
        return at.Of.Today == default ? Truth.Unknown : Truths.Of(at.Of.Today <= last.Date);
    }

    /// <summary>The claim left us within the limit; what was answered within it certainly did.</summary>
    static Truth SentInTime(Situation at, string[] args)
    {
        var limit = Clocks.FilingLimit(at);
        if (limit == default) return Truth.Unknown;
        if (Facts.First(at, "first-sent") is { } sent) return Truths.Of(sent["on"]!.Day <= limit);
        return at.Remitted != default && at.Remitted <= limit ? Truth.Yes : Truth.Unknown;
    }
}
