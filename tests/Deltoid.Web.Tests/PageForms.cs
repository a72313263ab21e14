using System.Net;
using System.Text.RegularExpressions;

namespace Deltoid.Web.Tests;

/// <summary>A field of a form, as a browser would send it.</summary>
/// <param name="IsNumber">A number is asked for, though any text may be typed.</param>
sealed record PageField(string Name, string Type, string Value, bool IsNumber = false)
{
    /// <summary>Whether a person may type any text into it.</summary>
    public bool IsText => Type is "text" or "search" or "textarea" or "";

    /// <summary>What a person would type where nothing is yet.</summary>
    public string Typed => this switch
    {
        { Type: "password" } => Sample.Password,
        { Name: "text", Value.Length: 0 } => "Code,Charge\n99213,10.00\n",
        { Value.Length: > 0 } or { Type: "hidden" } => Value,
        { Type: "date" } => "2027-03-02",
        { Name: "Expires" } => "12/31/2028",
        { Name: "Holds" } => "1000 mcg",
        { Name: "Volume" } => "1 mL",
        { IsNumber: true } => "2",
        { Name: "Npi" } => "1245319599",
        { Name: "Drug" } => "cyanocobalamin",
        { Name: "Code" } => "99212",
        { Name: "Cents" or "amount" or "percent" or "found" or "Containers" or "Locality" } => "2",
        { Name: "codes" } => "96372",
        { Name: "Kind" } => "medicare",
        { Name: "Filing" } => "MB",
        { Name: "BirthDate" } => "1960-02-03",
        { Name: "State" } => "IL",
        { Name: "Zip" } => "62701",
        { Name: "PlaceOfService" } => "11",
        _ => "typed",
    };
}

/// <summary>
/// A form of a page and one of its buttons, read from the HTML as the pages of this program are written: what a person
/// could send from here.
/// </summary>
sealed partial record PageForm(string Action, IReadOnlyList<PageField> Fields)
{
    [GeneratedRegex("""<form\b(?<about>[^>]*)>(?<inside>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""
        <(?<tag>input|button)\b(?<about>[^>]*)>
        |<(?<tag>select|textarea)\b(?<about>[^>]*)>(?<inside>.*?)</(?:select|textarea)>
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Control();

    [GeneratedRegex("""<option\b(?<about>[^>]*)>(?<text>[^<]*)""")]
    private static partial Regex Option();

    static string? Value(string about, string name) => Regex.Match(about, $@"(?:^|\s){name}=""([^""]*)""") is
        { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    static bool Has(string about, string name) => Regex.IsMatch(about, $@"(?:^|\s){name}(?=\s|=|/|$)");

    /// <summary>Every form of a page that changes something, once for each of its buttons.</summary>
    public static IEnumerable<PageForm> Of(string html)
    {
        foreach (Match form in Form().Matches(html))
        {
            var about = form.Groups["about"].Value;
            if (Value(about, "method") != "post" || Value(about, "action") is not { } action) continue;
            var controls = Control().Matches(form.Groups["inside"].Value).ToList();
            // what lies outside of the form and names it
            if (Value(about, "id") is { } id)
                controls.AddRange(Control().Matches(html).Where(c => Value(c.Groups["about"].Value, "form") == id));
            var fields = controls.SelectMany(FieldOf).ToList();
            var buttons = controls.Where(static c => c.Groups["tag"].Value == "button"
                && Value(c.Groups["about"].Value, "type") is null or "submit"
                && !Has(c.Groups["about"].Value, "disabled")).Select(static c => c.Groups["about"].Value).ToList();
            foreach (var button in buttons.DefaultIfEmpty(""))
                yield return new(Value(button, "formaction") ?? action, Value(button, "name") is { } name
                    ? [.. fields, new(name, "hidden", Value(button, "value") ?? "")] : fields);
        }
    }

    static IEnumerable<PageField> FieldOf(Match control)
    {
        var (tag, about) = (control.Groups["tag"].Value, control.Groups["about"].Value);
        if (tag == "button" || Value(about, "name") is not { } name || Has(about, "disabled")
            || name == "__RequestVerificationToken") yield break;
        var type = tag == "input" ? Value(about, "type") ?? "text" : tag;
        if (type == "file" || type is "checkbox" or "radio" && !Has(about, "checked")) yield break;
        yield return new(name, type, tag switch
        {
            "textarea" => WebUtility.HtmlDecode(control.Groups["inside"].Value),
            "select" => Chosen(control.Groups["inside"].Value),
            _ => Value(about, "value") ?? (type is "checkbox" or "radio" ? "on" : ""),
        }, Value(about, "inputmode") is "numeric" or "decimal");
    }

    static string Chosen(string options)
    {
        var all = Option().Matches(options).ToList();
        var chosen = all.Find(static o => Has(o.Groups["about"].Value, "selected") && Said(o).Length > 0)
            ?? all.Find(static o => Said(o).Length > 0);
        return chosen is null ? "" : Said(chosen);

        static string Said(Match option) => Value(option.Groups["about"].Value, "value")
            ?? WebUtility.HtmlDecode(option.Groups["text"].Value.Trim());
    }

    /// <summary>The addresses on this host that a page leads to.</summary>
    public static IEnumerable<string> Links(string html) => Regex.Matches(html, """<a\b[^>]*?\shref="(/[^"#]*)""")
        .Select(static m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct();
}
