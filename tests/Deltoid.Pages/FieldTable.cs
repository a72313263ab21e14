using System.Text;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>
/// The fields of an object and the words they take, as tables of a page; from the rows that the readers go by.
/// </summary>
internal static class FieldTable
{
    const string Begin = "<!-- fields ", End = "<!-- end -->";

    /// <summary>
    /// A page with its tables as they are now. A table is between <c>&lt;!-- fields encounter/administration --&gt;</c>
    /// (a schema and an object in it; <c>words</c> instead of the object for the vocabularies) and <c>&lt;!-- end
    /// --&gt;</c>.
    /// </summary>
    /// <exception cref="FormatException">A table is not closed, or names no object.</exception>
    public static string Refreshed(string page)
    {
        var text = new StringBuilder();
        var at = 0;
        for (int start; (start = page.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0;)
        {
            var named = page.IndexOf(" -->", start, StringComparison.Ordinal);
            var end = page.IndexOf(End, start, StringComparison.Ordinal);
            if (named < 0 || end < named) throw new FormatException("a table of fields is not closed");
            text.Append(page, at, named + 4 - at).Append('\n');
            Write(page[(start + Begin.Length)..named], text);
            at = end;
        }
        return text.Append(page, at, page.Length - at).ToString();
    }

    static void Write(string path, StringBuilder text)
    {
        var (schema, name) = path.Split('/') is [var first, var second] ? (first, second) : (path, path);
        var root = Schemas.TypeOf(schema);
        if (name == "words")
        {
            WriteWords(root, text);
            return;
        }
        var found = Objects(root).FirstOrDefault(o => o.Name == name)
            ?? throw new FormatException($"{schema} has no {name}");
        text.Append("| field | written as | what it says | example | left out |\n|---|---|---|---|---|\n");
        foreach (var field in found.Fields!.Fields)
        {
            var type = field.Type.Words is { } words
                ? $"[word](#{words.Name.Replace(' ', '-')})"
                : field.Type.ToString();
            if (field.OrNull) type += " or null";
            var example = field.Example.Length > 0 ? $"`{Cell(field.Example)}`" : "";
            var left = field.Required ? found.Fields.IsReadBack ? "**required**" : "always there" : Cell(field.Left);
            text.Append($"| `{field.Name}` | {type} | {Cell(field.Says)} | {example} | {left} |\n");
        }
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Every vocabulary, in the order in which the fields use it.</summary>
    static void WriteWords(JsonType root, StringBuilder text)
    {
        var seen = new List<Vocabulary>();
        foreach (var one in Objects(root))
            foreach (var field in one.Fields!.Fields)
            {
                if (field.Type.Words is not { } words || seen.Contains(words)) continue;
                seen.Add(words);
                text.Append($"\n### {Sentence.Capital(words.Name)}\n| word | also read as |\n|---|---|\n");
                foreach (var word in words.All)
                    text.Append($"| `{word}` | {string.Join(", ", words.AlsoReadAs(word))} |\n");
            }
    }

    /// <summary>The object and all objects in it, each once.</summary>
    internal static List<JsonType> Objects(JsonType root)
    {
        var all = new List<JsonType>();
        Add(root, all);
        return all;
    }

    static void Add(JsonType type, List<JsonType> all)
    {
        foreach (var inner in type.Of) Add(inner, all);
        if (type.Kind != JsonKind.Object || all.Exists(a => a.Name == type.Name)) return;
        all.Add(type);
        foreach (var field in type.Fields!.Fields) Add(field.Type, all);
    }
}
