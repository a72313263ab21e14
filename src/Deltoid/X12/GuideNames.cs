using System.Globalization;
using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>The words of arguments that only a guide knows, for <see cref="FindingText"/>.</summary>
public static class GuideNames
{
    /// <summary>A row's label, a loop's name; empty of other arguments.</summary>
    public static string NameOf(Arg arg) => arg.Kind switch
    {
        ArgKind.Row => TransactionSets.Lettered((char)arg.Extra)?.Labels.GetValueOrDefault((int)arg.Value) ?? "",
        ArgKind.Loop => LoopOf(arg)?.Name ?? "",
        ArgKind.Set => KnownSets.NameOf(arg),
        _ => "",
    };

    internal static LoopRow? LoopOf(Arg arg) =>
        arg.Kind == ArgKind.Loop && TransactionSets.Lettered((char)arg.Extra) is { } guide && arg.Value < guide.Loops.Length
            ? guide.Loops[(int)arg.Value]
            : null;

    /// <summary>The row of a guide that a finding names: <c>X12P0103</c>; empty when it names none.</summary>
    public static string RowOf(in Finding finding) => finding.A.Kind == ArgKind.Row ? string.Create(CultureInfo.InvariantCulture, $"X12{(char)finding.A.Extra}{finding.A.Value:0000}") : "";
}
