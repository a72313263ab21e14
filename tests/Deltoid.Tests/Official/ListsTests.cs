using Deltoid.Codes.Packs;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class NuccTaxonomyTests
{
    const string Name = "nucc_taxonomy_250.csv";
    const string Header = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section";
    const string Rows = "193200000X,Group,Multi-Specialty,,\"A group,\nof two "
        + "lines\",[new],Multi,Individual\n207KA0200X,Physicians,Allergy,Allergy "
        + "Two,,,Allergy,Individual\n";

    [Fact]
    public void Codes_are_read_with_what_they_are()
    {
        var file = Of(Name, Header + "\n" + Rows);
        Assert.Equal("25.0", file.Report.Release!.Name);
        var rows = file.Rows<TaxonomyRow>("taxonomy");
        Assert.Equal(("207KA0200X", "Physicians", "Allergy", "Allergy Two"),
            (file.Text(rows[1].Code), file.Text(rows[1].Grouping), file.Text(rows[1].Classification),
                file.Text(rows[1].Specialization)));
    }

    [Fact]
    public void Each_column_is_needed() =>
        NeedsColumns(Name, "", Header, ',', Rows, "Code", "Grouping", "Classification", "Specialization");

    [Theory]
    [InlineData("207KA0200,Physicians,Allergy,,,,,\n", "'Code' is not ten")]
    [InlineData("207KA0200X,Physicians,,,,,,\n", "'Classification' is empty")]
    [InlineData("207KA0200X,Physicians,Allergy", "it is the last line")]
    public void A_row_that_does_not_read_refuses_the_file(string row, string why) =>
        Refused(Name, Header + "\n" + row, why);
}

public sealed class CmsCodeSystemsTests
{
    const string Name = "CodeSystem-ANSI-RSN-CD.fsh";
    const string Text =
        "CodeSystem: ANSI_RSN_CD\nTitle: \"Reasons\"\n* ^status = #active\n* ^content = #complete\n\n* #1 "
            + "\"Deductible Amount\"\n* #A1 \"\\\"Denied, \\\"so\\\" to say\\\"\"\n* #~ \"NO DESCRIPTION "
            + "AVAILABLE\"\n";

    [Fact]
    public void Codes_and_texts_are_read()
    {
        var file = Of(Name, Text);
        var rows = file.Rows<ListedRow>("listed");
        Assert.Equal([("1", "Deductible Amount"), ("A1", "Denied, \"so\" to say")],
            rows.Select(r => (file.Text(r.Code), file.Text(r.Label))));
        Assert.Equal((ListedKind.AdjustmentReason, "ANSI_RSN_CD", 1),
            (rows[0].Kind, file.Report.Release!.Name, file.Report.Release.Skipped));
    }

    [Fact]
    public void What_is_cut_or_not_the_whole_list_is_refused()
    {
        Refused(Name, Text[..^6], "is not a code and its text");
        Refused(Name, Text.Replace("#complete", "#fragment"), "list is complete");
        Assert.Equal(Deltoid.Books.Fate.Left, Of(Name, Text.Replace("ANSI_RSN_CD", "OTHER_CD")).Report.Fate);
    }
}
