using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Bench;

/// <summary>
/// Finding codes as one types (≤ 5 ms): 200 queries over a book with a pack, each several times, its best time
/// standing.
/// </summary>
static class FindBench
{
    const int Queries = 200, Rounds = 15, Procedures = 9_000, Packages = 10_000;

    /// <summary>What is typed letter by letter; the last words have slips.</summary>
    static readonly string[] Typed =
    [
        "ketorolac",
        "depo medrol",
        "low back pain",
        "m75.10",
        "96372",
        "j1885",
        "00409-1234-05",
        "injection of shoulder",
        "pain in right knee",
        "b12 deficiency",
        "unspecified fracture of left",
        "type 2 diabetes",
        "torradol",
        "ketoralac",
        "diabtes",
        "osteoarthrits knee",
        "methylpredisolone",
        "hypertenshun",
        "xqzvwkjp",
    ];

    public static void Run(string? name)
    {
        var watch = Stopwatch.StartNew();
        var pack = name is null || name.EndsWith(".zip", StringComparison.Ordinal) ? Made(name) : null;
        Console.WriteLine(pack is null
            ? $"book {name}"
            : $"pack made in {watch.ElapsedMilliseconds} ms, {pack.Length / 1_000_000} MB");
        watch.Restart();
        var book = pack is null ? BookName.Open(name!, allowsFalseDates: true) : StarterBook.Under(Pack.Of(pack));
        Console.WriteLine($"opened in {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        book.Search.Find("k", book.Release);
        Console.WriteLine(
            $"first query, own rows indexed: {watch.ElapsedMilliseconds} ms; {book.Search.RowCount} rows");
        var times = new List<(decimal Micros, string Text)>();
        foreach (var text in All()) times.Add((Best(book, text), text));
        times.Sort();
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{times.Count} queries: best {times[0].Micros:0} µs, median {times[times.Count / 2].Micros:0} µs, "
                + $"95 of 100 {times[times.Count * 95 / 100].Micros:0} µs, worst {times[^1].Micros:0} µs"));
        foreach (var (micros, text) in times.TakeLast(5))
            Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"  {micros,7:0} µs  {text}"));
    }

    /// <summary>Whole queries first, then what stands in the field while they are typed.</summary>
    static IEnumerable<string> All() =>
        Typed.Concat(Typed.SelectMany(static t => Enumerable.Range(1, t.Length - 1).Select(n => t[..n]))).Take(Queries);

    static decimal Best(CodeBook book, string text)
    {
        var best = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            book.Search.Find(text, book.Release);
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }
        return best * 1_000_000m / Stopwatch.Frequency;
    }

    /// <summary>A pack of diagnoses, published or made up, with codes and packages whose words are theirs.</summary>
    static byte[] Made(string? zip)
    {
        var (draft, dates) = (new PackDraft(), DateRange.Of(new(2026, 1, 1), new(2026, 12, 31)));
        foreach (var table in (string[])["icd10cm", "hcpcs", "asp-ndc"])
            draft.Sources.Add(new(table, table, table, "", "", dates, 1, IsWhole: false, HasFalseDates: true));
        var labels = new List<string>();
        foreach (var (code, billable, label) in zip is null ? MadeUp() : Published(zip))
        {
            draft.Diagnoses.Add(Code.Of(code), billable ? DiagnosisTraits.Billable : DiagnosisTraits.None,
                draft.Text(label), 0);
            labels.Add(label);
        }
        for (var i = 0; i < Procedures; i++)
            draft.Hcpcs.Add(new(draft.Id(Code.Of($"K{1000 + i}")), dates, 0, draft.Text($"Inj {labels[i * 5]}"),
                draft.Text($"Injection, {labels[i * 7]}, {labels[i * 3]}, {i % 50} mg"), 0, 0, 0, 0, 0, 1));
        for (var i = 0; i < Packages; i++)
            draft.NdcCodes.Add(new(draft.Id(Code.Of($"K{1000 + (i % Procedures)}")), 409_000_000 + (i * 997L), dates,
                default, default, default, default, draft.Text($"{labels[i * 4]} {Word(i)}"),
                draft.Text($"Maker {i % 97}"), 2));
        return draft.Write();
    }

    static string Word(int number) =>
        string.Concat(Enumerable.Range(0, 4).Select(i => Syllables[(number >> (4 * i)) & 15]));

    static readonly string[] Syllables =
        ["ba", "cor", "dil", "fen", "gra", "hy", "lo", "mes", "nor", "pra", "qui", "ros", "sta", "tri", "vex", "zol"];

    static IEnumerable<(string, bool, string)> MadeUp()
    {
        for (var i = 0; i < 75_000; i++)
            yield return ($"Y{i:D5}", true,
                $"Pain of {Word(i * 7 % 9001)} and {Word(i % 3001)}, unspecified {Word(i * 31 % 997)}, left side");
    }

    /// <summary>The order file: number, code, whether it is billable, a short label, a long one.</summary>
    static IEnumerable<(string, bool, string)> Published(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        using var reader = new StreamReader(archive.Entries.First(static e =>
                e.Name.StartsWith("icd10cm_order_2", StringComparison.Ordinal)).Open(), Encoding.Latin1);
        while (reader.ReadLine() is { Length: > 77 } line)
            yield return (line[6..13].TrimEnd(), line[14] == '1', line[77..].Trim());
    }
}
