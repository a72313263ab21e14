using System.Net;
using System.Net.Sockets;

namespace Deltoid.Web.Tests;

/// <summary>Nothing is served in the clear to other machines unless somebody says so.</summary>
public sealed class ListeningTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080"), InlineData("http://localhost:5080"), InlineData("http://[::1]:5080")]
    [InlineData("https://0.0.0.0:5443"), InlineData("https://*:5443;http://127.0.0.1:5080")]
    [InlineData("http://unix:/run/deltoid.sock"), InlineData("http://127.0.0.1:0")]
    public void This_machine_or_TLS_needs_no_word(string listen) => Assert.Null(Listening.Fault(listen, false));

    [Theory]
    [InlineData("http://0.0.0.0:5080"), InlineData("http://*:5080"), InlineData("http://+:5080")]
    [InlineData("http://192.168.1.5:5080"), InlineData("http://clinic.example:80"), InlineData("http://[::]:5080")]
    [InlineData("https://*:5443;http://*:5080"), InlineData("HTTP://0.0.0.0"), InlineData("http://127.0.0.1.example")]
    public void Other_machines_without_TLS_need_it(string listen)
    {
        Assert.Contains("--plain-http", Listening.Fault(listen, false), StringComparison.Ordinal);
        Assert.Null(Listening.Fault(listen, true));
    }

    [Fact]
    public async Task The_program_does_not_start_in_the_clear() =>
        Assert.Equal(2, await Serving.Run(["--Listen", "http://0.0.0.0:0", "--Folder", "/nowhere/at/all"]));

    [Fact]
    public async Task An_address_that_another_program_has_is_named_before_anything_is_begun()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        Assert.StartsWith($"another program listens on {taken}; ", Listening.Taken(taken), StringComparison.Ordinal);
        Assert.Contains("is no address of this machine", Listening.Taken("http://192.0.2.1:5080"),
            StringComparison.Ordinal);
        Assert.Equal(2, await Serving.Run(["--Listen", taken, "--Folder", "/nowhere/at/all"]));
        other.Stop();
        Assert.Null(Listening.Taken(taken + ";http://unix:/run/deltoid.sock;http://127.0.0.1:0"));
    }
}
