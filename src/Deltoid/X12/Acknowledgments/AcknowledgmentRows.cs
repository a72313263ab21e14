using Deltoid.X12.Guides;

namespace Deltoid.X12.Acknowledgments;

/// <summary>What reading a segment of a 999 fills in.</summary>
enum AcknowledgmentAction : byte { None, Start, Group, Verdict, End, Set, SetVerdict, Segment, Trigger, Unit, Element }

/// <summary>
/// Which segments of the 999 have fields in <see cref="Answers.Acknowledgment"/>: one table for the reader and the
/// writer.
/// </summary>
static class AcknowledgmentRows
{
    static readonly (string Loop, string Segment, string Key, AcknowledgmentAction Action)[] All =
    [
        ("ST", "ST", "", AcknowledgmentAction.Start),
        ("ST", "AK1", "", AcknowledgmentAction.Group),
        ("ST", "AK9", "", AcknowledgmentAction.Verdict),
        ("ST", "SE", "", AcknowledgmentAction.End),
        ("2000", "AK2", "", AcknowledgmentAction.Set),
        ("2000", "IK5", "", AcknowledgmentAction.SetVerdict),
        ("2100", "IK3", "", AcknowledgmentAction.Segment),
        ("2100", "CTX", "SITUATIONAL_TRIGGER", AcknowledgmentAction.Trigger),
        ("2100", "CTX", "CLM01", AcknowledgmentAction.Unit),
        ("2110", "IK4", "", AcknowledgmentAction.Element),
        ("2110", "CTX", "", AcknowledgmentAction.Trigger),
    ];

    public static void Bind(Guide guide)
    {
        foreach (var row in All) guide.Bind(row.Loop, row.Segment, row.Key, (byte)row.Action);
    }
}
