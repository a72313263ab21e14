using Deltoid.Books;
using Deltoid.Codes.Packs;

namespace Deltoid.Tests.Official;

/// <summary>Adjustment reasons and remarks with their days.</summary>
public sealed class AdjustmentCodesTests
{
    const string Name = "adj_codes.tsv", Header = "adj_code\tadj_type\tadj_description\tadj_start_date\tadj_end_date";

    [Fact]
    public void Remarks_keep_their_words_and_reasons_do_not()
    {
        var file = OneFile.Of(Name,
            Header + "\nCO\tGroup\tnot taken\t\t\n18\tCARC\tnot "
                + "taken\t1995-01-01\t\nM3\tRARC\tours\t1997-01-01\t2016-11-01\n");
        Assert.Equal([
                (ListedKind.AdjustmentGroup, "CO", "", ""),
                (ListedKind.AdjustmentReason, "18", "", "1995-01-01"),
                (ListedKind.Remark, "M3", "ours", "1997-01-01")
            ],
            file.Rows<ListedRow>("listed")
                .Select(r => (r.Kind, file.Text(r.Code), file.Text(r.Label), $"{r.Dates.From:yyyy-MM-dd}")));
        Assert.Equal(new(2016, 11, 1), file.Rows<ListedRow>("listed")[2].Dates.Thru);
        Assert.DoesNotContain("not taken", System.Text.Encoding.UTF8.GetString(file.Pack.Column<byte>("text").Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_read_is_refused_by_its_name()
    {
        OneFile.NeedsColumns(Name, "", Header, '\t', "18\tCARC\tx\t1995-01-01\t\n", "adj_description", "adj_start_date",
            "adj_end_date");
        OneFile.Refused(Name, Header + "\n18\tMARC\tx\t\t\n", "is not Group, CARC or RARC");
        OneFile.Refused(Name, Header + "\n18\tCARC\tx\tsoon\t\n", "column 'adj_start_date'");
        Assert.Equal(Fate.Refused, OneFile.Of(Name, Header + "\n18\tCARC").Report.Fate);
    }
}
