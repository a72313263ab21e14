using System.Globalization;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Api;

/// <summary>Claims for programs: the list, one of them, changes of its fields, and sending.</summary>
static class ClaimApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/claims", Show).ForPrograms("claims.read");
        api.MapGet("/claims/{id:long}", ShowOne).ForPrograms("claims.read");
        api.MapPatch("/claims/{id:long}", Change).AddEndpointFilter(Once.Filter).ForPrograms("claims.write");
        api.MapPost("/claims/send", Send).AddEndpointFilter(Once.Filter).ForPrograms("claims.send");
    }

    static async Task<IResult> Show(HttpContext context, PracticeDb db, TimeProvider clock,
        [FromQuery] string? updatedSince, [FromQuery] string? state, CancellationToken stop)
    {
        var page = Paging.Of(context);
        var claims = db.Claims.AsNoTracking().Where(c => c.Id > page.After);
        if (state is not null)
            claims = Enum.TryParse<ClaimLife>(state, ignoreCase: true, out var life) && Enum.IsDefined(life)
                && !char.IsAsciiDigit(state[0]) ? claims.Where(c => c.Life == life)
                : throw new InputException("state", "this is no state of a claim",
                    "write held, ready, sent, accepted, rejected, answered or closed");
        if (updatedSince is not null)
        {
            if (!DateTimeOffset.TryParse(updatedSince, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var since))
                throw new InputException("updatedSince", "this is no moment", "write it as 2026-03-02T15:00:00Z");
            var at = since.UtcDateTime;
            var changed = db.ClaimVersions.Where(v => v.At >= at && v.ClaimId > page.After)
                .Select(static v => v.ClaimId).Distinct();
            claims = claims.Where(c => changed.Contains(c.Id));
        }
        var rows = await claims.OrderBy(static c => c.Id).Take(page.Most + 1).ToListAsync(stop);
        await Looks.Record(db, clock, "claims");
        return page.Answer("claims", rows, static c => c.Id, static (c, json) =>
        {
            json.WriteStartObject();
            WriteHead(c, json);
            json.WriteEndObject();
        });
    }

    static async Task<IResult> ShowOne(long id, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        if (await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, stop) is not { } stored)
            return ApiProblem.NotFound;
        await Looks.Record(db, clock, $"claim/{id}");
        return await Answer(db, engine, stored, stop);
    }

    static void WriteHead(StoredClaim claim, Utf8JsonWriter json)
    {
        json.WriteNumber("id"u8, claim.Id);
        json.WriteString("number"u8, claim.Number);
        json.WriteNumber("version"u8, claim.Version);
        json.Word("state", claim.Life);
        json.WriteNumber("patientId"u8, claim.PatientId);
        json.WriteNumber("payerId"u8, claim.PayerId);
        json.Day("serviceDate", claim.ServiceDate);
        json.Dollars("charge", claim.Charge);
        json.WriteNumber("errors"u8, claim.Errors);
        json.WriteNumber("warnings"u8, claim.Warnings);
        json.WriteString("why"u8, claim.Why);
        json.WriteStartArray("missing"u8);
        foreach (var element in Visits.MissingOf(claim)) json.WriteStringValue(element);
        json.WriteEndArray();
        json.Day("fileBy", claim.FileBy);
        json.Id("sentIn", claim.SentIn);
    }

    /// <summary>The claim as it stands, with its fields, what is wrong with it, and what the payer answered.</summary>
    public static async Task<ApiAnswer> Answer(PracticeDb db, Engine engine, StoredClaim stored,
        CancellationToken stop)
    {
        var claim = Documents.Claim(stored.Document);
        return Answer(engine, stored, claim, (await engine.For(db, stop)).Scrub(claim,
            await Visits.ChartOf(db, stored, stop)));
    }

    /// <inheritdoc cref="Answer(PracticeDb, Engine, StoredClaim, CancellationToken)"/>
    public static ApiAnswer Answer(Engine engine, StoredClaim stored, Claim claim, FindingList found)
    {
        var findings = ApiProblem.FindingsOf(claim, found, engine.Book);
        return ApiAnswer.Json(json =>
        {
            json.WriteStartObject();
            WriteHead(stored, json);
            json.WritePropertyName("claim"u8);
            ClaimJson.Write(claim, json);
            json.WriteStartObject("fields"u8);
            foreach (var (name, text) in ClaimForm.Of(claim)) json.WriteString(name, text);
            json.WriteEndObject();
            json.WritePropertyName("findings"u8);
            findings.WriteTo(json);
            json.WritePropertyName("answer"u8);
            if (stored.Answer is { } answer) json.WriteRawValue(answer);
            else json.WriteNullValue();
            json.WriteEndObject();
        }) with { Tag = stored.Version.ToString(CultureInfo.InvariantCulture) };
    }

    /// <summary>Changes fields of the version that the program has read.</summary>
    static async Task<IResult> Change(long id, HttpContext context, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        if (await db.Claims.AsNoTracking().Where(c => c.Id == id).Select(static c => (int?)c.Version)
            .FirstOrDefaultAsync(stop) is not { } version)
            return ApiProblem.NotFound;
        if (Matching(context, version) is { } refused) return refused;
        var once = Once.Of(context);
        var asked = ApiJson.Read(once.Body, "fields", "why");
        var fields = asked.Fields("fields");
        var unknown = fields.Keys.FirstOrDefault(static f => !FormFields.IsField(f));
        if (unknown is not null)
            throw new InputException("/fields/" + (unknown.Length > 60 ? unknown[..60] : unknown),
                "a claim has no such field", "read the claim: fields names them");
        return await once.Do<Edited>(() => Editing.Save(db, engine, id, version, fields, clock.Now(),
            asked.Text("why") is { Length: > 0 and <= 200 } why ? why : "changed", stop), async edited =>
        {
            if (edited.Unattested.Count > 0) return Unattested(edited.Unattested);
            if (!edited.IsSaved || edited.Theirs.Count > 0)
                throw new DbUpdateConcurrencyException("the claim has another version");
            await db.SaveChangesAsync(stop);
            return await Answer(db, engine, edited.Claim, stop);
        });
    }

    /// <summary>A program says nothing of the record: a person does.</summary>
    static ApiProblem Unattested(IReadOnlyList<string> what) => new(422, "attestation",
        "This asserts what only the record can support: " + string.Join("; ", what) + ".",
        "A person looks into the record, and says so on the claim's page.");

    /// <summary>What is wrong with If-Match; null where it names the version.</summary>
    static ApiProblem? Matching(HttpContext context, int version)
    {
        var (given, tag) = (context.Request.Headers.IfMatch.ToString(), $"\"{version}\"");
        if (given.Length == 0)
            return new(428, "no-version", "The header If-Match is missing.",
                "Read the claim, and send its ETag as If-Match.");
        if (given == tag) return null;
        context.Response.Headers.ETag = tag;
        return new(412, "version", "The claim has another version now.", "Read it again, and send the change again.");
    }

    /// <summary>Claims of one payer leave in one file, by a job.</summary>
    static async Task<IResult> Send(HttpContext context, PracticeDb db, Engine engine, JobHost host,
        TimeProvider clock, CancellationToken stop)
    {
        var once = Once.Of(context);
        var ids = ApiJson.Read(once.Body, "claims").Numbers("claims").Distinct().ToList();
        if (ids.Count is 0 or > Worklist.Most)
            throw new InputException("/claims", $"there are not 1 to {Worklist.Most} claims",
                "write the ids of claims that are ready");
        var chosen = await db.Claims.AsNoTracking().Include(static c => c.Payer).Where(c => ids.Contains(c.Id))
            .OrderBy(static c => c.Id).ToListAsync(stop);
        if (chosen.Count != ids.Count)
            throw new InputException("/claims", "a claim is not here", "read the list of claims again");
        if (chosen.Exists(c => c.PayerId != chosen[0].PayerId))
            throw new InputException("/claims", "the claims are for several payers", "send them payer by payer");
        if (chosen.Find(static c => c.Life != ClaimLife.Ready) is { } held)
            return await NotReady(db, engine, held, ids.IndexOf(held.Id), stop);
        var job = new Job
        {
            Key = once.Name, Kind = JobKind.Send, Name = chosen[0].Payer.Name, At = clock.Now(),
            Claims = string.Join(' ', chosen.Select(static c => c.Id.ToString(CultureInfo.InvariantCulture))),
        };
        var answer = await once.Do(() => Jobs.Ask(db, job, null, stop),
            static asked => Task.FromResult<IResult>(JobApi.Accepted(asked)));
        await host.Publish(job, stop);
        return answer;
    }

    static async Task<IResult> NotReady(PracticeDb db, Engine engine, StoredClaim held, int index,
        CancellationToken stop)
    {
        var claim = Documents.Claim(held.Document);
        var chart = await Visits.ChartOf(db, held, stop);
        return ApiProblem.Of("not-ready", $"The claim at /claims/{index} is not ready to be sent.",
            "Mend what is wrong, or send the others.", claim, (await engine.For(db, stop)).Scrub(claim, chart),
            engine.Book);
    }
}
