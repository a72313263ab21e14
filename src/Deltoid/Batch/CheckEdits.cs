using Deltoid.Edits;

namespace Deltoid.Batch;

/// <summary>
/// The edits that belong to conformance, so those whose findings have a type of testing: whether codes are in the code
/// book on the day (type 5), and what the payer's profile requires of a claim and its lines (type 7).
/// </summary>
internal static class CheckEdits
{
    public static EditSet Set { get; } = new([.. Shipped.Edits.Edits.Where(static e => e.Info.Snip > 0)]);
}
