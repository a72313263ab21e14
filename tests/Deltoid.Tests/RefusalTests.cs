using System.Text;
using Deltoid.Books;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What a 277CA, a 999 and a TA1 say of a claim, as read writes them and within a case.</summary>
public sealed class RefusalTests
{
    const string Claim =
        """
        "claim": { "id": "P1", "payer": { "kind": "commercial" }, "diagnoses": ["D51.0"], "charge": 50.00,
          "lines": [ { "number": 1, "code": "96372", "units": 1, "charge": 50.00, "date": "2026-03-02",
            "diagnoses": [1] } ] }, "terms": { "timelyDays": 90 }
        """;

    static Resolution Answer(string refusal) =>
        new Resolver(StarterBook.Open()).Resolve(
            DeniedClaimJson.Read(Encoding.UTF8.GetBytes($"{{ {Claim}, {refusal} }}")));

    static string Status(string claim, string category) =>
        $$"""{ "id": "{{claim}}", "statuses": [ { "codes": [ { "category": "{{category}}", "code": "21" } ] } ] }""";

    static string Statuses(params string[] claims) =>
        $$"""{ "providers": [ { "claims": [ {{string.Join(", ", claims)}} ] } ] }""";

    /// <summary>The file names several claims: only what it says of this one counts.</summary>
    [Theory]
    [InlineData("A7", "A2", "FE-CLAIM", "rejection")]
    [InlineData("A2", "A7", "ND-PENDING", "pending")]
    [InlineData("A1", "A7", "ND-PENDING", "pending")]
    [InlineData("A8", "A8", "FE-CLAIM", "rejection")]
    public void A_277CA_is_read_for_its_claim(string own, string other, string cause, string kind)
    {
        var statuses = Statuses(Status("P0", other), Status("P1", own));
        foreach (var text in (string[])[statuses, $$"""{ "claimStatus": {{statuses}} }"""])
        {
            var answer = Answer($"\"claimStatus\": {text}");
            Assert.Equal((cause, kind), (answer.Cause!.Cause, Steps.Kinds[answer.Kind]));
            Assert.Equal(Money.Zero, answer.PatientOwes);
            Assert.Empty(answer.Postings);
        }
    }

    [Fact]
    public void What_was_refused_is_sent_again_within_the_limit_of_its_service()
    {
        var answer = Answer($"\"claimStatus\": {Statuses(Status("P1", "A3"))}");
        Assert.Equal(NextStep.Resubmit, answer.Step);
        Assert.Equal(new Deadline(new(2026, 5, 31), "service", 90), answer.Deadline);
        Assert.DoesNotContain(answer.Changes, static c => c.Path == "/frequency");
        Assert.Contains(answer.Evidence, static e => e.At == "/claimStatus" && e.Says.Contains("A3:21", Ordinal));
    }

    /// <summary>Whether an edit finds it is said either way.</summary>
    [Fact]
    public void An_edit_that_finds_it_is_named()
    {
        var answer = Answer($"\"claimStatus\": {Statuses(Status("P1", "A3"))}");
        Assert.Contains(answer.Evidence, static e => e.Fact == "finding");
    }

    const StringComparison Ordinal = StringComparison.Ordinal;
}
