using System.CommandLine;
using System.Text;
using Deltoid.Notes;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid read-note</c>: a note in free text, read into the facts of an encounter.</summary>
static class ReadNoteCommand
{
    const int LargestNote = 16 * 1024 * 1024;

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A note as plain text; - reads standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object, or a list for several notes" };
        var jsonl = new Option<bool>("--jsonl") { Description = "One line of JSON for each note, in order" };
        var propose = new Option<string?>("--propose")
        {
            Description = "A program on this machine that gets the note and proposes values; each is checked",
                HelpName = "COMMAND",
        };
        var model = new Option<bool>("--model")
        {
            Description = "The language model that you have set (DELTOID_ModelUrl, DELTOID_ModelName) gets the note and "
                + "proposes values; each is checked. Without this no note leaves the machine"
        };
        var command = new Command("read-note", "Read a note in free text: what was given, and the words that say so")
        {
            files, json, jsonl, propose, model,
        };
        command.Demand(result => OneForm.Of(result, json, jsonl));
        command.Demand(result =>
        {
            if (result.GetValue(model) && result.GetValue(propose) is not null)
                result.AddError("read-note takes --propose or --model, not both");
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            using var output = new ItemOutput(terminal, terminal.Out, form);
            return Run(terminal, parse.GetValue(files)!, form, output, ProposerOf(parse.GetValue(propose),
                parse.GetValue(model)));
        });
        return command;
    }

    /// <summary>A program that proposes, and the option that asks for it.</summary>
    sealed record Proposer(string Option, IReadOnlyList<string> Program);

    /// <summary>A model is asked by the application's program: no other command carries its client.</summary>
    static Proposer? ProposerOf(string? command, bool isModel) => isModel ? new("--model", [WebProgram.At, "propose"])
        : command is null ? null : new("--propose", command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    static int Run(Terminal terminal, string[] files, Form form, ItemOutput output, Proposer? proposer)
    {
        var reader = new NoteReader(terminal.Book);
        var exit = Exit.Clean;
        output.Several = files.Length > 1;
        foreach (var file in files)
        {
            if (terminal.Stop.IsCancellationRequested) return Exit.Interrupted;
            NoteReading? reading = null;
            if (!output.TryRead(file, ref exit, () => reading = Read(terminal, reader, file, proposer))) continue;
            if (form != Form.Text) output.PutObject(json => NoteJson.Write(reading!, json, file));
            else WriteText(terminal, output.Several ? file : "", reading!);
        }
        return exit;
    }

    static NoteReading Read(Terminal terminal, NoteReader reader, string file, Proposer? proposer)
    {
        var note = NoteIn(terminal.Read(file), file);
        var reading = reader.Read(note);
        if (proposer is null) return reading;
        var proposals = new Proposals(reading, reader.Lexicon);
        proposals.Take(NoteProposer.Ask(proposer.Option, proposer.Program, note));
        var (kept, dropped) = proposals.Count;
        terminal.Error.WriteLine($"{Shown.Of(file)}: of what was proposed, {kept} kept and {dropped} dropped");
        return reading;
    }

    static string NoteIn(byte[] bytes, string file)
    {
        if (bytes.Length > LargestNote)
            throw new InputException(file, "the note is larger than 16 MB", "give one note a file");
        var note = new UTF8Encoding(false, false).GetString(bytes.AsSpan().StartsWith("\ufeff"u8) ? bytes.AsSpan(3)
            : bytes);
        return string.IsNullOrWhiteSpace(note)
            ? throw new InputException(file, "there is no text in it", "give a file with the words of the note")
            : note;
    }

    static void WriteText(Terminal terminal, string file, NoteReading reading)
    {
        if (file.Length > 0) terminal.WriteLine($"=== {Shown.Of(file)}");
        NotePage.Write(reading, new TextPage(terminal.Write, terminal.Color));
        if (file.Length > 0) terminal.WriteLine();
        terminal.Flush();
    }
}
