using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What cannot be so is refused with its field, the same on a form and in a file.</summary>
public sealed class RowCheckTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    const string Heads = "Last Name,First Name,DOB,Gender,Address,City,ST,Zip Code,Insurance,Member ID\n";

    static async Task<string> Preview(Browsing owner, string kind, string text)
    {
        var (status, body) = await owner.Post($"/settings/import/{kind}", ("text", text));
        Assert.True(status == HttpStatusCode.Redirect, body);
        return WebUtility.HtmlDecode((await owner.Get($"/settings/import/{kind}")).Body);
    }

    [Theory]
    [InlineData("05/06/2090", "IL", "62701", "1EG4TE5MK99", "has not come yet")]
    [InlineData("05/06/1850", "IL", "62701", "1EG4TE5MK99", "before 1900")]
    [InlineData("05/06/1950", "ZZ", "62701", "1EG4TE5MK99", "no state with these letters")]
    [InlineData("05/06/1950", "IL", "00000", "1EG4TE5MK99", "no ZIP code 00000")]
    [InlineData("05/06/1950", "IL", "62701", "NOTANMBI", "has 11 characters")]
    [InlineData("05/06/1950", "IL", "62701", "1EG4-TE5-MK99", "without hyphens")]
    [InlineData("05/06/1950", "IL", "62701", "1SG4TE5MK99", "never S, L, O")]
    [InlineData("05/06/1950", "IL", "62701", "AEG4TE5MK99", "the other way round")]
    public async Task A_patient_who_cannot_be_is_refused_by_its_cell_and_on_the_form(string born, string state,
        string zip, string member, string says)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var page = await Preview(owner, "patients",
            $"{Heads}New,Ann,{born},F,1 Road,Peoria,{state},{zip},MEDICARE-B,{member}\n"
                + "Good,Ann,05/06/1950,F,1 Road,Peoria,PR,00901,MEDICARE-B,1EG4TE5MK98\n");
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("1 new, 0 changed, 0 here already, 1 failed", page, StringComparison.Ordinal);
        var isOfPlan = member != "1EG4TE5MK99";
        var (status, form) = isOfPlan
            ? await owner.Post("/settings/patients/1", ("PayerId", "1"), ("MemberId", member), ("Rank", "2"))
            : await owner.Post("/settings/patients", ("Family", "New"), ("Given", "Ann"), ("Sex", "F"),
                ("BirthDate", DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture).Iso()),
                ("Line", "1 Road"), ("City", "Peoria"), ("State", state), ("Zip", zip));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(says, WebUtility.HtmlDecode(form), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZZZZZ", "There is no such code")]
    [InlineData("XXXXX", "There is no such code")]
    [InlineData("J1030", "The code ended on")]
    public async Task A_fee_of_a_code_that_is_none_or_has_ended_is_refused_with_its_cell(string code, string says)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var page = await Preview(owner, "fees", $"Code,Fee\n{code},10.00\n99213,$1234.5\n20550,80.00\n");
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("→ 1234.50", page, StringComparison.Ordinal); // what will be saved
        Assert.Contains("1 failed", page, StringComparison.Ordinal);
        var (status, form) = await owner.Post("/settings/fees", ("Code", code), ("Cents", "10.00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(says, WebUtility.HtmlDecode(form), StringComparison.Ordinal);
        Assert.False(await served.InStore(db => db.Fees.AnyAsync(f => f.Code == code && f.Cents == 1_000, Stop)));
    }

    [Fact]
    public async Task A_month_without_a_posting_closes_with_the_next_one_and_the_one_that_is_open_is_named()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        async Task Post(DateOnly day) => await served.InStore(db => db.Change(_ =>
        {
            Ledger.Move(db, new(null, null, "payment", null, day, DateTime.UtcNow), Account.Cash, Account.Receivable,
                100);
            return Task.FromResult(0);
        }, Stop));
        await Post(new(2025, 3, 9));
        await Post(new(2025, 8, 9));
        Task Close(int month) => served.InStore(db => MonthBooks.Close(db, month, DateTime.UtcNow,
            new DateOnly(2026, 1, 5), Stop));
        Assert.Contains("2025-03", (await Assert.ThrowsAsync<InputException>(() => Close(202508))).Message,
            StringComparison.Ordinal);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (_, page) = await owner.Get("/manager/books?month=2025-08");
        Assert.Contains("2025-03 is open, and is closed before this month.", page, StringComparison.Ordinal);
        Assert.Contains("2025-03 is the first month with a posting.", page, StringComparison.Ordinal);
        await Close(202503);
        await Close(202508); // April to July have nothing
        (_, page) = await owner.Get("/manager/books?month=2025-05");
        Assert.Contains("closed with 2025-08", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgreSQL_keeps_a_practice_that_has_rows()
    {
        await using var served = await ServedPractice.Start(Ground.Postgres);
        await ChartedClaims.Chart(served, "b12-shot-billing");
        foreach (var named in new[] { 0L, 1L })
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => served.InStore(async db =>
            {
                db.PracticeId = named;
                return await db.Practices.Where(static p => p.Id == 1).ExecuteDeleteAsync(Stop);
            }));
            Assert.Contains("a practice that has rows stays", refused.ToString(), StringComparison.Ordinal);
        }
        var superuser = served.Postgres!.Replace("Username=practice", "Username=deltoid", StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("deltoid-past").FullName;
        await Assert.ThrowsAsync<NoRowSecurityException>(() => ServedPractice.Open(folder, superuser));
        Directory.Delete(folder, recursive: true);
        // one that has none goes
        await served.InStore(async db =>
        {
            db.PracticeId = 0;
            var made = new Practice { Name = "New", Npi = "1234567893", TaxId = "12-3456789",
                Address = new() { Line = "1 Road", City = "Peoria", State = "IL", Zip = "61602" } };
            db.Practices.Add(made);
            await db.SaveChangesAsync(Stop);
            db.Practices.Remove(made);
            return await db.SaveChangesAsync(Stop);
        });
    }
}
