using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Tests;

/// <summary>A cable between a program and its server that a test can pull, and put in again.</summary>
sealed class TcpRelay : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<Socket, byte> open = [];
    readonly int target;
    volatile bool isCut;

    public TcpRelay(int target)
    {
        this.target = target;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What is open is closed, and what comes is refused.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var socket in open.Keys) socket.Close(0);
    }

    public void Mend() => isCut = false;

    async Task Accept()
    {
        try
        {
            while (true) _ = Carry(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    async Task Carry(Socket from)
    {
        using var to = new Socket(SocketType.Stream, ProtocolType.Tcp);
        open[from] = open[to] = 0;
        try
        {
            if (isCut) return;
            await to.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAny(Copy(from, to), Copy(to, from));
        }
        catch (SocketException)
        {
            // the server is away
        }
        finally
        {
            open.TryRemove(from, out _);
            open.TryRemove(to, out _);
            from.Close(0);
        }
    }

    static async Task Copy(Socket from, Socket to)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var count)
                for (var sent = 0; sent < count;) sent += await to.SendAsync(bytes.AsMemory(sent, count - sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // one end is gone
        }
    }

    public void Dispose()
    {
        listener.Stop();
        Cut();
    }
}
