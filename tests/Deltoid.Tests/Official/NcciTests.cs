using Deltoid.Codes;
using Deltoid.Values;
using Deltoid.Books;
using Deltoid.Codes.Packs;

namespace Deltoid.Tests.Official;

/// <summary>NCCI pairs and unit limits in their published layouts.</summary>
public sealed class NcciTests
{
    const string Head = "CPT only copyright 2025 American Medical Association.  All rights "
        + "reserved.\t\t\t\t\t\t\nColumn1/Column2 Edits\t\t\t\t\t\t\nColumn 1\tColumn 2\t*=in "
        + "existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
        + "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n\t\t\t\t*=no "
        + "data\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n";

    const string File = "ccipra-v323r0-f1.TXT";

    internal static string Pairs(params string[] rows) =>
        Head + string.Concat(rows.Select(static r => r.Replace(' ', '\t') + "\tMisuse\n"));

    [Fact]
    public void A_pair_has_its_whole_history()
    {
        var pack =
            OneFile.Of(File,
                Pairs("96372 99213  20090101 20191231 1", "96372 99213  20201001 * 1", "96372 99211  20201001 * 0",
                    "0001A 90473  20220101 20220101 9")).Pack;
        var table = pack.PairsOf("ptp-practitioner", static s => s)!;
        int Id(string code) => pack.Codes.Span.IndexOf(Code.Of(code).Packed);
        bool At(string day, string one, string two, out PairRow row) =>
            table.TryFind(Id(one), Id(two), DateOnly.Parse(day).DayNumber, out row);
        Assert.True(At("2019-12-31", "96372", "99213", out _));
        Assert.False(At("2020-05-05", "96372", "99213", out _)); // the gap
        Assert.True(At("2026-03-02", "96372", "99213", out var row) && row is { Indicator: 1, Dates.FromDay: > 0 });
        Assert.True(At("2026-03-02", "96372", "99211", out row) && row.Indicator == 0);
        Assert.False(At("2026-03-02", "99213", "96372", out _));
        Assert.Equal(("v32.3", "2026-10-01"),
            (pack.Manifest.Sources[0].Release, $"{pack.Manifest.Release:yyyy-MM-dd}"));
        Assert.False(pack.Manifest.HasFalseDates);
        Assert.DoesNotContain("Misuse", System.Text.Encoding.UTF8.GetString(pack.Column<byte>("text").Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("96372 99213  20091301 * 1", "column 'Effective Date' is not a day")]
    [InlineData("96372 99213  20090101 never 1", "column 'Deletion Date' is neither a day")]
    [InlineData("96372 99213  20090101 * x", "column 'Modifier' is not 0, 1 or 9")]
    [InlineData("96372 99-13  20090101 * 1", "does not begin with two codes")]
    public void A_row_that_does_not_read_refuses_the_file(string row, string why)
    {
        var report = OneFile.Refused(File, Pairs("96372 99211  20201001 * 0", row), why);
        Assert.Equal(8, report.Line);
    }

    [Fact]
    public void Columns_are_where_the_publisher_has_them()
    {
        foreach (var column in new[] { "Column 2", "*=in existence", "Effective", "Deletion", "Modifier" })
            OneFile.Refused(File,
                Pairs("96372 99211  20201001 * 0").Replace("\t" + column + "\t", "\tOther\t", StringComparison.Ordinal),
                $"column '{column}'");
        OneFile.Refused(File,
            Pairs("96372 99211  20201001 * 0").Replace("Effective\tDeletion", "Deletion\tEffective",
                StringComparison.Ordinal), "in another place");
    }

    [Fact]
    public void A_cut_file_is_refused()
    {
        var text = Pairs("96372 99211  20201001 * 0", "96372 99213  20201001 * 1");
        var cut = text[..(text.Length - 20)];
        Assert.Contains("may be cut", OneFile.Refused(File, cut, "").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Made_up_dates_are_marked_and_give_no_verdict()
    {
        var pack = OneFile.Of(File, Pairs("96372 99211  19010101 * 0")).Pack;
        Assert.True(pack.Manifest.HasFalseDates);
    }

    const string Units = "\"A notice,\nof lines\",,,\n\"HCPCS/\nCPT Code\",Practitioner Services MUE "
        + "Values,MUE Adjudication Indicator,MUE Rationale\n";

    [Fact]
    public void A_unit_limit_is_of_its_service_and_day()
    {
        var file = OneFile.Of("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv",
            Units + "96372,4,3 Date of Service Edit: Clinical,Clinical: Data\n90471,1,2 "
                + "Date of Service Edit: Policy,CMS Policy\n");
        var row = file.Row<MueRow>("mue", "96372");
        Assert.Equal((4, 3, 0), (row.Limit, row.Mai, row.Table));
        Assert.Equal(new(2026, 10, 1), row.Dates.From);
    }

    [Fact]
    public void Unit_limits_are_refused_by_what_is_missing()
    {
        const string Name = "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv";
        OneFile.Refused(Name,
            Units.Replace("MUE Adjudication Indicator", "Other", StringComparison.Ordinal) + "96372,4,3,x\n",
            "column 'MUE Adjudication Indicator'");
        OneFile.Refused(Name, Units + "96372,four,3 Date,x\n", "is not a number of units");
        OneFile.Refused(Name, Units + "96372,4,Date,x\n", "does not begin with 1, 2 or 3");
        OneFile.Refused("MCR_MUE_PractitionerServices.csv", Units + "96372,4,3 Date,x\n", "from which day");
        OneFile.Refused("MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.csv", Units + "96372,4,3 Date,x\n",
            "column 'OutpatientHospital Services MUE Values'");
    }

    const string Saved = "hcpcs_code\tmue_units\tmue_mai\tmue_rationale\tmue_service\n";

    [Fact]
    public void Unit_limits_saved_by_others_have_the_service_in_a_column_and_the_quarter_in_a_name()
    {
        var file = OneFile.Of("mue_out_2026q3.tsv", Saved + "96372\t5\t3\tClinical: Data\tOutpatient Hospital\n");
        Assert.Equal(("ncci-mue-outpatient", "2026-07-01", OneFile.Days("2026-07-01", "2026-09-30")),
            (file.Report.Table!.Name, file.Report.Release!.Name, file.Report.Release.Covers));
        Assert.Equal((5, (byte)3, (byte)1),
            (file.Row<MueRow>("mue", "96372").Limit, file.Row<MueRow>("mue", "96372").Mai,
                file.Row<MueRow>("mue", "96372").Table));
        Assert.Equal("2026-07-01",
            OneFile.Of("mue-2026q3/mue.tsv", Saved + "96372\t4\t3\tx\tPractitioner\n").Report.Release!.Name);
        OneFile.Refused("mue_out.tsv", Saved + "96372\t5\t3\tx\tOutpatient Hospital\n", "of which quarter it is");
        OneFile.Refused("mue_2026q3.tsv", Saved + "96372\t4\t3\tx\tPractitioner\n96374\t5\t3\tx\tOutpatient Hospital\n",
            "'mue_service' is not the same in every row");
        OneFile.Refused("mue_2026q3.tsv", Saved + "96372\tfour\t3\tx\tPractitioner\n", "is not a number of units");
    }
}
