using Deltoid.Codes;

namespace Deltoid.Notes;

/// <summary>What the note leaves open and coding will need.</summary>
internal static class NoteQuestions
{
    const int MostCandidates = 5;

    public static void Add(NoteReading reading, List<GivenDrug> given, Lexicon lexicon)
    {
        Diagnosis(reading, given, lexicon);
        for (var i = 0; i < given.Count; i++)
        {
            var path = $"/administrations/{i}";
            if (given[i].IsNotGiven) continue;
            Missing(reading, given[i], path, "route", "which administration code");
            Missing(reading, given[i], path, "dose", "how many units");
            if (given[i].Drug.Drug?.Vaccine is null)
                Missing(reading, given[i], path, "container", "JW, JZ or none");
        }
    }

    /// <summary>A reason in words, and no code: codes that its words name are proposed, and none is chosen.</summary>
    static void Diagnosis(NoteReading reading, List<GivenDrug> given, Lexicon lexicon)
    {
        if (reading.Facts.Exists(static f => f.Path.StartsWith("/diagnoses/", StringComparison.Ordinal))) return;
        foreach (var drug in given)
        {
            if (drug.Facts.Find(static f => f.Path == "indication") is not { } reason) continue;
            string[] codes = !IsInWords(reason.Written, lexicon) ? [] :
            [
                .. lexicon.Book.Search.Find(reason.Written, lexicon.Book.Release, 30)
                    .Where(static h => h.Kind == FindKind.Diagnosis && h.IsInForce && !h.IsHeader).Take(MostCandidates)
                    .Select(static h => h.Code.ToDiagnosis()),
            ];
            reading.Questions.Add(new("diagnosis", "/diagnoses/0", "whether the drug is covered", codes,
                [reading.Quote(reason)]));
            return;
        }
    }

    /// <summary>
    /// A reason of our own words, in full: short forms name too many things, and words that no list has take long to
    /// look for.
    /// </summary>
    static bool IsInWords(string reason, Lexicon lexicon)
    {
        if (reason.Length < 4 || reason.Contains('/', StringComparison.Ordinal)) return false;
        for (var sense = lexicon.Words.Of(NoteText.PhraseOf(reason)); sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Reason) return true;
        return false;
    }

    static void Missing(NoteReading reading, GivenDrug given, string path, string fact, string decides)
    {
        if (given.Has(fact) || reading.Questions.Exists(q => q.Path == $"{path}/{fact}")) return;
        reading.Questions.Add(new(fact, $"{path}/{fact}", decides, [], []));
    }
}
