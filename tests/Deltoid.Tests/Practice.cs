using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Adjudication;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;

namespace Deltoid.Tests;

/// <summary>
/// A practice that sends claims to a practice payer, posts what comes back as the files say it, and does what
/// <c>remit</c> proposes, as a person would who attests it, until every claim is paid or closed.
/// </summary>
internal sealed class Practice(CodeBook book, PracticePayer payer, PayerBooks books, Practice.Counts counts)
{
    /// <summary>How a claim stands with the practice.</summary>
    public enum Standing : byte { Open, Paid, Closed }

    /// <summary>A claim, its chart, and what came back of it.</summary>
    public sealed class Item
    {
        public required Claim Claim { get; set; }

        public required Encounter Encounter { get; init; }

        public Standing Standing { get; set; }

        public int Steps { get; set; }

        /// <summary>What is posted: answers that were not replaced without a reversal.</summary>
        public List<ClaimPayment> Posted { get; } = [];

        public bool IsToSend { get; set; } = true;

        /// <summary>Its billing NPI has a wrong check digit, which the payer rejects.</summary>
        public bool IsWrongNpi { get; set; }

        public string Id => Claim.Text(ClaimText.Id);
    }

    /// <summary>Counts over all seeds.</summary>
    public sealed class Counts
    {
        public int Claims, Rejected, Predicted, Planted, Duplicates, Quarantined, Received, PaidAtFirst, WonBack,
            WrittenOff, AskedAPerson;

