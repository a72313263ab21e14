using System.CommandLine;
using System.Globalization;
using Deltoid.Books;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes list</c> and <c>use</c>: which code books there are, and which is in use.</summary>
static class ShelfCommands
{
    public static Command List(Terminal terminal)
    {
        var shelf = new Argument<string?>("BOOKS") { Description = "The folder of code books; that of --book or DELTOID_BOOK without it", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "A JSON list" };
        var sources = new Option<bool>("--sources") { Description = "Also the files each was made of" };
        var command = new Command("list", "The code books of a folder, the newest first; * is in use") { shelf, sources, json };
        command.SetAction(parse =>
        {
            var folder = parse.GetValue(shelf) ?? terminal.BookName;
            if (folder == BookName.Starter && !parse.GetValue(json)) terminal.WriteLine($"* {StarterBook.Version}  the shipped rows");
            var books = folder == BookName.Starter ? [] : new Shelf(folder).List();
            if (parse.GetValue(json)) WriteJson(terminal, books);
            else foreach (var book in books) Write(terminal, book, parse.GetValue(sources));
            if (books.Count == 0 && folder != BookName.Starter) terminal.Error.WriteLine($"deltoid: no code books in {folder}");
            terminal.Flush();
            return Exit.Clean;
        });
        return command;
    }

    public static Command Use(Terminal terminal)
    {
        var (shelf, back) = (Folder(), new Option<bool>("--back") { Description = "The one that was in use before" });
        var name = new Argument<string?>("NAME") { Description = "A book's name, or how it begins", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("use", "Take a code book into use, or go back to the one before") { shelf, name, back };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null != result.GetValue(back)) result.AddError("give a name, or --back");
        });
        command.SetAction(parse =>
        {
            var books = new Shelf(parse.GetValue(shelf)!);
            try { terminal.WriteLine("in use: " + (parse.GetValue(back) ? books.Back() : books.Choose(parse.GetValue(name)!))); }
            catch (InputException e)
            {
                terminal.Error.WriteLine($"deltoid: {e.At} {e.Message}; {e.Try}");
                return Exit.Usage;
            }
            terminal.Flush();
            return Exit.Clean;
        });
        return command;
    }

    static Argument<string> Folder() => new("BOOKS") { Description = "The folder of code books" };

    static void Write(Terminal terminal, Shelved book, bool withSources)
    {
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(book.IsCurrent ? '*' : ' ')} {book.Name}  {book.Manifest.Sources.Length} files  {book.Manifest.Sources.Sum(static s => (long)s.Rows):N0} rows  {book.Length / 1e6m:0.0} MB{(book.Manifest.HasFalseDates ? "  made-up dates" : "")}"));
        if (!withSources) return;
        foreach (var source in book.Manifest.Sources)
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {source.Title}{(source.Release.Length > 0 ? " " + source.Release : "")}: {source.Rows:N0} rows{(source.IsWhole ? "" : ", an excerpt")}  {source.File}"));
    }

    static void WriteJson(Terminal terminal, IReadOnlyList<Shelved> books)
    {
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true))
        {
            json.WriteStartArray();
            foreach (var book in books)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, book.Name);
                json.WriteString("codeBook"u8, book.Manifest.Version);
                json.WriteBoolean("inUse"u8, book.IsCurrent);
                json.WriteNumber("bytes"u8, book.Length);
                json.WriteBoolean("falseDates"u8, book.Manifest.HasFalseDates);
                json.WriteStartArray("sources"u8);
                foreach (var source in book.Manifest.Sources)
                {
                    json.WriteStartObject();
                    json.WriteString("table"u8, source.Table);
                    json.WriteString("file"u8, source.File);
                    json.WriteString("sha256"u8, source.Sha256);
                    json.WriteString("release"u8, source.Release);
                    json.WriteNumber("rows"u8, source.Rows);
                    json.WriteBoolean("whole"u8, source.IsWhole);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        terminal.WriteLine();
    }
}
