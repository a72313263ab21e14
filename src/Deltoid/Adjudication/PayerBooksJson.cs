using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Adjudication;

/// <summary>The books of a practice payer as JSON, which only it reads again.</summary>
internal static class PayerBooksJson
{
    const string Kind = "practice-payer-1", Day = "yyyy-MM-dd";

    public static byte[] Write(PayerBooks books)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("books", Kind);
            json.WriteNumber("round", books.Round);
            json.WriteString("day", Of(books.Day));
            json.WriteNumber("nextEnvelope", books.NextEnvelope);
            json.WriteNumber("nextTrace", books.NextTrace);
            json.WriteNumber("interest", books.Interest.Cents);
            json.WriteNumber("checks", books.Checks.Cents);
            json.WriteStartObject("deductibles");
            foreach (var (member, used) in books.Deductibles) json.WriteNumber(member, used);
            json.WriteEndObject();
            json.WriteStartArray("open");
            foreach (var open in books.Open) WriteOpen(json, open);
            json.WriteEndArray();
            json.WriteStartArray("claims");
            foreach (var account in books.Accounts) WriteAccount(json, account);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    static string Of(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    static void WriteOpen(Utf8JsonWriter json, OpenBalance open)
    {
        json.WriteStartObject();
        json.WriteString("reason", open.Reason.ToString());
        json.WriteString("from", open.From);
        json.WriteString("reference", open.Reference);
        json.WriteNumber("amount", open.Amount.Cents);
        json.WriteEndObject();
    }

    static void WriteAccount(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        json.WriteString("claim", account.Id);
        json.WriteString("control", account.Control);
        json.WriteString("status", Account.Statuses[account.Status]);
        json.WriteString("member", account.Member);
        json.WriteNumber("decisions", account.Decisions);
        json.WriteString("paidOn", Of(account.PaidOn));
        json.WriteString("plant", account.Plant);
        json.WriteString("truth", account.Truth);
        json.WriteBoolean("planted", account.IsPlanted);
        json.WriteBoolean("takenBack", account.IsTakenBack);
        json.WriteStartArray("payee");
        foreach (var text in TextsOf(account.Payee)) json.WriteStringValue(text);
        json.WriteEndArray();
        if (account.Payment is { } payment)
        {
            json.WritePropertyName("payment");
            RemittanceJson.Write(payment, json);
        }
        if (account.Due is { } due)
        {
            json.WritePropertyName("due");
            RemittanceJson.Write(due, json);
        }
        json.WriteEndObject();
    }

    static string[] TextsOf(Payee of) =>
        [of.PayerId, of.PayerName, of.Name, of.Npi, of.TaxId, of.Address, of.City, of.State, of.Zip, of.Receiver];

    /// <exception cref="InputException">They are no books of a practice payer.</exception>
    public static PayerBooks Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InputException or OverflowException)
        {
            throw new InputException("", "these are not the books of a practice payer",
                "give the file that an earlier run wrote with --state, or a new name to begin");
        }
    }

    static PayerBooks Read(JsonElement root)
    {
        if (root.GetProperty("books").GetString() != Kind) throw new FormatException();
        var books = new PayerBooks
        {
            Round = root.GetProperty("round").GetInt32(), Day = DayOf(root, "day"),
            NextEnvelope = root.GetProperty("nextEnvelope").GetInt32(),
            NextTrace = root.GetProperty("nextTrace").GetInt32(),
            Interest = new(root.GetProperty("interest").GetInt64()),
            Checks = new(root.GetProperty("checks").GetInt64()),
        };
        foreach (var used in root.GetProperty("deductibles").EnumerateObject())
            books.Deductibles[used.Name] = used.Value.GetInt64();
        foreach (var open in root.GetProperty("open").EnumerateArray())
            books.Open.Add(new(Code.TryParse(Text(open, "reason"), out var reason) ? reason
                : throw new FormatException(), Text(open, "from"), Text(open, "reference"),
                new(open.GetProperty("amount").GetInt64())));
        foreach (var account in root.GetProperty("claims").EnumerateArray()) books.Add(AccountOf(account));
        return books;
    }

    static Account AccountOf(JsonElement json)
    {
        var payee = json.GetProperty("payee").EnumerateArray().Select(static t => t.GetString()!).ToArray();
        if (payee.Length != 10 || !Account.Statuses.TryRead(Text(json, "status"), out var status))
            throw new FormatException();
        return new()
        {
            Id = Text(json, "claim"), Control = Text(json, "control"), Status = status, Member = Text(json, "member"),
            Decisions = json.GetProperty("decisions").GetInt32(), PaidOn = DayOf(json, "paidOn"),
            Plant = Text(json, "plant"), Truth = Text(json, "truth"),
            IsPlanted = json.GetProperty("planted").GetBoolean(),
            IsTakenBack = json.GetProperty("takenBack").GetBoolean(),
            Payee = new(payee[0], payee[1], payee[2], payee[3], payee[4], payee[5], payee[6], payee[7], payee[8],
                payee[9]),
            Payment = PaymentOf(json, "payment"), Due = PaymentOf(json, "due"),
        };
    }

    static ClaimPayment? PaymentOf(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var written)) return null;
        var payment = new ClaimPayment();
        RemittanceJson.Read(Encoding.UTF8.GetBytes(written.GetRawText()), payment);
        return payment;
    }

    static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException();

    static DateOnly DayOf(JsonElement json, string name) =>
        DateOnly.ParseExact(Text(json, name), Day, CultureInfo.InvariantCulture);
}
