using System.Text.Json;

namespace Deltoid.Results;

/// <summary>What is known of one thing: a page for a person, an object of JSON.</summary>
/// <param name="kind">What it is: <c>code</c>, <c>modifier</c>, <c>place-of-service</c>.</param>
/// <param name="id">What it is called: <c>96372</c>, <c>25</c>.</param>
internal sealed class FactSheet(string kind, string id, string title)
{
    /// <summary>Kinds whose ids say by themselves what they are.</summary>
    static readonly string[] Plain = ["code", "finding", "rule", "x12-row", "drug"];

    readonly List<(string Section, string Name, string Text)> facts = [];
    string section = "";

    public string Kind { get; } = kind;

    public string Id { get; } = id;

    public string Title { get; } = title;

    /// <summary>A page in Markdown that follows the facts; empty when there is none.</summary>
    public string Page { get; init; } = "";

    /// <summary>The facts in their order; a fact without a section is of the head.</summary>
    public IReadOnlyList<(string Section, string Name, string Text)> Facts => facts;

    /// <summary>Adds a fact under a name; an empty text is no fact.</summary>
    public void Add(string name, string text)
    {
        if (text.Length > 0) facts.Add((section, name, text));
    }

    /// <summary>What is added from here on is under this heading.</summary>
    public void Begin(string heading) => section = heading;

    string Heading => Plain.Contains(Kind) ? Id : $"{Kind.Replace('-', ' ')} {Id}";

    public void Write(TextPage page)
    {
        page.Line(page.Strong($"{Heading}  {Title}".TrimEnd()));
        var (heading, last) = ("", "");
        foreach (var (under, name, text) in facts)
        {
            if (under != heading)
            {
                page.Line();
                page.Line(page.Strong("  " + under));
                (heading, last) = (under, "");
            }
            if (under.Length == 0) page.Wrap($"  {(name == last ? "" : name),-12}", text);
            else if (name.Length == 0) page.Wrap("    ", text);
            else
            {
                if (name != last) page.Line($"    {name}:");
                page.Wrap("      - ", text);
            }
            last = name;
        }
        if (Page.Length == 0) return;
        page.Line();
        page.Line(Page.TrimEnd());
    }

    /// <summary>
    /// Writes an object: <c>kind</c>, <c>id</c>, <c>title</c>, <c>facts</c>, and <c>page</c> where there is one.
    /// </summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, Kind);
        json.WriteString("id"u8, Id);
        json.WriteString("title"u8, Title);
        json.WriteStartArray("facts"u8);
        foreach (var (under, name, text) in facts)
        {
            json.WriteStartObject();
            if (under.Length > 0) json.WriteString("section"u8, under);
            if (name.Length > 0) json.WriteString("name"u8, name);
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (Page.Length > 0) json.WriteString("page"u8, Page);
        json.WriteEndObject();
    }
}
