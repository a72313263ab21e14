using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Programs that a practice lets in: what their scopes open, and that a change is done once.</summary>
public sealed class ApiPracticeTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static readonly string[] AllScopes = [.. Access.Scopes.Select(static s => s.Name)];

    /// <summary>The B12 shot of the examples, as a program charts it.</summary>
    internal static string Encounter(string site = "left deltoid", long patient = 1, long? lot = null)
    {
        var visit = JsonNode.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "examples", "b12-shot.json")))!.AsObject();
        foreach (var name in (string[])["placeOfService", "setting", "payer"]) visit.Remove(name);
        visit["patient"] = new JsonObject { ["established"] = true };
        visit["administrations"]![0]!["site"] = site;
        return new JsonObject
        {
            ["patientId"] = patient, ["providerId"] = 1, ["encounter"] = visit,
            ["lots"] = lot is null ? null : new JsonArray(new JsonObject { ["lotId"] = lot }),
        }.ToJsonString();
    }

    static string TypeOf(JsonElement problem) =>
        problem.GetProperty("type").GetString()!["urn:deltoid:problem:".Length..];

    [Fact]
    public async Task A_token_is_for_its_program_alone_as_long_as_it_is_let_in()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (client, secret) = await served.InStore(static db => Programs.Make(db, "EHR", ["claims.read", "files.read"],
            DateTime.UtcNow.AddDays(2), DateTime.UtcNow, Stop));
        using var program = await ApiProgram.WithToken(served.Url, client.ClientId, secret);
        Assert.Equal(200, (await program.Ask("GET", "/api/v1/claims")).Status);
        using var unknown = ApiProgram.Unknown(served.Url);
        foreach (var (id, said, scope, fault) in new[]
            {
                (client.ClientId, secret[..^1] + "?", "", "invalid_client"), ("2" + client.ClientId[1..], secret, "",
                    "invalid_client"), ("", secret, "", "invalid_client"), (client.ClientId, secret, "stock.read",
                    "invalid_scope"),
            })
        {
            var (status, answer) = await unknown.Token(id, said, scope);
            Assert.True((int)status is 400 or 401, $"{id}: {status}");
            Assert.True(answer.GetProperty("error").GetString() is var told && (told == fault
                || (id.Length == 0 && told == "invalid_request")), told);
        }
        Assert.Equal(401, (await unknown.Ask("GET", "/api/v1/claims")).Status);
        // the secret lies nowhere
        Assert.DoesNotContain(secret, await served.InStore(static async db => JsonSerializer.Serialize(
            await db.ApiClients.AsNoTracking().ToListAsync(Stop))), StringComparison.Ordinal);
        await served.InStore(db => Programs.Revoke(db, client.Id, DateTime.UtcNow, Stop));
        Assert.Equal(401, (await program.Ask("GET", "/api/v1/claims")).Status); // with the next request
        Assert.Equal(HttpStatusCode.Unauthorized, (await unknown.Token(client.ClientId, secret)).Status);
        Assert.Equal(["create", "token", "revoke"], await served.InStore(db => db.Events.Where(e => e.Subject
            == $"program/{client.Id}").OrderBy(static e => e.Number).Select(static e => e.Act).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Who_guesses_secrets_waits()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (client, secret) = await served.InStore(static db => Programs.Make(db, "EHR", ["claims.read"],
            DateTime.UtcNow.AddDays(2), DateTime.UtcNow, Stop));
        using var program = ApiProgram.Unknown(served.Url);
        for (var i = 0; i < Tries.Most; i++)
            Assert.NotEqual(HttpStatusCode.OK, (await program.Token(client.ClientId, "guess")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await program.Token(client.ClientId, secret)).Status);
    }

    [Fact]
    public async Task Every_route_opens_with_its_scope_and_with_no_other()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var routes = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static r => r.Metadata.GetMetadata<Access.RoutePolicy>()?.Scope is not null).ToList();
        Assert.True(routes.Count >= 14, $"{routes.Count} routes");
        Assert.Equal(AllScopes.Order(), routes.Select(static r =>
            r.Metadata.GetMetadata<Access.RoutePolicy>()!.Scope!).Distinct().Order());
        Assert.All(routes, static r => Assert.StartsWith("/api/v1/", r.RoutePattern.RawText, StringComparison.Ordinal));
        using var nobody = ApiProgram.Unknown(served.Url);
        using var browser = await Browsing.As(served.Url, Sample.Owner);
        foreach (var scope in AllScopes)
        {
            using var program = await ApiProgram.LetIn(served, 1, scope);
            foreach (var route in routes)
            {
                var (method, needed) = (WorkedPractice.MethodOf(route),
                    route.Metadata.GetMetadata<Access.RoutePolicy>()!.Scope);
                var path = route.RoutePattern.RawText!.Replace("{id:long}", "999999", StringComparison.Ordinal);
                using var answer = await program.Send(method, path);
                Assert.True((answer.StatusCode == HttpStatusCode.Forbidden) == (needed != scope)
                    && (int)answer.StatusCode < 500, $"{scope}: {method} {path}: {(int)answer.StatusCode}");
                if (scope != AllScopes[0]) continue;
                Assert.Equal(401, (await nobody.Ask(method, path)).Status);
                using var asked = await browser.Send(new(method), path); // a session is no token
                Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
            }
        }
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_visit_is_charted_once_for_its_key_and_the_answer_comes_again(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        using var first = await program.Send("POST", "/api/v1/encounters", Encounter(), "k-1");
        var text = await first.Content.ReadAsStringAsync(Stop);
        Assert.True(first.StatusCode == HttpStatusCode.Created, text);
        Assert.Equal("\"1\"", first.Headers.ETag!.Tag);
        using var again = await program.Send("POST", "/api/v1/encounters", Encounter(), "k-1");
        Assert.Equal((first.StatusCode, text), (again.StatusCode, await again.Content.ReadAsStringAsync(Stop)));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal((422, "key-reused"), await Problem(program, Encounter("right deltoid"), "k-1"));
        Assert.Equal((400, "key"), await Problem(program, Encounter(), null));
        Assert.Equal((400, "key"), await Problem(program, Encounter(), new string('k', 256)));
        // what was refused is not kept: the key is good for the same request when it is mended
        Assert.Equal((422, "input"), await Problem(program, "{}", "k-2"));
        // the same shot on the same day: it is charted, and held until somebody says that it was given twice
        var (charted, twice) = await program.Ask("POST", "/api/v1/encounters", Encounter(), "k-2");
        Assert.Equal((201, "held"), (charted, twice.GetProperty("state").GetString()));
        Assert.Contains(twice.GetProperty("findings").EnumerateArray(), static f =>
            f.GetProperty("id").GetString() == "PAY0011");
        var (claims, charge) = await served.InStore(static async db => (await db.Claims.CountAsync(Stop),
            await db.Postings.Where(static p => p.Kind == "charge" && p.Cents > 0)
                .SumAsync(static p => p.Cents, Stop)));
        Assert.Equal((2, 2 * 5050L), (claims, charge));
        var (status, read) = await program.Ask("GET", first.Headers.Location!.OriginalString);
        Assert.Equal((200, text.TrimEnd()), (status, read.GetRawText()));
        Assert.Equal("ready", read.GetProperty("state").GetString());
        using var known = await program.Send("GET", first.Headers.Location!.OriginalString);
        Assert.Equal("\"1\"", known.Headers.ETag!.Tag);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    static async Task<(int, string)> Problem(ApiProgram program, string body, string? key,
        string path = "/api/v1/encounters")
    {
        var (status, problem) = await program.Ask("POST", path, body, key);
        return (status, TypeOf(problem));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_hundred_at_once_with_one_key_chart_one_visit(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await program.Send("POST", "/api/v1/encounters", Encounter(), "one");
            if (answer.StatusCode == HttpStatusCode.Conflict) Assert.NotNull(answer.Headers.RetryAfter);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }));
        Assert.All(answers, static a => Assert.True(a.Item1 is 201 or 409, a.Item2));
        Assert.Single(answers.Where(static a => a.Item1 == 201).Select(static a => a.Item2).Distinct());
        Assert.Equal(1, await served.InStore(static db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task What_the_practice_knows_itself_is_not_taken_from_a_program()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        foreach (var (with, pointer) in new (Action<JsonNode>, string)[]
            {
                (static of => of["encounter"]!["billing"] = new JsonObject(), "/encounter/billing"),
                (static of => of["encounter"]!["payer"] = new JsonObject(), "/encounter/payer"),
                (static of => of["encounter"]!["patient"]!["sex"] = "M", "/encounter/patient/sex"),
                (static of => of["encounter"]!["administrations"]![0]!["dose"] = 7,
                    "/encounter/administrations/0/dose"),
                (static of => of["encounter"]!["serviceDate"] = "soon", "/encounter/serviceDate"),
                (static of => of["patientId"] = 77, "/patientId"),
                (static of => of["practiceId"] = 1, "/practiceId"),
            })
        {
            var body = JsonNode.Parse(Encounter())!;
            with(body);
            var (status, problem) = await program.Ask("POST", "/api/v1/encounters", body.ToJsonString(), "k" + pointer);
            Assert.Equal((422, pointer), (status,
                problem.GetProperty("findings")[0].GetProperty("pointer").GetString()));
        }
        Assert.Equal(0, await served.InStore(static db => db.Claims.CountAsync(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_claim_is_changed_by_who_has_read_it_and_sent_when_it_is_ready(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        var id = (await program.Ask("POST", "/api/v1/encounters", Encounter(), "k")).Json.GetProperty("id").GetInt64();
        var path = $"/api/v1/claims/{id}";
        const string Change = """{ "fields": { "authorization": "A-1" } }""";
        Assert.Equal(428, (await program.Ask("PATCH", path, Change, "p-1")).Status);
        using (var old = await program.Send("PATCH", path, Change, "p-1", "\"7\""))
            Assert.Equal((HttpStatusCode.PreconditionFailed, "\"1\""), (old.StatusCode, old.Headers.ETag!.Tag));
        using (var changed = await program.Send("PATCH", path, Change, "p-1", "\"1\""))
            Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.StatusCode, changed.Headers.ETag!.Tag));
        Assert.Equal(412, (await program.Ask("PATCH", path, Change, "p-2", "\"1\"")).Status);
        using (var replayed = await program.Send("PATCH", path, Change, "p-1", "\"1\"")) // the claim has moved on
            Assert.Equal((HttpStatusCode.OK, "true"), (replayed.StatusCode,
                replayed.Headers.GetValues("Idempotency-Replayed").Single()));
        var (status, problem) = await program.Ask("PATCH", path, """{ "fields": { "line.1.modifiers": "25" } }""",
            "p-3", "\"2\"");
        Assert.Equal((422, "attestation"), (status, TypeOf(problem)));
        Assert.Equal(422, (await program.Ask("PATCH", path, """{ "fields": { "Charge": "1" } }""", "p-4", "\"2\""))
            .Status);
        var (accepted, job) = await program.Ask("POST", "/api/v1/claims/send", $$"""{ "claims": [{{id}}] }""", "s-1");
        Assert.Equal(202, accepted);
        job = await Done(program, job);
        Assert.Equal("done", job.GetProperty("state").GetString());
        var file = job.GetProperty("fileId").GetInt64();
        using var content = await program.Send("GET", $"/api/v1/files/{file}/content");
        Assert.StartsWith("ISA", await content.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("sent", (await program.Ask("GET", path)).Json.GetProperty("state").GetString());
        Assert.Equal((422, "not-ready"), await Problem(program, $$"""{ "claims": [{{id}}] }""", "s-2",
            "/api/v1/claims/send"));
    }

    internal static async Task<JsonElement> Done(ApiProgram program, JsonElement job)
    {
        for (var i = 0; i < 400 && job.GetProperty("endedAt").ValueKind == JsonValueKind.Null; i++)
        {
            await Task.Delay(50, Stop);
            job = (await program.Ask("GET", $"/api/v1/jobs/{job.GetProperty("id").GetInt64()}")).Json;
        }
        return job;
    }

    [Fact]
    public async Task A_claim_that_is_held_says_what_to_mend_with_box_and_pointer()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        var red = (await ChartedClaims.Toradol(served)).Id;
        var (status, problem) = await program.Ask("POST", "/api/v1/claims/send", $$"""{ "claims": [{{red}}] }""", "k");
        Assert.Equal((422, "not-ready"), (status, TypeOf(problem)));
        var finding = problem.GetProperty("findings").EnumerateArray().First(static f =>
            f.GetProperty("severity").GetString() == "error");
        Assert.Matches("^[A-Z]{3}[0-9]{4}$", finding.GetProperty("id").GetString());
        Assert.StartsWith("/lines/", finding.GetProperty("pointer").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("24", finding.GetProperty("box").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", finding.GetProperty("citation").GetProperty("section").GetString());
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_remittance_that_is_handed_in_is_posted_once(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        var claim = (await program.Ask("POST", "/api/v1/encounters", Encounter(), "k")).Json;
        await Done(program, (await program.Ask("POST", "/api/v1/claims/send",
            $$"""{ "claims": [{{claim.GetProperty("id")}}] }""", "s")).Json);
        var file = System.Text.Encoding.ASCII.GetString(PaymentFiles.Write(1,
            new PaidSet("T1", "20260401", [new(claim.GetProperty("number").GetString()!, "I1")])));
        foreach (var key in (string[])["r-1", "r-1", "r-2"])
        {
            var (status, job) = await program.Ask("POST", "/api/v1/remittances", file, key,
                media: "application/edi-x12");
            Assert.Equal(202, status);
            Assert.Equal("done", (await Done(program, job)).GetProperty("state").GetString());
        }
        var list = (await program.Ask("GET", "/api/v1/remittances")).Json.GetProperty("remittances");
        var one = Assert.Single(list.EnumerateArray());
        Assert.Equal("posted", one.GetProperty("state").GetString());
        var read = (await program.Ask("GET", $"/api/v1/remittances/{one.GetProperty("id")}")).Json;
        Assert.Equal(1, read.GetProperty("remit").GetProperty("claims").GetArrayLength());
        Assert.Equal(422, (await program.Ask("POST", "/api/v1/remittances", "hello", "r-3")).Status);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Lists_come_page_by_page_and_say_what_has_changed(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        for (var i = 0; i < 5; i++) await program.Ask("POST", "/api/v1/encounters", Encounter(), $"k{i}");
        var (ids, cursor) = (new List<long>(), "");
        for (var pages = 0; pages == 0 || cursor.Length > 0; pages++)
        {
            var (_, page) = await program.Ask("GET", $"/api/v1/claims?limit=2&cursor={cursor}");
            ids.AddRange(page.GetProperty("claims").EnumerateArray()
                .Select(static c => c.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next").GetString() ?? "";
        }
        Assert.Equal((5, 5), (ids.Count, ids.Distinct().Count()));
        var since = DateTime.UtcNow.ToString("O");
        await program.Ask("PATCH", $"/api/v1/claims/{ids[3]}", """{ "fields": { "authorization": "A" } }""", "p",
            "\"1\"");
        var changed = (await program.Ask("GET", $"/api/v1/claims?updatedSince={Uri.EscapeDataString(since)}")).Json;
        var one = Assert.Single(changed.GetProperty("claims").EnumerateArray());
        Assert.Equal(ids[3], one.GetProperty("id").GetInt64());
        foreach (var query in (string[])["cursor=zz", "limit=0", "limit=9999", "updatedSince=soon", "state=3",
            "state=x"])
            Assert.Equal(422, (await program.Ask("GET", "/api/v1/claims?" + query)).Status);
        Assert.NotEqual(0, (await program.Ask("GET", "/api/v1/stock")).Json.GetProperty("lots").GetArrayLength());
    }

    [Fact]
    public async Task A_patient_is_added_once_with_all_faults_at_once()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        var (status, problem) = await program.Ask("POST", "/api/v1/patients",
            """{ "family": "", "given": "A", "birthDate": "x", "sex": "F", "address": { "zip": "1" } }""", "k");
        Assert.Equal(422, status);
        var places = problem.GetProperty("findings").EnumerateArray().Select(static f =>
            f.GetProperty("pointer").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "/family", "/birthDate", "/address/zip", "/address/line" },
            places.ToHashSet());
        const string Good = """
            { "family": "New", "given": "Ann", "birthDate": "1960-02-03", "sex": "F", "signedOn": "2026-01-05",
              "address": { "line": "1 Road", "city": "Peoria", "state": "IL", "zip": "61602" },
              "coverages": [{ "payerId": 1, "memberId": "1EG4TE5MK99" }] }
            """;
        var (made, patient) = await program.Ask("POST", "/api/v1/patients", Good, "k");
        Assert.Equal(201, made);
        Assert.Equal(201, (await program.Ask("POST", "/api/v1/patients", Good, "k")).Status);
        Assert.Equal(3, await served.InStore(static db => db.Patients.CountAsync(Stop)));
        var id = patient.GetProperty("id").GetInt64();
        Assert.Equal(patient.GetRawText(), (await program.Ask("GET", $"/api/v1/patients/{id}")).Json.GetRawText());
        Assert.Equal(201, (await program.Ask("POST", "/api/v1/encounters", Encounter(patient: id), "e")).Status);
        Assert.Equal(422, (await program.Ask("POST", "/api/v1/patients", Good.Replace("\"payerId\": 1",
            "\"payerId\": 99", StringComparison.Ordinal), "k3")).Status);
    }

    [Fact]
    public async Task What_a_program_does_and_sees_is_in_the_trail_under_its_name()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var program = await ApiProgram.LetIn(served, 1, AllScopes);
        await program.Ask("POST", "/api/v1/encounters", Encounter(lot: 1), "k");
        foreach (var path in (string[])["/claims", "/claims/1", "/patients", "/patients/1", "/files", "/remittances"])
            Assert.Equal(200, (await program.Ask("GET", "/api/v1" + path)).Status);
        var events = await served.InStore(static async db => await db.Events.Where(e => db.Users.Any(u =>
            u.Id == e.PersonId && u.IsProgram)).OrderBy(static e => e.Number)
            .Select(static e => $"{e.Act} {e.Subject}").ToListAsync(Stop));
        Assert.Equal(["token program/1", "create claim/1", "read claims", "read claim/1", "read patients",
            "read patient/1", "read files", "read remittances"], events);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Contains("EHR link", (await omar.Get("/trail")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("EHR link", (await omar.Get("/settings/people")).Body, StringComparison.Ordinal);
        Assert.Equal(11_000L, (await served.InStore(static db => Stock.OnHand(db, 1, Stop))) / 1000); // one vial less
    }
}

/// <summary>Programs of one practice in a store of three: nothing of another is seen, guessed or changed.</summary>
public sealed class ApiTenantTests(ThreePractices three) : IClassFixture<ThreePractices>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_of_another_practice_is_not_found_by_a_program()
    {
        var (mine, theirs) = (three.Practices[2], three.Practices[0]);
        var before = await three.Everything(theirs);
        var numbers = (await three.Numbers(theirs)).SelectMany(static t => t.Value.Take(2)).Distinct().ToList();
        using var program = await ApiProgram.LetIn(three.Served, mine, ApiPracticeTests.AllScopes);
        var routes = three.Served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>().Where(static r => r.Metadata.GetMetadata<Access.RoutePolicy>()?.Scope is not null);
        var swaps = 0;
        foreach (var route in routes)
            foreach (var id in numbers)
            {
                var (method, path) = (WorkedPractice.MethodOf(route), route.RoutePattern.RawText!.Replace("{id:long}",
                    $"{id}", StringComparison.Ordinal));
                foreach (var body in method == "GET" ? [null] : (string?[])[ApiPracticeTests.Encounter(patient: id),
                    $$"""{ "claims": [{{id}}] }""", """{ "fields": { "authorization": "x" } }"""])
                {
                    using var answer = await program.Send(method, path, body, Guid.NewGuid().ToString(), "\"1\"");
                    var text = await answer.Content.ReadAsStringAsync(Stop);
                    var cell = $"{method} {path}: {(int)answer.StatusCode}";
                    Assert.True((int)answer.StatusCode < 500, cell);
                    if (route.RoutePattern.RawText!.Contains("{id", StringComparison.Ordinal))
                        Assert.True(answer.StatusCode == HttpStatusCode.NotFound, cell);
                    else if (method != "GET") Assert.True((int)answer.StatusCode == 422, cell + text);
                    foreach (var other in three.Practices.Where(p => p != mine))
                        Assert.DoesNotContain(ThreePractices.Marker(other), text, StringComparison.Ordinal);
                    swaps++;
                }
            }
        Assert.True(swaps > 500, $"{swaps} swaps");
        var after = await three.Everything(theirs);
        foreach (var (table, rows) in before) Assert.True(rows == after[table], table);
    }
}
