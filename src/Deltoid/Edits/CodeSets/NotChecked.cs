using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// What the book cannot judge is said once for a claim, so that silence means "looked at". A service date after the
/// last day that the book knows says all there is to say; else the tables that have nothing for the day are named; else
/// a code whose units have no limit.
/// </summary>
internal sealed class NotChecked : Edit
{
    static readonly Citation Source = Cited.Hcpcs("quarterly files; ICD-10-CM, MUE and ASP files");

    static readonly FindingInfo Tables = new()
    {
        Id = "BND0080", Name = "not-checked", Severity = Severity.Info, Snip = 5, Citation = Source,
        Message = "not checked: {0}; this code book does not have them for {1}",
        Rules = "INJ-200 INJ-160", Fix = Remedy.Show("Use a code book that covers the service date"),
    };

    static readonly FindingInfo Units = new()
    {
        Id = "BND0081", Name = "units-not-checked", Severity = Severity.Info, Snip = 5, Citation = Source,
        Message = "not checked: the units of {0}; this code book has no unit limit for it",
        Rules = "INJ-160", Fix = Remedy.Show("Check the units against the record"),
    };

    static readonly FindingInfo Later = new()
    {
        Id = "BND0082", Name = "later-than-book", Severity = Severity.Info, Snip = 5, Citation = Source,
        Message = "not checked by the rules of {0}: this code book knows rules until {1}",
        Rules = "INJ-200", Fix = Remedy.Show("Use a newer code book"),
    };

    static readonly FindingInfo Pairs = new()
    {
        Id = "BND0083", Name = "pair-not-checked", Severity = Severity.Info, Snip = 5,
        Citation = Cited.Ncci("PTP edit tables"),
        Message = "not checked: whether {0} may be billed beside {1}; this code book has "
            + "no pairs of two procedures other than injections",
        Rules = "INJ-161", Fix = Remedy.Show("Use a code book with the whole tables of pairs"),
    };

    /// <summary>All that it can say; a page states one where its case is about it.</summary>
    public static readonly FindingInfo[] Every = [Tables, Units, Later, Pairs];

    public override FindingInfo Info => Tables;

    public override IReadOnlyList<FindingInfo> Infos => Every;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.ServiceDate == default) return;
        if (claim.ServiceDate > claim.Book.KnownThru)
        {
            Report(claim, findings, Later, Field.ServiceDate, Arg.Of(claim.ServiceDate), Arg.Of(claim.Book.KnownThru));
            return;
        }
        var missing = MissingTables(claim);
        // which line it is matters only where nothing else is missing
        if (HasLineWithoutLimit(claim)) missing |= BookTables.UnitLimits;
        if (HasUnpaired(claim)) missing |= BookTables.Pairs;
        if (missing == BookTables.UnitLimits)
        {
            var line = FirstWithoutLimit(claim);
            Report(claim, findings, Units, line, Field.Units, CodeAt(claim, line));
        }
        else if (missing == BookTables.Pairs)
        {
            var (one, two) = FirstUnpaired(claim);
            Report(claim, findings, Pairs, one, Field.Code, CodeAt(claim, one), CodeAt(claim, two), other: two);
        }
        else if (missing != BookTables.None)
            Report(claim, findings, Tables, Field.ServiceDate, Arg.Of(missing), Arg.Of(claim.ServiceDate));
    }

    /// <summary>The tables that have nothing for the day.</summary>
    static BookTables MissingTables(BoundClaim claim)
    {
        var missing = BookTables.None;
        if (claim.Claim.Diagnoses.Length > 0 && claim.Book.Diagnoses(claim.ServiceDate) is null)
            missing |= BookTables.Diagnoses;
        if (claim.Payer.IsMedicare && !claim.IsFacilityClaim && claim.HasLine(Group.DrugCode)
            && !claim.Book.HasDrugPrices(claim.ServiceDate))
            missing |= BookTables.DrugPrices;
        return missing;
    }

    /// <summary>Whether the book would not have the pair of two procedures of one day.</summary>
    static bool HasUnpaired(BoundClaim claim)
    {
        if (!claim.Payer.FollowsNcci || claim.Book.HasAllPairs(claim.IsFacilityClaim)) return false;
        for (var one = 0; one < claim.Count; one++)
        {
            if (HasItsPairs(claim, one)) continue;
            for (var two = one + 1; two < claim.Count; two++)
                if (IsBeside(claim, one, two)) return true;
        }
        return false;
    }

    /// <summary>The first of those two, by what the lines say; there are some.</summary>
    static (int One, int Two) FirstUnpaired(BoundClaim claim)
    {
        for (var one = WithoutPairs(claim, -1);; one = WithoutPairs(claim, one))
            if (Beside(claim, one) is >= 0 and var two) return (one, two);
    }

    /// <summary>The first line without its pairs that comes after another by what it says; -1 after the last.</summary>
    static int WithoutPairs(BoundClaim claim, int after)
    {
        var first = -1;
        for (var i = 0; i < claim.Count; i++)
            if (!HasItsPairs(claim, i) && (after < 0 || claim.Compare(i, after) > 0)
                && (first < 0 || claim.Compare(i, first) < 0))
                first = i;
        return first;
    }

    static int Beside(BoundClaim claim, int line)
    {
        var first = -1;
        for (var i = 0; i < claim.Count; i++)
            if (IsBeside(claim, line, i) && (first < 0 || claim.Compare(i, first) < 0)) first = i;
        return first;
    }

    static bool IsBeside(BoundClaim claim, int line, int other) =>
        claim.CodeOf(other) != claim.CodeOf(line) && claim.Day(other) == claim.Day(line) && !HasItsPairs(claim, other);

    /// <summary>Drugs and vaccines have no pairs with each other; of an unknown code another finding speaks.</summary>
    static bool HasItsPairs(BoundClaim claim, int line) =>
        claim.Is(line, WithTheirPairs);

    static readonly CodeGroups WithTheirPairs =
        Group.PairsKnown | Group.DrugCode | Group.VaccineProduct | Group.Unbound;

    static bool HasLineWithoutLimit(BoundClaim claim)
    {
        if (!claim.Payer.FollowsNcci) return false;
        for (var i = 0; i < claim.Count; i++)
            if (IsWithoutLimit(claim, i)) return true;
        return false;
    }

    /// <summary>The first line, by what it says, whose code has no unit limit on its day; there is one.</summary>
    static int FirstWithoutLimit(BoundClaim claim)
    {
        var first = -1;
        for (var i = 0; i < claim.Count; i++)
            if (IsWithoutLimit(claim, i) && (first < 0 || claim.Compare(i, first) < 0)) first = i;
        return first;
    }

    static bool IsWithoutLimit(BoundClaim claim, int line) =>
        !claim.Is(line, Group.Unbound) && !claim.HasUnitLimit(line);
}
