using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Rules;

namespace Deltoid.Results;

/// <summary>The pages of rules, and of the documents that rows name as their source.</summary>
static class RuleSheet
{
    /// <summary>What a page calls the columns that a family of rules adds.</summary>
    static readonly (string Column, string Name)[] Added =
    [
        ("weight", "weight"),
        ("believed", "not true"),
        ("codes", "payer says"),
        ("causes", "causes"),
        ("do", "what to do"),
        ("never", "never")
    ];

    public static FactSheet Of(Rule rule, EditSet edits)
    {
        var sheet = new FactSheet("rule", rule.Id, rule.Line);
        sheet.Add("authority",
            $"{rule.Cited} ({rule.Source.Authority}: {rule.Source.Title}"
                + $"{(rule.Source.Edition.Length > 0 ? ", " + rule.Source.Edition : "")})");
        sheet.Add("", rule.Source.Url);
        if (rule.Dates.From is not null || rule.Dates.Thru is not null) sheet.Add("service", rule.Dates.ToString());
        foreach (var (column, name) in Added) sheet.Add(name, rule[column]);
        sheet.Add("known from", KnownFrom(rule));
        var findings = FindingHelp.All(edits).Where(info => info.Rules.Split(' ').Contains(rule.Id));
        sheet.Add("found by",
            string.Join(", ", findings.Select(static info => $"{info.Id} {info.Name}").Order(StringComparer.Ordinal)));
        return sheet;
    }

    /// <summary>The files that were read, and whether some of it is judgement.</summary>
    static string KnownFrom(Rule rule)
    {
        var files = rule.Evidence.Split(' ').Where(static id => id != "K")
            .Select(static id => Documents.Find(id) is { } source ? $"{id} ({source.Title})" : id);
        var read = string.Join("; ", files);
        return !rule.IsExpert ? read
            : read.Length == 0 ? "expert judgement, believed to rest on the authority; not read again there"
            : $"{read}; the rest is expert judgement";
    }

    /// <summary>Adds a rule to another page, with its line and its authority.</summary>
    public static void AddRule(FactSheet sheet, string id) =>
        sheet.Add("rule", RuleBook.Shipped.Find(id) is { } rule ? $"{rule.Id}: {rule.Line} [{rule.Cited}]" : id);

    const int Shown = 12;

    /// <summary>Adds the rules whose line names a code or a diagnosis.</summary>
    public static void AddNaming(FactSheet sheet, string code)
    {
        var rules = RuleBook.Shipped.Rules.Where(rule => Names(rule.Line, code)).ToList();
        if (rules.Count == 0) return;
        sheet.Begin("Rules that name it");
        foreach (var rule in rules.Take(Shown)) sheet.Add("", $"{rule.Id}: {rule.Line} [{rule.Cited}]");
        if (rules.Count > Shown)
            sheet.Add("", $"and {string.Join(", ", rules.Skip(Shown).Select(static rule => rule.Id))}");
    }

    /// <summary>As a word of its own: M54.5 is not in M54.50.</summary>
    static bool Names(string line, string code)
    {
        var at = line.IndexOf(code, StringComparison.Ordinal);
        if (at < 0) return false;
        var end = at + code.Length;
        return (at == 0 || !char.IsLetterOrDigit(line[at - 1]))
            && (end == line.Length || !char.IsLetterOrDigit(line[end]));
    }

    public static FactSheet Of(SourceRow source)
    {
        var sheet = new FactSheet("source", source.Id, source.Title);
        sheet.Add("authority", source.Authority);
        sheet.Add("edition", source.Edition);
        sheet.Add("read", source.Retrieved);
        sheet.Add("address", source.Url);
        return sheet;
    }
}
