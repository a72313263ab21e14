using System.Runtime.CompilerServices;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// The names of a book's drugs as a question may have them: those of the note reader's lexicon, the first word of a
/// name
/// that only one drug has, and names with a slip, which in a question stand without an amount. Made once for a book.
/// </summary>
internal sealed class DrugNames
{
    const int ShortestMended = 5, LongName = 8;

    static readonly ConditionalWeakTable<CodeBook, DrugNames> ofBook = [];

    /// <summary>Parts of names that say nothing by themselves.</summary>
    static readonly HashSet<string> General = new(StringComparer.Ordinal)
    {
        "injection", "vaccine", "globulin", "immune", "human", "sodium", "acid", "extended", "release", "depot", "long",
        "acting", "acetate", "succinate", "phosphate", "recombinant", "pegylated", "liposomal", "blood", "water",
        "vitamin", "high", "dose", "live", "serum", "factor", "iron", "normal", "saline", "insulin", "penicillin",
        "test", "skin", "shot", "slang", "infant", "child", "pediatric", "adult", "care", "first", "care", "auto",
        "single", "plus", "free", "inject", "antibody", "monoclonal", "contrast", "extract", "combination", "combo",
        "hormone", "estrogen", "toxin", "botulinum", "hepatitis", "concentrate", "solution", "powder", "patient",
        "office", "biosimilar", "medicare", "other", "implant", "pellet", "intrauterine", "system", "topical", "oral",
        "nasal", "lipid", "protein", "complex", "liver", "kidney", "heart", "cells", "plasma", "platelets", "starter",
    };

    readonly Dictionary<string, int> names = [], firsts = [];
    readonly HashSet<string> words = new(StringComparer.Ordinal);
    readonly List<string> singles = [];

    DrugNames(CodeBook book)
    {
        foreach (var (name, index) in book.DrugTables.Value.Names)
        {
            var said = FindWords.Joined(name);
            names.TryAdd(said, index);
            foreach (var word in said.Split(' ')) words.Add(word);
        }
        Lexicon = new(book);
        AddBeginnings();
        foreach (var name in names.Keys)
            if (name.Length >= ShortestMended && !name.Contains(' ', StringComparison.Ordinal)) singles.Add(name);
    }

    /// <summary>Names, slang and usual misspellings, as notes have them.</summary>
    public Notes.DrugWords Lexicon { get; }

    public static DrugNames Of(CodeBook book) => ofBook.GetValue(book, static each => new(each));

    /// <summary>The first word of a name of several, where only one drug has it.</summary>
    void AddBeginnings()
    {
        foreach (var (name, index) in names)
            if (name.Split(' ') is [{ Length: >= ShortestMended } first, _, ..] && !General.Contains(first))
                firsts[first] = firsts.TryGetValue(first, out var other) && other != index ? -1 : index;
    }

    /// <summary>Whether a word is a whole name, such as a brand.</summary>
    public bool Names(string word) => names.ContainsKey(word);

    public bool Knows(string word) => words.Contains(word);

    /// <summary>The drug that a word is the only beginning of; -1 where it is none's or several's.</summary>
    public int Beginning(string word) => firsts.GetValueOrDefault(word, -1);

    /// <summary>The drug of a name.</summary>
    public int IndexOf(string name) => names[name];

    /// <summary>The first name that the letters begin, where all that they begin are of one drug; else empty.</summary>
    public string Begun(string letters)
    {
        if (letters.Length < ShortestMended || !letters.All(char.IsAsciiLetterLower)) return "";
        var only = "";
        foreach (var name in singles)
        {
            if (!name.StartsWith(letters, StringComparison.Ordinal)) continue;
            if (only.Length > 0 && names[name] != names[only]) return "";
            if (only.Length == 0 || name.Length < only.Length) only = name;
        }
        return only;
    }

    /// <summary>The name of two words whose second has a slip, "depo testostrone"; empty where there is none.</summary>
    public string Longer(string first, string second)
    {
        if (second.Length < ShortestMended || words.Contains(second) || !second.All(char.IsAsciiLetterLower)) return "";
        var most = second.Length < LongName ? 1 : 2;
        foreach (var name in names.Keys)
            if (name.StartsWith(first + " ", StringComparison.Ordinal) && name[(first.Length + 1)..] is var other
                && Nearest.Distance(second, other) <= most) return name;
        return "";
    }

    /// <summary>The name that is a slip or two away; empty where none or those of several drugs are.</summary>
    public string Near(string word)
    {
        if (word.Length < ShortestMended || words.Contains(word) || !word.All(char.IsAsciiLetterLower)) return "";
        var (best, least, isOne) = ("", word.Length < LongName ? 2 : 3, true);
        foreach (var name in singles)
        {
            if (name[0] != word[0]) continue;
            var distance = Nearest.Distance(word, name);
            if (distance > least || (distance == least && best.Length == 0)) continue;
            if (distance < least) (best, least, isOne) = (name, distance, true);
            else isOne &= names[name] == names[best];
        }
        return isOne ? best : "";
    }
}
