using System.Globalization;
using System.Text;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>
/// A page of src/Deltoid/Remits/Causes: denied claims, each with what it comes to. A <c>denied</c> fence is the claim
/// in claim notation, on top of a clean one, and then, one a line:
/// <list type="bullet">
/// <item><c>paid 2026-08-03 status 4 control PC1 remark MA130</c>: a payment, each with its lines;</item>
/// <item><c>1 CO-5 M77</c>: line 1 as the remittance has it; an adjustment without an amount takes what is left of the
/// charge, <c>1 12.04 CO-45 25.64 PR-2 3.07</c> pays 12.04;</item>
/// <item><c>all CO-29</c>: the same of every line; <c>plb WO 106.32 PC0</c>: a provider adjustment; <c>whole CO-131
/// 5.00</c>: an adjustment of the claim as a whole; <c>amt I 1.20</c>: an amount beside the balance;</item>
/// <item><c>status A7:33:IL</c>: a 277CA instead of a payment, status by status (category, code, who); <c>ack R NM1
/// P001</c>: a 999, its segment at fault and the claim that it names; <c>ack ta1 R 010</c>: a TA1;</item>
/// <item><c>fact NAME field=value lines=1,2</c>, <c>not NAME …</c>; a blank in a value is an underscore;</item>
/// <item><c>contract lesserOfCharge=true tolerance=0.05</c> and <c>rate codes=96372 from=2026-01-01 method=per-unit
/// amount=30.00 source=B_2</c>: what the payer agreed to pay, in the words of contract JSON, a row a line;</item>
/// <item><c>prior PAID CO-45 55.00</c>: the payer before; <c>terms appealDays=180 contracted</c>; <c>today
/// DAY</c>;</item>
/// <item><c>chart {…}</c>: encounter JSON, on one line.</item>
/// </list>
/// An <c>answer</c> fence has lines of what the answer prints, which must all be there; the first must be its first.
/// </summary>
internal sealed record DenialPage(string Name, string Title, IReadOnlyList<DenialPage.Case> Cases)
{
    internal sealed record Case(string Name, string Denied, string Answer);

    public static IReadOnlyList<DenialPage> All(string root)
    {
        var folder = Path.Combine(root, "src", "Deltoid", "Remits", "Causes");
        return [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .Select(f => Read(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))];
    }

    /// <exception cref="FormatException">A fence is not closed, or an answer has no case.</exception>
    public static DenialPage Read(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var (cases, heading, denied) = (new List<Case>(), "", "");
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                var (kind, body) = (lines[i][3..], new StringBuilder());
                while (++i < lines.Length && lines[i] != "```") body.Append(lines[i]).Append('\n');
                if (i == lines.Length) throw new FormatException($"{name}: the fence {kind} is not closed");
                if (kind == "denied") denied = body.ToString();
                else if (kind != "answer" || denied.Length == 0)
                    throw new FormatException($"{name}: {kind} without a case");
                else
                {
                    cases.Add(new(heading, denied, body.ToString()));
                    denied = "";
                }
            }
            else if (lines[i].Length > 0) heading = lines[i - 1].Length > 0 ? $"{heading} {lines[i]}" : lines[i];
        }
        return denied.Length == 0
            ? new(name, lines[0], cases)
            : throw new FormatException($"{name}: a case without an answer");
    }

    /// <summary>What is wrong with an answer; empty when nothing is.</summary>
    public static string Judge(Case one, Resolver resolver)
    {
        var printed = Print(resolver.Resolve(DenialNotation.Read(one.Denied)));
        var expected = one.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (expected.Length == 0) return "the answer states nothing";
        var lines = printed.Split('\n');
        if (lines[0] == expected[0] && Array.TrueForAll(expected, e => Array.IndexOf(lines, e) >= 0)) return "";
        return $"expected\n{one.Answer}\nanswered\n{printed}";
    }

    /// <summary>An answer in the page's words.</summary>
    public static string Print(Resolution of)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{of.Cause?.Cause ?? "no row"} {Steps.Words[of.Step]}");
        if (of.Deadline is { } deadline)
            text.Append(CultureInfo.InvariantCulture,
                $" by {deadline.Date.Iso()}, {deadline.Days} days from {deadline.From}");
        text.Append('\n').Append("kind ").Append(Steps.Kinds[of.Kind]).Append('\n');
        text.Append("because ").Append(of.Cause?.Words).Append('\n');
        foreach (var (step, when) in of.Alternatives) text.Append("or ").Append(Steps.Words[step]).Append('\n');
        foreach (var (step, why) in of.Never) text.Append("never ").Append(step).Append('\n');
        foreach (var change in of.Changes)
            text.Append($"{change.Op} {change.Path} {change.Value}".TrimEnd()).Append('\n');
        foreach (var line in of.Lines)
            text.Append(CultureInfo.InvariantCulture, $"line {line.Number} ")
                .Append($"{line.Row.Cause} {Steps.Words[line.Step]}\n");
        foreach (var posting in of.Postings)
            text.Append(CultureInfo.InvariantCulture, $"post {posting.Line} {Steps.Postings[posting.Kind]} ")
                .Append(posting.Reason.IsNone ? "" : posting.Group.IsNone ? $"{posting.Reason} "
                    : $"{posting.Group}-{posting.Reason} ")
                .Append(posting.Amount)
                .Append('\n');
        foreach (var price in of.Prices) text.Append(ContractNotation.Print(price)).Append('\n');
        foreach (var question in of.Questions) text.Append("ask ").Append(question.Fact).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"patient owes {of.PatientOwes}\n");
        text.Append("confidence ").Append(Steps.Confidences[of.Confidence]);
        return text.ToString();
    }
}
