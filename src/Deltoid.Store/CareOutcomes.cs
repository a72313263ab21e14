using System.Globalization;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What is asked of a patient so many weeks after a shot.</summary>
/// <param name="Last">What was said last; null: nothing yet.</param>
public sealed record OutcomeDue(OutcomeField Field, Patient Patient, long VisitId, DateOnly Given, int Week,
    OutcomeValue? Last)
{
    public DateOnly Due => Given.AddDays(7 * Week);
}

/// <summary>
/// Outcomes of treatments: what is asked is a row of the treatment, when it is due follows from the day of the shot,
/// and what was said is kept. Nothing is guessed: who could not be asked has a reason instead of a value.
/// </summary>
public static class CareOutcomes
{
    /// <summary>So many days before it is due it is in the list, and so long after it stays there.</summary>
    public const int DaysBefore = 7, DaysAfter = 60, MostWeeks = 104, MostRange = 1_000;

    /// <exception cref="InputException">A field cannot be so.</exception>
    public static Task<OutcomeField> AddField(PracticeDb db, Engine engine, long treatmentId, string name, string unit,
        int low, int high, string weeks, DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var treatment = await db.Treatments.AsNoTracking().FirstOrDefaultAsync(t => t.Id == treatmentId, stop)
            ?? throw new InputException("treatment", "the treatment is missing", "choose one");
        if (name.Trim().Length is 0 or > 60) throw new InputException("name", "the name is missing, or too long",
            "write what is asked: pain");
        if (low >= high || low < -MostRange || high > MostRange)
            throw new InputException("high", "the most must be more than the least", "write whole numbers: 0 and 10");
        var field = new OutcomeField
        {
            TreatmentId = treatmentId, Drug = DrugOf(engine, treatment), Name = name.Trim(), Unit = unit.Trim(),
            Low = low, High = high, Weeks = string.Join(' ', WeeksIn(weeks)),
        };
        db.OutcomeFields.Add(field);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"outcome-field/{field.Id}", treatment.Name, new { field.Name, field.Weeks });
        return field;
    }, stop);

    static string DrugOf(Engine engine, Treatment treatment)
    {
        using var json = System.Text.Json.JsonDocument.Parse(treatment.Administration);
        var drug = json.RootElement.TryGetProperty("drug", out var named) ? named.GetString() ?? "" : "";
        return drug.Length == 0 ? throw new InputException("treatment", "the treatment has no drug", "choose another")
            : engine.Book.DrugNamed(drug)?.Name ?? drug;
    }

    static List<int> WeeksIn(string text)
    {
        var weeks = new List<int>();
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            weeks.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var week)
                && week is >= 1 and <= MostWeeks ? week
                : throw new InputException("weeks", "these are no weeks", "write them with blanks between: 2 6"));
        return weeks.Count is 0 or > 12 ? throw new InputException("weeks", "the weeks are missing, or too many",
            "write them with blanks between: 2 6") : [.. weeks.Distinct().Order()];
    }

    public static IEnumerable<int> WeeksOf(OutcomeField field) =>
        field.Weeks.Split(' ').Select(static w => int.Parse(w, CultureInfo.InvariantCulture));

    /// <summary>It is not asked any more; what was said stays.</summary>
    public static Task<int> EndField(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (await db.OutcomeFields.FirstOrDefaultAsync(f => f.Id == id && f.EndedOn == null, stop) is not { } field)
            return 0;
        field.EndedOn = DateOnly.FromDateTime(now);
        db.Record(now, "change", $"outcome-field/{id}", "ended", new { field.EndedOn });
        return 1;
    }, stop);

    /// <summary>All of a patient; of every patient where none is named: what is due, and was not said yet.</summary>
    public static async Task<List<OutcomeDue>> Of(PracticeDb db, DateOnly today, long? patient,
        CancellationToken stop = default)
    {
        var fields = (await db.OutcomeFields.AsNoTracking().ToListAsync(stop))
            .FindAll(f => f.EndedOn is null || patient is not null).ToLookup(static f => f.Drug);
        if (fields.Count == 0) return [];
        var (drugs, since) = (fields.Select(static f => f.Key).ToList(),
            today.AddDays(-DaysAfter - (7 * fields.SelectMany(static f => f).SelectMany(WeeksOf).Max())));
        var shots = await db.Shots.AsNoTracking().Include(static s => s.Patient).Where(s => drugs.Contains(s.Drug)
                && (patient == null ? s.Day >= since : s.PatientId == patient))
            .OrderBy(static s => s.Day).ToListAsync(stop);
        var visits = shots.Select(static s => s.VisitId).ToHashSet();
        var said = (await db.OutcomeValues.AsNoTracking().Where(v => visits.Contains(v.VisitId))
            .OrderBy(static v => v.Id).ToListAsync(stop)).GroupBy(static v => (v.VisitId, v.FieldId, v.Week))
            .ToDictionary(static g => g.Key, static g => g.Last());
        var all = from shot in shots.DistinctBy(static s => (s.VisitId, s.Drug))
                  from field in fields[shot.Drug]
                  from week in WeeksOf(field)
                  select new OutcomeDue(field, shot.Patient, shot.VisitId, shot.Day, week,
                      said.GetValueOrDefault((shot.VisitId, field.Id, week)));
        return [.. all.Where(o => patient is not null ? o.Last is not null || o.Field.EndedOn is null
                : o.Last is null && o.Due <= today.AddDays(DaysBefore) && o.Due >= today.AddDays(-DaysAfter))
            .OrderBy(static o => o.Due).ThenBy(static o => o.Patient.Id).ThenBy(static o => o.Field.Id)];
    }

    /// <summary>Keeps what the patient said; another row of the same puts it right.</summary>
    /// <exception cref="InputException">It is not asked, out of its range, or neither said nor explained.</exception>
    public static Task<OutcomeValue> Say(PracticeDb db, long visitId, long fieldId, int week, string value, string why,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var field = await db.OutcomeFields.AsNoTracking().FirstOrDefaultAsync(f => f.Id == fieldId, stop);
        var shot = field is null ? null : await db.Shots.AsNoTracking().FirstOrDefaultAsync(s => s.VisitId == visitId
            && s.Drug == field.Drug, stop);
        if (field is null || shot is null || !WeeksOf(field).Contains(week))
            throw new InputException("", "this is not asked", "load the page again");
        if (shot.Day.AddDays((7 * week) - DaysBefore) > DateOnly.FromDateTime(now))
            throw new InputException("value", "this is asked later", "wait until it is due");
        var isSaid = int.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number);
        if (value.Trim().Length > 0 && (!isSaid || number < field.Low || number > field.High))
            throw new InputException("value", FormattableString.Invariant(
                $"this is not from {field.Low} to {field.High}"), "write a whole number");
        if (!isSaid && why.Trim().Length is 0 or > 200)
            throw new InputException("why", "neither a value nor a reason is there",
                "write what the patient said, or why nobody could be asked");
        var said = new OutcomeValue
        {
            PatientId = shot.PatientId, VisitId = visitId, FieldId = fieldId, Week = week,
            Value = isSaid ? number : null, Why = why.Trim(), Day = DateOnly.FromDateTime(now), At = now,
            PersonId = db.PersonId,
        };
        db.OutcomeValues.Add(said);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"outcome/{said.Id}", $"patient/{shot.PatientId}", new { field.Name, said.Week });
        return said;
    }, stop);
}
