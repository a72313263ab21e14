using System.Text;
using System.Text.Json;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// <c>scrub --output FILE --resume</c>: a run that was stopped goes on, and its output is the same to the byte.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    static readonly byte[] File = Encoding.Latin1.GetBytes(X12Samples.Faulty(5000, perSet: 900));

    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    string Output => Path.Combine(folder, "findings");

    string Partial => Output + ".partial";

    string JournalFile => Output + ".journal";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>
    /// Standard input that asks to stop when so much of it was read; it takes its time before, so that the journal is
    /// written.
    /// </summary>
    sealed class Stopping(byte[] bytes, long stopAt, CancellationTokenSource stop) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position >= stopAt) stop.Cancel();
            if (stopAt < Length && Position > 0) Thread.Sleep(40);
            return base.Read(buffer[..Math.Min(buffer.Length, 200_000)]);
        }
    }

    (int Exit, string Error) Scrub(byte[] input, long stopAt, params string[] more)
    {
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter { NewLine = "\n" };
        var exit = App.Run(["scrub", "-", "--output", Output, .. more],
            new Terminal(new Stopping(input, stopAt, stop), new MemoryStream(), error, color: false)
            {
                Stop = stop.Token
            });
        return (exit, error.ToString());
    }

    (int Exit, string Error) Scrub(byte[] input, params string[] more) => Scrub(input, long.MaxValue, more);

    byte[] Expected(params string[] form)
    {
        Assert.Equal(Exit.Found, Scrub(File, form).Exit);
        Assert.False(Exists(JournalFile));
        return ReadAll(Output);
    }

    static bool Exists(string file) => System.IO.File.Exists(file);

    static byte[] ReadAll(string file) => System.IO.File.ReadAllBytes(file);

    void StopMidway(params string[] form)
    {
        Assert.Equal(Exit.Interrupted, Scrub(File, 1_400_000, form).Exit);
        Assert.True(Exists(JournalFile));
    }

    [Theory]
    [InlineData(600_000)]
    [InlineData(1_100_000, "--jsonl")]
    [InlineData(900_000, "--json")]
    [InlineData(1_200_000, "--sarif")]
    [InlineData(1_200_000, "--jsonl", "--full")]
    public void A_run_that_was_stopped_goes_on_to_the_same_bytes(long stopAt, params string[] form)
    {
        var expected = Expected(form);
        Assert.Equal(Exit.Interrupted, Scrub(File, stopAt, form).Exit);
        Assert.True(Exists(JournalFile));
        Assert.True(ReadAll(Partial).Length < expected.Length);
        Assert.Equal(expected, ReadAll(Output)); // what was there before
        Assert.Equal(Exit.Found, Scrub(File, [.. form, "--resume"]).Exit);
        Assert.Equal(expected, ReadAll(Output));
        Assert.False(Exists(JournalFile));
    }

    [Fact]
    public void It_may_be_stopped_again_and_again()
    {
        var expected = Expected("--jsonl");
        System.IO.File.Delete(Output);
        foreach (var at in (long[])[400_000, 800_000, 1_200_000, 1_600_000])
            Assert.Equal(Exit.Interrupted, Scrub(File, at, "--jsonl", "--resume").Exit);
        var (exit, error) = Scrub(File, "--jsonl", "--resume");
        Assert.Equal((Exit.Found, ""), (exit, error));
        Assert.Equal(expected, ReadAll(Output));
    }

    [Fact]
    public void The_last_line_counts_both_runs()
    {
        var (_, whole) = Scrub(File);
        StopMidway();
        Assert.Equal(whole, Scrub(File, "--resume").Error);
        Assert.Contains("5,000 claims", whole, StringComparison.Ordinal);
        Assert.Contains("medicare: 5,000 claims", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_behind_the_journal_is_written_again()
    {
        var expected = Expected("--jsonl");
        StopMidway("--jsonl");
        System.IO.File.AppendAllText(Partial, "{\"claim\":\"C00");
        Assert.Equal(Exit.Found, Scrub(File, "--jsonl", "--resume").Exit);
        Assert.Equal(expected, ReadAll(Output));
    }

    [Fact]
    public void A_single_item_that_was_held_back_is_not_lost()
    {
        var text = X12Samples.Faulty(2000, perSet: 2000);
        var second = text.IndexOf("HL*3*", StringComparison.Ordinal);
        var file = Encoding.Latin1.GetBytes(text[..second]
            + string.Concat(Enumerable.Repeat("NTE*ADD*MORE OF THE SAME~", 16_000)) + text[second..]);
        Scrub(file, "--json");
        var expected = ReadAll(Output);
        Assert.Equal(Exit.Interrupted, Scrub(file, 600_000, "--json").Exit);
        Scrub(file, "--json", "--resume");
        Assert.Equal(expected, ReadAll(Output));
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(expected).RootElement.ValueKind);
    }

    /// <summary>The journal stays when a run cannot go on, so that the right call still can.</summary>
    void Refused(byte[] input, string words, params string[] more)
    {
        var journal = ReadAll(JournalFile);
        var (found, error) = Scrub(input, [.. more, "--resume"]);
        Assert.Equal(Exit.Usage, found);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Contains("try: ", error, StringComparison.Ordinal);
        Assert.Equal(journal, ReadAll(JournalFile));
    }

    [Fact]
    public void Another_input_is_refused()
    {
        var expected = Expected("--jsonl");
        StopMidway("--jsonl");
        var read = long.Parse(System.IO.File.ReadAllText(JournalFile).Split('\n')[2].Split(' ')[2],
            System.Globalization.CultureInfo.InvariantCulture);
        var (early, late) = (File.ToArray(), File.ToArray());
        (early[200_000], late[read - 1]) = ((byte)'!', (byte)'!');
        foreach (var other in (byte[][])[early, late, File[..300_000], File[..(int)(read - 1)], [], "[]"u8.ToArray(),
            "payer medicare"u8.ToArray(), "ISA*00*"u8.ToArray()])
            Refused(other, "deltoid: ", "--jsonl");
        Assert.Equal(Exit.Found, Scrub(File, "--jsonl", "--resume").Exit);
        Assert.Equal(expected, ReadAll(Output));
    }

    [Fact]
    public void Other_options_or_another_book_are_refused()
    {
        StopMidway("--jsonl");
        var history = Path.Combine(folder, "history.json");
        System.IO.File.WriteAllText(history, "[]");
        foreach (var more in (string[][])[[], ["--json"], ["--sarif"], ["--jsonl", "--full"], ["--jsonl", "--trace"],
            ["--jsonl", "--history", history]])
            Refused(File, "other options", more);
        var journal = System.IO.File.ReadAllText(JournalFile);
        System.IO.File
            .WriteAllText(JournalFile, journal.Replace(EditPages.Book.Version, "1999-01-01", StringComparison.Ordinal));
        Refused(File, "another code book", "--jsonl");
    }

    [Fact]
    public void A_journal_that_was_cut_or_changed_is_refused_wherever_it_was()
    {
        StopMidway("--jsonl");
        var journal = System.IO.File.ReadAllText(JournalFile);
        for (var length = 0; length < journal.Length; length += length < journal.Length - 25 ? 9 : 1)
        {
            System.IO.File.WriteAllText(JournalFile, journal[..length]);
            Refused("ISA"u8.ToArray(), "deltoid: ", "--jsonl");
        }
        var numbers = journal.Split('\n')[2].Split(' ');
        for (var i = 0; i < numbers.Length; i++)
            foreach (var by in (string[])["", "x", "-1", "99999999999999999999"])
            {
                System.IO.File
                    .WriteAllText(JournalFile,
                        journal.Replace(string.Join(' ', numbers),
                            string.Join(' ', [.. numbers[..i], by, .. numbers[(i + 1)..]]), StringComparison.Ordinal));
                Refused(File, "is not the journal", "--jsonl");
            }
    }

    [Fact]
    public void An_output_that_is_shorter_than_its_journal_says_is_refused()
    {
        StopMidway("--jsonl");
        System.IO.File.WriteAllText(Partial, "{}\n");
        Refused(File, "shorter than its journal", "--jsonl");
    }

    [Fact]
    public void An_input_that_cannot_be_read_leaves_the_run_to_be_gone_on_with()
    {
        var expected = Expected("--jsonl");
        StopMidway("--jsonl");
        var (exit, _, error) = CommandLine.Run("scrub", Path.Combine(folder, "gone.837"), "--jsonl", "--output", Output,
            "--resume");
        Assert.Equal(Exit.Io, exit);
        Assert.Contains("there is no such file", error, StringComparison.Ordinal);
        Assert.Equal(Exit.Found, Scrub(File, "--jsonl", "--resume").Exit);
        Assert.Equal(expected, ReadAll(Output));
    }

    [Fact]
    public void A_run_that_begins_anew_forgets_the_journal_of_the_one_before()
    {
        StopMidway("--jsonl");
        Assert.Equal(Exit.Unreadable, Scrub("ISA*00*"u8.ToArray(), "--jsonl").Exit);
        Assert.False(Exists(JournalFile));
    }

    [Fact]
    public void A_finished_run_says_so_and_keeps_its_output()
    {
        var expected = Expected("--jsonl");
        var (exit, error) = Scrub(File, "--jsonl", "--resume");
        Assert.Equal(Exit.Usage, exit);
        Assert.Contains("is finished: there is nothing to resume", error, StringComparison.Ordinal);
        Assert.Equal(expected, ReadAll(Output));
        Assert.False(Exists(Partial));
    }

    [Fact]
    public void A_person_who_stops_a_run_is_told_how_to_continue()
    {
        var (_, error) = Scrub(File, 1_400_000, "--jsonl");
        Assert.Contains($"interrupted: what is done so far is kept in {Partial}; give the "
                + $"same command with --resume to continue", error, StringComparison.Ordinal);
    }
}
