using Deltoid.Values;

namespace Deltoid.X12.Envelope;

/// <summary>
/// Who sends to whom, when, under which numbers: what the envelope of a file says that no claim does.
/// </summary>
public sealed record EnvelopeTerms
{
    /// <summary>ISA05 to ISA08; ids of at most 15 characters.</summary>
    public string SenderKind { get; init; } = "ZZ";

    /// <summary>ISA06 and GS02.</summary>
    public string Sender { get; init; } = "";

    /// <summary>ISA07.</summary>
    public string ReceiverKind { get; init; } = "ZZ";

    /// <summary>ISA08.</summary>
    public string Receiver { get; init; } = "";

    /// <summary>GS02 and GS03, where they are not the interchange's ids.</summary>
    public string GroupSender { get; init; } = "";

    /// <summary>GS03.</summary>
    public string GroupReceiver { get; init; } = "";

    /// <summary>Loop 1000A: the submitter's name, where it is not the billing provider's, and whom to ask.</summary>
    public string SubmitterName { get; init; } = "";

    /// <summary>The submitter's contact (PER02).</summary>
    public string ContactName { get; init; } = "";

    /// <summary>The submitter's telephone (PER04).</summary>
    public string ContactPhone { get; init; } = "";

    /// <summary>The receiver's name (loop 1000B NM103).</summary>
    public string ReceiverName { get; init; } = "";

    /// <summary>ISA13, GS06 and ST02 of the first; the next ones count on.</summary>
    public int InterchangeControl { get; init; } = 1;

    /// <summary>The control number of the first group (GS06).</summary>
    public int GroupControl { get; init; } = 1;

    /// <summary>The control number of the first transaction set (ST02).</summary>
    public int SetControl { get; init; } = 1;

    /// <summary>BHT03; ISA13 and ST02 joined where it is empty.</summary>
    public string Batch { get; init; } = "";

    /// <summary>The day of the interchange, as an argument: nothing here knows the clock.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The time of the interchange.</summary>
    public TimeOnly Time { get; init; }

    /// <summary>ISA15: P for production, T for test.</summary>
    public char Usage { get; init; } = 'T';

    /// <summary>The separators to write with.</summary>
    public Delimiters Delimiters { get; init; } = Delimiters.Usual;

    /// <summary>Claims in one set; guides advise 5,000 at most.</summary>
    public int MostClaims { get; init; } = 5000;
}
