using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>
/// The rules of the house that a compiler does not hold: floors, what the library must not touch, sizes.
/// </summary>
public sealed partial class HouseTests
{
    /// <summary>
    /// How high a folder of src/Deltoid stands. Code uses what stands below it, nothing beside it but Findings and
    /// Traces, which all may use. Results stands between: it puts together what pricing and scrubbing said, and Batch
    /// carries it.
    /// </summary>
    static readonly Dictionary<string, int> Floors = new()
    {
        ["Values"] = 10,
        ["Findings"] = 20, ["Traces"] = 20, ["Claims"] = 20, ["Codes"] = 20, ["Payers"] = 20, ["Encounters"] = 20,
        ["Answers"] = 25, ["Rules"] = 25, ["Dosing"] = 25,
        ["Coding"] = 30, ["Binding"] = 30, ["Charting"] = 30,
        ["Notes"] = 35,
        ["Edits"] = 40, ["X12"] = 40,
        ["Forms"] = 45, ["PayerRules"] = 45,
        ["Scrubber"] = 50, ["Pricing"] = 50,
        ["Remits"] = 52, ["Adjudication"] = 52,
        ["Results"] = 55,
        ["Asking"] = 56,
        ["Reports"] = 57, ["Fhir"] = 57, ["Hl7"] = 58,
        ["Batch"] = 60, ["Books"] = 60,
    };

    static readonly string[] Shared = ["Values", "Findings", "Traces"];

    const int LongestLine = 120, LongestFunction = 70, LongestFile = 500, LongestPageLine = 100, MostPublicTypes = 80;

    static IEnumerable<string> Library => Repository.Files("src/Deltoid", ".cs");

    static IEnumerable<string> AllCode =>
        Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs"))
            .Concat(Repository.Files("bench", ".cs"));

    static string FloorOf(string file) => file.Split('/') is [_, _, var folder, _, ..] ? folder : "Scrubber";

    static void Empty(List<string> faults) => Assert.True(faults.Count == 0, string.Join("\n", faults));

    [Fact]
    public void Every_folder_has_a_floor()
    {
        Empty([.. Library.Select(FloorOf).Distinct().Where(f => !Floors.ContainsKey(f))]);
        Assert.Equal("src/Deltoid/Scrubber.cs", Assert.Single(Library, f => f.Split('/').Length == 3));
    }

    [Fact]
    public void Floors_point_down_only()
    {
        var faults = new List<string>();
        foreach (var file in Library)
        {
            var own = FloorOf(file);
            var code = Repository.CodeOnly(Repository.Read(file));
            var used = Named().Matches(code).Select(m => m.Groups[1].Value)
                .Concat(own != "Scrubber" && Floors[own] <= Floors["Scrubber"] && UsesScrubber().IsMatch(code)
                    ? ["Scrubber"]
                    : []);
            foreach (var other in used.Distinct())
                if (Floors.TryGetValue(other, out var floor) && other != own && !Shared.Contains(other)
                    && floor >= Floors[own])
                    faults.Add($"{file} uses {other}");
        }
        Empty(faults);
    }

    [GeneratedRegex(@"\bDeltoid\.(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<![.\w])Scrubber\b")]
    private static partial Regex UsesScrubber();

    [Fact]
    public void The_library_has_no_floating_point() => Banned(Library, FloatingPoint(), "floating point");

    [GeneratedRegex(@"\b(double|float|Half|System\.(Double|Single))\b")]
    private static partial Regex FloatingPoint();

    [Fact]
    public void Nothing_below_floor_six_knows_clock_files_or_threads() =>
        Banned(Library.Where(f => Floors[FloorOf(f)] < 60), World(), "clock, files, threads");

    [GeneratedRegex(
        @"\b(DateTime(Offset)?\.(Now|UtcNow|Today)|Stopwatch|TimeProvider|Environment\.TickCount\w*|File\.|Directory\.|FileStream|Thread\b|Thread\.|ThreadPool|Task\.Run|Parallel\.|HttpClient|Socket|Random\b|Guid\.NewGuid)")]
    private static partial Regex World();

