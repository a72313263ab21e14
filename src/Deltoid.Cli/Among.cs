using System.CommandLine;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>An option or argument that takes one of a few words; another word gets them all, and the nearest.</summary>
static class Among
{
    public static void Only(Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [var given]) return;
            if (FaultOf(option.Name, given.Value, words) is { } fault) result.AddError(fault);
        });
    }

    public static void Only(Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result =>
        {
            if (result.Tokens is not [var given]) return;
            if (FaultOf(argument.Name, given.Value, words) is { } fault) result.AddError(fault);
        });
    }

    static string? FaultOf(string name, string given, string[] words)
    {
        if (words.Contains(given, StringComparer.Ordinal)) return null;
        var near = Nearest.Of(given, words);
        return $"{name} takes {string.Join(", ", words)}{(near.Length > 0 ? $"; did you mean {near}?" : "")}";
    }
}
