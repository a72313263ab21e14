namespace Deltoid.Store.Model;

/// <summary>A chart system of others (EHR) that may open the chart page here, by SMART on FHIR.</summary>
public sealed class ChartSystem : Row
{
    /// <summary>As people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Its FHIR address, without a slash at the end: what it sends as <c>iss</c>.</summary>
    public required string Address { get; set; }

    /// <summary>How this program is called there.</summary>
    public required string ClientId { get; set; }

    /// <summary>Scheme and host of its sign-in where that is another host; empty: the host of the address.</summary>
    public string SignInHost { get; set; } = "";
}

/// <summary>A person has been sent to a chart system, and has not come back. It is good once, and not for long.
/// </summary>
public sealed class SmartLaunch : Row
{
    public long PersonId { get; set; }

    public long ChartSystemId { get; set; }

    /// <summary>SHA-256 of the state, in hexadecimal.</summary>
    public required string StateHash { get; set; }

    /// <summary>What the second half needs, sealed with the keys of the server.</summary>
    public required string Document { get; set; }

    public DateTime At { get; set; }
}

/// <summary>What became of a card of CDS Hooks: the last that was reported of it. No patient, no typed words.</summary>
public sealed class CardAnswer : Row
{
    public Guid Card { get; set; }

    /// <summary>The service that made it: inject-order-sign …</summary>
    public required string Service { get; set; }

    /// <summary>The finding that it showed, by its id.</summary>
    public required string Finding { get; set; }

    public bool IsAccepted { get; set; }

    /// <summary>Why it was overridden, by one of our own codes; empty: accepted, or not said.</summary>
    public string Reason { get; set; } = "";

    public DateTime At { get; set; }
}
