using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Tests;

/// <summary>A RabbitMQ of a test's own: its own node, ports and folder, which go away with it.</summary>
sealed class RabbitServer : IDisposable
{
    const string Programs = "/usr/lib/rabbitmq/bin", OfPackage = "rabbitmq";

    readonly string folder = Directory.CreateTempSubdirectory("deltoid-rabbit").FullName;
    readonly int mapper = FreePort(), distribution = FreePort();
    readonly Dictionary<string, string> settings;
    Process? process;

    public static bool IsHere => File.Exists(Path.Combine(Programs, "rabbitmq-server"));

    public int Port { get; } = FreePort();

    public RabbitServer()
    {
        File.WriteAllText(Path.Combine(folder, "rabbit.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            distribution.listener.port_range.min = {distribution}
            distribution.listener.port_range.max = {distribution}

            """));
        foreach (var part in (string[])["mnesia", "log"]) Directory.CreateDirectory(Path.Combine(folder, part));
        // the package's user: the server does not run as root
        if (Environment.UserName == "root") Run("chown", "-R", OfPackage, folder);
        settings = new()
        {
            ["HOME"] = folder, ["ERL_EPMD_PORT"] = Text(mapper), ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"deltoid{Port}@localhost", ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbit"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        };
        Start();
    }

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public void Start()
    {
        File.Delete(Path.Combine(folder, "pid"));
        process = Process.Start(AsUser("rabbitmq-server"))!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        for (var watch = Stopwatch.StartNew(); !Listens();)
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(3)) throw new TimeoutException("RabbitMQ did not start");
            Thread.Sleep(100);
        }
    }

    bool Listens()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return File.Exists(Path.Combine(folder, "pid"));
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The server's own process.</summary>
    public int Id => int.Parse(File.ReadAllText(Path.Combine(folder, "pid")).Trim(), CultureInfo.InvariantCulture);

    /// <summary>Kill -9.</summary>
    public void Kill()
    {
        Signals.Send("KILL", Id);
        process!.WaitForExit();
        process.Dispose();
    }

    /// <summary>Messages by queue.</summary>
    public Dictionary<string, int> Queues()
    {
        using var control = Process.Start(AsUser("rabbitmqctl", "-q", "list_queues", "--no-table-headers", "name",
            "messages"))!;
        var lines = control.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        control.WaitForExit();
        return lines.Select(static l => l.Split('\t')).Where(static l => l.Length == 2).ToDictionary(
            static l => l[0], static l => int.Parse(l[1], CultureInfo.InvariantCulture));
    }

    ProcessStartInfo AsUser(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs, program), .. arguments];
        if (Environment.UserName == "root") command = ["runuser", "-u", OfPackage, "--", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static void Run(string program, params string[] arguments)
    {
        using var ran = Process.Start(program, arguments);
        ran.WaitForExit();
        if (ran.ExitCode != 0) throw new InvalidOperationException($"{program}: exit {ran.ExitCode}");
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) Kill();
        // what it started beside itself: the mapper of its node
        using (var end = Process.Start(new ProcessStartInfo("epmd", ["-port", Text(mapper), "-kill"])
            { RedirectStandardOutput = true })!)
            end.WaitForExit();
        Directory.Delete(folder, recursive: true);
    }
}
