using System.Text;
using Deltoid.Claims;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>
/// The fence <c>lines</c>: <c>J3420-JZ x1 dx D51.0 ndc 00517003125 ML 1 = $0.50</c>, one line each, in the claim's
/// order. The amount after the sign is what the line should pay; it is compared where it stands. <c>= -</c> says that
/// it is not priced.
/// </summary>
internal static class PageLines
{
    public static string Print(CodedVisit visit)
    {
        var text = new StringBuilder();
        for (var i = 0; i < visit.Claim.Lines.Length; i++)
        {
            text.Append(Line(visit.Claim, visit.Claim.Lines[i]));
            if (i < visit.Expected.Count) text.Append(" = ").Append(Amount(visit, i));
            text.Append('\n');
        }
        return text.ToString().TrimEnd();
    }

    static string Amount(CodedVisit visit, int index) =>
        visit.Expected[index].Amount is { } amount ? $"${amount}" : "-";

    static string Line(Claim claim, in ServiceLine line)
    {
        var text = new StringBuilder(line.Code.ToString());
        for (var i = 0; i < line.Modifiers.Count; i++) text.Append('-').Append(line.Modifiers[i]);
        text.Append(" x").Append(line.Units);
        for (var i = 0; i < line.Pointers.Count; i++)
            text.Append(i == 0 ? " dx " : ",").Append(claim.Diagnoses[line.Pointers[i] - 1].ToDiagnosis());
        if (!line.PlaceOfService.IsNone) text.Append(" pos ").Append(line.PlaceOfService);
        if (!line.Ndc.IsNone)
            text.Append(" ndc ").Append(line.Ndc)
                .Append(line.NdcUnit == NdcUnit.None ? "" : $" {line.NdcUnit} {line.NdcQuantity}");
        if (!line.Narrative.IsEmpty) text.Append(" note \"").Append(claim.Text(line.Narrative)).Append('"');
        return text.ToString();
    }

    public static string Compare(CodedVisit visit, string text)
    {
        var expected = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (expected.Length != visit.Claim.Lines.Length)
            return $"{expected.Length} lines are stated, {visit.Claim.Lines.Length} came out";
        for (var i = 0; i < expected.Length; i++)
        {
            var parts = expected[i].Split(" = ");
            var stated = string.Join(' ', parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (stated != Line(visit.Claim, visit.Claim.Lines[i])) return $"line {i + 1} differs";
            if (parts.Length > 1 && (i >= visit.Expected.Count || parts[1].Trim() != Amount(visit, i)))
                return $"the amount of line {i + 1} differs";
        }
        return "";
    }
}
