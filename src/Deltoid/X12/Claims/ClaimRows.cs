using Deltoid.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>What reading a segment of a claim fills in.</summary>
enum ClaimAction : byte
{
    None, Level, Subscriber, PatientRelation, Name, Street, City, Tax, Taxonomy, Phone, Demographics, Payer, Claim,
    Statement, Admission, Paid, Authorization, Original, Clia, Note, Diagnoses,
    Line, Professional, Institutional, ServiceDate, Control, LineNote, Drug, DrugQuantity,
    // for what segments must say alike only
    Made, Admitted, Past, OtherSubscriber, OtherPaid, OtherNotCovered, OtherOwed, OtherPayer, OtherDecided, Adjustment,
    Adjudication, OtherMember, LineOwed,
}

/// <summary>
/// Which segments of the claim guides have fields in <see cref="Deltoid.Claims.Claim"/>: one table for the reader, the
/// writer and the places of findings.
/// </summary>
static class ClaimRows
{
    sealed record Row(string Loop, string Segment, string Key, ClaimAction Action, Party Party = default);

    static readonly Row[] Both =
    [
        new("ST", "BHT", "", ClaimAction.Made),
        new("2000A", "HL", "", ClaimAction.Level),
        new("2000A", "PRV", "BI", ClaimAction.Taxonomy, Party.Billing),
        new("2010AA", "NM1", "", ClaimAction.Name, Party.Billing),
        new("2010AA", "N3", "", ClaimAction.Street, Party.Billing),
        new("2010AA", "N4", "", ClaimAction.City, Party.Billing),
        new("2010AA", "REF", "EI", ClaimAction.Tax, Party.Billing),
        new("2010AA", "PER", "", ClaimAction.Phone, Party.Billing),
        new("2000B", "HL", "", ClaimAction.Level),
        new("2000B", "SBR", "", ClaimAction.Subscriber, Party.Subscriber),
        new("2010BA", "NM1", "", ClaimAction.Name, Party.Subscriber),
        new("2010BA", "N3", "", ClaimAction.Street, Party.Subscriber),
        new("2010BA", "N4", "", ClaimAction.City, Party.Subscriber),
        new("2010BA", "DMG", "", ClaimAction.Demographics, Party.Subscriber),
        new("2010BB", "NM1", "", ClaimAction.Payer),
        new("2000C", "HL", "", ClaimAction.Level),
        new("2000C", "PAT", "", ClaimAction.PatientRelation, Party.Patient),
        new("2010CA", "NM1", "", ClaimAction.Name, Party.Patient),
        new("2010CA", "N3", "", ClaimAction.Street, Party.Patient),
        new("2010CA", "N4", "", ClaimAction.City, Party.Patient),
        new("2010CA", "DMG", "", ClaimAction.Demographics, Party.Patient),
        new("2300", "CLM", "", ClaimAction.Claim),
        new("2300", "REF", "G1", ClaimAction.Authorization),
        new("2300", "REF", "F8", ClaimAction.Original),
        new("2300", "NTE", "ADD", ClaimAction.Note),
        new("2320", "SBR", "", ClaimAction.OtherSubscriber),
        new("2320", "CAS", "", ClaimAction.Adjustment),
        new("2320", "AMT", "D", ClaimAction.OtherPaid),
        new("2330A", "NM1", "", ClaimAction.OtherMember),
        new("2320", "AMT", "A8", ClaimAction.OtherNotCovered),
        new("2320", "AMT", "EAF", ClaimAction.OtherOwed),
        new("2330B", "NM1", "", ClaimAction.OtherPayer),
        new("2330B", "DTP", "573", ClaimAction.OtherDecided),
        new("2400", "LX", "", ClaimAction.Line),
        new("2400", "DTP", "472", ClaimAction.ServiceDate),
        new("2400", "REF", "6R", ClaimAction.Control),
        new("2410", "LIN", "", ClaimAction.Drug),
        new("2410", "CTP", "", ClaimAction.DrugQuantity),
        new("2430", "SVD", "", ClaimAction.Adjudication),
        new("2430", "CAS", "", ClaimAction.Adjustment),
        new("2430", "AMT", "EAF", ClaimAction.LineOwed),
        new("2430", "DTP", "573", ClaimAction.Past),
    ];

