using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Remittances;

/// <summary>The set of a payment and its claims: 835.</summary>
internal static class RemittanceSet
{
    public static TransactionSet Set { get; } = new()
    {
        Name = "835", Letter = 'R', Number = "835", Functional = "HP", Versions = ["005010X221A1", "005010X221"],
        Cut = Cut.AtSegments("LX", "CLP"), Bind = RemittanceRows.Bind, Findings = RemittanceFindings.All,
        NewReading = static () => new RemittanceReading(),
    };
}

/// <summary>Reads paid claims as items of their payment, and judges the payment when its last part was read.</summary>
sealed class RemittanceReading : SetReading
{
    readonly RemittanceReader reader = new();
    readonly RemittanceBalance balance = new();
    readonly RemittanceSums sums = new();
    readonly Remittance remittance = new();
    readonly ClaimPayment payment = new();
    bool isLast, isClaim; // a claim was read

    public override void Open(byte[] bytes, SetPart part)
    {
        if (part.Data.Ordinal == 1) balance.Begin();
        isLast = part.IsLast;
        reader.Open(bytes, part, remittance, sums);
    }

    public override bool Next(FindingList about)
    {
        isClaim = reader.Read(payment, about);
        if (isClaim) return true;
        balance.Add(remittance, sums);
        if (isLast) balance.Judge(reader.SetFindings);
        return false;
    }

    public override FindingList SetFindings => reader.SetFindings;

    public override NamedClaim ClaimOf(in Finding finding) =>
        isClaim
            ? new(payment[payment.Id], payment.Source.Segment)
            : new(balance.ClaimOf(finding), finding.Source.Segment);

    public override ReadOnlySpan<byte> UnitKind => "TRN02"u8;

    public override ReadOnlySpan<byte> UnitId => remittance[RemittanceText.Trace];

    public override int UnitStart => 3; // the trace comes after ST and the payment

    public override string ItemName => "payment";

    public override string ListName => "payments";

    public override string SetName => "remittance";

    public override void WriteItem(Utf8JsonWriter json) => RemittanceJson.Write(payment, json);

    public override void WriteSet(Utf8JsonWriter json) => RemittanceJson.Write(balance.Payment, json);
}
