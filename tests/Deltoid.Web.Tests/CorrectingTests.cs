using Deltoid.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Tests.ChartedClaims;

namespace Deltoid.Web.Tests;

/// <summary>Corrected and void claims, and what Medicare has instead.</summary>
public sealed class CorrectingTests
{
    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<StoredClaim> Answered(ServedPractice served, string payer, string action)
    {
        var claim = await Chart(served, "b12-shot-billing", payer);
        await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        return await served.InStore(async db =>
        {
            var stored = await db.Claims.SingleAsync(c => c.Id == claim.Id, Stop);
            (stored.Life, stored.Answer) = (ClaimLife.Answered,
                $$"""{ "payerControl": "CM26069A0001", "action": "{{action}}" }""");
            await db.SaveChangesAsync(Stop);
            return stored;
        });
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task One_press_makes_it_a_corrected_claim_with_the_payers_number_and_another_voids_it(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = EngineOf(served);
        var stored = await Answered(served, "commercial", "corrected-claim");
        var edited = await served.InStore(db => Correcting.Correct(db, engine, stored.Id, '7', Now, Stop));
        Assert.True(edited.IsSaved);
        Assert.Equal(ClaimLife.Ready, edited.Claim.Life);
        var file = await served.InStore(db => Sending.Send(db, [stored.Id], Now, Stop));
        var x12 = System.Text.Encoding.ASCII.GetString(file.Content);
        Assert.Contains(":7*", x12, StringComparison.Ordinal);
        Assert.Contains("REF*F8*CM26069A0001~", x12, StringComparison.Ordinal);

        edited = await served.InStore(db => Correcting.Correct(db, engine, stored.Id, '8', Now, Stop));
        Assert.Equal('8', Documents.Claim(edited.Claim.Document).Frequency);
        // until it leaves nothing has happened; then a void claim charges nothing, and money is conserved
        Assert.Equal((5_050, 0), await served.InStore(db => Ledger.Owed(db, stored.Id, Stop)));
        await served.InStore(db => Sending.Send(db, [stored.Id], Now, Stop));
        Assert.Equal((0, 0), await served.InStore(db => Ledger.Owed(db, stored.Id, Stop)));
        Assert.Equal(0, await served.InStore(db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }

    [Fact]
    public async Task Medicare_gets_a_new_claim_where_it_judged_none_and_is_asked_for_a_reopening_else()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = EngineOf(served);
        var stored = await Answered(served, "medicare", "new-claim");
        await Assert.ThrowsAsync<InputException>(() =>
            served.InStore(db => Correcting.Correct(db, engine, stored.Id, '7', Now, Stop)));
        var again = await served.InStore(db => Correcting.Renew(db, engine, stored.Id, Now, Stop));
        Assert.Equal((ClaimLife.Ready, stored.Version + 1), (again.Life, again.Version));
        Assert.True((await served.InStore(db => Editing.Save(db, engine, stored.Id, again.Version,
            new Dictionary<string, string> { ["authorization"] = "A-1" }, Now, stop: Stop))).IsSaved);

        var denied = await Answered(served, "medicare", "reopening");
        await Assert.ThrowsAsync<InputException>(() =>
            served.InStore(db => Correcting.Renew(db, engine, denied.Id, Now, Stop)));
        await Assert.ThrowsAsync<InputException>(() =>
            served.InStore(db => Correcting.AskReopening(db, denied.Id, " ", Now, Stop)));
        var asked = await served.InStore(db => Correcting.AskReopening(db, denied.Id, "units were 2", Now, Stop));
        Assert.True(asked.SnoozedUntil > DateOnly.FromDateTime(Now) && asked.IsSnoozedForNews);
        Assert.True(await served.InStore(db => db.Events.AnyAsync(static e => e.Act == "ask-reopening"
            && e.Why == "units were 2", Stop)));
    }

    [Fact]
    public async Task A_claim_that_the_payer_does_not_have_or_whose_number_is_not_known_is_not_corrected()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = EngineOf(served);
        var claim = await Chart(served, "b12-shot-billing", "commercial");
        Task Fails() => Assert.ThrowsAsync<InputException>(() =>
            served.InStore(db => Correcting.Correct(db, engine, claim.Id, '7', Now, Stop)));
        await Fails();
        await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        await Fails();
        Assert.Equal('1', Documents.Claim((await served.InStore(db =>
            db.Claims.SingleAsync(c => c.Id == claim.Id, Stop))).Document).Frequency);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_rejected_claim_with_nothing_to_mend_goes_out_again_as_it_is(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = EngineOf(served);
        var claim = await Chart(served, "b12-shot-billing", "commercial");
        Task<StoredFile> Again(string reason) => served.InStore(db =>
            Sending.Again(db, engine, claim.Id, reason, Now, Stop));
        var first = await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Again("enrolled now")); // nobody has rejected it
        await served.InStore(db => Receiving.Receive(db, engine, "a.999",
            Answers.Acknowledgment(first.Control!.Value, 'R'), Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Again(" "));
        var again = await Again("enrolled with the clearinghouse since 03/20");
        var (sent, versions) = (await served.InStore(db => db.Claims.SingleAsync(c => c.Id == claim.Id, Stop)),
            await served.InStore(db => db.ClaimVersions.Where(v => v.ClaimId == claim.Id)
                .OrderBy(static v => v.Version).ToListAsync(Stop)));
        Assert.Equal((ClaimLife.Sent, (long?)again.Id, claim.Number), (sent.Life, sent.SentIn, sent.Number));
        Assert.Equal(first.Control + 1, again.Control);
        Assert.Contains($"CLM*{claim.Number}*50.5***11:B:1*", System.Text.Encoding.ASCII.GetString(again.Content),
            StringComparison.Ordinal);
        Assert.Equal(["to be sent again: enrolled with the clearinghouse since 03/20", "sent in " + again.Name],
            versions[^2..].Select(static v => v.Why));
        Assert.True(await served.InStore(db => db.Events.AnyAsync(static e => e.Act == "send-again", Stop)));
        // what is wrong with it is mended first
        await served.InStore(async db =>
        {
            var stored = await db.Claims.SingleAsync(c => c.Id == claim.Id, Stop);
            var broken = Documents.Claim(stored.Document);
            ClaimForm.Write(broken, new Dictionary<string, string> { ["line.1.pointers"] = "L" });
            (stored.Life, stored.Document) = (ClaimLife.Rejected, Documents.Of(broken));
            return await db.SaveChangesAsync(Stop);
        });
        await Assert.ThrowsAsync<InputException>(() => Again("once more"));
        Assert.Equal(0, await served.InStore(db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }
}
