using System.Text.Json;

namespace Deltoid.Tests;

/// <summary><c>deltoid read-note</c> as it is called.</summary>
public sealed class ReadNoteTests
{
    const string Note = "Toradol 30 mg IM R delt, lot T9 exp 7/28, tol well. RN A. Moss 3/2/2026\nRocephin refused.";

    [Fact]
    public void A_note_gives_its_encounter_with_the_words_and_what_was_left_out()
    {
        var (exit, output, _) = CommandLine.RunWith(Note, "read-note", "-", "--json");
        Assert.Equal(0, exit);
        using var document = JsonDocument.Parse(output);
        var (root, given) = (document.RootElement,
            document.RootElement.GetProperty("encounter").GetProperty("administrations")[0]);
        Assert.Equal("1", root.GetProperty("deltoid").GetString());
        Assert.Equal(("a1", "ketorolac", "30 mg"),
            (given.GetProperty("id").GetString(), given.GetProperty("drug").GetString(),
            given.GetProperty("dose").GetString()));
        Assert.Equal("refused", root.GetProperty("ignored")[0].GetProperty("why").GetString());
        var (code, lines, _) = CommandLine.RunWith(root.GetProperty("encounter").GetRawText(), "code", "-", "--json",
            "--fail-on",
            "never");
        Assert.Equal(0, code);
        Assert.Contains("J1885", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_sees_words_and_fields_side_by_side()
    {
        var (exit, output, _) = CommandLine.RunWith(Note, "read-note", "-");
        Assert.Equal(0, exit);
        Assert.Matches(@"R delt +drug 1, site: right deltoid", output);
        Assert.Contains("refused: \"Rocephin refused", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_each_note_and_an_error_in_the_place_of_an_empty_one()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (one, none) = (Path.Combine(folder.FullName, "one.txt"), Path.Combine(folder.FullName, "none.txt"));
            File.WriteAllText(one, Note);
            File.WriteAllText(none, " \n");
            var (exit, output, _) = CommandLine.Run("read-note", one, none, one, "--jsonl");
            Assert.Equal(3, exit);
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(3, lines.Length);
            Assert.Contains("\"error\"", lines[1], StringComparison.Ordinal);
            Assert.Equal(lines[0], lines[2]);
            Assert.Equal(0, CommandLine.RunWith("Pt called. Labs ok.", "read-note", "-").Exit);
            Assert.Equal(2, CommandLine.Run("read-note", one, "--json", "--jsonl").Exit);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_program_of_the_user_proposes_and_the_checks_decide()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a shell script");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (note, script) = (Path.Combine(folder.FullName, "n.txt"), Path.Combine(folder.FullName, "propose.sh"));
            File.WriteAllText(note, "Gave Toradol 30 mg IM, the patient was sleepy later.");
            var at = File.ReadAllText(note).IndexOf("sleepy", StringComparison.Ordinal);
            File.WriteAllText(script, $$"""
                #!/bin/sh
                cat > /dev/null
                echo '{ "path": "/administrations/0/response", "value": "sleepy", "quote": "sleepy", "start": {{at}}, "end": {{at + 6}} }'
                echo '{ "path": "/administrations/0/lot", "value": "Z9", "quote": "Z9", "start": 1, "end": 3 }'

                """);
            var (exit, output, error) = CommandLine.Run("read-note", note, "--json", "--propose", "sh " + script);
            Assert.Equal(0, exit);
            Assert.Contains("1 kept and 1 dropped", error, StringComparison.Ordinal);
            Assert.Contains("\"by\": \"model\"", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Z9", output, StringComparison.Ordinal);
            Assert.Equal(3, CommandLine.Run("read-note", note, "--propose", "no-such-program-here").Exit);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
