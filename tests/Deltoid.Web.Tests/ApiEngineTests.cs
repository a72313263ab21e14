using System.Net;
using System.Text.Json;

namespace Deltoid.Web.Tests;

/// <summary>
/// What the engine answers to programs without a token: the same as the command line, and kept nowhere.
/// </summary>
[Collection(nameof(SharedPractice))]
public sealed class ApiEngineTests(SharedPractice shared)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string Example(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "examples", name));

    async Task<ApiProgram> Program() => ApiProgram.Unknown((await shared.On(Ground.Sqlite)).Url);

    static async Task<string> CommandLine(string input, params string[] args)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, input, Stop);
            var start = new System.Diagnostics.ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Deltoid.Cli"),
                args.Select(a => a == "FILE" ? file : a))
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var process = System.Diagnostics.Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(Stop),
                process.StandardError.ReadToEndAsync(Stop));
            await process.WaitForExitAsync(Stop);
            await error;
            return await output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    async Task<string> Text(string path, string body, string media = "application/json")
    {
        using var program = await Program();
        using var answer = await program.Send("POST", path, body, media: media);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    [Theory, InlineData("b12-shot.json"), InlineData("b12-shot-billing.json")]
    [InlineData("infliximab-premedication.json")]
    public async Task A_visit_is_coded_to_the_same_bytes_as_on_the_command_line(string name) =>
        Assert.Equal(await CommandLine(Example(name), "code", "FILE", "--json"),
            await Text("/api/v1/code", Example(name)));

    [Fact]
    public async Task An_837_is_scrubbed_to_the_same_lines_as_on_the_command_line() =>
        Assert.Equal(await CommandLine(Example("two-claims.837"), "scrub", "FILE", "--jsonl"),
            await Text("/api/v1/scrub", Example("two-claims.837"), "application/edi-x12"));

    [Fact]
    public async Task The_claim_of_a_coded_visit_is_scrubbed_and_a_list_has_a_line_for_each()
    {
        using var coded = JsonDocument.Parse(await Text("/api/v1/code", Example("b12-shot-billing.json")));
        var claim = coded.RootElement.GetProperty("claim").GetRawText();
        var one = (await Text("/api/v1/scrub", claim)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, one.Length); // the catalogue, and the claim
        Assert.StartsWith("{\"claim\":\"SAMPLE-1\"", one[1], StringComparison.Ordinal);
        var three = (await Text("/api/v1/scrub", $"[{claim},{{\"lines\":7}},{claim}]"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, three.Length);
        Assert.Equal(one[1], three[3]);
        Assert.Contains("\"at\":\"/1/lines\"", three[2], StringComparison.Ordinal); // one bad claim stops no other
    }

    [Fact]
    public async Task A_price_is_the_same_as_on_the_command_line() =>
        Assert.Equal(
            await CommandLine("", "price", "96372", "J3420", "--date", "2026-03-02", "--locality", "06102-16",
                "--json"),
            await Text("/api/v1/price",
                """{ "codes": ["96372", "J3420"], "date": "2026-03-02", "locality": "06102-16" }"""));

    [Theory, InlineData("chicago", "06102-16"), InlineData("Chicago, IL", "06102-16")]
    public async Task A_price_takes_the_name_of_a_place(string name, string number)
    {
        string Asked(string locality) =>
            $$"""{ "codes": ["96372"], "date": "2026-03-02", "locality": "{{locality}}" }""";
        Assert.Equal(await Text("/api/v1/price", Asked(number)), await Text("/api/v1/price", Asked(name)));
    }

    [Theory, InlineData("il", "this fits"), InlineData("atlantis", "no such locality")]
    public async Task A_place_that_is_none_or_several_is_said(string name, string says)
    {
        using var program = await Program();
        var (status, problem) = await program.Ask("POST", "/api/v1/price",
            $$"""{ "codes": ["96372"], "date": "2026-03-02", "locality": "{{name}}" }""");
        Assert.Equal(422, status);
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/locality", problem.GetProperty("findings")[0].GetProperty("pointer").GetString());
    }

    /// <summary>Another method than an address takes is 405, and says which it takes; no address is 404. Neither speaks
    /// of a practice.</summary>
    [Theory]
    [InlineData("GET", "/api/v1/code", 405, "POST")]
    [InlineData("DELETE", "/api/v1/explain/96372", 405, "GET")]
    [InlineData("PUT", "/api/v1/fhir/Claim/$scrub", 405, "POST")]
    [InlineData("GET", "/api/v1/nothing", 404, "")]
    [InlineData("POST", "/api/v1/code/more", 404, "")]
    [InlineData("GET", "/cds-services/inject-order-sign", 405, "POST")]
    [InlineData("GET", "/cds-services/a/b/c", 404, "")]
    public async Task An_address_says_what_it_takes(string method, string path, int status, string allow)
    {
        using var program = await Program();
        using var answer = await program.Send(method, path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow));
        Assert.DoesNotContain("practice", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_keeps_its_letters_in_a_sentence()
    {
        using var program = await Program();
        var (_, problem) = await program.Ask("POST", "/api/v1/code", """{ "serviceDate": 7 }""");
        Assert.StartsWith("serviceDate at 1:", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_explained_and_an_unknown_one_is_not_found()
    {
        using var program = await Program();
        Assert.Equal(await CommandLine("", "explain", "96372", "--json"),
            await (await program.Send("GET", "/api/v1/explain/96372")).Content.ReadAsStringAsync(Stop));
        var (status, problem) = await program.Ask("GET", "/api/v1/explain/zzzzz");
        Assert.Equal((404, "urn:deltoid:problem:not-found"), (status, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_remittance_is_answered_as_on_the_command_line()
    {
        var file = System.Text.Encoding.ASCII.GetString(
            PaymentFiles.Write(1, new PaidSet("T1", "20260401", [new("C000004", "I1")])));
        using var ours = JsonDocument.Parse(await Text("/api/v1/remit", file, "application/edi-x12"));
        using var theirs = JsonDocument.Parse(await CommandLine(file, "remit", "FILE", "--json"));
        Assert.Equal(theirs.RootElement.GetProperty("sets").GetRawText(),
            ours.RootElement.GetProperty("sets").GetRawText());
    }

    [Theory]
    [InlineData("/api/v1/code", """{ "serviceDate": 7 }""", "/serviceDate")]
    [InlineData("/api/v1/code", """{ "serviceDat": "2026-03-02" }""", "/serviceDat")]
    [InlineData("/api/v1/code", "", "")]
    [InlineData("/api/v1/code", "{", "")]
    [InlineData("/api/v1/price", """{ "codes": ["96372", "!"] }""", "/codes/1")]
    [InlineData("/api/v1/price", """{ "codes": ["96372"], "secret": 1 }""", "/secret")]
    [InlineData("/api/v1/price", """{ "codes": ["96372"], "codes": [] }""", "")]
    [InlineData("/api/v1/scrub", "ISA*00*nothing", "")]
    [InlineData("/api/v1/remit", "ISA*00*nothing", "")]
    public async Task What_cannot_be_read_is_a_problem_with_its_place(string path, string body, string pointer)
    {
        using var program = await Program();
        using var answer = await program.Send("POST", path, body);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(422, (int)answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        var finding = problem.RootElement.GetProperty("findings")[0];
        Assert.Equal(pointer, finding.GetProperty("pointer").GetString());
        foreach (var name in (string[])["id", "severity", "box", "x12", "message", "fix", "citation"])
            Assert.True(finding.TryGetProperty(name, out _), name);
        Assert.DoesNotContain("nothing", problem.RootElement.GetRawText(), StringComparison.Ordinal); // no value
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_and_deep_JSON_is_no_bug()
    {
        using var program = await Program();
        var (status, problem) = await program.Ask("POST", "/api/v1/code", new string(' ', (1 << 20) + 1));
        Assert.Equal((413, "urn:deltoid:problem:too-large"), (status, problem.GetProperty("type").GetString()));
        foreach (var path in (string[])["/api/v1/code", "/api/v1/scrub", "/api/v1/price", "/api/v1/remit"])
            Assert.Equal(422, (await program.Ask("POST", path, new string('[', 100_000))).Status);
    }

    [Fact]
    public async Task Each_answer_says_how_much_may_be_asked_and_another_method_or_path_is_a_problem()
    {
        using var program = await Program();
        using var answer = await program.Send("GET", "/api/v1/explain/96372");
        Assert.Matches("^\"place\";q=[0-9]+;w=60$", answer.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Matches("^\"place\";r=[0-9]+;t=[0-9]+$", answer.Headers.GetValues("RateLimit").Single());
        Assert.Equal(405, (await program.Ask("DELETE", "/api/v1/code")).Status);
        Assert.Equal(404, (await program.Ask("GET", "/api/v1/nothing")).Status);
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_back()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-api-limits").FullName;
        await using var served = await ServedPractice.OpenWith(folder, "--RequestsOfPerson", "5");
        using var program = ApiProgram.Unknown(served.Url);
        // at once: on a slow machine a token comes back while one after the other asks
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => program.Send("GET", "/api/v1/nothing")));
        var refused = Array.FindAll(answers, static a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(answers.Length - refused.Length, 5, 40);
        Assert.All(refused, static a => Assert.InRange(a.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        Assert.All(refused, static a => Assert.Contains("r=0", a.Headers.GetValues("RateLimit").Single(),
            StringComparison.Ordinal));
        foreach (var answer in answers) answer.Dispose();
    }
}
