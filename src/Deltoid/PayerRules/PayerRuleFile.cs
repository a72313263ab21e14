using System.Globalization;
using System.Text;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>
/// Reads a file of payer rules: each begins with <c>rule</c>, then a word and its value on each line. The grammar is in
/// docs/payer-rules.md. Every mistake of the file is reported at once, with its line and column and what to write; no
/// message repeats a word of the file.
/// </summary>
internal sealed partial class PayerRuleFile
{
    /// <summary>More than any practice has; a file of another kind is not read to its end.</summary>
    public const int MostRules = 10_000, MostBytes = 8 << 20, MostFaults = 50, LongestLine = 20_000, LongestText = 500;

    readonly string[] lines;
    readonly List<InputException> faults = [];
    readonly List<PayerRule> rules = [];
    readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase); // and ids
    int at; // the line that is read, from 0

    PayerRuleFile(string text) => lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <exception cref="InputException">The first mistake; the others are its <c>Also</c>.</exception>
    public static IReadOnlyList<PayerRule> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            throw new InputException("", "the file is larger than 8 MB", "split it, or give a file of rules");
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw new InputException("", "the text is not UTF-8", "save it as UTF-8");
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        var file = new PayerRuleFile(Encoding.UTF8.GetString(utf8));
        file.ReadAll();
        if (file.faults.Count > 0)
            throw new InputException(file.faults[0].At, file.faults[0].Message, file.faults[0].Try,
                [.. file.faults.Skip(1).Take(MostFaults - 1)]);
        if (file.rules.Count == 0)
            throw new InputException("", "no rule is in this file", "begin with: rule OWN0001 name-of-the-rule");
        return file.rules;
    }

    void ReadAll()
    {
        while (at < lines.Length && faults.Count < MostFaults)
        {
            if (IsBlank(lines[at])) at++;
            else if (WordOf(lines[at]) != "rule")
            {
                Fault(0, "this is not the beginning of a rule", "write: rule OWN0001 name-of-the-rule");
                SkipRule();
            }
            else if (rules.Count == MostRules)
            {
                Fault(0, "the file has more than 10,000 rules", "split it");
                return;
            }
            else ReadRule();
        }
    }

    void SkipRule()
    {
        at++;
        while (at < lines.Length && WordOf(lines[at]) != "rule") at++;
    }

    static bool IsBlank(string line) => line.AsSpan().Trim() is [] or ['#', ..];

    static string WordOf(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? line : line[..end];
    }

    /// <summary>The value after the word, and its column from 0.</summary>
    static (string Value, int Column) ValueOf(string line)
    {
        var from = WordOf(line).Length;
        while (from < line.Length && line[from] == ' ') from++;
        return (line[from..].TrimEnd(), from);
    }

    void Fault(int column, string message, string tryThis) => FaultAt(at, column, message, tryThis);

    /// <param name="line">From 0, as is the column.</param>
    void FaultAt(int line, int column, string message, string tryThis) =>
        faults.Add(new(string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column + 1}"), message,
            tryThis));

    /// <summary>What of a rule was read so far.</summary>
    sealed class Draft
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public HashSet<string> Given { get; } = new(StringComparer.Ordinal);
        public Severity? Severity { get; set; }
        public Outcome? Outcome { get; set; }
        public string Message { get; set; } = "";
        public string Remedy { get; set; } = "";
        public string Citation { get; set; } = "";
        public string? Url { get; set; }
        public string? From { get; set; }
        public string Thru { get; set; } = "";
        public bool OfClaim { get; set; }
        public List<Prediction> Predicts { get; } = [];
        public List<RuleCondition> Conditions { get; } = [];
        public int Tests { get; set; }
        public List<RuleCase> Cases { get; } = [];
    }

    void ReadRule()
    {
        var (line, before) = (at, faults.Count);
        var (value, column) = ValueOf(lines[at]);
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !IsId(parts[0]) || !IsName(parts[1]))
            Fault(column, "rule: an id and a name are due: OWN and four digits, then small letters, digits and hyphens",
                "write: rule OWN0001 name-of-the-rule");
        else if (!names.Add(parts[0])) Fault(column, "rule: another rule has this id", "use the next free number");
        else if (!names.Add(parts[1])) Fault(column, "rule: another rule has this name", "use another name");
        var draft = new Draft { Id = parts.FirstOrDefault() ?? "", Name = parts.LastOrDefault() ?? "" };
        at++;
        while (at < lines.Length && WordOf(lines[at]) != "rule" && faults.Count < MostFaults)
        {
            if (IsBlank(lines[at])) at++;
            else if (WordOf(lines[at]) == "case") ReadCase(draft);
            else
            {
                ReadWord(draft);
                at++;
            }
        }
        Finish(draft, line, before);
    }

    static bool IsId(string id) =>
        id.Length == PayerRule.Prefix.Length + 4 && id.StartsWith(PayerRule.Prefix, StringComparison.Ordinal)
            && id.AsSpan(PayerRule.Prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    static bool IsName(string name) =>
        name.Length <= 60 && char.IsAsciiLetterLower(name[0])
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    void ReadWord(Draft draft)
    {
        var (value, column) = ValueOf(lines[at]);
        var word = WordOf(lines[at]);
        if (Array.IndexOf(Once, word) < 0 && word is not ("and" or "predicts"))
            Fault(0, "this word is not known", $"use one of: {string.Join(", ", Once)}, predicts, and, case");
        else if (lines[at].Length > LongestLine)
            Fault(0, $"{word}: the line is longer than 20,000 characters", "shorten it, or make two rules");
        else if (value.Length == 0) Fault(word.Length, $"{word}: it has no value", "write it on the same line");
        else if (word is not ("and" or "predicts") && !draft.Given.Add(word))
            Fault(0, $"{word}: it is given twice", word == "when" ? "begin further conditions with: and" : "keep one");
        else if (word is "when" or "and") ReadCondition(draft, word, value, column);
        else ReadWord(draft, word, value, column);
    }

    /// <summary>The words that a rule has once.</summary>
    static readonly string[] Once =
        ["severity", "outcome", "message", "remedy", "citation", "url", "from", "thru", "about", "when"];

    void ReadWord(Draft draft, string word, string value, int column)
    {
        switch (word)
        {
            case "severity":
                draft.Severity = OneOf(value, column, word, Severities);
                break;
            case "outcome":
                draft.Outcome = OneOf(value, column, word, Outcomes);
                break;
            case "about":
                draft.OfClaim = OneOf(value, column, word, Abouts) ?? false;
                break;
            case "predicts":
                ReadPrediction(draft, value, column);
                break;
            case "message":
                draft.Message = Sentence(word, value, column);
                break;
            case "remedy":
                draft.Remedy = Sentence(word, value, column);
                break;
            case "citation":
                draft.Citation = Sentence(word, value, column);
                break;
            case "url":
                draft.Url = UrlOf(value, column);
                break;
            case "from":
                draft.From = DayOf(word, value, column);
                break;
            default:
                draft.Thru = DayOf(word, value, column) ?? "";
                break;
        }
    }

    static readonly (string, bool)[] Abouts = [("line", false), ("claim", true)];

    static readonly (string, Severity)[] Severities =
        [("error", Severity.Error), ("warning", Severity.Warning), ("info", Severity.Info)];

    static readonly (string, Outcome)[] Outcomes =
    [
        ("denial", Outcome.Denial), ("rejection", Outcome.Rejection), ("underpayment", Outcome.Underpayment),
        ("overpayment", Outcome.Overpayment), ("compliance", Outcome.Compliance), ("none", Outcome.None),
    ];

    T? OneOf<T>(string value, int column, string word, (string Word, T Value)[] words) where T : struct
    {
        foreach (var (known, of) in words)
            if (known == value) return of;
        Fault(column, $"{word}: this word is not one of its words",
            $"write one of: {string.Join(", ", words.Select(static w => w.Word))}");
        return null;
    }

    /// <summary>A text that is shown as it is: braces would be filled in, control characters steer a screen.</summary>
    string Sentence(string word, string value, int column)
    {
        if (value.AsSpan().IndexOfAny('{', '}') is >= 0 and var brace)
            Fault(column + brace, $"{word}: it has a brace", "write the text as it is to be shown");
        else if (value.Length > LongestText)
            Fault(column, $"{word}: it is longer than 500 characters", "shorten it");
        else if (Shown.Of(value) != value)
            Fault(column, $"{word}: it has a character that no screen shows", "write it with plain letters");
        return value;
    }

    string? DayOf(string word, string value, int column)
    {
        if ((value == "?" && word == "from") || Days.TryRead(value, out _)) return value;
        Fault(column, $"{word}: this is not a day", word == "from"
            ? "write a day as 2026-01-31, or ? if the first day is not known"
            : "write a day as 2026-12-31, or leave the line out");
        return null;
    }

    string? UrlOf(string value, int column)
    {
        if (value.StartsWith("https://", StringComparison.Ordinal) && value.Length <= LongestText
            && !value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return value;
        Fault(column, "url: this is not a web address", "write an address that begins with https://");
        return null;
    }

    void ReadPrediction(Draft draft, string value, int column)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (IsReason(parts[0]) && parts.Skip(1).All(IsRemark)) draft.Predicts.Add(new(parts[0], parts[1..]));
        else
            Fault(column, "predicts: an adjustment is due: its group and reason, then remark codes",
                "write for example: predicts CO-197 N517");
    }

    static bool IsReason(string text) =>
        text.Length is >= 4 and <= 7 && text[..2] is "CO" or "PR" or "OA" or "PI" or "CR" && text[2] == '-'
            && text.Skip(3).All(static c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    static bool IsRemark(string text) =>
        text.Length is >= 2 and <= 6 && text.All(static c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    void Finish(Draft draft, int line, int before)
    {
        var given = draft.Given;
        void Due(string word, string tryThis)
        {
            if (!given.Contains(word)) FaultAt(line, 0, $"{word}: the rule has none", $"add: {tryThis}");
        }
        Due("severity", "severity warning");
        Due("outcome", "outcome denial");
        Due("message", "message What a biller should know");
        Due("citation", "citation The policy, its date and section");
        Due("from", "from 2026-01-01, or from ?");
        Due("when", "when payer is 60054");
        if (!draft.Cases.Exists(static c => c.Fires))
            FaultAt(line, 0, "case: no case shows that the rule fires", "add: case fires, and below it a claim");
        if (!draft.Cases.Exists(static c => !c.Fires))
            FaultAt(line, 0, "case: no case shows where the rule is quiet",
                "add: case quiet, and below it a claim on which all but one condition holds");
        if (faults.Count > before) return;
        if (!DateRange.TryParse(draft.From ?? "?", draft.Thru, out var dates))
        {
            FaultAt(line, 0, "thru: the last day is before the first", "correct from or thru");
            return;
        }
        rules.Add(new(new FindingInfo
        {
            Id = draft.Id, Name = draft.Name, Severity = draft.Severity!.Value, Outcome = draft.Outcome!.Value,
            Snip = 7,
            Citation = new(Authority.PayerPolicy, draft.Citation, draft.Url), Message = draft.Message,
            Fix = draft.Remedy.Length == 0 ? null : new(FixSafety.DisplayOnly, draft.Remedy),
            Predicts = draft.Predicts.Count == 0 ? null : [.. draft.Predicts], Effective = dates,
            Maker = Maker.PayerRule,
        }, [.. draft.Conditions], draft.OfClaim, draft.Cases, line + 1));
    }
}
