using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Notes;

namespace Deltoid.Tests;

/// <summary>A value that a note must give, and the words that say it.</summary>
sealed record NoteValue(string Path, string Value, string Quote, bool IsOptional);

/// <summary>A note with what must be read from it, what may be read instead, and what must not be there.</summary>
sealed partial record NoteCase(string Name, string Text, IReadOnlyList<NoteValue> Expected,
    IReadOnlyList<NoteValue>? Or, IReadOnlyList<string> MustNotHave)
{
    /// <summary>Our own notes: tests/Deltoid.Tests/NoteCases/*.txt.</summary>
    public static IReadOnlyList<NoteCase> Own { get; } = [.. Repository.Files("tests/Deltoid.Tests/NoteCases", ".txt")
        .SelectMany(static file => Heads().Split(Repository.Read(file)).Skip(1).Select(Of))];

    [GeneratedRegex("^== ", RegexOptions.Multiline)]
    private static partial Regex Heads();

    [GeneratedRegex(@"^\d+/")]
    private static partial Regex OfShot();

    static NoteCase Of(string block)
    {
        var head = block.IndexOf('\n', StringComparison.Ordinal);
        var parts = block[(head + 1)..].Split("\n--\n", 2);
        var (values, without) = (new List<NoteValue>(), new List<string>());
        foreach (var line in parts[1].Split('\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line[0] == '!')
            {
                without.Add(Whole(line[1..].Trim()));
                continue;
            }
            var said = line.Split(" < ", 2);
            var blank = said[0].IndexOf(' ', StringComparison.Ordinal);
            values.Add(new(Whole(said[0][..blank].TrimStart('?')), said[0][(blank + 1)..], said[1], line[0] == '?'));
        }
        return new(block[..head].Trim(), parts[0].TrimEnd('\n'), values, null, without);
    }

    static string Whole(string path) => OfShot().IsMatch(path) ? "/administrations/" + path : path;

    /// <summary>The cases of a JSON file in the form of shared/cases/notes.json.</summary>
    public static IEnumerable<NoteCase> OfJson(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var note in document.RootElement.EnumerateArray())
            yield return new(note.GetProperty("id").GetString()!, note.GetProperty("text").GetString()!,
                Values(note.GetProperty("expected")),
                note.TryGetProperty("or", out var or) && or.ValueKind == JsonValueKind.Array ? Values(or) : null,
                [.. note.GetProperty("mustNotHave").EnumerateArray().Select(static m => m.GetString()!)]);
    }

    static List<NoteValue> Values(JsonElement list) => [.. list.EnumerateArray().Select(static e => new NoteValue(
        e.GetProperty("path").GetString()!,
            e.GetProperty("value").ToString().Replace("True", "true", StringComparison.Ordinal)
            .Replace("False", "false", StringComparison.Ordinal),
        e.GetProperty("quote").GetString()!, e.TryGetProperty("optional", out var optional) && optional.GetBoolean()))];
}

/// <summary>How readings compare with what was expected: right, wrong, missed, and invented.</summary>
sealed class NoteScore
{
    /// <summary>A value of these that nobody expected counts as wrong.</summary>
    static readonly string[] Counted =
    [
        "drug", "dose", "route", "site", "lot", "expires", "ndc", "container", "containerAmount", "discarded", "start",
            "stop",
        "minutes", "muscles", "lesions", "given", "role", "supervision", "source", "code", "separateNote", "performer",
            "serviceDate",
        "birthDate",
    ];

    public int Right { get; private set; }

    public int Wrong { get; private set; }

    public int Missed { get; private set; }

    public int Invented { get; private set; }

    public List<string> Faults { get; } = [];

    /// <summary>The harmonic mean of precision and recall, in thousandths.</summary>
    public int F1 => Right == 0 ? 0 : 2000 * Right / ((2 * Right) + Wrong + Missed);

    public int Recall => 1000 * Right / Math.Max(1, Right + Missed);

    public override string ToString() =>
        $"right {Right}, wrong {Wrong}, missed {Missed}, invented {Invented}: F1 {F1 / 1000m:0.000}";

