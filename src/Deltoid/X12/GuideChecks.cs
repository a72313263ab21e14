using System.Text;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12;

/// <summary>
/// A row of a guide as it is checked: where it stands, what it asks, in which ways it can be broken and what shows
/// that.
/// </summary>
/// <param name="Id">As findings name it: <c>X12P0103</c>.</param>
/// <param name="Where">Loop, segment, element: <c>2010AA REF(EI)02</c>.</param>
/// <param name="Use">R required, S situational, and how often: <c>R 1</c>; <c>&gt;</c> without end.</param>
/// <param name="Holds">Of an element: data element, type, lengths, values or form.</param>
/// <param name="Label">What it is, in few words.</param>
/// <param name="Faults">The ways in which it can be broken; the words and the id name a sample.</param>
/// <param name="Situation">Of a situational row: the rules that ask for it, or why the situation cannot be known from
/// the set; empty when neither is stated.</param>
internal sealed record GuideCheck(string Id, string Where, string Use, string Holds, string Label,
    IReadOnlyList<(string Words, FindingInfo Info)> Faults, string Situation);

/// <summary>The list of all that is checked of a guide, row by row and rule by rule, from its tables.</summary>
internal static class GuideChecks
{
    /// <summary>All guides, that of the envelope last.</summary>
    public static IEnumerable<Guide> Guides =>
        [.. TransactionSets.All.Select(static set => set.Guide), GuideLibrary.Envelope];

