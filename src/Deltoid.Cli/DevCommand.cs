using System.CommandLine;
using Deltoid.Books;
using Deltoid.Cli.Dev;
using Deltoid.Edits;

namespace Deltoid.Cli;

/// <summary><c>deltoid dev</c>: writes the files of the repository that are generated. Works inside a clone.</summary>
static class DevCommand
{
    public static Command Create(Terminal terminal) => new("dev", "Write the repository's generated files")
    {
        Hidden = true,
        Subcommands = { Catalogue(terminal), Coverage(terminal), Readme(terminal), Checks(terminal),
            Schemas(terminal) },
    };

    static Command Catalogue(Terminal terminal)
    {
        var command = new Command("catalogue", "Write the list of edits and the table of their findings");
        command.SetAction(_ =>
        {
            var folder = Path.Combine(PageFiles.Root(), "src", "Deltoid", "Edits");
            var files = Directory.GetFiles(folder, "*.*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'));
            var changed = Write(Path.Combine(folder, "Shipped.cs"), Edits.Catalogue.Registration(files));
            var stale = Write(Path.Combine(folder, "Edits.Shipped.md"), Edits.Catalogue.Table(Shipped.Edits));
            terminal.Error.WriteLine(changed ? "Shipped.cs is new: run this again, so that the table knows the new edits" : stale ? "Edits.Shipped.md is new" : "both files were up to date");
            return Exit.Clean;
        });
        return command;
    }

    static Command Coverage(Terminal terminal)
    {
        var command = new Command("coverage", "Write which rules the pages cover");
        command.SetAction(_ =>
        {
            var root = PageFiles.Root();
            var coverage = Dev.Coverage.Of(root, new PageRun(StarterBook.Open(), new Scrubber()));
            foreach (var fault in coverage.Faults()) terminal.Error.WriteLine(fault);
            terminal.Error.WriteLine(Write(Path.Combine(root, "docs", "coverage.md"), coverage.Text()) ? "docs/coverage.md is new" : "docs/coverage.md was up to date");
            return Exit.Clean;
        });
        return command;
    }

    static Command Readme(Terminal terminal)
    {
        var command = new Command("readme", "Write the current output into the README's examples");
        command.SetAction(_ =>
        {
            var path = Path.Combine(PageFiles.Root(), "README.md");
            terminal.Error.WriteLine(Write(path, Dev.Readme.Refreshed(File.ReadAllText(path), PageFiles.Root())) ? "README.md is new" : "README.md was up to date");
            return Exit.Clean;
        });
        return command;
    }

    static Command Checks(Terminal terminal)
    {
        var command = new Command("checks", "Write the list of X12 checks");
        command.SetAction(_ =>
        {
            foreach (var (name, text) in X12Checks.Files()) terminal.Error.WriteLine(Write(Path.Combine(PageFiles.Root(), "docs", name), text) ? $"docs/{name} is new" : $"docs/{name} was up to date");
            return Exit.Clean;
        });
        return command;
    }

    static Command Schemas(Terminal terminal)
    {
        var command = new Command("schemas", "Write docs/schema and the tables of fields in the documentation");
        command.SetAction(_ =>
        {
            var changed = Dev.SchemaFiles.Of(PageFiles.Root()).Count(f => Write(f.Path, f.Text));
            terminal.Error.WriteLine(changed == 0 ? "all files were up to date" : $"{changed} files are new");
            return Exit.Clean;
        });
        return command;
    }

    /// <summary>Writes a file; false when it was the same already.</summary>
    static bool Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return false;
        File.WriteAllText(path, text);
        return true;
    }
}
