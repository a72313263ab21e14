using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>
/// The cases of a rule: <c>case fires</c> or <c>case quiet</c>, then, indented, a claim in
/// notation, or a claim or a visit as JSON.
/// </summary>
partial class PayerRuleFile
{
    public const int MostCases = 100, LongestCase = 64 * 1024;

    void ReadCase(Draft draft)
    {
        var (line, (value, column)) = (at, ValueOf(lines[at]));
        var text = new StringBuilder();
        for (at++; at < lines.Length && (lines[at].StartsWith(' ') || lines[at].AsSpan().Trim().IsEmpty); at++)
            text.Append(lines[at]).Append('\n');
        if (value is not ("fires" or "quiet"))
            FaultAt(line, column, "case: it is neither fires nor quiet", "write: case fires, or: case quiet");
        else if (draft.Cases.Count == MostCases)
            FaultAt(line, 0, "case: the rule has more than 100 cases", "keep those that differ");
        else if (text.Length > LongestCase)
            FaultAt(line, column, "case: it is longer than 64 KB", "keep what the rule asks for");
        else if (ReadBelow(text.ToString(), line) is { } read)
            draft.Cases.Add(new(value == "fires", read.Claim, read.Visit, line + 1));
    }

    (Claim? Claim, Encounter? Visit)? ReadBelow(string text, int line)
    {
        try
        {
            var claim = new Claim();
            if (!text.AsSpan().TrimStart().StartsWith("{")) ClaimNotation.Read(text, claim);
            else
            {
                var json = Encoding.UTF8.GetBytes(text);
                if (!HasLines(json)) return (null, EncounterJson.Read(json, ""));
                ClaimJson.Read(json, claim);
            }
            if (claim.Lines.Length > 0) return (claim, null);
            FaultAt(line, 0, "case: it has no service line", "write a claim below it, indented: 1 96372 x1");
        }
        catch (InputException e) { FaultOfCase(e, line); }
        return null;
    }

    /// <summary>Whether an object is a claim, which has lines; what is not JSON is none.</summary>
    static bool HasLines(byte[] utf8)
    {
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("lines"u8)) return true;
                json.Skip();
            }
        }
        catch (JsonException) { } // the reader of visits says what is wrong and where
        return false;
    }

    /// <summary>A claim's place in notation is a line and column of the case; that of JSON is a pointer.</summary>
    void FaultOfCase(InputException e, int line)
    {
        if (e.At.Split(':') is [var below, var column]
            && int.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            var problem = e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            FaultAt(line + row, place - 1, $"case: {problem}", e.Try);
        }
        else FaultAt(line, 0, $"case: {e.Message}{(e.At.Length > 0 ? $" (in its JSON at {e.At})" : "")}", e.Try);
    }
}
