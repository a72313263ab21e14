using System.Globalization;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Two statements of which only one can be so.</summary>
/// <param name="Other">The one that gives way: where chart and record contradict each other, the record's.</param>
internal sealed record Contradiction(RecordFact One, RecordFact Other)
{
    /// <summary>The chart counts for more; of two facts of the record neither does.</summary>
    public bool IsSettled => One.IsCharted;

    public FactKind Kind => One.Kind;
}

/// <summary>
/// Facts that contradict each other: one kind is said to be so and not so of the same thing, or a field that has one
/// value (column <c>one</c> of <c>facts.tsv</c>) is stated in two ways. Several facts of a kind are no contradiction by
/// themselves: a practice may hold two notices, and a drug may come from two vials.
/// </summary>
internal static class Contradictions
{
    public static List<Contradiction> Of(Situation at)
    {
        var (found, facts) = (new List<Contradiction>(), at.Facts);
        if (at.Of.Record.Count == 0) return found; // a chart does not contradict itself
        for (var i = 0; i < facts.Count; i++)
            for (var k = i + 1; k < facts.Count; k++)
                if (facts[k].IsRecorded && facts[i].Kind == facts[k].Kind && AreOfOneLine(facts[i], facts[k])
                    && Contradict(facts[i], facts[k]))
                    found.Add(new(facts[i], facts[k])); // the chart's facts stand first
        if (at.Of.Encounter is not null) AddOfChart(at, found);
        return found;
    }

    static bool AreOfOneLine(RecordFact one, RecordFact other) =>
        one.Lines.Length == 0 || other.Lines.Length == 0 || Array.Exists(one.Lines, other.Covers);

    static bool Contradict(RecordFact one, RecordFact other) => (one.Is, other.Is) switch
    {
        (true, true) => DifferInOne(one, other),
        (true, false) => Denies(other, one),
        (false, true) => Denies(one, other),
        _ => false,
    };

    static bool DifferInOne(RecordFact one, RecordFact other)
    {
        if (one.Kind.Name == "other-coverage" && (one["order"]!.Text == "secondary" || !Overlap(one, other)))
            return false; // several payers may come after this one
        foreach (var field in one.Kind.Same)
            if (!Agree(one, other, field)) return false;
        foreach (var field in one.Kind.One)
            if (one.Values[field] is not null && other.Values[field] is not null && !Agree(one, other, field))
                return true;
        return false;
    }

    static bool Overlap(RecordFact one, RecordFact other) =>
        !(one["thru"]?.Day < other["from"]?.Day || other["thru"]?.Day < one["from"]?.Day);

    /// <summary>
    /// "Not so" of the same thing as what is so: lists (what is missing, what a note documents) do not say of what. A
    /// fact that only says that something does not hold (covers=false) does not contradict it.
    /// </summary>
    static bool Denies(RecordFact no, RecordFact yes)
    {
        for (var i = 0; i < no.Values.Length; i++)
        {
            if (no.Kind.Fields[i].Type is FactType.Texts or FactType.Words) continue;
            if (no.Values[i] is not null && yes.Values[i] is not null && !Agree(no, yes, i)) return false;
            if (yes.Kind.Fields[i] is { Type: FactType.Flag, IsRequired: true } && yes.Values[i]?.Text == "false")
                return false;
        }
        return true;
    }

    static bool Agree(RecordFact one, RecordFact other, int field)
    {
        if (one.Values[field] is not { } said || other.Values[field] is not { } also)
            return one.Values[field] is null && other.Values[field] is null;
        if (one.Kind.Fields[field].Type == FactType.Ndc)
            return said.Text.Replace("-", "", StringComparison.Ordinal)
                == also.Text.Replace("-", "", StringComparison.Ordinal);
        return said.All.Length == also.All.Length
            && Array.TrueForAll(said.All, s => also.All.Contains(s, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What the chart comes to, where the record counts or measures something else.</summary>
    static void AddOfChart(Situation at, List<Contradiction> found)
    {
        foreach (var fact in at.Facts)
        {
            if (!fact.Is || !fact.IsRecorded) continue;
            if (fact.Kind.Name == "administrations-charted" && fact["code"] is { } code
                && CodedCount(at, code.Text) is > 0 and var count && count != fact["count"]!.Number)
                found.Add(new(Charted(fact, "count", count.ToString(CultureInfo.InvariantCulture)), fact));
            if (fact.Kind.Name == "drug-given" && fact["amount"] is { } amount
                && OtherDose(at, fact, amount.Text) is { } dose)
                found.Add(new(Charted(fact, "amount", dose), fact));
        }
    }

    static decimal CodedCount(Situation at, string code)
    {
        var sum = 0m;
        foreach (ref readonly var line in at.Coded is { } claim ? claim.Lines : default)
            if (line.Code.ToString() == code) sum += line.Units.Value;
        return sum;
    }

    /// <summary>The one dose that the chart has of the drug, where it is not the record's; else null.</summary>
    static string? OtherDose(Situation at, RecordFact given, string text)
    {
        var charted = at.Of.Encounter!.Administrations.FindAll(a => a.Given != false && a.DoseCharted
            && string.Equals(a.Drug, given["name"]?.Text, StringComparison.OrdinalIgnoreCase));
        return charted is [var one] && Amount.TryParse(text, out var amount)
            && amount.IsComparableTo(one.Dose) && amount.Base != one.Dose.Base
            ? one.Dose.ToString()
            : null;
    }

    static RecordFact Charted(RecordFact like, string field, string text)
    {
        var values = new FactValue?[like.Values.Length];
        values[Array.FindIndex(like.Kind.Fields, f => f.Name == field)] = new(text);
        return new(like.Kind, true, like.Lines, values, "/encounter/administrations");
    }
}
