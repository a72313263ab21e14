using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Codes.Packs;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes list</c>, <c>use</c> and <c>verify</c>: which code books there are, which is in use, which
/// are as they were compiled.</summary>
static class ShelfCommands
{
    public static Command List(Terminal terminal)
    {
        var shelf = Shelf();
        var json = new Option<bool>("--json") { Description = "A JSON list" };
        var sources = new Option<bool>("--sources")
        {
            Description = "Also show the files that each book was made from"
        };
        var command = new Command("list", "List the code books of a folder, newest first; * marks the one in use")
        {
            shelf, sources, json
        };
        command.SetAction(parse =>
        {
            var folder = parse.GetValue(shelf) ?? terminal.BookName;
            if (folder == BookName.Starter && !parse.GetValue(json))
                terminal.WriteLine($"* {StarterBook.Version}  the shipped rows");
            var books = folder == BookName.Starter ? [] : new Shelf(folder).List();
            if (parse.GetValue(json)) WriteJson(terminal, books);
            else
                foreach (var book in books) Write(terminal, book, parse.GetValue(sources));
            if (books.Count == 0 && folder != BookName.Starter)
                terminal.Error.WriteLine($"deltoid: no code books in {folder}");
            terminal.Flush();
            var isThere = folder == BookName.Starter || books.Count > 0 || Directory.Exists(folder);
            return isThere ? Exit.Clean : Exit.Usage;
        });
        return command;
    }

    public static Command Use(Terminal terminal)
    {
        var (shelf, back) = (Folder(),
            new Option<bool>("--back") { Description = "Go back to the book that was in use before" });
        var name = new Argument<string?>("NAME")
        {
            Description = "A book's name, or its first characters", Arity = ArgumentArity.ZeroOrOne
        };
        var command = new Command("use", "Put a code book into use, or go back to the one before")
        {
            shelf, name, back
        };
        command.Demand(result =>
        {
            if (result.GetValue(name) is null != result.GetValue(back)) result.AddError("give a name, or --back");
        });
        command.SetAction(parse =>
        {
            var books = new Shelf(parse.GetValue(shelf)!);
            try
            {
                terminal.WriteLine("in use: "
                    + (parse.GetValue(back) ? books.Back() : books.Choose(parse.GetValue(name)!)));
            }
            catch (InputException e) { return terminal.Refuse($"{e.At} {e.Message}; {e.Try}"); }
            terminal.Flush();
            return Exit.Clean;
        });
        return command;
    }

    public static Command Verify(Terminal terminal)
    {
        var shelf = Shelf();
        var command = new Command("verify",
            "Read every byte of the code books in a folder and report damaged books")
        {
            shelf,
        };
        command.SetAction(parse =>
        {
            var folder = parse.GetValue(shelf) ?? terminal.BookName;
            var books = folder == BookName.Starter ? [] : new Shelf(folder).List(verify: true);
            foreach (var book in books)
                terminal.WriteLine($"{(book.Fault.Length > 0 ? "damaged" : "sound  ")}  {book.Name}"
                    + $"{(book.Fault.Length > 0 ? $"  {book.Fault}" : "")}");
            if (books.Count == 0)
                terminal.Error.WriteLine(folder == BookName.Starter
                    ? "deltoid: name a folder of code books"
                    : $"deltoid: no code books in {folder}");
            terminal.Flush();
            return books.Count == 0 ? Exit.Usage : books.Any(static b => b.Fault.Length > 0) ? Exit.Found : Exit.Clean;
        });
        return command;
    }

    static Argument<string?> Shelf() =>
        new("BOOKS") { Description = "The folder of code books; if not given, the one from --book or DELTOID_BOOK",
            Arity = ArgumentArity.ZeroOrOne };

    static Argument<string> Folder() => new("BOOKS") { Description = "The folder of code books" };

    static void Write(Terminal terminal, Shelved book, bool withSources)
    {
        var mark = book.IsCurrent ? '*' : ' ';
        if (book.Manifest is not { } manifest)
        {
            terminal.WriteLine($"{mark} {book.Name}  DAMAGED: {book.Fault}");
            return;
        }
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mark} {book.Name}  {manifest.Sources.Length} files  "
                + $"{manifest.Sources.Sum(static s => (long)s.Rows):N0} rows  {book.Length / 1e6m:0.0} MB"
                + $"{(manifest.HasFalseDates ? "  made-up dates" : "")}"));
        if (!withSources) return;
        foreach (var source in manifest.Sources)
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    {source.Title}{(source.Release.Length > 0 ? " " + source.Release : "")}: "
                    + $"{source.Rows:N0} rows{(source.IsWhole ? "" : ", an excerpt")}  {source.File}"));
    }

    static void WriteJson(Terminal terminal, IReadOnlyList<Shelved> books)
    {
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true))
        {
            json.WriteStartArray();
            foreach (var book in books) WriteJson(json, book);
            json.WriteEndArray();
        }
        terminal.WriteLine();
    }

    static void WriteJson(Utf8JsonWriter json, Shelved book)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, book.Name);
        json.WriteString("codeBook"u8, book.Manifest?.Version);
        json.WriteBoolean("inUse"u8, book.IsCurrent);
        json.WriteNumber("bytes"u8, book.Length);
        if (book.Manifest is { } manifest) WriteSources(json, manifest);
        else json.WriteString("damaged"u8, book.Fault);
        json.WriteEndObject();
    }

    static void WriteSources(Utf8JsonWriter json, PackManifest manifest)
    {
        json.WriteBoolean("falseDates"u8, manifest.HasFalseDates);
        json.WriteStartArray("sources"u8);
        foreach (var source in manifest.Sources)
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
    }
}