        public SortedDictionary<string, int> StepsOfPlants { get; } = new(StringComparer.Ordinal);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Claims} claims: {Rejected} rejected, {PaidAtFirst} paid at first, {WonBack} won back, {WrittenOff} "
                + $"written off; the edits predicted {Predicted} denials, the payer planted {Planted} and "
                + $"{Duplicates} duplicates; {Received} remittances again, {Quarantined} quarantined; a person was "
                + $"asked {AskedAPerson} times\n")
            + string.Join('\n', StepsOfPlants.Select(static s => $"{s.Key}: {s.Value}"));
    }

    const int MostSteps = 3;

    static readonly Code Duplicate = Code.Of("18");

    readonly Dictionary<string, Item> items = [];
    readonly HashSet<string> traces = [];
    readonly List<AppealRequest> appeals = [];
    readonly Resolver resolver = new(book);

    public List<string> Faults { get; } = [];

    public Money Checks { get; private set; }

    public Money Interest { get; private set; }

    public bool IsDone => items.Values.All(static i => i.Standing != Standing.Open);

    public IEnumerable<string> Open =>
        items.Values.Where(static i => i.Standing == Standing.Open).Select(static i => i.Id);

    public void Add(Item item) => items.Add(item.Id, item);

    /// <summary>What the answers that were posted come to.</summary>
    public BookTotals Totals()
    {
        var totals = new BookTotals();
        foreach (var item in items.Values)
            foreach (var payment in item.Posted) totals.Add(payment);
        return totals;
    }

    /// <summary>One round: what is to be sent goes out, and what comes back is posted and acted on.</summary>
    public void Round(DateOnly day)
    {
        var sent = items.Values.Where(static i => i.IsToSend).ToList();
        foreach (var item in sent) item.IsToSend = false;
        var asked = appeals.ToList();
        appeals.Clear();
        var files = payer.Answer(sent.Count == 0 ? [] : Received(sent.ConvertAll(static i => i.Claim), day), asked);
        foreach (var decision in payer.Decisions)
        {
            if (decision.Predicted.Count > 0) counts.Predicted++;
            if (decision.What != "rejected") continue;
            counts.Rejected++;
            Mend(items[decision.Claim]);
        }
        foreach (var file in files)
            if (file.Kind != "277CA") Take(file);
        foreach (var decision in payer.Decisions)
            if (decision.What == "appeal-lost" && items[decision.Claim] is { Standing: Standing.Open } item)
                Close(item);
    }

    /// <summary>A claim that was stopped at the front goes out anew with the right NPI, or is given up.</summary>
    void Mend(Item item)
    {
        if (item.IsWrongNpi) item.Claim.Set(Party.Billing, PartyField.Npi, "1234567893"u8);
        else Close(item);
        (item.IsToSend, item.IsWrongNpi) = (item.IsWrongNpi, false);
    }

    /// <summary>The claims as the payer reads them: written as 837 and read back.</summary>
    public static List<Claim> Received(List<Claim> claims, DateOnly day)
    {
        var writer = new ClaimWriter(new EnvelopeTerms
        {
            Sender = "CLINIC01", Receiver = "PAYER01", Day = day, Time = new(9, 30), SubmitterName = "CLINIC",
            ContactPhone = "2175550100",
        });
        foreach (var claim in claims) writer.Write(claim);
        writer.Finish();
        var (source, found, read) = (new ClaimSource(new MemoryStream(writer.Output.Written.ToArray())),
            new FindingList(), new List<Claim>());
        while (source.Read(found) is { } claim) read.Add(claim.Detach());
        Assert.Equal(claims.Count, read.Count);
        return read;
    }

    /// <summary>Quarantines what does not balance, passes over what came before, and posts the rest.</summary>
    void Take(PayerFile file)
    {
        var payment = Assert.Single(AnswerFiles.Payments(file.Bytes));
        var errors = payment.Findings.FindAll(static f => f.Severity == Severity.Error);
        if (errors.Count > 0 != (file.Kind == "cent-off"))
        {
            Faults.Add($"{file.Name} ({file.Kind}): {string.Join("; ", AnswerFiles.Lines(errors))}");
            return;
        }
        if (errors.Count > 0)
        {
            counts.Quarantined++;
            return;
        }
        var isNew = traces.Add(payment.Head.Text(RemittanceText.Trace));
        if (isNew != (file.Kind == "right")) Faults.Add($"{file.Name} ({file.Kind}) is taken for another");
        if (!isNew)
        {
            counts.Received++;
            return;
        }
        Checks += payment.Head.Amount ?? Money.Zero;
        foreach (var answered in payment.Claims.GroupBy(static c => c.Text(c.Id))) Take(payment, [.. answered]);
    }

    void Take(AnswerFiles.Payment payment, List<ClaimPayment> answers)
    {
        var item = items[answers[0].Text(answers[0].Id)];
        foreach (var twice in answers.FindAll(IsDuplicate))
        {
            if (books.OfId(item.Id) is not { Status: AccountStatus.Paid }) continue;
            counts.Duplicates++;
            var paid = $$"""
                [{ "fact": "same-service-paid", "on": "{{payment.Head.Effective:yyyy-MM-dd}}",
                   "payerControl": "{{books.OfId(item.Id)!.Control}}" }]
                """;
            var resolution = Resolve(item, payment.Head, [twice], paid);
            Judge(item, resolution, "duplicate", ["resubmit", "bill-patient"]);
        }
        answers.RemoveAll(IsDuplicate);
        if (answers.Count == 0)
        {
            if (item.Standing == Standing.Open) Close(item); // sent again by itself, which pays nothing
            return;
        }
        if (item.Posted is [.., var last] && IsUnprocessable(last) && !answers[0].IsReversal)
            item.Posted.RemoveAt(item.Posted.Count - 1);
        item.Posted.AddRange(answers);
        foreach (var answer in answers) Interest += answer.Amount(Code.Of("I")) ?? Money.Zero;
        Act(item, payment.Head, answers);
    }

    /// <summary>The whole claim is denied as a duplicate: nothing of it is posted, it stands elsewhere.</summary>
    static bool IsDuplicate(ClaimPayment answer)
    {
        foreach (ref readonly var adjustment in answer.Adjustments.All)
            if (adjustment.Reason != Duplicate) return false;
        return !answer.IsReversal && answer.Adjustments.Count > 0;
    }

    static bool IsUnprocessable(ClaimPayment answer)
    {
        foreach (ref readonly var remark in answer.Remarks.Of(0))
            if (remark.Code == Account.Unprocessable) return true;
        return false;
    }

    void Act(Item item, Remittance head, List<ClaimPayment> answers)
    {
        var account = books.OfId(item.Id)!;
        var plant = account.IsPlanted ? Plant.Find(account.Plant) : null;
        var facts = plant is null ? "[]" : PlantFacts.Of(plant, account, head.Effective);
        var resolution = Resolve(item, head, answers, facts);
        var totals = new BookTotals();
        totals.Add(answers[^1]);
        var isDenied = totals.Denied != Money.Zero;
        if (plant is not null) Judge(item, resolution, plant.Name, plant.Never);
        else if (!isDenied) Judge(item, resolution, "paid", ["corrected-claim", "new-claim", "resubmit"]);
        if (!isDenied)
        {
            if (item.Steps == 0) counts.PaidAtFirst++;
            else if (item.Standing == Standing.Open) counts.WonBack++;
            item.Standing = Standing.Paid;
            return;
        }
        if (item.Steps++ < MostSteps && item.Standing == Standing.Open) Follow(item, answers[^1], resolution, plant);
        else Close(item);
    }

    /// <summary>No step that the payer's truth calls false is proposed, and none that it forbids itself.</summary>
    void Judge(Item item, Resolution resolution, string truth, string[] never)
    {
        var proposed = resolution.Alternatives.Select(static a => a.Step).Prepend(resolution.Step)
            .Select(static s => Steps.Words[s]).ToList();
        foreach (var step in proposed)
            if (never.Contains(step))
                Faults.Add($"{item.Id}: {truth} is answered with {step}, which is false "
                    + $"({resolution.Cause?.Id ?? "no cause"})");
            else if (resolution.Never.Exists(n => n.Step == step))
                Faults.Add($"{item.Id}: {step} is proposed and forbidden ({resolution.Cause?.Id})");
        var key = $"{truth} -> {proposed[0]}";
        counts.StepsOfPlants[key] = counts.StepsOfPlants.GetValueOrDefault(key) + 1;
    }

    Resolution Resolve(Item item, Remittance head, List<ClaimPayment> answers, string facts)
    {
        var text = Encoding.UTF8.GetBytes(facts);
        var json = new JsonInput(text);
        var terms = new JsonInput(
            """{ "correctedDays": 365, "appealDays": 365, "timelyDays": 365, "contracted": true }"""u8);
        var denied = new DeniedClaim
        {
            Claim = item.Claim, Encounter = item.Encounter, Record = RecordJson.Read(ref json, "/record"),
            Terms = PayerTerms.Read(ref terms), Today = head.Effective.AddDays(1),
        };
        denied.Payments.AddRange(answers);
        return resolver.Resolve(denied);
    }

    /// <summary>
    /// Does what is proposed. Where nothing is, or nothing that can be done, a person does what the truth calls for.
    /// </summary>
    void Follow(Item item, ClaimPayment answer, Resolution resolution, Plant? plant)
    {
        var control = answer.Text(answer.PayerControl);
        var changed = resolution.Changes.FindAll(static c => c.Path is not ("/frequency" or "/originalReference"));
        switch (resolution.Step)
        {
            case NextStep.CorrectedClaim or NextStep.NewClaim when changed.Count > 0:
                item.Claim = Changed(item.Claim, resolution.Changes);
                (item.IsToSend, item.Claim.Frequency) = (true, resolution.Step == NextStep.NewClaim ? '1' : '7');
                break;
            case NextStep.Reopening when changed.Count > 0:
                item.Claim = Changed(item.Claim, resolution.Changes);
                appeals.Add(new(item.Id, control, "reopening", item.Claim));
                break;
            case NextStep.Appeal or NextStep.SendRecords:
                appeals.Add(new(item.Id, control, Steps.Words[resolution.Step], null));
                break;
            case NextStep.None or NextStep.CorrectedClaim or NextStep.Reopening or NextStep.NewClaim
                when plant is not null && plant.WonBy != Remedy.None:
                counts.AskedAPerson++;
                AsAPerson(item, control, plant);
                break;
            default: Close(item); break;
        }
    }

    void AsAPerson(Item item, string control, Plant plant)
    {
        if (!plant.WonBy.HasFlag(Remedy.Correction))
        {
            appeals.Add(new(item.Id, control, plant.WonBy.HasFlag(Remedy.Records) ? "send-records" : "appeal", null));
            return;
        }
        var (account, claim) = (books.OfId(item.Id)!, item.Claim.Detach());
        if (plant.Name == "authorization")
            claim.Set(ClaimText.PriorAuthorization, Encoding.UTF8.GetBytes(account.Truth));
        if (plant.Name == "member")
            claim.Set(Party.Subscriber, PartyField.MemberId, Encoding.UTF8.GetBytes(account.Truth));
        item.Claim = claim;
        if (claim.PayerKind == PayerKind.Medicare)
        {
            appeals.Add(new(item.Id, control, "reopening", claim));
            return;
        }
        claim.Frequency = '7';
        claim.Set(ClaimText.OriginalReference, Encoding.UTF8.GetBytes(control));
        item.IsToSend = true;
    }

    void Close(Item item)
    {
        item.Standing = Standing.Closed;
        counts.WrittenOff++;
    }

    /// <summary>The claim with a JSON Patch applied to its JSON.</summary>
    public static Claim Changed(Claim claim, IReadOnlyList<ClaimChange> changes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) ClaimJson.Write(claim, writer);
        var root = JsonNode.Parse(buffer.WrittenSpan)!;
        foreach (var change in changes) Apply(root, change);
        var changed = new Claim();
        ClaimJson.Read(Encoding.UTF8.GetBytes(root.ToJsonString()), changed);
        return changed;
    }

    static void Apply(JsonNode root, ClaimChange change)
    {
        var steps = change.Path[1..].Split('/');
        var at = root;
        foreach (var step in steps[..^1])
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]!
                : at[step] ?? (at[step] = new JsonObject());
        var value = change.Value is null ? null : JsonNode.Parse(change.Value);
        if (at is JsonObject fields && change.Op == "remove") fields.Remove(steps[^1]);
        else if (at is JsonObject named) named[steps[^1]] = value;
        else if (at is JsonArray items)
        {
            if (change.Op == "remove") items.RemoveAt(int.Parse(steps[^1], CultureInfo.InvariantCulture));
            else if (steps[^1] == "-") items.Add(value);
            else if (change.Op == "add") items.Insert(int.Parse(steps[^1], CultureInfo.InvariantCulture), value);
            else items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
        }
    }
}
