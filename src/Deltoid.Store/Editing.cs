using System.Globalization;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A field that two people have changed to different texts.</summary>
public sealed record Clash(string Name, string Yours, string Theirs, string Before);

/// <summary>What came of saving a claim. It was saved where no list but the first two holds anything.</summary>
public sealed record Edited(StoredClaim Claim)
{
    /// <summary>What was changed.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>What colleagues have changed since the version that was read; it stays.</summary>
    public IReadOnlyList<FieldChange> Theirs { get; init; } = [];

    public IReadOnlyList<Clash> Clashes { get; init; } = [];

    /// <summary>What a person has to find in the record first.</summary>
    public IReadOnlyList<string> Unattested { get; init; } = [];

    public bool IsSaved => Clashes.Count == 0 && Unattested.Count == 0;
}

/// <summary>Claims are changed field by field, each time into a new version.</summary>
public static class Editing
{
    /// <summary>
    /// Saves the fields that a person has changed since a version. What colleagues have changed since stays; where both
    /// changed one field, nothing is saved and the clash is handed back.
    /// </summary>
    /// <param name="version">The version that the person has read.</param>
    /// <param name="fields">Texts by their names in <see cref="ClaimForm"/>.</param>
    /// <exception cref="InputException">A text does not read, or the claim may not be changed that way.</exception>
    public static Task<Edited> Save(PracticeDb db, Engine engine, long claimId, int version,
        IReadOnlyDictionary<string, string> fields, DateTime now, string why = "changed",
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var stored = await Load(db, claimId, stop);
        var (yours, since) = await Sides(db, stored, version, fields, stop);
        var clashes = Clashes(yours, since);
        if (clashes.Count > 0) return new Edited(stored) { Clashes = clashes, Theirs = since };
        var after = Documents.Claim(stored.Document);
        ClaimForm.Write(after, yours);
        return await Keep(db, engine, stored, after, why, now, stop) with { Theirs = since };
    }, stop);

    /// <summary>Makes an earlier version the newest one again.</summary>
    public static Task<Edited> Restore(PracticeDb db, Engine engine, long claimId, int version, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var stored = await Load(db, claimId, stop);
        return await Keep(db, engine, stored, Documents.Claim(await DocumentOf(db, claimId, version, stop)),
            string.Create(CultureInfo.InvariantCulture, $"version {version} again"), now, stop);
    }, stop);

    /// <summary>The claim as it would be saved now, clashes decided for the person; nothing is kept.</summary>
    public static async Task<Claim> Draft(PracticeDb db, StoredClaim stored, int version,
        IReadOnlyDictionary<string, string> fields, CancellationToken stop = default)
    {
        var claim = Documents.Claim(stored.Document);
        ClaimForm.Write(claim, (await Sides(db, stored, version, fields, stop)).Yours);
        return claim;
    }

    /// <summary>What the person has changed since a version, and what colleagues have.</summary>
    static async Task<(Dictionary<string, string> Yours, List<FieldChange> Since)> Sides(PracticeDb db,
        StoredClaim stored, int version, IReadOnlyDictionary<string, string> fields, CancellationToken stop)
    {
        var theirs = ClaimForm.Of(Documents.Claim(stored.Document));
        var read = version == stored.Version ? theirs
            : ClaimForm.Of(Documents.Claim(await DocumentOf(db, stored.Id, version, stop)));
        var yours = fields.Where(f => Same(f.Value) != Same(read.GetValueOrDefault(f.Key, "")))
            .ToDictionary(static f => f.Key, static f => f.Value);
        if (yours.Keys.Any(ClaimForm.MovesTheTotal)) yours.Remove("charge"); // it follows from the lines
        return (yours, ClaimForm.Diff(read, theirs));
    }

    static string Same(string text) => text.Trim().ToUpperInvariant();

    internal static async Task<StoredClaim> Load(PracticeDb db, long claimId, CancellationToken stop)
    {
        var known = db.Claims.Local.FindEntry(claimId);
        var stored = await db.Claims.Include(static c => c.Payer).FirstOrDefaultAsync(c => c.Id == claimId, stop)
            ?? throw new InputException("", "the claim is not here", "load the list again");
        if (known is not null) await known.ReloadAsync(stop); // the context had read it before the lock
        return stored;
    }

    internal static async Task<string> DocumentOf(PracticeDb db, long claimId, int version, CancellationToken stop) =>
        await db.ClaimVersions.Where(v => v.ClaimId == claimId && v.Version == version)
            .Select(static v => v.Document).FirstOrDefaultAsync(stop)
        ?? throw new InputException("", "the claim has no such version", "load it again");

    /// <summary>Fields that both changed, and lines that one took off while the other changed them.</summary>
    static List<Clash> Clashes(Dictionary<string, string> yours, List<FieldChange> since)
    {
        var clashes = new List<Clash>();
        foreach (var their in since)
        {
            if (yours.TryGetValue(their.Name, out var text) && Same(text) != Same(their.After))
                clashes.Add(new(their.Name, text, their.After, their.Before));
            else if (their.Name.Split('.') is ["line", var line, _] && yours.ContainsKey($"line.{line}.removed"))
                clashes.Add(new(their.Name, "line removed", their.After, their.Before));
        }
        return clashes;
    }

    /// <summary>Writes the claim as its next version, judged again, with the money that follows.</summary>
    internal static async Task<Edited> Keep(PracticeDb db, Engine engine, StoredClaim stored, Claim after, string why,
        DateTime now, CancellationToken stop)
    {
        var before = Documents.Claim(stored.Document);
        var changes = ClaimForm.Diff(before, after);
        if (changes.Count == 0) return new(stored);
        Permit(stored, after, Visits.LastDay(now));
        var unattested = await Attestations.Missing(db, stored.Id, before, after, stop);
        if (unattested.Count > 0) return new(stored) { Unattested = unattested };
        await ClaimLeads.KeepLines(db, stored, before, after, stop);
        stored.Document = Documents.Of(after);
        stored.Version++;
        var chart = await Visits.ChartOf(db, stored, stop);
        var was = stored.Life;
        await Overrides.Changed(db, stored, now, stop);
        Visits.Judge(engine, stored, after, (await engine.For(db, stop)).Scrub(after, chart), chart);
        await Clearance.Apply(db, stored, after, stop);
        await Ledger.Recharge(db, stored, after, now, stop);
        await Agreements.Apply(db, engine, stored, after, now, stop);
        ClaimStory.Keep(db, stored, now, why);
        db.Record(now, "change", $"claim/{stored.Id}", why,
            changes.ToDictionary(static c => c.Name, static c => new[] { c.Before, c.After }));
        await Visits.NoteFreed(db, stored, was, now, stop);
        return new(stored) { Changes = changes };
    }

    /// <summary>
    /// Whether the payer takes corrected and void claims. Medicare takes them of a facility (Pub. 100-04, ch. 1, §130),
    /// and none of a practitioner.
    /// </summary>
    public static bool TakesCorrected(Payer payer, Claim claim) =>
        payer.Kind != "medicare" || claim.Setting == Setting.Facility;

    /// <summary>The payer has the claim as it is: only another one can change what it knows.</summary>
    public static bool IsWithPayer(StoredClaim claim) =>
        IsWithPayer(claim.Life) && !IsWithNobody(claim);

    /// <summary>Closed, and never sent: nothing of it is billed, or the patient pays.</summary>
    public static bool IsWithNobody(StoredClaim claim) =>
        claim is { Life: ClaimLife.Closed, SentIn: null, Answer: null };

    /// <inheritdoc cref="IsWithPayer(StoredClaim)"/>
    public static bool IsWithPayer(ClaimLife life) =>
        life is ClaimLife.Sent or ClaimLife.Accepted or ClaimLife.Answered or ClaimLife.Closed;

    /// <param name="last">The last day on which something can have been given.</param>
    static void Permit(StoredClaim stored, Claim after, DateOnly last)
    {
        foreach (ref readonly var line in after.Lines)
            if (line.Date > last && after.Frequency != '8') // a void repeats what was sent
                throw new InputException($"line.{line.Number}.date", "the service day has not come yet",
                    "write the day on which it was given");
        var isCorrection = after.Frequency is '7' or '8';
        var isTaken = TakesCorrected(stored.Payer, after);
        if (isCorrection && !isTaken)
            throw new InputException("frequency", "Medicare takes no corrected and no void claims of a practitioner",
                "send a new claim where this one was rejected, or ask Medicare for a reopening");
        if (isCorrection && after[ClaimText.OriginalReference].IsEmpty)
            throw new InputException("reference", "a corrected claim needs the payer's number of the first one",
                "take it from the remittance or the claim status");
        if (IsWithPayer(stored) && !isCorrection)
            throw new InputException("frequency", "the payer has this claim already", isTaken
                ? "make it a corrected claim (7) or a void (8) with the payer's number"
                : "ask Medicare for a reopening");
    }
}
