using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class OppsAddendumBTests
{
    const string Name = "2026_April_Web_Addendum_B.csv";
    const string Before = "Addendum B.-Final OPPS Payment by HCPCS Code,,,\nCPT codes only "
        + "copyright 2025 American Medical Association,,,\n";
    const string Header = "HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment "
        + "Rate,National Unadjusted Copayment,* Indicates a Change";
    const string Rows = "96372,our label,Q1,5692,0.8,$73.56,.,\nG0463,Hospital "
        + "visit,J2,5012,1.4,$136.02,27.21,\nJ0897,Denosumab,K,9272,,\"$1,140.209\",,\n99211,our "
        + "label,B,,,,,\n";

    [Fact]
    public void The_published_columns_are_read_by_name()
    {
        var file = Of(Name, Before + Header + "\n" + Rows);
        Assert.Equal(("2026-04", Days("2026-04-01", "2026-06-30"), 4),
            (file.Report.Release!.Name, file.Report.Release.Covers, file.Report.Rows));
        var injection = file.Row<AddendumRow>("opps", "96372");
        Assert.Equal((73.56m, "Q1", "5692"),
            (injection.Rate.Value, Cell.Of(injection.Status, 2), Cell.Of(injection.Apc, 4)));
        Assert.Equal(1140.209m, file.Row<AddendumRow>("opps", "J0897").Rate.Value);
        Assert.Equal((-1L, "B"),
            (file.Row<AddendumRow>("opps", "99211").Rate.TenThousandths,
                Cell.Of(file.Row<AddendumRow>("opps", "99211").Status, 2)));
        Assert.Equal(0, file.Pack.Column<byte>("text").Count);
    }

    [Fact]
    public void The_reduced_form_says_its_quarter_in_each_row()
    {
        const string reduced = "HCPCSCode,ShortDescriptor,StatusIndicator,PaymentRate,Changed?,Source\n\"96372\",\"our "
            + "label\",\"Q1\",73.56,false,\"2026-04\"\n\"A4341\u00A0\",\"Stylet\",\"N\",,false,\"2026-04\"\n";
        var file = Of("addendum_b_2026-04.csv", System.Text.Encoding.Latin1.GetBytes(reduced));
        Assert.Equal(("2026-04", Days("2026-04-01", "2026-06-30"), 2),
            (file.Report.Release!.Name, file.Report.Release.Covers, file.Report.Rows));
        Assert.Equal(73.56m, file.Row<AddendumRow>("opps", "96372").Rate.Value);
        Assert.Equal("N", Cell.Of(file.Row<AddendumRow>("opps", "A4341").Status, 2));
        Refused("addendum_b.csv", reduced.Replace("N\",,false,\"2026-04", "N\",,false,\"2025-10"),
            "'Source' is not a quarter");
        Refused("addendum_b.csv", reduced.Replace("2026-04", "2019"), "'Source' is not a quarter");
    }

    [Fact]
    public void A_code_with_the_blank_of_an_old_encoding_after_it_reads()
    {
        byte[] text = [.. System.Text.Encoding.ASCII.GetBytes(Before + Header + "\nA4341"), 0xFF,
            .. System.Text.Encoding.ASCII.GetBytes(",Valve,N,,, ,,\n")];
        Assert.Equal("N", Cell.Of(Of(Name, text).Row<AddendumRow>("opps", "A4341").Status, 2));
    }

    [Fact]
    public void Tabs_read_too() =>
        Assert.Equal(73.56m,
            Of("January 2026 Addendum B.txt",
                "HCPCS\tSI\tAPC\tPayment Rate\n96372\tQ1\t5692\t73.56\n").Row<AddendumRow>("opps", "96372").Rate.Value);

    [Fact]
    public void Each_column_is_needed() =>
        NeedsColumns(Name, Before, Header, ',', Rows, "HCPCS Code", "SI", "APC", "Payment Rate");

    [Theory]
    [InlineData("96372,our label,Q1,5692,0.8,$7", "it is the last line")]
    [InlineData("96372,our label,Q12,5692,0.8,1,,\n", "'SI' is not a status indicator")]
    [InlineData("96372,our label,Q1,5692,0.8,none,,\n", "'Payment Rate' is not an amount")]
    [InlineData("end,,,,,,,\n", "'HCPCS Code' is not a code")]
    public void A_row_that_does_not_read_refuses_the_file(string row, string why) =>
        Refused(Name, Before + Header + "\n" + row, why);

    [Fact]
    public void Its_quarter_stands_in_the_name_or_the_title()
    {
        Refused("addendum_b.csv", Before + Header + "\n" + Rows, "of which quarter");
        Assert.Equal("2026-01",
            Of("addendum_b.csv",
                "Addendum B for January 2026,\n" + Before + Header + "\n" + Rows).Report.Release!.Name);
    }
}
