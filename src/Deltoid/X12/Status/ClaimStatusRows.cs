using Deltoid.X12.Guides;

namespace Deltoid.X12.Status;

/// <summary>What reading a segment of a 277CA fills in.</summary>
enum StatusAction : byte
{
    None, Start, Head, End, Level, Name, Trace, Received, Processed, Status, Count, Charge, PayerControl,
    ClearinghouseControl, BillType, Days, Line, Control, Prescription
}

/// <summary>Of whom a segment of a 277CA speaks.</summary>
enum StatusOwner : byte { Source, File, Provider, Claim, Line }

/// <summary>
/// Which segments of the 277CA have fields in <see cref="Answers.ClaimStatus"/>: one table for the reader and the
/// writer.
/// </summary>
static class ClaimStatusRows
{
    static readonly (string Loop, string Segment, string Key, StatusAction Action, StatusOwner Owner)[] All =
    [
        ("ST", "ST", "", StatusAction.Start, default),
        ("ST", "BHT", "", StatusAction.Head, default),
        ("ST", "SE", "", StatusAction.End, default),
        ("2000A", "HL", "", StatusAction.Level, StatusOwner.Source),
        ("2000B", "HL", "", StatusAction.Level, StatusOwner.File),
        ("2000C", "HL", "", StatusAction.Level, StatusOwner.Provider),
        ("2000D", "HL", "", StatusAction.Level, StatusOwner.Claim),
        ("2100A", "NM1", "", StatusAction.Name, StatusOwner.Source),
        ("2100B", "NM1", "", StatusAction.Name, StatusOwner.File),
        ("2100C", "NM1", "", StatusAction.Name, StatusOwner.Provider),
        ("2100D", "NM1", "", StatusAction.Name, StatusOwner.Claim),
        ("2200A", "TRN", "", StatusAction.Trace, StatusOwner.Source),
        ("2200B", "TRN", "", StatusAction.Trace, StatusOwner.File),
        ("2200C", "TRN", "", StatusAction.Trace, StatusOwner.Provider),
        ("2200D", "TRN", "", StatusAction.Trace, StatusOwner.Claim),
        ("2200A", "DTP", "050", StatusAction.Received, default),
        ("2200A", "DTP", "009", StatusAction.Processed, default),
        ("2200B", "STC", "", StatusAction.Status, StatusOwner.File),
        ("2200C", "STC", "", StatusAction.Status, StatusOwner.Provider),
        ("2200D", "STC", "", StatusAction.Status, StatusOwner.Claim),
        ("2220D", "STC", "", StatusAction.Status, StatusOwner.Line),
        ("2200B", "QTY", "90", StatusAction.Count, StatusOwner.File),
        ("2200B", "QTY", "AA", StatusAction.Count, StatusOwner.File),
        ("2200C", "QTY", "QA", StatusAction.Count, StatusOwner.Provider),
        ("2200C", "QTY", "QC", StatusAction.Count, StatusOwner.Provider),
        ("2200B", "AMT", "YU", StatusAction.Charge, StatusOwner.File),
        ("2200B", "AMT", "YY", StatusAction.Charge, StatusOwner.File),
        ("2200C", "AMT", "YU", StatusAction.Charge, StatusOwner.Provider),
        ("2200C", "AMT", "YY", StatusAction.Charge, StatusOwner.Provider),
        ("2200D", "REF", "1K", StatusAction.PayerControl, StatusOwner.Claim),
        ("2200D", "REF", "D9", StatusAction.ClearinghouseControl, StatusOwner.Claim),
        ("2200D", "REF", "BLT", StatusAction.BillType, StatusOwner.Claim),
        ("2200D", "DTP", "", StatusAction.Days, StatusOwner.Claim),
        ("2220D", "SVC", "", StatusAction.Line, StatusOwner.Line),
        ("2220D", "REF", "FJ", StatusAction.Control, StatusOwner.Line),
        ("2220D", "REF", "XZ", StatusAction.Prescription, StatusOwner.Line),
        ("2220D", "DTP", "", StatusAction.Days, StatusOwner.Line),
    ];

    public static void Bind(Guide guide)
    {
        foreach (var row in All)
            guide.Bind(row.Loop, row.Segment, row.Key, (byte)row.Action, (byte)row.Owner);
    }
}
