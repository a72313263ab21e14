using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Status;

/// <summary>The set that says which claims were taken in: 277CA.</summary>
internal static class ClaimStatusSet
{
    public static TransactionSet Set { get; } = new()
    {
        Name = "277CA", Letter = 'S', Number = "277", Functional = "HN",
        Versions = ["005010X214", "005010X214E1", "005010X214E2"],
        Cut = Cut.AtLevels("20", "21", "19", "PT"), Bind = ClaimStatusRows.Bind, Findings = ClaimStatusFindings.All,
        NewReading = static () => new ClaimStatusReading(),
    };
}

/// <summary>Reads a 277CA as one item, the set.</summary>
sealed class ClaimStatusReading : SetReading
{
    readonly ClaimStatusReader reader = new();
    readonly ClaimStatus status = new();
    readonly FindingList findings = new();

    public override void Open(byte[] bytes, SetPart part) => reader.Read(bytes, part, status, findings);

    public override bool Next(FindingList about) => false;

    public override FindingList SetFindings => findings;

    public override int Listed => status.Claims.Count;

    public override NamedClaim ClaimOf(in Finding finding)
    {
        if (reader.ClaimOf(finding) is not (>= 0 and var index)) return default;
        ref readonly var claim = ref status.Claims.Span[index];
        return new(status[claim.Id], claim.FirstSegment);
    }

    public override ReadOnlySpan<byte> UnitKind => "TRN02"u8; // of the claim that a finding is about

    public override string SetName => "claimStatus";

    public override void WriteSet(Utf8JsonWriter json) => ClaimStatusJson.Write(status, json);
}
