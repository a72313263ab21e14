using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// When a row of <c>causes.tsv</c> holds: terms that must all be so, in alternatives of which one must be. A term is a
/// fact of the record (<c>notice-on-file[kind=abn beforeService=true]</c>), which is not so where it is known not to
/// be, and unknown where nobody says; or a question that <see cref="Questions"/> can answer (<c>payer:medicare</c>). A
/// mark before it (<c>!</c>) asks for the opposite; what is unknown stays unknown. A <c>?</c> before all
/// (<c>?!note-signed</c>) asks whether it is stated: what nobody says counts as no, and is not asked for;
/// <c>!?</c> is the opposite of that.
/// </summary>
internal sealed class Condition
{
    abstract record Term(bool IsNot)
    {
        /// <summary>What nobody says counts as no.</summary>
        public bool IsStated { get; init; }

        /// <summary>The opposite of what is stated.</summary>
        public bool IsOpposite { get; init; }

        public Truth In(Situation at, List<string> unknown)
        {
            var before = unknown.Count;
            var truth = Ask(at, unknown);
            if (IsNot) truth = truth.Not();
            if (IsStated && truth == Truth.Unknown)
            {
                unknown.RemoveRange(before, unknown.Count - before);
                truth = Truth.No;
            }
            return IsOpposite ? truth.Not() : truth;
        }

        protected abstract Truth Ask(Situation at, List<string> unknown);

        /// <summary>The facts that it may rest on.</summary>
        public abstract IEnumerable<string> Names { get; }
    }

    sealed record Question(bool IsNot, Questions.Row Row, string[] Args) : Term(IsNot)
    {
        protected override Truth Ask(Situation at, List<string> unknown)
        {
            var truth = Row.Answer(at, Args);
            if (truth == Truth.Unknown && Row.Needs.Length > 0) unknown.Add(Row.Needs);
            return truth;
        }

        public override IEnumerable<string> Names => Row.Name == "known" ? Args : [Row.Needs, .. Row.Reads];
    }

    sealed record Fact(bool IsNot, FactKind Kind, (FactField Field, string[] Values)[] Asked) : Term(IsNot)
    {
        protected override Truth Ask(Situation at, List<string> unknown)
        {
            var truth = Facts.Ask(at, Kind, Asked);
            if (truth == Truth.Unknown) unknown.Add(Kind.Name);
            return truth;
        }

        public override IEnumerable<string> Names => [Kind.Name];
    }

    readonly Term[][] alternatives;

    Condition(Term[][] alternatives)
    {
        this.alternatives = alternatives;
        Names = [.. alternatives.SelectMany(static terms => terms).SelectMany(static t => t.Names)
            .Where(static n => n.Length > 0).Distinct()];
    }

    /// <summary>The facts that it names.</summary>
    public string[] Names { get; }

    /// <summary>It holds always.</summary>
    public bool IsEmpty => alternatives.Length == 0;

    /// <summary>Whether it holds.</summary>
    /// <param name="unknown">Gets the names of the facts that would decide it.</param>
    public Truth In(Situation at, List<string> unknown)
    {
        if (IsEmpty) return Truth.Yes;
        var whole = Truth.No;
        foreach (var terms in alternatives)
        {
            var (all, before) = (Truth.Yes, unknown.Count);
            foreach (var term in terms)
            {
                all = all.And(term.In(at, unknown));
                if (all == Truth.No) break;
            }
            if (all != Truth.Unknown) unknown.RemoveRange(before, unknown.Count - before); // they would change nothing
            whole = whole.Or(all);
            if (whole == Truth.Yes) return whole;
        }
        return whole;
    }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FormatException">It does not read: the message says which word of it.</exception>
    public static Condition Parse(ReadOnlySpan<char> text)
    {
        var alternatives = new List<Term[]>();
        var terms = new List<Term>();
        var rest = text.Trim();
        while (!rest.IsEmpty)
        {
            var word = Cut(ref rest);
            if (word is "or")
            {
                alternatives.Add([.. terms]);
                terms.Clear();
            }
            else terms.Add(TermOf(word));
        }
        if (terms.Count > 0) alternatives.Add([.. terms]);
        return new([.. alternatives]);
    }

    /// <summary>The next word, brackets and what is in them included.</summary>
    static string Cut(ref ReadOnlySpan<char> rest)
    {
        var (depth, end) = (0, 0);
        for (; end < rest.Length && (depth > 0 || rest[end] != ' '); end++)
            depth += rest[end] switch { '[' => 1, ']' => -1, _ => 0 };
        var word = rest[..end].ToString();
        rest = rest[end..].TrimStart();
        return word;
    }

    static Term TermOf(string word)
    {
        if (word.StartsWith("!?", StringComparison.Ordinal)) return TermOf(word[1..]) with { IsOpposite = true };
        if (word.StartsWith('?')) return TermOf(word[1..]) with { IsStated = true };
        var isNot = word.StartsWith('!');
        var text = isNot ? word[1..] : word;
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? text : text[..bracket];
        if (FactKinds.Shipped.Find(name) is { } kind)
            return new Fact(isNot, kind, bracket < 0 ? [] : AskedOf(kind, text[(bracket + 1)..].TrimEnd(']')));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (question, args) = colon < 0 ? (text, []) : (text[..colon], text[(colon + 1)..].Split(','));
        return Questions.Find(question) is { } found
            ? new Question(isNot, found, args)
            : throw new FormatException($"'{name}' is neither a fact of the record nor a question");
    }

    static (FactField, string[])[] AskedOf(FactKind kind, string text)
    {
        var asked = new List<(FactField, string[])>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            var field = cut < 1 ? null : kind.Field(part[..cut]);
            if (field is null) throw new FormatException($"{kind.Name} has no field in '{part}'");
            var values = part[(cut + 1)..].Split('|');
            if (field.Words.Length > 0 && values.FirstOrDefault(v => Array.IndexOf(field.Words, v) < 0) is { } wrong)
                throw new FormatException($"'{wrong}' is no {field.Name} of {kind.Name}");
            asked.Add((field, values));
        }
        return [.. asked];
    }
}
