using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A policy in its latest version, with who has read it and who has not.</summary>
public sealed record PolicyView(Policy Policy, IReadOnlyList<(string Name, DateTime At)> Read,
    IReadOnlyList<string> Unread)
{
    /// <summary>When the person who asks has read it; null: not yet.</summary>
    public DateTime? ReadByMe { get; init; }
}

/// <summary>Policies and procedures, each version of which people say that they have read.</summary>
public static class Policies
{
    public const int LongestText = 50_000, LargestFile = 5 << 20;

    /// <summary>Publishes a policy, or its next version: everybody is asked to read it again.</summary>
    /// <exception cref="InputException">A field cannot be so.</exception>
    public static Task<Policy> Publish(PracticeDb db, string name, DateOnly from, string text, string fileName,
        byte[]? content, DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        (name, text) = (name.Trim(), text.Trim());
        if (name.Length is 0 or > 100) throw new InputException("name", "the name is missing, or too long", "write it");
        if (text.Length > LongestText) throw new InputException("text", "the text is too long", "add it as a file");
        if (content is { Length: > LargestFile }) throw new InputException("file", "the file is larger than 5 MB",
            "take a smaller one");
        if (content is not null && !content.AsSpan().StartsWith("%PDF-"u8))
            throw new InputException("file", "this is no PDF", "save it as PDF first");
        if (text.Length == 0 && content is null) throw new InputException("text", "there is no text and no file",
            "write the text, or add a PDF");
        var policy = new Policy
        {
            Name = name, From = from, Text = text, FileName = content is null ? "" : Path.GetFileName(fileName),
            Content = content, At = now, PersonId = db.PersonId,
            Version = 1 + (await db.Policies.Where(p => p.Name == name)
                .MaxAsync(static p => (int?)p.Version, stop) ?? 0),
        };
        db.Policies.Add(policy);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"policy/{policy.Id}", name, new { policy.Name, policy.Version, policy.From });
        return policy;
    }, stop);

    /// <summary>The person who acts says that they have read it; once is enough.</summary>
    /// <exception cref="InputException">There is a later version, or none.</exception>
    public static Task<int> Read(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        var me = db.PersonId ?? throw new InputException("", "nobody is signed in", "sign in first");
        var policy = await db.Policies.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, stop)
            ?? throw new InputException("", "this policy is not here", "load the list again");
        if (await db.Policies.AnyAsync(p => p.Name == policy.Name && p.Version > policy.Version, stop))
            throw new InputException("", "there is a later version", "load the page again, and read that one");
        if (await db.PolicyReadings.AnyAsync(r => r.PolicyId == id && r.ReaderId == me, stop)) return 0;
        db.PolicyReadings.Add(new() { PolicyId = id, ReaderId = me, At = now });
        db.Record(now, "acknowledge", $"policy/{id}", policy.Name, new { policy.Version });
        return 1;
    }, stop);

    /// <summary>The latest version of each policy.</summary>
    public static async Task<List<PolicyView>> All(PracticeDb db, CancellationToken stop = default)
    {
        var people = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId && !u.IsDisabled)
            .OrderBy(static u => u.Name).Select(static u => new { u.Id, u.Name }).ToListAsync(stop);
        var latest = await db.Policies.AsNoTracking().Where(p => !db.Policies.Any(q => q.Name == p.Name
                && q.Version > p.Version)).OrderBy(static p => p.Name)
            .Select(static p => new Policy
            {
                Id = p.Id, Name = p.Name, Version = p.Version, From = p.From, Text = p.Text, FileName = p.FileName,
                At = p.At, PersonId = p.PersonId,
            }).ToListAsync(stop);
        var ids = latest.ConvertAll(static p => p.Id);
        var readings = (await db.PolicyReadings.AsNoTracking().Where(r => ids.Contains(r.PolicyId)).ToListAsync(stop))
            .ToLookup(static r => r.PolicyId);
        return latest.ConvertAll(p =>
        {
            var by = readings[p.Id].ToDictionary(static r => r.ReaderId, static r => r.At);
            return new PolicyView(p, [.. people.Where(u => by.ContainsKey(u.Id)).Select(u => (u.Name, by[u.Id]))],
                [.. people.Where(u => !by.ContainsKey(u.Id)).Select(static u => u.Name)])
            {
                ReadByMe = db.PersonId is { } me && by.TryGetValue(me, out var at) ? at : null,
            };
        });
    }
}
