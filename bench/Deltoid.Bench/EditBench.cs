using System.Runtime.Intrinsics;
using Deltoid.Binding;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Payers;

namespace Deltoid.Bench;

/// <summary>
/// The cost of judging a claim: binding and waking with every edit asleep (≤ 300 ns), and bound and checked with two
/// findings (≤ 1,500 ns), nothing allocated. "Asleep" are edits that need a group the claim does not have; those that
/// look at every claim (NPI, charges, pointers, modifiers) are in the checked figures.
/// </summary>
static class EditBench
{
    const string Header =
        "payer medicare  dos 2026-03-02  pos 11  dx D51.0\nsetting professional  id BENCH  npi 1234567893\n";

    public static void Run(decimal baseline)
    {
        var book = StarterBook.Open();
        var profile = PayerProfile.For(book.PayerSettings, Values.PayerKind.Medicare, new(2026, 3, 2));
        var clean = Read("1  96372  x1  charge 38\n2  J3420-JZ  x1  charge 12\n3  36415  x1  charge 5");
        var faulty = Read("1  99211-25  x1  charge 30\n2  96372-50  x1  charge 38\n3  J3420-JZ  x1  charge 12");
        var bound = new BoundClaim();
        var awake = Vector256<ulong>.Zero;
        Measure.Print("bind a 3-line claim",
            Measure.Of(() => Binder.Bind(bound, clean, book, profile, null, null), 100_000), baseline);
        Measure.Print("bind and wake a 3-line claim, no edit asked", Measure.Of(() =>
        {
            Binder.Bind(bound, clean, book, profile, null, null);
            awake |= Shipped.Edits.Wake(bound.Groups);
        }, 100_000), baseline);
        var (scrubber, findings) = (new Scrubber(), new FindingList());
        void Check(Claim claim)
        {
            findings.Clear();
            scrubber.Check(claim, book, profile, null, null, findings);
        }
        Check(faulty);
        Console.WriteLine($"  (the faulty claim has {findings.Count} findings, joined ones "
            + $"counted; {Shipped.Edits.Edits.Count} edits)");
        Measure.Print("bind, wake and check a clean 3-line claim", Measure.Of(() => Check(clean), 50_000), baseline);
        Measure.Print("bind, wake and check a 3-line claim with two findings", Measure.Of(() => Check(faulty), 50_000),
            baseline);
        GC.KeepAlive(awake);
    }

    static Claim Read(string lines)
    {
        var claim = new Claim();
        ClaimNotation.Read(Header + lines, claim);
        return claim;
    }
}
