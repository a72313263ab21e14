using System.Globalization;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12;

/// <summary>The words of arguments that only a guide knows, for <see cref="FindingText"/>.</summary>
internal static class GuideNames
{
    /// <summary>A row's label, a loop's name, a value's fault; empty of other arguments.</summary>
    public static string NameOf(Arg arg) => arg.Kind switch
    {
        ArgKind.Row => TransactionSets.Lettered((char)arg.Extra)?.Labels.GetValueOrDefault((int)arg.Value) ?? "",
        ArgKind.Loop => LoopOf(arg)?.Name ?? "",
        ArgKind.Set => KnownSets.NameOf(arg),
        ArgKind.Fault => ValueFaults.Says(arg),
        ArgKind.Remedy => ValueFaults.Remedy(arg),
        ArgKind.Codes => CodesOf(arg),
        _ => "",
    };

    internal static LoopRow? LoopOf(Arg arg) =>
        arg.Kind == ArgKind.Loop && TransactionSets.Lettered((char)arg.Extra) is { } guide
            && arg.Value < guide.Loops.Length
            ? guide.Loops[(int)arg.Value]
            : null;

    /// <summary>Codes that are named in a sentence at most; a longer list is looked up.</summary>
    const int MostCodes = 12;

    /// <summary>The codes that a row's element takes: <c>one of 1, 2</c>; empty where it has no list.</summary>
    static string CodesOf(Arg arg)
    {
        if (TransactionSets.Lettered((char)arg.Extra) is not { } guide) return "";
        if (GuideFaults.RulesOf(guide).Find(r => r.Rule.Row == arg.Value).Rule is { } rule) return CodesOf(guide, rule);
        var spec = Array.Find(guide.Specs, s => s.Row == arg.Value && s.Codes >= 0);
        if (spec.Row == 0 || spec.Codes < 0) return "";
        var codes = Array.ConvertAll(guide.CodeSets[spec.Codes].Values, static c => FindingText.Of(Arg.Segment(c)));
        return codes.Length <= MostCodes
            ? Listed(codes)
            : string.Create(CultureInfo.InvariantCulture,
                $"a code of the guide ('deltoid explain X12{(char)arg.Extra}{arg.Value:0000}' lists them)");
    }

    static string CodesOf(Guide guide, SituationalRule rule)
    {
        var codes = Array.ConvertAll(GuideFaults.ValuesOf(guide, rule), static c => FindingText.Of(Arg.Segment(c)));
        return codes.Length == 0 ? ""
            : rule.Needs.IsEmpty ? "another code than " + string.Join(", ", codes)
            : Listed(codes);
    }

    static string Listed(string[] codes) => codes.Length == 1 ? codes[0] : "one of " + string.Join(", ", codes);

    /// <summary>
    /// The segment that a finding is about: its second argument, or where that is an amount, the row's.
    /// </summary>
    internal static string SegmentOf(in Finding finding) =>
        finding.B.Kind == ArgKind.Segment ? FindingText.Of(finding.B) : SegmentRowOf(finding)?.Name ?? "";

    /// <summary>The loop that it is about, in the same way.</summary>
    internal static LoopRow? LoopOf(in Finding finding) =>
        finding.B.Kind == ArgKind.Segment || SegmentRowOf(finding) is not { } row
            ? LoopOf(finding.C)
            : TransactionSets.Lettered((char)finding.A.Extra)!.Loops[row.Loop];

    /// <summary>The segment of the guide whose row a finding names; null when it names none.</summary>
    internal static SegmentRow? SegmentRowOf(in Finding finding)
    {
        if (finding.A.Kind != ArgKind.Row || TransactionSets.Lettered((char)finding.A.Extra) is not { } guide)
            return null;
        return guide.SegmentOf((int)finding.A.Value) is >= 0 and var index ? guide.Segments[index] : null;
    }

    /// <summary>The row of a guide that a finding names: <c>X12P0103</c>; empty when it names none.</summary>
    public static string RowOf(in Finding finding) =>
        finding.A.Kind == ArgKind.Row
            ? string.Create(CultureInfo.InvariantCulture, $"X12{(char)finding.A.Extra}{finding.A.Value:0000}")
            : "";
}
