namespace Deltoid.Remits;

/// <summary>What is said in two ways is asked, where the answer turns on it.</summary>
internal sealed partial class Resolver
{
    /// <summary>
    /// A contradiction that decides something: the chart counts for more than the record, of two facts of the record
    /// neither counts, and either way someone has to say which one holds.
    /// </summary>
    static Resolution Resolve(Situation at, List<Contradiction> contradictions)
    {
        var open = new List<(Contradiction Of, Resolution One, Resolution Other)>();
        foreach (var pair in contradictions)
        {
            var (one, other) = (Resolve(at.Without(pair.Other)), Resolve(at.Without(pair.One)));
            if (!Decides(at, pair, one, other)) continue;
            open.Add((pair, one, other));
            at = pair.IsSettled ? at.Without(pair.Other) : at.Without(pair.One, pair.Other);
        }
        var resolution = Resolve(at);
        foreach (var (pair, one, other) in open) Ask(resolution, pair, one, other);
        return resolution;
    }

    /// <summary>Each side alone comes to another answer; of what the chart measures, whether it is asked at
    /// all.</summary>
    static bool Decides(Situation at, Contradiction pair, Resolution one, Resolution other) =>
        one.Cause != other.Cause || one.Step != other.Step || one.PatientOwes != other.PatientOwes
        || !one.Changes.SequenceEqual(other.Changes)
        || (one.Step == NextStep.BillOtherPayer && pair.Kind.Name == "other-coverage")
        || (!at.Facts.Contains(pair.One) && one.Cause?.When.Names.Contains(pair.Kind.Name) == true);

    static void Ask(Resolution resolution, Contradiction pair, Resolution one, Resolution other)
    {
        foreach (var fact in (ReadOnlySpan<RecordFact>)[pair.One, pair.Other])
            Add(resolution, new(fact.Kind.Name, fact.At, SaysOf(fact)));
        resolution.Questions.RemoveAll(q => q.Fact == pair.Kind.Name);
        resolution.Questions.Add(new(pair.Kind.Name, FieldsOf(pair.Kind.Name), one.Step == other.Step
            ? "which of two statements holds"
            : $"{Steps.Words[one.Step]} or {Steps.Words[other.Step]}: which of two statements holds"));
        resolution.Confidence = resolution.Questions.Count > 2 || resolution.Confidence == Confidence.Low
            ? Confidence.Low
            : Confidence.Medium;
    }
}
