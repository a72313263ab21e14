using System.CommandLine;
using System.Globalization;
using Deltoid.Books;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid explain</c>: the page of a finding or of a code.</summary>
static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var subjects = new Argument<string[]>("ID|CODE") { Description = "A finding by id or name, a row of an X12 guide by id, or a code", Arity = ArgumentArity.OneOrMore };
        var date = DateOption();
        var command = new Command("explain", "The page of a finding; a code's facts, dates, successors, pairs and edits") { subjects, date };
        command.SetAction(parse => Run(terminal, parse.GetValue(subjects)!, parse.GetValue(date) ?? terminal.Book.Release));
        return command;
    }

    /// <summary>The day for which a page is shown; the code book's release without it.</summary>
    internal static Option<DateOnly?> DateOption() => new("--date")
    {
        Description = "The day to show; the code book's release without it", HelpName = "2026-03-02", CustomParser = static result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError("--date is a day such as 2026-03-02");
            return default;
        },
    };

    static int Run(Terminal terminal, string[] subjects, DateOnly day)
    {
        var (exit, first) = (Exit.Clean, true);
        foreach (var subject in subjects)
        {
            if (!first) terminal.WriteLine();
            first = false;
            if (Explain(terminal, subject, day)) continue;
            terminal.Error.WriteLine($"deltoid: '{subject}' is neither a finding nor a code of this code book; try 'deltoid codes find {subject}'");
            exit = Exit.Usage;
        }
        terminal.Flush();
        return exit;
    }

    static bool Explain(Terminal terminal, string subject, DateOnly day)
    {
        var page = new TextPage(terminal.Write, terminal.Color);
        if (FindingHelp.Find(subject, Shipped.Edits) is { } info)
        {
            FindingHelp.Write(page, info, PageOf(info.Id, info.Name));
            return true;
        }
        if (FindingHelp.WriteRow(page, subject)) return true;
        if (!Code.TryParse(subject, out var code)) return false;
        if (CodePage.Write(page, terminal.Book, Shipped.Edits, code, day)) return true;
        if (terminal.Book.Diagnoses(day).Label(code) is not { Length: > 0 } label) return false;
        terminal.WriteLine($"{code.ToDiagnosis()}  {label}");
        terminal.WriteLine($"  ICD-10-CM {terminal.Book.Diagnoses(day).Dates}; {(terminal.Book.Diagnoses(day).Standing(code) == Codes.DiagnosisStanding.Valid ? "billable" : "a header: more characters are needed")}");
        return true;
    }

    /// <summary>The page of a finding stands under its own name, or under that of the edit that makes it.</summary>
    static string PageOf(string id, string name) => Pages.Text(name) is { Length: > 0 } own ? own : Shipped.Edits.Find(id) is { } edit ? Pages.Text(edit.Info.Name) : "";
}
