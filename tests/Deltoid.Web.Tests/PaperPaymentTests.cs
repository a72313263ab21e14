using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>A payment that came on paper is typed, looked at and posted as one that came as a file.</summary>
public sealed class PaperPaymentTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<StoredClaim> Sent(ServedPractice served)
    {
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(db => Sending.Send(db, [claim.Id], DateTime.UtcNow, Stop));
        return claim;
    }

    static string Line(string field, StoredClaim claim, int line) => PaperForm.Of(field, claim.Id, line);

    /// <summary>38.00 and 12.50 were charged: 30.00 and 10.50 are paid, 4.00 is the patient's.</summary>
    static (string, string)[] Paper(StoredClaim claim, params (string Field, string Text)[] other)
    {
        var typed = new Dictionary<string, string>
        {
            ["act"] = "keep", ["payer"] = "1", ["trace"] = "CHK-7", ["day"] = "2026-04-01", ["amount"] = "$40.50",
            ["claims"] = claim.Number, [Line("paid", claim, 1)] = "30.00", [Line("contract", claim, 1)] = "4",
            [Line("coinsurance", claim, 1)] = "4.00", [Line("paid", claim, 2)] = "10.5",
            [Line("contract", claim, 2)] = "2.00",
        };
        foreach (var (field, text) in other) typed[field] = text;
        return [.. typed.Select(static t => (t.Key, t.Value))];
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task It_waits_is_posted_once_and_its_books_are_those_of_a_file(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Sent(served);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        var (status, body) = await omar.Post("/remittances/paper", ("act", "lines"), ("claims", claim.Number));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(Line("paid", claim, 2), body, StringComparison.Ordinal);
        for (var times = 0; times < 2; times++) // the same paper twice is one file
            Assert.Equal(HttpStatusCode.Redirect, (await omar.Post("/remittances/paper", Paper(claim))).Status);
        var payment = await served.InStore(static db => db.Remittances.AsNoTracking().SingleAsync(Stop));
        Assert.Equal(("post", RemittanceState.Waiting, 4_050L, "CHK-7"),
            (payment.Verdict, payment.State, payment.Amount, payment.Trace));
        Assert.Equal(0, await served.InStore(static db => db.Postings.CountAsync(static p => p.FileId != null, Stop)));
        await omar.Post("/remittances/post", ("payment", $"{payment.Id}"));
        var sums = await served.InStore(static db => db.Postings.GroupBy(static p => p.Account)
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToDictionaryAsync(static g => g.Key, static g => g.Cents, Stop));
        Assert.Equal((4_050, 600, 400, 0), (sums[Account.Cash], sums[Account.Contractual], sums[Account.Patient],
            sums[Account.Receivable]));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task What_was_denied_on_paper_is_a_denial()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Sent(served);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        await omar.Post("/remittances/paper", Paper(claim, ("amount", "10.50"), (Line("paid", claim, 1), ""),
            (Line("contract", claim, 1), ""), (Line("coinsurance", claim, 1), ""),
            (Line("reason", claim, 1), "co 197"), (Line("other", claim, 1), "38.00")));
        var payment = await served.InStore(static db => db.Remittances.AsNoTracking().SingleAsync(Stop));
        await omar.Post("/remittances/post", ("payment", $"{payment.Id}"));
        var answer = await served.InStore(db => db.Claims.Where(c => c.Id == claim.Id).Select(static c => c.Answer)
            .SingleAsync(Stop));
        Assert.Contains("197", answer, StringComparison.Ordinal);
        Assert.Equal(3_800, (await served.InStore(db => Ledger.Owed(db, claim.Id, Stop))).Payers); // it stays open
    }

    [Theory]
    [InlineData("amount", "41.00", "The lines come to 40.50, and the payment is 41.00.")]
    [InlineData("amount", "", "The amount is missing.")]
    [InlineData("amount", "many", "This is no amount.")]
    [InlineData("payer", "", "The payer is missing.")]
    [InlineData("payer", "999", "The payer is missing.")]
    [InlineData("trace", "", "The number of the check or transfer is missing")]
    [InlineData("trace", "A*B~", "has other signs than letters")]
    [InlineData("day", "", "The day is missing.")]
    [InlineData("day", "2099-01-01", "a later day than today")]
    [InlineData("claims", "", "No claim is named.")]
    [InlineData("claims", "C999999", "No claim has the number C999999.")]
    [InlineData("paid.1", "3", "38.00 was charged, and what is paid and taken off comes to 11.00.")]
    [InlineData("other.2", "1", "Another amount needs its group and reason.")]
    [InlineData("reason.2", "197", "Another amount needs its group and reason.")]
    [InlineData("control", "X~Y", "at most 30 letters and digits")]
    public async Task What_is_wrong_is_said_nothing_is_kept_and_what_was_typed_stays(string field, string text,
        string says)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Sent(served);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        var name = field switch
        {
            "control" => $"control.{claim.Id}",
            _ when field.Split('.') is [var of, var line] => PaperForm.Of(of, claim.Id, int.Parse(line,
                System.Globalization.CultureInfo.InvariantCulture)),
            _ => field,
        };
        var (status, body) = await omar.Post("/remittances/paper", Paper(claim, (name, text)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(says, Browsing.Words(body), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("CHK-7", field == "trace" ? "CHK-7" : body, StringComparison.Ordinal);
        Assert.Equal(0, await served.InStore(static db => db.Remittances.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_claim_of_another_practice_is_not_found()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await omar.Post("/remittances/paper", ("act", "lines"),
            ("claims", "C000777"))).Status);
    }
}
