using System.Net;
using System.Text.RegularExpressions;

namespace Deltoid.Web.Tests;

/// <summary>A form of a page: where it may be sent, and what stands in its fields.</summary>
/// <param name="Addresses">Its own, those of its buttons, and those that are asked while it is typed in.</param>
/// <param name="Fields">Buttons and boxes that are not ticked have no text: what they say is not sent.</param>
sealed partial record PageForm(IReadOnlySet<string> Addresses, IReadOnlyList<(string Name, string? Text)> Fields)
{
    [GeneratedRegex("<form\\b([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<(input|select|textarea|button)\b([^>]*)>(?:(.*?)</\1>)?""", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex("\\s(name|value|type|form|id|action|formaction|hx-post|data-options|method)=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("""<option\b[^>]*\bvalue="([^"]*)"[^>]*\bselected""")]
    private static partial Regex Chosen();

    [GeneratedRegex("<option\\b[^>]*\\bvalue=\"([^\"]*)\"")]
    private static partial Regex Option();

    /// <summary>The forms of a page that are posted. Pages hold well-formed HTML, in which forms do not nest.</summary>
    public static List<PageForm> Of(string page)
    {
        var forms = new List<PageForm>();
        var all = ControlsIn(page);
        foreach (Match form in Form().Matches(page))
        {
            var head = AttributesOf(form.Groups[1].Value);
            if (head.GetValueOrDefault("method") != "post") continue;
            var own = ControlsIn(form.Groups[2].Value).Concat(all.Where(c => c.TryGetValue("form", out var id)
                && id == head.GetValueOrDefault("id"))).ToList();
            var addresses = own.Append(head).SelectMany(static a => a).Where(static a => a.Key is "action"
                or "formaction" or "hx-post").Select(static a => a.Value).ToHashSet();
            if (head.TryGetValue("data-options", out var asked)) addresses.Add(asked); // a passkey's
            forms.Add(new(addresses, [.. own.Where(static c => c.ContainsKey("name"))
                .Select(static c => (c["name"], c.GetValueOrDefault("value")))]));
        }
        return forms;
    }

    static List<Dictionary<string, string>> ControlsIn(string html) => [.. Control().Matches(html).Select(static m =>
    {
        var attributes = AttributesOf(m.Groups[2].Value);
        var inside = m.Groups[3].Value;
        var isBox = attributes.GetValueOrDefault("type") is "checkbox" or "radio";
        if (m.Groups[1].Value == "button" || (isBox && !m.Groups[2].Value.Contains(" checked",
            StringComparison.Ordinal))) attributes.Remove("value");
        else attributes.TryAdd("value", "");
        if (m.Groups[1].Value == "textarea") attributes["value"] = WebUtility.HtmlDecode(inside).TrimStart('\n');
        if (m.Groups[1].Value == "select")
            attributes["value"] = (Chosen().Match(inside) is { Success: true } chosen ? chosen : Option().Match(inside))
                .Groups[1].Value;
        return attributes;
    })];

    static Dictionary<string, string> AttributesOf(string tag) => Attribute().Matches(tag)
        .DistinctBy(static m => m.Groups[1].Value)
        .ToDictionary(static m => m.Groups[1].Value, static m => WebUtility.HtmlDecode(m.Groups[2].Value));
}
