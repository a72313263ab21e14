using System.Globalization;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>How a claim is printed in the notation.</summary>
internal static partial class ClaimNotation
{
    /// <summary>
    /// The claim in its notation, lines ended by \n: what differs from an empty claim, and every line in full.
    /// </summary>
    public static string Print(Claim claim)
    {
        var text = new StringBuilder();
        PrintHead(claim, text);
        PrintRest(claim, text);
        var codes = 0;
        foreach (ref readonly var line in claim.Lines) codes = Math.Max(codes, CodeText(line).Length);
        foreach (ref readonly var line in claim.Lines) PrintLine(claim, line, codes, text);
        return text.ToString();
    }

    static void PrintHead(Claim claim, StringBuilder text)
    {
        var words = new List<string>();
        if (claim.PayerKind != PayerKind.None) words.Add($"payer {Words.PayerKinds[claim.PayerKind]}");
        if (claim.Lines.Length > 0) words.Add($"dos {Day(claim.ServiceDate)}");
        if (!claim.PlaceOfService.IsNone) words.Add($"pos {claim.PlaceOfService}");
        if (claim.DiagnosisCount > 0)
        {
            var codes = new List<string>();
            foreach (var diagnosis in claim.Diagnoses) codes.Add(DiagnosisText(diagnosis));
            words.Add($"dx {string.Join(' ', codes)}");
        }
        AddLine(text, words);
    }

    static void PrintRest(Claim claim, StringBuilder text)
    {
        var words = new List<string>();
        if (claim.Setting != Setting.None) words.Add($"setting {Words.Settings[claim.Setting]}");
        if (claim.BirthDate is { } born) words.Add($"born {Day(born)}");
        if (claim.Sex != Sex.None) words.Add($"sex {Words.Sexes[claim.Sex]}");
        if (claim.Frequency != '1' && char.IsAsciiLetterOrDigit(claim.Frequency))
            words.Add($"frequency {claim.Frequency}");
        foreach (var (word, value) in ClaimTexts)
            if (!claim[value].IsEmpty) words.Add($"{word} {Quoted(claim.Text(value))}");
        if (claim.Made != default) words.Add($"made {Day(claim.Made)}");
        foreach (var (word, party, field) in PartyTexts)
            if (!claim[party, field].IsEmpty) words.Add($"{word} {Quoted(claim.Text(party, field))}");
        if (claim.Charge != Sum(claim)) words.Add($"total {claim.Charge?.ToString() ?? "-"}");
        AddLine(text, words);
    }

    static void AddLine(StringBuilder text, List<string> words)
    {
        if (words.Count > 0) text.AppendJoin("  ", words).Append('\n');
    }

    static void PrintLine(Claim claim, in ServiceLine line, int codes, StringBuilder text)
    {
        var words = new List<string>
        {
            line.Number.ToString(CultureInfo.InvariantCulture), CodeText(line).PadRight(codes), $"x{line.Units}"
        };
        if (line.Pointers.Count > 0 || claim.DiagnosisCount > 0) words.Add($"dx {PointerText(line.Pointers)}");
        if (line.Charge is { } charge) words.Add($"charge {charge}");
        if (NdcText(claim, line) is { Length: > 0 } ndc) words.Add(ndc);
        if (!line.PlaceOfService.IsNone) words.Add($"pos {line.PlaceOfService}");
        if (line.Date != claim.ServiceDate) words.Add($"date {Day(line.Date)}");
        if (line.Thru != default) words.Add($"thru {Day(line.Thru)}");
        if (!line.RevenueCode.IsNone) words.Add($"rev {line.RevenueCode}");
        if (!line.Narrative.IsEmpty) words.Add($"note {Quoted(claim.Text(line.Narrative), always: true)}");
        if (!line.Control.IsEmpty) words.Add($"control {Quoted(claim.Text(line.Control))}");
        AddLine(text, words);
    }

    static string CodeText(in ServiceLine line)
    {
        var code = line.Code.IsNone ? "-" : line.Code.ToString();
        return line.Modifiers.IsEmpty ? code : $"{code}-{line.Modifiers}";
    }

    static string PointerText(Pointers pointers)
    {
        var (letters, numbers, fits) = ("", "", true);
        for (var i = 0; i < pointers.Count; i++)
        {
            letters += (char)('A' + pointers[i] - 1);
            numbers += (i == 0 ? "" : ",") + pointers[i].ToString(CultureInfo.InvariantCulture);
            fits &= pointers[i] <= 26;
        }
        return pointers.Count == 0 ? "-" : fits ? letters : numbers;
    }

    static string NdcText(Claim claim, in ServiceLine line)
    {
        if (line.Ndc.IsNone && line.NdcText.IsEmpty && line.NdcUnit == NdcUnit.None
            && line.NdcQuantity == Quantity.Zero)
            return "";
        var code = !line.Ndc.IsNone ? ClaimJson.AsWritten(line.Ndc)
            : line.NdcText.IsEmpty ? "-"
            : Quoted(claim.Text(line.NdcText));
        var unit = line.NdcUnit == NdcUnit.None ? "-" : line.NdcUnit.ToString();
        return line.NdcQuantity == Quantity.Zero ? $"ndc {code} {unit}" : $"ndc {code} {unit} {line.NdcQuantity}";
    }

    /// <summary>
    /// As people write it; in quotes when it does not look like a diagnosis and could be taken for another word.
    /// </summary>
    static string DiagnosisText(Code diagnosis) =>
        char.IsAsciiLetter(diagnosis[0]) && char.IsAsciiDigit(diagnosis[1])
            ? diagnosis.ToDiagnosis()
            : $"\"{diagnosis}\"";

    static string Day(DateOnly day) => day == default ? "-" : day.Iso();

    static string Quoted(string text, bool always = false)
    {
        var plain = text is not ("" or "-") && !always;
        foreach (var c in text) plain &= !char.IsWhiteSpace(c) && c is not '"';
        if (plain) return text;
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
