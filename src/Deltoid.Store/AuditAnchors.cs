using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>The last event of a practice at a moment, as it was noted outside of the database.</summary>
/// <param name="Number">The number of the event.</param>
/// <param name="Hash">Its hash, which follows from all events up to it.</param>
public sealed record AuditAnchor(long Number, DateTime At, string Hash);

/// <summary>
/// Files beside the database, one for a practice, that only grow: number, moment and hash of its last event. A trail
/// whose end was cut off, or which was written again as a whole, no longer agrees with them.
/// </summary>
public sealed class AuditAnchors(string folder)
{
    /// <summary>The last number that each file holds, so that it is read once.</summary>
    readonly Dictionary<long, long> last = [];

    string FileOf(long practice) => Path.Combine(folder, $"practice-{practice}.tsv");

    public bool HasAny(long practice) => File.Exists(FileOf(practice));

    /// <summary>The anchors of a practice, oldest first. A line that was not written to its end does not count.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read: the file was changed by hand.</exception>
    public List<AuditAnchor> Read(long practice)
    {
        var anchors = new List<AuditAnchor>();
        if (!HasAny(practice)) return anchors;
        var text = File.ReadAllText(FileOf(practice));
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            anchors.Add(line.Split('\t') is [var number, var at, { Length: 64 } hash]
                && long.TryParse(number, CultureInfo.InvariantCulture, out var read) && read > 0
                && (anchors.Count == 0 || read > anchors[^1].Number)
                && DateTime.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment)
                ? new(read, moment, hash)
                : throw new InvalidDataException($"line {anchors.Count + 1} of {FileOf(practice)} cannot be read"));
        return anchors;
    }

    /// <summary>Notes the last event of each practice that has gone on.</summary>
    /// <returns>The practices whose trail ends before its last anchor: events are missing.</returns>
    public async Task<List<long>> Write(PracticeDb db, DateTime now, CancellationToken stop = default)
    {
        var cut = new List<long>();
        db.PracticeId = 0;
        foreach (var practice in await db.Practices.Select(static p => p.Id).OrderBy(static i => i).ToListAsync(stop))
        {
            db.PracticeId = practice;
            var head = await db.Events.AsNoTracking().OrderByDescending(static e => e.Number)
                .Select(static e => new { e.Number, e.Hash }).FirstOrDefaultAsync(stop);
            if (!last.TryGetValue(practice, out var noted))
                noted = Read(practice) is [.., var newest] ? newest.Number : 0;
            last[practice] = Math.Max(noted, head?.Number ?? 0);
            if ((head?.Number ?? 0) < noted) cut.Add(practice);
            if (head is null || head.Number <= noted) continue;
            await db.OnDisk(); // an anchor never names an event that a power failure takes back
            Append(practice, new(head.Number, now, head.Hash));
        }
        return cut;
    }

    void Append(long practice, AuditAnchor anchor)
    {
        Directory.CreateDirectory(folder);
        using var file = new FileStream(FileOf(practice), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        // a line that a crash cut short is taken off first
        file.SetLength(EndOfLines(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{anchor.Number}\t{anchor.At.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}\t{anchor.Hash}\n")));
        file.Flush(flushToDisk: true);
    }

    static long EndOfLines(FileStream file)
    {
        for (var at = file.Length; at > 0; at--)
        {
            file.Seek(at - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n') return at;
        }
        return 0;
    }
}
