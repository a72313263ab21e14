using System.Text;
using Deltoid.Values;

namespace Deltoid.Web.Tests;

/// <summary>Files that are imported: what reads, and what is refused before it can do harm.</summary>
public sealed class ImportTests
{
    [Theory]
    [InlineData("A,B\n1,2\n")]
    [InlineData("A;B\n1;2\n")]
    [InlineData("A\tB\r\n1\t2\r\n")]
    [InlineData("\"A\",\"B\"\n\n1,2")]
    [InlineData("A,B\n 1 , 2 \n,\n")]
    public void A_table_reads_however_it_is_written(string text)
    {
        var table = ImportTable.Read(text);
        Assert.Equal(["A", "B"], table.Headers);
        Assert.Equal(["1", "2"], Assert.Single(table.Rows).Cells);
    }

    [Fact]
    public void A_cell_may_hold_a_comma_a_quotation_mark_and_a_line_end() => Assert.Equal(["a,\"b\"\nc", "2"],
        ImportTable.Read("A,B\n\"a,\"\"b\"\"\nc\",2\n").Rows[0].Cells);

    [Fact]
    public void A_text_that_was_marked_against_formulas_comes_back_as_it_was() => Assert.Equal(["=1+1", "'x"],
        ImportTable.Read("A,B\n'=1+1,'x\n").Rows[0].Cells);

    public static TheoryData<string> Refused => new()
    {
        "", "\n\n", "A,B\n", "A,B\n\"1,2\n3,4\n\"x\"y\"\n",
        string.Join(',', Enumerable.Repeat("x", 513)) + "\n" + string.Join(',', Enumerable.Repeat("1", 513)),
        "A,B\n" + new string('x', (1 << 20) + 1) + ",2\n",
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_is_no_table_is_refused(string text)
    {
        var e = Assert.Throws<InputException>(() => ImportTable.Read(text));
        Assert.DoesNotContain("xxx", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_at_most_16_MB_and_of_two_encodings()
    {
        Assert.Throws<InputException>(() => ImportTable.TextOf(new byte[ImportTable.MostBytes + 1]));
        Assert.Equal("Peña", ImportTable.TextOf(Encoding.UTF8.GetBytes("\uFEFFPeña")));
        Assert.Equal("Peña", ImportTable.TextOf(Encoding.Latin1.GetBytes("Peña")));
    }

    [Fact]
    public void Any_bytes_read_or_are_refused()
    {
        var random = new Random(20260302);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(400)];
            for (var at = 0; at < bytes.Length; at++) bytes[at] = (byte)"A,;\"\n\r\t'=x\u00e9\0"[random.Next(12)];
            try
            {
                Assert.NotEmpty(ImportTable.Read(ImportTable.TextOf(bytes)).Rows);
            }
            catch (InputException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Theory]
    [InlineData("patients", "Patient Last Name", "Family")]
    [InlineData("patients", "date_of_birth", "BirthDate")]
    [InlineData("patients", "ZIP-Code", "Zip")]
    [InlineData("fees", "CPT Code", "Code")]
    [InlineData("stock", "exp. date", "Expires")]
    public void A_header_names_its_column(string kind, string header, string column) => Assert.Equal(column,
        ImportRoutes.Of(kind)!.Columns.First(c => c.IsNamed(header)).Name);

    [Theory]
    [InlineData("BirthDate", "2/3/1960", "1960-02-03")]
    [InlineData("BirthDate", "19600203", "1960-02-03")]
    [InlineData("BirthDate", "31.12.1960", "31.12.1960")] // no American date: the field says so
    [InlineData("Sex", "f", "F")]
    [InlineData("Sex", "Male", "M")]
    public void A_cell_is_written_as_its_field_takes_it(string column, string cell, string normal) =>
        Assert.Equal(normal, ImportRoutes.Of("patients")!.Columns.Single(c => c.Name == column).Normal(cell));
}
