using System.CommandLine;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.PayerRules;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid explain</c>: a page for whatever a user meets.</summary>
static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var subjects = new Argument<string[]>("WHAT")
        {
            Description = "A finding, a rule (INJ-072), a code (96372), two codes (96372+99213), a code with its "
                + "modifier (99213-25), a modifier (25), a place (POS 22), a denial (CO-97, N115), a claim "
                + "status (A7 562, TA1 006, PLB WO), a drug or brand, a diagnosis, an NDC",
            Arity = ArgumentArity.OneOrMore,
        };
        var (date, json, rules) = (DateOption(),
            new Option<bool>("--json") { Description = "One JSON object with all meanings" }, RuleFiles.Option());
        var command = new Command("explain",
            "Explain a finding, rule, code, modifier, place, denial or drug, with its source")
        {
            subjects, date, json, rules
        };
        command.SetAction(parse =>
        {
            if (!RuleFiles.TryRead(terminal, parse.GetValue(rules)!, out var own, out var refused)) return refused;
            terminal.Edits = PayerRuleEdit.WithShipped(own);
            var explainer = new Explainer(terminal.Book, terminal.Edits,
                parse.GetValue(date) ?? terminal.Book.Release, info => PageOf(info, own));
            return parse.GetValue(json)
                ? RunJson(terminal, explainer, parse.GetValue(subjects)!)
                : Run(terminal, explainer, parse.GetValue(subjects)!);
        });
        return command;
    }

    /// <summary>The day for which a page is shown; the code book's release without it.</summary>
    internal static Option<DateOnly?> DateOption() => new("--date")
    {
        Description = "The day to show; if not given, the code book's release", HelpName = "2026-03-02",
        CustomParser = static result =>
        {
            if (Days.TryRead(result.Tokens[0].Value, out var day)) return day;
            result.AddError("--date is a day such as 2026-03-02");
            return default;
        },
    };

    static int Run(Terminal terminal, Explainer explainer, string[] subjects)
    {
        var (exit, first) = (Exit.Clean, true);
        var page = new TextPage(terminal.Write, terminal.Color);
        foreach (var subject in subjects)
        {
            var meanings = explainer.Of(subject);
            if (meanings.Count == 0) exit = Unknown(terminal, explainer, subject);
            foreach (var sheet in meanings)
            {
                if (!first) terminal.WriteLine();
                first = false;
                sheet.Write(page);
            }
        }
        terminal.Flush();
        return exit;
    }

    static int Unknown(Terminal terminal, Explainer explainer, string subject)
    {
        var near = explainer.Suggest(subject);
        var suggestion = near.Count > 0
            ? $"; did you mean {string.Join(", ", near)}?"
            : "; try 'deltoid codes find' with one word of the name";
        terminal.Error.WriteLine($"deltoid: nothing here is called '{subject}'{suggestion}");
        return Exit.Usage;
    }

    static int RunJson(Terminal terminal, Explainer explainer, string[] subjects)
    {
        var exit = Exit.Clean;
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true))
        {
            if (subjects.Length > 1) json.WriteStartArray();
            foreach (var subject in subjects)
                if (!WriteJson(json, terminal, explainer, subject)) exit = Exit.Usage;
            if (subjects.Length > 1) json.WriteEndArray();
        }
        terminal.WriteLine();
        terminal.Flush();
        return exit;
    }

    static bool WriteJson(Utf8JsonWriter json, Terminal terminal, Explainer explainer, string subject)
    {
        var meanings = explainer.Of(subject);
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, terminal.Book.Version);
        json.WriteString("asked"u8, subject);
        json.WriteStartArray("meanings"u8);
        foreach (var sheet in meanings) sheet.Write(json);
        json.WriteEndArray();
        if (meanings.Count == 0)
        {
            json.WriteStartArray("suggestions"u8);
            foreach (var name in explainer.Suggest(subject)) json.WriteStringValue(name);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return meanings.Count > 0;
    }

    /// <summary>A finding has a page under its own name, or under that of the edit that makes it.</summary>
    static string PageOf(FindingInfo info, List<PayerRule> rules) =>
        rules.Find(r => r.Info == info) is { } rule ? RulePage.Text(rule)
            : Pages.Text(info.Name) is { Length: > 0 } own ? own
            : Shipped.Edits.Find(info.Id) is { } edit ? Pages.Text(edit.Info.Name)
            : "";
}
