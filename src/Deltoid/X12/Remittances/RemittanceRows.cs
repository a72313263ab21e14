using Deltoid.Answers;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Remittances;

/// <summary>What reading a segment of a remittance fills in or checks.</summary>
enum RemittanceAction : byte
{
    None, Start, Payment, Trace, Receiver, Produced, PayerName, PayerStreet, PayerCity, PolicyPage, PayeeName,
    PayeeStreet, PayeeCity, PayeeTax, ProviderAdjustment, End,
    Group, GroupSummary,
    Claim, Adjustment, Name, Inpatient, Outpatient, FirstDay, LastDay, CoverageEnd, Received, Amount, Quantity,
    Line, LineDay, LineFirstDay, LineLastDay, Control, Remark, Number, Policy,
}

/// <summary>
/// Which segments of the remittance guide have fields in <see cref="Remittance"/> and <see cref="ClaimPayment"/>: one
/// table for the reader and the writer.
/// </summary>
static class RemittanceRows
{
    sealed record Row(string Loop, string Segment, string Key, RemittanceAction Action, PaidParty Party = default);

    static readonly Row[] All =
    [
        new("ST", "ST", "", RemittanceAction.Start),
        new("ST", "BPR", "", RemittanceAction.Payment),
        new("ST", "TRN", "", RemittanceAction.Trace),
        new("ST", "REF", "EV", RemittanceAction.Receiver),
        new("ST", "DTM", "405", RemittanceAction.Produced),
        new("ST", "PLB", "", RemittanceAction.ProviderAdjustment),
        new("ST", "SE", "", RemittanceAction.End),
        new("1000A", "N1", "", RemittanceAction.PayerName),
        new("1000A", "N3", "", RemittanceAction.PayerStreet),
        new("1000A", "N4", "", RemittanceAction.PayerCity),
        new("1000A", "PER", "IC", RemittanceAction.PolicyPage),
        new("1000B", "N1", "", RemittanceAction.PayeeName),
        new("1000B", "N3", "", RemittanceAction.PayeeStreet),
        new("1000B", "N4", "", RemittanceAction.PayeeCity),
        new("1000B", "REF", "TJ", RemittanceAction.PayeeTax),
        new("2000", "LX", "", RemittanceAction.Group),
        new("2000", "TS3", "", RemittanceAction.GroupSummary),
        new("2000", "TS2", "", RemittanceAction.GroupSummary),
        new("2100", "CLP", "", RemittanceAction.Claim),
        new("2100", "CAS", "", RemittanceAction.Adjustment),
        new("2100", "NM1", "QC", RemittanceAction.Name, PaidParty.Patient),
        new("2100", "NM1", "IL", RemittanceAction.Name, PaidParty.Subscriber),
        new("2100", "NM1", "74", RemittanceAction.Name, PaidParty.Corrected),
        new("2100", "NM1", "82", RemittanceAction.Name, PaidParty.Rendering),
        new("2100", "NM1", "TT", RemittanceAction.Name, PaidParty.Crossover),
        new("2100", "NM1", "PR", RemittanceAction.Name, PaidParty.FirstPayer),
        new("2100", "NM1", "GB", RemittanceAction.Name, PaidParty.OtherSubscriber),
        new("2100", "MIA", "", RemittanceAction.Inpatient),
        new("2100", "MOA", "", RemittanceAction.Outpatient),
        new("2100", "REF", "SY", RemittanceAction.Number),
        new("2100", "DTM", "232", RemittanceAction.FirstDay),
        new("2100", "DTM", "233", RemittanceAction.LastDay),
        new("2100", "DTM", "036", RemittanceAction.CoverageEnd),
        new("2100", "DTM", "050", RemittanceAction.Received),
        new("2100", "AMT", "", RemittanceAction.Amount),
        new("2100", "QTY", "", RemittanceAction.Quantity),
        new("2110", "SVC", "", RemittanceAction.Line),
        new("2110", "DTM", "472", RemittanceAction.LineDay),
        new("2110", "DTM", "150", RemittanceAction.LineFirstDay),
        new("2110", "DTM", "151", RemittanceAction.LineLastDay),
        new("2110", "CAS", "", RemittanceAction.Adjustment),
        new("2110", "REF", "6R", RemittanceAction.Control),
        new("2110", "REF", "HPI", RemittanceAction.Number),
        new("2110", "REF", "0K", RemittanceAction.Policy),
        new("2110", "AMT", "", RemittanceAction.Amount),
        new("2110", "QTY", "", RemittanceAction.Quantity),
        new("2110", "LQ", "", RemittanceAction.Remark),
    ];

    /// <summary>Writes the actions into the guide's segments.</summary>
    public static void Bind(Guide guide)
    {
        foreach (var row in All)
            guide.Bind(row.Loop, row.Segment, row.Key, (byte)row.Action, (byte)row.Party);
        guide.Loops[guide.LoopIndex("2110")].IsInLines = true;
    }
}
