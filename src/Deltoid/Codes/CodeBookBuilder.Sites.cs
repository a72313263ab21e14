using Deltoid.Values;

namespace Deltoid.Codes;

internal sealed partial class CodeBookBuilder
{
    void ReadSites(Rows rows)
    {
        int words = rows.Column("words"), kind = rows.Column("kind"), by = rows.Column("guided_by");
        int code = rows.Column("code"), guided = rows.Column("guided"), facility = rows.Column("facility");
        while (rows.Next())
        {
            var (plain, hospital) = (CodeOrNone(rows, code), CodeOrNone(rows, facility));
            sites.Add(new(Folded(rows[words]), new(rows[kind]), plain, CodeOrNone(rows, guided), new(rows[by]),
                hospital));
        }
    }

    void ReadTerms(Rows rows)
    {
        int kind = rows.Column("kind"), value = rows.Column("value"), words = rows.Column("words");
        while (rows.Next())
        {
            if (rows[kind] is "diagnosis" && !DiagnosisKinds.IsName(rows[value]))
                throw rows.Wrong(value, "is not a kind of diagnosis");
            terms.Add(new(new(rows[kind]), new(rows[value]), Folded(rows[words])));
        }
    }

    void ReadParts(Rows rows)
    {
        int drug = rows.Column("drugs"), indication = rows.Column("indication"), purpose = rows.Column("purposes");
        int procedures = rows.Column("procedures"), kind = rows.Column("kind");
        int answer = rows.Column("answer"), line = rows.Column("drug");
        while (rows.Next())
        {
            uint purposes = 0;
            var cell = rows[purpose];
            while (Rows.NextItem(ref cell, ' ', out var word))
            {
                if (!Words.Purposes.TryRead(word, out var each)) throw rows.Wrong(purpose, "is not a purpose");
                purposes |= 1u << (int)each;
            }
            var part = rows[kind] switch
            {
                "operation" => PartKind.Operation, "test" => PartKind.Test, "flush" => PartKind.Flush,
                _ => throw rows.Wrong(kind, "is not a kind of part"),
            };
            parts.Add(new(
                List(rows[drug]), new(rows[indication]), purposes, new(rows[procedures]),
                rows[answer] is "part", rows[line] is "billed", part));
        }
    }

    void ReadOwnRoutes(Rows rows)
    {
        int route = rows.Column("route"), drug = rows.Column("drugs"), words = rows.Column("words");
        int diagnoses = rows.Column("diagnoses"), code = rows.Column("code"), holds = rows.Column("holds");
        while (rows.Next())
        {
            var routes = new RowList<Route>();
            AddRoutes(rows, route, routes);
            var billed = rows[code] is "ask" ? Code.None : rows.Code(code);
            ownRoutes.Add(new(routes.ToArray(), List(rows[drug]), Folded(rows[words]), new(rows[diagnoses]), billed,
                new(rows[holds])));
        }
    }

    void ReadToxins(Rows rows)
    {
        int code = rows.Column("code"), kind = rows.Column("kind"), diagnoses = rows.Column("diagnoses");
        int words = rows.Column("words"), anatomy = rows.Column("anatomy");
        while (rows.Next())
        {
            var each = rows[kind] switch
            {
                "once" => ToxinKind.Once, "sided" => ToxinKind.Sided, "limb" => ToxinKind.Muscles,
                "scope" => ToxinKind.Scope, "guide" => ToxinKind.Guide,
                _ => throw rows.Wrong(kind, "is not a kind of chemodenervation"),
            };
            rows.Codes(code, scratch);
            toxins.Add(new(scratch.ToArray(), each, new(rows[diagnoses]), Folded(rows[words]), Folded(rows[anatomy])));
        }
    }

    void ReadLevels(Rows rows)
    {
        int kind = rows.Column("kind"), region = rows.Column("region"), by = rows.Column("by");
        int first = rows.Column("first"), second = rows.Column("second"), third = rows.Column("third");
        while (rows.Next())
            levels.Add(new(new(rows[kind]), new(rows[region]), rows.Code(first), rows.Code(second), rows.Code(third),
                new(rows[by])));
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
