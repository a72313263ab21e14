using System.CommandLine;
using System.CommandLine.Parsing;

namespace Deltoid.Cli;

/// <summary>Rules between the options of a command.</summary>
static class OptionRules
{
    /// <summary>
    /// Adds a rule. Where an option has no value, or one that it does not take, that alone is reported.
    /// </summary>
    public static void Demand(this Command command, Action<CommandResult> rule) => command.Validators.Add(result =>
    {
        try
        {
            rule(result);
        }
        catch (InvalidOperationException) when (result.Children.Any(HasNoValue) || !result.Errors.Any())
        {
            // the parser says what is wrong with the option
        }
    });

    static bool HasNoValue(SymbolResult child) => child is OptionResult { Implicit: false } option
        && option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues;
}
