using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about who pays on the day: other payers, eligibility, stays.</summary>
internal static partial class Questions
{
    static Row[] OfCoverage =>
    [
        new("other-payer", static (at, args) => Other(at, c => Array.IndexOf(args, c["order"]!.Text) >= 0
            && !IsPharmacy(c)), "other-coverage"),
        new("pharmacy-benefit", static (at, _) => Other(at, IsPharmacy), "other-coverage"),
        new("coverage-ended", CoverageEnded, "coverage-record-outdated"),
        new("active-here", static (at, _) => Eligible(at, isHere: true), "eligibility-result"),
        new("active-elsewhere", static (at, _) => Eligible(at, isHere: false), "eligibility-result"),
        new("uncovered", Uncovered, "eligibility-result"),
        new("stay-said", static (at, _) => Truths.Of(Facts.Speaks(at, "stay") || SaidStay(at).Length > 0)),
        new("stay-covers", StayCovers, "stay"),
        new("stay-names", static (at, args) => Truths.Of(Facts.First(at, "stay") is { } stay
            && Array.Exists(args, a => stay[a] is not null))),
        new("stay-says", static (at, args) => Truths.Of(Facts.First(at, "stay") is { } stay
            && Array.Exists(args, a => stay[a] is { Flag: true }))),
    ];

    static bool IsPharmacy(RecordFact coverage) =>
        coverage["benefit"]?.Text == "pharmacy" || coverage["kind"]!.Text == "part-d";

    /// <summary>A coverage of the patient's, in force on the day.</summary>
    static Truth Other(Situation at, Predicate<RecordFact> isAsked) => Facts.Any(at, "other-coverage",
        fact => Truths.Of(fact.CoversDay(at.Day) && isAsked(fact)));

    /// <summary>The coverage that the payer still counts on ended before the service.</summary>
    static Truth CoverageEnded(Situation at, string[] args) => Facts.First(at, "coverage-record-outdated") is { } fact
        ? Truths.Of(fact["ended"]!.Day < at.Day)
        : Facts.Speaks(at, "coverage-record-outdated") ? Truth.No : Truth.Unknown;

    /// <summary>
    /// A payer answered that the patient was covered on the day: the payer of the claim, or another. An answer that
    /// names no payer is that of the claim's.
    /// </summary>
    static Truth Eligible(Situation at, bool isHere) => Facts.Any(at, "eligibility-result",
        fact => Truths.Of(IsPayerOf(at, fact) == isHere && fact["active"]!.Flag && fact.CoversDay(at.Day)));

    static bool IsPayerOf(Situation at, RecordFact fact)
    {
        if (fact["kind"] is { } kind && Words.PayerKinds.TryRead(kind.Text, out var of)) return of == at.Payer;
        if (fact["payer"] is not { } payer || at.Of.Claim is not { } claim) return true;
        var (name, id) = (claim.Text(ClaimText.PayerName), claim.Text(ClaimText.PayerId));
        return name.Length + id.Length == 0 || payer.Text.Equals(name, StringComparison.OrdinalIgnoreCase)
            || payer.Text.Equals(id, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>It was looked for, and no payer covered the patient on the day.</summary>
    static Truth Uncovered(Situation at, string[] args)
    {
        if (!Facts.Speaks(at, "eligibility-result")) return Truth.Unknown;
        if (Facts.First(at, "eligibility-result") is null) return Truth.Yes; // none found at any known payer
        if (Eligible(at, isHere: true) == Truth.Yes || Eligible(at, isHere: false) == Truth.Yes) return Truth.No;
        return Facts.Speaks(at, "other-coverage")
            ? Other(at, static _ => true).Not()
            : Truth.Unknown;
    }

    /// <summary>The kind of stay that the payer's own words name; empty where they name none.</summary>
    static string SaidStay(Situation at) =>
        HasReason(at, ["B9"]) ? "hospice"
            : HasReason(at, ["190"]) || HasRemark(at, Code.Of("N106")) || HasRemark(at, Code.Of("N107")) ? "snf-part-a"
            : HasRemark(at, Code.Of("N70")) ? "home-health"
            : "";

    /// <summary>A stay covers the day: as the record says, else as the payer does.</summary>
    static Truth StayCovers(Situation at, string[] kinds)
    {
        if (Facts.Speaks(at, "stay")) return Truths.Of(Covers(at, "stay", kinds) == Truth.Yes);
        return SaidStay(at) is { Length: > 0 } said
            ? Truths.Of(kinds.Length == 0 || Array.IndexOf(kinds, said) >= 0)
            : Truth.Unknown;
    }
}
