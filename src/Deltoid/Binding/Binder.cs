using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Binding;

/// <summary>
/// Gives every line of a claim its row of the code book on its day, and the claim one mask of groups.
/// </summary>
internal static class Binder
{
    /// <summary>
    /// Refills <paramref name="bound"/>. A code that is unknown, retired or not yet valid on its day has the one group
    /// Unbound.
    /// </summary>
    public static void Bind(BoundClaim bound, Claim claim, CodeBook book, PayerProfile payer, PatientHistory? history,
        Encounter? encounter)
    {
        bound.Claim = claim;
        bound.Book = book;
        bound.Payer = payer;
        bound.History = history;
        bound.Encounter = encounter;
        bound.Memory.Use(book);
        var lines = claim.Lines;
        if (lines.Length > BoundClaim.MostLines) lines = default; // the pair of every two lines would be asked for
        bound.Count = lines.Length;
        if (bound.Bound.Length < lines.Length)
            bound.Bound = new BoundLine[Math.Max(lines.Length, bound.Bound.Length * 2)];
        var groups = Group.AnyLine | PayerGroup(payer.Kind);
        if (claim.Setting == Setting.Facility) groups |= Group.Institutional;
        if (encounter is not null) groups |= Group.ChartPresent;
        if (history is not null) groups |= Group.HistoryPresent;
        var today = claim.ServiceDate;
        var facility = AtFacility(bound.Memory, claim.PlaceOfService, today);
        if (facility) groups |= Group.FacilityPlace;
        bound.ModifierBits = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref lines[i];
            ref var target = ref bound.Bound[i];
            (target.Code, target.Modifiers) = (line.Code, line.Modifiers);
            target.Day = line.Date == default ? today : line.Date;
            target.AtFacility = line.PlaceOfService.IsNone
                ? facility
                : AtFacility(bound.Memory, line.PlaceOfService, target.Day);
            if (target.AtFacility) groups |= Group.FacilityPlace;
            bound.ModifierBits |= line.Modifiers.Bits;
            BindCode(bound, ref target);
            groups |= target.Groups;
        }
        bound.Groups = groups;
    }

    static void BindCode(BoundClaim bound, ref BoundLine line)
    {
        var (book, day) = (bound.Book, line.Day.DayNumber);
        ref var known = ref bound.Memory.LineOf(line.Code);
        if (CodeMemory.IsOn(known, line.Code, day, bound.IsFacilityClaim) || Learn(bound, line, ref known))
        {
            (line.Id, line.Standing, line.Groups) = (known.Id, known.Standing, known.Groups);
            line.Limit = known.LimitFrom <= day && day <= known.LimitThru ? UnitLimit.Has
                : known.HasNoLimit ? UnitLimit.HasNone
                : UnitLimit.AskBook;
            return;
        }
        line.Id = book.Id(line.Code);
        line.Limit = UnitLimit.AskBook;
        line.Groups = Group.Unbound;
        var rows = book.Codes[line.Id];
        line.Standing = rows.IsEmpty ? CodeStanding.Unknown
            : rows[0].Dates.FromDay > day ? CodeStanding.NotYetValid
            : CodeStanding.Retired;
    }

    /// <summary>
    /// Keeps the row of a code that is in force on the line's day, or that the book has none on any; false of others.
    /// </summary>
    static bool Learn(BoundClaim bound, in BoundLine line, ref CodeMemory.Known known)
    {
        var (book, day) = (bound.Book, line.Day.DayNumber);
        var id = book.Id(line.Code);
        var rows = book.Codes[id];
        if (rows.IsEmpty) known = UnknownOf(line.Code, id, bound.IsFacilityClaim);
        if (rows.IsEmpty) return true;
        var (from, thru) = (0, int.MaxValue); // the days on which no row before it is in force
        foreach (ref readonly var row in rows)
        {
            if (!row.Dates.Contains(day))
            {
                if (row.Dates.ThruDay < day) from = Math.Max(from, row.Dates.ThruDay + 1);
                else thru = Math.Min(thru, row.Dates.FromDay - 1);
                continue;
            }
            var hasLimit = book.TryUnitLimit(id, line.Day, bound.IsFacilityClaim, out var limit);
            known = new()
            {
                Code = line.Code.Packed, Id = id, Groups = row.Groups, Standing = CodeStanding.InForce,
                Outpatient = bound.IsFacilityClaim,
                FromDay = Math.Max(from, row.Dates.FromDay), ThruDay = Math.Min(thru, row.Dates.ThruDay),
                LimitFrom = hasLimit ? limit.Dates.FromDay : 0, LimitThru = hasLimit ? limit.Dates.ThruDay : -1,
                HasNoLimit = !hasLimit && !book.HasUnitLimits(id, bound.IsFacilityClaim),
            };
            return true;
        }
        return false;
    }

    static CodeMemory.Known UnknownOf(Code code, int id, bool outpatient) => new()
    {
        Code = code.Packed, Id = id, Groups = Group.Unbound, Standing = CodeStanding.Unknown, Outpatient = outpatient,
        ThruDay = int.MaxValue, LimitThru = -1,
    };

    static bool AtFacility(CodeMemory memory, Code place, DateOnly day) =>
        !place.IsNone && memory.PlaceOf(place, day) is { Facility: true };

    /// <summary>The group of a kind of payer; none of a kind that has none.</summary>
    internal static CodeGroups PayerGroup(PayerKind kind) => kind switch
    {
        PayerKind.Medicare => Group.Medicare,
        PayerKind.MedicareAdvantage => Group.MedicareAdvantage,
        PayerKind.Medicaid => Group.Medicaid,
        PayerKind.Commercial => Group.Commercial,
        _ => CodeGroups.None,
    };
}
