using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Browser;

/// <summary>Answers of one object, byte by byte those of the command line.</summary>
static class AnswerJson
{
    const int MostFound = 40, MostLetters = 80;

    /// <summary>Which book answers.</summary>
    public static string About(CodeBook book) => Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        json.WriteEndObject();
    });

    /// <summary>As <c>deltoid explain</c>.</summary>
    public static string Explained(CodeBook book, string what, DateOnly day)
    {
        if (what.Length > MostLetters)
            throw new InputException("what", "this is longer than a name", "ask for one code, finding or drug");
        var explainer = new Explainer(book, Shipped.Edits, day, PageOf);
        var meanings = explainer.Of(what);
        return Text(json =>
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, book.Version);
            json.WriteString("asked"u8, what);
            json.WriteStartArray("meanings"u8);
            foreach (var sheet in meanings) sheet.Write(json);
            json.WriteEndArray();
            if (meanings.Count == 0) WriteNear(json, explainer.Suggest(what));
            json.WriteEndObject();
        });
    }

    static void WriteNear(Utf8JsonWriter json, IEnumerable<string> near)
    {
        json.WriteStartArray("suggestions"u8);
        foreach (var name in near) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    /// <summary>A finding has a page under its own name, or under that of the edit that makes it.</summary>
    static string PageOf(FindingInfo info) => Pages.Text(info.Name) is { Length: > 0 } own ? own
        : Shipped.Edits.Find(info.Id) is { } edit ? Pages.Text(edit.Info.Name) : "";

    /// <summary>As <c>deltoid codes find</c>.</summary>
    public static string Found(CodeBook book, string what, DateOnly day) =>
        Text(json => FindPage.Write(json, book.Search.Find(what, day, MostFound)));

    public static string Error(string file, InputException error) =>
        Text(json => ResultJson.WriteError(file, error, json));

    static string Text(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(4 * 1024);
        using (var json = ResultJson.Writer(text, indented: true)) write(json);
        text.Write("\n"u8);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
