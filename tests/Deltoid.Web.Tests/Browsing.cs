using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Tests;

/// <summary>A browser without a screen: it keeps cookies, follows nothing, and sends forms with their token.</summary>
sealed partial class Browsing : IDisposable
{
    readonly HttpClient client;
    string token = "";

    readonly CookieContainer cookies = new();

    /// <param name="from">The address of this machine that it comes from.</param>
    public Browsing(string url, string from = "127.0.0.1") => client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, CookieContainer = cookies,
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new(url)
    };

    /// <summary>Another browser with the same cookies: what somebody has who copied them.</summary>
    public Browsing Copy()
    {
        var copy = new Browsing(client.BaseAddress!.OriginalString);
        copy.cookies.Add(cookies.GetAllCookies());
        return copy;
    }

    /// <summary>The words of a page, with one blank between them.</summary>
    public static string Words(string page) => string.Join(' ', Tag().Replace(page, " ")
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [System.Text.RegularExpressions.GeneratedRegex("<[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Tag();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Signs in; the password is the sample's.</summary>
    public static async Task<Browsing> As(string url, string name)
    {
        var browsing = new Browsing(url);
        var (status, _) = await browsing.Post("/sign-in", ("name", name), ("password", Sample.Password));
        Assert.Equal(HttpStatusCode.Redirect, status);
        browsing.token = ""; // a token is for a person
        return browsing;
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string, string)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            if (token.Length == 0) token = TokenOf(await client.GetStringAsync("/ask", Stop));
            request.Content = ContentOf(path, [.. fields, ("__RequestVerificationToken", token)]);
        }
        return await client.SendAsync(request, Stop);
    }

    /// <summary>What another site would have a browser send.</summary>
    public Task<HttpResponseMessage> SendWithoutToken(string path, params (string, string)[] fields) =>
        client.PostAsync(path, ContentOf(path, fields), Stop);

    /// <summary>Files are taken as parts; every other form is a list of fields.</summary>
    static HttpContent ContentOf(string path, (string Name, string Text)[] fields)
    {
        if (path is not ("/files" or "/remittances" or "/compliance/staff/check"))
            return new FormUrlEncodedContent(fields.Select(static f => KeyValuePair.Create(f.Name, f.Text)));
        var parts = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
            if (name == "files") parts.Add(new StringContent(text), name, "dropped.835");
            else parts.Add(new StringContent(text), name);
        return parts;
    }

    public async Task<(HttpStatusCode Status, string Body)> Post(string path, params (string, string)[] fields)
    {
        using var answer = await Send(HttpMethod.Post, path, fields);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Drops files of any bytes.</summary>
    public async Task<HttpStatusCode> Drop(string path, params (string Name, byte[] Bytes)[] files)
    {
        if (token.Length == 0) token = TokenOf(await client.GetStringAsync("/ask", Stop));
        using var parts = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (name, bytes) in files) parts.Add(new ByteArrayContent(bytes), "files", name);
        using var answer = await client.PostAsync(path, parts, Stop);
        return answer.StatusCode;
    }

    public async Task<(HttpStatusCode Status, string Body)> Get(string path)
    {
        using var answer = await Send(HttpMethod.Get, path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>A form's token is for a session: after signing in another is read.</summary>
    public void Renew() => token = "";

    static string TokenOf(string page) =>
        page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];

    /// <summary>Whether an answer sends the person away: to sign in, or since the role has no part in it.</summary>
    public static bool IsRefused(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Redirect
        && answer.Headers.Location!.OriginalString is var to
        && (to.Contains("/sign-in", StringComparison.Ordinal) || to.Contains("/nothing", StringComparison.Ordinal));

    public void Dispose() => client.Dispose();
}
