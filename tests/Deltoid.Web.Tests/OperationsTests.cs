using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Tests;

namespace Deltoid.Web.Tests;

/// <summary>What runs the program: settings, what it says of itself, units, packages.</summary>
public sealed partial class OperationsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-operated").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    string At(string name) => Path.Combine(folder, name);

    string Config(string text)
    {
        File.WriteAllText(At("deltoid.json"), text);
        return At("deltoid.json");
    }

    [Fact]
    public void Settings_come_from_the_file_and_the_command_line_goes_before_it()
    {
        var file = Config("""{ "folder": "/here", "ChunksAtOnce": 3, "PlainHttp": true, /* why */ }""");
        var options = ServeOptions.Of(["--Config", file, "--ChunksAtOnce", "5"]);
        Assert.Equal(("/here", 5, true), (options.Folder, options.ChunksAtOnce, options.PlainHttp));
        Assert.Equal("deltoid-data", ServeOptions.Of([]).Folder);
    }

    [Theory]
    [InlineData("""{ "Postgress": "Host=secret" }""", "Postgress")]
    [InlineData("""{ "ChunksAtOnce": "secret" }""", "ChunksAtOnce")]
    [InlineData("""{ "Folder": ["secret"] }""", "Folder")]
    [InlineData("""{ "Folder": "a", "folder": "secret" }""", "Folder twice")]
    [InlineData("""[ "secret" ]""", "one object")]
    [InlineData("""{ "Folder": "secret" """, "one object")]
    public void A_setting_that_is_wrong_is_named_and_its_value_is_not(string text, string named)
    {
        var file = Config(text);
        var refused = Assert.Throws<ConfigException>(() => ServeOptions.Of(["--Config", file]));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigException>(() => ServeOptions.Of(["--Config", At("nowhere.json")]));
    }

    [Fact]
    public async Task Ready_says_what_is_away_and_that_it_is_back()
    {
        Assert.SkipUnless(PostgresServer.IsHere, "PostgreSQL is not installed (./test --install)");
        using var server = PostgresServer.Own();
        await using var served = await ServedPractice.Open(At("served"), server.Create());
        using var client = new HttpClient { BaseAddress = new(served.Url) };
        Assert.Equal((HttpStatusCode.OK, "store: ok\nqueue: ok\ndisk: ok\n"), await Eventually(client, 200));
        server.Stop();
        var away = await Eventually(client, 503);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.Status);
        Assert.StartsWith("store: away\n", away.Text, StringComparison.Ordinal);
        Assert.Equal("ok", await client.GetStringAsync("/healthz", Stop));
        server.Start();
        Assert.Equal(HttpStatusCode.OK, (await Eventually(client, 200)).Status);
    }

    static async Task<(HttpStatusCode Status, string Text)> Eventually(HttpClient client, int wanted)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await client.GetAsync("/health", Stop);
            if ((int)answer.StatusCode == wanted || i == 150)
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
            await Task.Delay(200, Stop);
        }
    }

    [Fact]
    public async Task A_collector_is_told_routes_and_figures_and_no_patient()
    {
        const string Mark = "Zqcollected";
        using var collector = new HttpListener();
        var port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var told = new List<(string Path, byte[] Body)>();
        _ = Collect(collector, told);
        await using (var served = await ServedPractice.OpenWith(At("told"), "--Otlp", $"http://127.0.0.1:{port}"))
        {
            using var client = await RouteTests.Client(served, Deltoid.Store.Model.Role.Owner);
            await client.GetStringAsync("/worklist?q=" + Mark, Stop);
            await client.GetAsync("/claims/" + Mark, Stop);
            await JobForms.Drop(client, await JobForms.Token(client), Guid.NewGuid(), (Mark + ".837",
                Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(ClaimsFiles.Write(1, "X", 3))
                    .Replace("FIELD", Mark, StringComparison.Ordinal))));
        }
        // what was not yet sent is sent when it stops
        var all = string.Concat(told.Select(static t => Encoding.Latin1.GetString(t.Body)));
        Assert.Equal(["/v1/metrics", "/v1/traces"], told.Select(static t => t.Path).Distinct().Order());
        Assert.Contains("GET /worklist", all, StringComparison.Ordinal);
        Assert.Contains("POST /files", all, StringComparison.Ordinal);
        Assert.Contains("deltoid.request.duration", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Mark, all, StringComparison.OrdinalIgnoreCase);
    }

    static async Task Collect(HttpListener collector, List<(string, byte[])> told)
    {
        try
        {
            while (true)
            {
                var context = await collector.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body, Stop);
                lock (told) told.Add((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // the test is over
        }
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Fact]
    public void A_log_line_in_JSON_is_one_object_without_the_values_of_a_message()
    {
        using var text = new StringWriter();
        var failure = new InvalidOperationException("Zqvalue", new IOException("Zqvalue"));
        new LogObjects().Write(new Microsoft.Extensions.Logging.Abstractions.LogEntry<IReadOnlyList<
            KeyValuePair<string, object?>>>(Microsoft.Extensions.Logging.LogLevel.Error, "Other", new(7),
            [new("name", "Zqvalue"), new("{OriginalFormat}", "hello {name}")], failure,
            static (_, _) => "hello Zqvalue"), null, text);
        var line = text.ToString().TrimEnd();
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain("Zqvalue", line, StringComparison.Ordinal);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(("Error", "hello {name}", 2), (json.GetProperty("level").GetString(),
            json.GetProperty("says").GetString(), json.GetProperty("failures").GetArrayLength()));
    }

    [Fact]
    public async Task Starting_loads_no_queue_no_broker_and_no_collector()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what a program has loaded is read from /proc");
        using var served = await ServedProcess.Start(At("alone"));
        using var client = new HttpClient { BaseAddress = new(served.Url) };
        Assert.Equal("ok", await client.GetStringAsync("/healthz", Stop));
        var maps = await File.ReadAllTextAsync($"/proc/{served.Id}/maps", Stop);
        Assert.Contains("Deltoid.Web.dll", maps, StringComparison.Ordinal);
        foreach (var part in (string[])["Wolverine.dll", "RabbitMQ.Client.dll", "OpenTelemetry.Exporter"])
            Assert.DoesNotContain(part, maps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Debian_package_is_unpacked_its_units_are_right_and_it_serves()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dpkg-deb"), "dpkg-deb is not installed");
        var published = Path.Combine(Repository.Root, "src", "Deltoid.Web", "bin", "Release", "net10.0");
        Assert.Equal((0, ""), await Run(Path.Combine(Repository.Root, "scripts", "web-package"), folder, published,
            "1.2.3-4"));
        var package = Assert.Single(Directory.GetFiles(folder, "deltoid-web_1.2.3~4_*.deb"));
        Assert.Equal((0, ""), await Run("dpkg-deb", "-x", package, At("root")));
        if (File.Exists("/usr/bin/systemd-analyze"))
        {
            var (code, said) = await Run("systemd-analyze", "verify", "--recursive-errors=no", $"--root={At("root")}",
                "/lib/systemd/system/deltoid.service", "/lib/systemd/system/deltoid-work@.service");
            Assert.True(code == 0, said);
        }
        foreach (var unit in Directory.GetFiles(At("root/lib/systemd/system")))
            AssertStarts(ExecStart().Match(await File.ReadAllTextAsync(unit, Stop)).Groups["command"].Value.Split(' '));
        var settings = ServeOptions.Of(["--Config", At("root/etc/deltoid/deltoid.json")]);
        Assert.Equal("/var/lib/deltoid", settings.Folder);
        using var process = Process.Start(new ProcessStartInfo(At("root/usr/lib/deltoid/web/Deltoid.Web"),
            ["serve", "--Config", At("root/etc/deltoid/deltoid.json"), "--Folder", At("data"),
                "--Listen", "http://127.0.0.1:0"]) { RedirectStandardOutput = true })!;
        var says = await process.StandardOutput.ReadLineAsync(Stop) ?? "";
        Assert.StartsWith("Deltoid is at ", says, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Equal("store: ok\nqueue: ok\ndisk: ok\n",
            await client.GetStringAsync(says["Deltoid is at ".Length..] + "/health", Stop));
        var watch = Stopwatch.StartNew();
        Signals.Send("TERM", process.Id);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [GeneratedRegex("^ExecStart=/usr/lib/deltoid/web/Deltoid\\.Web (?<command>.*)$", RegexOptions.Multiline)]
    private static partial Regex ExecStart();

    /// <summary>A command is one of the program's, and its options are its settings.</summary>
    static void AssertStarts(string[] command)
    {
        Assert.Contains(command[0], (string[])["serve", "work"]);
        var known = typeof(ServeOptions).GetProperties().Select(static p => "--" + p.Name).ToHashSet();
        for (var i = 1; i < command.Length; i += 2) Assert.Contains(command[i], known);
    }

    [Fact]
    public void The_compose_file_names_commands_and_settings_that_exist()
    {
        var text = Repository.Read("packaging", "compose.yaml");
        var commands = Regex.Matches(text, "command: (\\[.*\\])");
        Assert.Equal(2, commands.Count);
        foreach (Match command in commands)
            AssertStarts(JsonSerializer.Deserialize<string[]>(command.Groups[1].Value)!);
        var known = typeof(ServeOptions).GetProperties().Select(static p => "DELTOID_" + p.Name).ToHashSet();
        var named = Regex.Matches(text, "^ +(DELTOID_\\w+):", RegexOptions.Multiline)
            .Select(static m => m.Groups[1].Value).Where(static n => n != "DELTOID_PASSWORD").ToList();
        Assert.Equal(3, named.Count);
        Assert.All(named, name => Assert.Contains(name, known));
        foreach (Match file in Regex.Matches(text, "\"\\./([^:]+):"))
            Assert.True(File.Exists(Path.Combine(Repository.Root, "packaging", file.Groups[1].Value)));
        Assert.DoesNotMatch("(?i)password=[^$]", text); // each comes from outside
    }

    [Fact]
    public void The_page_of_operations_names_settings_and_options_that_exist()
    {
        var page = Repository.Read("docs", "operations.md");
        var known = typeof(ServeOptions).GetProperties().Select(static p => p.Name).ToHashSet();
        var rows = page.Split('\n').Where(static l => Regex.IsMatch(l, @"^\| `[A-Z]")).ToList();
        Assert.InRange(rows.Count, 8, 20);
        foreach (var row in rows)
            foreach (Match name in Regex.Matches(row.Split('|')[1], "`(\\w+)`"))
                Assert.Contains(name.Groups[1].Value, known);
    }

    static async Task<(int Code, string Said)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync(Stop) + await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, said);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
