using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Rules;

namespace Deltoid.Results;

/// <summary>The pages of rules, and of the documents that rows name as their source.</summary>
static class RuleSheet
{
    /// <summary>What a page calls the columns that a family of rules adds.</summary>
    static readonly (string Column, string Name)[] Added =
        [("weight", "weight"), ("believed", "not true"), ("codes", "payer says"), ("causes", "causes"), ("do", "what to do"), ("never", "never")];

    public static FactSheet Of(Rule rule, EditSet edits)
    {
        var sheet = new FactSheet("rule", rule.Id, rule.Line);
        sheet.Add("authority", $"{rule.Cited} ({rule.Source.Authority}: {rule.Source.Title}{(rule.Source.Edition.Length > 0 ? ", " + rule.Source.Edition : "")})");
        sheet.Add("", rule.Source.Url);
        if (rule.Dates.From is not null || rule.Dates.Thru is not null) sheet.Add("service", rule.Dates.ToString());
        foreach (var (column, name) in Added) sheet.Add(name, rule[column]);
        sheet.Add("known from", KnownFrom(rule));
        var findings = FindingHelp.All(edits).Where(info => info.Rules.Split(' ').Contains(rule.Id));
        sheet.Add("found by", string.Join(", ", findings.Select(static info => $"{info.Id} {info.Name}").Order(StringComparer.Ordinal)));
        return sheet;
    }

    /// <summary>The files that were read, and whether some of it is judgement.</summary>
    static string KnownFrom(Rule rule)
    {
        var files = rule.Evidence.Split(' ').Where(static id => id != "K").Select(static id => RuleBook.Shipped.Source(id) is { } source ? $"{id} ({source.Title})" : id);
        var read = string.Join("; ", files);
        return !rule.IsExpert ? read : read.Length == 0 ? "expert judgement, believed to rest on the authority; not read again there" : $"{read}; the rest is expert judgement";
    }

    /// <summary>Adds a rule to another page, with its line and its authority.</summary>
    public static void AddRule(FactSheet sheet, string id) =>
        sheet.Add("rule", RuleBook.Shipped.Find(id) is { } rule ? $"{rule.Id}: {rule.Line} [{rule.Cited}]" : id);

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
