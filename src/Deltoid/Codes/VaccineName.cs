using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// What follows the name of a vaccine may make it another one: "DTaP" is a product, "DTaP-Hib" and "typhoid, oral" are
/// others than their first word.
/// </summary>
static class VaccineName
{
    /// <summary>Words of other components, strengths, routes and kinds.</summary>
    static readonly HashSet<string> Turning =
    [
        "hep", "hepa", "hepb", "hepatitis", "hib", "haemophilus", "ipv", "opv", "polio", "poliovirus", "zoster",
        "typhoid", "tt", "bivalent", "tetravalent", "quadrivalent", "oral", "nasal", "intranasal", "intradermal",
        "parenteral", "live", "unspecified", "historical", "immune", "globulin", "ig", "mab", "antitoxin",
    ];

    static readonly HashSet<string> Young = ["pediatric", "peds", "ped", "adolescent"];

    /// <summary>
    /// Whether the words after the name of a product are of another one: a word of <see cref="Turning"/> that is not
    /// the product's own (Pentacel may be followed by its components), or the name of another product.
    /// </summary>
    public static bool IsOther(CodeBook book, Drug drug, ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || drug.Vaccine is not { Code.IsNone: false }) return false;
        var words = new string(rest).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var own = OwnWords(drug);
        for (var i = 0; i < words.Length; i++)
        {
            if (own.Contains(words[i])) continue;
            if (Turning.Contains(words[i]) || (Young.Contains(words[i]) && own.Contains("adult"))) return true;
            if (words[i] == "non" && i + 1 < words.Length && words[i + 1] == "us") return true;
            if (book.DrugTables.Value.Names.TryGetValue(words[i], out var index) && index != drug.Index
                && book.Drugs[index].Vaccine is { Code.IsNone: false })
                return true;
        }
        return false;
    }

    static HashSet<string> OwnWords(Drug drug)
    {
        var own = new HashSet<string> { drug.Vaccine!.Route };
        if (drug.Vaccine.Route == "nasal") own.Add("intranasal");
        own.UnionWith(DrugName.Fold(drug.Name).Split(' '));
        foreach (var name in drug.Slang) own.UnionWith(DrugName.Fold(name).Split(' '));
        return own;
    }
}
