using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>
/// The specification, as rows of this folder: how injections are coded and charted (INJ, D), why payers deny (DN and
/// its kin), what people believe and what holds (C). Immutable; one is shared.
/// </summary>
internal sealed class RuleBook
{
    static readonly Lazy<RuleBook> shipped = new(static () => new());

    readonly List<Rule> rules = [];
    readonly Dictionary<string, Rule> byId = [];

    RuleBook()
    {
        Read("injection");
        Read("documentation", "weight");
        Read("denials", "codes", "causes", "do", "never", "predicts");
        Read("conflicts", "believed");
        foreach (var rule in rules) byId.Add(Folded(rule.Id), rule);
    }

    /// <summary>The rows inside the library.</summary>
    /// <exception cref="RowException">A row does not read; a build whose rows do not read fails its tests.</exception>
    public static RuleBook Shipped => shipped.Value;

    /// <summary>All rules, in the order of their files.</summary>
    public IReadOnlyList<Rule> Rules => rules;

    /// <summary>
    /// A rule by its id, in any case and with or without leading zeros: <c>INJ-072</c>, <c>inj-72</c>.
    /// </summary>
    public Rule? Find(string id) => byId.GetValueOrDefault(Folded(id));

    /// <summary>The first of the rules that a finding or a question names; null when there is none.</summary>
    /// <param name="ids">Separated by blanks.</param>
    public Rule? First(string ids) =>
        Find(ids.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? ids[..end] : ids);

    /// <summary>Upper case, and a number without its leading zeros.</summary>
    static string Folded(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? id.ToUpperInvariant()
            : string.Concat(id[..(dash + 1)], id[(dash + 1)..].TrimStart('0')).ToUpperInvariant();
    }

    void Read(string family, params string[] more)
    {
        var rows = ShippedRows.Open($"rules/{family}.tsv");
        int id = rows.Column("id"), line = rows.Column("line"), source = rows.Column("source"),
            section = rows.Column("section");
        int from = rows.Column("from"), thru = rows.Column("thru"), evidence = rows.Column("evidence");
        var columns = new int[more.Length];
        for (var i = 0; i < more.Length; i++) columns[i] = rows.Column(more[i]);
        while (rows.Next())
        {
            var added = new List<(string, string)>();
            for (var i = 0; i < columns.Length; i++)
                if (!rows[columns[i]].IsEmpty) added.Add((more[i], new(rows[columns[i]])));
            var document = Documents.Find(new(rows[source])) ?? throw rows.Wrong(source, "is not a source");
            rules.Add(new(new(rows[id]), new(rows[line]), document, new(rows[section]), rows.Dates(from, thru),
                new(rows[evidence]), added));
        }
    }
}
