using System.CommandLine;
using System.Text;
using Deltoid.Batch;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Cli;

/// <summary><c>deltoid read</c>: X12 as text for people, or as JSON.</summary>
static class ReadCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"X12: {TransactionSets.Names}, TA1; - reads standard input", Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json")
        {
            Description = "Claims, payments, statuses or acknowledgments as JSON: one object, or a list of several"
        };
        var jsonl = new Option<bool>("--jsonl") { Description = "One line of JSON for each" };
        var segments = new Option<bool>("--segments")
        {
            Description = "Text with segments only, without their elements"
        };
        var summary = new Option<bool>("--summary")
        {
            Description = "Payments, claim statuses and acknowledgments (835, 277CA, 999, "
                + "TA1) in sentences, without the details",
        };
        var command = new Command("read", "Show X12 as readable text or JSON")
        {
            files, json, jsonl, segments, summary
        };
        command.Demand(result => OneForm.Of(result, json, jsonl, segments, summary));
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            return Run(terminal, parse.GetValue(files)!, form,
                parse.GetValue(summary) ? Shows.Sentences : parse.GetValue(segments) ? Shows.Segments : Shows.Elements);
        });
        return command;
    }

    /// <summary>
    /// What the text shows: sentences alone, with the segments after them, with the elements of these.
    /// </summary>
    enum Shows { Sentences, Segments, Elements }

    static int Run(Terminal terminal, string[] files, Form form, Shows shows)
    {
        using var output = new ItemOutput(terminal, terminal.Out, form) { Several = files.Length > 1 };
        var (exit, worst) = (Exit.Clean, Exit.Clean);
        foreach (var file in files)
            output.TryRead(file, ref exit, () =>
            {
                using var input = X12Input.Open(terminal, file);
                input.MustBeX12();
                if (form == Form.Text && files.Length > 1) terminal.WriteLine($"=== {Shown.Of(file)}");
                var (read, refused) = form == Form.Text
                    ? WriteText(terminal, input.Stream, shows)
                    : new ReadItems(file, output, form).Write(input.Stream, terminal.Stop);
                if (refused.Count > 0) worst = Exit.Worse(worst, read == 0 ? Exit.Unreadable : Exit.PartlyRefused);
                foreach (var reason in refused.Distinct()) terminal.Error.WriteLine($"{file}: {reason}");
            });
        return Exit.Worse(exit, worst);
    }

    /// <summary>What was not read of a part of the envelope, or nothing.</summary>
    public static string? RefusalOf(EnvelopePart part) =>
        !SetChoice.All.IsRefused(part) ? null
            : part.Kind == EnvelopeKind.Set ? $"set {$"{part.Element(1)} {part.Element(3)}".Trim()} is not among "
                + $"those that are read: {TransactionSets.Names}"
            : "text outside of a group was passed over";

    static (int Read, List<string> Refused) WriteText(Terminal terminal, Stream stream, Shows shows)
    {
        var (held, holds) = (new StringBuilder(), false); // segments of a set whose sentences come first
        void Write(string text)
        {
            if (holds) held.Append(text);
            else terminal.Write(text);
        }
        var page = shows == Shows.Sentences
            ? null
            : new SegmentPage(Write, terminal.Color, shows == Shows.Elements);
        var pages = new SetPage.Pages(new(terminal.Write, terminal.Color));
        var readings = new SetReadings();
        var source = new BlockSource(stream);
        var (read, refused) = (0, new List<string>());
        while (source.Next() is { } block)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (item.Part is { } part)
                {
                    if (RefusalOf(part) is { } reason) refused.Add(reason);
                    else if (part.Kind is EnvelopeKind.Set or EnvelopeKind.Acknowledgment) read++;
                    if (part.Kind == EnvelopeKind.Acknowledgment) pages.Write(part);
                    page?.Write(part);
                }
                else if (item.SetPart is { Set.Guide: { } guide } setPart)
                {
                    var sentences = pages.Of(guide.Set);
                    sentences?.Write(block.Bytes, setPart);
                    holds = sentences is { IsWrittenLast: true } && !setPart.IsLast;
                    if (!holds && held.Length > 0)
                    {
                        Write(held.ToString());
                        held.Clear();
                    }
                    page?.Write(block.Bytes, setPart);
                    refused.AddRange(UnreadItem.In(readings.Of(guide.Set), block.Bytes, setPart));
                }
            }
            source.Return(block);
            terminal.Flush();
        }
        return (read, refused);
    }
}
