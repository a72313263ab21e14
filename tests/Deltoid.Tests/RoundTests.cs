using System.Text;
using Deltoid.Adjudication;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// The round: encounters are coded, sent to a practice payer, answered, resolved, changed and sent again, until every
/// claim is paid or closed. What was posted is what the payer's books say, to the cent.
/// </summary>
public sealed class RoundTests
{
    const int MostRounds = 6;

    static readonly CodeBook Book = StarterBook.Open();

    static readonly ThreadLocal<Scrubber> Checker = new(static () => new()); // other tests ask for items beside these

    static int Seeds => LongRun.Count(100, 1_000);

    static readonly byte[][] Examples = [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.json")
        .Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    static string Billing(string id, string member, PayerKind kind) => $$"""
        {
          "id": "{{id}}",
          "billingProvider": {
            "name": "Sample Street Clinic", "npi": "1234567893", "taxId": "12-3456789", "taxonomy": "207Q00000X",
            "phone": "2175550100",
            "address": { "line": "100 Sample Street", "city": "Springfield", "state": "IL", "zip": "627010000" }
          },
          "renderingProvider": { "name": "Sample", "first": "Dana", "npi": "1245319599", "taxonomy": "207Q00000X" },
          "subscriber": {
            "name": "Example", "first": "Pat", "memberId": "{{member}}", "birthDate": "1958-04-09", "sex": "F",
            "address": { "line": "1 Example Road", "city": "Springfield", "state": "IL", "zip": "62701" }
          },
          "payer": { "kind": "{{Words.PayerKinds[kind]}}", "id": "PRACTICE-1", "name": "Practice Plan",
            "filing": "{{FilingOf(kind)}}" },
          "statements": { "signature": "Y", "assignment": "A", "benefits": "Y", "release": "Y" }
        }
        """;

    static string FilingOf(PayerKind kind) => kind switch
    {
        PayerKind.Medicare => "MB",
        PayerKind.MedicareAdvantage => "16",
        PayerKind.Medicaid => "MC",
        PayerKind.WorkersComp => "WC",
        PayerKind.Tricare => "CH",
        _ => "CI",
    };

    static readonly PayerKind[] Kinds =
        [PayerKind.Medicare, PayerKind.Commercial, PayerKind.Commercial, PayerKind.MedicareAdvantage,
            PayerKind.Medicaid];

    /// <summary>A coded claim with its parties and charges; null where the encounter comes to no line.</summary>
    internal static Practice.Item? ItemOf(Random random, int seed, int number, DateOnly day)
    {
        var encounter = random.Next(4) == 0
            ? CodingPropertyTests.AnyEncounter(random)
            : EncounterJson.Read(Examples[random.Next(Examples.Length)], "");
        encounter.ServiceDate = day;
        if (random.Next(2) == 0 || encounter.PayerKind is PayerKind.None or PayerKind.SelfPay)
            encounter.PayerKind = Kinds[random.Next(Kinds.Length)];
        if (encounter.Diagnoses.Count == 0) encounter.Diagnoses.Add(Code.Of("D510"));
        var claim = CodedVisit.Of(encounter, Book, Checker.Value!).Claim;
        if (claim.Lines.Length == 0) return null;
        var member = encounter.PayerKind == PayerKind.Medicare ? "1EG4TE5MK73" : $"W{random.Next(100, 104)}";
        ClaimJson.ReadParties(Encoding.UTF8.GetBytes(Billing($"S{seed}C{number}", member, encounter.PayerKind)), claim);
        var total = Money.Zero;
        foreach (ref var line in claim.EditLines())
        {
            line.Charge = new Money(random.Next(500, 90_000));
            total += line.Charge.Value;
        }
        claim.Charge = total;
        var isWrong = random.Next(15) == 0;
        if (isWrong) claim.Set(Party.Billing, PartyField.Npi, "1234567890"u8);
        return new() { Claim = claim, Encounter = encounter, IsWrongNpi = isWrong };
    }

    static void Run(int seed, Practice.Counts counts, List<string> faults)
    {
        var (random, books, rates) = (new Random(seed), new PayerBooks(), new PracticeRates());
        var practice = new Practice(Book, new PracticePayer(Book, seed, rates, books), books, counts);
        var day = new DateOnly(2026, 1, 5).AddDays(random.Next(80));
        for (var number = random.Next(4, 9); number > 0; number--)
            if (ItemOf(random, seed, number, day) is { } item)
            {
                practice.Add(item);
                counts.Claims++;
            }
        for (var round = 0; round < MostRounds; round++) practice.Round(books.Day == default ? day.AddDays(3)
            : books.Day.AddDays(3));
        foreach (var account in books.Accounts) if (account.Plant.Length > 0) counts.Planted++;
        faults.AddRange(practice.Faults.Select(f => $"seed {seed}: {f}"));
        if (!practice.IsDone) faults.Add($"seed {seed}: still open: {string.Join(", ", practice.Open)}");
        var (posted, kept) = (practice.Totals(), books.Totals());
        void Same(string what, Money ours, Money theirs)
        {
            if (ours != theirs) faults.Add($"seed {seed}: {what}: posted {ours}, the payer's books say {theirs}");
        }
        Same("charges", posted.Charge, kept.Charge);
        Same("payments", posted.Paid, kept.Paid);
        Same("contractual", posted.Contractual, kept.Contractual);
        Same("patient", posted.Patient, kept.Patient);
        Same("denied", posted.Denied, kept.Denied);
        Same("interest", practice.Interest, books.Interest);
        Same("checks", practice.Checks, books.Checks);
        var open = books.Open.Aggregate(Money.Zero, static (sum, o) => sum + o.Amount);
        Same("checks by claim", practice.Checks, kept.Paid + books.Interest + open);
    }

    [Fact]
    public void Every_claim_is_paid_or_closed_and_the_books_agree_to_the_cent()
    {
        var (counts, faults) = (new Practice.Counts(), new List<string>());
        for (var seed = 1; seed <= Seeds; seed++) Run(seed, counts, faults);
        TestContext.Current.TestOutputHelper?.WriteLine(counts.ToString());
        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.Take(40))}\n{counts}");
        Assert.True(counts is { PaidAtFirst: > 50, WonBack: > 5, Planted: > 30, Quarantined: > 5, Received: > 5,
            Duplicates: > 0 }, counts.ToString());
    }
}
