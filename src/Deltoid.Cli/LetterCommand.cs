using System.CommandLine;
using System.Text;
using Deltoid.Print;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Results.Letters;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid letter</c>: the letter that a denied claim asks for, to be read, changed and signed by a
/// person.</summary>
static class LetterCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("CASE")
        {
            Description = "A denied claim as JSON, as 'remit' takes it; - reads standard input"
        };
        var kind = new Option<string>("--kind")
        {
            Description = "Another letter than the one that the answer asks for; not given where it must not be sent",
            HelpName = string.Join('|', Letter.Kinds.All)
        };
        Among.Only(kind, [.. Letter.Kinds.All]);
        var level = new Option<int?>("--level")
        {
            Description = "Of an appeal; 1, if not given, is the first; 2 and more answer the decision before, such as "
                + "a reconsideration (Medicare: 2), a hearing (3), an external review (commercial: 3)",
            HelpName = "1-4"
        };
        var decided = new Option<DateOnly?>("--decided")
        {
            Description = "The date of the decision before, for --level 2 and more", HelpName = "2026-09-01",
            CustomParser = static result =>
            {
                if (Days.TryRead(result.Tokens[0].Value, out var day)) return day;
                result.AddError("--decided is a day such as 2026-09-01");
                return default;
            },
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where to write it: .html to change its words in a browser, .pdf to send; "
                + "if not given, text on standard output",
            HelpName = "FILE.html|FILE.pdf"
        };
        var command = new Command("letter",
            "Write the letter to the payer that a denied claim asks for: appeal, reopening, records, refund, "
                + "corrected claim or underpayment. A person reads and signs it")
        {
            file, kind, level, decided, output
        };
        command.Demand(result =>
        {
            if (result.GetValue(level) is < 1 or > 4) result.AddError("--level is a number from 1 to 4");
            if (OutputFile.FaultOf(result.GetValue(output), result.GetValue(file)) is { } fault) result.AddError(fault);
            else if (result.GetValue(output) is { } name && !IsHtml(name) && !IsPdf(name))
                result.AddError("--output ends in .html (to change it) or in .pdf (to send it)");
        });
        command.SetAction(parse => Run(terminal, parse.GetValue(file)!, parse.GetValue(kind),
            parse.GetValue(level) ?? 1, parse.GetValue(decided) ?? default, parse.GetValue(output)));
        return command;
    }

    static bool IsHtml(string file) => file.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    static bool IsPdf(string file) => file.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase);

    static int Run(Terminal terminal, string file, string? kind, int level, DateOnly decided, string? output)
    {
        var of = DeniedClaimJson.Read(terminal.Read(file));
        LetterKind? asked = Letter.Kinds.TryRead(kind ?? "", out var known) ? known : null;
        var why = new LetterDesk(terminal.Book).Write(of, asked, out var letter, level, decided);
        if (letter is null)
        {
            terminal.Error.WriteLine($"deltoid: {why}");
            return Exit.Found;
        }
        if (output is null) LetterText.Write(letter, new TextPage(terminal.Write, terminal.Color));
        else
        {
            OutputFile.WriteAll(output, IsPdf(output) ? LetterPdf.Of(letter)
                : Encoding.UTF8.GetBytes(LetterHtml.Of(letter)));
            LetterText.WriteBefore(letter, new TextPage(terminal.Error.Write, false));
        }
        return Exit.Clean;
    }
}
