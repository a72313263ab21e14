using System.Globalization;
using System.Text.Json;
using Deltoid.PayerRules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// A payer rule that denials propose, in the form of docs/payer-rules.md. It fires on the lines that it was drawn from;
/// its cases are made up.
/// </summary>
/// <param name="Number">From 1, of those that are proposed together.</param>
/// <param name="From">The first day of the payments it was drawn from, as <paramref name="Thru"/> is the last; default
/// where none is known.</param>
internal sealed record ProposedRule(MissedDenials Of, int Number, DateOnly From, DateOnly Thru)
{
    /// <summary>An id has four digits.</summary>
    public const int Most = 9999;

    public IEnumerable<string> Lines()
    {
        var (slice, reason) = (Of.Slice, Of.Refusal.Reason);
        var number = Number.ToString("0000", CultureInfo.InvariantCulture);
        yield return $"rule      {PayerRule.Prefix}{number} denied-{reason.ToString().ToLowerInvariant()}-{number}";
        yield return "severity  warning";
        yield return "outcome   denial";
        yield return $"predicts  {Of.Refusal}";
        yield return $"message   This payer has denied {slice.Code} with {Of.Refusal}{GradeReport.Labelled(reason)}";
        yield return $"citation  Our remittances{(From == default ? "" : $" {From.Iso()} to {Thru.Iso()}")}: "
            + $"{Of.All.Hits} of {Of.All.Of} lines";
        yield return $"from      {(Of.Since == default ? "?" : Of.Since.Iso())}";
        yield return $"when      {(slice.By == PayerBy.Id ? "payer" : "payer-name")} is {Quoted(slice.Payer)}";
        yield return $"and       code is {slice.Code}";
        yield return $"and       modifiers are {(slice.Modifiers.IsEmpty ? "none" : slice.Modifiers.ToString())}";
        yield return $"and       place is {(slice.Place.IsNone ? "missing" : slice.Place.ToString())}";
        yield return "case fires";
        yield return "  " + Case(slice.Payer);
        yield return "case quiet";
        yield return "  " + Case(slice.Payer + "X");
    }

    /// <summary>In quotes, if it has blanks or could be a word of the grammar.</summary>
    static string Quoted(string payer) =>
        payer.All(char.IsAsciiLetterOrDigit) && payer.Any(char.IsAsciiDigit) ? payer : $"\"{payer}\"";

    /// <summary>A claim of one line in notation; with a payer's name, which notation cannot say, as JSON.</summary>
    string Case(string payer)
    {
        var (slice, day) = (Of.Slice, Of.Since == default ? "" : Of.Since.Iso());
        var modifiers = slice.Modifiers;
        if (slice.By == PayerBy.Id)
            return $"payerid \"{payer}\"{(day.Length == 0 ? "" : $"  dos {day}")}"
                + $"{(slice.Place.IsNone ? "" : $"  pos {slice.Place}")}\n"
                + $"  1  {slice.Code}{(modifiers.IsEmpty ? "" : $"-{modifiers}")}  x1";
        var all = Enumerable.Range(0, modifiers.Count).Select(i => $"\"{modifiers[i]}\"");
        return $$"""{ "payer": { "name": "{{JsonEncodedText.Encode(payer)}}" },"""
            + (slice.Place.IsNone ? "" : $" \"placeOfService\": \"{slice.Place}\",")
            + $"\n    \"lines\": [ {{ \"code\": \"{slice.Code}\", "
            + $"\"modifiers\": [{string.Join(", ", all)}], \"units\": 1"
            + $"{(day.Length == 0 ? "" : $", \"date\": \"{day}\"")} }} ] }}";
    }
}
