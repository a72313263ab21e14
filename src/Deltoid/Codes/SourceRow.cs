using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>Where rows come from: the document a citation names.</summary>
/// <param name="Authority">As <see cref="Findings.FindingText"/> writes it: regulation, cms-manual, ncci, code-set,
/// payer-policy, association; expert.</param>
/// <param name="Short">What a citation calls it: <c>NCCI manual</c>; empty where the section says it all (<c>42 CFR
/// 410.26</c>).</param>
internal sealed record SourceRow(string Id, string Authority, string Title, string Edition, string Retrieved,
    string Url, string Short = "")
{
    /// <summary>The rows of sources.tsv.</summary>
    internal static List<SourceRow> All(Rows rows)
    {
        var all = new List<SourceRow>();
        int id = rows.Column("id"), authority = rows.Column("authority"), title = rows.Column("title"),
            edition = rows.Column("edition");
        int retrieved = rows.Column("retrieved"), url = rows.Column("url"), name = rows.Column("short");
        while (rows.Next())
            all.Add(new(new(rows[id]), new(rows[authority]), new(rows[title]), new(rows[edition]), new(rows[retrieved]),
                new(rows[url]), new(rows[name])));
        return all;
    }
}
