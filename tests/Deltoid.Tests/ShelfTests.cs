using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Packs on a shelf: taken into use as a whole or not at all, kept, and gone back from.</summary>
public sealed class ShelfTests : IDisposable
{
    readonly string folder = Path.Combine(Path.GetTempPath(), "deltoid-shelf-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    static byte[] Book(int year, int limit, bool falseDates = false)
    {
        var draft = new PackDraft();
        draft.Sources.Add(new("ncci-mue-practitioner", "MUE", "MCR_MUE_Practitioner.csv", "00", "",
            DateRange.Of(new(year, 1, 1)), 1, false, falseDates));
        draft.Mues.Add(new(draft.Id(Code.Of("96372")), DateRange.Of(new(year, 1, 1)), limit, 0, 3, 0));
        return draft.Write();
    }

    static int LimitIn(CodeBook book, string day) =>
        book.TryUnitLimit(book.Id(Code.Of("96372")), DateOnly.Parse(day), outpatient: false, out var row)
            ? row.Limit
            : -1;

    [Fact]
    public void The_newest_is_in_use_and_one_can_go_back()
    {
        var shelf = new Shelf(folder);
        var (first, second) = (shelf.Put(Book(2026, 7)), shelf.Put(Book(2027, 9)));
        Assert.Equal(9, LimitIn(BookName.Open(folder), "2027-03-01"));
        Assert.Equal(first, shelf.Back());
        Assert.Equal(7, LimitIn(BookName.Open(folder), "2027-03-01"));
        Assert.Equal(second, shelf.Choose(second[..12]));
        Assert.Equal([second, first], shelf.List().Select(static p => p.Name));
        Assert.Equal(second, Assert.Single(shelf.List(), static p => p.IsCurrent).Name);
        Assert.Throws<InputException>(() => shelf.Choose("20"));
        Assert.Throws<InputException>(() => shelf.Choose("1999"));
    }

    [Fact]
    public void As_it_was_known_on_a_day()
    {
        var shelf = new Shelf(folder);
        shelf.Put(Book(2026, 7));
        shelf.Put(Book(2027, 9));
        Assert.Equal(7, LimitIn(BookName.Open(folder + "@2026-12-31"), "2027-03-01"));
        Assert.Equal(9, LimitIn(BookName.Open(folder + "@2027-01-01"), "2027-03-01"));
        Assert.Contains("2025-12-31",
            Assert.Throws<InputException>(() => BookName.Open(folder + "@2025-12-31")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_pack_once_more_changes_nothing()
    {
        var shelf = new Shelf(folder);
        Assert.Equal(shelf.Put(Book(2026, 7)), shelf.Put(Book(2026, 7)));
        Assert.Single(shelf.List());
        Assert.Throws<InputException>(shelf.Back);
    }

    [Fact]
    public void What_was_half_written_is_no_book()
    {
        var shelf = new Shelf(folder);
        var name = shelf.Put(Book(2026, 7));
        File.WriteAllBytes(Path.Combine(folder, "2027-01-01-0000000000000000.pack.half"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(folder, "2027-01-01-0000000000000000.pack"), [1, 2, 3]);
        Assert.Equal([name], shelf.List().Where(static p => p.Fault.Length == 0).Select(static p => p.Name));
        Assert.Equal(7, LimitIn(BookName.Open(folder), "2026-03-01"));
    }

    [Fact]
    public void A_damaged_pack_is_not_taken_into_use()
    {
        var shelf = new Shelf(folder);
        var (name, bytes) = (shelf.Put(Book(2026, 7)), Book(2027, 9));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(folder, "2027-01-01-ffffffffffffffff.pack"), bytes);
        Assert.Contains("damaged", Assert.Throws<InputException>(() => shelf.Choose("2027")).Message,
            StringComparison.Ordinal);
        Assert.Equal(name, Assert.Single(shelf.List(), static p => p.IsCurrent).Name);
    }

    [Fact]
    public void The_list_is_of_the_folder_in_use()
    {
        Assert.Contains(StarterBook.Version, CommandLine.Run("codes", "list").Out, StringComparison.Ordinal);
        var name = new Shelf(folder).Put(Book(2026, 7));
        foreach (var args in new[] { new[] { "codes", "list", folder }, ["codes", "list", "--book", folder] })
            Assert.StartsWith("* " + name, CommandLine.Run(args).Out, StringComparison.Ordinal);
        Assert.Contains("no code books", CommandLine.Run("codes", "list", folder + "x").Error,
            StringComparison.Ordinal);
        Assert.Equal(Cli.Exit.Usage, CommandLine.Run("codes", "list", folder + "x").Exit); // there is no such folder
    }

    /// <summary>A shelf whose book in use has one bit changed: in its head, its directory, its last row.</summary>
    string Damaged(int at)
    {
        var path = Path.Combine(folder, new Shelf(folder).Put(Book(2026, 7)) + ".pack");
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(2)); // two writes within one tick of the clock
        return path;
    }

    [Theory]
    [InlineData(20)]
    [InlineData(70)]
    [InlineData(-70)]
    [InlineData(-1)]
    public void A_damaged_pack_is_not_used_and_is_named(int at)
    {
        var path = Damaged(at);
        foreach (var book in (string[])[folder, path, folder + "@2026-12-31"])
            foreach (var args in (string[][])[["explain", "96372"], ["price", "96372", "--date", "2026-03-02"],
                ["scrub", "-"]])
            {
                var (exit, output, error) = CommandLine.RunWith("payer medicare", [.. args, "--book", book]);
                Assert.True(exit == Cli.Exit.Usage && output.Length == 0,
                    $"{string.Join(' ', args)}: {exit} {output}{error}");
                Assert.Contains($"the code book {path} is cut or damaged: ", error, StringComparison.Ordinal);
                Assert.Contains("compile it again", error, StringComparison.Ordinal);
            }
        Assert.Contains("DAMAGED: is cut or damaged", CommandLine.Run("codes", "list", folder).Out,
            StringComparison.Ordinal);
        Assert.Contains("\"damaged\": \"is cut or damaged", CommandLine.Run("codes", "list", folder, "--json").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_reads_also_what_was_found_sound_before()
    {
        var path = Path.Combine(folder, new Shelf(folder).Put(Book(2026, 7)) + ".pack");
        Assert.StartsWith("sound", CommandLine.Run("codes", "verify", folder).Out, StringComparison.Ordinal);
        var (time, bytes) = (File.GetLastWriteTimeUtc(path), File.ReadAllBytes(path));
        bytes[^70] ^= 1;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.Write(bytes); // in its place, as a disk would
        File.SetLastWriteTimeUtc(path, time);
        var (exit, output, _) = CommandLine.Run("codes", "verify", folder);
        Assert.Equal(Cli.Exit.Found, exit);
        Assert.StartsWith("damaged", output, StringComparison.Ordinal);
        Assert.Equal(Cli.Exit.Usage, CommandLine.Run("codes", "verify", folder + "x").Exit);
    }

    [Fact]
    public void A_second_writer_is_told_why_it_waits()
    {
        new Shelf(folder).Put(Book(2026, 7));
        using var other = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
            FileShare.None);
        var (exit, _, error) = CommandLine.Run("codes", "use", folder, "2026");
        Assert.Equal(Cli.Exit.Io, exit);
        Assert.Contains($"another process is changing the code books in {folder}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_book_in_use_that_is_gone_is_named()
    {
        var name = new Shelf(folder).Put(Book(2026, 7));
        File.Delete(Path.Combine(folder, name + ".pack"));
        var (exit, _, error) = CommandLine.Run("explain", "96372", "--book", folder);
        Assert.Equal(Cli.Exit.Usage, exit);
        Assert.Contains(name, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_pack_is_written_again()
    {
        var shelf = new Shelf(folder);
        var path = Path.Combine(folder, shelf.Put(Book(2026, 7)) + ".pack");
        File.WriteAllBytes(path, Book(2026, 7)[..200]);
        shelf.Put(Book(2026, 7));
        Assert.Equal(Book(2026, 7), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_book_in_use_stays_whole_when_its_file_is_gone()
    {
        var shelf = new Shelf(folder);
        var name = shelf.Put(Book(2026, 7));
        var pack = shelf.Open();
        shelf.Put(Book(2027, 9));
        if (!OperatingSystem.IsWindows())
            File.Delete(Path.Combine(folder, name + ".pack")); // Windows does not let go of what is mapped
        Assert.True(pack.IsSound);
        Assert.Equal(7, pack.Column<MueRow>("mue")[0].Limit);
    }

    [Fact]
    public void One_process_at_a_time_changes_a_shelf()
    {
        var shelf = new Shelf(folder);
        shelf.Put(Book(2026, 7));
        using (new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
            FileShare.None))
            Assert.ThrowsAny<IOException>(() => shelf.Put(Book(2027, 9)));
        Assert.Single(shelf.List());
    }

    [Fact]
    public void A_book_of_made_up_dates_gives_no_verdict()
    {
        new Shelf(folder).Put(Book(2026, 7, falseDates: true));
        Assert.Contains("synthetic dates", Assert.Throws<InputException>(() => BookName.Open(folder)).Message,
            StringComparison.Ordinal);
        Assert.Equal(7, LimitIn(BookName.Open(folder, allowsFalseDates: true), "2026-03-01"));
        var (exit, _, error) = CommandLine.Run("price", "96372", "--date", "2026-03-02", "--book", folder);
        Assert.True(exit == Cli.Exit.Usage && error.Contains("synthetic dates", StringComparison.Ordinal), error);
    }

    [Fact]
    public void A_book_that_is_not_there_is_told()
    {
        var (exit, output, error) = CommandLine.Run("price", "96372", "--date", "2026-03-02", "--book", folder);
        Assert.True(exit == Cli.Exit.Usage && output.Length == 0 && error.Contains(folder, StringComparison.Ordinal)
                && error.Contains("codes compile", StringComparison.Ordinal), error);
    }
}
