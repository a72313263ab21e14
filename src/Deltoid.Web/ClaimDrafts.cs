using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// What a person has typed into a claim and not saved: kept every two seconds, and in the form again when the claim is
/// opened the next time, by the same person.
/// </summary>
static class ClaimDrafts
{
    sealed record Typed(int Version, Dictionary<string, string> Fields);

    static string NameOf(long claim) => FormattableString.Invariant($"edit/{claim}");

    static Task<Draft?> Of(PracticeDb db, long claim)
    {
        var name = NameOf(claim);
        return db.Drafts.FirstOrDefaultAsync(d => d.PersonId == db.PersonId && d.Form == name);
    }

    public static Task<int> Keep(PracticeDb db, long claim, int version, Dictionary<string, string> fields,
        DateTime now) => db.Change(async _ =>
    {
        // one that arrives after its form was saved says nothing new
        var versions = await db.ClaimVersions.AsNoTracking().Where(v => v.ClaimId == claim && v.Version >= version)
            .OrderBy(static v => v.Version).Select(static v => new { v.Version, v.Document }).ToListAsync();
        if (versions.Count == 0 || versions[0].Version != version) return 0;
        if (versions.Count > 1) fields = OfPerson(fields, versions.ConvertAll(static v => v.Document));
        var text = JsonSerializer.Serialize(new Typed(version, fields));
        if (await Of(db, claim) is { } draft) (draft.Document, draft.At) = (text, now);
        else
            db.Drafts.Add(new() { PersonId = db.PersonId!.Value, Form = NameOf(claim), Document = text, At = now });
        return 0;
    });

    /// <summary>
    /// The fields without what colleagues have written since: a form that was shown with their texts has typed none of
    /// them.
    /// </summary>
    /// <param name="documents">The version that the form is based on, and those after it.</param>
    static Dictionary<string, string> OfPerson(Dictionary<string, string> fields, List<string> documents)
    {
        var read = documents.ConvertAll(static d => ClaimForm.Of(Documents.Claim(d)));
        return fields.ToDictionary(static f => f.Key, f => read.Skip(1)
            .Any(later => later.GetValueOrDefault(f.Key, "") == f.Value.Trim())
            ? read[0].GetValueOrDefault(f.Key, "") : f.Value);
    }

    public static async Task Forget(PracticeDb db, long claim)
    {
        if (await Of(db, claim) is not null)
            await db.Change(async _ =>
            {
                if (await Of(db, claim) is { } draft) db.Drafts.Remove(draft);
                return 0;
            });
    }

    /// <summary>The view with what was typed and never saved, based on the version that it was typed over.</summary>
    public static async Task<ClaimView> Restored(PracticeDb db, ClaimView view)
    {
        if (!view.MayEdit || await Of(db, view.Stored.Id) is not { } draft
            || JsonSerializer.Deserialize<Typed>(draft.Document) is not { } typed)
            return view;
        var now = ClaimForm.Of(view.Claim);
        var read = typed.Version == view.Stored.Version ? now : ClaimForm.Of(Documents.Claim(
            await Editing.DocumentOf(db, view.Stored.Id, typed.Version, default)));
        // what was not typed is as it is now
        var shown = typed.Fields.ToDictionary(static f => f.Key, f =>
            f.Value.Trim() == read.GetValueOrDefault(f.Key, "") ? now.GetValueOrDefault(f.Key, "") : f.Value);
        return shown.All(f => f.Value.Trim() == now.GetValueOrDefault(f.Key, "")) ? view
            : view with { Typed = shown, Version = typed.Version, DraftAt = draft.At };
    }
}
