using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Pricing;
using Deltoid.Remits;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>One step of how an expected amount came about, and where it is written.</summary>
public readonly record struct ExpectedStep(string Says, long? Cents, string Source);

/// <summary>What a payer should pay for a line, the patient's share included; or why that is not known.</summary>
/// <param name="Cents">Null where it is not known.</param>
public sealed record ExpectedLine(int Number, string Code, long? Cents, string Why, IReadOnlyList<ExpectedStep> Steps)
{
    /// <summary>The patient's part by Medicare's schedules, in percent; null where they do not say it.</summary>
    public decimal? Coinsurance { get; init; }
}

/// <summary>What a payer should pay for a claim.</summary>
/// <param name="IsOfSchedule">By Medicare's schedules, since no contract is set up.</param>
public sealed record ExpectedClaim(IReadOnlyList<ExpectedLine> Lines, bool IsOfSchedule)
{
    /// <summary>Of the lines whose price is known.</summary>
    public long Cents => Lines.Sum(static l => l.Cents ?? 0);

    public bool IsWhole => Lines.All(static l => l.Cents is not null);
}

/// <summary>What was agreed with a payer, as it bears on claims: the filing limit, and what the payer should pay.
/// </summary>
public static class Agreements
{
    /// <summary>Medicare itself pays by law: this is its contract where no other one is set up.</summary>
    const string OfMedicare = """
        { "lesserOfCharge": true, "multipleProcedures": "medicare", "sequestration": true, "rates": [
          { "from": "2020-01-01", "method": "percent-of-medicare", "source": "42 CFR 414.20, 414.21 and 414.904" } ] }
        """;

    /// <summary>Reads a contract as <c>--contracts</c> has it for one payer.</summary>
    /// <exception cref="InputException">It does not read.</exception>
    internal static Contract ReadContract(string json)
    {
        var input = new JsonInput(Encoding.UTF8.GetBytes(json));
        var contract = ContractJson.Read(ref input);
        input.Close();
        return contract;
    }

    /// <summary>The limits and the contract of a payer, as <c>deltoid remit</c> takes them.</summary>
    /// <exception cref="InputException">They do not read.</exception>
    internal static PayerTerms TermsOf(Payer payer)
    {
        var input = new JsonInput(Encoding.UTF8.GetBytes(payer.Terms));
        var terms = PayerTerms.Read(ref input);
        input.Close();
        return payer.Contract.Length == 0 ? terms : terms with { Contract = ReadContract(payer.Contract) };
    }

    /// <summary>The terms of all payers that have any, by payer id and by name.</summary>
    internal static async Task<Dictionary<string, PayerTerms>> All(PracticeDb db, CancellationToken stop = default)
    {
        var all = new Dictionary<string, PayerTerms>(StringComparer.OrdinalIgnoreCase);
        foreach (var payer in await db.Payers.AsNoTracking().Where(static p => p.Terms != "{}" || p.Contract != "")
            .OrderBy(static p => p.Id).ToListAsync(stop))
        {
            var terms = TermsOf(payer);
            all[payer.Name] = terms;
            all[payer.Number] = terms;
        }
        return all;
    }

