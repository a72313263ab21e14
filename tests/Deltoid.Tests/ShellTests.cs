using System.Diagnostics;

namespace Deltoid.Tests;

/// <summary>
/// What <c>deltoid completion</c> prints works in the shells themselves, and what <c>deltoid man</c> prints is a clean
/// page.
/// </summary>
public sealed class ShellTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The script for a shell, in a file.</summary>
    string Script(string shell)
    {
        var (exit, text, error) = CommandLine.Run("completion", shell);
        Assert.Equal((0, ""), (exit, error));
        var file = Path.Combine(folder, shell);
        File.WriteAllText(file, text);
        return file;
    }

    static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, program)));

    static (string Out, string Error) Run(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromSeconds(60))) process.Kill(entireProcessTree: true);
        return (output.Result, error.Result);
    }

    [Theory]
    [InlineData("deltoid co", "code codes completion")]
    [InlineData("deltoid codes l", "list localities")]
    [InlineData("deltoid emit --form cms-1500-", "cms-1500-overlay cms-1500-text")]
    [InlineData("deltoid scrub --fail-on w", "warning")]
    [InlineData("deltoid scrub --json", "--json --jsonl")]
    [InlineData("deltoid codes list --sou", "--sources")]
    [InlineData("deltoid schema enc", "encounter")]
    [InlineData("deltoid codes list --bo", "--book")]
    public void Bash_and_fish_complete_commands_options_and_values(string line, string expected)
    {
        var words = line.Split(' ');
        var bash = $"source '{Script("bash")}'; COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; "
            + "_deltoid; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Assert.Equal(expected, Sorted(Run("bash", "-c", bash)));
        if (!Has("fish")) Assert.Skip("fish is not installed (./test --install)");
        Assert.Equal(expected, Sorted(Run("fish", "-c", $"source '{Script("fish")}'; complete -C '{line}'")));

        static string Sorted((string Out, string Error) run)
        {
            Assert.Equal("", run.Error);
            var words = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split('\t')[0]);
            return string.Join(' ', words.Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Files_are_offered_where_a_file_is_asked_for()
    {
        File.WriteAllText(Path.Combine(folder, "visit.json"), "{}");
        var bash = $"cd '{folder}'; source '{Script("bash")}'; COMP_WORDS=(deltoid code vis); "
            + $"COMP_CWORD=2; _deltoid; echo \"${{COMPREPLY[@]}}\"; "
            + "COMP_WORDS=(deltoid code --book vis); COMP_CWORD=3; _deltoid; echo \"${COMPREPLY[@]}\"; "
            + "COMP_WORDS=(deltoid schema vis); COMP_CWORD=2; _deltoid; echo \"${COMPREPLY[@]}\"";
        Assert.Equal("visit.json\nvisit.json\n\n", Run("bash", "-c", bash).Out);
    }

    /// <summary>
    /// Loads the function into a zsh and asks for the completions of a line as a person does, with the tab key.
    /// </summary>
    [Fact]
    public void Zsh_completes()
    {
        if (!Has("zsh")) Assert.Skip("zsh is not installed (./test --install)");
        File.Copy(Script("zsh"), Path.Combine(folder, "_deltoid"));
        var typed = Path.Combine(folder, "typed.zsh");
        File.WriteAllText(typed, $$"""
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z "PS1='>'; fpath=('{{folder}}' \$fpath); autoload -U compinit; compinit -u -D; deltoid() { echo g''ot:\$*: }"
            ask() {
              zpty -w -n z "$1"$'\t\n'
              zpty -r -m z line '*got:*:*' && print -r -- "$line"
            }
            ask 'deltoid emit --form cms-1500-te'
            ask 'deltoid chec'
            """);
        var (output, _) = Run("zsh", "-f", typed);
        Assert.Contains("got:check:", output, StringComparison.Ordinal);
        Assert.Contains("got:emit --form cms-1500-text:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_manual_page_is_clean_and_names_every_option()
    {
        var (exit, _, error) = CommandLine.Run("man", "--folder", folder);
        Assert.Equal((0, ""), (exit, error));
        var pages = Directory.GetFiles(folder, "*.1");
        Assert.Contains(pages, static p => p.EndsWith("deltoid-codes-list.1", StringComparison.Ordinal));
        if (!Has("groff")) Assert.Skip("groff is not installed (./test --install)");
        foreach (var page in pages)
        {
            var (text, warnings) = Run("groff", "-man", "-Tascii", "-P-cbou", "-ww", page);
            Assert.Equal("", warnings);
            // a command may have a hyphen itself: read-note
            var command = Path.GetFileNameWithoutExtension(page)
                .Replace("read-note", "read note", StringComparison.Ordinal).Split('-').Skip(1)
                .Select(static word => word.Replace(' ', '-'));
            foreach (var option in CommandLine.Run([.. command, "--help"]).Out.Split('\n')
                .Select(static l => l.Trim()))
                if (option.StartsWith("--", StringComparison.Ordinal))
                    Assert.Contains(option.Split(' ', ',')[0], text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_page_that_is_not_there_is_refused_by_name()
    {
        var (exit, _, error) = CommandLine.Run("man", "scrubb");
        Assert.Equal(2, exit);
        Assert.Contains("there is no command 'deltoid scrubb'", error, StringComparison.Ordinal);
    }
}
