using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Web.Cds;

namespace Deltoid.Web.Tests;

/// <summary>Cards of CDS Hooks: when there is one, and that there is none on a clean chart.</summary>
[Collection(nameof(SharedPractice))]
public sealed class CdsTests(SharedPractice shared)
{
    internal const string Discharge = "inject-encounter-discharge", Sign = "inject-order-sign", Select = "inject-order-select";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task<HttpClient> Client() => new() { BaseAddress = new((await shared.On(Ground.Sqlite)).Url) };

    static string Hook(string service) => CdsService.Find(service)!.Hook;

    internal static JsonObject Asked(string service, JsonObject prefetch, JsonObject? orders = null) => new()
    {
        ["hook"] = Hook(service), ["hookInstance"] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        ["context"] = new JsonObject
        {
            ["userId"] = "Practitioner/1", ["patientId"] = "p1", ["encounterId"] = "e1", ["draftOrders"] = orders,
        },
        ["prefetch"] = prefetch,
    };

    /// <summary>The chart as a chart system would prefetch it.</summary>
    internal static JsonObject Prefetched(string encounter)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(text, indented: false))
            BundleWriter.Write(Encoding.UTF8.GetBytes(encounter), json);
        JsonNode? Found(params string[] types)
        {
            var entries = JsonNode.Parse(text.WrittenSpan)!["entry"]!.AsArray()
                .Where(e => types.Contains(e!["resource"]!["resourceType"]!.GetValue<string>()))
                .Select(static e => e!.DeepClone());
            return new JsonObject
            {
                ["resourceType"] = "Bundle", ["type"] = "searchset", ["entry"] = new JsonArray([.. entries]),
            };
        }
        // full addresses stay, since the resources point to one another by them
        return new()
        {
            ["patient"] = Found("Patient"), ["coverage"] = Found("Coverage"), ["encounter"] = Found("Encounter"),
            ["conditions"] = Found("Condition"), ["location"] = Found("Location"),
            ["given"] = Found("MedicationAdministration"), ["procedures"] = Found("Procedure"),
        };
    }

    static async Task<JsonArray> Cards(HttpClient client, string service, JsonObject asked) =>
        CardsIn(await Answer(client, service, asked));

    /// <summary>The bytes of an answer, to a server that is called deltoid.example.</summary>
    internal static async Task<byte[]> Answer(HttpClient client, string service, JsonObject asked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/cds-services/{service}")
        {
            Content = new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = "deltoid.example";
        using var answer = await client.SendAsync(request, Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, Encoding.UTF8.GetString(bytes));
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        return bytes;
    }

    internal static JsonArray CardsIn(byte[] answer)
    {
        var cards = JsonNode.Parse(answer)!["cards"]!.AsArray();
        foreach (var card in cards) Check(card!);
        Assert.InRange(cards.Count, 0, CdsCards.Most);
        return cards;
    }

    /// <summary>What CDS Hooks 2.0 asks of a card, and what payment may never be.</summary>
    static void Check(JsonNode card)
    {
        Assert.InRange(card["summary"]!.GetValue<string>().Length, 1, 140);
        Assert.Contains(card["indicator"]!.GetValue<string>(), (string[])["info", "warning"]);
        Assert.True(Guid.TryParse(card["uuid"]!.GetValue<string>(), out _));
        Assert.NotEmpty(card["source"]!["label"]!.GetValue<string>());
        foreach (var url in new[] { card["source"]!["url"], card["links"]![0]!["url"] })
            Assert.True(Uri.TryCreate(url!.GetValue<string>(), UriKind.Absolute, out _), url!.ToJsonString());
        Assert.NotEmpty(card["overrideReasons"]!.AsArray());
        foreach (var suggestion in card["suggestions"]?.AsArray() ?? [])
        {
            Assert.True(Guid.TryParse(suggestion!["uuid"]!.GetValue<string>(), out _));
            Assert.DoesNotMatch("(?i)modifier|diagnos", suggestion["label"]!.GetValue<string>());
        }
    }

    internal static string[] IdsOf(JsonArray cards) =>
        [.. cards.Select(static c => c!["source"]!["topic"]!["code"]!.GetValue<string>()).Order()];

    internal static IEnumerable<(string Name, string[] Cards, string Encounter)> Pairs() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/Deltoid.Web.Tests/cds-pairs.tsv")).Skip(2)
            .Select(static line => line.Split('\t')).Select(static c =>
                (c[0], c[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), c[2]));

    internal static JsonObject Order(string drug, string dose, string unit, string route, string? reason) => new()
    {
        ["resourceType"] = "Bundle", ["type"] = "collection",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject
            {
                ["resourceType"] = "MedicationRequest", ["id"] = "r1", ["status"] = "draft", ["intent"] = "order",
                ["medicationCodeableConcept"] = new JsonObject { ["text"] = drug },
                ["subject"] = new JsonObject { ["reference"] = "Patient/p1" },
                ["reasonCode"] = reason is null ? null : new JsonArray(new JsonObject
                {
                    ["coding"] = new JsonArray(new JsonObject
                    {
                        ["system"] = "http://hl7.org/fhir/sid/icd-10-cm", ["code"] = reason,
                    }),
                }),
                ["dosageInstruction"] = new JsonArray(new JsonObject
                {
                    ["route"] = new JsonObject { ["text"] = route },
                    ["doseAndRate"] = new JsonArray(new JsonObject
                    {
                        ["doseQuantity"] = new JsonObject { ["value"] = JsonNode.Parse(dose), ["unit"] = unit },
                    }),
                }),
            },
        }),
    };

    internal const string Bare = """{ "serviceDate": "2026-03-02", "placeOfService": "11", "setting": "professional", "payer": { "kind": "medicare", "state": "IL" }, "patient": { "birthDate": "1958-04-09", "sex": "F" }, "provider": { "supervision": "on-site" } }""";

    [Theory]
    [InlineData("cyanocobalamin", "1000", "mcg", "im", "D51.0", "")]
    [InlineData("cyanocobalamin", "1000", "mcg", "im", null, "CHT0003")]
    [InlineData("cyanocobalamin", "1000", "mcg", "im", "D51", "BND0011")]
    [InlineData("metformin", "500", "mg", "oral", null, "")]
    [InlineData("a drug nobody knows", "1", "mg", "im", null, "")]
    public async Task An_order_gets_a_card_for_what_can_be_known_then(string drug, string dose, string unit,
        string route, string? reason, string cards)
    {
        using var client = await Client();
        foreach (var service in (string[])[Sign, Select])
            Assert.Equal(cards, string.Join(' ', IdsOf(await Cards(client, service,
                Asked(service, Prefetched(Bare), Order(drug, dose, unit, route, reason))))));
    }

    /// <summary>A drug that Part B never pays, and a dose in the wrong unit: after the order it is too late.</summary>
    [Theory]
    [InlineData("adalimumab", "40", "mg", "sc", "M05.79", "MCB0132")]
    [InlineData("sumatriptan", "6", "mg", "sc", "G43.909", "MCB0132")]
    [InlineData("cyanocobalamin", "1000", "mg", "im", "D51.0", "DRG0111")]
    public async Task An_order_that_is_never_paid_gets_a_card(string drug, string dose, string unit, string route,
        string reason, string card)
    {
        using var client = await Client();
        Assert.Contains(card, IdsOf(await Cards(client, Sign,
            Asked(Sign, Prefetched(Bare), Order(drug, dose, unit, route, reason)))));
    }

    [Fact]
    public async Task Each_of_several_orders_has_its_own_reason()
    {
        using var client = await Client();
        foreach (var (reason, cards) in new[] { ("R52", ""), (null, "HIP0004") })
        {
            var orders = Order("cyanocobalamin", "1000", "mcg", "im", "D51.0");
            orders["entry"]!.AsArray().Add(Order("ketorolac", "30", "mg", "im", reason)["entry"]![0]!.DeepClone());
            Assert.Equal(cards, string.Join(' ', IdsOf(await Cards(client, Sign,
                Asked(Sign, Prefetched(Bare), orders)))));
        }
    }

    /// <summary>Who gave it and the order are pointed to and were not sent: charted, and not known.</summary>
    [Fact]
    public async Task A_reference_that_cannot_be_followed_is_not_missing()
    {
        using var client = await Client();
        var (_, _, encounter) = Pairs().First(static p => p.Cards.Length == 0
            && p.Encounter.Contains("\"performer\"", StringComparison.Ordinal));
        var visit = JsonNode.Parse(encounter)!;
        foreach (var given in visit["administrations"]!.AsArray())
            foreach (var field in (string[])["performer", "order"]) given!.AsObject().Remove(field);
        var asked = Asked(Discharge, Prefetched(visit.ToJsonString()));
        Assert.NotEmpty(await Cards(client, Discharge, (JsonObject)asked.DeepClone()));
        foreach (var entry in asked["prefetch"]!["given"]!["entry"]!.AsArray())
        {
            entry!["resource"]!["performer"] = new JsonArray(new JsonObject
            {
                ["actor"] = new JsonObject { ["reference"] = "Practitioner/n1" },
            });
            entry["resource"]!["request"] = new JsonObject { ["reference"] = "https://ehr.example/fhir/MedicationRequest/r1" };
        }
        Assert.Empty(await Cards(client, Discharge, asked));
    }

    /// <summary>At a visit without a shot, or with one that was refused, nothing is missing.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_visit_at_which_nothing_was_given_gets_no_card(bool isNull)
    {
        using var client = await Client();
        var (_, _, encounter) = Pairs().First(static p => p.Cards.Length > 0
            && p.Encounter.Contains("\"drug\"", StringComparison.Ordinal)
            && !p.Encounter.Contains("\"procedures\": [ {", StringComparison.Ordinal)
            && !p.Encounter.Contains("\"visits\"", StringComparison.Ordinal));
        var asked = Asked(Discharge, Prefetched(encounter));
        Assert.NotEmpty(await Cards(client, Discharge, (JsonObject)asked.DeepClone()));
        if (isNull) asked["prefetch"]!["given"] = null;
        else
            foreach (var entry in asked["prefetch"]!["given"]!["entry"]!.AsArray())
                if (entry!["resource"]!["resourceType"]!.GetValue<string>() == "MedicationAdministration")
                    entry["resource"]!["status"] = "not-done";
        Assert.Empty(await Cards(client, Discharge, asked));
    }

    /// <summary>What could not be fetched is not nothing.</summary>
    [Theory, InlineData("coverage"), InlineData("encounter"), InlineData("given")]
    public async Task A_prefetch_that_failed_is_missing(string name)
    {
        using var client = await Client();
        var asked = Asked(Discharge, Prefetched(Bare));
        asked["prefetch"]![name] = JsonNode.Parse("""
            { "resourceType": "OperationOutcome", "issue": [ { "severity": "error", "code": "not-found" } ] }
            """);
        using var answer = await client.PostAsync($"/cds-services/{Discharge}",
            new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Contains(name, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task What_is_of_another_patient_than_the_context_is_refused()
    {
        using var client = await Client();
        foreach (var (name, resource) in new[]
        {
            ("patient", """{ "resourceType": "Patient", "id": "p2", "gender": "female" }"""),
            ("vaccines", """{ "resourceType": "Immunization", "status": "completed", "patient": { "reference": "Patient/p2" } }"""),
            ("given", """{ "resourceType": "Bundle", "entry": [ { "resource": { "resourceType": "MedicationAdministration", "subject": { "reference": "https://ehr.example/fhir/Patient/p2" } } } ] }"""),
        })
        {
            var asked = Asked(Discharge, Prefetched(Bare));
            asked["prefetch"]![name] = JsonNode.Parse(resource);
            using var answer = await client.PostAsync($"/cds-services/{Discharge}",
                new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"), Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("another patient", await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    /// <summary>Charts of the examples and many like them, in which the engine finds nothing: no card.</summary>
    [Fact]
    public async Task A_thousand_clean_charts_get_no_more_than_ten_cards_and_soon()
    {
        using var client = await Client();
        var scrubber = new Scrubber(Edits.Shipped.Edits);
        var (clean, false_, took) = (0, 0, new List<double>());
        var bases = Pairs().Where(static p => p.Cards.Length == 0).Select(static p => p.Encounter).ToList();
        for (var seed = 0; clean < 1_000 && seed < 5_000; seed++)
        {
            var encounter = Varied(bases[seed % bases.Count], new Random(seed));
            var coded = CodedVisit.Of(EncounterJson.Read(Encoding.UTF8.GetBytes(encounter), ""), StarterBook.Open(),
                scrubber);
            if (coded.Findings.Span.ToArray().Any(static f => f.Severity >= Severity.Warning)) continue;
            clean++;
            var asked = Asked(Discharge, Prefetched(encounter));
            var begun = Stopwatch.GetTimestamp();
            var cards = await Cards(client, Discharge, asked);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (cards.Count > 0) false_++;
        }
        took.Sort();
        TestContext.Current.SendDiagnosticMessage($"p50 {took[500]:0.0} ms, p99 {took[990]:0.0} ms, {false_} cards");
        Assert.Equal(1_000, clean);
        Assert.InRange(false_, 0, 10);
    }

    /// <summary>The same chart on other days, of other patients, with other lots and units of the dose.</summary>
    static string Varied(string encounter, Random random)
    {
        var visit = JsonNode.Parse(encounter)!;
        visit["serviceDate"] = new DateOnly(2026, 1, 5).AddDays(random.Next(80)).ToString("yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture);
        foreach (var given in visit["administrations"]!.AsArray())
        {
            if (given!["lot"] is not null) given["lot"] = $"L{random.Next(10_000)}";
            if (given["observed"] is not null) given["observed"] = random.Next(5, 30);
            if (given["performer"] is not null) given["performer"] = random.Next(2) == 0 ? "J. Doe, RN" : "MA";
        }
        return visit.ToJsonString();
    }

    [Fact]
    public async Task The_services_say_what_they_need_and_a_missing_prefetch_is_said()
    {
        using var client = await Client();
        var found = JsonNode.Parse(await client.GetStringAsync("/cds-services", Stop))!["services"]!.AsArray();
        Assert.Equal(["encounter-discharge", "order-select", "order-sign"],
            found.Select(static s => s!["hook"]!.GetValue<string>()).Order());
        var asked = Asked(Discharge, Prefetched(Bare));
        asked["prefetch"]!.AsObject().Remove("given");
        using var answer = await client.PostAsync($"/cds-services/{Discharge}",
            new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Contains("given", await answer.Content.ReadAsStringAsync(Stop));
        using var preflight = await client.SendAsync(new(HttpMethod.Options, $"/cds-services/{Sign}"), Stop);
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        using var unknown = await client.PostAsync("/cds-services/none", new StringContent("{}"), Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Hostile_bodies_are_refused()
    {
        using var client = await Client();
        var good = Asked(Discharge, Prefetched(Bare)).ToJsonString();
        foreach (var (body, status) in new[]
        {
            ("", 422), ("[]", 422), ("null", 422), (new string('[', 10_000), 422),
            (good.Replace("encounter-discharge", "order-sign", StringComparison.Ordinal), 422),
            (good.Replace("d1577c69", "zz", StringComparison.Ordinal), 422),
            (good.Replace("\"hook\"", "\"hook\":1,\"hook\"", StringComparison.Ordinal), 422),
            ($"{{\"a\":\"{new string('x', 5 << 20)}\"}}", 413),
        })
            foreach (var path in (string[])["", "/feedback"])
            {
                using var answer = await client.PostAsync($"/cds-services/{Discharge}{path}",
                    new StringContent(body, Encoding.UTF8, "application/json"), Stop);
                Assert.Equal(status, (int)answer.StatusCode);
            }
    }
}
