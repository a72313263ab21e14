using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>What a modifier says, on which lines, what must be charted for it, and what it never does.</summary>
/// <param name="Rules">Ids of the rules on it, separated by blanks.</param>
internal sealed record ModifierUse(string Modifier, string Says, string On, string Chart, string Never, string Rules);

/// <summary>What a place of service means for an injection.</summary>
internal sealed record PlaceUse(string Place, string Says, string Rules);

/// <summary>
/// How modifiers, places of service and classes of drugs are used, as rows of this folder. Immutable; one is shared.
/// </summary>
internal sealed class Uses
{
    static readonly Lazy<Uses> shipped = new(static () => new());

    readonly Dictionary<string, ModifierUse> modifiers = [];
    readonly Dictionary<string, PlaceUse> places = [];
    readonly Dictionary<string, string> classes = [];

    Uses()
    {
        var rows = ShippedRows.Open("rules/modifiers.tsv");
        int modifier = rows.Column("modifier"), says = rows.Column("says"), on = rows.Column("on"),
            chart = rows.Column("chart"), never = rows.Column("never"), rules = rows.Column("rules");
        while (rows.Next())
            modifiers.Add(new(rows[modifier]),
                new(new(rows[modifier]), new(rows[says]), new(rows[on]), new(rows[chart]), new(rows[never]),
                    new(rows[rules])));
        rows = ShippedRows.Open("rules/places.tsv");
        (var place, says, rules) = (rows.Column("place"), rows.Column("says"), rows.Column("rules"));
        while (rows.Next()) places.Add(new(rows[place]), new(new(rows[place]), new(rows[says]), new(rows[rules])));
        rows = ShippedRows.Open("rules/classes.tsv");
        (var name, rules) = (rows.Column("class"), rows.Column("rule"));
        while (rows.Next()) classes.Add(Folded(new(rows[name])), new(rows[rules]));
    }

    public static Uses Shipped => shipped.Value;

    public IEnumerable<ModifierUse> Modifiers => modifiers.Values;

    public IEnumerable<PlaceUse> Places => places.Values;

    /// <summary>Null when it has no row here.</summary>
    public ModifierUse? Modifier(string code) => modifiers.GetValueOrDefault(code.ToUpperInvariant());

    /// <summary>
    /// The id of the rule that decides how drugs of a class are given; empty when it has no row here.
    /// </summary>
    public string RuleOf(DrugClass drugClass) => classes.GetValueOrDefault(Folded(drugClass.ToString())) ?? "";

    /// <summary>
    /// As the enumeration writes it, in lower case: <c>hormonal-antineoplastic</c> is hormonalantineoplastic.
    /// </summary>
    static string Folded(string name) => name.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Null when it has no row here.</summary>
    public PlaceUse? Place(string code) => places.GetValueOrDefault(code);
}
