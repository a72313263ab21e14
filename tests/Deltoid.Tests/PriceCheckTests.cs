using System.Text;
using Deltoid.Adjudication;
using Deltoid.Answers;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pages;
using Deltoid.Pricing;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Expected against paid: what holds for every contract, and what a practice payer plants.</summary>
public sealed class PriceCheckTests
{
    const string Practice = """
        { "locality": "national", "lesserOfCharge": true, "multipleProcedures": "medicare", "rates": [
          { "from": "2020-01-01", "method": "percent-of-medicare", "source": "practice payer" },
          { "from": "2020-01-01", "method": "percent-of-charge", "percent": 60, "otherwise": true,
            "source": "practice payer" } ] }
        """;

    static readonly CodeBook Book = StarterBook.Open();

    static Contract Read(string text)
    {
        var json = new JsonInput(Encoding.UTF8.GetBytes(text));
        var contract = ContractJson.Read(ref json);
        json.Close();
        return contract;
    }

    static ClaimPayment Paying(Claim claim, int line, Money allowed)
    {
        var payment = new ClaimPayment { Status = Code.Of("1") };
        payment.Id = payment.Append(claim[ClaimText.Id]);
        ref var paid = ref payment.AddLine();
        ref readonly var sent = ref claim.Lines[line];
        paid.Procedure = new() { Kind = Code.Of("HC"), Code = sent.Code, Modifiers = sent.Modifiers };
        (paid.Charge, paid.Paid, paid.Date) = (sent.Charge, allowed, sent.Date);
        paid.Control = payment.Append(claim[sent.Control]);
        payment.Adjustments.Add(1, new(Code.Of("CO"), Code.Of("45"), sent.Charge!.Value - allowed));
        return payment;
    }

    static readonly string[] Rates =
    [
        """ "method": "percent-of-mpfs", "percent": 110 """, """ "method": "percent-of-medicare", "year": 2025 """,
        """ "method": "per-unit", "amount": 12.345 """, """ "method": "percent-of-wac", "percent": 103, "amount": 0.6381 """,
        """ "method": "percent-of-asp-limit", "percent": 106 """, """ "method": "per-visit", "amount": 150 """,
        """ "method": "percent-of-charge", "percent": 62.5 """,
        """ "method": "workers-comp-schedule", "relativeValue": 1.27, "factor": 58.1437 """,
        """ "method": "workers-comp-schedule", "factor": 58.14 """, """ "method": "medicaid-schedule", "amount": 9.07 """,
    ];

    static readonly string[] Codes = ["96372", "20610", "J3420", "99213", "64405", "J1100"];

    static Contract ContractOf(Random random, string more = "") => Read($$"""
        { "locality": "06102-16", "lesserOfCharge": {{(random.Next(2) == 0 ? "true" : "false")}}{{more}},
          "sequestration": false, "multipleProcedures": "{{(random.Next(2) == 0 ? "none" : "medicare")}}",
          "rates": [ { "from": "2026-01-01", {{Rates[random.Next(Rates.Length)]}}, "source": "B.2" } ] }
        """);

    static Claim ClaimOf(Random random, long units) => CleanClaim.With(
        $"payer commercial  dos 2026-03-02\n1  {Codes[random.Next(Codes.Length)]}  x{units}  charge "
            + $"{random.Next(1, 4000)}.{random.Next(10, 99)}");

