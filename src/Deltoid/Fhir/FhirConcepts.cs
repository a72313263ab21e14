using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Codes of other systems that are words of ours: <c>concepts.tsv</c>.</summary>
internal static class FhirConcepts
{
    readonly record struct Row(string System, string Code, string Field, string Word);

    static readonly Lazy<Row[]> All = new(static () =>
    {
        var rows = ShippedRows.Open("fhir/concepts.tsv");
        int system = rows.Column("system"), code = rows.Column("code"), field = rows.Column("field"),
            word = rows.Column("word"), source = rows.Column("source");
        var all = new List<Row>();
        while (rows.Next())
        {
            if (rows[source].IsEmpty) throw rows.Wrong(source, "is missing");
            all.Add(new(rows[system].ToString(), rows[code].ToString(), rows[field].ToString(),
                rows[word].ToString()));
        }
        return [.. all];
    });

    /// <summary>Our word; null where the code is none of the rows.</summary>
    public static string? WordOf(string system, string code, string field)
    {
        var longest = 0;
        string? word = null;
        foreach (var row in All.Value)
        {
            if (row.Field != field || row.System != system) continue;
            // the payment typology is a tree: 121 is a kind of 12
            var isIt = row.Code == code
                || (field == "payer" && code.All(char.IsAsciiDigit)
                    && code.StartsWith(row.Code, StringComparison.Ordinal));
            if (isIt && row.Code.Length > longest) (longest, word) = (row.Code.Length, row.Word);
        }
        return word;
    }

    /// <summary>The same, of a code whose system is known by the field alone (HL7 v2).</summary>
    public static string? WordOf(string code, string field)
    {
        foreach (var row in All.Value)
            if (row.Field == field && row.Code.Equals(code, StringComparison.OrdinalIgnoreCase)
                && row.System.Contains("hl7.org", StringComparison.Ordinal))
                return row.Word;
        return null;
    }

    /// <summary>The first code of a system that means our word; empty where it has none.</summary>
    public static string CodeOf(string system, string field, string word)
    {
        foreach (var row in All.Value)
            if (row.Field == field && row.System == system
                && row.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
                return row.Code;
        return "";
    }

    /// <summary>Each row's field and word.</summary>
    internal static IEnumerable<(string System, string Code, string Field, string Word)> Rows =>
        All.Value.Select(static r => (r.System, r.Code, r.Field, r.Word));
}
