using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Api;

/// <summary>What payers answer: handed in as it came, and read.</summary>
static class RemittanceApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/remittances", Show).ForPrograms("remittances.read");
        api.MapGet("/remittances/{id:long}", ShowOne).ForPrograms("remittances.read");
        api.MapPost("/remittances", Take).AddEndpointFilter(Once.Filter).ForPrograms("remittances.write");
    }

    static async Task<IResult> Show(HttpContext context, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        var page = Paging.Of(context);
        var rows = await db.Remittances.AsNoTracking().Where(r => r.Id > page.After).OrderBy(static r => r.Id)
            .Take(page.Most + 1).ToListAsync(stop);
        await Looks.Record(db, clock, "remittances");
        return page.Answer("remittances", rows, static r => r.Id, static (r, json) =>
        {
            json.WriteStartObject();
            WriteHead(r, json);
            json.WriteEndObject();
        });
    }

    static void WriteHead(Remittance remittance, Utf8JsonWriter json)
    {
        json.WriteNumber("id"u8, remittance.Id);
        json.WriteNumber("fileId"u8, remittance.FileId);
        json.WriteString("trace"u8, remittance.Trace);
        json.WriteString("payer"u8, remittance.PayerName);
        json.Dollars("amount", remittance.Amount);
        json.Day("day", remittance.Day);
        json.Word("state", remittance.State);
        json.WriteString("verdict"u8, remittance.Verdict);
        json.WriteString("fault"u8, remittance.Fault);
        json.WriteString("held"u8, remittance.Held);
    }

    /// <summary>With what <c>deltoid remit</c> says of it now.</summary>
    static async Task<IResult> ShowOne(long id, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        if (await db.Remittances.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, stop) is not { } remittance)
            return ApiProblem.NotFound;
        var (file, set) = await Remittances.Look(db, engine, remittance, clock.Now(), stop);
        using var owned = file;
        await Looks.Record(db, clock, $"remittance/{id}");
        return ApiAnswer.Json(json =>
        {
            json.WriteStartObject();
            WriteHead(remittance, json);
            json.WritePropertyName("remit"u8);
            set.WriteTo(json);
            json.WriteEndObject();
        }).Tagged();
    }

    /// <summary>
    /// An 835, 999, TA1 or 277CA is taken by a job: what balances is posted, unless it is only to be looked at.
    /// </summary>
    static async Task<IResult> Take(HttpContext context, PracticeDb db, JobHost host, TimeProvider clock,
        [FromQuery] string? post, CancellationToken stop)
    {
        var once = Once.Of(context);
        if (post is not (null or "now" or "later"))
            throw new InputException("post", "this is neither now nor later", "leave it out to post what balances");
        if (!ApiBody.IsX12(ApiBody.Some(once.Body)))
            throw new InputException("", "this is not X12: it does not begin with ISA",
                "send what the payer sent, as it came");
        var job = new Job
        {
            Key = once.Name, Kind = post == "later" ? JobKind.LookAt : JobKind.TakeIn, Name = "handed in by a program",
            At = clock.Now(),
        };
        var answer = await once.Do(() => Jobs.Ask(db, job, once.Body, stop),
            static asked => Task.FromResult<IResult>(JobApi.Accepted(asked)));
        await host.Publish(job, stop);
        return answer;
    }
}
