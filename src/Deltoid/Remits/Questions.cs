using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What a condition may ask of claim, payment, chart and code book. Each question has a name, its arguments come after
/// a colon: <c>modifier:25,57</c> is so where the line has one of them.
/// </summary>
internal static partial class Questions
{
    public delegate Truth Answer(Situation at, string[] args);

    /// <summary>A question.</summary>
    /// <param name="Needs">The fact to ask a person for where the answer is not known; empty where none would
    /// help.</param>
    internal sealed record Row(string Name, Answer Answer, string Needs = "")
    {
        /// <summary>Other facts that the answer may rest on.</summary>
        public string[] Reads { get; init; } = [];
    }

    static readonly Dictionary<string, Row> All = new Row[][]
        {
            OfClaim, OfPayment, OfRecord, OfChart, OfLines, OfDrug, OfFiling, OfCoverage, OfService, OfPeople, OfPrice,
            OfAnswer, OfRules,
        }
        .SelectMany(static rows => rows).ToDictionary(static row => row.Name);

    public static Row? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The names of all questions, for tests.</summary>
    internal static IEnumerable<string> Names => All.Keys;

    static Row[] OfClaim =>
    [
        new("payer", static (at, args) => at.Payer == PayerKind.None
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, Words.PayerKinds[at.Payer]) >= 0), "payer-kind"),
        new("contracted", static (at, _) => Truths.Of(at.Of.Terms?.Contracted), "contracted"),
        new("code", static (at, args) => at.Code.IsNone
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, at.Code.ToString()) >= 0)),
        new("line", LineIs),
        new("modifier", static (at, args) =>
            Truths.Of(Array.Exists(args, a => at.Modifiers.Has(Modifier.Of(a))))),
        new("place", static (at, args) => at.Place.IsNone
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, at.Place.ToString()) >= 0)),
        new("office", static (at, _) => at.Place.IsNone
            ? Truth.Unknown
            : Truths.Of(at.Book.Place(at.Place, at.Day) is { Facility: false })),
        new("claim-has", ClaimHas),
        new("responsibility", static (at, args) => at.Of.Claim is not { } claim
            || claim.Text(ClaimText.Responsibility) is not { Length: > 0 } text
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, text) >= 0)),
        new("finding", static (at, args) => at.Of.Claim is null ? Truth.Unknown : Truths.Of(HasFinding(at, args))),
        new("pair", PairIs),
        new("over-limit", static (at, _) => Limit(at) is { } limit && at.Units is { } units
            ? Truths.Of(units > Quantity.Of(limit.Limit))
            : Truth.Unknown),
        new("limit-kind", static (at, args) => Limit(at) is { } limit
            ? Truths.Of(Array.IndexOf(args, limit.Mai.ToString(System.Globalization.CultureInfo.InvariantCulture)) >= 0)
            : Truth.Unknown),
    ];

    static readonly (string Name, CodeGroups Any)[] Kinds =
    [
        ("visit", Group.Visit | Group.NurseVisit | Group.PreventiveVisit | Group.WellnessVisit),
        ("nurse-visit", Group.NurseVisit),
        ("injection", Group.Injection),
        ("administration",
            Group.DrugAdministration | Group.VaccineAdministration | Group.MedicareVaccineAdministration),
        ("vaccine-administration", Group.VaccineAdministration | Group.MedicareVaccineAdministration),
        ("vaccine", Group.VaccineProduct),
        ("drug", Group.DrugCode),
        ("add-on", Group.AddOn),
        ("initial", Group.InitialInfusion),
        ("unclassified", Group.UnclassifiedDrug),
        ("preventive", Group.PreventiveVisit | Group.WellnessVisit),
        ("chemotherapy", Group.ChemoAdministration),
    ];

    public static bool IsLineOf(Situation at, string kind) => LineIs(at, [kind]) == Truth.Yes;

    static Truth LineIs(Situation at, string[] args)
    {
        if (at.Code.IsNone) return Truth.Unknown;
        foreach (var (name, any) in Kinds)
            if (Array.IndexOf(args, name) >= 0 && at.Groups.HasAny(any)) return Truth.Yes;
        return Truth.No;
    }

    static Truth ClaimHas(Situation at, string[] args)
    {
        if (at.Of.Claim is not { } claim) return Truth.Unknown;
        return Truths.Of(Array.TrueForAll(args, a => a switch
        {
            "authorization" => !claim[ClaimText.PriorAuthorization].IsEmpty,
            "clia" => !claim[ClaimText.Clia].IsEmpty,
            "original-reference" => !claim[ClaimText.OriginalReference].IsEmpty,
            "ndc" => at.Sent >= 0 && (!claim.Lines[at.Sent].Ndc.IsNone || !claim.Lines[at.Sent].NdcText.IsEmpty),
            "rendering" => claim.Has(Party.Rendering),
            _ => throw new ArgumentException($"claim-has does not know {a}", nameof(args)),
        }));
    }

    static bool HasFinding(Situation at, string[] args)
    {
        foreach (ref readonly var finding in at.Findings.Span)
            if (Array.IndexOf(args, finding.Info.Id) >= 0
                && (finding.Place.Line == 0 || finding.Place.Line == at.LineNumber
                    || finding.OtherLine == at.LineNumber))
                return true;
        return false;
    }

    /// <summary>
    /// Whether the line is one of a pair of the code book with another line of the claim: <c>pair:0</c> never with a
    /// modifier, <c>pair:1</c> with one.
    /// </summary>
    static Truth PairIs(Situation at, string[] args)
    {
        if (at.Of.Claim is not { } claim || at.Sent < 0) return Truth.Unknown;
        var hospital = claim.Setting == Setting.Facility;
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            if (i == at.Sent) continue;
            var other = claim.Lines[i].Code;
            if ((at.Book.TryPair(other, at.Code, at.Day, hospital, out var row)
                || at.Book.TryPair(at.Code, other, at.Day, hospital, out row))
                && Array.IndexOf(args, ((char)('0' + row.Indicator)).ToString()) >= 0)
                return Truth.Yes;
        }
        return Truth.No;
    }

    /// <summary>The daily limit of the line's code; null where it has none.</summary>
    public static int? LimitOf(Situation at) => Limit(at)?.Limit;

    static UnitLimitRow? Limit(Situation at) =>
        at.Book.TryUnitLimit(at.Book.Id(at.Code), at.Day, at.Of.Claim?.Setting == Setting.Facility, out var row)
            ? row
            : null;
}
