using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Results;

namespace Deltoid.Pages;

/// <summary>The published schemas, and the pages that hold tables of fields and what a command writes.</summary>
internal static partial class SchemaFiles
{
    static readonly string[] Pages = ["encounter.md", "result.md"];

    /// <summary>Of a list in an output this many items are shown.</summary>
    const int Shown = 2;

    [GeneratedRegex(@"(?<open><!-- output (?<command>[^>]*) -->\n).*?(?=<!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Outputs();

    /// <summary>The files as they should be now.</summary>
    public static IEnumerable<(string Path, string Text)> Of(string root)
    {
        foreach (var name in Schemas.Names)
            yield return (Path.Combine(root, "docs", "schema", name + ".json"), SchemaOf(name));
        foreach (var page in Pages)
        {
            var path = Path.Combine(root, "docs", page);
            yield return (path,
                Outputs().Replace(FieldTable.Refreshed(File.ReadAllText(path)),
                    m => $"{m.Groups["open"].Value}```json\n{Excerpt(m.Groups["command"].Value, root)}\n```\n"));
        }
    }

    public static string SchemaOf(string name)
    {
        var text = new ArrayBufferWriter<byte>();
        Schemas.Write(name, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>What a command writes, each list cut after its second item.</summary>
    static string Excerpt(string command, string root)
    {
        using var output = JsonDocument.Parse(Readme.Output(command, root));
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                NewLine = "\n" }))
            Write(output.RootElement, json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    static void Write(JsonElement element, Utf8JsonWriter json)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in element.EnumerateArray().Take(Shown)) Write(item, json);
            json.WriteEndArray();
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in element.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                Write(member.Value, json);
            }
            json.WriteEndObject();
        }
        else element.WriteTo(json);
    }
}
