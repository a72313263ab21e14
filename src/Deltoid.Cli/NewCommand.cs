using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Reflection;
using System.Text;
using Deltoid.Charting;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid new</c>: writes the encounter of a visit, from answers to questions or from options.</summary>
static class NewCommand
{
    const string And = "--and", Examples = "examples/";

    internal const string Locality = "--locality", State = "--state";

    /// <summary>A second one of these begins another entry.</summary>
    static readonly string[] First = ["--drug", "--visit", "--procedure"];

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "Where to write it; if not given, standard output", Arity = ArgumentArity.ZeroOrOne
        };
        var sample = new Option<string?>("--sample")
        {
            Description = "Write an example instead; list names them", HelpName = "NAME"
        };
        var force = new Option<bool>("--force") { Description = "Overwrite an existing file" };
        var ask = new Option<bool>("--ask")
        {
            Description = "Ask the questions even without a terminal; one answer on each line"
        };
        var and = new Option<bool[]>(And)
        {
            Description = "Begin the next drug; a second --drug does that too", Arity = ArgumentArity.Zero
        };
        var billing = new Option<string?>("--billing")
        {
            Description = "A file with the billing object of your practice", HelpName = "FILE"
        };
        const string Does = "Write the encounter of a visit: answer questions, or give the facts as options";
        var command = new Command("new", Does) { file, sample, force, ask, and, billing };
        foreach (var field in ChartField.All) command.Options.Add(OptionOf(field));
        command.SetAction(parse =>
        {
            var target = parse.GetValue(file);
            if (FaultOf(target, parse.GetValue(force)) is { } fault) return Refuse(terminal, fault);
            if (parse.GetValue(sample) is { } name) return Sample(terminal, name, target);
            var draft = new VisitDraft();
            var faults = Fill(terminal, draft, parse.Tokens);
            if (faults.Count > 0) return Refuse(terminal, [.. faults]);
            if (parse.GetValue(billing) is { } practice && FaultOf(terminal, draft, practice) is { } problem)
                return Refuse(terminal, problem);
            var isAsked = parse.GetValue(ask) || (draft.IsEmpty && terminal.IsInteractive);
            if (!isAsked) return Write(terminal, draft, target);
            using var answers = new StreamReader(terminal.In, new UTF8Encoding(false), leaveOpen: true);
            if (!new NewQuestions(terminal, draft, answers).Ask())
                return Refuse(terminal, "the answers ended before the visit was complete; nothing was written");
            return Write(terminal, draft, target);
        });
        return command;
    }

    static string? FaultOf(string? target, bool force)
    {
        if (target is null) return null;
        if (OutputFile.FaultOf(target) is not null) return "FILE is not a file name";
        if (!target.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) // of --drug flu shot, shot would be the file
            return "FILE ends in .json; a value of several words is put in quotes, such as --drug \"flu shot\"";
        return File.Exists(target) && !force ? $"{target} is there already; --force writes over it" : null;
    }

    /// <summary>Puts the billing object of a file into the draft; null, or why it cannot.</summary>
    static string? FaultOf(Terminal terminal, VisitDraft draft, string file)
    {
        try { draft.SetBilling(terminal.Read(file)); }
        catch (InputException e)
        {
            return $"{file}: " + string.Join("; ", e.Also.Prepend(e).Select(static one => $"{one.Message}: {one.Try}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return $"{file} cannot be read"; }
        return null;
    }

    static Option<string[]> OptionOf(ChartField field)
    {
        var words = string.Join(", ", field.Words);
        var option = new Option<string[]>(field.Option)
        {
            Description = words.Length > 0 ? $"{field.Says} One of: {words}" : field.Says,
            HelpName = words.Length > 0 ? "WORD" : "VALUE",
            Arity = ArgumentArity.OneOrMore,
        };
        foreach (var other in field.OtherOptions) option.Aliases.Add(other);
        return option;
    }

    /// <summary>Takes the options in their order: what belongs to a drug follows its <c>--drug</c>.</summary>
    static List<string> Fill(Terminal terminal, VisitDraft draft, IReadOnlyList<Token> tokens)
    {
        var faults = new List<string>();
        var locality = ""; // after the others: its name is looked up by state and day
        ChartField? field = null;
        foreach (var token in tokens)
        {
            if (token.Type == TokenType.Option)
            {
                field = ChartField.All.FirstOrDefault(f =>
                    f.Option == token.Value || f.OtherOptions.Contains(token.Value));
                if (token.Value == And) draft.Begin(ChartPart.Administration);
                else if (First.Contains(token.Value) && draft.Has(field!)) draft.Begin(field!.Part);
            }
            else if (token.Type == TokenType.Argument && field is not null)
            {
                var isState = field.Option == State;
                if (field.Option == Locality) locality = token.Value;
                else if ((isState ? SetState(draft, token.Value) : draft.Set(field, token.Value)) is { } fault)
                    faults.Add(fault);
                field = null;
            }
        }
        if (locality.Length > 0 && SetLocality(terminal, draft, locality) is { } problem) faults.Add(problem);
        return faults;
    }

    /// <summary>Takes a state by its letters or its name: a locality is looked for in it.</summary>
    /// <returns>Null, or why it is not taken.</returns>
    internal static string? SetState(VisitDraft draft, string text)
    {
        if (States.LettersOf(text) is { Length: > 0 } letters) return draft.Set(ChartField.Named(State), letters);
        return $"{State} takes two letters such as IL, or the state's name";
    }

    /// <summary>Takes a locality by its number, or by a name that fits one of the day and state: chicago.</summary>
    /// <returns>Null, or why it is not taken.</returns>
    internal static string? SetLocality(Terminal terminal, VisitDraft draft, string text)
    {
        var field = ChartField.Named(Locality);
        if (!text.Any(char.IsAsciiLetter)) return draft.Set(field, text);
        var day = draft.Has(ChartField.Named("--date")) ? draft.Encounter.ServiceDate : terminal.Today;
        if (PriceSite.Named(terminal.Book, text, draft.Encounter.PayerState, day, out var site) is { } fault)
            return $"{Locality}: {fault}";
        terminal.Error.WriteLine("deltoid: " + site.Meaning(terminal.Book, text, day));
        return draft.Set(field, site.Locality);
    }

    static int Write(Terminal terminal, VisitDraft draft, string? target)
    {
        const string Example =
            """deltoid new visit.json --payer medicare --dx D51.0 --drug B12 --dose "1000 mcg" --route im""";
        var missing = draft.Missing();
        if (missing.Count > 0)
        {
            return Refuse(terminal,
                ["these are missing, and nothing was written:", .. missing.Select(static m => LineOf(m.Field, m.Entry)),
                    "for example: " + Example,
                    "deltoid new --help lists all options; in a terminal, deltoid new asks"]);
        }
        var date = ChartField.Named("--date");
        if (!draft.Has(date)) draft.Set(date, Today(terminal));
        return Write(terminal, draft.Write(), target, $"date of service {draft.Encounter.ServiceDate:yyyy-MM-dd}");
    }

    static string LineOf(ChartField field, int entry)
    {
        var of = entry > 1 ? $" of drug {entry.ToString(CultureInfo.InvariantCulture)}" : "";
        var words = string.Join(", ", field.Words);
        return $"  {field.Option}{of}: {field.Says} "
            + $"{(words.Length > 0 ? "One of: " + words : "Such as " + field.Example)}";
    }

    internal static string Today(Terminal terminal) =>
        terminal.Today.Iso();

    static int Write(Terminal terminal, byte[] encounter, string? target, string what)
    {
        if (target is null)
        {
            terminal.Out.Write(encounter);
            terminal.Out.Flush();
            return Exit.Clean;
        }
        File.WriteAllBytes(target, encounter);
        terminal.Error.WriteLine($"{target} is written: {what}. Code it with: deltoid code {target}");
        return Exit.Clean;
    }

    static int Sample(Terminal terminal, string name, string? target)
    {
        var library = Assembly.GetExecutingAssembly();
        var samples = library.GetManifestResourceNames()
            .Where(static r => r.StartsWith(Examples, StringComparison.Ordinal))
            .Select(static r => Path.GetFileNameWithoutExtension(r)).Order(StringComparer.Ordinal).ToList();
        if (name == "list") return List(terminal, samples);
        if (!samples.Contains(name))
            return Refuse(terminal,
                "there is no example of that name; the examples are: " + string.Join(", ", samples));
        using var text = library.GetManifestResourceStream($"{Examples}{name}.json")!;
        using var bytes = new MemoryStream();
        text.CopyTo(bytes);
        return Write(terminal, bytes.ToArray(), target, $"the example {name}");
    }

    static int List(Terminal terminal, List<string> names)
    {
        foreach (var name in names) terminal.WriteLine(name);
        terminal.Flush();
        return Exit.Clean;
    }

    static int Refuse(Terminal terminal, params string[] lines)
    {
        foreach (var line in lines) terminal.Error.WriteLine("deltoid: " + line);
        return Exit.Usage;
    }
}
