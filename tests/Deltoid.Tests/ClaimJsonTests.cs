using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Deltoid.Tests;

public sealed class ClaimJsonTests
{
    /// <summary>A claim as it is written: reading and writing it gives these bytes again.</summary>
    const string Written = """
        {"id":"P001","frequency":"1","setting":"professional","placeOfService":"11","billingProvider":{"npi":"1234567893","taxId":"123456789","name":"Clinic","address":{"line":"1 Main St","city":"Springfield","state":"IL","zip":"62701"}},"renderingProvider":{"npi":"1234567893","name":"Lee","first":"Ann"},"subscriber":{"memberId":"ZZMARKER9","name":"ZZMARKER","birthDate":"1958-04-09","sex":"F","address":"2 Oak St"},"payer":{"kind":"medicare","id":"MEDICARE-B","filing":"MB"},"priorAuthorization":null,"diagnoses":["D51.0"],"charge":50.50,"lines":[{"number":1,"control":"P001-1","code":"96372","modifiers":[],"units":1,"charge":38.00,"date":"2026-03-02","diagnoses":[1]},{"number":2,"control":"P001-2","code":"J3420","modifiers":["JZ"],"units":1,"charge":12.50,"date":"2026-03-02","diagnoses":[1],"ndc":{"code":"00517003125","layout":"5-4-2","unit":"ML","quantity":0.5}}],"other":["REF*G1*7~"]}
        """;

    static Claim Read(string json)
    {
        var claim = new Claim();
        ClaimJson.Read(Encoding.UTF8.GetBytes(json), claim);
        return claim;
    }

