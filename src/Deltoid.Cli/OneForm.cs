using System.CommandLine;
using System.CommandLine.Parsing;

namespace Deltoid.Cli;

/// <summary>A result is written in one form: of two that are asked for, none is passed over without a word.</summary>
static class OneForm
{
    public static void Of(CommandResult result, params Option<bool>[] forms)
    {
        var given = forms.Where(result.GetValue).Select(static f => f.Name).ToList();
        if (given.Count > 1) result.AddError($"give one of {string.Join(" and ", given)}");
    }
}
