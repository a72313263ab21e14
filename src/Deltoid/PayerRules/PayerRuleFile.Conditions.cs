using System.Text;
using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>
/// The conditions of a rule. A condition is a field, how it is looked at, and values; <c>or</c>, <c>and</c>, <c>not</c>
/// and brackets put them together, within limits of depth and size, so that the cost of a rule is known.
/// </summary>
partial class PayerRuleFile
{
    public const int MostDepth = 8, MostTests = 100, MostValues = 500;

    /// <summary>A word of a condition, and its column from 0.</summary>
    readonly record struct Token(string Text, int Column, bool IsQuoted)
    {
        public bool Is(string word) => !IsQuoted && Text == word;
    }

    /// <summary>One line of conditions while it is read.</summary>
    sealed class Words(string value, int column, List<Token> tokens)
    {
        int next;

        public int At => next;

        public bool AtEnd => next == tokens.Count;

        public Token Here => AtEnd ? new("", column + value.Length, false) : tokens[next];

        public int Column => Here.Column;

        public void Step() => next++;

        public bool TryStep(params ReadOnlySpan<string> words)
        {
            for (var i = 0; i < words.Length; i++)
                if (next + i >= tokens.Count || !tokens[next + i].Is(words[i])) return false;
            next += words.Length;
            return true;
        }

        /// <summary>What was read since, as it was written.</summary>
        public string Since(int from) =>
            from == next ? "" : value[(tokens[from].Column - column)..(EndOf(next - 1) - column)];

        int EndOf(int index)
        {
            var end = index + 1 < tokens.Count ? tokens[index + 1].Column - column : value.Length;
            while (end > 0 && value[end - 1] == ' ') end--;
            return end + column;
        }
    }

    /// <summary>The words of a line; null, and a fault, where a quoted one does not end.</summary>
    List<Token>? TokensOf(string word, string value, int column)
    {
        var tokens = new List<Token>();
        for (var from = 0; from < value.Length;)
        {
            if (value[from] == ' ')
            {
                from++;
                continue;
            }
            var end = from + 1;
            if (value[from] == '"')
            {
                end = value.IndexOf('"', end);
                if (end < 0)
                {
                    Fault(column + from, $"{word}: the quoted text does not end", "close it with \"");
                    return null;
                }
                tokens.Add(new(value[(from + 1)..end], column + from, true));
                from = end + 1;
                continue;
            }
            if (value[from] is not ('(' or ')'))
                while (end < value.Length && value[end] is not (' ' or '(' or ')' or '"')) end++;
            tokens.Add(new(value[from..end], column + from, false));
            from = end;
        }
        return tokens;
    }

    void ReadCondition(Draft draft, string word, string value, int column)
    {
        if (word == "and" && draft.Conditions.Count == 0 && !draft.Given.Contains("when"))
            Fault(0, "and: the first condition begins with when", "write: when payer is 60054");
        if (TokensOf(word, value, column) is not { } tokens) return;
        var (words, before) = (new Words(value, column, tokens), faults.Count);
        var condition = ReadAny(draft, words, 1);
        if (faults.Count > before) return;
        if (!words.AtEnd && words.Here.Is(")"))
            Fault(words.Column, $"{word}: a bracket closes here that was not opened", "remove it, or open one before");
        else if (!words.AtEnd)
            Fault(words.Column, $"{word}: nothing may follow here", "remove it, or join it with: and");
        else if (draft.Conditions.Exists(c => c.Words == condition!.Words))
            Fault(column, $"{word}: this condition is given twice", "keep one");
        else draft.Conditions.Add(condition!);
    }

    /// <summary><c>A or B or C</c>.</summary>
    RuleCondition? ReadAny(Draft draft, Words words, int depth)
    {
        var (from, parts) = (words.At, new List<RuleCondition>());
        do
        {
            if (ReadAll(draft, words, depth) is not { } part) return null;
            parts.Add(part);
        }
        while (words.TryStep("or"));
        return parts.Count == 1 ? parts[0] : new RuleAny(words.Since(from), [.. parts]);
    }

    /// <summary><c>A and B and C</c>.</summary>
    RuleCondition? ReadAll(Draft draft, Words words, int depth)
    {
        var (from, parts) = (words.At, new List<RuleCondition>());
        do
        {
            if (ReadOne(draft, words, depth) is not { } part) return null;
            parts.Add(part);
        }
        while (words.TryStep("and"));
        return parts.Count == 1 ? parts[0] : new RuleAll(words.Since(from), [.. parts]);
    }

