using Deltoid.Rules;

namespace Deltoid.Results;

/// <summary>Authorities as a person reads them in brackets: short, and never an id of ours.</summary>
static class Cites
{
    /// <summary>How the long names of manuals are said in short.</summary>
    static readonly (string Long, string Short)[] Manuals =
    [
        ("Pub. 100-02, ", "CMS benefit manual "),
        ("Pub. 100-03, ", "NCD "),
        ("Pub. 100-04, ", "CMS claims manual "),
        ("Pub. 100-08, ", "CMS integrity manual "),
        ("NCCI Policy Manual 2026, ", "NCCI manual "),
        ("Medicare physician fee schedule, ", "Medicare fee schedule, "),
    ];

    /// <summary>The authority of the first of these rules: <c>NCCI manual XI-B-8</c>.</summary>
    public static string OfRules(string ids) => RuleBook.Shipped.First(ids)?.Cited ?? ids;

    /// <summary>A citation in short, without its further documents: <c>CMS claims manual ch. 17 §40</c>.</summary>
    public static string Short(string citation)
    {
        var end = citation.IndexOf(';', StringComparison.Ordinal);
        var text = end < 0 ? citation : citation[..end];
        foreach (var (name, said) in Manuals) text = text.Replace(name, said, StringComparison.Ordinal);
        return text.Replace(", §", " §", StringComparison.Ordinal);
    }

    /// <summary>The address of the document that a citation begins with; null where none is known.</summary>
    public static string? Url(string citation) => Documents.CitedBy(citation)?.Url is { Length: > 0 } url ? url : null;
}
