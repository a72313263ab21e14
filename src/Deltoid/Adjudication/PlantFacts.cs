using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Answers;

namespace Deltoid.Adjudication;

/// <summary>
/// What the practice has on file about a planted fault, in the words of the record (<c>Rules/facts.tsv</c>), so that
/// <c>remit</c> can be handed it.
/// </summary>
internal static class PlantFacts
{
    /// <summary>A JSON list of facts.</summary>
    /// <param name="on">The day of the 835 that has the denial.</param>
    public static string Of(Plant plant, Account account, DateOnly on)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            Write(json, plant, account, on);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, Plant plant, Account account, DateOnly on)
    {
        var payment = account.Payment!;
        var (from, thru) = (DayOf(payment.From.AddDays(-30)), DayOf(payment.From.AddDays(180)));
        switch (plant.Name)
        {
            case "authorization":
                Fact(json, "authorization-on-file", true, ("number", account.Truth), ("from", from), ("thru", thru));
                break;
            case "no-authorization":
                Fact(json, "authorization-on-file", false);
                Fact(json, "authorization-can-be-late", false);
                Fact(json, "urgency-documented", false);
                break;
            case "member":
                Fact(json, "card-on-file", true, ("memberId", account.Truth));
                break;
            case "coverage-ended":
                json.WriteStartObject();
                json.WriteString("fact", "eligibility-result");
                json.WriteBoolean("active", false);
                json.WriteString("thru", DayOf(payment.From.AddDays(-1)));
                json.WriteEndObject();
                Fact(json, "other-coverage", true, ("payer", "NEXT PLAN"), ("kind", "commercial"),
                    ("order", "primary"), ("from", from));
                break;
            case "timely":
                Fact(json, "first-sent", true, ("on", DayOf(payment.Received)));
                Fact(json, "filing-proof", true, ("kind", "277ca"), ("on", DayOf(payment.Received)),
                    ("verdict", "accepted"), ("payerControl", account.Control));
                break;
            case "records":
                Fact(json, "records-request", true, ("on", DayOf(on)), ("control", account.Control));
                Fact(json, "records-complete", true);
                break;
            case "place":
                Fact(json, "place-was", true, ("pos", payment.Facility.ToString()), ("from", "location-master"));
                break;
            case "ndc":
                Fact(json, "charge-origin", true, ("from", "scan"));
                break;
            case "necessity":
                Fact(json, "coverage-criteria-met", true, ("policy", "LCD"));
                break;
            case "not-necessary":
                Fact(json, "coverage-criteria-met", false);
                Fact(json, "compendium-support", false);
                Fact(json, "notice-on-file", false);
                break;
            case "against-table":
                Fact(json, "payer-error-shown", true, ("by", "table"), ("on", DayOf(on)));
                break;
        }
    }

    static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void Fact(Utf8JsonWriter json, string name, bool isSo,
        params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject();
        json.WriteString("fact", name);
        if (!isSo) json.WriteBoolean("is", false);
        foreach (var (field, value) in fields) json.WriteString(field, value);
        json.WriteEndObject();
    }
}
