using System.Text.RegularExpressions;
using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>Which list a code of an answer is of; the names of the lists are those of <c>responses.tsv</c>.</summary>
internal enum ResponseKind : byte
{
    Category, Status, Entity, SegmentError, ElementError, SetError, GroupError, InterchangeError, Verdict, PaidStatus,
    ProviderAdjustment, Amount, Quantity, Handling, Method, Fate,
    Benefit, CoverageLevel, ServiceType, InsuranceType, TimePeriod, BenefitCount, PerTime, BenefitDay, BenefitParty,
    RejectReason, FollowUp,
}

/// <summary>A code by which payers and clearinghouses answer, in words of our own.</summary>
/// <param name="Label">In the middle of a sentence; of a status <c>{}</c> is where the entity goes.</param>
/// <param name="Do">What to do about it; empty where nothing is to do.</param>
internal sealed partial record ResponseCode(string Code, ResponseKind Kind, string Label, string Do)
{
    /// <summary>The label with the entity in its place, or without one.</summary>
    public string Words(string entity) => entity.Length > 0
        ? Label.Replace("{}", entity, StringComparison.Ordinal)
        : Entity.Replace(Label, "").Replace("{}", "someone else", StringComparison.Ordinal);

    /// <summary>What goes when no entity is named: <c>NPI of {}</c>, <c>{}: not found</c>.</summary>
    static readonly Regex Entity = new(@"( of| by| to| with| for| through) \{\}|\{\}: ");
}

/// <summary>
/// The codes of 277CA, 999, TA1, 835, 277 and 271 that are not adjustment reasons. Immutable; one is shared.
/// </summary>
internal sealed class ResponseCodes
{
    static readonly Lazy<ResponseCodes> shipped = new(static () => new());

    static readonly (ResponseKind Kind, string Name, string Where)[] Kinds =
    [
        (ResponseKind.Category, "status-category", "STC01-1: claim status category (277CA, 277)"),
        (ResponseKind.Status, "claim-status", "STC01-2: claim status (277CA, 277)"),
        (ResponseKind.Entity, "entity", "STC01-3 and NM101: who is meant"),
        (ResponseKind.SegmentError, "segment-error", "IK304: error of a segment (999)"),
        (ResponseKind.ElementError, "element-error", "IK403: error of an element (999)"),
        (ResponseKind.SetError, "set-error", "IK502: error of a set (999)"),
        (ResponseKind.GroupError, "group-error", "AK905: error of a group (999)"),
        (ResponseKind.InterchangeError, "interchange-error", "TA105: error of an interchange (TA1)"),
        (ResponseKind.Verdict, "verdict", "IK501, AK901, TA104: accepted or rejected"),
        (ResponseKind.PaidStatus, "paid-status", "CLP02: what was done with a claim (835)"),
        (ResponseKind.ProviderAdjustment, "provider-adjustment", "PLB03: a change of the payment (835)"),
        (ResponseKind.Amount, "amount", "AMT01: kind of amount (835)"),
        (ResponseKind.Quantity, "quantity", "QTY01: kind of quantity (835)"),
        (ResponseKind.Handling, "handling", "BPR01: what moves (835)"),
        (ResponseKind.Method, "method", "BPR04: how it is paid (835)"),
        (ResponseKind.Fate, "fate", "CAS: where an adjustment went (835)"),
        (ResponseKind.Benefit, "benefit", "EB01: what is said of a benefit (271)"),
        (ResponseKind.CoverageLevel, "coverage-level", "EB02: whom a benefit covers (271)"),
        (ResponseKind.ServiceType, "service-type", "EQ01 and EB03: type of service (270, 271)"),
        (ResponseKind.InsuranceType, "insurance-type", "EB04: kind of insurance (271)"),
        (ResponseKind.TimePeriod, "time-period", "EB06: period of a benefit (271)"),
        (ResponseKind.BenefitCount, "benefit-count", "EB09 and HSD01: what is counted (271)"),
        (ResponseKind.PerTime, "per-time", "HSD03: per how long (271)"),
        (ResponseKind.BenefitDay, "benefit-day", "DTP01: which day (270, 271)"),
        (ResponseKind.BenefitParty, "benefit-party", "NM101 of loop 2120: who is meant (271)"),
        (ResponseKind.RejectReason, "reject-reason", "AAA03: why a question was not answered (271)"),
        (ResponseKind.FollowUp, "follow-up", "AAA04: what to do after that (271)"),
    ];

    readonly List<ResponseCode> all = [];
    readonly Dictionary<(ResponseKind, string), ResponseCode> byCode = [];

    ResponseCodes()
    {
        var rows = ShippedRows.Open("rules/responses.tsv");
        int code = rows.Column("code"), kind = rows.Column("kind"), label = rows.Column("label"),
            action = rows.Column("do");
        while (rows.Next())
        {
            var name = rows[kind].ToString();
            var of = Array.FindIndex(Kinds, k => k.Name == name);
            if (of < 0) throw rows.Wrong(kind, "is not a kind");
            var row = new ResponseCode(new(rows[code]), Kinds[of].Kind, new(rows[label]), new(rows[action]));
            all.Add(row);
            byCode.Add((row.Kind, row.Code), row);
        }
    }

    public static ResponseCodes Shipped => shipped.Value;

    public IReadOnlyList<ResponseCode> All => all;

    /// <summary>A code of a list; null when it has no row here.</summary>
    public ResponseCode? Find(ResponseKind kind, string code) => byCode.GetValueOrDefault((kind, code));

    /// <summary>Our words for a code; the code itself where it has no row here.</summary>
    public string Words(ResponseKind kind, string code) => Find(kind, code)?.Label ?? code;

    /// <summary>The name of a list, and where its codes are found in X12.</summary>
    public static (string Name, string Where) NameOf(ResponseKind kind)
    {
        var row = Array.Find(Kinds, k => k.Kind == kind);
        return (row.Name, row.Where);
    }
}
