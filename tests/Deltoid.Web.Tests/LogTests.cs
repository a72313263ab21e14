using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Deltoid.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Deltoid.Web.Tests;

/// <summary>
/// No patient in what the program says of itself: the real program, with every category logged at its lowest level,
/// is given marked patients in whatever way goes well or wrong, and then everything it wrote is searched.
/// </summary>
public sealed class LogTests
{
    const int Patients = 50;

    /// <summary>Every marked text begins with it: names, streets, member numbers, notes, names of files, passwords.
    /// </summary>
    const string Mark = "Zqmkwy"; // long enough that no random token has it

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task No_patient_is_in_a_log_a_header_an_address_or_another_file(Ground ground)
    {
        if (ground == Ground.Postgres) LongRun.Only();
        Assert.SkipWhen(ground == Ground.Postgres && !PostgresServer.IsHere,
            "PostgreSQL is not installed (./test --install)");
        var folder = Directory.CreateTempSubdirectory("deltoid-logged").FullName;
        var postgres = ground == Ground.Postgres ? PostgresServer.NewDatabase() : null;
        var said = new StringBuilder();
        using (var process = Start(folder, postgres))
        {
            var url = await Listen(process, said);
            using var headers = new Headers();
            using var client = new HttpClient(headers) { BaseAddress = new(url) };
            await Use(client, url);
            await Break(folder, postgres);
            await UseBroken(client);
            Assert.DoesNotContain(Mark, headers.Said.ToString(), StringComparison.OrdinalIgnoreCase);
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }
        lock (said)
        {
            // it was loud, and what went wrong was said
            Assert.True(said.Length > 50_000, $"{said.Length} characters");
            Assert.Contains("Exception", said.ToString(), StringComparison.Ordinal);
            var line = said.ToString().Split('\n').FirstOrDefault(static l =>
                l.Contains(Mark, StringComparison.OrdinalIgnoreCase));
            Assert.True(line is null, line);
        }
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            if (!Path.GetFileName(file).StartsWith("deltoid.db", StringComparison.Ordinal))
                Assert.False(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Stop))
                    .Contains(Mark, StringComparison.OrdinalIgnoreCase), file);
        Directory.Delete(folder, recursive: true);
    }

    static Process Start(string folder, string? postgres)
    {
        string[] database = postgres is null ? [] : ["--Postgres", postgres];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Deltoid.Web"), ["--Folder", folder,
            "--Listen", "http://127.0.0.1:0", "--Sample", "true", "--History", "false", .. database])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["Logging__LogLevel__Default"] = "Trace";
        // what the program turns off by default is turned on by name
        foreach (var category in new[]
            { "Microsoft.EntityFrameworkCore.Database.Command", "Microsoft.EntityFrameworkCore.Update",
                "Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", "Microsoft.AspNetCore.DataProtection" })
            start.Environment["Logging__LogLevel__" + category] = "Trace";
        return Process.Start(start)!;
    }

    static async Task<string> Listen(Process process, StringBuilder said)
    {
        var url = new TaskCompletionSource<string>();
        foreach (var stream in new[] { process.StandardOutput, process.StandardError })
            _ = Task.Run(async () =>
            {
                while (await stream.ReadLineAsync() is { } line)
                {
                    if (line.StartsWith("Deltoid is at ", StringComparison.Ordinal))
                        url.TrySetResult(line["Deltoid is at ".Length..]);
                    lock (said) said.AppendLine(line);
                }
            }, Stop);
        return await url.Task.WaitAsync(TimeSpan.FromMinutes(6), Stop);
    }

    /// <summary>Keeps the headers of every answer; where it leads is one of them.</summary>
    sealed class Headers() : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
    {
        public StringBuilder Said { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            Said.Append(answer.Headers).Append(answer.Content.Headers).Append(answer.ReasonPhrase);
            return answer;
        }
    }

    static async Task Use(HttpClient client, string url)
    {
        // a name that is nobody's, then the owner
        await Post(client, "/sign-in", "/sign-in", ("name", Mark + "-user"), ("password", Mark + "-password"));
        Assert.Equal(HttpStatusCode.Redirect, await Post(client, "/sign-in", "/sign-in", ("name", Sample.Owner),
            ("password", Sample.Password)));
        // a plan that numbers its members as it likes
        Assert.Equal(HttpStatusCode.Redirect, await Post(client, "/settings/payers", "/settings/payers",
            ("Name", Mark + " Health"), ("Number", "LOGPLAN"), ("Kind", "commercial"), ("Filing", "CI")));
        var csv = new StringBuilder("Last Name,First Name,DOB,Gender,Address,City,ST,Zip Code,Insurance,Member ID\n");
        for (var i = 0; i < Patients; i++) // some rows fail
            csv.Append(CultureInfo.InvariantCulture, $"{Mark}son{i},{Mark}ann{i},{(i % 5 == 0 ? Mark : "02/03/1960")},")
                .Append(CultureInfo.InvariantCulture, $"F,{i} {Mark} Road,Springfield,IL,62701,")
                .Append(CultureInfo.InvariantCulture, $"{(i % 7 == 0 ? Mark + " Plan" : "LOGPLAN")},{Mark}M{i}\n");
        Assert.Equal(HttpStatusCode.Redirect, await Post(client, "/files", "/settings/import/patients",
            ("text", csv.ToString())));
        var page = await client.GetStringAsync("/settings/import/patients", Stop);
        Assert.Contains(Mark, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Post(client, "/files", "/settings/import/patients/confirm",
            ("mark", page.Split("name=\"mark\" value=\"")[1].Split('"')[0])));
        foreach (var path in new[] { "/settings/patients/found", "/chart/patients" })
            Assert.Equal(HttpStatusCode.OK, await Post(client, "/files", path, ("q", Mark)));
        await Drop(client);
        await Misuse(client, url);
    }

    /// <summary>Claims, payments, and what is neither, in files that bear a patient's name.</summary>
    static async Task Drop(HttpClient client)
    {
        string Marked(byte[] file) => Encoding.ASCII.GetString(file).Replace("FIELD", Mark.ToUpperInvariant(),
            StringComparison.Ordinal).Replace("EXAMPLE", Mark.ToUpperInvariant(), StringComparison.Ordinal);
        var claims = Marked(ClaimsFiles.Write(1, "P", 20));
        var paid = Marked(PaymentFiles.Write(2, new PaidSet("T1", "20260401",
            [.. Enumerable.Range(1, 20).Select(static n => new PaidShot($"P{n}", $"I{n}", Member: $"M{n:000000}"))])));
        var token = await JobForms.Token(client);
        foreach (var (name, text) in new[]
            {
                ("claims.837", claims), ("paid.835", paid), ("cut.837", claims[..(claims.Length / 2)]),
                ("off.835", paid.Replace("*38*", "*39*", StringComparison.Ordinal)), ("noise.835", Mark + " noise"),
                ("empty.837", ""), ("broken.837", claims.Replace("CLM*", $"CLM*{Mark}*", StringComparison.Ordinal)),
            })
            await JobForms.Drop(client, token, Guid.NewGuid(), ($"{Mark}-{name}", Encoding.ASCII.GetBytes(text)));
        await Post(client, "/files", "/chart", ("Who", Mark), ("Patient", "1"), ("Day", Mark),
            ("Shots[0].Drug", Mark), ("Shots[0].Site", Mark), ("Shots[0].Lot", Mark));
        var all = "";
        for (var i = 0; i < 100 && !all.Contains("claims.837: 20 claims", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100, Stop);
            all = Browsing.Words(await client.GetStringAsync("/files", Stop));
        }
        Assert.Contains("claims.837: 20 claims", all, StringComparison.Ordinal);
        foreach (var path in new[]
            { "/worklist", "/claims/1", "/claims/1/x12", "/claims/1/paper", "/files/1", "/tasks" })
            await client.GetAsync(path, Stop);
    }

    /// <summary>Requests that no page makes.</summary>
    static async Task Misuse(HttpClient client, string url)
    {
        foreach (var path in new[]
            {
                $"/claims/{Mark}", $"/nothing-here/{Mark}", $"/worklist?after={Mark}&payer={Mark}&life={Mark}",
                $"/lookup?q={Mark}", $"/settings/patients?edit={Mark}", $"/chart?claim={Mark}", $"/help/{Mark}",
            })
            await client.GetAsync(path, Stop);
        foreach (var (path, field) in new[]
            {
                ("/claims/1", "version"), ("/claims/1", "line.1.code"), ("/chart", "Claim"),
                ("/chart", "Shots[0].LotId"),
                ("/claims/1/tasks", "due"), ("/claims/1/set-aside", "until"), ("/stock/receive", "Expires"),
                ("/claims/1", Mark + "field"),
                ("/settings/patients", "BirthDate"), ("/worklist/assign", "claim"), ("/claims/1/record", "fact"),
                ("/settings/patients/1", "PayerId"), ("/worklist/snooze", "until"), ("/claims/1/draft", "version"),
            })
            await Post(client, "/files", path, (field, Mark));
        using (var json = new StringContent($$"""{ "name": "{{Mark}}" """, Encoding.UTF8, "application/json"))
            await client.PostAsync("/chart", json, Stop);
        using (var long1 = new HttpRequestMessage(HttpMethod.Get, "/worklist"))
        {
            long1.Headers.Add("X-Long", Mark + new string('x', 40_000));
            await client.SendAsync(long1, Stop);
        }
        var at = new Uri(url);
        foreach (var request in new[] { $"GET /{Mark} HTTP/9.9\r\n\r\n", $"{Mark} {Mark}\r\n\r\n", $"GET / HTTP/1.1\r\n"
            + $"Host: {Mark}\r\nContent-Length: {Mark}\r\n\r\n" })
        {
            using var raw = new TcpClient();
            await raw.ConnectAsync(at.Host, at.Port, Stop);
            await raw.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
            await raw.GetStream().ReadAtLeastAsync(new byte[12], 12, throwOnEndOfStream: false, Stop);
        }
    }

    /// <summary>Takes a table away, so that what is asked ends with an exception of the database.</summary>
    static async Task Break(string folder, string? postgres)
    {
        System.Data.Common.DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={new StorePlace { Folder = folder }.File};Pooling=False")
            : new NpgsqlConnection(postgres);
        await using (connection)
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE \"Coverage\" RENAME TO \"Gone\"";
            await command.ExecuteNonQueryAsync(Stop);
        }
    }

    static async Task UseBroken(HttpClient client)
    {
        Assert.Equal(HttpStatusCode.InternalServerError, await Post(client, "/files", "/settings/patients/1",
            ("MemberId", Mark + "M999"), ("PayerId", "2"), ("Rank", "1")));
        await Post(client, "/files", "/chart", ("Who", Mark), ("Patient", "1"), ("Day", "2026-03-02"));
        await JobForms.Drop(client, await JobForms.Token(client), Guid.NewGuid(),
            ($"{Mark}-2.837", ClaimsFiles.Write(9, Mark, 3)));
        await Task.Delay(500, Stop);
    }

    static async Task<HttpStatusCode> Post(HttpClient client, string page, string path,
        params (string Name, string Text)[] fields)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await JobForms.Token(client, page)), "__RequestVerificationToken" }
        };
        foreach (var (name, text) in fields) form.Add(new StringContent(text), name);
        using var answer = await client.PostAsync(path, form, Stop);
        return answer.StatusCode;
    }
}
