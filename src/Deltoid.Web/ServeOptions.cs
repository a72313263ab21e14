namespace Deltoid.Web;

/// <summary>
/// What the program is started with: <c>--Folder</c>, <c>--Postgres</c>, <c>--Listen</c>, <c>--Sample</c>,
/// <c>--History</c>, or the same names in the environment after <c>DELTOID_</c>. <c>deltoid serve</c> writes them.
/// </summary>
sealed record ServeOptions
{
    public string Folder { get; init; } = "deltoid-data";

    public string? Postgres { get; init; }

    /// <summary>Where to listen. Without TLS only this machine is served.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Fill an empty store with a practice to try things on.</summary>
    public bool Sample { get; init; }

    /// <summary>Give the sample three months that lie before today; without it nothing has happened yet.</summary>
    public bool History { get; init; } = true;
}
