using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>What was agreed with a payer, as it bears on its claims.</summary>
public sealed class AgreementTests
{
    const string PerUnit = """
        { "lesserOfCharge": true, "multipleProcedures": "none", "rates": [
          { "codes": ["96372"], "from": "2026-01-01", "method": "per-unit", "amount": 30.00, "source": "Exhibit B" },
          { "otherwise": true, "from": "2026-01-01", "method": "percent-of-charge", "percent": 60,
            "source": "Section 4" } ] }
        """;

    static async Task<long> Agree(ServedPractice served, long payerId, string contract, string terms = "{}")
    {
        var engine = served.App.Services.GetRequiredService<Engine>();
        return await served.InStore(db => db.Change(async _ =>
        {
            var payer = await db.Payers.SingleAsync(p => p.Id == payerId);
            (payer.Contract, payer.Terms) = (contract, terms);
            await Agreements.ApplyToOpen(db, engine, payer, new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc));
            return payer.Id;
        }));
    }

    static Task<long> Posted(ServedPractice served, long claimId) => served.InStore(db => db.Postings
        .Where(p => p.ClaimId == claimId && p.Account == Account.Expected).SumAsync(static p => p.Cents));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_expected_follows_the_contract_and_owes_nobody_anything(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var owed = await served.InStore(db => Ledger.Owed(db, claim.Id));
        await Agree(served, claim.PayerId, PerUnit);
        var lines = Documents.Claim(claim.Document).Lines.ToArray();
        var wanted = lines.Sum(static l => l.Code == Code.Of("96372") ? Math.Min(3000, l.Charge!.Value.Cents)
            : Money.Round(l.Charge!.Value.Dollars * 60 / 100).Cents);
        Assert.Equal(wanted, await Posted(served, claim.Id));
        await Agree(served, claim.PayerId, PerUnit.Replace("30.00", "20.00", StringComparison.Ordinal));
        Assert.Equal(wanted - 1000, await Posted(served, claim.Id));
        await Agree(served, claim.PayerId, PerUnit.Replace("30.00", "20.00", StringComparison.Ordinal));
        Assert.Equal(wanted - 1000, await Posted(served, claim.Id));
        Assert.Equal(owed, await served.InStore(db => Ledger.Owed(db, claim.Id)));
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
    }

    [Fact]
    public async Task A_line_that_no_row_prices_is_not_known_and_says_why()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var payer = await served.InStore(db => db.Payers.AsNoTracking().SingleAsync(p => p.Id == claim.PayerId));
        payer.Contract = """
            { "lesserOfCharge": true, "multipleProcedures": "none", "rates": [
              { "codes": ["96372"], "from": "2026-01-01", "method": "per-unit", "amount": 30, "source": "B" } ] }
            """;
        var expected = Agreements.Expected(served.App.Services.GetRequiredService<Engine>(), payer, "06102-16",
            Documents.Claim(claim.Document))!;
        Assert.False(expected.IsWhole);
        Assert.Equal(3000, expected.Cents);
        Assert.All(expected.Lines.Where(static l => l.Cents is null),
            static l => Assert.Equal("no row of the contract is for this line", l.Why));
        payer.Contract = "";
        payer.Kind = "commercial";
        Assert.Null(Agreements.Expected(served.App.Services.GetRequiredService<Engine>(), payer, "",
            Documents.Claim(claim.Document)));
    }

    [Fact]
    public async Task The_filing_limit_of_a_contract_counts_for_more_than_the_engines()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        await Agree(served, claim.PayerId, "", """{ "timelyDays": 45 }""");
        Assert.Equal(claim.ServiceDate.AddDays(45),
            await served.InStore(db => db.Claims.Where(c => c.Id == claim.Id).Select(static c => c.FileBy)
                .SingleAsync()));
    }

    [Theory, InlineData("timelyDays", "0"), InlineData("timelyDays", "many"), InlineData("appealDays", "99999")]
    public void A_limit_that_cannot_be_is_refused(string field, string text) =>
        Assert.Throws<InputException>(() => Agreements.With("{}", field, text));
}
