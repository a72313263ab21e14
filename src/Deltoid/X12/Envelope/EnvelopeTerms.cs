using Deltoid.Values;

namespace Deltoid.X12.Envelope;

/// <summary>Who sends to whom, when, under which numbers: what the envelope of a file says that no claim does.</summary>
public sealed record EnvelopeTerms
{
    /// <summary>ISA05 to ISA08; ids of at most 15 characters.</summary>
    public string SenderKind { get; init; } = "ZZ";

    public string Sender { get; init; } = "";

    public string ReceiverKind { get; init; } = "ZZ";

    public string Receiver { get; init; } = "";

    /// <summary>GS02 and GS03, where they are not the interchange's ids.</summary>
    public string GroupSender { get; init; } = "";

    public string GroupReceiver { get; init; } = "";

    /// <summary>Loop 1000A: the submitter's name, where it is not the billing provider's, and whom to ask.</summary>
    public string SubmitterName { get; init; } = "";

    public string ContactName { get; init; } = "";

    public string ContactPhone { get; init; } = "";

    public string ReceiverName { get; init; } = "";

    /// <summary>ISA13, GS06 and ST02 of the first; the next ones count on.</summary>
    public int InterchangeControl { get; init; } = 1;

    public int GroupControl { get; init; } = 1;

    public int SetControl { get; init; } = 1;

    /// <summary>BHT03; ISA13 and ST02 joined where it is empty.</summary>
    public string Batch { get; init; } = "";

    public DateOnly Day { get; init; }

    public TimeOnly Time { get; init; }

    /// <summary>ISA15: P for production, T for test.</summary>
    public char Usage { get; init; } = 'T';

    public Delimiters Delimiters { get; init; } = Delimiters.Usual;

    /// <summary>Claims in one set; guides advise 5,000 at most.</summary>
    public int MostClaims { get; init; } = 5000;
}
