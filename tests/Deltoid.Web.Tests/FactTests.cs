using System.Text;
using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Facts of the record: what an answer asks for, and what changes when the practice says it.</summary>
public sealed class FactTests
{
    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);

    /// <summary>Both lines of the claim are denied: no authorization.</summary>
    static byte[] Denied(string number)
    {
        string[] segments =
        [
            "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PRACTICE       *260320*1200*^*00501*000000001*0*T*:",
            "GS*HP*PAYER*PRACTICE*20260320*1200*1*X*005010X221A1", "ST*835*0001",
            "BPR*H*0*C*NON************20260320", "TRN*1*CHK1*1512345678", "N1*PR*MEDICARE PART B", "N3*PO BOX 1",
            "N4*CITY*IL*62701", "PER*BL*HELP*TE*8005550100", "N1*PE*SAMPLE STREET CLINIC*XX*1234567893", "LX*1",
            $"CLP*{number}*4*50.5*0*0*MB*PCN1*11*1", "NM1*QC*1*EXAMPLE*PAT****MI*1EG4TE5MK73",
            "SVC*HC:96372*38*0**1", "DTM*472*20260302", "CAS*CO*197*38", "SVC*HC:J3420:JZ*12.5*0**1",
            "DTM*472*20260302", "CAS*CO*197*12.5", "SE*18*0001", "GE*1*1", "IEA*1*000000001",
        ];
        return Encoding.ASCII.GetBytes(string.Join("~\n", segments) + "~\n");
    }

    static async Task<string> Answer(ServedPractice served, long id) =>
        (await served.InStore(db => db.Claims.Where(c => c.Id == id).Select(static c => c.Answer).SingleAsync()))!;

    static List<string> Asked(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("questions").EnumerateArray()
            .Select(static q => q.GetProperty("fact").GetString()!)];
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_fact_answers_the_question_and_taken_back_the_question_is_there_again(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = ChartedClaims.EngineOf(served);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(db => Sending.Send(db, [claim.Id], Now));
        await served.InStore(db => Receiving.Receive(db, engine, "denied.835", Denied(claim.Number), Now));
        var first = await Answer(served, claim.Id);
        Assert.Contains("authorization-on-file", Asked(first));
        var postings = await served.InStore(static db => db.Postings.CountAsync());

        var typed = new Dictionary<string, string>
        {
            ["number"] = "A1", ["codes"] = "96372, J3420", ["from"] = "2026-01-01", ["thru"] = "2026-12-31",
        };
        var fact = await served.InStore(db => RecordFacts.Add(db, engine, claim.Id, "authorization-on-file",
            isSo: true, typed, "folder of authorizations", Now));
        var second = await Answer(served, claim.Id);
        Assert.DoesNotContain("authorization-on-file", Asked(second));
        Assert.NotEqual(first, second);
        Assert.Equal(postings, await served.InStore(static db => db.Postings.CountAsync()));

        await served.InStore(async db =>
        {
            await RecordFacts.Withdraw(db, engine, claim.Id, fact.Id, Now);
            return 0;
        });
        Assert.Equal(first, await Answer(served, claim.Id));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    /// <summary>A fact of the patient holds for the patient's other claims, within its days; one of a claim does not.
    /// </summary>
    [Fact]
    public async Task A_fact_of_the_patient_is_stated_once()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = ChartedClaims.EngineOf(served);
        var (first, second) = (await ChartedClaims.Chart(served, "b12-shot-billing"),
            await ChartedClaims.Chart(served, "b12-shot-billing"));
        async Task<string> Known(string kind, params (string Field, string Text)[] typed)
        {
            var fact = await served.InStore(db => RecordFacts.Add(db, engine, first.Id, kind, isSo: true,
                typed.ToDictionary(static t => t.Field, static t => t.Text), "", Now));
            var of = await served.InStore(db => RecordFacts.Of(db, second));
            var all = await served.InStore(static db => RecordFacts.All(db, CancellationToken.None));
            // the screen and what answers are judged by agree
            Assert.Equal(of.ConvertAll(static f => f.Kind), all[second.Number].Select(static f => f.Kind.Name));
            await served.InStore(async db =>
            {
                await RecordFacts.Withdraw(db, engine, first.Id, fact.Id, Now);
                return 0;
            });
            Assert.Empty(await served.InStore(db => RecordFacts.Of(db, second)));
            return string.Join(' ', of.Select(static f => f.Kind));
        }
        Assert.Equal("medicaid-dual", await Known("medicaid-dual", ("qmb", "true")));
        Assert.Equal("", await Known("note-signed", ("on", "2026-03-02")));
        Assert.Equal("stay", await Known("stay", ("kind", "hospice"), ("from", "2026-02-01")));
        Assert.Equal("", await Known("stay", ("kind", "hospice"), ("thru", "2026-02-01")));
        Assert.Equal("", await Known("stay", ("kind", "hospice"))); // of which days is not known
    }

    [Theory]
    [InlineData("no-such-fact", "number", "1")]
    [InlineData("note-signed", "on", "yesterday")]
    [InlineData("note-signed", "by", "Dr. Sample")] // it is of no use without its day
    public async Task What_is_no_fact_is_refused_and_nothing_is_kept(string kind, string field, string text)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => RecordFacts.Add(db,
            ChartedClaims.EngineOf(served), claim.Id, kind, isSo: true,
            new Dictionary<string, string> { [field] = text }, "", Now)));
        Assert.Equal(0, await served.InStore(static db => db.RecordedFacts.CountAsync()));
    }
}