    public void Add(NoteCase note, NoteReading reading)
    {
        var first = Of(note, note.Expected, reading);
        var best = note.Or is { } other && Of(note, other, reading) is var second
            && second.Bad < first.Bad ? second : first;
        (Right, Wrong, Missed) = (Right + best.Right, Wrong + best.Wrong, Missed + best.Missed);
        Faults.AddRange(best.Faults);
        foreach (var bad in note.MustNotHave.Where(m => Has(reading, m)))
        {
            Invented++;
            Faults.Add($"{note.Name}: invented {bad}");
        }
    }

    sealed record Compared(int Right, int Wrong, int Missed, List<string> Faults)
    {
        public int Bad => Wrong + Missed;
    }

    static Compared Of(NoteCase note, IReadOnlyList<NoteValue> expected, NoteReading reading)
    {
        var (right, wrong, missed, faults, used) = (0, 0, 0, new List<string>(), new HashSet<NotedFact>());
        foreach (var value in expected)
        {
            var fact = reading.Facts.Find(f => f.Path == value.Path);
            if (fact is not null && IsSame(value, fact.Written) && Overlaps(note.Text, value.Quote, fact)) right++;
            else if (fact is not null)
            {
                wrong++;
                missed += value.IsOptional ? 0 : 1;
                faults.Add($"{note.Name}: {value.Path} is '{fact.Written}' and not '{value.Value}'");
            }
            else if (!value.IsOptional)
            {
                missed++;
                faults.Add($"{note.Name}: {value.Path} '{value.Value}' is missed");
            }
            if (fact is not null) used.Add(fact);
        }
        foreach (var fact in reading.Facts.Where(f => !used.Contains(f) && IsCounted(f.Path)))
        {
            wrong++;
            faults.Add($"{note.Name}: {fact.Path} '{fact.Written}' was not expected");
        }
        return new(right, wrong, missed, faults);
    }

    static bool IsCounted(string path) => path.StartsWith("/diagnoses", StringComparison.Ordinal)
        || Counted.Contains(path[(path.LastIndexOf('/') + 1)..]);

    static bool IsSame(NoteValue value, string got)
    {
        if (value.Value == "*" || value.Value.Equals(got, StringComparison.OrdinalIgnoreCase)) return true;
        // a drug, a person and a reason may be said shorter
        return value.Path.EndsWith("/drug", StringComparison.Ordinal)
            || value.Path.EndsWith("/by", StringComparison.Ordinal)
            || value.Path.EndsWith("/indication", StringComparison.Ordinal)
            ? value.Value.StartsWith(got + " ", StringComparison.OrdinalIgnoreCase)
                || got.StartsWith(value.Value + " ", StringComparison.OrdinalIgnoreCase)
            : false;
    }

    static bool Overlaps(string text, string quote, NotedFact fact)
    {
        for (var at = text.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quote, at + 1,
            StringComparison.Ordinal))
            if (fact.Start < at + quote.Length && fact.End > at) return true;
        return false;
    }

    /// <summary>A path, a path with a value, or a value that stands anywhere.</summary>
    static bool Has(NoteReading reading, string bad)
    {
        if (bad[0] != '/')
            return reading.Facts.Exists(f => f.Written.Equals(bad, StringComparison.OrdinalIgnoreCase)
                || (bad.Length > 3 && f.Written.Contains(bad, StringComparison.OrdinalIgnoreCase)));
        var mark = bad.IndexOf('=', StringComparison.Ordinal);
        if (mark < 0) return reading.Facts.Exists(f => f.Path == bad
            || f.Path.StartsWith(bad + "/", StringComparison.Ordinal));
        var (path, value) = (bad[..mark], bad[(mark + 1)..]);
        // an entry that does not say otherwise was given
        if (path.EndsWith("/given", StringComparison.Ordinal) && value == "true")
            return reading.Facts.Exists(f => f.Path == path[..^5] + "drug")
                && !reading.Facts.Exists(f => f.Path == path);
        return reading.Facts.Exists(f => f.Path == path && f.Written.Equals(value, StringComparison.OrdinalIgnoreCase));
    }
}
