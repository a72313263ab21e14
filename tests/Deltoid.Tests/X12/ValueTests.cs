using System.Text.Json;

namespace Deltoid.Tests;

/// <summary>
/// What is reported of single values, and in which words: each row is a claim that is right but for one change. The
/// message names the value's error, the fix says what to write, and neither repeats the value.
/// </summary>
public sealed class ValueTests
{
    static readonly string Right = X12Samples.File(1);

    /// <summary>The findings of a check, without those that a change of a total brings with it.</summary>
    static List<(string Id, string Message, string Fix)> Found(string file)
    {
        using var json = JsonDocument.Parse(CommandLine.RunWith(file, "check", "-", "--json").Out);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray()
                .Select(static f => (f.GetProperty("id").GetString()!, f.GetProperty("message").GetString()!,
                    f.GetProperty("fix").GetProperty("text").GetString()!))];
    }

    static string With(string old, string changed)
    {
        Assert.Contains(old, Right, StringComparison.Ordinal);
        return Right.Replace(old, changed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_is_clean() => Assert.Empty(Found(Right));

    [Theory]
    [InlineData("85*2*Oak Street Medicine*****XX*1234567893", "85*2*Oak Street Medicine*****XX*1234567890",
        "check digit does not fit", "NPPES")]
    [InlineData("*XX*1234567893~", "*XX*12345678A3~", "letter", "NPPES")]
    [InlineData("REF*EI*123456789~", "REF*EI*12-345678~", "hyphen", "nine digits")]
    [InlineData("*627041234~", "*62704~", "5 digits", "nine digits (ZIP+4)")]
    [InlineData("*627041234~", "*62704-123~", "hyphen", "without the hyphen")]
    [InlineData("*IL*61602~", "*il*61602~", "lower-case", "capital")]
    [InlineData("PRV*BI*PXC*207R00000X~", "PRV*BI*PXC*207r00000X~", "lower-case", "capital")]
    [InlineData("ABK:D510", "ABK:D51.0", "point", "without its point")]
    [InlineData("ABK:D510", "ABK:d510", "lower-case", "capital")]
    [InlineData("HC:J3420:JZ", "HC:J3 20:JZ", "blank", "without blanks")]
    [InlineData("N4*00517003125~", "N4*0517-0031-25~", "hyphens", "00517003125")]
    [InlineData("N4*00517003125~", "N4*00517-031-25~", "hyphens", "00517003125")]
    [InlineData("N4*00517003125~", "N4*0517003125~", "three ways", "4-4-2")]
    [InlineData("N4*00517003125~", "N4*0051700312O~", "letter", "11 digits")]
    public void A_code_of_a_list_outside_says_what_is_wrong_with_it(string old, string changed, string message,
        string fix) => Holds("X120072", old, changed, message, fix);

    [Theory]
    [InlineData("20260302~", "20260230~", "day that its month does not have", "Correct the day")]
    [InlineData("20260302~", "03022026~", "month first", "CCYYMMDD")]
    [InlineData("20260302~", "2026-302~", "hyphen", "without hyphens")]
    [InlineData("20260302~", "260302~", "6 digits", "with the century")]
    [InlineData("20260302~", "20261302~", "month that does not exist", "CCYYMMDD")]
    [InlineData("D8*20260302~", "RD8*20260302~", "one day", "qualifier D8")]
    [InlineData("D8*20260302~", "D8*20260302-20260303~", "two days", "qualifier RD8")]
    public void A_day_says_what_is_wrong_with_it(string old, string changed, string message, string fix) =>
        Holds("X120070", old, changed, message, fix);

    [Theory]
    [InlineData("HC:96372*38*", "HC:96372*38,00*", "comma", "without commas")]
    [InlineData("HC:96372*38*", "HC:96372*$38*", "currency", "currency sign")]
    [InlineData("HC:96372*38*", "HC:96372*3 8*", "blank", "without blanks")]
    [InlineData("HC:96372*38*", "HC:96372*38-*", "minus in the wrong place", "minus first")]
    [InlineData("HC:96372*38*", "HC:96372*3.8.0*", "two points", "one point")]
    public void A_number_says_what_is_wrong_with_it(string old, string changed, string message, string fix) =>
        Holds("X120068", old, changed, message, fix);

    [Theory]
    [InlineData("X120089", "HC:96372*38*", "HC:96372*38.001*", "3 digits after the point; the limit is 2",
        "the limit is 2 digits")]
    [InlineData("X120069", "*UN*1***1~", "*ML*1***1~", "does not allow", "one of MJ, UN")]
    [InlineData("X120350", "HC:96372*38*UN*1*", "HC:96372*38*UN*0*", "is 0", "the true number")]
    [InlineData("X120350", "HC:96372*38*UN*1*", "HC:96372*38*UN*-1*", "less than 0", "without a minus")]
    [InlineData("X120350", "CTP****1*ML", "CTP****0*ML", "is 0", "the true number")]
    [InlineData("X120351", "HC:96372*38*UN*1*", "HC:96372*38*MJ*1*", "anesthesia", "UN")]
    [InlineData("X120098", "20260302~", "20260402~",
        "2026-04-02, after the day that the file was made (BHT04, 2026-03-05)", "send the claim after")]
    [InlineData("X120098", "20260302~", "19490302~", "before the patient's birth", "birth date")]
    [InlineData("PAY0030", "20260302~", "20250301~", "too late", "in time before")]
    [InlineData("MCB0192", "1EG4TE5MK01", "1EG4-TE5-MK01", "hyphens", "without hyphens")]
    [InlineData("MCB0190", "1EG4TE5MK01", "1EG4TE5MKO1", "form of a Medicare number", "Medicare card")]
    [InlineData("MCB0191", "1EG4TE5MK01", "999887777A", "old Medicare number", "portal")]
    [InlineData("DRG0194", "HC:J3420:JZ", "HC:J1885:JZ", "another drug", "vial")]
    public void Other_values_say_what_is_wrong_with_them(string id, string old, string changed, string message,
        string fix) => Holds(id, old, changed, message, fix);

    static void Holds(string id, string old, string changed, string message, string fix)
    {
        var found = Found(With(old, changed));
        var one = found.FirstOrDefault(f => f.Id == id);
        Assert.True(one.Id == id, string.Join("\n", found));
        Assert.Contains(message, one.Message, StringComparison.Ordinal);
        Assert.Contains(fix, one.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1EG4TE5MK01", "9YY9AA9AA99")]
    [InlineData("20260302~", "20250305~")]
    [InlineData("HC:96372*38*UN*1*", "HC:96372*38*UN*1.0*")]
    public void What_is_right_is_not_reported(string old, string changed) =>
        Assert.DoesNotContain(Found(With(old, changed)),
            static f => f.Id is "X120350" or "PAY0030" || f.Id.StartsWith("MCB019", StringComparison.Ordinal));

    /// <summary>
    /// A claim holds the insured's address for the paper form; an 837 of a dependent goes out without it.
    /// </summary>
    [Fact]
    public void A_claim_of_a_dependent_goes_out_without_the_subscribers_address()
    {
        const string patient =
            "\"patient\":{\"name\":\"Field\",\"first\":\"Ann\",\"birthDate\":\"2015-01-31\",\"sex\":\"F\",\"relationship\":\"19\","
                + "\"address\":{\"line\":\"1 First "
                + "St\",\"city\":\"Peoria\",\"state\":\"IL\",\"zip\":\"61602\"}},\"payer\":";
        var claim = X12Samples.ClaimJsonOf(1).Replace("\"payer\":", patient, StringComparison.Ordinal);
        var file =
            CommandLine.RunWith(claim, "emit", "-", "--sender", "OAKSTREET", "--receiver", "MEDICARE-B", "--contact",
                "Billing", "--phone", "3125550100", "--made", "2026-03-05T09:30").Out;
        Assert.Contains("NM1*IL*1*Field", file, StringComparison.Ordinal);
        Assert.Single(file.Split('~'), static s => s.StartsWith("N3*1 First St", StringComparison.Ordinal));
        Assert.DoesNotContain(Found(file), static f => f.Id is "X120053");
    }

    /// <summary>
    /// The subscriber's address and birth date are not sent beside a dependent (X222A1 2010BA; X12 RFI 1925, 2281).
    /// </summary>
    [Fact]
    public void A_subscriber_beside_a_dependent_has_neither_address_nor_birth_date()
    {
        var found = Found(With("HL*2*1*22*0~", "HL*2*1*22*1~").Replace("SBR*P*18*", "SBR*P**", StringComparison.Ordinal)
            .Replace("CLM*",
                "HL*3*2*23*0~PAT*19~NM1*QC*1*Field*Ann~N3*1 First St~N4*Peoria*IL*61602~DMG*D8*20150101*F~CLM*",
                StringComparison.Ordinal));
        Assert.Equal(3, found.Count(static f => f.Id == "X120053"));
    }
}
