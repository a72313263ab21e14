using System.CommandLine;
using System.CommandLine.Parsing;
using Deltoid.Edits;
using Deltoid.PayerRules;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>The option <c>--rules</c>: files of payer rules that are asked beside the shipped edits.</summary>
static class RuleFiles
{
    public static Option<string[]> Option() => new("--rules")
    {
        Description = "A file of payer rules of your own to ask too; may be given several times ('deltoid rules test' "
            + "checks one)",
        HelpName = "FILE", DefaultValueFactory = static _ => [], Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Standard input is one thing, and no file of rules is written over.</summary>
    public static void Check(CommandResult result, Option<string[]> rules, string?[] inputs,
        Option<string?>? output = null)
    {
        var files = result.GetValue(rules) ?? [];
        if (files.Count(static f => f == "-") + inputs.Count(static f => f == "-") > 1 && files.Contains("-"))
            result.AddError("standard input is the --rules or another input, not both");
        var target = output is null ? null : result.GetValue(output);
        if (target is not null && files.Contains("-"))
            result.AddError("--rules is a file when there is an --output, so that --resume can ask for the same again");
        if (OutputFile.FaultOf(target, files) is { } fault) result.AddError(fault);
    }

    /// <summary>Reads the rules of all files; what is wrong is reported, and gives the exit code.</summary>
    public static bool TryRead(Terminal terminal, string[] files, out List<PayerRule> rules, out int exit)
    {
        (rules, exit) = ([], Exit.Clean);
        foreach (var file in files)
        {
            try
            {
                var read = PayerRuleFile.Read(terminal.Read(file));
                CheckNames(read, rules);
                rules.AddRange(read);
            }
            catch (InputException e)
            {
                terminal.Tell(file, e);
                exit = Exit.Worse(exit, Exit.Unreadable);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                terminal.Tell(file, X12Input.Refusal(file, e));
                exit = Exit.Worse(exit, Exit.Io);
            }
        }
        return exit == Exit.Clean;
    }

    /// <summary>Reads the rules and asks them from here on; false where a file does not read.</summary>
    public static bool TryUse(Terminal terminal, string[] files, out int exit)
    {
        if (files.Length == 0)
        {
            exit = Exit.Clean;
            return true;
        }
        if (!TryRead(terminal, files, out var rules, out exit)) return false;
        terminal.Edits = PayerRuleEdit.WithShipped(rules);
        return true;
    }

    /// <summary>A finding is found by its id or its name: neither may be one of ours or of another file.</summary>
    static void CheckNames(IReadOnlyList<PayerRule> rules, List<PayerRule> earlier)
    {
        var taken = FindingHelp.All(Shipped.Edits).Concat(earlier.Select(static r => r.Info))
            .SelectMany(static info => new[] { info.Id, info.Name }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules)
            if (taken.Contains(rule.Info.Id) || taken.Contains(rule.Info.Name))
                throw new InputException($"line {rule.Line}, column 6",
                    "rule: this id or name is that of a finding of Deltoid or of another file",
                    "use another number and another name");
    }
}
