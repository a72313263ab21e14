using System.Text.RegularExpressions;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// What was not understood in the parts of a question that decide the code for giving a drug: a time, a way or place
/// of giving, another drug. Such a code is not stated while a doubt stands.
/// </summary>
internal sealed partial class QuestionReader
{
    /// <summary>Shorter words are no names of drugs.</summary>
    const int ShortestDrug = 5;

    void ReadDoubts()
    {
        if (asked.Has("other-way") && asked.Routes.Count == 0) asked.Doubts.Add(("route", WordsOf("other-way")));
        if (asked.Minutes is null) Each(Pattern("(unread-time)"), match => Doubt("minutes", match.Value));
        foreach (Match match in Pattern("(unread-place)").Matches(asked.Text)) ReadWhereto(match.Groups["word"].Value);
        foreach (Match match in Pattern("(unread-drug)").Matches(asked.Text)) ReadOtherDrug(match.Groups["word"].Value);
    }

    static Regex Pattern(string name) => Lexicon.Shipped.Pattern(name);

    /// <summary>The word of a feature.</summary>
    string WordsOf(string feature) =>
        Array.Find(asked.Text.Split(' '), word => Lexicon.Shipped.Says(feature, word)) ?? feature;

    bool Doubt(string fact, string words)
    {
        if (!asked.Doubts.Contains((fact, words))) asked.Doubts.Add((fact, words));
        return false;
    }

    void ReadWhereto(string word)
    {
        if (!IsUnderstood(word) && !PlaceWords.IsPlace(asked, word)) Doubt("route", word);
    }

    /// <summary>"1 gramo im": a unit names no drug.</summary>
    void ReadOtherDrug(string word)
    {
        if (word.Length >= ShortestDrug && !Pattern("(unit)").IsMatch(word) && !IsUnderstood(word) && !Pattern("(verb-ending)").IsMatch(word)
            && !PlaceWords.IsPlace(asked, word)) Doubt("drug", word);
    }

    bool IsUnderstood(string word) => RuleSearch.Shipped.Knows(word) || PlaceWords.IsKnown(asked, word)
        || DrugNames.Of(asked.Book).Knows(word);
}