    static string Write(Claim claim)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) ClaimJson.Write(claim, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static InputException Refused(string json) => Assert.Throws<InputException>(() => Read(json));

    [Fact]
    public void A_claim_is_written_as_it_was_read() => Assert.Equal(Written, Write(Read(Written)));

    [Fact]
    public void Every_field_is_where_the_claim_keeps_it()
    {
        var claim = Read(Written);
        Assert.Equal(('1', Setting.Professional, "11", PayerKind.Medicare, 5050, new DateOnly(1958, 4, 9), Sex.Female),
            (claim.Frequency, claim.Setting, claim.PlaceOfService.ToString(), claim.PayerKind,
                claim.Charge!.Value.Cents, claim.BirthDate!.Value, claim.Sex));
        Assert.Equal(("P001", "MEDICARE-B", "MB", ""),
            (claim.Text(ClaimText.Id), claim.Text(ClaimText.PayerId), claim.Text(ClaimText.Filing),
                claim.Text(ClaimText.PriorAuthorization)));
        Assert.Equal(("1 Main St", "Springfield", "2 Oak St"),
            (claim.Text(Party.Billing, PartyField.Address), claim.Text(Party.Billing, PartyField.City),
                claim.Text(Party.Subscriber, PartyField.Address)));
        var line = claim.Lines[1];
        Assert.Equal(("J3420", "JZ", Quantity.One, 1250, 1, "00517003125", NdcUnit.ML, 500),
            (line.Code.ToString(), line.Modifiers.ToString(), line.Units, line.Charge!.Value.Cents, line.Pointers[0],
                line.Ndc.ToString(), line.NdcUnit, line.NdcQuantity.Thousandths));
        Assert.Equal("P001-2", claim.Text(line.Control));
        Assert.Equal("REF*G1*7~", claim.Text(claim.Segments[0].Text));
    }

    [Fact]
    public void Reading_clears_what_the_claim_held()
    {
        var claim = Read(Written);
        ClaimJson.Read("""{ "id": "P002", "charge": null }"""u8.ToArray(), claim);
        var fresh = new Claim();
        fresh.Set(ClaimText.Id, "P002"u8);
        Assert.Equal(ClaimSamples.Fields(fresh), ClaimSamples.Fields(claim));
    }

    [Fact]
    public void What_is_written_reads_back_equal() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var claim = ClaimSamples.Random(seed, everything: true);
            return ClaimSamples.Fields(Read(Write(claim))) == ClaimSamples.Fields(claim);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0517-0031-25", "4-4-2", "00517003125")]
    [InlineData("00517-031-25", "5-3-2", "00517003125")]
    [InlineData("00517-0031-5", "5-4-1", "00517003105")]
    [InlineData("00517003125", "11", "00517003125")]
    public void An_NDC_is_eleven_digits_and_keeps_the_layout_it_was_written_in(string text, string layout,
        string digits)
    {
        var claim = Read($$"""{ "lines": [ { "ndc": { "code": "{{text}}" } } ] }""");
        Assert.Contains($"\"code\":\"{digits}\"", Write(claim), StringComparison.Ordinal);
        Assert.Equal((layout, digits), (Read(Write(claim)).Lines[0].Ndc.Layout, claim.Lines[0].Ndc.ToString()));
    }

    [Fact]
    public void An_NDC_that_does_not_read_is_kept_as_it_came()
    {
        var claim = Read("""{ "lines": [ { "ndc": { "code": "1234567890", "unit": "ML", "quantity": 1 } } ] }""");
        Assert.True(claim.Lines[0].Ndc.IsNone);
        Assert.Contains("\"ndc\":{\"code\":\"1234567890\",\"unit\":\"ML\",\"quantity\":1}", Write(claim),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_modifiers_and_pointers_are_not_mended()
    {
        var line = Read("""{ "lines": [ { "modifiers": ["25", "25"], "diagnoses": [1, 1] } ] }""").Lines[0];
        Assert.Equal((2, 2), (line.Modifiers.Count, line.Pointers.Count));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_written_as_Latin1()
    {
        var claim = new Claim();
        claim.Set(Party.Subscriber, PartyField.Name, [(byte)'Z', 0xEB]);
        Assert.Equal("Zë", Read(Write(claim)).Text(Party.Subscriber, PartyField.Name));
    }

    [Fact]
    public void A_birth_date_that_no_party_states_is_the_claims_own()
    {
        var claim = new Claim { BirthDate = new(2020, 1, 2), Sex = Sex.Male };
        Assert.Contains("\"birthDate\":\"2020-01-02\",\"sex\":\"M\"", Write(claim), StringComparison.Ordinal);
        Assert.Equal(ClaimSamples.Fields(claim), ClaimSamples.Fields(Read(Write(claim))));
    }

    [Fact]
    public void The_patient_goes_before_the_subscriber() =>
        Assert.Equal(2020,
            Read(
                """{ "subscriber": { "birthDate": "1980-01-01" }, "patient": { "birthDate": "2020-01-01" } }""").BirthDate!
                .Value.Year);

    [Fact]
    public void The_billing_object_of_an_encounter_fills_the_parties_and_leaves_the_lines()
    {
        var claim = Read("""{ "lines": [ { "code": "96372" } ] }""");
        ClaimJson.ReadParties(
            """{ "id": "P003", "frequency": "7", "payer": { "name": "CMS" }, "serviceFacility": { "name": "Clinic" }, "charges": { "96372": 38.00 } }"""u8.ToArray(),
            claim);
        Assert.Equal(("P003", '7', "CMS", "Clinic", 1),
            (claim.Text(ClaimText.Id), claim.Frequency, claim.Text(ClaimText.PayerName),
                claim.Text(Party.ServiceFacility, PartyField.Name), claim.Lines.Length));
        var refused = Assert.Throws<InputException>(() =>
            ClaimJson.ReadParties("""{ "lines": [] }"""u8.ToArray(), claim));
        Assert.Equal("/lines", refused.At);
    }

    [Fact]
    public void The_charted_patients_birth_date_is_not_replaced_by_the_subscribers()
    {
        var claim = new Claim { BirthDate = new(2020, 1, 2) };
        ClaimJson.ReadParties("""{ "subscriber": { "birthDate": "1980-01-01" } }"""u8.ToArray(), claim);
        Assert.Equal((2020, "1980-01-01"),
            (claim.BirthDate!.Value.Year, claim.Text(Party.Subscriber, PartyField.BirthDate)));
    }

    [Theory]
    [InlineData("""{ "diagnoses": ["A01","A02","A03","A04","A05","A06","A07","A08","A09","A10","A11","A12","A13"] }""",
        "/diagnoses/12", "at most 12 diagnoses")]
    [InlineData("""{ "lines": [ { "modifiers": ["25","59","JZ","LT","RT"] } ] }""", "/lines/0/modifiers/4",
        "at most four modifiers")]
    [InlineData("""{ "lines": [ { "diagnoses": [1,2,3,4,5] } ] }""", "/lines/0/diagnoses/4",
        "at most four diagnosis pointers")]
    [InlineData("""{ "lines": [ { "diagnoses": [0] } ] }""", "/lines/0/diagnoses/0", "not within 1 to 99")]
    [InlineData("""{ "lines": [ { "charge": "38.00" } ] }""", "/lines/0/charge", "a number is due, not a text")]
    [InlineData("""{ "lines": [ { "charge": 38.001 } ] }""", "/lines/0/charge", "two decimals")]
    [InlineData("""{ "lines": [ { "units": 1.0001 } ] }""", "/lines/0/units", "three decimals")]
    [InlineData("""{ "lines": [ { "code": "9637-2" } ] }""", "/lines/0/code", "not a code")]
    [InlineData("""{ "lines": [ { "ndc": { "unit": "XX" } } ] }""", "/lines/0/ndc/unit", "no NDC unit")]
    [InlineData("""{ "subscriber": { "birthDate": "1958" } }""", "/subscriber/birthDate", "not a date")]
    [InlineData("""{ "subscriber": { "member": "1" } }""", "/subscriber/member", "not known here")]
    [InlineData("""{ "charge": 1e15 }""", "/charge", "larger")]
    [InlineData("""{ "frequency": "17" }""", "/frequency", "not a claim frequency")]
    [InlineData("""{ "charges": {} }""", "/charges", "not known here")]
    public void What_cannot_be_a_claim_is_refused_with_its_pointer(string json, string at, string message)
    {
        var refused = Refused(json);
        Assert.Equal(at, refused.At);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_comes_in_only_an_input_exception_comes_out_and_no_patient_with_it()
    {
        var valid = Encoding.UTF8.GetBytes(Written);
        var random = new Random(20260302);
        var claim = new Claim();
        for (var i = 0; i < 20_000; i++)
        {
            try { ClaimJson.Read(ClaimSamples.Mutate(valid, random), claim); }
            catch (InputException e)
            {
                Assert.DoesNotContain("ZZMARKER", $"{e.At} {e.Message} {e.Try}", StringComparison.OrdinalIgnoreCase);
                continue;
            }
            Assert.Equal(ClaimSamples.Fields(claim), ClaimSamples.Fields(Read(Write(claim))));
        }
    }
}
