using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Pages;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What holds of every edit, tried on the claims of all pages.</summary>
public sealed class EditEngineTests
{
    static PayerProfile Profile(Claim claim) => new ClaimPayers(EditPages.Book).Of(claim);

    static void Check(PageCase one, Claim claim, FindingList findings)
    {
        lock (EditPages.Runner) EditPages.Runner.Check(one, claim, findings);
    }

    [Fact]
    public void The_order_of_lines_changes_no_finding()
    {
        foreach (var one in EditPages.All)
        {
            var claim = CleanClaim.With(one.Input);
            if (claim.Lines.Length is < 2 or > 20 || OnSeveralDays(claim)) continue;
            var before = Signatures(one, claim);
            for (var turn = 1; turn < claim.Lines.Length; turn++)
            {
                var first = claim.Lines[0];
                claim.Lines[1..].CopyTo(claim.EditLines());
                claim.EditLines()[^1] = first;
                Assert.Equal(before, Signatures(one, claim));
            }
            claim.EditLines().Reverse();
            Assert.Equal(before, Signatures(one, claim));
        }
    }

    static bool OnSeveralDays(Claim claim)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Date != claim.ServiceDate) return true;
        return false;
    }

    /// <summary>Findings with their lines named by what stands on them, in no order.</summary>
    static List<string> Signatures(PageCase one, Claim claim)
    {
        var findings = new FindingList();
        Check(one, claim, findings);
        var all = new List<string>();
        foreach (ref readonly var finding in findings.Span)
        {
            var head = finding.Under == 0 ? "" : findings[finding.Under - 1].Info.Id;
            all.Add($"{finding.Info.Id} {Content(claim, finding.Place.Line)} / {Content(claim, finding.OtherLine)} "
                + $"{finding.A} {finding.B} {finding.C} {finding.D} {finding.First.Op} {finding.First.Value} "
                + $"under {head}");
        }
        all.Sort(StringComparer.Ordinal);
        return all;
    }

    static string Content(Claim claim, int number)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Number == number) return $"{line.Code} {line.Modifiers} {line.Units}";
        return "";
    }

    [Fact]
    public void History_removes_no_finding()
    {
        PatientHistory[] histories = [new([]),
            new([new(new(2026, 3, 2), Code.Of("96372"), Quantity.One, default),
                    new(new(2026, 2, 20), Code.Of("J2315"), Quantity.Of(380), default),
                    new(new(2025, 6, 1), Code.Of("99214"), Quantity.One, default)])];
        foreach (var one in EditPages.All)
        {
            if (one.Beside.Count > 0) continue;
            var claim = CleanClaim.With(one.Input);
            var without = Ids(claim, null);
            foreach (var history in histories) Assert.Empty(without.Except(Ids(claim, history)));
        }
    }

    static List<string> Ids(Claim claim, PatientHistory? history)
    {
        var findings = new FindingList();
        new Scrubber().Check(claim, EditPages.Book, Profile(claim), history, null, findings);
        var all = new List<string>();
        foreach (ref readonly var finding in findings.Span)
            all.Add($"{finding.Place.Line} {finding.Info.Id} {finding.A} {finding.B}");
        return all;
    }

    [Fact]
    public void Before_its_first_day_an_edit_is_silent()
    {
        var tried = 0;
        foreach (var edit in Shipped.Edits.Edits)
            foreach (var info in edit.Infos)
            {
                if (info.Effective?.From is not { } from) continue;
                foreach (var one in EditPages.All.Where(c =>
                    c.Stated["findings"].Contains(info.Id, StringComparison.Ordinal)))
                {
                    var claim = CleanClaim.With(one.Input);
                    foreach (ref var line in claim.EditLines()) line.Date = from.AddDays(-1);
                    var findings = new FindingList();
                    Check(one, claim, findings);
                    Assert.False(findings.Has(info.Id), $"{info.Id} speaks before {from}");
                    tried++;
                }
            }
        Assert.True(tried > 5);
    }

    [Fact]
    public void Clerical_fixes_applied_twice_change_nothing_more()
    {
        var applied = 0;
        foreach (var one in EditPages.All)
        {
            var claim = CleanClaim.With(one.Input);
            var findings = new FindingList();
            Check(one, claim, findings);
            foreach (ref readonly var finding in findings.Span)
            {
                var before = ClaimNotation.Print(claim);
                var changed = Fixes.Apply(claim, finding);
                Assert.Equal(changed, before != ClaimNotation.Print(claim));
                if (!changed) continue;
                applied++;
                Assert.Equal(FixSafety.Clerical, finding.Info.Fix!.Safety);
                Assert.False(Fixes.Apply(claim, finding));
                var again = new FindingList();
                Check(one, claim, again);
                Assert.False(again.Has(finding.Info.Id), $"{finding.Info.Id} still speaks after its fix");
            }
        }
        Assert.True(applied > 3);
    }

    [Fact]
    public void No_fix_of_a_machine_adds_a_modifier()
    {
        foreach (var one in EditPages.All)
        {
            var claim = CleanClaim.With(one.Input);
            var findings = new FindingList();
            Check(one, claim, findings);
            foreach (ref readonly var finding in findings.Span)
                if (finding.First is { Op: ChangeOp.Add, Place.ClaimField: Field.Modifiers })
                    Assert.NotEqual(FixSafety.Clerical, finding.Info.Fix!.Safety);
        }
    }

    [Fact]
    public void An_unbound_line_is_one_fault()
    {
        var claim = CleanClaim.With("payer medicare\n1  J1030-JZ-50  x30");
        Assert.Equal(["BND0002"], FindingIds(claim));
    }

    [Fact]
    public void Of_a_claim_beyond_all_limits_only_the_size_is_told()
    {
        var claim = CleanClaim.Make();
        for (var i = 0; i < 10_000; i++) claim.AddLine() = claim.Lines[0] with { Number = i + 3 };
        Assert.Equal(["HIP0006"], FindingIds(claim));
    }

    [Fact]
    public void A_claim_without_lines_says_so()
    {
        var claim = CleanClaim.Make();
        claim.RemoveLines(0);
        Assert.Equal(["HIP0016"], FindingIds(claim));
    }

    static List<string> FindingIds(Claim claim)
    {
        var findings = new FindingList();
        new Scrubber().Check(claim, EditPages.Book, Profile(claim), null, null, findings);
        var ids = new List<string>();
        foreach (ref readonly var finding in findings.Span) ids.Add(finding.Info.Id);
        return ids;
    }

    [Theory]
    [InlineData("1  96372  x1\n2  J3420-JZ  x1")]
    [InlineData("1  99211-25  x1\n2  96372  x1\n3  J3420-JZ  x1")]
    [InlineData("1  99213  x1\n2  96372-50  x1\n3  J3420  x1")]
    public void A_check_allocates_nothing(string notation)
    {
        var claim = CleanClaim.With(notation);
        var (scrubber, findings, profile) = (new Scrubber(), new FindingList(), Profile(claim));
        // Until the code has been compiled for the last time it may box; what counts is that it comes to allocate
        // nothing.
        var least = long.MaxValue;
        for (var round = 0; round < 100 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                findings.Clear();
                scrubber.Check(claim, EditPages.Book, profile, null, null, findings);
            }
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    /// <summary>Edits that ask first whether a line may have one of their modifiers pass none of them over.</summary>
    [Fact]
    public void No_modifier_is_passed_over_by_its_bits()
    {
        var edits = new[] { "modifier-not-for-line", "both-sides-counted-twice" }
            .Select(static name => Shipped.Edits.Find(name)!).ToList();
        var found = 0;
        foreach (var packed in EditPages.Book.ModifierRows.Keys())
            foreach (var code in (string[])["96372", "99213", "J3420", "20610", "90471", "93000"])
            {
                var modifier = new Modifier((ushort)packed);
                var claim = CleanClaim.With($"1 {code}-{modifier} x2");
                var bound = new BoundClaim();
                Binder.Bind(bound, claim, EditPages.Book, Profile(claim), null, null);
                foreach (var edit in edits)
                {
                    var (asked, all) = (new FindingList(), new FindingList());
                    edit.Check(bound, asked);
                    var bits = bound.ModifierBits;
                    bound.ModifierBits = ulong.MaxValue;
                    edit.Check(bound, all);
                    bound.ModifierBits = bits;
                    Assert.Equal(all.Count, asked.Count);
                    found += all.Count;
                }
            }
        Assert.InRange(found, 30, 100);
    }

    [Fact]
    public void There_is_room_for_every_group()
    {
        Assert.True(Enum.GetValues<GroupBit>().Length <= CodeGroups.Most);
        Assert.Throws<ArgumentOutOfRangeException>(() => CodeGroups.Of((GroupBit)CodeGroups.Most));
        var all = Enumerable.Range(0, CodeGroups.Most).Select(bit => CodeGroups.Of((GroupBit)bit)).ToList();
        Assert.Equal(CodeGroups.Most, all.Distinct().Count());
    }
}
