using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What came of saving a form of the settings.</summary>
/// <param name="Id">Of the row that was saved; 0 where nothing was.</param>
/// <param name="Was">What the form is based on now: the next save replaces it knowingly.</param>
public sealed record SettingSaved(long Id, Dictionary<string, string> Faults, Dictionary<string, string> Was,
    IReadOnlyList<string> Clashes)
{
    public bool IsSaved => Faults.Count == 0 && Clashes.Count == 0;
}

/// <summary>
/// Saves a form of the settings in one change. A form says what it was opened with: fields that a person left alone
/// stay as colleagues have left them, and where both changed one field nothing is saved and both texts are shown.
/// </summary>
static class SettingSave
{
    /// <summary>Before the name of a field in a form: what it was when the form was opened.</summary>
    public const string Was = "was.";

    /// <param name="id">0 for a new one.</param>
    /// <param name="check">What must hold of the row as a whole; it throws.</param>
    public static async Task<SettingSaved> Write(PracticeDb db, DateTime now, SettingKind kind, long id,
        IFormCollection form, Action<object>? check = null)
    {
        var (faults, was, clashes) = (new Dictionary<string, string>(), WasOf(kind, form), new List<string>());
        var saved = 0L;
        try
        {
            saved = await db.Change(async _ =>
            {
                var row = id > 0 || kind.IsOne ? await kind.Find(db, id) : kind.Make();
                if (row is null)
                    throw new InputException("", T("This is not here any more."), T("Load the page again."));
                var isNew = row is Row { Id: 0 };
                foreach (var field in kind.Fields)
                {
                    var (typed, before) = (form[field.Name].ToString().Trim(), was.GetValueOrDefault(field.Name));
                    var stands = isNew ? null : field.Get(row);
                    if (stands is not null && before is not null && typed == before) continue; // left alone
                    if (stands is not null && before is not null && stands != before && typed != stands)
                    {
                        clashes.Add(await Sentence(db, kind, id, field, before, stands));
                        was[field.Name] = stands;
                    }
                    else if (field.Set(row, typed) is { } fault) faults[field.Name] = fault;
                }
                if (faults.Count + clashes.Count > 0) throw new InputException("", "", "");
                check?.Invoke(row);
                return await Record(db, row, kind, now);
            });
        }
        catch (DbUpdateException e) when (IsTaken(e))
        {
            faults[kind.Fields[0].Name] = T("There is one like this already.");
        }
        catch (InputException e)
        {
            if (e.Message.Length > 0)
                faults[kind.Fields.Any(f => f.Name == e.At) ? e.At : kind.Fields[0].Name] =
                    $"{e.Message} {e.Try}".Trim();
        }
        if (faults.Count + clashes.Count > 0) db.ChangeTracker.Clear();
        return new(saved, faults, was, clashes);
    }

    /// <summary>A unique index has such a row already; any other refusal of the database is a fault.</summary>
    internal static bool IsTaken(DbUpdateException refused) => refused.InnerException is
        Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: 2067 }
        or Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation };

    /// <summary>Whether the form of a kind has a field of this name.</summary>
    public static bool IsField(SettingKind kind, string name) => kind.Fields.Any(f => f.Name == name
        || (name.StartsWith(Was, StringComparison.Ordinal) && name.AsSpan(Was.Length).SequenceEqual(f.Name)));

    static Dictionary<string, string> WasOf(SettingKind kind, IFormCollection form) =>
        kind.Fields.Where(f => form.ContainsKey(Was + f.Name))
            .ToDictionary(static f => f.Name, f => form[Was + f.Name].ToString());

    /// <summary>Who changed the field in the meantime, from what to what.</summary>
    static async Task<string> Sentence(PracticeDb db, SettingKind kind, long id, SettingField field, string before,
        string stands)
    {
        var (who, at) = await LastChange(db, $"{kind.One}/{(kind.IsOne ? db.PracticeId : id)}");
        return T("{0} changed {1} from “{2}” to “{3}” ({4}).", who, T(field.Label), field.Shown(before),
            field.Shown(stands), at);
    }

    /// <summary>Who changed something last, and when, as people read it.</summary>
    public static Task<(string Who, string At)> LastChange(PracticeDb db, string subject) =>
        LastOn(db, subject, "change");

    /// <param name="act">Of which kind; null where a look alone does not count.</param>
    internal static async Task<(string Who, string At)> LastOn(PracticeDb db, string subject, string? act = null)
    {
        var last = await db.Events.AsNoTracking().Where(e => e.Subject == subject
            && (act == null ? e.Act != "read" : e.Act == act))
            .OrderByDescending(static e => e.Number).FirstOrDefaultAsync();
        var who = last is null ? null : await db.Users.AsNoTracking().Where(u => u.Id == last.PersonId
            && u.PracticeId == db.PracticeId).Select(static u => u.Name).FirstOrDefaultAsync();
        return (who ?? T("A colleague"), last is null ? "" : AsShown.Moment(last.At));
    }

    internal static async Task<long> Record(PracticeDb db, object row, SettingKind kind, DateTime now,
        string why = "settings")
    {
        if (row is Row { Id: 0 } fresh)
        {
            db.Add(fresh);
            await db.SaveChangesAsync();
            db.Record(now, "create", $"{kind.One}/{fresh.Id}", why,
                kind.Fields.ToDictionary(static f => f.Name, f => new[] { null, f.Get(fresh) }));
            return fresh.Id;
        }
        var id = row is Row known ? known.Id : db.PracticeId;
        if (Changes(db.Entry(row)) is { Count: > 0 } changes)
            db.Record(now, "change", $"{kind.One}/{id}", why, changes);
        return id;
    }

    /// <summary>Old and new value of each field that changed.</summary>
    internal static Dictionary<string, string?[]> Changes(EntityEntry entry)
    {
        entry.DetectChanges();
        return entry.Properties.Concat(entry.ComplexProperties.SelectMany(static c => c.Properties))
            .Where(static p => p.IsModified && !Equals(p.OriginalValue, p.CurrentValue))
            .ToDictionary(static p => p.Metadata.Name,
                static p => new[] { Written(p.OriginalValue), Written(p.CurrentValue) });
    }

    static string? Written(object? value) => value switch
    {
        null => null,
        DateOnly day => day.Iso(),
        IEnumerable<long> numbers => string.Join(' ', numbers),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