    [Fact]
    public void The_library_never_writes_to_the_console() => Banned(Library, ConsoleUse(), "the console");

    [GeneratedRegex(@"(?<![.\w])Console\b")]
    private static partial Regex ConsoleUse();

    [Fact]
    public void Json_is_never_read_or_written_by_reflection() => Banned(Library, Reflection(), "JsonSerializer");

    [GeneratedRegex(@"\bJsonSerializer\b")]
    private static partial Regex Reflection();

    static void Banned(IEnumerable<string> files, Regex pattern, string what)
    {
        var faults = new List<string>();
        foreach (var file in files)
        {
            var lines = Repository.CodeOnly(Repository.Read(file)).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                if (pattern.IsMatch(lines[i])) faults.Add($"{file}:{i + 1} uses {what}");
        }
        Empty(faults);
    }

    /// <summary>
    /// A row file has a reader that names it, which names each of its columns; files of X12 guides have one shape.
    /// </summary>
    [Fact]
    public void Every_row_file_is_read()
    {
        var code = string.Concat(Library.Select(static file => Repository.Read(file)));
        var faults = new List<string>();
        foreach (var file in Repository.Files("src/Deltoid", ".tsv")
            .Where(static f => !f.Contains("/X12/", StringComparison.Ordinal)))
        {
            var (name, rows) = (Path.GetFileNameWithoutExtension(file), Repository.Read(file).Split('\n'));
            if (!IsNamed(name) && !code.Contains($"/{name}.tsv\"", StringComparison.Ordinal))
                faults.Add($"{file} is not read");
            foreach (var column in rows.First(static row => row.Length > 0 && row[0] != '#').Split('\t'))
                if (!IsNamed(column)) faults.Add($"{file}: column '{column}' is not read");
            if (Array.Exists(rows, static row => row.Contains("RULES:", StringComparison.Ordinal)))
                faults.Add($"{file}: a rule of ours is no source");
        }
        Empty(faults);
        bool IsNamed(string word) => code.Contains($"\"{word}\"", StringComparison.Ordinal);
    }

    [Fact]
    public void Unchecked_arithmetic_says_why()
    {
        var faults = new List<string>();
        foreach (var file in AllCode)
        {
            var raw = Repository.Read(file).Split('\n');
            var code = Repository.CodeOnly(Repository.Read(file)).Split('\n');
            for (var i = 1; i < code.Length; i++)
            {
                var isSaid = raw[i].Contains("//", StringComparison.Ordinal)
                    || raw[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal);
                if (Unchecked().IsMatch(code[i]) && !isSaid)
                    faults.Add($"{file}:{i + 1} is unchecked without a reason on the line or above it");
            }
        }
        Empty(faults);
    }

    [GeneratedRegex(@"\bunchecked\b")]
    private static partial Regex Unchecked();

    [Fact]
    public void Lines_functions_and_files_stay_readable()
    {
        var faults = new List<string>();
        foreach (var file in AllCode)
        {
            var lines = Repository.Read(file).Split('\n');
            if (lines.Length > LongestFile) faults.Add($"{file} has {lines.Length} lines");
            var code = Repository.CodeOnly(Repository.Read(file)).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                if (lines[i].Length > LongestLine && WithoutTexts(lines[i], code[i]) > LongestLine)
                    faults.Add($"{file}:{i + 1} has {lines[i].Length} columns");
            faults.AddRange(LongFunctions(file, lines));
        }
        Empty(faults);
    }

    /// <summary>
    /// How long a line is. A text that cannot be broken (a document of JSON, a pattern) counts as nothing; the code
    /// around it does not.
    /// </summary>
    static int WithoutTexts(string line, string code) =>
        line.Length - line.TrimStart().Length + Runs().Replace(code.Trim(), " ").Length;

