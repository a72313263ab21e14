using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Results;

namespace Deltoid.Pages.Site;

/// <summary>Cases of a page as its readers try them: each as a whole, with what the page leaves out.</summary>
internal static class SiteCases
{
    public static string Of(IEnumerable<PageCase> cases)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(text, indented: false))
        {
            json.WriteStartArray();
            foreach (var one in cases) Write(one, json);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    static void Write(PageCase one, Utf8JsonWriter json)
    {
        var isClaim = one.Kind == "claim";
        json.WriteStartObject();
        json.WriteString("command", isClaim ? "scrub" : "code");
        json.WriteString("text", isClaim ? ClaimOf(one.Input) : VisitOf(one));
        foreach (var (name, text) in one.Beside)
            json.WriteString(name, name == "history" ? HistoryOf(text) : text);
        json.WriteStartObject("words");
        json.WriteString("text", isClaim ? "The claim, with what the page leaves out" : "The visit");
        json.WriteString("encounter", "Its chart");
        json.WriteString("history", "Earlier services");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static string VisitOf(PageCase one) => one.Base is { } whole ? Indented(Change.Apply(whole.Input, one.Input))
        : one.Kind == "example" ? PageFiles.Example(one.Input)
        : one.Input;

    static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Written(document.RootElement.WriteTo);
    }

    static string ClaimOf(string notation) => Written(json => ClaimJson.Write(CleanClaim.With(notation), json));

    /// <summary>Lines of <c>2026-02-02 99213 x1</c> as the list that the engine reads.</summary>
    static string HistoryOf(string text) => Written(json =>
    {
        json.WriteStartArray();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            json.WriteStartObject();
            json.WriteString("date", words[0]);
            json.WriteString("code", words[1]);
            json.WritePropertyName("units");
            json.WriteRawValue(words.Length > 2 ? words[2][1..] : "1");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    static string Written(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(text, indented: true)) write(json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
