namespace Deltoid.Store.Model;

/// <summary>An address of another program that gets a message when a claim changes.</summary>
public sealed class WebhookEndpoint : Row
{
    public required string Url { get; set; }

    /// <summary>What signs the messages, sealed (<see cref="FieldKeys"/>): whsec_ and base64.</summary>
    public required string Secret { get; set; }

    public DateTime At { get; set; }

    /// <summary>No messages are made for it any more.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The last event of the trail that messages were made of.</summary>
    public long Seen { get; set; }
}

public enum DeliveryState
{
    Waiting = 1,
    Delivered = 2,
    /// <summary>It was tried for three days; a person may send it again.</summary>
    Dead = 3,
}

/// <summary>A message to an address. Messages about one claim arrive in the order of what happened.</summary>
public sealed class WebhookDelivery : Row
{
    public long EndpointId { get; set; }

    /// <summary>The event of the trail that it is about.</summary>
    public long EventNumber { get; set; }

    public long ClaimId { get; set; }

    /// <summary>claim.created, claim.changed, claim.sent …</summary>
    public required string Type { get; set; }

    /// <summary>JSON, the same at each try.</summary>
    public required string Body { get; set; }

    public DeliveryState State { get; set; } = DeliveryState.Waiting;

    public DateTime At { get; set; }

    public int Tries { get; set; }

    /// <summary>When it is tried next.</summary>
    public DateTime NextAt { get; set; }

    public DateTime? DoneAt { get; set; }

    /// <summary>What came of the last try: a status of HTTP, or why there was none.</summary>
    public string Says { get; set; } = "";
}
