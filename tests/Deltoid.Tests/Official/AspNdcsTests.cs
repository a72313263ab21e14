using Deltoid.Codes.Packs;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class AspNdcsTests
{
    const string Name = "July 2026 ASP NDC-HCPCS Crosswalk.csv";
    const string Before = "July 2026 ASP NDC - HCPCS Crosswalk for Medicare Part B Drugs,\n\"     "
        + "Effective July 1, 2026 through September 30, 2026\",\n,,\n";
    const string Header = "_2026_CODE,Short Description,LABELER NAME,NDC,Drug Name,HCPCS "
        + "dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG";
    const string Rows = "J0129,Abatacept,\"E.R. Squibb & Sons, L.L.C.\",00003-2188-11,Orencia,10 "
        + "MG,1,4,12.5,50\nJ7331,Hyaluronan,\"Arthrex, Inc.\",888867413689,SynoJoynt,1 "
        + "MG,2,3,20,60\nQ5105,Retacrit,Pfizer Inc,00069-1305-10,Retacrit,100 "
        + "UNITS,1,10,20,200\nQ5106,Retacrit,Pfizer Inc,00069-1305-10,Retacrit,1000 "
        + "UNITS,1,10,2,20\n";

    [Fact]
    public void One_ndc_may_have_several_codes_and_units_may_be_fractions()
    {
        var file = Of(Name, Before + Header + "\n" + Rows);
        Assert.Equal(3, file.Report.Rows);
        var abatacept = file.Row<NdcCodeRow>("ndc-code", "J0129");
        Assert.Equal((3218811L, 12.5m, 50m, 1m, 4m),
            (abatacept.Ndc, abatacept.Units.Value, abatacept.UnitsOfPackage.Value, abatacept.PackageSize.Value,
                abatacept.PackageQuantity.Value));
        Assert.Equal(("Orencia", "E.R. Squibb & Sons, L.L.C."),
            (file.Text(abatacept.Drug), file.Text(abatacept.Labeler)));
        Assert.Equal(["Q5105", "Q5106"],
            file.Rows<NdcCodeRow>("ndc-code").Where(r => r.Ndc == 69130510).Select(r => file.CodeOf(r).ToString()));
        Assert.Equal(Days("2026-07-01", "2026-09-30"), abatacept.Dates);
    }

    [Fact]
    public void What_the_publisher_got_wrong_is_left_and_told()
    {
        var file = Of(Name,
            Before + Header + "\n" + Rows + "J0131,Acetaminophen,HF,51662-1540-01,Acetaminophen,10 "
                + "MG,100,1,100,\nJ0131,Acetaminophen,HF,51662-1540-01,Acetaminophen,10 " + "MG,0.12345,1,100,100\n");
        Assert.Equal([
                (6, "J7331 has an NDC that is not 5-4-2"),
                (9, "J0131 has no number in 'BILLUNITSPKG'"),
                (10, "J0131 has no number in 'PKG SIZE'")
            ], file.Report.Release!.Reported);
    }

    [Fact]
    public void Each_column_is_needed() =>
        NeedsColumns(Name, Before, Header, ',', Rows, "_2026_CODE", "NDC", "Drug Name", "LABELER NAME", "PKG SIZE",
            "PKG QTY", "BILLUNITS", "BILLUNITSPKG");

    [Theory]
    [InlineData("J0129,Abatacept,Squibb,00003-2188-11,Orenc", "it is the last line")]
    [InlineData("the end,,,,,,,,,\n", "'CODE' is not a code")]
    [InlineData("J7331,Hyaluronan,Arthrex,888867413689,SynoJoynt,1 MG,2,3,20,60\n", "has no rows")]
    public void A_file_without_a_row_that_reads_is_refused(string row, string why) =>
        Refused(Name, Before + Header + "\n" + row, why);

    [Fact]
    public void Without_its_quarter_it_is_refused() => Refused(Name, Header + "\n" + Rows, "from which day to which");
}
