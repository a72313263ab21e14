using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Tests;

/// <summary>A real OpenSSH server on a port of its own, with folders as a clearinghouse has them.</summary>
sealed class SshServer : IAsyncDisposable
{
    const string Program = "/usr/sbin/sshd";

    readonly string folder;
    readonly Process process;

    public static bool IsHere => File.Exists(Program);

    SshServer(string folder, int port, Process process) => (this.folder, Port, this.process) = (folder, port, process);

    public int Port { get; }

    public string Outbound => Path.Combine(folder, "in");

    public string Inbound => Path.Combine(folder, "out");

    /// <summary>The private key that signs in, in PEM.</summary>
    public string Key => File.ReadAllText(Path.Combine(folder, "client"));

    /// <summary>Of the host's key: SHA256: and base64.</summary>
    public string Fingerprint => Run("ssh-keygen", "-lf", Path.Combine(folder, "host.pub")).Split(' ')[1];

    public static async Task<SshServer> Start()
    {
        Assert.SkipUnless(IsHere, "OpenSSH's server is not installed (./test --install)");
        var folder = Directory.CreateTempSubdirectory("deltoid-sshd").FullName;
        foreach (var name in (string[])["host", "client"])
            Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, name));
        File.Copy(Path.Combine(folder, "client.pub"), Path.Combine(folder, "authorized"));
        foreach (var name in (string[])["in", "out"]) Directory.CreateDirectory(Path.Combine(folder, name));
        if (Environment.UserName == "root") Directory.CreateDirectory("/run/sshd"); // it asks for it as root
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder}/host
            PidFile none
            AuthorizedKeysFile {folder}/authorized
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            UsePAM no
            StrictModes no
            Subsystem sftp internal-sftp
            """);
        var start = new ProcessStartInfo(Program, ["-D", "-e", "-f", Path.Combine(folder, "config")])
        {
            RedirectStandardError = true,
        };
        var server = new SshServer(folder, port, Process.Start(start)!);
        await server.Listens();
        return server;
    }

    async Task Listens()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.False(process.HasExited, process.HasExited ? await process.StandardError.ReadToEndAsync() : "");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                _ = process.StandardError.ReadToEndAsync();
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
        Assert.Fail("the server does not listen");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static string Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
