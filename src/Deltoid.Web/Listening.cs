using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web;

/// <summary>Without TLS the program serves this machine only, unless it is started with the word for it.</summary>
static class Listening
{
    /// <param name="addresses">As the option has them, with semicolons between.</param>
    /// <returns>What is wrong with them; null when nothing is.</returns>
    public static string? Fault(string addresses, bool isPlainAllowed)
    {
        foreach (var address in addresses.Split(';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) continue;
            if (!address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
                return $"{address} is no address to listen on; write it as https://0.0.0.0:5443";
            if (!isPlainAllowed && !IsThisMachine(address["http://".Length..]))
                return $"{address} would send patients' data through the network for everybody to read; listen on "
                    + "https://, or start with --plain-http where a proxy with TLS is before it";
        }
        return null;
    }

    /// <summary>Before anything is begun: what another program, or the system, does not let be listened on.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Taken(string addresses)
    {
        foreach (var address in addresses.Split(';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Port == 0 || uri.Host == "unix") continue;
            var host = uri.Host is "localhost" ? IPAddress.Loopback
                : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var known) ? known : IPAddress.Any;
            try
            {
                using var listener = new TcpListener(host, uri.Port);
                listener.Start();
            }
            catch (SocketException e)
            {
                return e.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"another program listens on {address}; stop it, or choose "
                        + "another address, such as --listen http://127.0.0.1:5081",
                    SocketError.AccessDenied => $"the system does not let this account listen on {address}; choose a "
                        + "port of 1024 or higher, such as --listen http://127.0.0.1:5080",
                    _ => $"{address} is no address of this machine; choose another one with --listen",
                };
            }
        }
        return null;
    }

    static bool IsThisMachine(string host)
    {
        if (host.StartsWith("unix:", StringComparison.OrdinalIgnoreCase)) return true;
        host = host.Split('/')[0];
        host = host.StartsWith('[') ? host[1..Math.Max(1, host.IndexOf(']', StringComparison.Ordinal))]
            : host.Split(':')[0];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
