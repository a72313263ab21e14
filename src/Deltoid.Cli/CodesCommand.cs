using System.CommandLine;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes</c>: looks into the code book.</summary>
static class CodesCommand
{
    const int MostShown = 40;

    public static Command Create(Terminal terminal) => new("codes", "Code books: look into them, make them of official files, compare them") { Find(terminal), Show(terminal), CompileCommand.Create(terminal), ShelfCommands.List(terminal), ShelfCommands.Use(terminal) };

    static Command Find(Terminal terminal)
    {
        var word = new Argument<string[]>("WORD") { Description = "A drug by any name, a word of a label, or the first characters of a code", Arity = ArgumentArity.OneOrMore };
        var command = new Command("find", "Codes by drug name, brand, label or first characters") { word };
        command.SetAction(parse =>
        {
            var text = string.Join(' ', parse.GetValue(word)!);
            var found = 0;
            foreach (var (code, why) in Matches(terminal.Book, text))
            {
                if (found++ == MostShown) { terminal.WriteLine("…"); break; }
                terminal.WriteLine($"{code,-8}{why}");
            }
            if (found == 0) terminal.Error.WriteLine("deltoid: nothing in this code book matches");
            terminal.Flush();
            return found > 0 ? Exit.Clean : Exit.Found;
        });
        return command;
    }

    /// <summary>Codes with what made them match: drugs by name first, then codes by their characters or label.</summary>
    static IEnumerable<(Code Code, string Why)> Matches(CodeBook book, string text)
    {
        var seen = new HashSet<(Code, string)>();
        var folded = DrugName.Fold(text);
        foreach (var drug in book.Drugs)
            if (folded.Length > 1 && Named(drug, folded))
                foreach (var product in drug.Products)
                    if (seen.Add((product.Hcpcs, drug.Name))) yield return (product.Hcpcs, $"{drug.Name}{(product.Brand.Length > 0 ? $" ({product.Brand})" : "")}{Ended(book, product.Hcpcs)}");
        for (var id = 0; id < book.CodeCount; id++)
        {
            var rows = book.Codes[id];
            if (rows.IsEmpty || !(book[id].ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase) || rows[^1].Label.Contains(text, StringComparison.OrdinalIgnoreCase))) continue;
            var label = rows[^1].Label;
            if (!seen.Any(s => s.Item1 == book[id])) yield return (book[id], $"{label}{Ended(book, book[id])}");
        }
    }

    static bool Named(Drug drug, string folded) =>
        DrugName.Fold(drug.Name).Contains(folded, StringComparison.Ordinal) || drug.Brands.Exists(b => DrugName.Fold(b).StartsWith(folded, StringComparison.Ordinal)) || drug.Slang.Exists(s => DrugName.Fold(s).StartsWith(folded, StringComparison.Ordinal));

    static string Ended(CodeBook book, Code code) => book.Codes[book.Id(code)] is { IsEmpty: false } rows && rows[^1].Dates.Thru is { } last ? $", until {last:yyyy-MM-dd}" : "";

    static Command Show(Terminal terminal)
    {
        var codes = new Argument<string[]>("CODE") { Description = "Codes", Arity = ArgumentArity.OneOrMore };
        var date = ExplainCommand.DateOption();
        var command = new Command("show", "What the code book has of a code") { codes, date };
        command.SetAction(parse =>
        {
            var exit = Exit.Clean;
            foreach (var text in parse.GetValue(codes)!)
            {
                if (Code.TryParse(text, out var code) && CodePage.Write(new(terminal.Write, terminal.Color), terminal.Book, Shipped.Edits, code, parse.GetValue(date) ?? terminal.Book.Release)) continue;
                terminal.Error.WriteLine($"deltoid: '{text}' is not a code of this code book");
                exit = Exit.Usage;
            }
            terminal.Flush();
            return exit;
        });
        return command;
    }
}
