using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Results;

namespace Deltoid.Pages;

/// <summary>
/// A page of src/Deltoid/Remits/Payments: remittances, each with what is to be done with it. A <c>remit</c> fence has
/// <list type="bullet">
/// <item><c>payment 80.00 EFT1 2026-11-16 512345678 PRAIRIE</c>: begins a set; its head is added (the payer may be left
/// out), and LX before the first claim, SE and the envelope;</item>
/// <item>segments of the set, without terminators; BPR, TRN and N1 take the place of the added ones, NPI is a number
/// that is right;</item>
/// <item><c>file</c>: the next file; <c>earlier</c>: one that was received before; <c>interchange</c>: the next one in
/// the same file;</item>
/// <item><c>replace A B</c>: a text of the file that is written, once it is complete; a blank is an underscore;</item>
/// <item><c>sent P1 member=A1 name=FIELD day=2026-09-01 96372:38.00:P1L1 J3420x5:50.00</c>: a claim as it was
/// sent.</item>
/// </list>
/// An <c>answer</c> fence has lines of what is printed. The verdicts and the faults must be all that are printed, in
/// their order; the other lines must be among those that are printed.
/// </summary>
internal sealed record RemittancePage(string Name, string Title, IReadOnlyList<RemittancePage.Case> Cases)
{
    internal sealed record Case(string Name, string Files, string Answer);

    public static IReadOnlyList<RemittancePage> All(string folder) =>
        [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .Select(f => Read(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))];

    /// <exception cref="FormatException">A fence is not closed, or an answer has no case.</exception>
    public static RemittancePage Read(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var (cases, heading, files) = (new List<Case>(), "", "");
        for (var i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                if (lines[i].Length > 0) heading = lines[i - 1].Length > 0 ? $"{heading} {lines[i]}" : lines[i];
                continue;
            }
            var (kind, body) = (lines[i][3..], new StringBuilder());
            while (++i < lines.Length && lines[i] != "```") body.Append(lines[i]).Append('\n');
            if (i == lines.Length) throw new FormatException($"{name}: the fence {kind} is not closed");
            if (kind == "remit") files = body.ToString();
            else if (kind != "answer" || files.Length == 0) throw new FormatException($"{name}: {kind} without a case");
            else (cases, files) = ([.. cases, new(heading, files, body.ToString())], "");
        }
        return files.Length == 0
            ? new(name, lines[0], cases)
            : throw new FormatException($"{name}: a case without an answer");
    }

    static bool IsOfVerdict(string line) => !line.StartsWith("  ", StringComparison.Ordinal)
        || line.StartsWith("  error ", StringComparison.Ordinal)
        || line.StartsWith("  warning ", StringComparison.Ordinal);

    /// <summary>What is wrong with an answer; empty when nothing is.</summary>
    public static string Judge(Case one, CodeBook book)
    {
        var printed = Print(RemittanceNotation.Read(one.Files), book);
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = one.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return expected.Where(IsOfVerdict).SequenceEqual(lines.Where(IsOfVerdict))
            && Array.TrueForAll(expected, e => Array.IndexOf(lines, e) >= 0)
            ? ""
            : $"expected\n{one.Answer}\nanswered\n{printed}";
    }

    /// <summary>What is to be done with the files, in the page's words.</summary>
    public static string Print(RemittanceNotation notation, CodeBook book)
    {
        var sent = new SentClaims();
        foreach (var claim in notation.Claims) sent.Add(claim);
        var run = new RemitRun(book, sent, new Dictionary<string, PayerTerms>(), new(2026, 11, 20));
        var inputs = notation.Files.OrderByDescending(static f => f.IsEarlier).Select((file, i) => (file.IsEarlier,
            Input: new RemitInput($"{i}.835", () => new MemoryStream(file.Bytes, writable: false)))).ToList();
        var surveyed = inputs.ConvertAll(i => run.Survey(i.Input, i.IsEarlier, default));
        run.Judge();
        var text = new StringBuilder();
        for (var i = 0; i < inputs.Count; i++)
            if (!inputs[i].IsEarlier) Print(text, run, surveyed[i], inputs[i].Input, book);
        return text.ToString();
    }

    static void Print(StringBuilder text, RemitRun run, SurveyedFile file, RemitInput input, CodeBook book)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var json = new RemitJson(file, book, buffer, indented: false);
        json.Begin();
        run.Answer(file, input, workers: 1, isJson: true, made =>
        {
            foreach (var (set, start, length) in made.Claims)
                json.Add(set, made.Text.WrittenSpan.Slice(start, length));
        }, default);
        json.End();
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        foreach (var set in document.RootElement.GetProperty("sets").EnumerateArray()) PrintSet(text, set);
    }

    static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "none";

    static void PrintSet(StringBuilder text, JsonElement set)
    {
        Line(text, $"{Text(set, "trace")} {Text(set, "verdict")}");
        foreach (var fault in set.GetProperty("faults").EnumerateArray())
            Line(text, $"  {Text(fault, "severity")} {Text(fault, "id")} {Text(fault, "text").Split('*')[0]} "
                + $"{Text(fault, "segment")}/{Text(fault, "inFile")} off {Text(fault, "off")}");
        foreach (var row in set.GetProperty("adjustments").EnumerateArray())
            Line(text, $"  plb {Text(row, "reason")} {Text(row, "amount")} claim {Text(row, "claim")}: "
                + Text(row, "means"));
        foreach (var claim in set.GetProperty("claims").EnumerateArray()) PrintClaim(text, claim);
    }

    static void PrintClaim(StringBuilder text, JsonElement claim)
    {
        var id = Text(claim, "claim");
        var cause = claim.GetProperty("rootCause");
        var match = claim.GetProperty("match");
        Line(text, $"  claim {id} {(cause.ValueKind == JsonValueKind.Null ? "no row" : Text(cause, "id"))} "
            + Text(claim, "action"));
        if (match.ValueKind != JsonValueKind.Null)
        {
            Line(text, $"  match {id} {Text(match, "claim")} by {Text(match, "by")}, {Text(match, "sure")}");
            foreach (var note in match.GetProperty("differences").EnumerateArray())
                Line(text, $"  differs {id} {note}");
        }
        else if (claim.TryGetProperty("candidates", out var candidates))
            foreach (var note in candidates.EnumerateArray()) Line(text, $"  candidate {id} {note}");
        foreach (var posting in claim.GetProperty("posting").EnumerateArray())
            Line(text, $"  post {id} {Text(posting, "line")} {Text(posting, "kind")} "
                + (Text(posting, "group") == "none" ? "" : $"{Text(posting, "group")}-")
                + (Text(posting, "reason") == "none" ? "" : $"{Text(posting, "reason")} ") + Text(posting, "amount"));
        foreach (var question in claim.GetProperty("questions").EnumerateArray())
            Line(text, $"  ask {id} {Text(question, "fact")}");
        Line(text, $"  patient {id} owes {Text(claim, "patientOwes")}");
    }

    static void Line(StringBuilder text, string line) =>
        text.Append(CultureInfo.InvariantCulture, $"{line}").Append('\n');
}