    [Fact]
    public void Pages_scripts_and_styles_keep_to_their_columns() => Empty([.. new[] { ".razor", ".css", ".mjs", ".js" }
        .SelectMany(static ending => Repository.Files("src/Deltoid.Web", ending)
            .Concat(Repository.Files("src/Deltoid.Browser", ending)).Concat(Repository.Files("tests/browser", ending)))
        .Where(static file => !file.Contains("/lib/", StringComparison.Ordinal))
        .SelectMany(static file => Repository.Read(file).Split('\n')
            .Select((line, i) => (file, Line: i + 1, line.Length)))
        .Where(static l => l.Length > LongestLine).Select(static l => $"{l.file}:{l.Line} has {l.Length} columns")]);

    [GeneratedRegex(" {2,}")]
    private static partial Regex Runs();

    /// <summary>
    /// Paragraphs of pages; tables, fences, headings and what has no blank to break at may be longer.
    /// </summary>
    [Fact]
    public void Pages_are_wrapped()
    {
        var faults = new List<string>();
        foreach (var file in Repository.Files("", ".md"))
        {
            var isFence = false;
            foreach (var (line, number) in Repository.Read(file).Split('\n').Select(static (l, i) => (l, i + 1)))
            {
                if (Fence().IsMatch(line)) isFence = !isFence;
                var canBreak = Unbroken().Replace(line, static m => new('x', m.Length)).LastIndexOf(' ') > 4;
                if (!isFence && line.Length > LongestPageLine && canBreak && !Unwrapped().IsMatch(line))
                    faults.Add($"{file}:{number} has {line.Length} columns");
            }
        }
        Empty(faults);
    }

    [GeneratedRegex("^ *(```|~~~)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`]*`|\[[^\]]*\]\([^)]*\)|^ *([-*+]|\d+\.) +")]
    private static partial Regex Unbroken();

    [GeneratedRegex(@"^(#|\||<!--|Shows |Near miss of |>)")]
    private static partial Regex Unwrapped();

    /// <summary>What a program needs of the library; the rest is the inside of the house.</summary>
    [Fact]
    public void The_public_surface_is_small() =>
        Assert.InRange(typeof(Scrubber).Assembly.GetExportedTypes().Length, 1, MostPublicTypes);

    /// <summary>A body is what stands between braces of its own at the depth of a member.</summary>
    static IEnumerable<string> LongFunctions(string file, string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            var depth = lines[i].Length - lines[i].TrimStart().Length;
            if (lines[i].TrimEnd() != new string(' ', depth) + "{" || depth is 0 or > 8
                || TypeDeclaration().IsMatch(HeadOf(lines, i, depth)))
                continue;
            var end = Array.FindIndex(lines, i,
                l => l.StartsWith(new string(' ', depth) + "}", StringComparison.Ordinal));
            if (end - i > LongestFunction) yield return $"{file}:{i} is a function of {end - i} lines";
        }
    }

    /// <summary>The first line of what a brace opens: the lines between are deeper.</summary>
    static string HeadOf(string[] lines, int brace, int depth)
    {
        var at = brace - 1;
        while (at > 0 && lines[at].StartsWith(new string(' ', depth + 1), StringComparison.Ordinal)) at--;
        return lines[at];
    }

    [GeneratedRegex(@"\b(class|struct|record|enum|interface|=)\b|=\s*$")]
    private static partial Regex TypeDeclaration();

    [Fact]
    public void Nothing_is_left_to_do_later() =>
        Forbidden(new Regex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b(?!\.)"),
            [.. AllCode.Where(f => !f.EndsWith("HouseTests.cs", StringComparison.Ordinal))], "an open end");

    [Fact]
    public void No_committed_file_names_a_path_of_a_machine() =>
        Forbidden(new Regex(@"(?<![\w.])/(wo" + @"rk|home|root|Users)/\w"), [.. Repository.Files("", "").Where(IsText)],
            "a path of one machine");

    static bool IsText(string file) =>
        Path.GetExtension(file) is ".cs" or ".md" or ".json" or ".tsv" or ".py" or ".sh" or ".props" or ".csproj"
            or ".yml" or "";

    static void Forbidden(Regex pattern, string[] files, string what)
    {
        var faults = new List<string>();
        foreach (var file in files)
        {
            var lines = Repository.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                if (pattern.IsMatch(lines[i])) faults.Add($"{file}:{i + 1} holds {what}");
        }
        Empty(faults);
    }
}
