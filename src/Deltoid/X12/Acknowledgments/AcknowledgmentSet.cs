using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Acknowledgments;

/// <summary>The set that acknowledges a group: 999.</summary>
internal static class AcknowledgmentSet
{
    public static TransactionSet Set { get; } = new()
    {
        Name = "999", Letter = 'F', Number = "999", Functional = "FA", Versions = ["005010X231A1", "005010X231"],
        Bind = AcknowledgmentRows.Bind, Findings = AcknowledgmentFindings.All,
        NewReading = static () => new AcknowledgmentReading(),
    };
}

/// <summary>Reads a 999 as one item, the set.</summary>
sealed class AcknowledgmentReading : SetReading
{
    readonly AcknowledgmentReader reader = new();
    readonly Acknowledgment acknowledgment = new();
    readonly FindingList findings = new();

    public override void Open(byte[] bytes, SetPart part) => reader.Read(bytes, part, acknowledgment, findings);

    public override bool Next(FindingList about) => false;

    public override FindingList SetFindings => findings;

    public override int Listed => acknowledgment.Sets.Count;

    public override string SetName => "acknowledgment";

    public override void WriteSet(Utf8JsonWriter json) => AcknowledgmentJson.Write(acknowledgment, json);
}