    /// <summary>The row or rule with this id (<c>X12P0103</c>), or null.</summary>
    public static GuideCheck? Find(string id)
    {
        if (id.Length != 8 || !id.StartsWith("X12", StringComparison.OrdinalIgnoreCase)
            || TransactionSets.Lettered(char.ToUpperInvariant(id[3])) is not { } guide)
            return null;
        return Rows(guide).Concat(Rules(guide))
            .FirstOrDefault(r => r.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Rules of the guides that are not checked: sets, rule, and why.</summary>
    public static Values.Rows NotChecked() => new("not-checked.tsv", GuideLibrary.TextOf("not-checked"));

    /// <summary>Every loop, segment, element and component of the guide in the order of its table.</summary>
    public static IReadOnlyList<GuideCheck> Rows(Guide guide) => new Lister(guide).Rows();

    /// <summary>Its situational rules.</summary>
    public static IReadOnlyList<GuideCheck> Rules(Guide guide) => new Lister(guide).Rules();

    sealed class Lister(Guide guide)
    {
        readonly ILookup<ushort, GuideFault> faults = GuideFaults.Of(guide).ToLookup(static f => f.Row);
        readonly Dictionary<int, string> outside = Outside(guide);
        readonly List<(SituationalRule Rule, int Loop)> rules = GuideFaults.RulesOf(guide);
        readonly List<(ushort Row, List<RuleTarget> Demands)> demands = GuideFaults.RulesOf(guide)
            .ConvertAll(r => (r.Rule.Row, GuideFaults.DemandsOf(guide, r.Rule, r.Loop)));

        public List<GuideCheck> Rows()
        {
            var rows = new List<GuideCheck>();
            for (var loop = 0; loop < guide.Loops.Length; loop++)
            {
                rows.Add(OfLoop(guide.Loops[loop]));
                foreach (var segment in guide.Segments)
                    if (segment.Loop == loop) AddSegment(rows, segment);
            }
            return rows;
        }

        public List<GuideCheck> Rules() =>
            rules.ConvertAll(r => new GuideCheck(guide.RowId(r.Rule.Row), guide.Loops[r.Loop].Name, "", r.Rule.Text,
                r.Rule.Label, FaultsOf(r.Rule.Row), ""));

        List<(string, FindingInfo)> FaultsOf(ushort row) => [.. faults[row].Select(static f => (f.Words, f.Info))];

        static string Often(bool isRequired,
            int max) => $"{(isRequired ? "R" : "S")} {(max == GuideTable.Endless ? ">" : max)}";

        GuideCheck OfLoop(LoopRow loop)
        {
            var parents = string.Join(", ", loop.Parents.Select(p => guide.Loops[p].Name));
            var situation = loop.Required ? "" : Situation(loop.Row, t => t.Loop >= 0 && guide.Loops[t.Loop] == loop);
            return new(guide.RowId(loop.Row), $"loop {loop.Name}{(parents.Length > 0 ? " in " + parents : "")}",
                Often(loop.Required, loop.Max), "", loop.Label, FaultsOf(loop.Row), situation);
        }

        void AddSegment(List<GuideCheck> rows, SegmentRow segment)
        {
            var situation = segment.Required
                ? ""
                : Situation(segment.Row, t => t.Segment == segment.Index && t.Element == 0);
            rows.Add(new(guide.RowId(segment.Row), NameOf(segment), Often(segment.Required, segment.Max), "",
                segment.Label, FaultsOf(segment.Row), situation));
            for (var element = 1; element <= segment.Elements; element++)
            {
                var spec = guide.Specs[segment.FirstSpec + element - 1];
                if (spec.Use == Use.NotUsed || rows.Exists(r => r.Id == guide.RowId(spec.Row))) continue;
                var thru = element;
                while (thru < segment.Elements && guide.Specs[segment.FirstSpec + thru].Row == spec.Row) thru++;
                var name = thru > element ? $"{element:00}..{thru:00}" : $"{element:00}";
                rows.Add(OfElement(segment, element, 0, spec, name));
                for (var component = 1; component <= spec.Components; component++)
                    if (guide.Specs[spec.FirstComponent + component - 1] is { Use: not Use.NotUsed } part)
                        rows.Add(OfElement(segment, element, component, part, $"{name}-{component}"));
            }
        }

        string NameOf(SegmentRow segment)
        {
            var isOne = Array.TrueForAll(guide.Segments,
                s => s == segment || s.Loop != segment.Loop || s.Name != segment.Name);
            var keys = isOne ? [] : segment.Keys;
            return $"{guide.Loops[segment.Loop].Name} {segment.Name}{(keys.Length > 0 ? $"({Text(keys[0])})" : "")}";
        }

        GuideCheck OfElement(SegmentRow segment, int element, int component, ElementSpec spec, string name)
        {
            var situation = spec.Use == Use.Required
                ? ""
                : Situation(spec.Row, t => t.Segment == segment.Index && t.Element >= element
                    && guide.Specs[segment.FirstSpec + t.Element - 1].Row == guide.Specs[segment.FirstSpec
                        + element - 1].Row && t.Component == component);
            return new(guide.RowId(spec.Row), NameOf(segment) + name,
                (spec.Use == Use.Required ? "R" : "S") + (spec.Repeats > 1 ? $" {spec.Repeats}" : ""), HoldsOf(spec),
                guide.Labels[spec.Row], FaultsOf(spec.Row), situation);
        }

        string HoldsOf(ElementSpec spec)
        {
            if (spec.Components > 0) return $"composite of {spec.Components}";
            var type = spec.Type switch
            {
                ElementType.Text => "AN", ElementType.Id => "ID", ElementType.Whole => "N0",
                ElementType.Implied => "N2", ElementType.Number => "R", ElementType.Money => "R2",
                ElementType.Date => "DT", _ => "TM"
            };
            var form = spec.ByFormat ? " by the format before it"
                : spec.Outside is X12.Guides.Outside.None or X12.Guides.Outside.Any ? ""
                : " @" + spec.Outside.ToString().ToLowerInvariant();
            var range = spec.Range switch
            {
                NumberRange.Positive => " >0", NumberRange.NotNegative => " >=0", NumberRange.NotZero => " not 0",
                _ => ""
            };
            return $"{type} {spec.Least}–{spec.Greatest}{range}{form}"
                + $"{(spec.Codes >= 0 ? " " + string.Join(' ', guide.CodeSets[spec.Codes].Values.Select(Text)) : "")}";
        }

        static string Text(ulong packed)
        {
            var text = new StringBuilder();
            for (var shift = 56; shift >= 0 && (byte)(packed >> shift & 0xFF) is > 0 and var letter; shift -= 8)
                text.Append((char)letter);
            return text.Length == 8 ? text.Append('…').ToString() : text.ToString();
        }

        /// <summary>
        /// The rules that ask for a row, or that do not allow it; where there are none, why the situation cannot be
        /// known.
        /// </summary>
        string Situation(ushort row, Predicate<RuleTarget> isIt)
        {
            var asking = demands.FindAll(r => r.Demands.Exists(isIt))
                .ConvertAll(static r => r.Row.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var why = outside.GetValueOrDefault(row, "");
            return asking.Count > 0
                ? $"{guide.Letter}{string.Join(' ', asking)}" + (why.Length > 0 ? "; " + why : "")
                : why;
        }
    }

    /// <summary>Rows whose situation cannot be known from the set alone, and why: by number.</summary>
    static Dictionary<int, string> Outside(Guide guide)
    {
        var found = new Dictionary<int, string>();
        if (GuideLibrary.TextOf(guide.Name.ToLowerInvariant() + ".outside", "") is not { Length: > 0 } text) return found;
        for (var rows = new Values.Rows(guide.Name + ".outside.tsv", text); rows.Next();)
            found.Add(int.Parse(rows[0][1..], System.Globalization.CultureInfo.InvariantCulture), rows[1].ToString());
        return found;
    }
}
