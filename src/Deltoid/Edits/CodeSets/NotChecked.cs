using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// What the book cannot judge is said once for a claim, so that silence means "looked at". A service date after the last day that the
/// book knows says all there is to say; else the tables that have nothing for the day are named; else a code whose units have no limit.
/// </summary>
public sealed class NotChecked : Edit
{
    static readonly Citation Source = Cited.Hcpcs("quarterly files; ICD-10-CM, MUE and ASP files");

    static readonly FindingInfo
        Tables = new("BND0080", "not-checked", Severity.Info, Outcome.None, Source,
            "not checked: {0}; this code book has none for {1}", "INJ-200 INJ-160", Remedy.Show("Use a code book that covers the service date")),
        Units = new("BND0081", "units-not-checked", Severity.Info, Outcome.None, Source,
            "not checked: the units of {0}; this code book has no unit limit for it", "INJ-160", Remedy.Show("Check the units against the record")),
        Later = new("BND0082", "later-than-book", Severity.Info, Outcome.None, Source,
            "not checked by the rules of {0}: this code book knows rules until {1}", "INJ-200", Remedy.Show("Use a newer code book"));

    /// <summary>All that it can say; a page states one where its case is about it.</summary>
    public static readonly FindingInfo[] Every = [Tables, Units, Later];

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
        var without = FirstWithoutLimit(claim);
        var missing = MissingTables(claim, ref without);
        if (missing != BookTables.None) Report(claim, findings, Tables, Field.ServiceDate, Arg.Of(missing), Arg.Of(claim.ServiceDate));
        else if (without >= 0) Report(claim, findings, Units, without, Field.Units, CodeAt(claim, without));
    }

    /// <summary>The tables that have nothing for the day; a code without a limit is then named among them.</summary>
    static BookTables MissingTables(BoundClaim claim, ref int without)
    {
        var missing = BookTables.None;
        if (claim.Claim.Diagnoses.Length > 0 && claim.Book.Diagnoses(claim.ServiceDate) is null) missing |= BookTables.Diagnoses;
        if (claim.Payer.IsMedicare && !claim.IsFacilityClaim && claim.HasLine(Group.DrugCode) && !claim.Book.HasDrugPrices(claim.ServiceDate)) missing |= BookTables.DrugPrices;
        if (missing != BookTables.None && without >= 0) missing |= BookTables.UnitLimits;
        return missing;
    }

    /// <summary>The first line, by what it says, whose code has no unit limit on its day; -1 where all have one or the payer has no such limits.</summary>
    static int FirstWithoutLimit(BoundClaim claim)
    {
        var first = -1;
        if (!claim.Payer.FollowsNcci) return first;
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Is(i, Group.Unbound) || claim.Book.TryUnitLimit(claim.At(i).Id, claim.Day(i), claim.IsFacilityClaim, out _)) continue;
            if (first < 0 || claim.Compare(i, first) < 0) first = i;
        }
        return first;
    }
}
