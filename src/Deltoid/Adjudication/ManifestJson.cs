using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Adjudication;

/// <summary>
/// What a practice payer did in a round and why: the truth that its files do not show, for tests and for people
/// who practise.
/// </summary>
internal static class ManifestJson
{
    public static byte[] Write(string codeBook, long seed, PracticeRates rates, PayerBooks books,
        IReadOnlyList<PayerFile> files, IReadOnlyList<string> refused, IReadOnlyList<Decision> decisions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("deltoid", "1");
            json.WriteString("codeBook", codeBook);
            json.WriteNumber("seed", seed);
            json.WriteNumber("round", books.Round);
            json.WriteStartObject("rates");
            foreach (var (name, _, _) in PracticeRates.All) Number(json, name, rates[name]);
            json.WriteEndObject();
            WriteFiles(json, files);
            json.WriteStartArray("refused");
            foreach (var claim in refused) json.WriteStringValue(claim);
            json.WriteEndArray();
            json.WriteStartArray("claims");
            foreach (var decision in decisions) WriteDecision(json, decision);
            json.WriteEndArray();
            WriteTotals(json, books);
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Two decimals, as money is written.</summary>
    static void Number(Utf8JsonWriter json, string name, long hundredths)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(new Money(hundredths).ToString());
    }

    static void Number(Utf8JsonWriter json, string name, Money? amount) => Number(json, name, amount?.Cents ?? 0);

    static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<PayerFile> files)
    {
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("truth", file.Kind);
            if (file.Trace.Length > 0) json.WriteString("trace", file.Trace);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteDecision(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject();
        json.WriteString("claim", decision.Claim);
        json.WriteString("payerControl", decision.Control);
        json.WriteString("decision", decision.What);
        json.WriteString("why", decision.Why);
        json.WriteString("on", decision.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (decision.Payment is { } payment) WritePayment(json, payment);
        if (decision.Predicted.Count > 0)
        {
            json.WriteStartArray("predicted");
            foreach (var finding in decision.Predicted) json.WriteStringValue(finding);
            json.WriteEndArray();
        }
        if (decision.WrongPrice is { } wrong)
        {
            json.WriteStartObject("wrongPrice");
            json.WriteNumber("line", wrong.Line + 1);
            json.WriteString("cause", PlantedPrice.Faults[wrong.Fault]);
            Number(json, "allowed", wrong.Allowed);
            Number(json, "right", wrong.Right);
            json.WriteEndObject();
        }
        if (decision.Account is { IsPlanted: true } account && Plant.Find(account.Plant) is { } plant)
            WritePlant(json, plant, account, decision.On);
        json.WriteEndObject();
    }

    static void WritePayment(Utf8JsonWriter json, ClaimPayment payment)
    {
        var (allowed, totals) = (Money.Zero, new BookTotals());
        foreach (ref readonly var line in payment.Lines) allowed += line.Allowed ?? Money.Zero;
        totals.Add(payment);
        Number(json, "billed", totals.Charge);
        Number(json, "allowed", allowed);
        Number(json, "paid", totals.Paid);
        Number(json, "patient", totals.Patient);
        Number(json, "contractual", totals.Contractual);
        Number(json, "denied", totals.Denied);
    }

    /// <summary>The planted fault, what opens it, what must not be done, and what the practice knows of it.</summary>
    static void WritePlant(Utf8JsonWriter json, Plant plant, Account account, DateOnly on)
    {
        json.WriteStartObject("planted");
        json.WriteString("fault", plant.Name);
        json.WriteString("reason", plant.Reason.ToString());
        json.WriteStartArray("opensWith");
        foreach (var remedy in (ReadOnlySpan<Remedy>)[Remedy.Correction, Remedy.Appeal, Remedy.Records])
            if (plant.WonBy.HasFlag(remedy)) json.WriteStringValue(WordOf(remedy));
        json.WriteEndArray();
        json.WriteStartArray("never");
        foreach (var step in plant.Never) json.WriteStringValue(step);
        json.WriteEndArray();
        json.WritePropertyName("record");
        json.WriteRawValue(PlantFacts.Of(plant, account, on));
        json.WriteEndObject();
    }

    static string WordOf(Remedy remedy) => remedy switch
    {
        Remedy.Correction => "corrected-claim",
        Remedy.Appeal => "appeal",
        _ => "send-records",
    };

    static void WriteTotals(Utf8JsonWriter json, PayerBooks books)
    {
        var totals = books.Totals();
        json.WriteStartObject("books");
        Number(json, "charge", totals.Charge);
        Number(json, "paid", totals.Paid);
        Number(json, "contractual", totals.Contractual);
        Number(json, "patient", totals.Patient);
        Number(json, "denied", totals.Denied);
        Number(json, "interest", books.Interest);
        Number(json, "checks", books.Checks);
        Number(json, "open", books.Open.Aggregate(Money.Zero, static (sum, open) => sum + open.Amount));
        json.WriteEndObject();
    }
}
