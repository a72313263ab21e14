using Deltoid.Codes;

namespace Deltoid.Notes;

/// <summary>What the note leaves open and coding will need.</summary>
internal static class NoteQuestions
{
    public static void Add(NoteReading reading, List<GivenDrug> given, CodeBook book)
    {
        for (var i = 0; i < given.Count; i++)
        {
            var path = $"/administrations/{i}";
            if (given[i].IsNotGiven) continue;
            Missing(reading, given[i], path, "route", "which administration code");
            Missing(reading, given[i], path, "dose", "how many units");
            if (given[i].Drug.Drug?.Vaccine is null)
                Missing(reading, given[i], path, "container", "JW, JZ or none");
        }
        _ = book;
    }

    static void Missing(NoteReading reading, GivenDrug given, string path, string fact, string decides)
    {
        if (given.Has(fact) || reading.Questions.Exists(q => q.Path == $"{path}/{fact}")) return;
        reading.Questions.Add(new(fact, $"{path}/{fact}", decides, [], []));
    }
}
