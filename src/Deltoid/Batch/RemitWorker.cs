using System.Buffers;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;

namespace Deltoid.Batch;

/// <summary>What a block of remittances came to.</summary>
internal sealed class AnsweredBlock
{
    /// <summary>Answers as JSON, one after the other.</summary>
    public ArrayBufferWriter<byte> Text { get; } = new(64 * 1024);

    /// <summary>Each answer's set and place in <see cref="Text"/>.</summary>
    public List<(SurveyedSet Set, int Start, int Length)> Claims { get; private set; } = [];

    /// <summary>For a page: what each claim came to.</summary>
    public List<RemitEntry> Entries { get; } = [];

    /// <summary>Payments of claims that have more than one in their set: they are answered together.</summary>
    public List<(SurveyedSet Set, ulong Id, ClaimPayment Payment)> Held { get; } = [];

    /// <summary>Puts answers that came after those of a later set back to their own.</summary>
    public void Order() => Claims = [.. Claims.OrderBy(static c => c.Set.Before)];
}

/// <summary>One worker's tools for answering blocks of an 835; all are used again for every claim.</summary>
internal sealed class RemitWorker(RemitAnswerer answerer,
    Dictionary<(int Interchange, int Group, int Set), SurveyedSet> sets, bool isJson)
{
    readonly RemittanceReader reader = new();
    readonly Remittance head = new();
    readonly RemittanceSums sums = new();
    readonly ClaimPayment payment = new();
    readonly FindingList unused = new(); // the first reading reported them
    readonly Dictionary<(SurveyedSet, ulong), List<ClaimPayment>> waiting = [];
    readonly ArrayBufferWriter<byte> one = new(8 * 1024);
    readonly Utf8JsonWriter json = ResultJson.Writer(new ArrayBufferWriter<byte>(), indented: false);

    public AnsweredBlock Answer(Block block)
    {
        var made = new AnsweredBlock();
        foreach (var item in block.Items)
            if (item.SetPart is { } part && part.Set.Guide?.Set == RemittanceSet.Set
                && sets.TryGetValue((part.Set.Interchange, part.Set.Group, part.Set.Set), out var set)
                && set.Verdict is RemitVerdict.Post or RemitVerdict.PostWithWarning)
                Answer(block.Bytes, part, set, made);
        return made;
    }

    void Answer(byte[] bytes, SetPart part, SurveyedSet set, AnsweredBlock made)
    {
        reader.Open(bytes, part, head, sums);
        for (; reader.Read(payment, unused); unused.Clear())
        {
            var id = set.Repeated.Count == 0 ? 0 : ContentHash.Of(payment[payment.Id]);
            if (id != 0 && set.Repeated.ContainsKey(id)) made.Held.Add((set, id, payment.Detach()));
            else Put(set, made, payment);
        }
        reader.SetFindings.Clear();
    }

    /// <summary>Answers claims whose last payment has come; of the worker that takes blocks in their order.</summary>
    public void AnswerHeld(AnsweredBlock made)
    {
        foreach (var (set, id, held) in made.Held)
        {
            if (!waiting.TryGetValue((set, id), out var payments)) waiting[(set, id)] = payments = [];
            payments.Add(held);
            if (payments.Count < set.Repeated[id]) continue;
            waiting.Remove((set, id));
            foreach (var group in answerer.Group(payments)) Put(set, made, [.. group]);
        }
        made.Held.Clear();
        made.Order();
    }

    void Put(SurveyedSet set, AnsweredBlock made, params ReadOnlySpan<ClaimPayment> payments)
    {
        var (resolution, match) = answerer.Answer(set, payments);
        if (!isJson)
        {
            made.Entries.Add(RemitEntry.Of(resolution, match, payments) with
            {
                Priced = PricedClaim.Of(resolution, match, set, payments)
            });
            return;
        }
        one.ResetWrittenCount();
        json.Reset(one);
        RemitJson.WriteClaim(resolution, match, json);
        json.Flush();
        made.Claims.Add((set, made.Text.WrittenCount, one.WrittenCount));
        made.Text.Write(one.WrittenSpan);
    }
}
