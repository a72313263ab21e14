using System.Text;
using Deltoid.Binding;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.PayerRules;

namespace Deltoid.Bench;

/// <summary>
/// What two hundred payer rules cost a claim, as a ratio to scrubbing it without them: rules about other codes and
/// payers (≤ 1.10), rules about its codes for other payers (≤ 1.10), and one in ten of its payer and codes; nothing
/// allocated.
/// </summary>
static class RuleBench
{
    const int Rules = 200;

    const string Claim = "payer commercial  payerid PLAN7  dos 2026-03-02  pos 11  dx D51.0  id BENCH  npi 1234567893\n"
        + "1  96372  x1  charge 38\n2  J3420-JZ  x1  charge 12\n3  36415  x1  charge 5\n";

    public static void Run()
    {
        var (book, claim) = (StarterBook.Open(), new Claim());
        ClaimNotation.Read(Claim, claim);
        var profile = new ClaimPayers(book).Of(claim);
        var findings = new FindingList();
        (decimal Nanoseconds, decimal Bytes) Time(Scrubber scrubber) => Measure.Of(() =>
        {
            findings.Clear();
            scrubber.Check(claim, book, profile, null, null, findings);
        }, 50_000);
        var without = Time(new());
        Measure.Print("scrub a 3-line claim without rules", without, without.Nanoseconds);
        void Print(string what, Func<int, string> conditions) => Measure.Print(what, Time(new(PayerRuleEdit.WithShipped(
            PayerRuleFile.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Rules).Select(i =>
                Rule(i, conditions(i))))))))), without.Nanoseconds);
        Print($"{Rules} rules of other codes and payers", static i =>
            $"payer is OTHER{i}\nand code is J{1000 + i}\nand place is 11");
        Print($"{Rules} rules of its codes, for other payers", static i =>
            $"payer is OTHER{i}\nand code is 96372 J3420 36415\nand place is 11");
        Print($"{Rules} rules of other kinds of payers", static i => $"payer-kind is medicare\nand units over {i}");
        Print($"{Rules} rules of the chart, which is not given", static i =>
            $"administrations.minutes over {i}\nand code is 96372");
        Print($"{Rules} rules, 20 of its payer and code", static i =>
            $"payer is PLAN{i % 10}\nand code is 96372\nand units over {i + 1}");
        Print($"{Rules} rules of runs of codes, for other payers", static i =>
            $"code is J0000-J9999\nand not payer is PLAN7\nand units over {i}");
    }

    static string Rule(int number, string conditions) =>
        $"rule OWN{number:0000} r-{number}\nseverity warning\noutcome denial\nmessage m\ncitation c\nfrom 2026-01-01\n"
            + $"when {conditions}\ncase fires\n  1 96372 x1\ncase quiet\n  1 96372 x1\n";
}
