using Deltoid.Codes.Packs;
using Deltoid.Values;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

/// <summary>Layouts as the FDA describes them; no file of it was at hand.</summary>
public sealed class FdaDirectoryTests
{
    const string PackageHeader =
        "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tNDC_EXCLUDE_FLAG\tSAMPLE_PACKAGE";
    const string Packages = "0002-1433_a\t0002-1433\t0002-1433-80\t4 SYRINGE in 1 CARTON "
        + "\t20141107\t\tN\tN\nb\t50580-488\t50580-488-01\t\"1 BOTTLE\" in 1 "
        + "CARTON\t20100101\t20201231\tN\tN\nc\t12345-6789\t12345-6789-1\tVIAL\t20200101\t\tN\tN\nd\tbad\t123-45-6\tVIAL\t20200101\t\tN\tN\n";
    const string ProductHeader =
        "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\tROUTENAME\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tLABELERNAME\tSUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT";
    const string Products = "a\t0002-1433\tHUMAN PRESCRIPTION DRUG\tTrulicity\t\tDulaglutide\tINJECTION, "
        + "SOLUTION\tSUBCUTANEOUS\t20140918\t\tEli "
        + "Lilly\tDULAGLUTIDE\t.75\tmg/.5mL\nb\t50580-488\tOTC\tTwo\t\tone and "
        + "two\tTABLET\tORAL\t20100101\t20201231\tMaker\tONE; TWO\t5; 325\tmg/1; "
        + "mg/1\nc\t1-2\tOTC\tBad\t\tb\tTABLET\tORAL\t20100101\t\tMaker\tB\t5\tmg/1\n";

    [Fact]
    public void Ten_digits_are_filled_up_by_their_hyphens()
    {
        var file = Of("package.txt", PackageHeader + "\n" + Packages);
        var rows = file.Rows<PackageRow>("package");
        Assert.Equal([2143380L, 50580048801L, 12345678901L], rows.Select(r => r.Ndc));
        Assert.Equal((DateRange.Of(new(2014, 11, 7)), Days("2010-01-01", "2020-12-31"), -1),
            (rows[0].Dates, rows[1].Dates, rows[0].Cvx));
        Assert.Equal("\"1 BOTTLE\" in 1 CARTON", file.Text(rows[1].Package));
        Assert.Equal(5, Assert.Single(file.Report.Release!.Reported).Line);
    }

    [Fact]
    public void A_product_stands_under_the_beginning_of_its_packages_ndc()
    {
        var file = Of("product.txt", ProductHeader + "\n" + Products);
        var rows = file.Rows<ProductRow>("product");
        Assert.Equal([21433, 505800488], rows.Select(r => r.Product));
        Assert.Equal(rows.Select(r => (long)r.Product),
            Of("package.txt", PackageHeader + "\n" + Packages).Rows<PackageRow>("package")[..2]
                .Select(p => p.Ndc / 100));
        Assert.Equal(("Trulicity", "Dulaglutide", "SUBCUTANEOUS", ".75 mg/.5mL"),
            (file.Text(rows[0].Name), file.Text(rows[0].Generic), file.Text(rows[0].Route),
                file.Text(rows[0].Strength)));
        Assert.Equal("5 mg/1; 325 mg/1", file.Text(rows[1].Strength));
        Assert.Single(file.Report.Release!.Reported);
    }

    [Fact]
    public void Packages_of_older_files_have_no_days() =>
        Assert.Equal(DateRange.Always,
            Assert.Single(Of("package.txt",
                    "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\na\t0002-1433\t0002-1433-80\tCARTON\n").Rows<PackageRow>(
                    "package")).Dates);

    [Fact]
    public void Each_column_is_needed()
    {
        NeedsColumns("package.txt", "", PackageHeader, '\t', Packages, "NDCPACKAGECODE", "PACKAGEDESCRIPTION");
        NeedsColumns("product.txt", "", ProductHeader, '\t', Products, "PRODUCTNDC", "PROPRIETARYNAME",
            "NONPROPRIETARYNAME", "LABELERNAME", "DOSAGEFORMNAME", "ROUTENAME", "STARTMARKETINGDATE",
            "ENDMARKETINGDATE", "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT");
    }

    [Fact]
    public void What_does_not_read_refuses_the_file()
    {
        Refused("package.txt", PackageHeader + "\n" + Packages[..40], "it is the last line");
        Refused("package.txt", PackageHeader + "\n" + Packages.Replace("20141107", "2014-11-07"),
            "'STARTMARKETINGDATE' is not a day");
        Refused("product.txt", ProductHeader + "\n" + Products.Replace("20201231", "20201232"),
            "'ENDMARKETINGDATE' is not a day");
    }
}
