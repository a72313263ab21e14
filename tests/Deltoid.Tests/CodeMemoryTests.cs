using Deltoid.Binding;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What a worker remembers of its code book changes nothing that is found.</summary>
public sealed class CodeMemoryTests
{
    static readonly Code B12 = Code.Of("J3420"), Shot = Code.Of("96372");

    static CodeMemory.Known Known(Code code, int from, int thru, bool outpatient = false) =>
        new() { Code = code.Packed, FromDay = from, ThruDay = thru, Outpatient = outpatient };

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_code_is_known_on_the_days_of_its_row(int day, bool isKnown) =>
        Assert.Equal(isKnown, CodeMemory.IsOn(Known(B12, 10, 20), B12, day, outpatient: false));

    [Fact]
    public void Another_code_setting_or_no_code_is_not_known()
    {
        Assert.False(CodeMemory.IsOn(Known(B12, 10, 20), Shot, 15, outpatient: false));
        Assert.False(CodeMemory.IsOn(Known(B12, 10, 20), B12, 15, outpatient: true));
        Assert.False(CodeMemory.IsOn(default, default, 0, outpatient: false));
    }

    [Fact]
    public void A_code_stays_until_there_are_too_many_or_the_book_changes()
    {
        var memory = new CodeMemory();
        var book = StarterBook.Open();
        memory.Use(book);
        memory.LineOf(B12) = Known(B12, 10, 20);
        memory.Use(book);
        Assert.True(CodeMemory.IsOn(memory.LineOf(B12), B12, 15, outpatient: false));
        memory.Use(new CodeBookBuilder(StarterBook.Version).Build());
        Assert.False(CodeMemory.IsOn(memory.LineOf(B12), B12, 15, outpatient: false));
    }

