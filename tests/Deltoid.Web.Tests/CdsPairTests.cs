using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Results;

namespace Deltoid.Web.Tests;

/// <summary>
/// Requests of CDS Hooks with their whole answers, as files: <c>CdsPairs/NAME.json</c>. With the variable
/// <c>DELTOID_WRITE_PAIRS</c> they are written again; a person looks at what changed.
/// </summary>
[Collection(nameof(SharedPractice))]
public sealed class CdsPairTests(SharedPractice shared)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string Folder => Path.Combine(Repository.Root, "tests/Deltoid.Web.Tests/CdsPairs");

    static readonly Pair[] All =
    [
        .. CdsTests.Pairs().Select(static p => new Pair(p.Name, p.Cards, CdsTests.Discharge, CdsTests.Asked(
            CdsTests.Discharge, CdsTests.Prefetched(p.Encounter)))),
        Order("order-clean", "D51.0"), Order("order-no-reason", null, "CHT0003"), Order("order-header", "D51", "BND0011"),
        Order("order-swallowed", null) with { Request = Sign("metformin", "500", "mg", "oral", null) },
        Order("order-unknown-drug", null) with { Request = Sign("a drug nobody knows", "1", "mg", "im", null) },
        Order("order-with-fhir-server", null, "CHT0003") with { Request = WithServer() },
    ];

    static Pair Order(string name, string? reason, params string[] cards) => new(name, cards, CdsTests.Sign,
        Sign("cyanocobalamin", "1000", "mcg", "im", reason));

    static JsonObject Sign(string drug, string dose, string unit, string route, string? reason) =>
        CdsTests.Asked(CdsTests.Sign, CdsTests.Prefetched(CdsTests.Bare),
            CdsTests.Order(drug, dose, unit, route, reason));

    static JsonObject WithServer()
    {
        var asked = Sign("cyanocobalamin", "1000", "mcg", "im", null);
        asked["fhirServer"] = "https://ehr.example/fhir";
        return asked;
    }

    sealed record Pair(string Name, string[] Cards, string Service, JsonObject Request);

    [Fact]
    public async Task More_than_forty_requests_get_the_answers_of_their_files()
    {
        using var client = new HttpClient { BaseAddress = new((await shared.On(Ground.Sqlite)).Url) };
        var isWriting = Environment.GetEnvironmentVariable("DELTOID_WRITE_PAIRS") is { Length: > 0 };
        var faults = new List<string>();
        foreach (var pair in All)
        {
            var bytes = await CdsTests.Answer(client, pair.Service, pair.Request);
            var answer = JsonNode.Parse(bytes)!;
            // the file shows it with line ends; the bytes are those of our own writer without them
            if (!bytes.AsSpan().SequenceEqual([.. Written(answer, indented: false), (byte)'\n'])) faults.Add($"{pair.Name}: other bytes");
            var got = CdsTests.IdsOf(CdsTests.CardsIn(bytes));
            if (!got.SequenceEqual(pair.Cards))
                faults.Add($"{pair.Name}: {string.Join(' ', got)}, not {string.Join(' ', pair.Cards)}");
            var text = Encoding.UTF8.GetString(Written(new JsonObject
            {
                ["service"] = pair.Service, ["request"] = pair.Request.DeepClone(), ["response"] = answer,
            }, indented: true)) + "\n";
            var file = Path.Combine(Folder, pair.Name + ".json");
            if (isWriting) await File.WriteAllTextAsync(file, text, Stop);
            else if (!File.Exists(file) || await File.ReadAllTextAsync(file, Stop) != text)
                faults.Add($"{pair.Name}: not as in its file");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(All.Length >= 40);
        Assert.Equal(All.Select(static p => p.Name + ".json").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    static byte[] Written(JsonNode node, bool indented)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(text, indented)) node.WriteTo(json);
        return text.WrittenSpan.ToArray();
    }

    /// <summary>A page is opened from the chart system where it has a FHIR server, and only there.</summary>
    [Fact]
    public void A_card_links_to_the_chart_page_where_it_can_be_opened() => Assert.All(All, static pair =>
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, pair.Name + ".json")))!;
        var hasServer = pair.Request.ContainsKey("fhirServer");
        foreach (var card in file["response"]!["cards"]!.AsArray())
            Assert.Equal(hasServer, card!["links"]!.AsArray().Any(static l => l!["type"]!.GetValue<string>() == "smart"
                && l["url"]!.GetValue<string>() == "http://deltoid.example/smart/launch"));
    });
}
