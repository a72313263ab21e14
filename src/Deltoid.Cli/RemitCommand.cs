using System.CommandLine;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid remit</c>: why claims were denied and what to do, and what to post. Nothing is changed.
/// </summary>
static class RemitCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Denied claims as JSON, one in a file (.json) or one on each line (.jsonl); "
                + "- reads standard input",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object, or a list of several" };
        var jsonl = new Option<bool>("--jsonl") { Description = "One line of JSON for each, in order" };
        var command = new Command("remit", "Say why claims were denied, what to do about it, and what to post")
        {
            files, json, jsonl
        };
        command.Validators.Add(result => OneForm.Of(result, json, jsonl));
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            using var output = new ItemOutput(terminal, terminal.Out, form);
            return Run(terminal, parse.GetValue(files)!, form, output);
        });
        return command;
    }

    static int Run(Terminal terminal, string[] files, Form form, ItemOutput output)
    {
        var (resolver, exit) = (new Resolver(terminal.Book), Exit.Clean);
        foreach (var file in files)
        {
            var cases = new List<ReadOnlyMemory<byte>>();
            if (!output.TryRead(file, ref exit, () => cases.AddRange(CasesOf(terminal.Read(file), file)))) continue;
            output.Several |= files.Length > 1 || cases.Count > 1;
            foreach (var text in cases)
            {
                terminal.Stop.ThrowIfCancellationRequested();
                var read = Exit.Clean;
                output.TryRead(file, ref read, () =>
                {
                    var of = resolver.Resolve(DeniedClaimJson.Read(text));
                    if (form == Form.Text) ResolutionPage.Write(of, new TextPage(terminal.Write, terminal.Color));
                    else output.PutObject(writer => ResolutionJson.Write(of, writer));
                });
                if (read != Exit.Clean)
                    exit = Exit.Worse(exit, read == Exit.Unreadable && cases.Count > 1 ? Exit.PartlyRefused : read);
            }
        }
        return exit;
    }

    /// <summary>The cases of a file: one, or one on each line.</summary>
    static List<ReadOnlyMemory<byte>> CasesOf(byte[] bytes, string file)
    {
        if (!file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)) return [bytes];
        var (cases, from) = (new List<ReadOnlyMemory<byte>>(), 0);
        while (from < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', from);
            if (end < 0) end = bytes.Length;
            if (!bytes.AsSpan(from, end - from).Trim(" \t\r"u8).IsEmpty) cases.Add(bytes.AsMemory(from, end - from));
            from = end + 1;
        }
        return cases;
    }
}