    /// <summary><c>not A</c>, <c>(A)</c>, or a field.</summary>
    RuleCondition? ReadOne(Draft draft, Words words, int depth)
    {
        if (depth > MostDepth)
        {
            Fault(words.Column, "when: the brackets are more than 8 deep", "split it into two rules");
            return null;
        }
        var from = words.At;
        if (words.TryStep("not"))
            return ReadOne(draft, words, depth + 1) is { } part ? new RuleNot(words.Since(from), part) : null;
        if (!words.TryStep("(")) return ReadTest(draft, words);
        var inner = ReadAny(draft, words, depth + 1);
        if (inner is null || words.TryStep(")")) return inner is null ? null : inner with { Words = words.Since(from) };
        Fault(words.Column, "when: the bracket does not end", "close it with )");
        return null;
    }

    RuleTest? ReadTest(Draft draft, Words words)
    {
        var (from, column) = (words.At, words.Column);
        if (++draft.Tests > MostTests)
        {
            Fault(column, "when: the rule asks for more than 100 fields", "split it into two rules");
            return null;
        }
        if (RuleFields.Find(words.Here.IsQuoted ? "" : words.Here.Text) is not { } field)
        {
            Fault(column, words.AtEnd ? "when: a condition is due here" : "when: this field is not known",
                $"use one of: {string.Join(", ", RuleFields.All.Select(static f => f.Word))}");
            return null;
        }
        words.Step();
        var (way, how) = WayOf(field, words);
        if (way is null)
        {
            Fault(words.Column, $"{field.Word}: it is not asked in this way", $"write for example: {field.Example}");
            return null;
        }
        var values = way is RuleWay.Missing or RuleWay.Given ? RuleValues.None : ReadValues(field, words, how);
        return values is null ? null : new(words.Since(from), field, way.Value, values);
    }

    /// <summary>How a number is compared.</summary>
    enum Compared { Equal, Over, Under, AtLeast, AtMost }

    static (RuleWay? Way, Compared How) WayOf(RuleField field, Words words)
    {
        var isNumber = field.Form == RuleForm.Number;
        if (isNumber && words.TryStep("over")) return (RuleWay.Is, Compared.Over);
        if (isNumber && words.TryStep("under")) return (RuleWay.Is, Compared.Under);
        if (isNumber && words.TryStep("at", "least")) return (RuleWay.Is, Compared.AtLeast);
        if (isNumber && words.TryStep("at", "most")) return (RuleWay.Is, Compared.AtMost);
        if (!words.TryStep("is") && !words.TryStep("are")) return (null, default);
        if (field.CanBeMissing && words.TryStep("missing")) return (RuleWay.Missing, default);
        if (field.CanBeMissing && words.TryStep("given")) return (RuleWay.Given, default);
        if (field.Form == RuleForm.Presence) return (null, default);
        return (words.TryStep("not") ? RuleWay.IsNot : RuleWay.Is, Compared.Equal);
    }

    /// <summary>The values up to the next <c>or</c>, <c>and</c> or bracket.</summary>
    RuleValues? ReadValues(RuleField field, Words words, Compared how)
    {
        var (ranges, texts, before, column) = (new List<RuleRange>(), new List<RuleText>(), faults.Count, words.Column);
        while (!words.AtEnd && !words.Here.Is("or") && !words.Here.Is("and") && !words.Here.Is(")"))
        {
            var value = words.Here;
            if (field.Read is null && TextOf(value) is { } text) texts.Add(text);
            else if (field.Read?.Invoke(value.Text) is { } range) ranges.Add(Compare(range, how));
            else Fault(value.Column, $"{field.Word}: this value does not read", $"write for example: {field.Example}");
            words.Step();
        }
        var count = ranges.Count + texts.Count;
        if (faults.Count > before) return null;
        if (count == 0 || count > MostValues || (how != Compared.Equal && count > 1))
            Fault(column, count == 0 ? $"{field.Word}: a value is due here"
                : count > MostValues ? $"{field.Word}: it has more than 500 values"
                : $"{field.Word}: one number is due here", $"write for example: {field.Example}");
        return faults.Count > before ? null : new(ranges, texts);
    }

    static RuleText? TextOf(Token value)
    {
        var isBeginning = !value.IsQuoted && value.Text.EndsWith('*');
        var text = isBeginning ? value.Text[..^1] : value.Text;
        if (text.Length == 0) return null;
        return new(Array.ConvertAll(Encoding.UTF8.GetBytes(text), RuleValues.Upper), isBeginning);
    }

    static RuleRange Compare(RuleRange one, Compared how) => how switch
    {
        Compared.Over => new(one.High + 1, long.MaxValue),
        Compared.Under => new(long.MinValue, one.Low - 1),
        Compared.AtLeast => new(one.Low, long.MaxValue),
        Compared.AtMost => new(long.MinValue, one.High),
        _ => one,
    };
}
