using System.Text.Json;

namespace Deltoid.Notes;

/// <summary>What a note says: facts with their words, questions, and what was set aside.</summary>
internal sealed class NoteReading(string text)
{
    public string Text { get; } = text;

    /// <summary>Facts with their whole paths, in the order of the encounter.</summary>
    public List<NotedFact> Facts { get; } = [];

    public List<NoteQuestion> Questions { get; } = [];

    public List<IgnoredWords> Ignored { get; } = [];

    /// <summary>Each drug that was refused or held, and not given after all.</summary>
    public List<RefusedShot> Refused { get; } = [];

    internal void Add(List<GivenDrug> given)
    {
        for (var i = 0; i < given.Count; i++)
            foreach (var fact in given[i].Facts) Facts.Add(fact with { Path = $"/administrations/{i}/{fact.Path}" });
    }

    public string Quote(NotedFact fact) => Text[fact.Start..fact.End];
}
