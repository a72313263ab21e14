using System.Runtime.CompilerServices;
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
        var facility = AtFacility(book, claim.PlaceOfService, today);
        if (facility) groups |= Group.FacilityPlace;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref lines[i];
            ref var target = ref bound.Bound[i];
            (target.Code, target.Modifiers) = (line.Code, line.Modifiers);
            target.Day = line.Date == default ? today : line.Date;
            target.AtFacility = line.PlaceOfService.IsNone
                ? facility
                : AtFacility(book, line.PlaceOfService, target.Day);
            if (target.AtFacility) groups |= Group.FacilityPlace;
            BindCode(book, line.Code, ref target);
            groups |= target.Groups;
        }
        bound.Groups = groups;
    }

    static void BindCode(CodeBook book, Code code, ref BoundLine line)
    {
        line.Id = book.Id(code);
        ref readonly var row = ref book.Codes.Find(line.Id, line.Day.DayNumber);
        if (!Unsafe.IsNullRef(in row))
        {
            line.Standing = CodeStanding.InForce;
            line.Groups = row.Groups;
            return;
        }
        line.Groups = Group.Unbound;
        var rows = book.Codes[line.Id];
        line.Standing = rows.IsEmpty ? CodeStanding.Unknown
            : rows[0].Dates.FromDay > line.Day.DayNumber ? CodeStanding.NotYetValid
            : CodeStanding.Retired;
    }

    static bool AtFacility(CodeBook book, Code place, DateOnly day) =>
        !place.IsNone && book.Place(place, day) is { Facility: true };

    static CodeGroups PayerGroup(PayerKind kind) => kind switch
    {
        PayerKind.Medicare => Group.Medicare,
        PayerKind.MedicareAdvantage => Group.MedicareAdvantage,
        PayerKind.Medicaid => Group.Medicaid,
        PayerKind.Commercial => Group.Commercial,
        _ => CodeGroups.None,
    };
}
