using System.Globalization;

namespace Deltoid.Pages;

/// <summary>
/// A page that is documentation and test at once: prose, and under its headings cases made of fences. A case is opened
/// by what goes in (<c>encounter</c>, <c>change</c>, <c>example</c> for a file of examples/, or <c>claim</c> with the
/// <c>history</c> and <c>encounter</c> right below it) and states what must come out (<c>lines</c>, <c>findings</c>,
/// <c>trace</c>, <c>documentation</c>, <c>cautions</c>). The grammar is in docs/cases/README.md.
/// </summary>
internal sealed class Page
{
    static readonly string[] Inputs = ["encounter", "change", "claim", "example"],
        Outputs = ["lines", "findings", "trace", "documentation", "cautions"], Beside = ["history"];

    const string ShowsWord = "Shows ", NearMissWord = "Near miss of ";

    /// <summary>File name without its ending: <c>w1-b12-shot</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The first heading.</summary>
    public string Title { get; private set; } = "";

    public List<PageCase> Cases { get; } = [];

    /// <summary>
    /// Reads a page. A fence that is unknown, not closed, or stands before any case is a fault, with its line number.
    /// </summary>
    /// <exception cref="FormatException">The page does not follow the grammar.</exception>
    public static Page Read(string name, string text)
    {
        var page = new Page { Name = name };
        var lines = text.Split('\n');
        var heading = "";
        var (shows, nearMiss) = (new List<string>(), new List<string>());
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line.StartsWith('#'))
            {
                heading = line.TrimStart('#').Trim();
                if (page.Title.Length == 0) page.Title = heading;
                (shows, nearMiss) = ([], []);
            }
            else if (line.StartsWith(ShowsWord, StringComparison.Ordinal)
                || line.StartsWith(NearMissWord, StringComparison.Ordinal))
                Mark(line, shows, nearMiss);
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                var kind = line[3..].Trim();
                var body = Body(name, lines, ref i);
                if (page.IsBeside(kind)) page.Cases[^1].Beside.Add(kind, body);
                else if (Inputs.Contains(kind))
                {
                    page.Open(heading, kind, body, i, shows, nearMiss);
                    (shows, nearMiss) = ([], []);
                }
                else if (!Outputs.Contains(kind)) throw Fault(name, i, $"'{kind}' is not a fence of a page");
                else if (page.Cases.Count == 0 || !page.Cases[^1].Expected.TryAdd(kind, body))
                    throw Fault(name, i, $"a '{kind}' fence without a case of its own");
            }
        }
        return page;
    }

    /// <summary>
    /// What goes in beside a claim: the patient's history, and the chart when it stands right below the claim.
    /// </summary>
    bool IsBeside(string kind) =>
        Cases.Count > 0 && Cases[^1] is { Kind: "claim", Expected.Count: 0 }
            && (Beside.Contains(kind) || kind == "encounter");

    /// <summary>"Shows INJ-004. Near miss of INJ-002, INJ-006.": either sentence, or both.</summary>
    static void Mark(string line, List<string> shows, List<string> nearMiss)
    {
        foreach (var sentence in line.Split('.',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (sentence.StartsWith(ShowsWord, StringComparison.Ordinal))
                shows.AddRange(Ids(sentence[ShowsWord.Length..]));
            else if (sentence.StartsWith(NearMissWord, StringComparison.Ordinal))
                nearMiss.AddRange(Ids(sentence[NearMissWord.Length..]));
    }

    static string[] Ids(string text) => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    void Open(string heading, string kind, string body, int line, List<string> shows, List<string> nearMiss)
    {
        if (kind == "change" && !Cases.Exists(c => c.Kind == "encounter"))
            throw Fault(Name, line, "a change needs an encounter above it");
        var same = Cases.Count(c => c.Heading == heading);
        var name = same == 0 ? heading : $"{heading} ({(same + 1).ToString(CultureInfo.InvariantCulture)})";
        Cases.Add(new(this, heading, name, kind, body, shows, nearMiss,
            kind == "change" ? Cases.FindLast(c => c.Kind == "encounter") : null));
    }

    static string Body(string name, string[] lines, ref int i)
    {
        var start = i + 1;
        for (i++; i < lines.Length; i++)
            if (lines[i].TrimEnd() == "```") return string.Join('\n', lines[start..i]);
        throw Fault(name, start - 1, "a fence that is not closed");
    }

    static FormatException Fault(string name, int line,
        string what) => new($"{name}.md line {(line + 1).ToString(CultureInfo.InvariantCulture)}: {what}");
}

/// <summary>One case of a page.</summary>
/// <param name="Kind">The fence that opened it: <c>encounter</c>, <c>change</c>, <c>example</c> or
/// <c>claim</c>.</param>
/// <param name="Shows">Ids of the specification that the case makes speak ("Shows INJ-071, C-08.").</param>
/// <param name="NearMissOf">Ids on which it is silent although it comes near ("Near miss of INJ-071.").</param>
/// <param name="Base">The encounter that a change changes.</param>
internal sealed record PageCase(Page Page, string Heading, string Name, string Kind, string Input,
    IReadOnlyList<string> Shows, IReadOnlyList<string> NearMissOf, PageCase? Base)
{
    /// <summary>The fences that say what must come out, by kind.</summary>
    public Dictionary<string, string> Expected { get; } = [];

    /// <summary>What must come out; of a claim without any fence, no finding.</summary>
    public IReadOnlyDictionary<string, string> Stated => Kind == "claim" && Expected.Count == 0 ? Clean : Expected;

    static readonly Dictionary<string, string> Clean = new() { ["findings"] = "" };

    /// <summary>What goes in beside a claim: <c>encounter</c>, <c>history</c>.</summary>
    public Dictionary<string, string> Beside { get; } = [];

    public override string ToString() => $"{Page.Name}: {Name}";
}
