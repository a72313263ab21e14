using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>What is changed on the claim, what goes back, what is still owed.</summary>
internal sealed partial class LetterWriter
{
    /// <summary>Expected against paid, line by line.</summary>
    void WritePrices()
    {
        Heading("Expected and allowed");
        var (rows, sum) = (new List<string[]>(), Money.Zero);
        foreach (var price in prices)
        {
            sum += price.Off;
            rows.Add([string.Create(CultureInfo.InvariantCulture, $"{price.Number}"), price.Code.ToString(),
                price.Units.ToString(), Dollars.Of(price.Expected), Dollars.Of(price.Allowed),
                Dollars.Of(price.Off)]);
        }
        rows.Add(["All", "", "", "", "", Dollars.Of(sum)]);
        letter.Blocks.Add(new LetterTable(["Line", "Code", "Units", "Expected", "Allowed", "Difference"], rows,
            [2, 3, 4, 5], [10, 18, 12, 20, 20, 20]));
        Say("Expected is the rate for the units billed, at most the charge. Allowed is what you paid and what you gave "
            + "to the patient.");
        var rates = new List<Statement>();
        foreach (var price in prices) Add(rates, price.Rate);
        letter.Blocks.Add(new LetterList(rates));
    }

    /// <summary>Each changed field, as sent and as it must be.</summary>
    void WriteChanges()
    {
        var rows = new List<string[]>();
        using var sent = Case.Claim is { } claim ? JsonDocument.Parse(JsonOf(claim)) : null;
        foreach (var change in of.Changes)
            rows.Add([FieldOf(change.Path), sent is null ? "" : Shown(At(sent.RootElement, change.Path)),
                change.Value is { } value ? Shown(JsonElement.Parse(value)) : "removed"]);
        Heading("The change");
        if (rows.Count == 0)
        {
            letter.Before.Add("Say what is changed on the claim: the case does not decide it.");
            Say("[What is changed on the claim]");
            return;
        }
        letter.Blocks.Add(new LetterTable(["Field", "As sent", "Corrected"], rows, [], [34, 33, 33]));
        letter.Before.Add("Check each change against the chart: you attest it.");
    }

