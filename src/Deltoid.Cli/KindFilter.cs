using System.CommandLine;
using System.CommandLine.Parsing;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.PayerRules;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary>The options <c>--select</c> and <c>--ignore</c>: which kinds of findings are asked for, by id, by the
/// beginning of an id, or by name.</summary>
sealed class KindFilter
{
    readonly Option<string[]> select = Kinds("--select",
        "Show only these findings: ids (HIP0007), beginnings of ids (NCC) or names, separated by commas");
    readonly Option<string[]> ignore = Kinds("--ignore", "Show all findings except these");

    static Option<string[]> Kinds(string name, string description) => new(name)
    {
        Description = description, HelpName = "IDS",
    };

    public void AddTo(Command command)
    {
        command.Add(select);
        command.Add(ignore);
        command.Demand(result =>
        {
            foreach (var option in (Option<string[]>[])[select, ignore])
                foreach (var name in Names(result.GetValue(option)))
                    if (!IsRule(name) && !IsKnown(name, Shipped.Edits)) result.AddError(Unknown(option, name));
        });
    }

    /// <summary>Ids of payer rules are known when their file is read, not before.</summary>
    static bool IsRule(string name) => name.StartsWith(PayerRule.Prefix, StringComparison.OrdinalIgnoreCase);

    static bool IsKnown(string name, EditSet edits) => FindingHelp.OfClaims(edits).Any(info => Is(info, name));

    static string Unknown(Option option, string name) => $"{option.Name}: no finding has the id or name '{name}'";

    /// <summary>What is wrong with names of payer rules, whose files are read; null when nothing is.</summary>
    public string? FaultOf(ParseResult parse, EditSet edits)
    {
        foreach (var option in (Option<string[]>[])[select, ignore])
            foreach (var name in Names(parse.GetValue(option)))
                if (!IsKnown(name, edits)) return Unknown(option, name);
        return null;
    }

    /// <summary>What is asked for, in words: a run that continues another must ask for the same.</summary>
    public string Words(ParseResult parse) =>
        $"select={string.Join('+', Names(parse.GetValue(select)))} ignore="
            + $"{string.Join('+', Names(parse.GetValue(ignore)))}";

    /// <summary>Null when all are asked for.</summary>
    public Func<FindingInfo, bool>? Of(ParseResult parse)
    {
        var (wanted, unwanted) = (Names(parse.GetValue(select)), Names(parse.GetValue(ignore)));
        if (wanted.Length + unwanted.Length == 0) return null;
        return info =>
            (wanted.Length == 0 || Array.Exists(wanted, name => Is(info, name)))
                && !Array.Exists(unwanted, name => Is(info, name));
    }

    static bool Is(FindingInfo info, string name) =>
        info.Id.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            || info.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    static string[] Names(string[]? given) =>
        [.. (given ?? []).SelectMany(static each => each.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
