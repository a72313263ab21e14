using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Cli;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// A payer's profile is chosen in one way: what was coded and what is read from its 837 are judged the same.
/// </summary>
public sealed class PayerChoiceTests
{
    static CodeBook Book => EditPages.Book;

    public static TheoryData<string> Examples { get; } = [.. Directory
        .GetFiles(Path.Combine(Repository.Root, "examples"), "*.json").Select(static f => Path.GetFileName(f)!)
        .Order(StringComparer.Ordinal)];

    /// <summary>
    /// An example with a practice that bills it, in the state that the example names, or in Illinois.
    /// </summary>
    static string WithBilling(string example)
    {
        var visit = JsonNode.Parse(Repository.Read("examples", example))!;
        var billing = JsonNode.Parse(Repository.Read("examples", "b12-shot-billing.json"))!["billing"]!.DeepClone();
        var payer = billing["payer"]!.AsObject();
        payer.Remove("filing"); // is Medicare's: the payer's kind says it
        payer["kind"] = visit["payer"]?["kind"]?.DeepClone();
        payer["id"] = visit["payer"]?["id"]?.DeepClone() ?? "PAYER1";
        if (visit["payer"]?["state"] is { } state) billing["billingProvider"]!["address"]!["state"] = state.DeepClone();
        billing["subscriber"]!["birthDate"] = visit["patient"]!["birthDate"]!.DeepClone();
        billing["subscriber"]!["sex"] = visit["patient"]!["sex"]!.DeepClone();
        billing.AsObject().Remove("charges");
        visit["billing"] = billing;
        return visit.ToJsonString();
    }

    /// <summary>
    /// The claim with ten dollars for each line, and an admission in a hospital: the examples have neither.
    /// </summary>
    static JsonNode Charged(JsonNode claim)
    {
        var lines = claim["lines"]!.AsArray();
        foreach (var line in lines) line!["charge"] = 10.00m;
        claim["charge"] = 10.00m * lines.Count;
        if ((string?)claim["setting"] == "facility")
            claim["admission"] = JsonNode.Parse("""{"type":"1","source":"1","status":"01"}""");
        return claim;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_coded_claim_and_its_837_are_judged_the_same(string example)
    {
        var coded = CommandLine.RunWith(WithBilling(example), "code", "-", "--json").Out;
        var claim = Charged(JsonNode.Parse(coded)!["claim"]!);
        var (_, file, error) = CommandLine.RunWith(claim.ToJsonString(), "emit", "-", "--made", "2026-11-05T09:30");
        Assert.True(file.Length > 0, error);
        var own = new Claim();
        ClaimJson.Read(Encoding.UTF8.GetBytes(claim.ToJsonString()), own);
        var profile = CodedVisit.PayerOf(EncounterJson.Read(Encoding.UTF8.GetBytes(WithBilling(example)), example),
            Book);
        var read = new ClaimSource(new MemoryStream(Encoding.Latin1.GetBytes(file))).Read(new FindingList())!;
        Assert.Equal(Judged(own, profile), Judged(read, new ClaimPayers(Book).Of(read)));
        Assert.Equal((profile.Kind, profile.Mac, profile.State), Chosen(read));
    }

    static (PayerKind Kind, string Mac, string State) Chosen(Claim claim)
    {
        var profile = new ClaimPayers(Book).Of(claim);
        return (profile.Kind, profile.Mac, profile.State);
    }

    static List<string> Judged(Claim claim, PayerProfile payer)
    {
        var findings = new FindingList();
        new Scrubber().Check(claim, Book, payer, null, null, findings);
        var all = new List<string>();
        foreach (ref readonly var finding in findings.Span)
            all.Add($"{finding.Info.Id} line {finding.Place.Line} {finding.Place.ClaimField} {finding.Severity}");
        all.Sort(StringComparer.Ordinal);
        return all;
    }

    [Fact]
    public void The_state_of_the_service_decides_before_that_of_the_billing_provider()
    {
        var claim = new Claim { PayerKind = PayerKind.Medicare, VisitDate = new(2026, 3, 2) };
        Assert.Equal((PayerKind.Medicare, "", ""), Chosen(claim));
        claim.Set(Party.Billing, PartyField.State, "TX"u8);
        Assert.Equal((PayerKind.Medicare, "", "TX"), Chosen(claim));
        claim.Set(Party.ServiceFacility, PartyField.State, "NY"u8);
        Assert.Equal((PayerKind.Medicare, "NGS", "NY"), Chosen(claim));
        claim.Set(Party.ServiceFacility, PartyField.State, "n?"u8);
        Assert.Equal((PayerKind.Medicare, "", "TX"), Chosen(claim));
    }

    [Fact]
    public void A_chart_without_the_state_of_its_payer_has_that_of_its_practice()
    {
        var visit = JsonNode.Parse(Repository.Read("examples", "b12-shot-billing.json"))!;
        visit["payer"]!.AsObject().Remove("state");
        visit["payer"]!.AsObject().Remove("locality");
        var encounter = EncounterJson.Read(Encoding.UTF8.GetBytes(visit.ToJsonString()), "-");
        Assert.Equal("NGS", CodedVisit.PayerOf(encounter, Book).Mac);
    }

    [Theory]
    [InlineData("medicare\t\tncii\tyes", "is not a setting of a payer")]
    [InlineData("medicare\t\tncci\tYes", "is not a value of this setting")]
    [InlineData("medicare\t\troute-modifiers\tJ0129 J-", "is not a value of this setting")]
    [InlineData("medicare\t\tmac\t", "is not a value of this setting")]
    [InlineData("medicaer\t\tncci\tyes", "is not a kind of payer")]
    public void A_slip_in_a_payer_row_is_refused_when_the_book_is_made(string row, string why)
    {
        var rows = Encoding.UTF8.GetBytes("kind\tid\tsetting\tvalue\tfrom\tthru\tsource\n" + row + "\t?\t\tK\n");
        var fault = Assert.Throws<RowException>(() => new CodeBookBuilder("test").Read("payers", rows));
        Assert.StartsWith("payers.tsv row 2: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_of_the_shipped_rows_is_understood()
    {
        foreach (var kind in Enum.GetValues<PayerKind>())
            foreach (var row in Book.PayerSettings)
                Assert.Equal(kind,
                    PayerProfile.For(Book.PayerSettings, kind, row.Dates.From ?? new(2026, 3, 2), row.Id).Kind);
    }
}
