using Deltoid.Values;

namespace Deltoid.Codes;

public sealed partial class CodeBookBuilder
{
    void ReadSites(Rows rows)
    {
        int words = rows.Column("words"), kind = rows.Column("kind"), code = rows.Column("code"), guided = rows.Column("guided"),
            by = rows.Column("guided_by"), facility = rows.Column("facility");
        while (rows.Next())
            sites.Add(new(Folded(rows[words]), new(rows[kind]), CodeOrNone(rows, code), CodeOrNone(rows, guided), new(rows[by]), CodeOrNone(rows, facility)));
    }

    void ReadTerms(Rows rows)
    {
        int kind = rows.Column("kind"), value = rows.Column("value"), words = rows.Column("words");
        while (rows.Next()) terms.Add(new(new(rows[kind]), new(rows[value]), Folded(rows[words])));
    }

    void ReadParts(Rows rows)
    {
        int drug = rows.Column("drugs"), indication = rows.Column("indication"), purpose = rows.Column("purposes"), procedures = rows.Column("procedures"),
            answer = rows.Column("answer"), line = rows.Column("drug"), kind = rows.Column("kind");
        while (rows.Next())
        {
            uint purposes = 0;
            var cell = rows[purpose];
            while (Rows.NextItem(ref cell, ' ', out var word))
                purposes |= Words.Purposes.TryRead(word, out var each) ? 1u << (int)each : throw rows.Wrong(purpose, "is not a purpose");
            var part = rows[kind] switch { "operation" => PartKind.Operation, "test" => PartKind.Test, "flush" => PartKind.Flush, _ => throw rows.Wrong(kind, "is not a kind of part") };
            parts.Add(new(List(rows[drug]), new(rows[indication]), purposes, new(rows[procedures]), rows[answer] is "part", rows[line] is "billed", part));
        }
    }

    static Code CodeOrNone(Rows rows, int column) => rows[column].IsEmpty ? Code.None : rows.Code(column);

    static string[] List(ReadOnlySpan<char> cell)
    {
        var items = new List<string>();
        while (Rows.NextItem(ref cell, '|', out var item)) items.Add(new(item));
        return [.. items];
    }

    static string[] Folded(ReadOnlySpan<char> cell)
    {
        var items = List(cell);
        for (var i = 0; i < items.Length; i++) items[i] = items[i].Replace('-', ' ');
        return items;
    }
}
