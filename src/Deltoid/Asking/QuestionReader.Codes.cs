using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

internal sealed partial class QuestionReader
{
    void ReadNdc()
    {
        Each(NdcNumber, match =>
        {
            if (!asked.NdcText.Contains('-', StringComparison.Ordinal))
                (asked.ClaimedNdc, asked.NdcText) = (asked.NdcText, match.Value);
            else asked.ClaimedNdc = match.Value;
            return true;
        });
    }

    static readonly Regex NdcNumber = new(@"\b(?:\d{4,5}-\d{3,4}-\d{1,2}|\d{10,11})\b", Any);

    void ReadCodes()
    {
        Each(CodeWithModifiers, match =>
        {
            var code = Code.Of(match.Groups[1].Value);
            if (asked.Book.Id(code) < 0 || asked.Book.Codes[asked.Book.Id(code)].IsEmpty) return IsNoCode(match);
            if (!asked.Codes.Contains(code)) asked.Codes.Add(code);
            else asked.Features.Add("code-twice");
            foreach (Capture each in match.Groups[2].Captures) Add(Modifier.Of(each.Value));
            return true;
        });
        Each(LongCode, match =>
        {
            if (IsDiagnosis(match.Value)) return false;
            if (match.Value[^1] == 's' && Code.TryParse(match.Value.AsSpan(0, match.Length - 1), out var one)
                && asked.Book.Id(one) >= 0) // two 96365s
            {
                if (!asked.Codes.Contains(one)) asked.Codes.Add(one);
                asked.Features.Add("code-twice");
                return true;
            }
            asked.NotCodes.Add(match.Value.ToUpperInvariant());
            return true;
        });
    }

    /// <summary>Of the shape of a code, and none: it may be a diagnosis without its dot, or a ZIP code.</summary>
    bool IsNoCode(Match match)
    {
        var text = match.Groups[1].Value;
        if (IsDiagnosis(text)) return false;
        if (text.All(char.IsAsciiDigit) && asked.Book.TryZip(Int(text), asked.Day, out _))
        {
            asked.Zip = Int(text);
            return true;
        }
        asked.NotCodes.Add(text.ToUpperInvariant());
        return true;
    }

    void Add(Modifier modifier)
    {
        if (!asked.Modifiers.Contains(modifier)) asked.Modifiers.Add(modifier);
    }

    bool IsDiagnosis(string text) => Code.TryParse(text, out var code)
        && asked.Book.Diagnoses(asked.Day)?.Standing(code) is DiagnosisStanding.Valid or DiagnosisStanding.Header;

    /// <summary>Five digits before a unit are an amount; "J1885 units" is a code all the same.</summary>
    static readonly Regex CodeWithModifiers = new(@"(?<![\w.$,])([a-z]\d{4}|(?:\d{5}|\d{4}[a-z])(?!\s*(?:mg|mcg|ug|units?|u|iu|ml|unidades)\b))"
        + @"(?:-([a-z0-9]{2}))*\b(?!-\d)(?!,\d)", Any);

    /// <summary>One character more or less than a code has.</summary>
    static readonly Regex LongCode = new(@"\b(?:[a-z]\d{4}[a-z0-9]{1,2}|[jgq]\d{2,3}|\d{5}[a-z])\b(?!\.)", Any);

    void ReadDiagnoses()
    {
        Each(DottedDiagnosis, match => AddDiagnosis(match.Value));
        Each(PlainDiagnosis, match =>
        {
            var isSaid = asked.Has("dx-word") && !asked.Has("denied") && !asked.Has("remark");
            isSaid |= "cdefghijklorstz".Contains(match.Value[0], StringComparison.Ordinal); // others are reasons as well
            return (match.Length > 3 || isSaid) && !IsReason(match.Value) && IsDiagnosis(match.Value)
                && asked.Book.DrugNamed(match.Value) is null && AddDiagnosis(match.Value);
        });
    }

    bool IsReason(string text) => !asked.Has("dx-word") && Rarc.IsMatch(text);

    bool AddDiagnosis(string text)
    {
        if (!Code.TryParse(text, out var code)) return false;
        if (!asked.Diagnoses.Contains(code)) asked.Diagnoses.Add(code);
        return true;
    }

    static readonly Regex DottedDiagnosis = new(@"\b[a-z]\d[0-9a-z]\.[0-9a-z]{1,4}\b", Any);

    static readonly Regex PlainDiagnosis = new(@"\b[a-tv-z]\d[0-9a-z][0-9a-z]{0,4}\b", Any);

    void ReadModifiers()
    {
        Each(Said, match =>
        {
            var taken = false;
            foreach (Capture each in match.Groups[1].Captures)
                if (Modifier.TryParse(each.Value, out var modifier) && asked.Book.Modifier(modifier).Count > 0)
                {
                    Add(modifier);
                    taken = true;
                }
                else if (IsWrittenLarge(each.Value)) asked.NotModifier = each.Value.ToUpperInvariant();
                else if (each.Value.Any(char.IsAsciiDigit)) asked.Features.Add("not-a-modifier");
            return taken;
        });
        Each(OwnModifiers, match =>
        {
            Add(Modifier.Of(match.Value));
            return true;
        });
        if (asked.Has("modifier-word") && asked.Has("joint-word"))
            foreach (var (word, side) in (ReadOnlySpan<(string, string)>)[(" left ", "LT"), (" right ", "RT")])
                if ($" {asked.Text} ".Contains(word, StringComparison.Ordinal)) Add(Modifier.Of(side));
        if (asked.Codes.Count > 0)
            Each(Sides, match =>
            {
                Add(Modifier.Of(match.Value));
                return true;
            });
        Each(BareModifiers, match =>
        {
            if (!asked.Has("code") && !asked.Has("modifier-word") && asked.Codes.Count == 0 && !asked.Has("visit-word")
                && !asked.Has("adds") && !asked.Has("note-word") && asked.Drugs.Count > 0)
                return false;
            Add(Modifier.Of(match.Value));
            return true;
        });
    }

    /// <summary>Two capital letters where the question has small ones too: no word such as "is".</summary>
    bool IsWrittenLarge(string letters) => letters.All(char.IsAsciiLetter) && asked.Raw.Any(char.IsAsciiLetterLower)
        && asked.Raw.Contains(letters.ToUpperInvariant(), StringComparison.Ordinal);

    static readonly Regex Said = new(@"\b(?:modifiers?|modifers?|mods?|modificador(?:es)?)[ :#-]*(?<1>[a-z0-9]{2})\b"
        + @"(?:(?: ?[,/&+] ?| and | or | y | o | vs )(?<1>[a-z0-9]{2})\b)*|\b(?<1>[a-z0-9]{2}) (?:modifiers?|mods?)\b", Any);

    /// <summary>Letters that are nothing else on a claim.</summary>
    static readonly Regex OwnModifiers = new(@"\b(?:jw|jz|ja|jb|jg|tb|xe|xs|xp|xu|gy|gz|gx|ga(?! medicaid)|kx|gw|qw|ay|fp)\b", Any);

    static readonly Regex Sides = new(@"\b(?:rt|lt)\b", Any);

    /// <summary>Numbers that people say without the word: "with 59", "add 25".</summary>
    static readonly Regex BareModifiers = new(@"(?<![\w.$/=:-])(?:25|59|76|77|50|24|57|91)(?![\w.%/-])(?!\s*(?:mg|mcg|ml|min|units|shots|years|yo|days|months))", Any);
}