    static readonly Row[] Professional =
    [
        new("2300", "AMT", "F5", ClaimAction.Paid),
        new("2300", "REF", "X4", ClaimAction.Clia),
        new("2300", "HI", "BK", ClaimAction.Diagnoses),
        new("2310A", "NM1", "DN", ClaimAction.Name, Party.Referring),
        new("2310B", "NM1", "", ClaimAction.Name, Party.Rendering),
        new("2310B", "PRV", "", ClaimAction.Taxonomy, Party.Rendering),
        new("2310C", "NM1", "", ClaimAction.Name, Party.ServiceFacility),
        new("2310C", "N3", "", ClaimAction.Street, Party.ServiceFacility),
        new("2310C", "N4", "", ClaimAction.City, Party.ServiceFacility),
        new("2310D", "NM1", "", ClaimAction.Name, Party.Supervising),
        new("2400", "SV1", "", ClaimAction.Professional),
        new("2400", "NTE", "ADD", ClaimAction.LineNote),
        new("2420E", "NM1", "", ClaimAction.Name, Party.Ordering),
        new("2300", "DTP", "431", ClaimAction.Past),
        new("2300", "DTP", "454", ClaimAction.Past),
        new("2300", "DTP", "304", ClaimAction.Past),
        new("2300", "DTP", "453", ClaimAction.Past),
        new("2300", "DTP", "439", ClaimAction.Past),
        new("2300", "DTP", "484", ClaimAction.Past),
        new("2300", "DTP", "455", ClaimAction.Past),
        new("2300", "DTP", "471", ClaimAction.Past),
        new("2300", "DTP", "435", ClaimAction.Past),
        new("2300", "DTP", "096", ClaimAction.Past),
        new("2300", "DTP", "444", ClaimAction.Past),
        new("2400", "DTP", "471", ClaimAction.Past),
        new("2400", "DTP", "463", ClaimAction.Past),
        new("2400", "DTP", "461", ClaimAction.Past),
        new("2400", "DTP", "304", ClaimAction.Past),
        new("2400", "DTP", "738", ClaimAction.Past),
        new("2400", "DTP", "455", ClaimAction.Past),
        new("2400", "DTP", "454", ClaimAction.Past),
    ];

    static readonly Row[] Institutional =
    [
        new("2300", "DTP", "434", ClaimAction.Statement),
        new("2300", "DTP", "435", ClaimAction.Admitted),
        new("2300", "CL1", "", ClaimAction.Admission),
        new("2300", "HI", "BK", ClaimAction.Diagnoses),
        new("2300", "HI", "BF", ClaimAction.Diagnoses),
        new("2310A", "NM1", "", ClaimAction.Name, Party.Attending),
        new("2310A", "PRV", "", ClaimAction.Taxonomy, Party.Attending),
        new("2310D", "NM1", "", ClaimAction.Name, Party.Rendering),
        new("2310E", "NM1", "", ClaimAction.Name, Party.ServiceFacility),
        new("2310E", "N3", "", ClaimAction.Street, Party.ServiceFacility),
        new("2310E", "N4", "", ClaimAction.City, Party.ServiceFacility),
        new("2310F", "NM1", "DN", ClaimAction.Name, Party.Referring),
        new("2400", "SV2", "", ClaimAction.Institutional),
    ];

    /// <summary>Writes the actions into a claim guide's segments.</summary>
    public static void Bind(Guide guide, bool professional)
    {
        foreach (var row in (IEnumerable<Row>)[.. Both, .. professional ? Professional : Institutional])
            guide.Bind(row.Loop, row.Segment, row.Key, (byte)row.Action, (byte)row.Party);
        foreach (var segment in guide.Segments) segment.Section = SectionOf(guide.Loops[segment.Loop].Name);
        foreach (var loop in guide.Loops)
        {
            loop.IsInLines = guide.Segments[loop.First].Section == Section.Line;
            loop.IsAboveLines = !loop.IsInLines;
        }
    }

    static Section SectionOf(string loop) => loop switch
    {
        "ST" or "1000A" or "1000B" => Section.Header,
        "2000A" or "2010AA" or "2010AB" or "2010AC" => Section.Billing,
        "2000B" or "2010BA" or "2010BB" => Section.Subscriber,
        "2000C" or "2010CA" => Section.Patient,
        ['2', '4', ..] => Section.Line,
        _ => Section.Claim,
    };
}
