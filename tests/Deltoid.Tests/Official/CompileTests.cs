using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Cli;

namespace Deltoid.Tests.Official;

/// <summary>
/// Files, folders and zips to a code book, by the command: what is read, left and refused, and that nothing hostile
/// gets in.
/// </summary>
public sealed class CompileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-compile-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Books => Path.Combine(folder, "books");

    const string Units = "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv";

    static string UnitRows(string value =
        "4") =>
        $"\"HCPCS/\nCPT Code\",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE "
            + $"Rationale\n96372,{value},3 Date of Service Edit: Clinical,Clinical: Data\n";

    string Write(string name, string text) => Write(name, Encoding.Latin1.GetBytes(text));

    string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, "in", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        return memory.ToArray();
    }

    (int Exit, string Out, string Error) Compile(params string[] options) =>
        CommandLine.Run(["codes", "compile", Path.Combine(folder, "in"), "--output", Books, .. options]);

    [Fact]
    public void A_folder_becomes_a_book_that_answers()
    {
        Write("ncci/ccipra-v323r0-f1.TXT", NcciTests.Pairs("96372 99211  20201001 * 0"));
        Write("mue.zip", Zip((Units, Encoding.ASCII.GetBytes(UnitRows("9"))), ("notes.pdf", [1, 2])));
        Write("notes.csv", "a,b\n1,2\n");
        var (exit, output, error) = Compile();
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains("read     mue.zip/" + Units, error, StringComparison.Ordinal);
        Assert.Contains("left     mue.zip/notes.pdf: is a document", error, StringComparison.Ordinal);
        Assert.Contains("left     notes.csv: has the layout of no published table", error, StringComparison.Ordinal);
        Assert.StartsWith("2026-10-01+", output, StringComparison.Ordinal);
        Assert.Contains($"practitioner 9, a limit", CommandLine.Run("codes", "show", "96372", "--book", Books).Out,
            StringComparison.Ordinal);
        Assert.Contains("mue.zip/" + Units, CommandLine.Run("codes", "show", "96372", "--book", Books).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        Write(Units, UnitRows());
        Write("ccipra-v323r0-f1.TXT", NcciTests.Pairs("96372 99211  20201001 * 0", "96372 99213  20201001 * 1"));
        Assert.Equal(Compile().Out, Compile().Out);
        var name = Assert.Single(new Shelf(Books).List()).Name;
        Directory.Delete(Books, recursive: true);
        Compile();
        Assert.Equal(name, Assert.Single(new Shelf(Books).List()).Name);
    }

    [Fact]
    public void A_refused_file_stops_no_other_and_is_told_with_what_it_missed()
    {
        Write(Units, UnitRows());
        Write("ccipra-v323r0-f1.TXT",
            NcciTests.Pairs("96372 99211  20201001 * 0").Replace("Deletion", "Ended", StringComparison.Ordinal));
        var (exit, output, _) = Compile("--json");
        Assert.Equal(Exit.PartlyRefused, exit);
        using var json = JsonDocument.Parse(output);
        var refused = Assert.Single(json.RootElement.GetProperty("files").EnumerateArray(),
            static f => f.GetProperty("fate").GetString() == "refused");
        Assert.Equal(("ccipra-v323r0-f1.TXT", "has no column 'Deletion'"),
            (refused.GetProperty("file").GetString(), refused.GetProperty("message").GetString()));
        Assert.Equal(0,
            Assert.Single(new Shelf(Books)
                .List()).Manifest!.Sources.Count(static s => s.Table.Contains("ptp", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_ends_with_what_became_of_all_files_and_of_their_rows()
    {
        const string limits =
            "Payment Allowance Limits for Medicare Part B Drugs\n\"Effective July 1, 2026 through September "
                + "30, 2026\"\nHCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit\n";
        Write("a payment limit.csv",
            limits + "J1885,our label,15 MG,0.286\nA9606,our label,1 MG,N/A\nA9607,our label,1 MG,N/A\n");
        Write("notes.csv", "a,b\n1,2\n");
        Write("ccipra-v323r0-f1.TXT", "a,b\n");
        var (_, output, error) = Compile("--json");
        Assert.Contains("2 not taken: has no payment limit (2); the first is line 5: A9606 has no payment limit", error,
            StringComparison.Ordinal);
        Assert.EndsWith("3 files: 1 read, 1 left, 1 refused; rows not taken: has no payment limit (2)\n", error,
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((1, 1, 1),
            (json.RootElement.GetProperty("read").GetInt32(), json.RootElement.GetProperty("left").GetInt32(),
                json.RootElement.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public void Nothing_readable_makes_no_book()
    {
        Write("notes.csv", "a,b\n1,2\n");
        var (exit, output, error) = Compile();
        Assert.True(exit == Exit.Unreadable && output.Length == 0
                && error.Contains("no book was made", StringComparison.Ordinal), error);
        Assert.False(Directory.Exists(Books));
        Assert.Equal(Exit.Io,
            CommandLine.Run("codes", "compile", Path.Combine(folder, "nowhere"), "--output", Books).Exit);
        Assert.Equal(Exit.Usage, CommandLine.Run("codes", "compile", folder).Exit);
    }

    [Fact]
    public void A_twin_in_another_form_is_read_once()
    {
        Write(Units, UnitRows());
        Write("again/" + Units, UnitRows());
        Assert.Contains("says what MCR_MUE", Compile().Error, StringComparison.Ordinal);
        Assert.Single(Assert.Single(new Shelf(Books).List()).Manifest!.Sources);
    }

    [Fact]
    public void A_spreadsheet_is_known_by_what_stands_in_it()
    {
        static string Row(int number, params string[] cells) =>
            $"<row r=\"{number}\">"
                + $"{string.Concat(cells.Select((c, i) => $"<c r=\"{(char)('A' + i)}{number}\" t=\"inlineStr\"><is><t>{c}</t></is></c>"))}</row>";
        Write("taxonomy.xlsx",
            SpreadsheetTests.Book(Row(1, "Code", "Grouping", "Classification", "Specialization")
                + Row(2, "207Q00000X", "Physicians", "Family Medicine", "")));
        var (exit, _, error) = Compile();
        Assert.True(exit == Exit.Clean && error.Contains("read     taxonomy.xlsx: NUCC", StringComparison.Ordinal),
            error);
    }

    [Fact]
    public void A_release_may_be_told_by_the_folder_alone()
    {
        var path = Write("RVU25D/OPPSCAP_Oct.txt", "70010TC A 01112  05   150.69    150.69\n");
        var (exit, _, error) = CommandLine.Run("codes", "compile", Path.GetDirectoryName(path)!, "--output", Books);
        Assert.True(exit == Exit.Clean && error.Contains("RVU25D", StringComparison.Ordinal), error);
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "a zip that is cut", Zip((Units, Encoding.ASCII.GetBytes(UnitRows())))[..80], "cut or damaged" },
        { "a zip bomb", Zip((Units, new byte[64 << 20])), "packed tighter than text is" },
        {
            "zips within zips",
            Zip(("a.zip", Zip(("b.zip", Zip((Units, Encoding.ASCII.GetBytes(UnitRows()))))))),
            "zip in a zip"
        },
        {
            "a zip whose entry is damaged",
            Damaged(Zip((Units, Encoding.ASCII.GetBytes(UnitRows() + new string(' ', 4000) + UnitRows())))),
            ""
        },
    };

    static byte[] Damaged(byte[] zip)
    {
        for (var i = 90; i < 110; i++) zip[i] ^= 0x55;
        return zip;
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_zip_is_refused(string what, byte[] zip, string why)
    {
        Write("hostile.zip", zip);
        var (exit, _, error) = Compile();
        Assert.True(exit == Exit.Unreadable && error.Contains("refused", StringComparison.Ordinal)
                && error.Contains(why, StringComparison.Ordinal), $"{what}: {exit} {error}");
    }

    [Fact]
    public void An_entry_cannot_leave_the_folder()
    {
        Write("paths.zip", Zip(("../../" + Units, Encoding.ASCII.GetBytes(UnitRows()))));
        Assert.Equal(Exit.Clean, Compile().Exit); // it is read from memory: its path is a name and nothing else
        Assert.False(File.Exists(Path.Combine(folder, "..", Units)));
    }

    [Theory]
    [InlineData("a row of a million cells", ",")]
    [InlineData("a cell of two megabytes", "x")]
    [InlineData("a quote that never ends", "\"")]
    [InlineData("zeros", "\0")]
    public void A_hostile_text_is_refused(string what, string piece)
    {
        Write(Units, UnitRows() + string.Concat(Enumerable.Repeat(piece, piece == "x" ? 2_000_000 : 1_000_000)) + "\n");
        var (exit, _, error) = Compile();
        Assert.True(exit == Exit.Unreadable && error.Contains("refused", StringComparison.Ordinal)
                && !error.Contains("bug", StringComparison.Ordinal),
            $"{what}: {exit} {error[..Math.Min(error.Length, 400)]}");
    }

    [Fact]
    public void Any_bytes_are_read_left_or_refused()
    {
        string[] names =
            [Units, "ccipra-v323r0-f1.TXT", "HCPC2026_JAN_ANWEB.txt", "PPRRVU2026_Jul_nonQPP.csv", "GPCI2026.csv",
                "ZIP5_OCT2025.txt", "icd10cm_order_2026.txt", "asp-pricing.csv", "cpt.xml", "package.txt",
                "product.txt", "nucc_taxonomy_250.csv", "x.xlsx"];
        var texts = new[] { UnitRows(), NcciTests.Pairs("96372 99211  20201001 * 0") };
        var dice = new Random(20261128);
        for (var i = 0; i < 400; i++)
        {
            var bytes = i % 3 == 0 ? new byte[dice.Next(3000)] : Encoding.Latin1.GetBytes(texts[i % 2]);
            if (i % 3 == 0) dice.NextBytes(bytes);
            for (var hits = dice.Next(6); hits > 0 && bytes.Length > 0; hits--)
                bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
            var report = OneFile.Of(names[i % names.Length], bytes[..dice.Next(bytes.Length + 1)]).Report;
            Assert.True(report.Fate == Fate.Read || report.Why.Length > 0);
        }
    }
}
