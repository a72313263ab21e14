using System.Text;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// Files that are none, outputs that cannot be written, numbers out of all bounds: an exit code of the contract and one
/// plain sentence, and never is an input overwritten.
/// </summary>
public sealed class HostileOptionsTests : IDisposable
{
    static readonly string X12 = X12Samples.Faulty(12), Claim = X12Samples.ClaimJsonOf(1);

    static readonly string[][] Commands =
        [["scrub"], ["scrub", "--jsonl"], ["scrub", "--json"], ["scrub", "--sarif"], ["check"], ["check", "--json"],
            ["check", "--jsonl"], ["check", "--ack"], ["read"], ["read", "--json"], ["read", "--segments"], ["emit"],
            ["emit", "--form", "cms-1500"], ["code", "--json"]];

    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Put(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text, Encoding.Latin1);
        return path;
    }

    static void AssertPlain(int expected, (int Exit, string Out, string Error) run, string what)
    {
        Assert.True(expected == run.Exit, $"{what}: {run.Exit} {run.Error}{run.Out}");
        Assert.DoesNotContain("   at ", run.Error + run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error + run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_may_not_be_read_is_an_IO_fault_of_every_command()
    {
        foreach (var file in (string[])[Path.Combine(folder, "none"), folder, "", "a\0b",
            Path.Combine(folder, "no", "such", "folder"), new string('n', 5000)])
            foreach (var command in Commands)
                AssertPlain(Exit.Io, CommandLine.Run([command[0], file, .. command[1..]]),
                    $"{string.Join(' ', command)} '{file}'");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\0\0\0\0")]
    [InlineData("\u007FELF\u0002\u0001\u0001\0\0\u00FF\u00FE")]
    [InlineData("PK\u0003\u0004\u0014\0")]
    [InlineData("ISA")]
    [InlineData("ISA*00*          *00*")]
    [InlineData("{")]
    [InlineData("[[[[[[[[")]
    [InlineData("hello")]
    public void A_file_that_is_nothing_known_is_unreadable_to_every_command(string text)
    {
        var file = Put("input", text);
        foreach (var command in Commands)
            AssertPlain(Exit.Unreadable, CommandLine.Run([command[0], file, .. command[1..]]),
                $"{string.Join(' ', command)} '{text}'");
    }

    [Fact]
    public void One_input_that_cannot_be_read_does_not_keep_the_others_from_their_answer()
    {
        var (good, none) = (Put("good.837", X12), Path.Combine(folder, "none"));
        foreach (var command in Commands.Where(static c => c[0] is "scrub" or "check" or "read"))
        {
            var (exit, output, _) = CommandLine.Run([command[0], none, good, .. command[1..]]);
            Assert.Equal(Exit.Io, exit);
            Assert.True(output.Length > 200);
        }
    }

    /// <summary>A disk that is full.</summary>
    sealed class Full : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => Fail(buffer.Length);

        public override void Write(byte[] buffer, int offset, int count) => Fail(count);

        static void Fail(int count)
        {
            if (count > 0) throw new IOException("no space left");
        }
    }

    [Fact]
    public void A_full_output_is_told_as_such_and_not_blamed_on_the_input()
    {
        foreach (var command in Commands)
        {
            using var input = new MemoryStream(Encoding.Latin1.GetBytes(command[0] switch
            {
                "emit" => Claim,
                "code" => Repository.Read("examples", "b12.json"),
                _ => X12
            }));
            using var error = new StringWriter();
            var exit = App.Run([command[0], "-", .. command[1..],
                    .. command is ["emit"] ? (string[])["--contact", "Billing"] : []],
                new Terminal(input, new Full(), error, color: false));
            Assert.True(exit == Exit.Io, $"{string.Join(' ', command)}: {exit} {error}");
            Assert.Contains("deltoid: the output cannot be written", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("the file cannot be read", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_output_that_cannot_be_made_is_an_IO_fault()
    {
        var (x12, claim) = (Put("a.837", X12), Put("a.json", Claim));
        foreach (var output in (string[])[folder, Path.Combine(folder, "no", "folder", "out")])
            foreach (var command in (string[][])[["scrub", x12], ["scrub", x12, "--resume"], ["scrub", x12, "--fix"],
                ["check", x12, "--ack"], ["emit", claim, "--contact", "Billing"],
                ["emit", claim, "--form", "cms-1500-text"]])
                AssertPlain(Exit.Io, CommandLine.Run([.. command, "--output", output]),
                    $"{string.Join(' ', command)} to {output}");
    }

    [Fact]
    public void An_output_without_a_name_is_a_usage_fault()
    {
        foreach (var output in (string[])["", "a\0b"])
            foreach (var command in (string[][])[["scrub"], ["scrub", "--resume"], ["scrub", "--fix"],
                ["check", "--ack"], ["emit"]])
                AssertPlain(Exit.Usage,
                    CommandLine.RunWith(X12, [command[0], "-", .. command[1..], "--output", output]),
                    string.Join(' ', command));
    }

    [Fact]
    public void An_input_is_never_overwritten_whatever_it_is_called()
    {
        var (x12, claim, history) = (Put("a.837", X12), Put("a.json", Claim), Put("history.json", "[]"));
        var link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, x12);
        foreach (var output in (string[])[x12, Path.Combine(folder, ".", "x", "..", "a.837"), link])
            foreach (var command in (string[][])[["scrub"], ["scrub", "--resume"], ["scrub", "--fix"],
                ["scrub", "--jsonl"], ["check", "--ack"]])
                AssertPlain(Exit.Usage, CommandLine.Run([command[0], x12, .. command[1..], "--output", output]),
                    $"{string.Join(' ', command)} to {output}");
        AssertPlain(Exit.Usage, CommandLine.Run("scrub", link, "--output", x12), "from the link");
        AssertPlain(Exit.Usage, CommandLine.Run("emit", claim, "--output", claim), "emit");
        AssertPlain(Exit.Usage, CommandLine.Run("scrub", x12, "--history", history, "--output", history), "history");
        Assert.Equal((X12, Claim, "[]"), (File.ReadAllText(x12), File.ReadAllText(claim), File.ReadAllText(history)));
    }

    [Fact]
    public void A_history_that_cannot_be_read_is_named()
    {
        var (x12, none, output) = (Put("a.837", X12), Path.Combine(folder, "none.json"), Path.Combine(folder, "out"));
        var (exit, _, error) = CommandLine.Run("scrub", x12, "--history", none);
        Assert.Equal(Exit.Io, exit);
        Assert.Contains("none.json: there is no such file", error, StringComparison.Ordinal);
        (exit, _, error) = CommandLine.Run("scrub", x12, "--history", none, "--output", output);
        Assert.Equal(Exit.Io, exit);
        Assert.Contains("none.json: there is no such file", error, StringComparison.Ordinal);
        Assert.Equal(Exit.Unreadable, CommandLine.Run("scrub", x12, "--history", Put("bad.json", "{]")).Exit);
    }

    [Fact]
    public void A_history_from_standard_input_is_read_once()
    {
        var (x12, output) = (Put("a.837", X12), Path.Combine(folder, "out"));
        AssertPlain(Exit.Usage, CommandLine.RunWith("[]", "scrub", x12, "--history", "-", "--output", output),
            "to a file");
        Assert.False(File.Exists(output));
        Assert.Equal(CommandLine.Run("scrub", x12, "--history", Put("none.json", "[]")),
            CommandLine.RunWith("[]", "scrub", x12, "--history", "-"));
        Assert.Equal(Exit.Found,
            CommandLine.RunWith("[]", "scrub", x12, "--history", "-", "--fix", "--output", output).Exit);
    }

    [Fact]
    public void Claims_of_two_forms_are_not_fixed_into_one_file()
    {
        var (x12, claim, output) = (Put("a.837", X12), Put("a.json", Claim), Path.Combine(folder, "out"));
        foreach (var files in (string[][])[[x12, claim], [claim, x12]])
        {
            var (exit, _, error) = CommandLine.Run(["scrub", .. files, "--fix", "--output", output]);
            Assert.Equal(Exit.Unreadable, exit);
            Assert.Contains($"{files[1]}: claims of an 837 and others do not go into one file", error,
                StringComparison.Ordinal);
            Assert.Contains("C000001", File.ReadAllText(output), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("emit", "--control", "one")]
    [InlineData("emit", "--control", "99999999999")]
    [InlineData("emit", "--control", "-1")]
    [InlineData("emit", "--control", "1000000000")]
    [InlineData("emit", "--set-control", "-7")]
    [InlineData("emit", "--group-control", "2147483647")]
    [InlineData("check", "--ack", "--control", "-1")]
    [InlineData("emit", "--made", "yesterday")]
    [InlineData("emit", "--separators", "***~")]
    [InlineData("emit", "--separators", "")]
    [InlineData("emit", "--form", "ub-04")]
    [InlineData("check", "--made", "2026-02-30T09:00")]
    [InlineData("check", "--output", "x")]
    [InlineData("check", "--json", "--ack")]
    [InlineData("scrub", "--resume")]
    [InlineData("scrub", "--fix", "--resume", "--output", "x")]
    [InlineData("scrub", "--history", "-")]
    [InlineData("scrub", "--history", "-", "--output", "x")]
    public void Options_that_cannot_be_are_a_usage_fault(params string[] args) =>
        AssertPlain(Exit.Usage, CommandLine.RunWith(args[0] == "emit" ? Claim : X12, [args[0], "-", .. args[1..]]),
            string.Join(' ', args));

    [Theory]
    [InlineData("code")]
    [InlineData("scrub")]
    [InlineData("check")]
    [InlineData("read")]
    [InlineData("emit")]
    [InlineData("price", "--date", "2026-03-02")]
    [InlineData("explain")]
    [InlineData("scrub", "--history")]
    [InlineData("check", "--ack", "--output")]
    [InlineData("codes", "find")]
    public void An_option_that_is_none_is_a_usage_fault(params string[] command)
    {
        foreach (var option in command[^1].StartsWith("--", StringComparison.Ordinal)
            ? (string[])["--nope"]
            : ["--nope", "-x", "--nope=1"])
            foreach (var args in (string[][])[[.. command, option], [.. command, option, "-"],
                [.. command, "-", option]])
            {
                var run = CommandLine.Run(args);
                AssertPlain(Exit.Usage, run, string.Join(' ', args));
                Assert.Contains($"there is no option {option}", run.Error, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void A_file_called_like_an_option_is_given_after_two_hyphens_or_with_its_folder()
    {
        Put("--nope", X12);
        var here = Directory.GetCurrentDirectory();
        Assert.Equal(Exit.Io, CommandLine.Run("check", "--", "--nope").Exit); // not in this folder
        Assert.Equal(Exit.Usage, CommandLine.Run("check", "--nope", "--", "--nope").Exit);
        Assert.NotEqual(Exit.Io,
            CommandLine.Run("check", Path.GetRelativePath(here, Path.Combine(folder, "--nope"))).Exit);
        Assert.Equal(Exit.Clean, CommandLine.RunWith(Repository.Read("examples", "b12.json"), "code", "--", "-").Exit);
    }

    [Theory]
    [InlineData("check", "--ack", "--output"), InlineData("check", "--ack", "--control")]
    [InlineData("letter", "--output"), InlineData("payer", "--output"), InlineData("scrub", "--output")]
    [InlineData("scrub", "--rules"), InlineData("emit", "--form"), InlineData("remit", "--terms")]
    public void An_option_without_its_value_is_named(params string[] arguments)
    {
        var run = CommandLine.Run([arguments[0], Put("in", X12), .. arguments[1..]]);
        AssertPlain(Exit.Usage, run, string.Join(' ', arguments));
        Assert.Contains($"{arguments[^1]} needs a value: ", run.Error, StringComparison.Ordinal);
    }
}
