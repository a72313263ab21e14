using System.Text;
using Deltoid.Claims;
using Deltoid.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Deltoid.Tests;

public sealed class ClaimNotationTests
{
    const string Page = """
        payer MEDICARE  dos 2026-03-02  pos 11  dx D51.0 E11.9
        # everything else a header can say
        setting professional  born 1958-04-09  sex F  id P001  frequency 7  auth "A 1"  payerid MEDICARE-B
        npi 1234567893  rendering 1234567893  supervising 1234567893

        1  99211-25  x1
        2  96372     x1   dx AB  charge 38.00  control P001-2
        3  J3420-JZ  x2.5 dx B  charge 12.50  ndc 00517003125 ML 1  pos 12  date 2026-03-03  thru 2026-03-04  rev 0636  note "vitamin \"B12\" ZZMARKER"
        """;

    static Claim Read(string text, Claim? onto = null)
    {
        var claim = onto ?? new Claim();
        ClaimNotation.Read(text, claim);
        return claim;
    }

    [Fact]
    public void Every_word_of_the_notation_is_read()
    {
        var claim = Read(Page);
        Assert.Equal((PayerKind.Medicare, "11", Setting.Professional, new DateOnly(1958, 4, 9), Sex.Female, '7'),
            (claim.PayerKind, claim.PlaceOfService.ToString(), claim.Setting, claim.BirthDate!.Value, claim.Sex,
                claim.Frequency));
        Assert.Equal(("P001", "A 1", "MEDICARE-B"),
            (claim.Text(ClaimText.Id), claim.Text(ClaimText.PriorAuthorization), claim.Text(ClaimText.PayerId)));
        Assert.All([Party.Billing, Party.Rendering, Party.Supervising],
            party => Assert.Equal("1234567893", claim.Text(party, PartyField.Npi)));
        Assert.Equal("D510 E119", string.Join(' ', claim.Diagnoses.ToArray()));
        Assert.Equal((3, 5050L), (claim.Lines.Length, claim.Charge!.Value.Cents));
        var line = claim.Lines[2];
        Assert.Equal(("J3420", "JZ", 2500L, 2, "00517003125", NdcUnit.ML, Quantity.One),
            (line.Code.ToString(), line.Modifiers.ToString(), line.Units.Thousandths, line.Pointers[0],
                line.Ndc.ToString(), line.NdcUnit, line.NdcQuantity));
        Assert.Equal(("12", new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 4), "0636", "vitamin \"B12\" ZZMARKER"),
            (line.PlaceOfService.ToString(), line.Date, line.Thru, line.RevenueCode.ToString(),
                claim.Text(line.Narrative)));
    }

    [Fact]
    public void A_line_inherits_the_day_and_the_first_diagnosis()
    {
        var line = Read("dos 2026-03-02 dx D51.0\n1 96372").Lines[0];
        Assert.Equal((new DateOnly(2026, 3, 2), 1, Quantity.One, null),
            (line.Date, line.Pointers[0], line.Units, line.Charge));
        Assert.Equal(0, Read("dos 2026-03-02\n1 96372").Lines[0].Pointers.Count);
        Assert.Equal(0, Read("dx D51.0\n1 96372 dx -").Lines[0].Pointers.Count);
    }

    [Fact]
    public void It_states_only_what_differs_from_the_claim_it_is_read_on()
    {
        var claim = Read("npi -  payer tricare  dx -", Read(Page));
        Assert.Equal(("", PayerKind.Tricare, 0, 3, "P001"),
            (claim.Text(Party.Billing, PartyField.Npi), claim.PayerKind, claim.DiagnosisCount, claim.Lines.Length,
                claim.Text(ClaimText.Id)));
        Read("dos 2026-04-01", claim);
        foreach (var line in claim.Lines) Assert.Equal(new DateOnly(2026, 4, 1), line.Date);
        Read("1 20610 charge 7.00", claim);
        Assert.Equal((1, 700L, new DateOnly(2026, 4, 1)),
            (claim.Lines.Length, claim.Charge!.Value.Cents, claim.ServiceDate));
        Assert.Equal(1L, Read("total 0.01", claim).Charge!.Value.Cents);
    }

    [Fact]
    public void A_birth_date_changes_the_text_it_was_read_from_too()
    {
        var claim = new Claim();
        ClaimJson.Read("""{ "subscriber": { "birthDate": "1958-04-09", "sex": "F" } }"""u8.ToArray(), claim);
        Read("born 2020-01-02 sex M", claim);
        Assert.Equal(("2020-01-02", "M"),
            (claim.Text(Party.Subscriber, PartyField.BirthDate), claim.Text(Party.Subscriber, PartyField.Sex)));
    }

    [Fact]
    public void A_claim_is_printed_in_columns() => Assert.Equal("""
        payer medicare  dos 2026-03-02  pos 11  dx D51.0
        npi 1234567893
        1  99211-25  x1  dx A
        2  J3420     x2  dx A  charge 12.50  ndc 00517-0031-25 ML 1

        """.ReplaceLineEndings("\n"), ClaimNotation.Print(Read("payer MEDICARE dos 2026-03-02 pos 11 dx D510 npi 1234567893\n1 " + "99211-25\n2 J3420 x2 charge 12.5 ndc 00517-0031-25 ML 1")));

    [Fact]
    public void What_is_printed_reads_back_equal() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var claim = ClaimSamples.Random(seed, everything: false);
            return ClaimSamples.Fields(Read(ClaimNotation.Print(claim))) == ClaimSamples.Fields(claim);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("payer", "1:1", "payer has no value")]
    [InlineData("payer\nMEDICARE", "1:1", "payer has no value")]
    [InlineData("payer MARS", "1:7", "no payer kind")]
    [InlineData("dos 2026-02-30", "1:5", "not a date")]
    [InlineData("\n  payr MEDICARE", "2:3", "no header word")]
    [InlineData("pos 11 pos 12", "1:8", "given twice")]
    [InlineData("pos 11\n1 96372\npos 12", "3:1", "begins with its number")]
    [InlineData("1", "1:1", "a service line has no value")]
    [InlineData("0 96372", "1:1", "not a line number")]
    [InlineData("1 96372-2", "1:3", "a modifier does not read")]
    [InlineData("1 96372-25-59-JZ-LT-RT", "1:3", "at most four modifiers")]
    [InlineData("1 96372 x1 x2", "1:12", "given twice")]
    [InlineData("1 96372 xx", "1:9", "no word of a service line")]
    [InlineData("1 96372 dx ABCDE", "1:12", "at most four diagnosis pointers")]
    [InlineData("1 96372 dx D51.0", "1:12", "not diagnosis pointers")]
    [InlineData("1 96372 charge 1.005", "1:16", "not an amount")]
    [InlineData("1 96372 note \"open", "1:14", "a quote is not closed")]
    public void Anything_else_is_refused_with_line_and_column(string text, string at, string message)
    {
        var refused = Assert.Throws<InputException>(() => Read(text));
        Assert.Equal(at, refused.At);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_comes_in_only_an_input_exception_comes_out_and_no_patient_with_it()
    {
        var valid = Encoding.UTF8.GetBytes(Page.Replace("P001", "ZZMARKER", StringComparison.Ordinal));
        var random = new Random(20260302);
        for (var i = 0; i < 20_000; i++)
        {
            try { Read(Encoding.UTF8.GetString(ClaimSamples.Mutate(valid, random))); }
            catch (InputException e)
            {
                Assert.DoesNotContain("ZZMARKER", $"{e.At} {e.Message} {e.Try}", StringComparison.OrdinalIgnoreCase);
            }
        }
    }
}
