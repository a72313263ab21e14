using System.Diagnostics;
using System.Net;

namespace Deltoid.Web.Tests;

/// <summary>The program itself, in a process of its own, with the sample practice and without its history.</summary>
sealed class ServedProcess : IDisposable
{
    readonly Process process;

    ServedProcess(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public int Id => process.Id;

    /// <param name="around">A program that starts it; it gets the command as its arguments.</param>
    public static async Task<ServedProcess> Start(string folder, params string[] around)
    {
        string[] command = [.. around, Path.Combine(AppContext.BaseDirectory, "Deltoid.Web"), "--Folder", folder,
            "--Listen", "http://127.0.0.1:0", "--Sample", "true", "--History", "false"];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("Deltoid is at ", StringComparison.Ordinal))
                return new(process, line["Deltoid is at ".Length..]);
        throw new InvalidOperationException($"the program ended with {process.ExitCode}");
    }

    public HttpClient Client(CookieContainer cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = new(Url) };

    /// <summary>Signs the sample's biller in.</summary>
    /// <returns>The token of its forms.</returns>
    public async Task<string> SignIn(CookieContainer cookies)
    {
        using var client = Client(cookies);
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = Sample.Biller, ["password"] = Sample.Password,
            ["__RequestVerificationToken"] = await JobForms.Token(client, "/sign-in"),
        }), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await JobForms.Token(client);
    }

    /// <summary>Kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}
