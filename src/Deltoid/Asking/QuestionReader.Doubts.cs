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
        if (asked.Minutes is null) Each(UnreadTime(), match => Doubt("minutes", match.Value));
        foreach (Match match in Whereto().Matches(asked.Text)) ReadWhereto(match.Groups["word"].Value);
        foreach (Match match in BesideDrug().Matches(asked.Text)) ReadOtherDrug(match.Groups["word"].Value);
    }

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

    void ReadOtherDrug(string word)
    {
        if (word.Length >= ShortestDrug && !IsUnderstood(word) && !Verb().IsMatch(word)
            && !PlaceWords.IsPlace(asked, word)) Doubt("drug", word);
    }

    bool IsUnderstood(string word) => RuleSearch.Shipped.Knows(word) || PlaceWords.IsKnown(asked, word)
        || DrugNames.Of(asked.Book).Knows(word);

    /// <summary>A time whose number was not read, or two of the clock.</summary>
    [GeneratedRegex(@"(?<!(?:every|each|within|last|next|past|after|before) (?:\d+ )?)(?<![\w-])(?:\d[\d.:]*|few|several|some|couple|couple of|"
        + @"half|quarter)\s*-?\s*(?:more )?(?:h|hr|hrs|hours?|min|mins|minutes?|horas?|minutos?)\b(?!\s*(?:later|apart|ago|between|after|before))|\b\d{1,2}:\d{2}\b", Any)]
    private static partial Regex UnreadTime();

    /// <summary>Where or by what it went in.</summary>
    [GeneratedRegex(@"\b(?:in|into|through|thru|via|inside|en)(?: (?:the|a|an|his|her|their|my|our|left|right|both|each|patient s|pt s|la|el)){0,3} "
        + @"(?<word>[a-z]{3,})\b")]
    private static partial Regex Whereto();

    /// <summary>A word where another drug would stand: after "and", or before an amount.</summary>
    [GeneratedRegex(@"\b(?:and|with|plus|then|also|y|con) (?<word>[a-z]+)\b|\b(?<word>[a-z]+) \d[\d.]* ?(?:mg|mcg|units?|g|gm|gram|grams|ml|cc|meq)\b"
        + @"|\b(?<word>[a-z]+) (?:nebs?|iv|ivp|ivpb|im|sc|sq|subq|po|odt|inhaler|tablets?|cream|drip|infusion|push)\b"
        + @"|\b(?<word>[a-z]{3,}(?:mab|cept|cillin|mycin|micin|azole|oxacin|setron|caine|sone|tide|parin|grastim|vir|barbital|azepam))\b")]
    private static partial Regex BesideDrug();

    /// <summary>A word for what happened names no drug.</summary>
    [GeneratedRegex("(?:ed|ing|ly|tion|ment|ness|er)$")]
    private static partial Regex Verb();
}
