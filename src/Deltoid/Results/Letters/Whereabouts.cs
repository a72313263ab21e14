using System.Globalization;
using System.Text;
using Deltoid.Remits;

namespace Deltoid.Results.Letters;

/// <summary>Where in chart or record a fact is, in words: <c>chart, administration 1, start</c>.</summary>
internal static class Whereabouts
{
    const string Contract = "/terms/contract/rates/";

    public static string Of(RecordFact fact) => fact.IsCharted ? OfPointer(fact.At)
        : fact.At.StartsWith(Contract, StringComparison.Ordinal)
            && int.TryParse(fact.At.AsSpan(Contract.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var row)
            ? string.Create(CultureInfo.InvariantCulture, $"contract, row {row + 1}: {fact.Where}")
        : fact.Where is not ("" or "record" or "chart") ? $"record: {Named(fact)}, {fact.Where}"
        : $"record: {Named(fact)}";

    static string Named(RecordFact fact) => fact.Kind.Name.Replace('-', ' ');

    /// <summary>A pointer into the chart: lists are counted from 1, names are taken apart into words.</summary>
    public static string OfPointer(string pointer)
    {
        var text = new StringBuilder();
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (part == "encounter") text.Append("chart");
            else if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                if (text is [.., 's']) text.Length--;
                text.Append(' ').Append(index + 1);
            }
            else text.Append(text.Length > 0 ? ", " : "").Append(Apart(part));
        return text.ToString();
    }

    /// <summary><c>place of service</c> of <c>placeOfService</c>.</summary>
    public static string Apart(string name)
    {
        if (name is "ndc" or "npi" or "clia") return name.ToUpperInvariant();
        var text = new StringBuilder();
        foreach (var c in name)
            if (char.IsAsciiLetterUpper(c)) text.Append(' ').Append(char.ToLowerInvariant(c));
            else text.Append(c);
        return text.ToString();
    }
}
