using Deltoid.Codes.Packs;
using Deltoid.Values;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class CdcVaccinesTests
{
    static string Info(string code, string cvx,
        string status =
            "") =>
        $"<CPTInfo><Name>CPT Code</Name><Value>{code}     </Value><Name>CPT Desc</Name><Value>our "
            + $"label</Value><Name>Status</Name><Value>"
            + $"{status}</Value><Name>Comments</Name><Value/><Name>Vaccine Name</Name><Value>IG &amp; "
            + $"more</Value><Name>CVX Code</Name><Value>{cvx}        </Value></CPTInfo>\n";

    static string Xml(string infos) => $"<?xml version=\"1.0\"?>\n<CPTCodes>\n{infos}</CPTCodes>\n";

    [Fact]
    public void Vaccines_have_the_name_of_the_cdc_and_not_the_descriptor()
    {
        var file = Of("cpt.xml", Xml(Info("90281", "86") + Info("91320", "309", "Inactive")));
        var globulin = file.Row<VaccineRow>("vaccine", "90281");
        Assert.Equal((86, "IG & more", (byte)1), (globulin.Cvx, file.Text(globulin.Name), globulin.Active));
        Assert.Equal((byte)0, file.Row<VaccineRow>("vaccine", "91320").Active);
        Assert.Equal("IG & more", System.Text.Encoding.UTF8.GetString(file.Pack.Column<byte>("text").Span));
    }

    [Fact]
    public void What_does_not_read_refuses_the_file()
    {
        foreach (var column in (string[])["CPT Code", "CVX Code", "Vaccine Name", "Status"])
            Refused("cpt.xml", Xml(Info("90281", "86")).Replace(column, "Other"), $"column '{column}'");
        Refused("cpt.xml", Xml(Info("9028", "86")), "'CPT Code' is not a code");
        Refused("cpt.xml", Xml(Info("90281", "none")), "'CVX Code' is not a number");
        Refused("cpt.xml", Xml(Info("90281", "86"))[..^30], "is cut");
        Refused("cpt.xml", "<!DOCTYPE CPTCodes [<!ENTITY a \"b\">]>" + Xml(Info("90281", "86"))[22..], "without a DTD");
        Refused("cpt.xml", Xml(""), "has no rows");
    }
}

public sealed class CdcVaccinePackagesTests
{
    const string Sale = "737|0006|4119|03|GARDASIL 9|HPV "
        + "9-VALENT|Merck|20141210||CARTON|INTRAMUSCULAR|2022-06-22 00:00:00|165       "
        + "|HPV9|00006-4119-03|00300064119039\r\n";
    const string Use = "679|49281|416|88|FLUZONE|Influenza|Sanofi|20160701|20170630|VIAL|0034|150       "
        + "|Influenza|False     |49281-0416-88|2018-05-30 00:00:00|\r\n";

    [Fact]
    public void Units_of_sale_and_of_use_have_their_own_columns()
    {
        var sale = Of("NDC_Unit_sale.txt", Sale);
        var gardasil = Assert.Single(sale.Rows<PackageRow>("package"));
        Assert.Equal((6411903L, 165, DateRange.Of(new(2014, 12, 10))), (gardasil.Ndc, gardasil.Cvx, gardasil.Dates));
        Assert.Equal(("GARDASIL 9", "INTRAMUSCULAR", "CARTON", "Merck"),
            (sale.Text(gardasil.Name), sale.Text(gardasil.Route), sale.Text(gardasil.Package),
                sale.Text(gardasil.Labeler)));
        var fluzone = Assert.Single(Of("NDC_Unit_use.txt", Use).Rows<PackageRow>("package"));
        Assert.Equal((49281041688L, 150, Days("2016-07-01", "2017-06-30")), (fluzone.Ndc, fluzone.Cvx, fluzone.Dates));
    }

    [Fact]
    public void What_does_not_read_refuses_the_file()
    {
        Refused("NDC_Unit_sale.txt", Use, "17 cells where 16 are needed");
        Refused("NDC_Unit_use.txt", Use[..60], "it is the last line");
        Refused("NDC_Unit_sale.txt", Sale.Replace("00006-4119-03", "6-4119-3"), "'NDC11' is not an NDC");
        Refused("NDC_Unit_sale.txt", Sale.Replace("20141210", "20141310"), "'start' is not a day");
        Refused("NDC_Unit_use.txt", Use.Replace("20170630", "soon"), "'end' is not a day");
        Refused("NDC_Unit_sale.txt", Sale.Replace("165  ", "none "), "'CVX' is not a number");
    }
}
