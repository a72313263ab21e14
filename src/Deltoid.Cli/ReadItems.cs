using System.Buffers;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;

namespace Deltoid.Cli;

/// <summary>
/// Writes what X12 says as JSON: a claim as claim JSON, which <c>scrub</c> and <c>emit</c> take; an answer as an object that names it.
/// A payment and its claims are one object; on lines, the claims first and each by itself, so that a long one is never held.
/// </summary>
sealed class ReadItems(ItemOutput output, Form form)
{
    readonly ClaimReader claims = new();
    readonly ClaimRest rest = new();
    readonly RemittanceReader remittances = new();
    readonly RemittanceBalance balance = new();
    readonly ClaimStatusReader statuses = new();
    readonly ClaimStatus status = new();
    readonly AcknowledgmentReader acknowledgments = new();
    readonly FindingList unused = new(); // `check` tells what is wrong
    readonly ArrayBufferWriter<byte> payments = new();

    /// <summary>Writes all of a stream.</summary>
    /// <returns>How many sets were read, and why others were not.</returns>
    public (int Read, List<string> Refused) Write(Stream stream, CancellationToken stop)
    {
        var source = new BlockSource(stream);
        var (read, refused) = (0, new List<string>());
        while (source.Next() is { } block)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (item.Stretch is { Set.Guide: not null } stretch) Write(block.Bytes, stretch);
                if (item.Part is not { } part) continue;
                if (ReadCommand.RefusalOf(part) is { } reason) refused.Add(reason);
                else if (part.Kind is EnvelopeKind.Set or EnvelopeKind.Acknowledgment) read++;
                if (part.Kind == EnvelopeKind.Acknowledgment) Write(part);
            }
            source.Return(block);
        }
        return (read, refused);
    }

    void Write(byte[] bytes, Stretch stretch)
    {
        switch (stretch.Set.Guide!.Name)
        {
            case "837P" or "837I": WriteClaims(bytes, stretch); break;
            case "835": WritePayments(bytes, stretch); break;
            case "277CA": WriteStatuses(bytes, stretch); break;
            default: WriteVerdict(bytes, stretch); break;
        }
        unused.Clear();
    }

    void WriteClaims(byte[] bytes, Stretch stretch)
    {
        var claim = new Claim();
        claims.Open(bytes, stretch);
        while (claims.Read(claim, unused))
        {
            rest.Reduce(claim);
            output.PutObject(json => ClaimJson.Write(claim, json));
        }
        claims.SetFindings.Clear();
    }

    void WritePayments(byte[] bytes, Stretch stretch)
    {
        if (stretch.Data.Ordinal == 1) balance.Begin();
        var (head, sums, payment) = (new Remittance(), new RemittanceSums(), new ClaimPayment());
        remittances.Open(bytes, stretch, head, sums);
        while (remittances.Read(payment, unused)) WritePayment(payment);
        balance.Add(head, sums);
        remittances.SetFindings.Clear();
        if (!stretch.IsLast) return;
        balance.Judge(unused);
        Put("remittance", json =>
        {
            AnswersJson.Write(balance.Payment, json);
            if (form != Form.Json) return;
            json.WriteStartArray("payments"u8);
            json.Flush();
            if (payments.WrittenCount > 0) json.WriteRawValue(payments.WrittenSpan[1..], skipInputValidation: true);
            json.WriteEndArray();
        });
        payments.ResetWrittenCount();
    }

    void WritePayment(ClaimPayment payment)
    {
        if (form == Form.JsonLines) { Put("payment", json => AnswersJson.Write(payment, json)); return; }
        payments.Write(","u8);
        using var json = ResultJson.Writer(payments, indented: true);
        AnswersJson.Write(payment, json);
    }

    void WriteStatuses(byte[] bytes, Stretch stretch)
    {
        statuses.Read(bytes, stretch, status, unused);
        if (!stretch.IsLast) return;
        Put("claimStatus", json => AnswersJson.Write(status, json));
    }

    void WriteVerdict(byte[] bytes, Stretch stretch)
    {
        var acknowledgment = new Acknowledgment();
        acknowledgments.Read(bytes, stretch, acknowledgment, unused);
        Put("acknowledgment", json => AnswersJson.Write(acknowledgment, json));
    }

    void Write(EnvelopePart part)
    {
        var verdict = new InterchangeAcknowledgment(part.Element(1), part.Element(2), part.Element(3), part.Element(4) is [var sign, ..] ? sign : '\0', part.Element(5));
        Put("interchangeAcknowledgment", json => AnswersJson.Write(verdict, json));
    }

    void Put(string name, Action<Utf8JsonWriter> write) => output.PutObject(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        write(json);
        json.WriteEndObject();
    });
}
