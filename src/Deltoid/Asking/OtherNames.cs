using System.Text.RegularExpressions;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Names that are said in questions alone, and the name of the code book (other-names.tsv).</summary>
internal static class OtherNames
{
    static readonly Lazy<List<(Regex Said, string Name)>> shipped = new(static () =>
    {
        var all = new List<(Regex, string)>();
        var rows = ShippedRows.Open("asking/other-names.tsv");
        int said = rows.Column("said"), name = rows.Column("name");
        while (rows.Next())
            all.Add((new($@"\b(?:{new string(rows[said])})\b", RegexOptions.CultureInvariant), new(rows[name])));
        return all;
    });

    public static string InNames(string text)
    {
        foreach (var (said, name) in shipped.Value) text = said.Replace(text, name);
        return text;
    }
}
