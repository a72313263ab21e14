using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Minutes by vein are credited once: however bags overlap, follow or repeat, the codes never stand for more time than
/// passed.
/// </summary>
public sealed class InfusionTimeTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static readonly string[] Drugs =
        ["vancomycin", "ceftriaxone", "metronidazole", "normal saline", "lactated ringers"];

    /// <summary>The fewest minutes that a unit of a code stands for.</summary>
    static readonly (string Code, int Minutes)[] Fewest =
    [("96365", 16), ("96366", 31), ("96367", 16), ("96360", 31), ("96361", 31)];

    [Fact]
    public void No_minute_is_billed_twice()
    {
        var random = new Random(96365);
        for (var run = 0; run < 5_000; run++)
        {
            var (encounter, passed) = Any(random);
            var profile = PayerProfile.For(Book.PayerSettings, encounter.PayerKind, encounter.ServiceDate);
            var claim = Coder.Code(encounter, Book, profile, null, new FindingList());
            var billed = Fewest.Sum(f => Units(claim, f.Code) * f.Minutes);
            Assert.True(billed <= passed, $"run {run}: codes stand for {billed} minutes at least, and {passed} passed");
            Assert.True(Units(claim, "96368") <= 1, $"run {run}: concurrent more than once");
            Assert.True(Units(claim, "96365") + Units(claim, "96360") + Units(claim, "96374") <= 1,
                $"run {run}: more than one initial service");
        }
    }

    static (Encounter Encounter, int Minutes) Any(Random random)
    {
        var encounter = new Encounter
        {
            ServiceDate = new(2026, 3, 2), PlaceOfService = Code.Of("11"), PayerKind = PayerKind.Commercial,
            Setting = random.Next(2) == 0 ? Setting.Facility : Setting.Professional,
        };
        encounter.Diagnoses.Add(Code.Of("E860"));
        var busy = new bool[24 * 60];
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var (from, minutes) = (random.Next(8 * 60, 14 * 60), random.Next(1, 200));
            for (var minute = from; minute < from + minutes; minute++) busy[minute] = true;
            var start = new TimeOnly(from / 60, from % 60);
            var given = new Administration { Drug = Drugs[random.Next(Drugs.Length)], Route = Route.IvInfusion,
                Site = "left forearm", Start = start, Stop = start.AddMinutes(minutes) };
            given.Diagnoses.Add(Code.Of("E860"));
            encounter.Administrations.Add(given);
        }
        return (encounter, busy.Count(static b => b));
    }

    static long Units(Claim claim, string code)
    {
        var units = 0L;
        foreach (ref readonly var line in claim.Lines)
            if (line.Code == Code.Of(code)) units += line.Units.Whole;
        return units;
    }
}
