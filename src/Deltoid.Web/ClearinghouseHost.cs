using System.Security.Cryptography;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;
using Microsoft.EntityFrameworkCore;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Deltoid.Web;

/// <summary>
/// Hands files over to the clearinghouse of a practice, and fetches what it answers, by SFTP. A file is written under
/// another name and renamed when it is whole.
/// </summary>
sealed class ClearinghouseHost(IServiceProvider services, JobHost jobs, FieldKeys keys, TimeProvider clock)
    : Rounds(services, TimeSpan.FromSeconds(5))
{
    static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(5),
        Patience = TimeSpan.FromSeconds(30);

    const string Unfinished = ".tmp";

    const int MostFetched = 200;

    /// <summary>Hands over and fetches what is due.</summary>
    protected override async Task Do(PracticeDb db, CancellationToken stop)
    {
        if (await db.Clearinghouses.AsNoTracking().FirstOrDefaultAsync(static c => c.IsOn, stop) is not { } house)
            return;
        var now = clock.Now();
        var isTime = house.FetchedAt is not { } at || now - at >= BetweenFetches;
        if (isTime || (await Transmitting.Due(db, now, stop)).Count > 0) await Visit(db, house, isTime, stop);
    }

    async Task Visit(PracticeDb db, Clearinghouse house, bool fetches, CancellationToken stop)
    {
        var isTrusted = true;
        using var client = ClientOf(db, house, trusted => isTrusted = trusted);
        try
        {
            await client.ConnectAsync(stop);
        }
        catch (Exception e) when (IsAway(e))
        {
            var says = !isTrusted ? "the host has another key" : e is SshAuthenticationException
                ? "it does not let us in" : "no connection";
            foreach (var file in await Transmitting.Due(db, clock.Now(), stop))
                if (file.State == TransmissionState.Waiting && await Transmitting.Begin(db, file, clock.Now(), stop))
                    await Transmitting.End(db, file.Id, TransmissionState.Waiting, says, clock.Now(), stop);
            await Transmitting.Fetched(db, says, clock.Now(), stop);
            return;
        }
        foreach (var file in await Transmitting.Due(db, clock.Now(), stop))
            await HandOver(db, client, house, file, stop);
        if (fetches) await Transmitting.Fetched(db, await Fetch(db, client, house, stop), clock.Now(), stop);
    }

    SftpClient ClientOf(PracticeDb db, Clearinghouse house, Action<bool> told)
    {
        var (password, key) = Transmitting.SecretsOf(db, keys, house);
        AuthenticationMethod method = key.Length > 0
            ? new PrivateKeyAuthenticationMethod(house.User, KeyOf(key))
            : new PasswordAuthenticationMethod(house.User, password);
        var client = new SftpClient(new Renci.SshNet.ConnectionInfo(house.Host, house.Port, house.User, method)
        {
            Timeout = Patience,
        }) { OperationTimeout = Patience };
        client.HostKeyReceived += (_, host) => told(host.CanTrust = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes("SHA256:" + host.FingerPrintSHA256),
            Encoding.ASCII.GetBytes(house.Fingerprint)));
        return client;
    }

    /// <summary>A private key in PEM, without a passphrase.</summary>
    /// <exception cref="InputException">It does not read.</exception>
    internal static PrivateKeyFile KeyOf(string text)
    {
        try
        {
            return new(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception e) when (e is SshException or FormatException or ArgumentException or InvalidOperationException
            or NotSupportedException or CryptographicException or EndOfStreamException)
        {
            throw new InputException("PrivateKey", "the private key does not read",
                "paste it whole, with its first and its last line, and without a passphrase");
        }
    }

    static bool IsAway(Exception e) => e is SshException or System.Net.Sockets.SocketException or IOException
        or ProxyException or TimeoutException;

    /// <summary>Hands one file over, or finds out what became of a try that has died.</summary>
    async Task HandOver(PracticeDb db, SftpClient client, Clearinghouse house, Transmission due, CancellationToken stop)
    {
        if (!await Transmitting.Begin(db, due, clock.Now(), stop)) return;
        var file = await db.Files.AsNoTracking().SingleAsync(f => f.Id == due.FileId, stop);
        var name = $"{house.Outbound.TrimEnd('/')}/{file.Name}";
        var (state, says) = await Task.Run(() => due.State == TransmissionState.Sending
            ? Found(client, name) : Put(client, name, file.Content), stop);
        if (says == Resumed) (state, says) = await Task.Run(() => Put(client, name, file.Content), stop);
        await Transmitting.End(db, due.Id, state, says, clock.Now(), stop);
    }

    const string Resumed = "the unfinished file is there";

    /// <summary>
    /// A try has died. The file is there, or its unfinished one is, which was never handed over; where neither is, it
    /// may have been taken away already.
    /// </summary>
    static (TransmissionState, string) Found(SftpClient client, string name)
    {
        try
        {
            return client.Exists(name) ? (TransmissionState.Delivered, "")
                : client.Exists(name + Unfinished) ? (TransmissionState.Waiting, Resumed)
                : (TransmissionState.Uncertain, "a try has died, and the file is not there: it may have been taken");
        }
        catch (Exception e) when (IsAway(e))
        {
            return (TransmissionState.Uncertain, "a try has died, and the server does not say what is there");
        }
    }

    static (TransmissionState, string) Put(SftpClient client, string name, byte[] content)
    {
        try
        {
            using var bytes = new MemoryStream(content, writable: false);
            client.UploadFile(bytes, name + Unfinished, canOverride: true);
        }
        catch (Exception e) when (IsAway(e))
        {
            return (TransmissionState.Waiting, "the file was not taken"); // under its name there is nothing
        }
        try
        {
            client.RenameFile(name + Unfinished, name);
            return (TransmissionState.Delivered, "");
        }
        catch (SftpPathNotFoundException)
        {
            return (TransmissionState.Waiting, "the file was not taken");
        }
        catch (SshException e) when (e is not SshConnectionException and not SshOperationTimeoutException)
        {
            return (TransmissionState.Waiting, "the server does not rename the file"); // it has answered: it did not
        }
        catch (Exception e) when (IsAway(e))
        {
            return (TransmissionState.Uncertain, "the connection ended while the file was renamed");
        }
    }

    /// <summary>Keeps each answer as a job before it is removed there; what comes twice is the same job.</summary>
    /// <returns>What went wrong; empty where nothing did.</returns>
    async Task<string> Fetch(PracticeDb db, SftpClient client, Clearinghouse house, CancellationToken stop)
    {
        try
        {
            var there = await Task.Run(() => client.ListDirectory(house.Inbound).Where(static f => f.IsRegularFile
                && !f.Name.EndsWith(Unfinished, StringComparison.OrdinalIgnoreCase))
                .OrderBy(static f => f.LastWriteTimeUtc).ToList(), stop);
            foreach (var file in there.Where(static f => f.Length <= ApiBody.MostFile).Take(MostFetched))
            {
                using var bytes = new MemoryStream();
                await Task.Run(() => client.DownloadFile(file.FullName, bytes), stop);
                var content = bytes.ToArray();
                db.ChangeTracker.Clear();
                var job = await Jobs.Ask(db, new()
                {
                    Key = new(SHA256.HashData(content).AsSpan(0, 16)), Kind = JobKind.TakeIn, At = clock.Now(),
                    Name = file.Name.Length > 100 ? file.Name[..100] : file.Name,
                }, content, stop);
                await jobs.Publish(job, stop);
                await Task.Run(() => client.DeleteFile(file.FullName), stop);
            }
            return there.Exists(static f => f.Length > ApiBody.MostFile)
                ? $"a file of more than {ApiBody.MostFile >> 20} MB was left there: fetch it yourself" : "";
        }
        catch (Exception e) when (IsAway(e))
        {
            return "the answers could not be fetched";
        }
    }
}