    /// <summary>A price never falls when a unit more is billed at the same charge.</summary>
    [Fact]
    public void The_price_is_monotone_in_units()
    {
        var known = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var units = new Random(seed).Next(1, 60);
            Money? Of(long count)
            {
                var random = new Random(seed);
                _ = random.Next(1, 60);
                return new ContractPricer(Book, ContractOf(random), "").Price(ClaimOf(random, count), 0).Amount;
            }
            if (Of(units) is not { } fewer || Of(units + 1) is not { } more) continue;
            known++;
            Assert.True(fewer.Cents <= more.Cents, $"seed {seed}: {units} units {fewer}, one more {more}");
        }
        Assert.True(known > 800, $"only {known} of 2000 had a price");
    }

    /// <summary>Exactly the tolerance off is right; a cent more is not, either way.</summary>
    [Fact]
    public void A_cent_beyond_the_tolerance_turns_the_verdict()
    {
        var judged = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var contract = ContractOf(random, $", \"tolerance\": 0.{random.Next(10, 99)}");
            var claim = ClaimOf(random, random.Next(1, 5));
            if (new ContractPricer(Book, contract, "").Price(claim, 0).Amount is not { } expected
                || expected.Cents < 200)
                continue;
            judged++;
            foreach (var (off, verdict) in ((long, PriceVerdict)[])
                [(0, PriceVerdict.PaidRight), (contract.Tolerance.Cents, PriceVerdict.PaidRight),
                    (contract.Tolerance.Cents + 1, PriceVerdict.Overpaid)])
                foreach (var sign in (int[])[1, -1])
                {
                    var line = Assert.Single(PriceCheck.Of(Book, contract, "", claim,
                        [Paying(claim, 0, new(expected.Cents + (sign * off)))]));
                    var right = verdict == PriceVerdict.Overpaid && sign < 0 ? PriceVerdict.Underpaid : verdict;
                    Assert.True(line.Verdict == right, $"seed {seed}: {sign * off} off is {line.Verdict}");
                    Assert.Equal(sign * off, line.Difference!.Value.Cents);
                }
        }
        Assert.True(judged > 800, $"only {judged} of 2000 had a price");
    }

    /// <summary>The steps end with the price, and each says where it is written.</summary>
    [Fact]
    public void The_trace_leads_to_the_price()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var price = new ContractPricer(Book, ContractOf(random), "").Price(ClaimOf(random, random.Next(1, 9)), 0);
            if (price.Amount is { } amount) Assert.Equal(amount, price.Steps[^1].Amount);
            else Assert.NotEmpty(price.Why);
            Assert.All(price.Steps, static s => Assert.False(s.Says.Length == 0 || s.Source.Length == 0));
        }
    }

    /// <summary>Claims that the payer neither rejects nor denies, with what it pays.</summary>
    static IEnumerable<(Claim Claim, ClaimPayment Payment, PlantedPrice? Wrong)> Paid(string rates, int most)
    {
        var (made, practice) = (0, new PracticeRates());
        Assert.Null(practice.Take(rates));
        for (var seed = 1; made < most; seed++)
        {
            var random = new Random(seed);
            var adjudicator = new Adjudicator(Book, practice, new Chance(seed));
            var day = new DateOnly(2026, 1, 5).AddDays(random.Next(80));
            if (RoundTests.ItemOf(random, seed, 1, day) is not { Claim: var claim }) continue;
            var verdict = adjudicator.Check(claim);
            if (verdict.Rejected is not null || verdict.Predicted.Count > 0) continue;
            var left = new Money(random.Next(0, 6000));
            made++;
            yield return (claim, adjudicator.Decide(claim, verdict, null, "PC1", ref left),
                adjudicator.WrongPrice(claim, null));
        }
    }

    [Fact]
    public void A_thousand_claims_that_are_paid_right_give_no_alarm()
    {
        var (contract, right, unknown, faults) = (Read(Practice), 0, new Dictionary<string, int>(), new List<string>());
        foreach (var (claim, payment, _) in Paid("all=0", 1000))
            foreach (var line in PriceCheck.Of(Book, contract, "", claim, [payment]))
            {
                if (line.Verdict == PriceVerdict.PaidRight) right++;
                else if (line.Verdict == PriceVerdict.Unknown)
                    unknown[line.Why] = unknown.GetValueOrDefault(line.Why) + 1;
                else faults.Add($"{claim.Text(ClaimText.Id)}: {PricePage.Sentence(line)}; {line.CauseWords}");
            }
        var known = string.Join('\n', unknown.Select(static u => $"{u.Value} {u.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{right} lines right\n{known}");
        Assert.True(faults.Count == 0, $"{faults.Count} of {right}\n{string.Join('\n', faults.Take(20))}");
        Assert.True(right > 1500 && unknown.Values.Sum() < right / 4, $"{right} right\n{known}");
    }

    /// <summary>Each planted price is found, to the cent, with its cause among those that fit, and nothing else.</summary>
    [Fact]
    public void What_the_practice_payer_plants_is_found_and_nothing_else()
    {
        var (contract, found, named, unknown) = (Read(Practice), 0, 0, 0);
        var faults = new List<string>();
        foreach (var (claim, payment, wrong) in Paid("all=0,price=100", 1000))
            foreach (var line in PriceCheck.Of(Book, contract, "", claim, [payment]))
            {
                var isPlanted = wrong is not null && line.Index == wrong.Line;
                var what = $"{claim.Text(ClaimText.Id)}: {wrong}: {PricePage.Sentence(line)}; {line.CauseWords}";
                if (line.Verdict == PriceVerdict.Unknown) unknown += isPlanted ? 1 : 0;
                else if (!isPlanted && line.Verdict != PriceVerdict.PaidRight) faults.Add(what);
                else if (isPlanted && Math.Abs(wrong!.Allowed.Cents - wrong.Right.Cents) > 1)
                {
                    if (line.Difference != wrong.Allowed - wrong.Right) faults.Add(what);
                    if (!line.Fits.Exists(f => f.Id == PlantedPrice.Faults[wrong.Fault]) && !IsCharge(claim, wrong))
                        faults.Add("cause: " + what);
                    found++;
                    if (line.Cause is not null) named++;
                }
            }
        TestContext.Current.TestOutputHelper?.WriteLine($"{found} found, {named} with one cause, {unknown} not known");
        Assert.True(faults.Count == 0, $"{faults.Count}\n{string.Join('\n', faults.Take(20))}");
        Assert.True(found > 300 && named > found / 2, $"{found} found, {named} with one cause, {unknown} not known");
    }

    /// <summary>The wrong price was above the charge: what shows is the charge.</summary>
    static bool IsCharge(Claim claim, PlantedPrice wrong) => claim.Lines[wrong.Line].Charge == wrong.Allowed;

    /// <summary>The groups add up to the lines, by payer and by cause.</summary>
    [Fact]
    public void The_sums_by_payer_are_the_sums_of_the_lines()
    {
        var (contract, ledger, sum) = (Read(Practice), new PriceLedger(), new Dictionary<string, long>());
        var number = 0;
        foreach (var (claim, payment, _) in Paid("all=0,price=50", 300))
        {
            var (payer, lines) = ($"PLAN {number++ % 3}", PriceCheck.Of(Book, contract, "", claim, [payment]));
            ledger.Add(new(claim.Text(ClaimText.Id), "PC1", payer, new(2026, 4, 1), new(claim), false, lines));
            foreach (var line in lines)
                sum[payer] = sum.GetValueOrDefault(payer) + Math.Abs(line.Difference?.Cents ?? 0);
        }
        var groups = PriceLedger.Groups(ledger.Standing());
        foreach (var (payer, cents) in sum)
            Assert.Equal(cents, groups.Where(g => g.Payer == payer).Sum(static g => g.Off.Cents));
        Assert.True(sum.Values.Sum() > 0);
        Assert.All(groups.Where(static g => g.Verdict is PriceVerdict.Underpaid or PriceVerdict.Overpaid),
            static g => Assert.Contains(g.Why, PriceWords.Ids));
    }

    /// <summary>A payment that is taken back counts no more; of two that both stand neither is the price.</summary>
    [Fact]
    public void A_later_payment_takes_the_place_of_what_it_takes_back()
    {
        var claim = CleanClaim.With("payer commercial  dos 2026-03-02\n1  96372  x1  charge 41.00");
        var contract = Read("""
            { "lesserOfCharge": true, "rates": [
              { "codes": ["96372"], "from": "2026-01-01", "method": "per-unit", "amount": 30, "source": "B" } ] }
            """);
        var sent = new SentClaim(claim);
        PricedClaim Answer(int month, long cents, bool replaces) => new("C", "PC", "PLAN", new(2026, month, 1), sent,
            replaces, PriceCheck.Of(Book, contract, "", claim, [Paying(claim, 0, new(cents))]));
        var ledger = new PriceLedger();
        ledger.Add(Answer(6, 3000, true)); // files come in any order
        ledger.Add(Answer(4, 2400, false));
        Assert.Equal(PriceVerdict.PaidRight, Assert.Single(ledger.Standing()).Line.Verdict);
        ledger.Add(Answer(7, 2000, false));
        Assert.All(ledger.Standing(), static l => Assert.Equal(PriceVerdict.Unknown, l.Line.Verdict));
    }

    [Theory]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "source": "B" } ] }""", "amount", "/rates/0/amount")]
    [InlineData("""{ "rates": [ { "method": "per-unit", "amount": 1, "source": "B" } ] }""", "from", "/rates/0/from")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "amount": 1, "source": "B" } ] }""", "method", "/rates/0/method")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "amount": 1 } ] }""", "source", "/rates/0/source")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "amount": 1, "source": " " } ] }""", "source", "/rates/0/source")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "thru": "2025-01-01", "method": "per-unit", "amount": 1, "source": "B" } ] }""", "row 1: it ends before it begins", "/rates/0")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "percent-of-mpfs", "amount": 1, "source": "B" } ] }""", "row 1: this method uses no amount", "/rates/0")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "workers-comp-schedule", "source": "B" } ] }""", "factor", "/rates/0/factor")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "amount": 1, "year": 2025, "source": "B" } ] }""", "row 1: this method uses no year", "/rates/0")]
    [InlineData("""{ "rates": [ { "codes": ["96380-96372"], "from": "2026-01-01", "method": "per-unit", "amount": 1, "source": "B" } ] }""", "no range of codes", "/rates/0/codes/0")]
    [InlineData("""{ "rates": [ { "codes": ["963-72-1"], "from": "2026-01-01", "method": "per-unit", "amount": 1, "source": "B" } ] }""", "no range of codes", "/rates/0/codes/0")]
    [InlineData("""{ "rates": [ { "codes": ["96372"], "group": "drugs", "from": "2026-01-01", "method": "per-unit", "amount": 1, "source": "B" } ] }""", "row 1: codes and group", "/rates/0")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "amount": -1, "source": "B" } ] }""", "negative", "/rates/0/amount")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "percent-of-mpfs", "percent": 0, "source": "B" } ] }""", "percent", "/rates/0/percent")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "percent-of-mpfs", "percent": 1e9, "source": "B" } ] }""", "percent", "/rates/0/percent")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "guess", "source": "B" } ] }""", "no method known", "/rates/0/method")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "methd": "per-unit", "source": "B" } ] }""", "methd", "/rates/0/methd")]
    [InlineData("""{ "rates": [ { "from": "soon", "method": "per-unit", "amount": 1, "source": "B" } ] }""", "not a date", "/rates/0/from")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "amount": 1.1234567, "source": "B" } ] }""", "decimals", "/rates/0/amount")]
    [InlineData("""{ "rates": [ { "from": "2026-01-01", "method": "per-unit", "amount": 1, "source": "B" }, { "from": "2026-06-01", "method": "per-unit", "amount": 2, "source": "B" } ] }""", "row 2 is never used: row 1", "/rates/1")]
    [InlineData("""{ "locality": "Chicago", "rates": [] }""", "no payment locality", "/locality")]
    [InlineData("""{ "tolerance": -0.01, "rates": [] }""", "negative", "/tolerance")]
    [InlineData("""{ "modifierPercents": { "SAX": 85 }, "rates": [] }""", "not a modifier", "/modifierPercents")]
    [InlineData("""{ "multipleProcedures": "ranked", "rates": [] }""", "rankedPercents", "")]
    [InlineData("""{ "multipleProcedures": "sometimes", "rates": [] }""", "no rule", "/multipleProcedures")]
    [InlineData("{ }", "rates", "/rates")]
    [InlineData("[]", "an object is due", "")]
    [InlineData("{ \"rates\": [ { ", "", "/rates/0")]
    public void A_contract_that_does_not_hold_is_refused_by_its_row(string text, string says, string at)
    {
        var e = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(says, $"{e.Message} {e.Try}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(at, e.At);
        Assert.NotEmpty(e.Try);
    }

    [Fact]
    public void Two_rows_that_follow_each_other_are_two_rows() => Assert.Equal(2, Read("""
        { "rates": [
          { "codes": ["96372"], "from": "2025-01-01", "thru": "2025-12-31", "method": "per-unit", "amount": 1, "source": "B" },
          { "codes": ["96372"], "from": "2026-01-01", "method": "per-unit", "amount": 2, "source": "B" } ] }
        """).Rates.Length);
}
