using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Deltoid.Fhir;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;

namespace Deltoid.Web.Smart;

/// <summary>Where a chart system signs people in, and where it hands out tokens.</summary>
/// <param name="Issuer">What it calls itself in answers (RFC 9207); empty where it does not say.</param>
/// <param name="HasScopes2">It reads scopes as SMART 2 writes them.</param>
sealed record SmartPlaces(Uri Authorize, Uri Token, string Issuer, bool HasScopes2);

/// <summary>What a chart system gave for a code.</summary>
sealed record SmartToken(string Access, string Patient, string Encounter);

/// <summary>
/// Asks a chart system. It follows no redirect, keeps no cookie, and reads no more than a limit, in a limited time. A
/// token goes to the FHIR address of the settings and to no other place; no address or answer is logged.
/// </summary>
sealed partial class SmartServer(ServeOptions options) : IDisposable
{
    const int LargestAnswer = 4 << 20, LongestToken = 16_384;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 64,
        ConnectCallback = options.PrivateChartSystems ? null : PublicAddress.Connect,
    }) { Timeout = Longest, MaxResponseContentBufferSize = LargestAnswer };

    /// <summary>Whether an address can be that of a chart system: TLS, or this machine.</summary>
    public static bool IsAddress(string text, out Uri address) => Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    /// <summary>What a chart system says of itself (<c>.well-known/smart-configuration</c>).</summary>
    public async Task<SmartPlaces> Discover(ChartSystem system, CancellationToken stop)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, system.Address + "/.well-known/smart-configuration");
        asked.Headers.Accept.Add(new("application/json"));
        var said = await Ask(asked, stop);
        if (!said["code_challenge_methods_supported"u8].Items.Any(static m => m.Is("S256")))
            throw new SmartFault("The chart system does not offer PKCE with S256, which this program needs.",
                SmartFault.AskOwner);
        return new(PlaceOf(said["authorization_endpoint"u8], system), PlaceOf(said["token_endpoint"u8], system),
            said["issuer"u8].Peek(), said["capabilities"u8].Items.Any(static c => c.Is("permission-v2")));
    }

    /// <summary>People and codes go to the hosts that the settings name.</summary>
    static Uri PlaceOf(FhirNode said, ChartSystem system)
    {
        if (Uri.TryCreate(said.Peek(), UriKind.Absolute, out var place) && place.UserInfo.Length == 0
            && place.Fragment.Length == 0 && (IsOf(place, system.Address) || IsOf(place, system.SignInHost)))
            return place;
        throw new SmartFault("The chart system names a place of sign-in that is not of its host.",
            SmartFault.AskOwner);
    }

    static bool IsOf(Uri place, string address) => Uri.TryCreate(address, UriKind.Absolute, out var own)
        && Uri.Compare(place, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped,
            StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Changes a code for a token, with the patient whose chart was opened.</summary>
    public async Task<SmartToken> Exchange(Uri place, ChartSystem system, string code, string verifier, string back,
        CancellationToken stop)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, place)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = back,
                ["client_id"] = system.ClientId, ["code_verifier"] = verifier,
            }),
        };
        asked.Headers.Accept.Add(new("application/json"));
        var said = await Ask(asked, stop);
        var (token, patient, encounter) = (said["access_token"u8].Peek(), said["patient"u8].Peek(),
            said["encounter"u8].Peek());
        if (!said["token_type"u8].Peek().Equals("bearer", StringComparison.OrdinalIgnoreCase)
            || token.Length is 0 or > LongestToken || !Visible().IsMatch(token))
            throw new SmartFault("The chart system gave no token that can be used.");
        if (!Id().IsMatch(patient)) throw new SmartFault("The chart system did not say which patient it is.");
        return new(token, patient, Id().IsMatch(encounter) ? encounter : "");
    }

    /// <summary>Reads from the FHIR address of the settings.</summary>
    public async Task<FhirNode> Read(ChartSystem system, string path, string token, CancellationToken stop)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"{system.Address}/{path}");
        asked.Headers.Accept.Add(new("application/fhir+json"));
        asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Ask(asked, stop);
    }

    async Task<FhirNode> Ask(HttpRequestMessage asked, CancellationToken stop)
    {
        try
        {
            using var answer = await client.SendAsync(asked, stop);
            if (!answer.IsSuccessStatusCode)
                throw new SmartFault("The chart system refused what was asked.")
                {
                    IsRefusal = (int)answer.StatusCode is >= 400 and < 500,
                };
            return FhirTree.Read(await answer.Content.ReadAsByteArrayAsync(stop)).Root;
        }
        catch (InputException)
        {
            throw new SmartFault("The chart system's answer cannot be read.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new SmartFault("The chart system did not answer in time, or too much, or cannot be reached.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9.\-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[!-~]+\z")]
    private static partial Regex Visible();

    public void Dispose() => client.Dispose();
}
