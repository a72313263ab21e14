namespace Deltoid.Store.Model;

/// <summary>A program of others that acts for the practice, by a secret of its own and within its scopes.</summary>
public sealed class ApiClient : Row
{
    /// <summary>As the practice knows it.</summary>
    public required string Name { get; set; }

    /// <summary>What it calls itself when it asks for a token; it begins with the number of the practice.</summary>
    public required string ClientId { get; set; }

    /// <summary>SHA-256 of the secret, in hexadecimal. The secret was shown once and is kept nowhere.</summary>
    public required string SecretHash { get; set; }

    /// <summary>What it may ask, with blanks between.</summary>
    public required string Scopes { get; set; }

    /// <summary>Its account, by which the trail and versions name it; nobody signs in with it.</summary>
    public long PersonId { get; set; }

    public DateTime At { get; set; }

    public DateTime ExpiresAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    public bool IsInForce(DateTime now) => RevokedAt is null && now < ExpiresAt;
}

/// <summary>
/// What a program was answered when it changed something, by its own key: the same request gets the same answer, for
/// ever.
/// </summary>
public sealed class KeptAnswer : WrittenOnce
{
    /// <summary>Of the program.</summary>
    public long PersonId { get; set; }

    public required string Key { get; set; }

    /// <summary>SHA-256 of method, address and body, in hexadecimal.</summary>
    public required string Digest { get; set; }

    public int Status { get; set; }

    public required string Media { get; set; }

    public string Tag { get; set; } = "";

    public string Location { get; set; } = "";

    public required byte[] Body { get; set; }

    public DateTime At { get; set; }
}
