using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>A payment with its claims, in order.</summary>
sealed record FiledRemittance(Remittance Payment, List<ClaimPayment> Claims);

/// <summary>
/// Reads remittances as <c>read</c> writes them: <c>{ "remittance", "payments" }</c>, one or a list; or on lines, each
/// <c>{ "payment" }</c> by itself and after them the <c>{ "remittance" }</c> that they are of.
/// </summary>
sealed class RemittanceFile
{
    const int Deepest = 64;

    readonly ReadOnlyMemory<byte> text;
    readonly List<FiledRemittance> read = [];
    List<ClaimPayment> waiting = [];
    string at = ""; // of the object that is read

    RemittanceFile(ReadOnlyMemory<byte> utf8) => text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>All payments of a file.</summary>
    /// <exception cref="InputException">It does not read; the field is named.</exception>
    public static List<FiledRemittance> Read(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return Read(all.GetBuffer().AsMemory(0, (int)all.Length));
    }

    /// <inheritdoc cref="Read(Stream)"/>
    public static List<FiledRemittance> Read(ReadOnlyMemory<byte> utf8) => new RemittanceFile(utf8).Read();

    List<FiledRemittance> Read()
    {
        var objects = Objects();
        for (var i = 0; i < objects.Count; i++)
        {
            at = objects.Count == 1 ? "" : $"/{i.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            ReadObject(objects[i]);
        }
        if (waiting.Count > 0)
            throw new InputException(at, "the claims of a remittance are here, but the remittance itself is missing",
                "give the whole output of 'deltoid read', which ends with the remittance");
        return read;
    }

    /// <summary>The objects of the text: one, those of a list, or one after the other.</summary>
    List<ReadOnlyMemory<byte>> Objects()
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var json = new Utf8JsonReader(text.Span, new() { MaxDepth = Deepest, AllowMultipleValues = true });
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && json.CurrentDepth == 0)
                    continue;
                found.Add(Value(ref json));
            }
            return found;
        }
        catch (JsonException e)
        {
            throw new InputException("", $"at line {e.LineNumber + 1}: this is not JSON",
                "look for a missing quote, comma or bracket just before");
        }
    }

    /// <summary>The value that the reader is at; it goes to its end.</summary>
    ReadOnlyMemory<byte> Value(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return text[start..(int)json.BytesConsumed];
    }

    void ReadObject(ReadOnlyMemory<byte> one)
    {
        var json = new Utf8JsonReader(one.Span, new() { MaxDepth = Deepest });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw NotOne();
        ReadOnlyMemory<byte> payment = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            var value = one[start..(int)json.BytesConsumed];
            if (name == "remittance") payment = value;
            else if (name == "payment") waiting.Add(ReadClaim(value, "/payment"));
            else if (name == "payments") ReadClaims(value);
            else throw NotOne();
        }
        if (payment.IsEmpty) return;
        var head = new Remittance();
        Named("/remittance", () => RemittanceJson.Read(payment, head));
        read.Add(new(head, waiting));
        waiting = [];
    }

    InputException NotOne() => new(at, "this is not a remittance: its fields are remittance and payments, or payment",
        "give the output of 'deltoid read FILE.835 --json'");

    void ReadClaims(ReadOnlyMemory<byte> list)
    {
        var json = new Utf8JsonReader(list.Span, new() { MaxDepth = Deepest });
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            throw new InputException($"{at}/payments", "a list is due", "write the claims in [ ]");
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            var place = $"/payments/{i.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            waiting.Add(ReadClaim(list[start..(int)json.BytesConsumed], place));
        }
    }

    ClaimPayment ReadClaim(ReadOnlyMemory<byte> one, string place)
    {
        var claim = new ClaimPayment();
        Named(place, () => RemittanceJson.Read(one, claim));
        return claim;
    }

    /// <summary>An error in a part of the file is named by its place in the file.</summary>
    void Named(string place, Action readPart)
    {
        try { readPart(); }
        catch (InputException e)
        {
            throw new InputException(at + place + e.At, e.Message, e.Try,
                [.. e.Also.Select(also => new InputException(at + place + also.At, also.Message, also.Try))]);
        }
    }
}