    /// <summary>More codes than are kept: each is found as it was put there, or not at all.</summary>
    [Fact]
    public void Many_codes_are_kept_apart()
    {
        var memory = new CodeMemory();
        memory.Use(StarterBook.Open());
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var day = random.Next(10_000);
            var code = Code.Of($"J{day:0000}");
            ref var known = ref memory.LineOf(code);
            Assert.Equal(code.Packed, known.Code);
            if (!CodeMemory.IsOn(known, code, day, outpatient: false)) known = Known(code, day, day);
            Assert.Equal((day, day), (known.FromDay, known.ThruDay));
        }
    }

    [Fact]
    public void The_class_of_a_codes_drugs_is_kept_by_day_payer_and_neoplasm()
    {
        var (memory, book) = (new CodeMemory(), StarterBook.Open());
        memory.Use(book);
        var (day, payers) = (new DateOnly(2026, 3, 2), new ClaimPayers(book));
        var (payer, other) = (payers.Of(ClaimOf("J3420", day, Setting.Professional)),
            payers.Of(ClaimOf("J3420", day.AddDays(400), Setting.Professional)));
        memory.KeepClass(B12, day, payer, hasNeoplasm: false, DrugClass.Simple);
        Assert.Equal(DrugClass.Simple, memory.ClassOf(B12, day, payer, hasNeoplasm: false));
        Assert.Null(memory.ClassOf(B12, day, payer, hasNeoplasm: true));
        Assert.Null(memory.ClassOf(B12, day.AddDays(1), payer, hasNeoplasm: false));
        Assert.Null(memory.ClassOf(B12, day, other, hasNeoplasm: false));
        Assert.Null(memory.ClassOf(Shot, day, payer, hasNeoplasm: false));
    }

    [Fact]
    public void A_package_is_known_for_its_code_and_day_alone()
    {
        var memory = new CodeMemory();
        memory.Use(StarterBook.Open());
        Assert.True(Ndc.TryParse("00517003125"u8, out var ndc));
        var day = new DateOnly(2026, 3, 2);
        Assert.False(memory.Agree(ndc, B12, day));
        memory.KeepAgreed(ndc, B12, day);
        Assert.True(memory.Agree(ndc, B12, day));
        Assert.False(memory.Agree(ndc, Shot, day));
        Assert.False(memory.Agree(ndc, B12, day.AddDays(1)));
    }

    [Fact]
    public void What_was_found_of_a_diagnosis_holds_in_its_table_alone()
    {
        var (memory, book) = (new CodeMemory(), StarterBook.Open());
        memory.Use(book);
        var diagnosis = Code.Of("E119");
        var table = book.DiagnosisTables[0];
        Assert.Null(memory.StandingOf(table, diagnosis));
        memory.Keep(table, diagnosis, DiagnosisStanding.Invalid);
        Assert.Equal(DiagnosisStanding.Invalid, memory.StandingOf(table, diagnosis));
        foreach (var other in book.DiagnosisTables[1..]) Assert.Null(memory.StandingOf(other, diagnosis));
        var longest = Code.Of("E1191234"); // no room for what was found
        memory.Keep(table, longest, DiagnosisStanding.Invalid);
        Assert.Null(memory.StandingOf(table, longest));
    }

    [Fact]
    public void A_modifier_and_a_place_hold_on_their_days_alone()
    {
        var (memory, book) = (new CodeMemory(), StarterBook.Open());
        memory.Use(book);
        var day = new DateOnly(2026, 3, 2);
        Assert.False(memory.IsInForce(Modifier.JZ, day));
        memory.KeepInForce(Modifier.JZ, DateRange.Of(day, day.AddDays(30)));
        Assert.True(memory.IsInForce(Modifier.JZ, day));
        Assert.True(memory.IsInForce(Modifier.JZ, day.AddDays(30)));
        Assert.False(memory.IsInForce(Modifier.JZ, day.AddDays(31)));
        Assert.False(memory.IsInForce(Modifier.JZ, day.AddDays(-1)));
        Assert.False(memory.IsInForce(Modifier.JW, day));
        foreach (var (place, on) in (ReadOnlySpan<(string, DateOnly)>)
            [("11", day), ("10", day), ("10", new(2021, 12, 31)), ("11", day), ("98", day)])
            Assert.Equal(book.Place(Code.Of(place), on), memory.PlaceOf(Code.Of(place), on));
    }

    /// <summary>Counted and looked for four at a time, as one by one.</summary>
    [Fact]
    public void Modifiers_are_counted_and_found_as_one_by_one()
    {
        var all = new[] { Modifier.M25, Modifier.JZ, Modifier.RT, Modifier.M59, Modifier.Of("ZZ"), Modifier.Of("00") };
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var some = new List<Modifier>();
            for (var n = random.Next(5); n > 0; n--) some.Add(all[random.Next(all.Length)]);
            var distinct = some.Distinct().ToList();
            var modifiers = Modifiers.Of([.. some]);
            Assert.Equal(distinct.Count, modifiers.Count);
            foreach (var modifier in all)
            {
                Assert.Equal(distinct.Contains(modifier), modifiers.Has(modifier));
                if (modifiers.Has(modifier)) Assert.NotEqual(0UL, modifiers.Bits & Modifiers.Of(modifier).Bits);
            }
            Assert.False(modifiers.Has(default));
        }
    }

    /// <summary>A worker that has seen many days and settings finds what a new one does.</summary>
    [Fact]
    public void A_worker_with_a_memory_finds_what_a_new_one_finds()
    {
        var (book, old) = (StarterBook.Open(), new Scrubber());
        var payers = new ClaimPayers(book);
        for (var year = 2019; year <= 2027; year++)
            foreach (var code in (ReadOnlySpan<string>)["J3420", "96372", "J1885", "99213", "90686", "J0000"])
                foreach (var setting in (ReadOnlySpan<Setting>)[Setting.Professional, Setting.Facility])
                {
                    var (found, expected) = (new FindingList(), new FindingList());
                    var claim = ClaimOf(code, new(year, 7, 1), setting);
                    old.Check(claim, book, payers.Of(claim), null, null, found);
                    new Scrubber().Check(claim, book, payers.Of(claim), null, null, expected);
                    Assert.Equal(expected.Span.ToArray(), found.Span.ToArray());
                }
    }

    static Claim ClaimOf(string code, DateOnly day, Setting setting)
    {
        var claim = new Claim { Setting = setting };
        claim.Set(ClaimText.Id, "M1"u8);
        claim.AddDiagnosis(Code.Of("E119"));
        ref var line = ref claim.AddLine();
        (line.Code, line.Date, line.Charge) = (Code.Of(code), day, new Money(1000));
        return claim;
    }
}
