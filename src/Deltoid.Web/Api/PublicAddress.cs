using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Api;

/// <summary>
/// Connects to addresses of the public internet only: what a practice types as an address must not reach the machines
/// beside this one, however its name is resolved.
/// </summary>
static class PublicAddress
{
    static readonly IPNetwork[] Inner = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",
        // of IPv6 what is not assigned to the internet, and what leads back to IPv4
        "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(static n => IPNetwork.Parse(n))];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return !Array.Exists(Inner, n => n.Contains(address));
    }

    /// <summary>Opens a connection to the first address of a name that is public; the name is resolved here, once.
    /// </summary>
    /// <exception cref="SocketException">None is.</exception>
    public static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        if (found.FirstOrDefault(Is) is not { } address)
            throw new SocketException((int)SocketError.AddressNotAvailable, "no public address");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
