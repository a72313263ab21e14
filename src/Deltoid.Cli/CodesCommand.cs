using System.CommandLine;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid codes</c>: looks into the code book; the commands that make and compare books have files of their own.
/// </summary>
static class CodesCommand
{
    const int MostShown = 40;

    public static Command Create(Terminal terminal) => new("codes",
        "Code books: look facts up, make a book from official files, compare books")
    {
        Find(terminal),
        Show(terminal),
        LocalitiesCommand.Create(terminal),
        CompileCommand.Create(terminal),
        ShelfCommands.List(terminal),
        ShelfCommands.Use(terminal),
        ShelfCommands.Verify(terminal),
        DiffCommand.Create(terminal),
        ImpactCommand.Create(terminal),
    };

    static Command Find(Terminal terminal)
    {
        var words = new Argument<string[]>("WORD")
        {
            Description =
                "A drug name, words of a label or diagnosis, a code or an NDC; the last word may be unfinished",
            Arity = ArgumentArity.OneOrMore
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many to show", DefaultValueFactory = static _ => MostShown, HelpName = "N"
        };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > 1000)
                result.AddError("--limit is a number from 1 to 1000");
        });
        var (date, json) = (ExplainCommand.DateOption(), new Option<bool>("--json") { Description = "A JSON list" });
        var command = new Command("find",
            "Find codes by drug name, brand, diagnosis, NDC or first characters; small typing errors are allowed")
        {
            words, limit, date, json
        };
        command.SetAction(parse =>
        {
            var day = parse.GetValue(date) ?? terminal.Book.Release;
            var hits = terminal.Book.Search.Find(string.Join(' ', parse.GetValue(words)!), day, parse.GetValue(limit));
            if (parse.GetValue(json)) WriteJson(terminal, hits);
            else FindPage.Write(new(terminal.Write, terminal.Color), hits, day);
            if (hits.Count == 0) terminal.Error.WriteLine("deltoid: nothing in this code book matches");
            terminal.Flush();
            return hits.Count > 0 ? Exit.Clean : Exit.Found;
        });
        return command;
    }

    static void WriteJson(Terminal terminal, IReadOnlyList<CodeHit> hits)
    {
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true)) FindPage.Write(json, hits);
        terminal.WriteLine();
    }

    static Command Show(Terminal terminal)
    {
        var codes = new Argument<string[]>("CODE") { Description = "Codes", Arity = ArgumentArity.OneOrMore };
        var date = ExplainCommand.DateOption();
        var command = new Command("show", "Show what the code book has for a code") { codes, date };
        command.SetAction(parse =>
        {
            var exit = Exit.Clean;
            foreach (var text in parse.GetValue(codes)!)
            {
                if (Code.TryParse(text, out var code)
                    && CodePage.Of(terminal.Book, Shipped.Edits, code,
                        parse.GetValue(date) ?? terminal.Book.Release) is { } page)
                {
                    page.Write(new TextPage(terminal.Write, terminal.Color));
                    continue;
                }
                terminal.Error.WriteLine($"deltoid: '{text}' is not a code of this code book");
                exit = Exit.Usage;
            }
            terminal.Flush();
            return exit;
        });
        return command;
    }
}
