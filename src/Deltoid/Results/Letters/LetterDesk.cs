using System.Globalization;
using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>
/// Writes the letter that the answer to a denied claim asks for. What the answer forbids gets no letter. Belongs to one
/// worker.
/// </summary>
internal sealed class LetterDesk(CodeBook book)
{
    readonly Resolver resolver = new(book);
    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers = new(book);

    /// <param name="asked">Another kind than the answer's own; null for its own.</param>
    /// <param name="level">Of an appeal: 1 is the first.</param>
    /// <param name="decided">The day of the decision before, of a higher level; default where it is not known.</param>
    /// <param name="letter">The letter; null where none may be sent.</param>
    /// <returns>Why there is no letter; empty where there is one.</returns>
    public string Write(DeniedClaim of, LetterKind? asked, out Letter? letter, int level = 1,
        DateOnly decided = default)
    {
        letter = null;
        var resolution = resolver.Resolve(of);
        var at = new Situation(of, book, scrubber, payers, new());
        LookAtMain(at, resolution);
        var prices = Underpayments.Of(at);
        if (KindOf(resolution, asked, prices.Count > 0) is not { } kind)
            return $"no letter goes with what is to be done: {ResolutionPage.WordsOf(resolution.Step)}";
        if (Forbidden(resolution, kind, level) is { } why) return why;
        if (kind == LetterKind.Underpayment && prices.Count == 0)
            return "no line is paid below a rate: the record needs the fact contract-rate or fee-schedule";
        if (LetterRow.Of(kind, at.Payer, level) is not { } row)
            return string.Create(CultureInfo.InvariantCulture,
                $"no letter of level {level} is known for this payer ({Letter.Kinds[kind].Replace('-', ' ')})");
        if (row.Title == "-") return $"{row.Ask} ({row.Cited})";
        letter = new LetterWriter(at, resolution, row, decided, prices).Write();
        return "";
    }

    static LetterKind? KindOf(Resolution of, LetterKind? asked, bool isPaidBelow)
    {
        if (asked is not null) return asked;
        return of.Step switch
        {
            NextStep.Appeal when isPaidBelow && of.Cause?.Cause is "DN-23" or "DN-26" => LetterKind.Underpayment,
            NextStep.Appeal => LetterKind.Appeal,
            NextStep.Reopening => LetterKind.Reopening,
            NextStep.SendRecords => LetterKind.Records,
            NextStep.Refund => LetterKind.Refund,
            NextStep.CorrectedClaim => LetterKind.CorrectedClaim,
            _ => null,
        };
    }

    /// <summary>Why a letter must not be written: its step is forbidden, or is neither the answer nor one of its
    /// alternatives.</summary>
    static string? Forbidden(Resolution of, LetterKind kind, int level)
    {
        var step = Letter.StepOf(kind);
        if (step == of.Step) return null;
        if (level > 1 && of.Late?.Step == step) return null; // the days of the first level bind no later one
        var name = Letter.Kinds[kind].Replace('-', ' ');
        foreach (var (never, why) in of.Never)
            if (never == Steps.Words[step])
                return $"a letter of this kind must not be sent ({name})" + (why.Length > 0 ? $": {why}" : "");
        return of.Alternatives.Exists(a => a.Step == step)
            ? null
            : $"a letter of this kind does not fit ({name}); what is to be done: {ResolutionPage.WordsOf(of.Step)}";
    }

    /// <summary>Looks at the line that decided: the first adjustment of the evidence.</summary>
    static void LookAtMain(Situation at, Resolution of)
    {
        if (at.Of.Payments.Count == 0) return;
        var (payment, line, index) = (0, 0, 0);
        if (of.Evidence.Find(static e => e.Fact == "remittance" && e.At.StartsWith("/payments/",
            StringComparison.Ordinal)) is { } evidence)
        {
            var parts = evidence.At.Split('/', StringSplitOptions.RemoveEmptyEntries);
            payment = Number(parts, 1);
            line = parts.Length == 6 ? Number(parts, 3) + 1 : 0;
            index = Number(parts, parts.Length - 1);
        }
        var adjustments = at.Of.Payments[payment].Adjustments.Of(line);
        at.Look(payment, line, line == 0 ? -1 : LineMatch.Of(at.Of.Claim, at.Of.Payments[payment], line), index,
            index < adjustments.Length ? adjustments[index] : default);
    }

    static int Number(string[] parts, int at) =>
        int.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
