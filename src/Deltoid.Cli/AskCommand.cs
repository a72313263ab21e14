using System.CommandLine;
using Deltoid.Asking;
using Deltoid.Batch;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid ask</c>: answers questions in a line from rules, code book and engine, with their
/// source.</summary>
static class AskCommand
{
    public static Command Create(Terminal terminal)
    {
        var question = new Argument<string[]>("QUESTION")
        {
            Description = "A question in your own words, such as \"toradol 60 mg units\"",
                Arity = ArgumentArity.ZeroOrMore
        };
        var questions = new Option<string?>("--questions")
        {
            Description = "A file with a question on each line: {\"id\", \"question\", \"on\"}; - reads standard input",
            HelpName = "FILE"
        };
        var on = new Option<DateOnly?>("--on")
        {
            Description = "The day for which is asked, where the question names none (default: today)",
            HelpName = "2026-03-02", CustomParser = static result =>
            {
                if (Days.TryRead(result.Tokens[0].Value, out var day)) return day;
                result.AddError("--on is a day such as 2026-03-02");
                return default;
            },
        };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var jsonl = new Option<bool>("--jsonl") { Description = "One line of JSON for each question, in order" };
        var word = new Option<string?>("--word")
        {
            Description = "A program of yours that words the answer: it gets the answer as JSON and prints text, which is "
                + "shown only when the answer has each of its codes, numbers and dates", HelpName = "COMMAND"
        };
        var command =
            new Command("ask", "Answer a question about an injection's coding, units, price or denial, with the source")
        {
            question, questions, on, json, jsonl, word
        };
        command.Demand(result => OneForm.Of(result, json, jsonl));
        command.Demand(result =>
        {
            if (result.GetValue(questions) is null == (result.GetValue(question) is not { Length: > 0 }))
                result.AddError("ask takes one question, or --questions FILE");
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            using var output = new ItemOutput(terminal, terminal.Out, form);
            var run = new AskRun(terminal, form, output, parse.GetValue(on) ?? terminal.Today, parse.GetValue(word));
            return parse.GetValue(questions) is { } file ? run.File(file)
                : run.Line(string.Join(' ', parse.GetValue(question)!));
        });
        return command;
    }
}

/// <summary>One run of <c>deltoid ask</c>.</summary>
sealed class AskRun(Terminal terminal, Form form, ItemOutput output, DateOnly today, string? word)
{
    public int Line(string question)
    {
        if (string.IsNullOrWhiteSpace(question)) return terminal.Refuse("there is no question");
        Answer(new(null, question, null));
        return Exit.Clean;
    }

    public int File(string file)
    {
        var exit = Exit.Clean;
        output.TryRead(file, ref exit, () =>
        {
            var lines = LinesOf(terminal.Read(file));
            output.Several |= lines.Count > 1;
            foreach (var line in lines)
            {
                terminal.Stop.ThrowIfCancellationRequested();
                var read = Exit.Clean;
                output.TryRead(file, ref read, () => Answer(QuestionLine.Read(line)));
                if (read != Exit.Clean)
                    exit = Exit.Worse(exit, read == Exit.Unreadable && lines.Count > 1 ? Exit.PartlyRefused : read);
            }
        });
        return exit;
    }

    static List<ReadOnlyMemory<byte>> LinesOf(byte[] bytes) =>
        JsonParts.Each(bytes) is { Count: > 0 } lines ? lines : [bytes];

    void Answer(QuestionLine line)
    {
        var reply = Assistant.Answer(line.Question, terminal.Book, line.On ?? today);
        if (word is not null) reply = Wording.Of(reply, terminal, word);
        if (form == Form.Text)
        {
            ReplyPage.Write(reply, new TextPage(terminal.Write, terminal.Color));
            terminal.Flush();
        }
        else output.PutObject(json => ReplyJson.Write(json, reply, terminal.Book, line.Id));
    }
}
