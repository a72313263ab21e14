using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Deltoid.Web.Tests;

/// <summary>A program that gets messages, and answers as it is asked to.</summary>
sealed class WebhookReceiver : IAsyncDisposable
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly WebApplication app;

    public ConcurrentQueue<(string Id, string At, string Signature, string Body)> Told { get; } = [];

    /// <summary>What is answered to a message; 200 where nothing is said.</summary>
    public Func<string, int> Answers { get; set; } = static _ => 200;

    WebhookReceiver(WebApplication app) => this.app = app;

    public static async Task<WebhookReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var (body, headers) = (await reader.ReadToEndAsync(Stop), context.Request.Headers);
            context.Response.StatusCode = receiver.Answers(body);
            if (context.Response.StatusCode == 302) context.Response.Headers.Location = "/elsewhere";
            receiver.Told.Enqueue((headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(),
                headers["webhook-signature"].ToString(), body));
        });
        await receiver.app.StartAsync(Stop);
        return receiver;
    }

    public string Url => app.Urls.First() + "/hook";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>What a message bears that was signed with a secret (Standard Webhooks).</summary>
    public static string Signed(string secret, string id, string at, string body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]),
            Encoding.UTF8.GetBytes($"{id}.{at}.{body}")));
}
