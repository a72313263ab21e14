using System.Diagnostics;
using System.Globalization;
using System.Text;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Bench;

/// <summary>
/// How soon the shipped book answers in a new process: each figure is from the start of opening. Publish with
/// ReadyToRun and run it several times.
/// </summary>
static class OpenBench
{
    const string Visit =
        """{"serviceDate":"2026-08-03","placeOfService":"11","payer":{"kind":"medicare"},"diagnoses":["D51.0"],"administrations":[{"drug":"B12","dose":"1000 mcg","route":"IM","container":"single-dose","containerAmount":"1000 mcg"}]}""";

    /// <summary>Must be the first thing the process does.</summary>
    public static void Run()
    {
        var (start, day) = (Stopwatch.GetTimestamp(), new DateOnly(2026, 8, 3));
        var book = StarterBook.Open();
        var open = Stopwatch.GetElapsedTime(start);
        var isKnown = book.TryCode(Code.Of("96372"), day, out _);
        var code = Stopwatch.GetElapsedTime(start);
        isKnown &= book.TryPair(Code.Of("96372"), Code.Of("99213"), day, hospital: false, out _);
        var pair = Stopwatch.GetElapsedTime(start);
        isKnown &= book.Diagnoses(day)!.Label(Code.Of("D510")).Length > 0;
        var diagnosis = Stopwatch.GetElapsedTime(start);
        isKnown &= book.DrugNamed("toradol") is not null;
        var drug = Stopwatch.GetElapsedTime(start);
        var visit = CodedVisit.Of(EncounterJson.Read(Encoding.UTF8.GetBytes(Visit), "visit"), book, new Scrubber());
        var coded = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ms from the start of opening: open {open.TotalMilliseconds:0.0}, code "
                + $"{code.TotalMilliseconds:0.0}, pair {pair.TotalMilliseconds:0.0}, diagnosis "
                + $"{diagnosis.TotalMilliseconds:0.0}, drug {drug.TotalMilliseconds:0.0}, visit coded "
                + $"{coded.TotalMilliseconds:0.0}; {GC.GetTotalAllocatedBytes() / 1e6:0.0} MB allocated, "
                + $"{Environment.WorkingSet / 1e6:0} MB resident ({isKnown}, {visit.Claim.Lines.Length} lines)"));
    }
}
