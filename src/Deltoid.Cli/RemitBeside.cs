using System.Text;
using Deltoid.Batch;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Pricing;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>What is known beside remittances: claims as sent, charts, facts of the record, terms.</summary>
sealed class RemitBeside(Terminal terminal, SentClaims sent, Dictionary<string, PayerTerms> terms)
{
    /// <summary>Claims or charts that do not read, or are of no claim; each was reported.</summary>
    public int Refused { get; private set; }

    /// <summary>Claims as they were sent: X12, claim JSON (one, a list, lines) or notation.</summary>
    public void ReadClaims(string file)
    {
        using var input = X12Input.Open(terminal, file);
        if (input.IsX12) ReadX12(file, input.Stream);
        else
            foreach (var part in PartsOf(input.ReadAll()))
                foreach (var (claim, error) in ClaimFile.Read(part))
                    if (claim is not null) sent.Add(claim);
                    else Refuse(file, error!);
        if (sent.Count == 0)
            throw new InputException("", "no claim is in the file", "give the 837 or the claim JSON as it was sent");
    }

    void ReadX12(string file, Stream stream)
    {
        var (source, found) = (new ClaimSource(stream), new FindingList());
        while (source.Read(found) is { } claim)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            sent.Add(claim.Detach(), found);
        }
        if (source.Refused > 0)
            Refuse(file, new InputException("", "a set that is no 837 was passed over", "give only 837 files"));
    }

    void Refuse(string file, InputException error)
    {
        Refused++;
        terminal.Tell(file, error);
    }

    /// <summary>Charts; each belongs to the claim that its billing names.</summary>
    public void ReadCharts(string file)
    {
        var parts = PartsOf(terminal.Read(file)).SelectMany(JsonParts.Of).ToList();
        for (var i = 0; i < parts.Count; i++)
            try { Add(EncounterJson.Read(parts[i], ""), file, i); }
            catch (InputException e) { Refuse(file, new InputException($"/{i}{e.At}", e.Message, e.Try)); }
    }

    void Add(Encounter chart, string file, int index)
    {
        var id = ChartId(chart);
        var found = false;
        foreach (var claim in id.Length > 0 ? sent.WithId(Encoding.UTF8.GetBytes(id)) : [])
            (claim.Chart, found) = (chart, true);
        if (!found)
            Refuse(file, new InputException($"/{index}/billing/claimId",
                id.Length == 0 ? "the chart does not say of which claim it is" : "no claim with this number was given",
                "write the claim's number there, as in the file of --claims"));
    }

    static string ChartId(Encounter chart)
    {
        if (chart.BillingJson.IsEmpty) return "";
        var claim = new Claim();
        ClaimJson.ReadParties(chart.BillingJson, claim);
        return claim.Text(ClaimText.Id);
    }

    /// <summary>Facts by claim id.</summary>
    public void ReadRecord(string file)
    {
        var bytes = JsonInput.WithoutMark(terminal.Read(file));
        var json = new JsonInput(bytes.Span);
        var seen = new HashSet<string>();
        for (json.EnterObject("{ \"P001\": [] }"); json.NextName(seen);)
        {
            var id = Encoding.UTF8.GetString(json.TextBytes());
            json.AdvanceToValue();
            var facts = RecordJson.Read(ref json, "/record");
            var found = false;
            foreach (var claim in sent.WithId(Encoding.UTF8.GetBytes(id))) (claim.Record, found) = (facts, true);
            if (!found)
                Refuse(file, new InputException("/" + id, "no claim with this number was given",
                    "write the claim's number as in the file of --claims"));
        }
        json.Close();
    }

    /// <summary>Terms by payer id or name.</summary>
    public void ReadTerms(string file)
    {
        var bytes = JsonInput.WithoutMark(terminal.Read(file));
        var json = new JsonInput(bytes.Span);
        var seen = new HashSet<string>();
        for (json.EnterObject("{ \"AETNA\": { \"appealDays\": 180 } }"); json.NextName(seen);)
        {
            var payer = Encoding.UTF8.GetString(json.TextBytes());
            json.AdvanceToValue();
            terms[payer] = PayerTerms.Read(ref json);
        }
        json.Close();
    }

    /// <summary>What payers agreed to pay, by payer id or name.</summary>
    public void ReadContracts(string file) => ReadContracts(terminal.Read(file), terms);

    /// <inheritdoc cref="ReadContracts(string)"/>
    /// <param name="terms">Get the contracts; where they have one already, that is an error.</param>
    public static void ReadContracts(byte[] file, Dictionary<string, PayerTerms> terms)
    {
        var bytes = JsonInput.WithoutMark(file);
        var json = new JsonInput(bytes.Span);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (json.EnterObject("{ \"AETNA\": { \"rates\": [] } }"); json.NextName(seen);)
        {
            var payer = Encoding.UTF8.GetString(json.TextBytes());
            json.AdvanceToValue();
            var known = terms.GetValueOrDefault(payer) ?? new PayerTerms();
            if (known.Contract is not null)
                throw json.Wrong("the terms of this payer have a contract already", "keep one of the two");
            terms[payer] = known with { Contract = ContractJson.Read(ref json) };
        }
        json.Close();
    }

    /// <summary>A file of JSON lines in its lines; any other whole.</summary>
    static List<ReadOnlyMemory<byte>> PartsOf(byte[] bytes) => JsonParts.Lines(bytes) is { Count: > 1 } lines
        ? lines
        : [bytes];
}
