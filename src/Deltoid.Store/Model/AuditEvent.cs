namespace Deltoid.Store.Model;

/// <summary>
/// Who did what, and when. Each event holds the hash of the one before it, so that a change, a gap or another order
/// shows.
/// </summary>
public sealed class AuditEvent : WrittenOnce
{
    /// <summary>From 1 in a practice, without gaps.</summary>
    public long Number { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>read, create, change, send, receive, post, sign-in …</summary>
    public required string Act { get; set; }

    /// <summary>What it was done to, by number: claim/12, file/3.</summary>
    public required string Subject { get; set; }

    public string Why { get; set; } = "";

    /// <summary>Old and new values of the fields that changed, as JSON; empty when nothing was changed.</summary>
    public string Changes { get; set; } = "";

    /// <summary>SHA-256 over the event before and this one, in hexadecimal.</summary>
    public required string Hash { get; set; }
}
