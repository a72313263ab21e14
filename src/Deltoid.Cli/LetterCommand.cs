using System.CommandLine;
using System.Text;
using Deltoid.Print;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Results.Letters;

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
            file, kind, output
        };
        command.Validators.Add(result =>
        {
            if (OutputFile.FaultOf(result.GetValue(output), result.GetValue(file)) is { } fault) result.AddError(fault);
            else if (result.GetValue(output) is { } name && !IsHtml(name) && !IsPdf(name))
                result.AddError("--output ends in .html (to change it) or in .pdf (to send it)");
        });
        command.SetAction(parse => Run(terminal, parse.GetValue(file)!, parse.GetValue(kind), parse.GetValue(output)));
        return command;
    }

    static bool IsHtml(string file) => file.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    static bool IsPdf(string file) => file.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase);

    static int Run(Terminal terminal, string file, string? kind, string? output)
    {
        var of = DeniedClaimJson.Read(terminal.Read(file));
        LetterKind? asked = Letter.Kinds.TryRead(kind ?? "", out var known) ? known : null;
        var why = new LetterDesk(terminal.Book).Write(of, asked, out var letter);
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