    /// <summary>What the payer should pay for a claim, line by line; null where nothing says it.</summary>
    /// <param name="locality">Of the place of service, for prices of Medicare; empty where it is not known.</param>
    public static ExpectedClaim? Expected(Engine engine, Payer payer, string locality, Claim claim)
    {
        var terms = TermsOf(payer);
        var isOfSchedule = terms.Contract is null && payer.Kind == "medicare";
        if ((terms.Contract ?? (isOfSchedule ? ReadContract(OfMedicare) : null)) is not { } contract) return null;
        if (contract.Locality.Length == 0) contract = contract with { Locality = locality };
        var pricer = new ContractPricer(engine.Book, contract, terms.Plan);
        var lines = new List<ExpectedLine>();
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            var price = pricer.Price(claim, i);
            var isElsewhere = price.Shares is [var first, _, ..] && first != i; // said at the first line of the visit
            lines.Add(new(claim.Lines[i].Number, claim.Lines[i].Code.ToString(),
                isElsewhere ? 0 : price.Amount?.Cents, price.Why,
                [.. price.Steps.Select(static s => new ExpectedStep(s.Says, s.Amount?.Cents, s.Source))])
            {
                Coinsurance = payer.Kind != "medicare" ? null
                    : FeeSchedule.Price(claim, claim.Lines[i], engine.Book, new(contract.Locality, "")).Coinsurance,
            });
        }
        return new(lines, isOfSchedule);
    }

    /// <summary>The locality of the place where a claim's service was given; empty where it is not known.</summary>
    public static async Task<string> LocalityOf(PracticeDb db, StoredClaim stored, CancellationToken stop = default) =>
        await db.Visits.Where(v => v.Id == stored.VisitId)
            .Join(db.Locations, static v => v.LocationId, static l => l.Id, static (_, l) => l.Locality)
            .FirstOrDefaultAsync(stop) ?? "";

    /// <summary>
    /// Puts on a claim what was agreed with its payer: the last day of filing, and in the ledger what is expected,
    /// line by line. What was expected before is taken back whole.
    /// </summary>
    public static async Task Apply(PracticeDb db, Engine engine, StoredClaim stored, Claim claim, DateTime now,
        CancellationToken stop = default)
    {
        var payer = stored.Payer is { } known && known.Id == stored.PayerId ? known
            : await db.Payers.AsNoTracking().SingleAsync(p => p.Id == stored.PayerId, stop);
        Limit(stored, payer);
        var expected = claim.Frequency == '8' ? null
            : Expected(engine, payer, await LocalityOf(db, stored, stop), claim);
        Post(db, stored, await PostedOf(db, stored, stop), expected?.Lines ?? [], now);
    }

    /// <summary>The same for a new claim, of which nothing was expected before.</summary>
    /// <param name="location">Where the service was given.</param>
    internal static void Begin(PracticeDb db, Engine engine, StoredClaim stored, Payer payer, Location location,
        Claim claim, DateTime now)
    {
        Limit(stored, payer);
        Post(db, stored, [], Expected(engine, payer, location.Locality, claim)?.Lines ?? [], now);
    }

    /// <summary>The last day of filing, where the contract has its own.</summary>
    internal static void Limit(StoredClaim stored, Payer payer)
    {
        if (TermsOf(payer) is not { TimelyDays: { } days, TimelyFrom: TimelyFrom.Service }) return;
        stored.FileBy = stored.ServiceDate.AddDays(days);
        stored.Rank = Ranking.Of(stored);
    }

    static Task<Dictionary<int, long>> PostedOf(PracticeDb db, StoredClaim stored, CancellationToken stop) =>
        db.Postings.Where(p => p.ClaimId == stored.Id && p.Account == Account.Expected)
            .GroupBy(static p => p.Line ?? 0)
            .Select(static g => new { Line = g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToDictionaryAsync(static g => g.Line, static g => g.Cents, stop);

    static void Post(PracticeDb db, StoredClaim stored, Dictionary<int, long> posted,
        IReadOnlyList<ExpectedLine> lines, DateTime now)
    {
        var wanted = lines.ToDictionary(static l => l.Number, static l => l.Cents ?? 0);
        var day = DateOnly.FromDateTime(now);
        foreach (var line in posted.Keys.Union(wanted.Keys).Order())
        {
            var (was, becomes) = (posted.GetValueOrDefault(line), wanted.GetValueOrDefault(line));
            if (was == becomes) continue;
            Ledger.Move(db, new(stored.Id, line, "expected-reversal", null, day, now), Account.Agreed,
                Account.Expected, was);
            Ledger.Move(db, new(stored.Id, line, "expected", null, day, now), Account.Expected, Account.Agreed,
                becomes);
        }
    }

    /// <summary>Terms have changed: the claims that the payer has not answered yet follow them.</summary>
    internal static async Task ApplyToOpen(PracticeDb db, Engine engine, Payer payer, DateTime now,
        CancellationToken stop = default)
    {
        foreach (var stored in await db.Claims.Include(static c => c.Payer)
            .Where(c => c.PayerId == payer.Id && c.Life < ClaimLife.Answered).OrderBy(static c => c.Id)
            .ToListAsync(stop))
            await Apply(db, engine, stored, Documents.Claim(stored.Document), now, stop);
    }

    /// <summary>The terms of a payer with one limit set to a text, or taken off where the text is empty.</summary>
    /// <exception cref="InputException">It cannot be so.</exception>
    public static string With(string terms, string field, string text)
    {
        var all = System.Text.Json.Nodes.JsonNode.Parse(terms)!.AsObject();
        if (text.Length == 0) all.Remove(field);
        else
            all[field] = field.EndsWith("Days", StringComparison.Ordinal)
                ? int.TryParse(text, System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture, out var days) ? days : text
                : text is "true" or "false" ? text == "true" : text;
        var made = all.ToJsonString(new JsonSerializerOptions());
        var input = new JsonInput(Encoding.UTF8.GetBytes(made));
        PayerTerms.Read(ref input);
        input.Close();
        return made;
    }
}
