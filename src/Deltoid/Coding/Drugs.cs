using Deltoid.Codes;

namespace Deltoid.Coding;

/// <summary>
/// Drugs as rows name them: by generic name, <c>group:…</c>, <c>class:…</c>, or <c>code:…</c> with ranges.
/// </summary>
internal static class Drugs
{
    /// <summary>Whether the drug is one of the list; every drug is one of an empty list.</summary>
    public static bool IsOf(Given given, string[] list)
    {
        if (list.Length == 0) return true;
        var name = DrugName.Fold(given.Charted.Drug);
        foreach (var item in list)
            if (IsOf(given, item, name)) return true;
        return false;
    }

    static bool IsOf(Given given, string item, string name)
    {
        var colon = item.IndexOf(':');
        if (colon < 0) return given.Drug is { } known ? known.Name == item : Phrase.Match(name, item) > 0;
        var value = item.AsSpan(colon + 1);
        return item.AsSpan(0, colon) switch
        {
            "group" => given.Drug is { } drug && value.SequenceEqual(drug.Group),
            "class" => value.Equals(given.Class.ToString(), StringComparison.OrdinalIgnoreCase),
            // a charted code counts too where the book does not hold it: what kind of drug it is, its number says
            "code" => Phrase.Covers(value, given.Hcpcs.IsNone ? given.Charted.Hcpcs : given.Hcpcs),
            _ => false,
        };
    }
}
