using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What a person types of the clearinghouse; an empty secret leaves the one that is kept.</summary>
public sealed record ClearinghouseForm(string Host, int Port, string User, string Password, string PrivateKey,
    string Fingerprint, string Outbound, string Inbound, bool IsOn);

/// <summary>
/// Files on their way to the clearinghouse: each is handed over once. Where a try ended so that the file may be there
/// or not, a person decides; it is never sent again by itself.
/// </summary>
public static class Transmitting
{
    const int MostDue = 20, LongestText = 200, LongestKey = 20_000;

    /// <summary>So long a try may last; one that was begun before that has died.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1), LongestWait = TimeSpan.FromHours(1);

    static string About(PracticeDb db, string what) =>
        FormattableString.Invariant($"practice/{db.PracticeId}/clearinghouse/{what}");

    /// <exception cref="InputException">Something of it cannot be so.</exception>
    public static Task<Clearinghouse> Set(PracticeDb db, FieldKeys keys, ClearinghouseForm typed, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var known = await db.Clearinghouses.FirstOrDefaultAsync(stop);
        Check(typed, known);
        var house = known ?? new() { Host = "", User = "", Fingerprint = "", Outbound = "", Inbound = "" };
        var was = (house.Host, house.Port, house.User, house.Fingerprint, house.Outbound, house.Inbound, house.IsOn);
        (house.Host, house.Port, house.User, house.IsOn) = (typed.Host, typed.Port, typed.User, typed.IsOn);
        (house.Fingerprint, house.Outbound, house.Inbound) = (typed.Fingerprint, typed.Outbound, typed.Inbound);
        if (typed.Password.Length > 0)
            (house.Password, house.PrivateKey) = (keys.Seal(typed.Password, About(db, "password")), "");
        if (typed.PrivateKey.Length > 0)
            (house.PrivateKey, house.Password) = (keys.Seal(typed.PrivateKey, About(db, "key")), "");
        if (known is null) db.Clearinghouses.Add(house);
        await db.SaveChangesAsync(stop);
        db.Record(now, known is null ? "create" : "change", $"clearinghouse/{house.Id}", "settings", new
        {
            Host = new[] { was.Host, house.Host }, Port = new[] { was.Port, house.Port },
            User = new[] { was.User, house.User }, Fingerprint = new[] { was.Fingerprint, house.Fingerprint },
            Outbound = new[] { was.Outbound, house.Outbound }, Inbound = new[] { was.Inbound, house.Inbound },
            IsOn = new[] { was.IsOn, house.IsOn },
            Secret = typed.Password.Length + typed.PrivateKey.Length > 0 ? new[] { "old", "new" } : null, // never what
        });
        return house;
    }, stop);

    static void Check(ClearinghouseForm typed, Clearinghouse? known)
    {
        static bool IsText(string text) => text.Length is > 0 and <= LongestText && !text.Any(char.IsControl);
        if (!IsText(typed.Host) || Uri.CheckHostName(typed.Host) == UriHostNameType.Unknown)
            throw new InputException("Host", "this is no name of a server", "write it like sftp.example.com");
        if (typed.Port is < 1 or > 65_535) throw new InputException("Port", "this is no port", "write 22");
        if (!IsText(typed.User)) throw new InputException("User", "the user is missing", "write who signs in there");
        if (!typed.Fingerprint.StartsWith("SHA256:", StringComparison.Ordinal) || typed.Fingerprint.Length != 50)
            throw new InputException("Fingerprint", "this is no fingerprint of a host key",
                "write it as ssh-keygen -lf shows it: SHA256: and 43 characters");
        foreach (var (name, folder) in new[] { ("Outbound", typed.Outbound), ("Inbound", typed.Inbound) })
            if (!IsText(folder)) throw new InputException(name, "the folder is missing", "write its path there");
        if (typed.PrivateKey.Length > LongestKey || typed.Password.Length > LongestText)
            throw new InputException("Password", "the secret is too long", "look at what was pasted");
        if (typed.Password.Length > 0 && typed.PrivateKey.Length > 0)
            throw new InputException("Password", "there are a password and a key", "give one alone");
        if (typed.Password.Length + typed.PrivateKey.Length == 0 && known is null)
            throw new InputException("Password", "the secret is missing", "give the password or a private key");
    }

    /// <summary>What signs in there: a password, or a key in PEM.</summary>
    public static (string Password, string PrivateKey) SecretsOf(PracticeDb db, FieldKeys keys, Clearinghouse house) =>
        (keys.Open(house.Password, About(db, "password")), keys.Open(house.PrivateKey, About(db, "key")));

    /// <summary>A file that leaves is to be handed over, where the practice has a clearinghouse.</summary>
    internal static async Task Leave(PracticeDb db, StoredFile file, DateTime now, CancellationToken stop)
    {
        if (await db.Clearinghouses.AnyAsync(static c => c.IsOn, stop))
            db.Transmissions.Add(new() { FileId = file.Id, At = now, NextAt = now });
    }

    /// <summary>Files that are to be handed over now, and those of a try that has died.</summary>
    public static Task<List<Transmission>> Due(PracticeDb db, DateTime now, CancellationToken stop = default) =>
        db.Transmissions.AsNoTracking().Where(t => (t.State == TransmissionState.Waiting
            || t.State == TransmissionState.Sending) && t.NextAt <= now).OrderBy(static t => t.FileId).Take(MostDue)
            .ToListAsync(stop);

    /// <summary>Takes a file for a try: it is on the disk that it was begun. False where another process has it.
    /// </summary>
    public static async Task<bool> Begin(PracticeDb db, Transmission file, DateTime now,
        CancellationToken stop = default) => await db.Change(_ => db.Transmissions
            .Where(t => t.Id == file.Id && t.State == file.State && t.NextAt == file.NextAt)
            .ExecuteUpdateAsync(set => set.SetProperty(static t => t.State, TransmissionState.Sending)
                .SetProperty(static t => t.NextAt, now + Longest), stop), stop) == 1;

    /// <summary>What came of a try.</summary>
    public static Task<int> End(PracticeDb db, long id, TransmissionState state, string says, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var file = await db.Transmissions.SingleAsync(t => t.Id == id, stop);
        (file.State, file.Says) = (state, says);
        if (state == TransmissionState.Waiting)
        {
            var wait = TimeSpan.FromTicks(FirstWait.Ticks << Math.Min(file.Tries++, 10));
            file.NextAt = now + (wait < LongestWait ? wait : LongestWait);
        }
        else file.DoneAt = now;
        if (state != TransmissionState.Waiting)
            db.Record(now, state == TransmissionState.Delivered ? "hand-over" : "not-certain", $"file/{file.FileId}");
        return file.Tries;
    }, stop);

    /// <summary>A person has asked the clearinghouse: it has the file, or it is to be sent again, or not this way.
    /// </summary>
    /// <exception cref="InputException">Nobody has to decide.</exception>
    public static Task<bool> Decide(PracticeDb db, long id, TransmissionState state, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (await db.Transmissions.FirstOrDefaultAsync(t => t.Id == id, stop) is not { } file) return false;
        if (file.State is not (TransmissionState.Uncertain or TransmissionState.Waiting)
            || state is TransmissionState.Sending or TransmissionState.Uncertain)
            throw new InputException("", "there is nothing to decide here", "load the page again");
        db.Record(now, "decide", $"file/{file.FileId}", "clearinghouse",
            new { State = new[] { $"{file.State}", $"{state}" } });
        (file.State, file.Tries, file.NextAt, file.Says) = (state, 0, now, "");
        file.DoneAt = state == TransmissionState.Waiting ? null : now;
        return true;
    }, stop);

    /// <summary>When answers were fetched, and what came of the connection.</summary>
    public static Task<int> Fetched(PracticeDb db, string says, DateTime now, CancellationToken stop = default) =>
        db.Change(_ => db.Clearinghouses.ExecuteUpdateAsync(set => set.SetProperty(static c => c.FetchedAt, now)
            .SetProperty(static c => c.Says, says), stop), stop);
}
