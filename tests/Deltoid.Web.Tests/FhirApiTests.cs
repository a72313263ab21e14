using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Deltoid.Fhir;
using Deltoid.Results;

namespace Deltoid.Web.Tests;

/// <summary>FHIR at the API: claims are scrubbed, visits are coded, XML is not read.</summary>
[Collection(nameof(SharedPractice))]
public sealed class FhirApiTests(SharedPractice shared)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task<(int Status, string? Media, string Text)> Ask(string path, string body,
        string media = "application/fhir+json")
    {
        using var client = new HttpClient { BaseAddress = new((await shared.On(Ground.Sqlite)).Url) };
        using var answer = await client.PostAsync("/api/v1/fhir/" + path,
            new StringContent(body, Encoding.UTF8, media), Stop);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync(Stop));
    }

    static string Bundle()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(text, indented: false))
            FhirDocument.Write(File.ReadAllBytes(Path.Combine(Repository.Root, "examples/b12-shot-billing.json")),
                new(2026, 3, 5), json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    [Fact]
    public async Task A_visit_is_coded_and_its_claim_is_scrubbed()
    {
        var (status, media, text) = await Ask("Encounter/$code", Bundle());
        Assert.True(status == 200, text);
        Assert.Equal("application/fhir+json", media);
        var entries = JsonDocument.Parse(text).RootElement.GetProperty("entry");
        var claim = entries[0].GetProperty("resource");
        Assert.Equal("Claim", claim.GetProperty("resourceType").GetString());
        Assert.Equal("OperationOutcome", entries[1].GetProperty("resource").GetProperty("resourceType").GetString());
        (status, _, text) = await Ask("Claim/$scrub", claim.GetRawText());
        Assert.True(status == 200, text);
        Assert.Equal("OperationOutcome", JsonDocument.Parse(text).RootElement.GetProperty("resourceType").GetString());
        Assert.DoesNotContain("HIP0022", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_was_taken_back_is_refused_and_two_diagnoses_of_one_place_are_named()
    {
        var (_, _, text) = await Ask("Encounter/$code", Bundle());
        var claim = System.Text.Json.Nodes.JsonNode.Parse(text)!["entry"]![0]!["resource"]!;
        foreach (var state in (string[])["cancelled", "entered-in-error"])
        {
            claim["status"] = state;
            var (refused, _, why) = await Ask("Claim/$scrub", claim.ToJsonString());
            Assert.Equal(422, refused);
            Assert.Contains("Claim.status", why, StringComparison.Ordinal);
        }
        claim["status"] = "draft";
        claim["diagnosis"]!.AsArray().Add(claim["diagnosis"]![0]!.DeepClone());
        var (status, _, answer) = await Ask("Claim/$scrub", claim.ToJsonString());
        Assert.True(status == 200, answer);
        Assert.Contains("which diagnosis the lines point to", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData("application/fhir+xml"), InlineData("text/xml"), InlineData("application/xml")]
    public async Task Xml_is_not_read(string media)
    {
        var (status, answered, text) = await Ask("Claim/$scrub", "<Claim xmlns=\"http://hl7.org/fhir\"/>", media);
        Assert.Equal((415, "application/fhir+json"), (status, answered));
        Assert.Contains("OperationOutcome", text);
    }

    [Theory, InlineData("{}"), InlineData(""), InlineData("{\"resourceType\":\"Patient\"}"), InlineData("[[["),
        InlineData("{\"resourceType\":\"Claim\",\"use\":\"preauthorization\"}")]
    public async Task What_cannot_be_read_is_an_OperationOutcome(string body)
    {
        foreach (var path in (string[])["Claim/$scrub", "Encounter/$code"])
        {
            var (status, media, text) = await Ask(path, body);
            Assert.Equal((422, "application/fhir+json"), (status, media));
            Assert.Equal("error", JsonDocument.Parse(text).RootElement.GetProperty("issue")[0]
                .GetProperty("severity").GetString());
        }
    }
}
