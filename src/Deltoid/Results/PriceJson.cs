using System.Text.Json;
using Deltoid.Pricing;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Expected against paid as JSON: of each line the price, how it came about, what was allowed, and why not
/// the same.</summary>
internal static class PriceJson
{
    /// <summary>Nothing where no line was held against a contract.</summary>
    public static void Write(List<LinePrice> prices, Utf8JsonWriter writer)
    {
        if (prices.Count == 0) return;
        writer.WriteStartArray("prices");
        foreach (var line in prices) Write(line, writer);
        writer.WriteEndArray();
    }

    static void Write(LinePrice line, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(line, writer);
        writer.WriteStartArray("trace");
        foreach (var step in line.Price.Steps) WriteStep(step, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteStep(in PriceStep step, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("says", step.Says);
        JsonOut.WriteMoney(writer, "amount", step.Amount);
        if (step.Source.Length > 0) writer.WriteString("source", step.Source);
        writer.WriteEndObject();
    }

    /// <summary>All but the steps.</summary>
    public static void WriteMembers(LinePrice line, Utf8JsonWriter writer)
    {
        writer.WriteNumber("line", line.Number);
        if (line.With.Length > 0)
        {
            writer.WriteStartArray("withLines");
            foreach (var number in line.With) writer.WriteNumberValue(number);
            writer.WriteEndArray();
        }
        JsonOut.WriteCode(writer, "code", line.Code);
        JsonOut.WriteQuantity(writer, "units", line.Units);
        writer.WriteString("verdict", LinePrice.Verdicts[line.Verdict]);
        WriteExpected(line, writer);
        JsonOut.WriteMoney(writer, "allowed", line.Allowed);
        JsonOut.WriteMoney(writer, "paid", line.Paid);
        JsonOut.WriteMoney(writer, "patient", line.Patient);
        if (line.Sequestered != Money.Zero) JsonOut.WriteMoney(writer, "sequestration", line.Sequestered);
        JsonOut.WriteMoneyOrNull(writer, "difference", line.Difference);
        if (line.Verdict is not (PriceVerdict.Underpaid or PriceVerdict.Overpaid)) return;
        writer.WriteStartObject("cause");
        writer.WriteString("id", line.CauseId);
        writer.WriteString("words", line.CauseWords);
        writer.WriteEndObject();
    }

    static void WriteExpected(LinePrice line, Utf8JsonWriter writer)
    {
        if (line.Expected is { } expected)
        {
            writer.WriteStartObject("expected");
            JsonOut.WriteMoney(writer, "amount", expected);
            writer.WriteString("basis", ContractFacts.BasisOf(line.Price.Row!));
            writer.WriteEndObject();
        }
        else writer.WriteNull("expected");
        if (line.Why.Length > 0) writer.WriteString("expectedWhy", line.Why);
    }
}
