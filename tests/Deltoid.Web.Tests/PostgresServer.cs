using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Tests;

/// <summary>A PostgreSQL of its own for the tests: started once, in a folder that goes away with it.</summary>
public sealed class PostgresServer : IDisposable
{
    const string Programs = "/usr/lib/postgresql", User = "practice";

    static readonly Lazy<PostgresServer> Shared = new(static () => new());

    readonly string folder = Directory.CreateTempSubdirectory("deltoid-postgres").FullName;
    readonly int port = FreePort();
    int databases;

    PostgresServer()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        // the server refuses to run as root
        if (Environment.UserName == "root") Run("chown", "postgres", folder);
        AsUser(Program("initdb"), "-D", Data, "-A", "trust", "-U", "deltoid", "-k", "--no-sync");
        Start();
        Run(Program("createuser"), "-h", "127.0.0.1", "-p", port.ToString(Usual), "-U", "deltoid", User);
    }

    public void Start() => AsUser(Program("pg_ctl"), "-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o",
        $"-p {port} -c listen_addresses=127.0.0.1 -c max_connections=400 "
        + $"-c unix_socket_directories={folder} -c fsync=off", "start"); // the machine stays up

    public int Port => port;

    /// <summary>Its first process; the others are its children.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), Usual);

    /// <summary>Kill -9 of all its processes: nothing is written any more.</summary>
    public void Kill()
    {
        var all = Signals.Tree(Id);
        Signals.Send("KILL", all);
        while (Array.Exists(all, static id => Directory.Exists($"/proc/{id}") && !IsDead(id))) Thread.Sleep(10);
    }

    static bool IsDead(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    string Data => Path.Combine(folder, "data");

    public static bool IsHere => Bin is not null;

    static string? Bin => Directory.Exists(Programs)
        ? Directory.GetDirectories(Programs).Select(static d => Path.Combine(d, "bin"))
            .LastOrDefault(static d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    static string Program(string name) => Path.Combine(Bin!, name);

    /// <summary>A new, empty database, of a user with no right past its row security.</summary>
    public static string NewDatabase() => Shared.Value.Create();

    /// <summary>A copy of a database that nobody is connected to.</summary>
    public static string Copy(string connection) => Shared.Value.Create(
        new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!);

    /// <summary>Ends the one that all share, if anybody asked for it.</summary>
    public static void EndShared()
    {
        if (Shared.IsValueCreated) Shared.Value.Dispose();
    }

    /// <summary>A server that a test may stop.</summary>
    public static PostgresServer Own() => new();

    public string Create(string template = "template1")
    {
        var name = $"d{Interlocked.Increment(ref databases)}";
        Run(Program("createdb"), "-h", "127.0.0.1", "-p", port.ToString(Usual), "-U", "deltoid", "-O", User, "-T",
            template, name);
        return $"Host=127.0.0.1;Port={port};Username={User};Database={name};Maximum Pool Size=8";
    }

    public void Stop() => AsUser(Program("pg_ctl"), "-D", Data, "-m", "immediate", "stop");

    static readonly System.Globalization.CultureInfo Usual = System.Globalization.CultureInfo.InvariantCulture;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static void AsUser(params string[] command)
    {
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", .. command]);
        else Run(command[0], command[1..]);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, WorkingDirectory = "/"
        })!;
        if (!program.EndsWith("pg_ctl", StringComparison.Ordinal)
            && !arguments.Contains(Program("pg_ctl"))) process.StandardOutput.ReadToEnd(); // a server keeps it open
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: exit {process.ExitCode}");
    }

    public void Dispose()
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            Stop();
        }
        catch (InvalidOperationException)
        {
            // a test has killed it, and did not start it again
        }
        Directory.Delete(folder, recursive: true);
    }
}
