using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Coding;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;
using Deltoid.Traces;

namespace Deltoid.Bench;

/// <summary>
/// Coding a visit with its trace (≤ 20 µs), the payer's profile made for it each time; the whole of <c>code</c> (coded,
/// checked, priced); and opening the starter book in this process, cold and warm (≤ 50 ms cold).
/// </summary>
static class CodingBench
{
    static readonly (string Name, string Json)[] Visits =
    [
        ("one injection",
            """{"serviceDate":"2026-03-02","placeOfService":"11","payer":{"kind":"medicare","state":"IL","locality":"06102-16"},"diagnoses":["D51.0"],"administrations":[{"drug":"cyanocobalamin","dose":"1000 mcg","route":"IM","site":"left deltoid","container":"single-dose","containerAmount":"1000 mcg"}]}"""),
        ("visit and two injections",
            """{"serviceDate":"2026-03-02","placeOfService":"11","payer":{"kind":"commercial"},"diagnoses":["M05.79","D51.0"],"visits":[{"code":"99213","separateNote":true}],"administrations":[{"drug":"Depo-Medrol","dose":"40 mg","route":"IM","site":"left deltoid"},{"drug":"B12","dose":"1000 mcg","route":"IM","site":"right deltoid"}]}"""),
        ("infusion of four drugs",
            """{"serviceDate":"2026-03-02","placeOfService":"11","payer":{"kind":"commercial"},"diagnoses":["K50.90"],"administrations":[{"drug":"Remicade","dose":"400 mg","route":"iv-infusion","start":"09:00","stop":"11:10"},{"drug":"diphenhydramine","dose":"25 mg","route":"iv push","start":"08:45","stop":"08:47"},{"drug":"normal saline","dose":"500 mL","route":"iv-infusion","purpose":"hydration","start":"11:15","stop":"12:00"},{"drug":"solumedrol","dose":"40 mg","route":"iv-push"}]}"""),
    ];

    public static void Run(decimal baseline, TimeSpan coldOpen)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var book = StarterBook.Open();
        Console.WriteLine($"open the starter book: {coldOpen.TotalMilliseconds:0.0} ms first, "
            + $"{watch.Elapsed.TotalMilliseconds:0.0} ms again ({book.CodeCount} codes, {book.Drugs.Count} "
            + $"drugs)");
        var (trace, findings, scrubber) = (new Trace(), new FindingList(), new Scrubber());
        foreach (var (name, json) in Visits)
        {
            var encounter = EncounterJson.Read(System.Text.Encoding.UTF8.GetBytes(json), name);
            Measure.Print($"code with trace: {name}", Measure.Of(() =>
            {
                trace.Clear();
                findings.Clear();
                Coder.Code(encounter, book,
                    PayerProfile.For(book.PayerSettings, encounter.PayerKind, encounter.ServiceDate, "state:IL",
                        "06102"), trace, findings);
            }, 10_000), baseline);
            Measure.Print($"code, check and price: {name}",
                Measure.Of(() => CodedVisit.Of(encounter, book, scrubber), 5_000), baseline);
        }
    }
}
