using System.Net;

namespace Deltoid.Web.Tests;

/// <summary>Drops files on the files screen, as a browser does.</summary>
static class JobForms
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<string> Token(HttpClient client, string page = "/files") =>
        (await client.GetStringAsync(page, Stop))
            .Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];

    public static async Task<HttpStatusCode> Drop(HttpClient client, string token, Guid key,
        params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(key.ToString()), "key" }
        };
        foreach (var (name, bytes) in files) form.Add(new ByteArrayContent(bytes), "files", name);
        using var answer = await client.PostAsync("/files", form, Stop);
        return answer.StatusCode;
    }
}
