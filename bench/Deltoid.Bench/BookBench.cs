using System.Diagnostics;
using System.Globalization;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Bench;

/// <summary>
/// A compiled book: how soon it answers in a new process, what a look-up costs on the pairs and codes of claims and at
/// random over the whole table, and what it does to the speed of a scrub. Made-up dates are good enough for that.
/// </summary>
static class BookBench
{
    /// <summary>Must be the first thing the process does.</summary>
    public static void Run(string name, string? claims)
    {
        var start = Stopwatch.GetTimestamp();
        var pack = BookName.PackOf(name);
        var pairs = pack.PairsOf("ptp-practitioner", static s => s)!;
        var (one, two) = (IdIn(pack, "96372"), IdIn(pack, "99213"));
        var answered = pairs.TryFind(one, two, new DateOnly(2024, 9, 1).DayNumber, out var row);
        var opened = Stopwatch.GetElapsedTime(start);
        Say($"open to the first code and pair, this process: {opened.TotalMilliseconds:0.0} ms ({(answered ? $"96372/99213 {row.Indicator}" : "no pair")}; pack of {pack.Length / 1e6m:0.0} MB, {pairs.Count:N0} pairs)");
        start = Stopwatch.GetTimestamp();
        var book = BookName.Open(name, allowsFalseDates: true);
        Say($"open as a book, over the shipped rows: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms, {book.CodeCount:N0} codes");
        LookUps(pack, book);
        Scrubs(book, claims);
    }

    static int IdIn(Pack pack, string code) => Sorting.Find(pack.Codes.Span, Code.Of(code).Packed);

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    static void LookUps(Pack pack, CodeBook book)
    {
        var (day, table, found) = (new DateOnly(2024, 9, 1).DayNumber, book.PractitionerPairs, 0);
        string[] claim =
            ["96372", "99213", "99214", "J1885", "J3420", "J0696", "20610", "J3301", "90471", "36415", "96374",
                "99211"];
        var ids = Array.ConvertAll(claim, c => book.Id(Code.Of(c)));
        var calls = ids.Length * ids.Length;
        Per("a pair on its day, codes of claims", Measure.Of(() =>
        {
            foreach (var a in ids)
                foreach (var b in ids)
                    if (table.TryFind(a, b, day, out _)) found ^= 1;
        }, 20_000), calls);
        var all = pack.Codes.Count;
        var (ones, twos) = (new int[65_536], new int[65_536]);
        var state = 12345UL;
        for (var i = 0; i < ones.Length;)
        {
            // dice: the product is meant to wrap
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            ones[i] = (int)((state >> 33) % (ulong)all);
            twos[i] = (int)((state >> 13) % (ulong)all);
            if (table.HasColumnOne(ones[i])) i++;
        }
        Per("a pair on its day, random over the table", Measure.Of(() =>
        {
            for (var i = 0; i < ones.Length; i++)
                if (table.TryFind(ones[i], twos[i], day, out _)) found ^= 1;
        }, 20), ones.Length);
        var codes = Array.ConvertAll(claim, Code.Of);
        Per("a code on its day, codes of claims", Measure.Of(() =>
        {
            foreach (var code in codes)
                if (book.Codes.Find(book.Id(code), day).Dates.FromDay >= 0) found ^= 1;
        }, 300_000), codes.Length);
        Per("a code's number, random over the book", Measure.Of(() =>
        {
            foreach (var a in ones)
                if (book.Id(new(pack.Codes[a])) >= 0) found ^= 1;
        }, 40), ones.Length);
        GC.KeepAlive(found);
    }

    static void Per(string what, (decimal Nanoseconds, decimal Bytes) found,
        int calls) => Say($"{what,-46} {found.Nanoseconds / calls,7:0.0} ns, {found.Bytes:0} B allocated");

    /// <summary>By turns, so that what else the machine does meets both.</summary>
    static void Scrubs(CodeBook full, string? claims)
    {
        var file = claims is null ? ClaimFiles.Usual(20_000) : File.ReadAllBytes(claims);
        var (starter, best) = (StarterBook.Open(), (Starter: TimeSpan.MaxValue, Full: TimeSpan.MaxValue));
        for (var round = 0; round < 9; round++)
        {
            best.Starter = Least(best.Starter, Scrub(file, starter));
            best.Full = Least(best.Full, Scrub(file, full));
        }
        Say($"scrub of {file.Length / 1e6m:0.0} MB: {best.Full / best.Starter:0.00} of the time it takes with the shipped rows alone ({best.Full.TotalMilliseconds:0} and {best.Starter.TotalMilliseconds:0} ms)");
    }

    static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Scrub(byte[] file, CodeBook book)
    {
        var start = Stopwatch.GetTimestamp();
        new ScrubRun(new BlockSource(new MemoryStream(file)), book, null, () => new FindingsLines(book),
            static (_, _) => { }).Run(Environment.ProcessorCount, 0, CancellationToken.None);
        return Stopwatch.GetElapsedTime(start);
    }
}
