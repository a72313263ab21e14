using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Api;

/// <summary>Sends messages about claims to the addresses that practices have set up.</summary>
sealed class WebhookHost(IServiceProvider services, ServeOptions options, FieldKeys keys, TimeProvider clock)
    : Rounds(services, TimeSpan.FromSeconds(2))
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 64,
        ConnectCallback = options.PrivateWebhooks ? null : PublicAddress.Connect,
    }) { Timeout = Longest };

    /// <summary>Makes the messages that are due, and tries them once.</summary>
    protected override async Task Do(PracticeDb db, CancellationToken stop)
    {
        if (!await Webhooks.IsAnyone(db, stop)) return;
        await Webhooks.Collect(db, clock.Now(), stop);
        await Send(db, stop);
    }

    async Task Send(PracticeDb db, CancellationToken stop)
    {
        var away = new HashSet<long>();
        while (await Webhooks.Due(db, clock.Now(), stop) is { Count: > 0 } due)
        {
            var wasTried = false;
            foreach (var message in due)
            {
                if (away.Contains(message.EndpointId)) continue; // it does not answer: the others wait with it
                if (!await Webhooks.Take(db, message, clock.Now(), stop)) continue;
                var (hasArrived, says) = await Try(db, message, stop);
                await Webhooks.Tried(db, message.Id, hasArrived, says, clock.Now(), stop);
                if (!hasArrived) away.Add(message.EndpointId);
                wasTried = true;
            }
            if (!wasTried) break;
        }
    }

    async Task<(bool HasArrived, string Says)> Try(PracticeDb db, WebhookDelivery message, CancellationToken stop)
    {
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == message.EndpointId, stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new StringContent(message.Body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in Webhooks.Headers(endpoint, keys, message, clock.Now()))
            request.Headers.Add(name, value);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return (answer.IsSuccessStatusCode, ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException
            || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return (false, e is OperationCanceledException ? "no answer in time" : "no connection");
        }
    }

    public override void Dispose()
    {
        client.Dispose();
        base.Dispose();
    }
}
