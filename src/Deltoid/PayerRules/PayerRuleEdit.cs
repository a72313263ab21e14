using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>
/// Rules of a user that the same groups of a claim wake, as one edit. A line then finds its rules by code and payer in
/// a look-up or three, so that rules about other codes or other payers cost nothing.
/// </summary>
internal sealed class PayerRuleEdit : Edit
{
    /// <summary>More pairs of code and payer than this are found by the code alone.</summary>
    const int MostKeys = 1000;

    readonly Dictionary<ulong, PayerRule[]> byKey = [];
    readonly PayerRule[]?[] byFirst = new PayerRule[128][]; // of runs of codes, by the first letter
    readonly PayerRule[] ofAll;

    PayerRuleEdit(CodeGroups all, CodeGroups any, IReadOnlyList<PayerRule> rules)
    {
        (All, Any, Infos) = (all, any, [.. rules.Select(static r => r.Info)]);
        var (keys, firsts, others) = (new Dictionary<ulong, List<PayerRule>>(),
            new SortedDictionary<int, List<PayerRule>>(), new List<PayerRule>());
        foreach (var rule in rules)
        {
            var (codes, payers) = (CodesOf(rule), PayersOf(rule));
            if (codes is not null && Array.TrueForAll(codes, static c => c.IsOne))
                foreach (var key in KeysOf(codes, payers)) ListOf(keys, key).Add(rule);
            else if (payers is not null) foreach (var payer in payers) ListOf(keys, Key(0, payer)).Add(rule);
            else if (codes is not null)
                for (var first = 0; first < byFirst.Length; first++)
                {
                    if (Array.Exists(codes, c => c.Low >> 56 <= first && first <= c.High >> 56))
                        ListOf(firsts, first).Add(rule);
                }
            else others.Add(rule);
        }
        foreach (var (key, list) in keys) byKey[key] = [.. list.Distinct()];
        foreach (var (first, list) in firsts) byFirst[first] = [.. list];
        ofAll = [.. others];
    }

    public override FindingInfo Info => Infos[0];

    public override IReadOnlyList<FindingInfo> Infos { get; }

    public override CodeGroups All { get; }

    public override CodeGroups Any { get; }

    /// <summary>The shipped edits, and the rules as edits: one for each choice of groups that must wake them.</summary>
    public static EditSet WithShipped(IReadOnlyList<PayerRule> rules) =>
        new([.. Shipped.Edits.Edits, .. rules.GroupBy(NeedsOf).Select(static g =>
            new PayerRuleEdit(g.Key.All, g.Key.Any, [.. g]))]);

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var payer = HashOf(claim.Claim[ClaimText.PayerId]);
        if (payer != 0 && byKey.TryGetValue(Key(0, payer), out var ofPayer))
            for (var line = 0; line < claim.Count; line++) Ask(ofPayer, claim, line, findings);
        for (var line = 0; line < claim.Count; line++)
        {
            var code = claim.CodeOf(line).Packed;
            Ask(ofAll, claim, line, findings);
            if (byKey.TryGetValue(Key(code, 0), out var ofCode)) Ask(ofCode, claim, line, findings);
            if (payer != 0 && byKey.TryGetValue(Key(code, payer), out var ofBoth)) Ask(ofBoth, claim, line, findings);
            if (byFirst[(int)(code >> 56) & 127] is { } ofRun) Ask(ofRun, claim, line, findings);
        }
    }

    static void Ask(PayerRule[] rules, BoundClaim claim, int line, FindingList findings)
    {
        foreach (var rule in rules)
        {
            if (rule.Holds(claim, line) != true || (rule.OfClaim && findings.Has(rule.Info.Id))) continue;
            findings.Add(rule.Info, rule.OfClaim
                ? Place.OfClaim(rule.Points == Field.Code ? Field.Lines : rule.Points)
                : Place.OfLine(claim.Line(line).Number, rule.Points), CodeAt(claim, line), default);
        }
    }

    /// <summary>The groups without which no condition of the rule can hold.</summary>
    static (CodeGroups All, CodeGroups Any) NeedsOf(PayerRule rule)
    {
        var (all, any) = (Group.AnyLine, CodeGroups.None);
        foreach (var condition in rule.Conditions)
        {
            if (condition.NeedsChart) all |= Group.ChartPresent;
            if (condition is not RuleTest { Way: RuleWay.Is } test) continue;
            if (test.Field == RuleFields.Setting && !test.Values.Has((long)Setting.Professional))
                all |= Group.Institutional;
            if (test.Field == RuleFields.PayerKind && any.IsEmpty) any = GroupsOf(test.Values);
        }
        return (all, any);
    }

    /// <summary>None where one of the kinds has no group: then it wakes with every line.</summary>
    static CodeGroups GroupsOf(RuleValues kinds)
    {
        var any = CodeGroups.None;
        foreach (var range in kinds.Ranges)
        {
            var group = Binder.PayerGroup((PayerKind)range.Low);
            if (group.IsEmpty) return CodeGroups.None;
            any |= group;
        }
        return any;
    }

    static RuleRange[]? CodesOf(PayerRule rule) =>
        AskedOf(rule, RuleFields.Code) is { } values ? [.. values.Ranges] : null;

    /// <summary>The hashes of the payers that it is for; null where it is for any, or for ids that begin so.</summary>
    static ulong[]? PayersOf(PayerRule rule) =>
        AskedOf(rule, RuleFields.Payer) is { } values && values.Texts.All(static t => !t.IsBeginning)
            ? [.. values.Texts.Select(static t => HashOf(t.Upper))]
            : null;

    static RuleValues? AskedOf(PayerRule rule, RuleField field)
    {
        foreach (var condition in rule.Conditions)
            if (condition is RuleTest { Way: RuleWay.Is } test && test.Field == field) return test.Values;
        return null;
    }

    static IEnumerable<ulong> KeysOf(RuleRange[] codes, ulong[]? payers)
    {
        if (payers is null || (long)payers.Length * codes.Length > MostKeys) payers = [0];
        foreach (var code in codes)
            foreach (var payer in payers) yield return Key((ulong)code.Low, payer);
    }

    static List<PayerRule> ListOf<T>(IDictionary<T, List<PayerRule>> lists, T key)
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }

    // a hash, whose product is meant to wrap; every condition is asked all the same
    static ulong Key(ulong code, ulong payer) => unchecked((code * 0x9E3779B97F4A7C15) ^ payer);

    /// <summary>Of a text in any case; 0 of an empty one.</summary>
    static ulong HashOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in text)
            hash = unchecked((hash ^ RuleValues.Upper(b)) * 0x100000001B3); // FNV: the product is meant to wrap
        return hash | 1;
    }
}
