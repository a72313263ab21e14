using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Codes.Packs;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes compile</c>: official files to a code book on a shelf.</summary>
static class CompileCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE_OR_FOLDER")
        {
            Description = "Files as published: zip, csv, txt, xlsx; or folders", Arity = ArgumentArity.OneOrMore
        };
        var output = new Option<string>("--output")
        {
            Description = "The folder of code books; the new book is put into use there", Required = true,
            HelpName = "BOOKS"
        };
        var release = new Option<DateOnly?>("--release")
        {
            Description = "The release day of the book; if not given, the newest first day of its files",
            HelpName = "2026-10-01", CustomParser = static result => PriceCommand.ParseDate(result)
        };
        var json = new Option<bool>("--json")
        {
            Description = "One JSON object: what was read, left out and refused, and the book"
        };
        var command = new Command("compile", "Make a code book from official files") { files, output, release, json };
        command.SetAction(parse => Run(terminal, parse.GetValue(files)!, new Shelf(parse.GetValue(output)!),
            parse.GetValue(release), parse.GetValue(json)));
        return command;
    }

    static int Run(Terminal terminal, string[] paths, Shelf shelf, DateOnly? release, bool json)
    {
        if (Array.Find(paths, static p => !File.Exists(p) && !Directory.Exists(p)) is { } missing)
        {
            terminal.Error.WriteLine($"deltoid: {missing} is neither a file nor a folder");
            return Exit.Io;
        }
        terminal.Interruption = static () => "interrupted: no book was made";
        var compiler = Read(terminal, paths);
        terminal.Error.WriteLine(Sum(compiler));
        var isRefused = compiler.Files.Exists(static f => f.Fate == Fate.Refused);
        if (!compiler.Files.Exists(static f => f.Fate == Fate.Read))
        {
            if (json) WriteJson(terminal, compiler, null, "");
            terminal.Error.WriteLine("deltoid: nothing that was given is a table that is read here; no book was made");
            return Exit.Unreadable;
        }
        var pack = compiler.Write(release);
        var name = shelf.Put(pack);
        var manifest = Pack.Of(pack).Manifest;
        if (json) WriteJson(terminal, compiler, manifest, name);
        else
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{manifest.Version}: {manifest.Sources.Length} files, "
                    + $"{manifest.Sources.Sum(static s => (long)s.Rows):N0} rows, {pack.Length / 1e6m:0.0} MB; in use "
                    + $"in {shelf.Folder} as {name}"
                    + $"{(manifest.HasFalseDates ? "; synthetic dates: for benchmarks only" : "")}"));
        terminal.Flush();
        return isRefused ? Exit.PartlyRefused : Exit.Clean;
    }

    static Compiler Read(Terminal terminal, string[] paths)
    {
        using var progress = new CompileProgress(terminal, paths);
        var intake = new Intake(terminal.Stop);
        var compiler = new Compiler(report => progress.Tell(Text(report), intake.Taken));
        compiler.Read(intake.Of(paths));
        return compiler;
    }

    static string Text(FileReport file) => file.Fate switch
    {
        Fate.Read =>
            string.Create(CultureInfo.InvariantCulture,
                $"read     {file.Path}: {file.Table!.Title}"
                    + $"{(file.Release!.Name.Length > 0 ? $" {file.Release.Name}" : "")}, {file.Rows:N0} "
                    + $"rows{Rest(file)}"),
        Fate.Left => $"left     {file.Path}: {file.Why}",
        _ => $"refused  {file.Path}{(file.Line > 0 ? $" line {file.Line}" : "")}: {file.Why}; {file.Try}",
    };

    /// <summary>Rows that were not taken, by reason, and where the first of them is.</summary>
    static string Rest(FileReport file)
    {
        var text = string.Concat(file.Doubts.Select(static d => "; " + d));
        if (file.Release!.Skipped > 0)
            text += string.Create(CultureInfo.InvariantCulture, $"; {file.Release.Skipped:N0} passed over");
        if (file.Release.Refused == 0) return text;
        var first = file.Release.Reported[0];
        var where = first.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {first.Line}: ") : "";
        return text
            + string.Create(CultureInfo.InvariantCulture,
                $"; {file.Release.Refused:N0} not taken: "
                    + $"{Counted(file.Release.Reasons)}; the first is {where}{first.Why}");
    }

    /// <summary>Reasons with how many rows, the commonest first.</summary>
    static string Counted(IEnumerable<KeyValuePair<string, int>> reasons) =>
        string.Join(", ",
            reasons.OrderByDescending(static r => r.Value)
            .Select(static r => string.Create(CultureInfo.InvariantCulture, $"{r.Key} ({r.Value:N0})")));

    static int Count(Compiler compiler, Fate fate) => compiler.Files.Count(f => f.Fate == fate);

    /// <summary>What became of all files, and of the rows in those that were read.</summary>
    static string Sum(Compiler compiler)
    {
        var (read, left, refused) = (Count(compiler, Fate.Read), Count(compiler, Fate.Left),
            Count(compiler, Fate.Refused));
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{compiler.Files.Count:N0} files: {read:N0} read, {left:N0} left, {refused:N0} refused");
        var reasons = new Dictionary<string, int>();
        foreach (var file in compiler.Files.Where(static f => f.Fate == Fate.Read))
            foreach (var (why, rows) in file.Release!.Reasons) reasons[why] = reasons.GetValueOrDefault(why) + rows;
        return reasons.Count == 0 ? text : $"{text}; rows not taken: {Counted(reasons)}";
    }

    static void WriteJson(Terminal terminal, Compiler compiler, PackManifest? manifest, string name)
    {
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, manifest?.Version);
            json.WriteString("name"u8, manifest is null ? null : name);
            json.WriteBoolean("falseDates"u8, manifest is { HasFalseDates: true });
            json.WriteNumber("read"u8, Count(compiler, Fate.Read));
            json.WriteNumber("left"u8, Count(compiler, Fate.Left));
            json.WriteNumber("refused"u8, Count(compiler, Fate.Refused));
            json.WriteStartArray("files"u8);
            foreach (var file in compiler.Files) WriteJson(json, file);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        terminal.WriteLine();
    }

    static void WriteJson(Utf8JsonWriter json, FileReport file)
    {
        json.WriteStartObject();
        json.WriteString("file"u8, file.Path);
        json.WriteString("fate"u8, file.Fate switch { Fate.Read => "read", Fate.Left => "left", _ => "refused" });
        json.WriteString("table"u8, file.Table?.Name);
        if (file.Fate == Fate.Read)
        {
            json.WriteString("release"u8, file.Release!.Name);
            json.WriteString("from"u8, file.Release.Covers.From is { } from ? $"{from:yyyy-MM-dd}" : null);
            json.WriteString("thru"u8, file.Release.Covers.Thru is { } thru ? $"{thru:yyyy-MM-dd}" : null);
            json.WriteNumber("rows"u8, file.Rows);
            json.WriteNumber("passedOver"u8, file.Release.Skipped);
            json.WriteNumber("notTaken"u8, file.Release.Refused);
            json.WriteStartObject("notTakenReasons"u8);
            foreach (var (why, rows) in file.Release.Reasons) json.WriteNumber(why, rows);
            json.WriteEndObject();
            json.WriteStartArray("differs"u8);
            foreach (var doubt in file.Doubts) json.WriteStringValue(doubt);
            json.WriteEndArray();
            json.WriteStartArray("notTakenRows"u8);
            foreach (var (line, why) in file.Release.Reported)
            {
                json.WriteStartObject();
                json.WriteNumber("line"u8, line);
                json.WriteString("why"u8, why);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        else
        {
            if (file.Line > 0) json.WriteNumber("line"u8, file.Line);
            json.WriteString("message"u8, file.Why);
            if (file.Try.Length > 0) json.WriteString("try"u8, file.Try);
        }
        json.WriteEndObject();
    }
}
