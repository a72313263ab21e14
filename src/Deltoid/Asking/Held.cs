using System.Text.RegularExpressions;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// Holds a text to facts: they must have every code, number, price and date in it. An answer that does not hold is not
/// given, nor is the wording of a model.
/// </summary>
internal static class Held
{
    /// <summary>The first of the text's codes and numbers that no fact has; empty when all stand.</summary>
    public static string FirstLoose(string text, IEnumerable<Stated> facts)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var fact in facts)
        {
            Add(fact.Of, known);
            Add(fact.What, known);
            Add(fact.Value, known);
            Add(fact.From, known);
        }
        foreach (Match match in Token.Matches(text))
            if (!known.Contains(Plain(match.Value))) return match.Value;
        return "";
    }

    static void Add(string text, HashSet<string> known)
    {
        foreach (Match match in Token.Matches(text)) known.Add(Plain(match.Value));
    }

    static string Plain(string token) => token.Replace(",", "", StringComparison.Ordinal).TrimEnd('.');

    /// <summary>
    /// Words with a digit (J2357, M75.1, 17.44, 2026-03-02, 1,000) and modifiers of two capital letters that decide
    /// payment.
    /// </summary>
    static readonly Regex Token = new(@"\b(?=[A-Za-z]*\d)[A-Za-z0-9]+(?:[.,-](?=\w)[A-Za-z0-9]+)*|\b(?:J[WZABG]|TB|X[EPSU]|G[AXYZ]|KX)\b");
}
