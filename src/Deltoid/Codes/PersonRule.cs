using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>What a rule on persons is about.</summary>
internal enum PersonRuleKind : byte { Diagnosis, Drug, Code }

/// <summary>Whom a diagnosis, a drug or a code is for: one sex, or ages in whole years.</summary>
/// <param name="What">Prefixes and ranges of categories or codes; of a drug its names, with | between.</param>
internal sealed record PersonRule(PersonRuleKind Kind, string What, Sex Sex, int AgeFrom, int AgeThru, byte Source)
{
    /// <summary>An age that nobody reaches: the rule has no upper one.</summary>
    public const int Oldest = 150;

    public bool HasAges => AgeFrom > 0 || AgeThru < Oldest;

    public bool IsFor(int age) => age >= AgeFrom && age <= AgeThru;

    /// <summary>Whether the rule names the code, by a prefix or in a range.</summary>
    public bool Names(Code code)
    {
        var text = code.ToString();
        foreach (var part in What.AsSpan().Split(' '))
        {
            var word = What.AsSpan()[part];
            var dash = word.IndexOf('-');
            if (dash < 0)
            {
                if (text.AsSpan().StartsWith(word)) return true;
                continue;
            }
            var start = text.AsSpan(0, Math.Min(text.Length, dash));
            if (start.SequenceCompareTo(word[..dash]) >= 0 && start.SequenceCompareTo(word[(dash + 1)..]) <= 0)
                return true;
        }
        return false;
    }

    /// <summary>Whether the rule names the drug.</summary>
    public bool NamesDrug(string name)
    {
        foreach (var part in What.AsSpan().Split('|'))
            if (What.AsSpan()[part].SequenceEqual(name)) return true;
        return false;
    }
}
