using System.Globalization;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>
/// What a person should look at before a visit is saved, and what no claim can show: the same shot of this day, a lot
/// that was recalled, an order that is old, a run past midnight, a vaccine without its sheet. It is asked while the
/// shot is typed, never while it is saved.
/// </summary>
static class ChartDoubts
{
    /// <summary>Two doses of one vaccine are four weeks apart at least; few are due sooner.</summary>
    const int DaysBetweenVaccines = 28;

    public static async Task<List<Prompt>> Of(PracticeDb db, Engine engine, ShotChart chart)
    {
        var doubts = new List<Prompt>();
        if (ChartViews.DayOf(chart.Form) is not { } day) return doubts;
        for (var i = 0; i < chart.Form.Shots.Count; i++)
        {
            var shot = chart.Form.Shots[i];
            if (shot.IsNotGiven || ChartViews.DrugOf(engine, shot.Drug) is not { Length: > 0 } drug) continue;
            void Ask(string field, string text, string id) => doubts.Add(new($"{field}-{i}", text, false, id)
            {
                IsOurs = true,
            });
            if (await TodayAlready(db, chart.Form, drug, day) is { } today) Ask("Drug", today, "INJ-164");
            if (engine.Book.DrugNamed(drug)?.Vaccine is not null) OfVaccine(shot, chart.Before[i], day, Ask);
            if (await Recalled(db, shot) is { } recalled) Ask("Lot", recalled, "INJ-114");
            if (await OldOrder(db, chart.Form.Patient, shot, drug, day) is { } old) Ask("Order", old, "INJ-180");
            if (shot.IsVein && shot.Place.Length == 0)
                Ask("Site", T("Where the line goes in (access site) is not charted"), "D-27");
            if (shot.RanPastMidnight is { } minutes)
                Ask("Stop", T("It ran past midnight, {0} minutes. Is it so?", minutes), "D-27");
        }
        return doubts;
    }

    static void OfVaccine(ShotForm shot, DateOnly? before, DateOnly day, Action<string, string, string> ask)
    {
        if (shot.Sheet.Trim().Length == 0)
            ask("Sheet", T("The date of the information sheet (VIS) is not charted"), "D-31");
        if (before is { } last && day.DayNumber - last.DayNumber is < DaysBetweenVaccines and var days)
            ask("Drug", T("The patient had this vaccine {0} days ago. Is this dose due?", days), "INJ-163");
    }

    /// <summary>The claim of this day that has the drug for this patient already.</summary>
    static async Task<string?> TodayAlready(PracticeDb db, VisitForm form, string drug, DateOnly day)
    {
        var first = await db.Shots.AsNoTracking()
            .Where(s => s.PatientId == form.Patient && s.Drug == drug && s.Day == day && s.ClaimId != form.Claim)
            .OrderBy(static s => s.Id).Join(db.Claims, static s => s.ClaimId, static c => c.Id,
                static (s, c) => new { c.Id, c.Number, s.Site }).FirstOrDefaultAsync();
        if (first is null) return null;
        var at = await db.Postings.Where(p => p.ClaimId == first.Id).OrderBy(static p => p.Id)
            .Select(static p => (DateTime?)p.At).FirstOrDefaultAsync();
        return T("Given on this day already: claim {0}", first.Number)
            + (at is { } charted ? ", " + T("charted at {0}", AsShown.Moment(charted)[11..]) : "")
            + (first.Site.Length > 0 ? ", " + Hint(first.Site) : "");
    }

    /// <summary>A lot of the stock that was recalled, where its number was typed from the label.</summary>
    static async Task<string?> Recalled(PracticeDb db, ShotForm shot)
    {
        if (shot.LotId != 0 || shot.Lot.Trim() is not { Length: > 0 } typed) return null;
#pragma warning disable CA1304, CA1311, CA1862 // the database folds
        var number = typed.ToLowerInvariant();
        var lot = await db.Lots.AsNoTracking().Where(l => l.RecalledOn != null && l.Number.ToLower() == number)
            .FirstOrDefaultAsync();
#pragma warning restore CA1304, CA1311, CA1862
        return lot is null ? null
            : T("Lot {0} of {1} was recalled on {2}. Look at the label.", lot.Number, lot.Drug,
                AsShown.Day(lot.RecalledOn!.Value));
    }

    /// <summary>
    /// A standing order past its last day, or an order of more than a year ago. One that comes after the shot holds the
    /// claim, and is said there.
    /// </summary>
    static async Task<string?> OldOrder(PracticeDb db, long patient, ShotForm shot, string drug, DateOnly day)
    {
        if (shot.OrderBy.Trim().Length == 0
            || !DateOnly.TryParse(shot.OrderOn, CultureInfo.InvariantCulture, out var on) || on > day) return null;
        var isOld = (on.Year + 1, on.Month, on.Day).CompareTo((day.Year, day.Month, day.Day)) < 0;
        if (shot.Standing || isOld)
        {
            var thru = await db.StandingOrders.AsNoTracking().Where(o => o.PatientId == patient && o.Drug == drug
                && o.On == on).OrderByDescending(static o => o.Thru).Select(static o => (DateOnly?)o.Thru)
                .FirstOrDefaultAsync();
            if (thru >= day) return null;
            if (thru is { } end) return T("The standing order ended on {0}.", AsShown.Day(end));
        }
        return !isOld ? null : T("The order is of {0}, more than a year ago. Is it still in force?", AsShown.Day(on));
    }
}
