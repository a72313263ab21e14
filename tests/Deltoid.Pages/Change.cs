using System.Globalization;
using System.Text.Json.Nodes;

namespace Deltoid.Pages;

/// <summary>
/// What makes a near miss out of an encounter, one line each: <c>/administrations/0/dose = "60 mg"</c> sets a field by
/// its JSON pointer, nothing after the sign removes it, and <c>-</c> as the last step adds to a list.
/// </summary>
internal static class Change
{
    /// <summary>The encounter with the changes made, as JSON.</summary>
    /// <exception cref="FormatException">A line does not read, or its pointer leads nowhere.</exception>
    public static string Apply(string encounter, string changes)
    {
        var root = JsonNode.Parse(encounter) ?? throw new FormatException("the encounter is null");
        foreach (var line in Statements(changes)) Apply(root, line);
        return root.ToJsonString();
    }

    /// <summary>A statement begins with a pointer; indented lines continue it.</summary>
    static List<string> Statements(string changes)
    {
        var all = new List<string>();
        foreach (var line in changes.Split('\n'))
        {
            if (line.Trim().Length == 0) continue;
            if (line.StartsWith('/'))
                all.Add(line);
            else if (all.Count > 0) all[^1] += "\n" + line;
            else throw new FormatException($"'{line}' is not a change");
        }
        return all;
    }

    static void Apply(JsonNode root, string line)
    {
        var sign = line.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0) throw new FormatException($"'{line}' has no '='");
        var steps = line[1..sign].Trim().Split('/');
        var value = line[(sign + 1)..].Trim();
        var at = root;
        foreach (var step in steps[..^1]) at = Step(at, step) ?? throw new FormatException($"'{line}' leads nowhere");
        Set(at, steps[^1], value.Length == 0 ? null : JsonNode.Parse(value), value.Length == 0);
    }

    static JsonNode? Step(JsonNode at, string step)
    {
        if (at is JsonArray list) return list[Index(step)];
        var parent = at.AsObject();
        if (parent[step] is null) parent[step] = new JsonObject(); // a group of facts that the encounter did not have
        return parent[step];
    }

    static void Set(JsonNode at, string step, JsonNode? value, bool remove)
    {
        if (at is JsonArray list)
        {
            if (step == "-")
                list.Add(value);
            else if (remove) list.RemoveAt(Index(step));
            else list[Index(step)] = value;
        }
        else if (remove)
        {
            if (!at.AsObject().Remove(step)) throw new FormatException($"there is no '{step}' to remove");
        }
        else at.AsObject()[step] = value;
    }

    static int Index(string step) => int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture);
}
