using Deltoid.Findings;

namespace Deltoid.Remits;

/// <summary>Which of our checks finds what an acknowledgment says is wrong.</summary>
internal enum Caught : byte
{
    /// <summary>The claim as it was sent is not at hand, so it was not checked.</summary>
    Unknown,
    Yes,
    No,
}

/// <summary>One thing that a 999, a TA1 or a 277CA says is wrong.</summary>
/// <param name="Place">The line and field of the claim; no field where what was said names none.</param>
/// <param name="Segment">
/// The segment of the claim's file, and its place from ST = 1; empty and 0 where none is named.
/// </param>
/// <param name="Codes">As they came: <c>A7 454</c>, <c>IK403 7</c>.</param>
internal sealed record RefusedPoint(Place Place, string Segment, int Ordinal, int Element, int Component, string Codes,
    string Says, string Do)
{
    public Caught Caught { get; set; }

    /// <summary>What the checks find there in the claim as it was sent.</summary>
    public List<Finding> By { get; } = [];
}

/// <summary>A claim that was not taken, or was taken with errors.</summary>
/// <param name="Id">Its number; empty of what is said of a file or set as a whole.</param>
/// <param name="Resolution">Null of a file or set as a whole.</param>
internal sealed record RefusedClaim(string Id, ClaimMatch Match, Resolution? Resolution, List<RefusedPoint> Points)
{
    /// <summary>Its set was taken all the same: with errors that were noted.</summary>
    public bool IsTaken { get; init; }
}

/// <summary>An acknowledgment with what it came to.</summary>
/// <param name="Kind">999, TA1 or 277CA.</param>
/// <param name="Control">Its own number.</param>
/// <param name="About">The number of what it answers: group, interchange, batch.</param>
/// <param name="Says">The verdict in words.</param>
internal sealed record AnsweredFile(string Kind, string Control, string About, string Says, bool IsAccepted,
    List<RefusedClaim> Claims)
{
    /// <summary>
    /// The numbers of claims that were taken: in a 277CA for judging, in a 999 as well-formed (of the claims as sent).
    /// </summary>
    public IReadOnlyList<string> Taken { get; init; } = [];
}
