namespace Deltoid.Store.Model;

/// <summary>A browser in which a person has signed in. It ends when its row says so, wherever its cookie is.</summary>
public sealed class Session : Row
{
    public long PersonId { get; set; }

    /// <summary>What the browser says it is: Chrome on Windows.</summary>
    public required string Device { get; set; }

    /// <summary>How the person signed in: password, code, recovery code, passkey.</summary>
    public required string Method { get; set; }

    public DateTime StartedAt { get; set; }

    /// <summary>The last time that the person did something, to the half minute.</summary>
    public DateTime SeenAt { get; set; }

    public DateTime? EndedAt { get; set; }
}