    static ReadOnlyMemory<byte> JsonOf(Claim claim)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) ClaimJson.Write(claim, writer);
        return buffer.WrittenMemory;
    }

    static JsonElement? At(JsonElement root, string pointer)
    {
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (root.ValueKind == JsonValueKind.Array && int.TryParse(part, NumberStyles.None,
                CultureInfo.InvariantCulture, out var index) && index < root.GetArrayLength())
                root = root[index];
            else if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(part, out root)) return null;
        }
        return root;
    }

    /// <summary>A value in words: an object by its members, a list by its items.</summary>
    static string Shown(JsonElement? of) => of?.ValueKind switch
    {
        null or JsonValueKind.Null or JsonValueKind.Undefined => "none",
        JsonValueKind.Array => of.Value.GetArrayLength() == 0 ? "none"
            : string.Join(", ", of.Value.EnumerateArray().Select(static e => Shown(e))),
        JsonValueKind.Object => string.Join(", ", of.Value.EnumerateObject().Select(static m => Shown(m.Value))),
        _ => of.Value.ToString(),
    };

    /// <summary><c>Line 1, units</c> of <c>/lines/0/units</c>.</summary>
    string FieldOf(string pointer)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var words = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
            if (parts[i] == "lines" && i + 1 < parts.Length && Case.Claim is { } claim
                && int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
                && line < claim.Lines.Length)
            {
                words.Append(CultureInfo.InvariantCulture, $"line {claim.Lines[line].Number}");
                i++;
            }
            else words.Append(words.Length > 0 ? ", " : "").Append(Whereabouts.Apart(parts[i]));
        words[0] = char.ToUpperInvariant(words[0]);
        return words.ToString();
    }

    /// <summary>What goes back: line by line, how it was counted, the patient's share of it.</summary>
    void WriteRefund()
    {
        Heading("What goes back, and how it was counted");
        var (rows, sum, share) = (new List<string[]>(), Money.Zero, Money.Zero);
        var isCounted = true;
        foreach (var line in LinesOf().Where(l => DisputedLines().Contains(l.Number)))
        {
            if (Case.Payments[line.Payment].IsReversal || line.Paid is not { Cents: > 0 } paid) continue;
            var (kept, how) = KeptOf(line, out var ratio);
            isCounted &= kept is not null;
            var back = kept is { } right ? paid - right : Money.Zero;
            var patient = PatientShare(line);
            var patientBack = kept is null ? Money.Zero : patient - Money.Round(patient.Dollars * ratio);
            (sum, share) = (sum + back, share + patientBack);
            rows.Add([string.Create(CultureInfo.InvariantCulture, $"{line.Number}"), line.Code, Dollars.Of(paid),
                kept is { } stays ? Dollars.Of(stays) : "[to be counted]", kept is null ? "" : Dollars.Of(back), how]);
        }
        if (rows.Count > 0)
        {
            rows.Add(["All", "", "", "", isCounted ? Dollars.Of(sum) : "[to be counted]", ""]);
            letter.Blocks.Add(new LetterTable(["Line", "Code", "Paid", "Right", "Goes back", "How it was counted"],
                rows, [2, 3, 4], [8, 16, 14, 15, 15, 32]));
        }
        SayTakenBack();
        if (!isCounted) letter.Before.Add("Count the amount: what the payer would have paid for the right line.");
        SayShare(share, isCounted && rows.Count > 0);
        WriteRefundForm(rows.Count > 0 && isCounted ? Dollars.Of(sum) : "[to be counted]");
    }

    /// <summary>
    /// What of a paid line stays: nothing of one that is not supported; of too many units, the part that was right.
    /// Null where another code is right, whose price only the payer knows.
    /// </summary>
    (Money? Kept, string How) KeptOf(Row line, out decimal ratio)
    {
        ratio = 0;
        var index = Case.Claim?.IndexOf(line.Number) ?? -1;
        var own = of.Changes.Where(c => c.Path.StartsWith($"/lines/{index}", StringComparison.Ordinal)).ToList();
        if (own.Exists(static c => c.Path.EndsWith("/code", StringComparison.Ordinal)))
            return (null, "the right code has another price");
        if (own.Find(static c => c.Path.EndsWith("/units", StringComparison.Ordinal)) is not { Value: { } text }
            || !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var right)
            || Case.Claim!.Lines[index].Units.Value is not (> 0 and var sent) || right >= sent)
            return (Money.Zero, "the whole line");
        ratio = right / sent;
        return (Money.Round(line.Paid!.Value.Dollars * ratio),
            string.Create(CultureInfo.InvariantCulture, $"{right:0.###} of {sent:0.###} units are right"));
    }

    Money PatientShare(Row line)
    {
        var share = Money.Zero;
        foreach (ref readonly var adjustment in Case.Payments[line.Payment].Adjustments.Of(line.Index))
            if (adjustment.Group == Adjustment.Patient && adjustment.Amount is { } amount) share += amount;
        return share;
    }

    /// <summary>A reversal, or a recovery by the payer, has taken money already: it is not paid twice.</summary>
    void SayTakenBack()
    {
        var taken = Money.Zero;
        foreach (var payment in Case.Payments)
            if (payment.IsReversal && payment.Paid is { } paid) taken -= paid;
        if (taken.Cents <= 0) return;
        Say($"Your remittance{(at.Remitted == default ? "" : $" of {Day(at.Remitted)}")} has already taken back "
            + $"{Dollars.Of(taken)} of this claim.");
        letter.Before.Add($"{Dollars.Of(taken)} is already taken back: do not pay it a second time.");
    }

    void SayShare(Money share, bool isCounted)
    {
        if (share > Money.Zero) Say($"The patient's share of what goes back is {Dollars.Of(share)}. "
            + "What the patient has paid of it goes back to the patient.");
        else if (!isCounted)
            letter.Before.Add("Count the patient's share: what the patient paid too much goes back too.");
        foreach (var fact in at.Facts)
            if (fact.Kind.Name is "patient-paid" && fact.Is)
                letter.Blocks.Add(new LetterList([FactStatements.Shipped.Of(fact)]));
    }

    void WriteRefundForm(string amount)
    {
        Heading("Refund form");
        var rows = new List<string[]> { new[] { "Claim", of.PayerControl.Length > 0 ? of.PayerControl : of.Claim } };
        if (at.Day != default) rows.Add(["Date of service", Day(at.Day)]);
        rows.Add(["Reason", of.Cause?.Words ?? "[reason]"]);
        rows.Add(["Amount", amount]);
        if (Facts.First(at, "demand-letter") is { } demand)
        {
            rows.Add(["Your demand letter", FactStatements.Shipped.Of(demand).ToString()]);
            if (demand["amount"] is { } asked && Dollars.Of(asked.Amount) != amount)
                letter.Before.Add($"The demand letter asks for {Dollars.Of(asked.Amount)}: agree on the amount first.");
        }
        rows.Add(["How it is returned", "[  ] check enclosed   [  ] please take it from a coming payment"]);
        letter.Blocks.Add(new LetterTable([], rows, [], [3, 7]));
        letter.Before.Add("Mark how the money is returned.");
    }
}
