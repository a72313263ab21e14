using Deltoid.Findings;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Remittances;
using Deltoid.X12.Status;

namespace Deltoid.Tests;

/// <summary>A rule that is code and not a row: how a right set is made to break it, and where that is told.</summary>
/// <param name="What">The fault in words: with the finding's id it names the sample.</param>
/// <param name="Break">Changes the text and gives the segment at which it is told; null where this text cannot have the
/// fault.</param>
/// <param name="AtStart">The byte is that where the segment begins, not the element's.</param>
internal sealed record CodeFault(string Guide, FindingInfo Info, string What, Func<SpecimenText, WrittenSegment?> Break,
    int Element = 0, int Component = 0, bool AtStart = false)
{
    public int Offset(WrittenSegment at) =>
        AtStart || Element == 0 ? at.Start : Component > 1 ? at.StartOf(Element, Component) : at.StartOf(Element);
}

/// <summary>A sample for every rule that is code.</summary>
internal static partial class CodeFaults
{
    public static IEnumerable<CodeFault> All =>
        [.. Claims, .. Payments, .. Payment, .. Verdicts, .. Statuses, .. Inquiries];

    static IEnumerable<WrittenSegment> Of(SpecimenText text, string name) => text.OfSet.Where(s => s.Name == name);

    static WrittenSegment? Last(SpecimenText text, string name, Predicate<WrittenSegment>? isIt = null) =>
        Of(text, name).LastOrDefault(s => isIt is null || isIt(s));

    /// <summary>Gives an element of the last such segment another value.</summary>
    static Func<SpecimenText, WrittenSegment?> Set(string name, int element, string value,
        Predicate<WrittenSegment>? isIt = null) =>
        text =>
        {
            var segment = Last(text, name, isIt);
            segment?.Set(element, value);
            return segment;
        };

    /// <summary>Makes an amount a cent larger.</summary>
    static Func<SpecimenText, WrittenSegment?> Cent(string name, int element,
        Predicate<WrittenSegment>? isIt = null) =>
        text =>
        {
            var segment = Last(text, name, s => s.Element(element).Length > 0 && (isIt is null || isIt(s)));
            segment?.Set(element, SpecimenValues.Money(SpecimenValues.Cents(segment.Element(element)) + 1));
            return segment;
        };

    static bool IsIn(WrittenSegment segment, string loop) => segment.Node?.Parent?.Row.Name == loop;

    static bool Holds(WrittenSegment segment, string loop) => segment.Node!.Parent!.All().Any(l => l.Row.Name == loop);

    static SpecimenLoop? Around(WrittenSegment segment, string loop)
    {
        var at = segment.Node?.Parent;
        while (at is not null && at.Row.Name != loop) at = at.Parent;
        return at;
    }

    /// <summary>Claims of an 837.</summary>
    static readonly CodeFault[] Claims =
    [
        new("837P", X12Findings.LevelNumber, "the last level skips a number", Set("HL", 1, "99"), 1),
        new("837P", X12Findings.LevelParent, "a level names another parent", Set("HL", 2, "98"), 2),
        new("837P", ClaimContentFindings.LineNumber, "a line has another number", Set("LX", 1, "77"), 1),
        new("837P", ClaimContentFindings.ClaimTotal, "the charge is a cent more than the lines",
            Cent("CLM", 2, s => !Holds(s, "2320")), 2, 0, AtStart: true),
        new("837I", ClaimContentFindings.ClaimTotal, "the charge is a cent more than the lines",
            Cent("CLM", 2, s => !Holds(s, "2320")), 2, 0, AtStart: true),
        new("837P", ClaimContentFindings.NoSuchDiagnosis, "a pointer to a diagnosis that is not there",
            Set("SV1", 7, "12", s => Around(s, "2300")!.Segment("HI")![12].Length == 0), 7, 1),
        new("837P", ClaimContentFindings.OtherPayerClaim, "the other payer paid a cent more",
            t => Before(Cent("AMT", 2, s => s.Element(1) == "D")(t), t, "SBR")),
        new("837I", ClaimContentFindings.OtherPayerClaim, "the other payer paid a cent more",
            t => Before(Cent("AMT", 2, s => s.Element(1) == "D")(t), t, "SBR")),
        new("837P", ClaimContentFindings.OtherPayerLine, "the other payer paid a cent more for the line",
            Cent("SVD", 2), 2, 0, AtStart: true),
        new("837I", ClaimContentFindings.OtherPayerLine, "the other payer paid a cent more for the line",
            Cent("SVD", 2), 2, 0, AtStart: true),
        new("837P", ClaimContentFindings.CodeVersions, "a diagnosis of the other version",
            t => Changed(Last(t, "HI", static s => s.Element(2).StartsWith("ABF", StringComparison.Ordinal)),
                static s => s.Set(2, s.Element(2)[1..])), 2, 1),
        new("837P", ClaimContentFindings.PayerUnknown, "a line decided by a payer that is not named",
            Set("SVD", 1, "NOBODY"), 1),
        new("837P", ClaimContentFindings.PaidDay, "a payer's day twice",
            t => Decided(t) is { } by
                ? Put(t, "DTP*573*D8*20250101", Of(t, "NM1").First(s => s.Ordinal > by.Ordinal && s.Element(1) == "PR"),
                    by)
                : null),
        new("837P", ClaimContentFindings.PaidAmount, "nothing paid by the payer of a line",
            t => Decided(t) is { } by
                ? Without(t, Of(t, "AMT").First(s => s.Ordinal > by.Ordinal && s.Element(1) == "D"), by)
                : null),
        new("837P", ClaimContentFindings.NotCovered, "not covered, a cent more than the charge",
            Cent("AMT", 2, static s => s.Element(1) == "A8"), 2),
        new("837P", ClaimContentFindings.DaysContradict, "a service after the file was made",
            Set("DTP", 3, "20250402", static s => s.Element(1) == "472" && s.Element(2) == "D8"), 3),
        new("837I", ClaimContentFindings.DaysContradict, "admitted after the stay",
            t => Changed(Last(t, "DTP", static s => s.Element(1) == "435"),
                static s => s.Set(3, "20250331" + s.Element(3)[8..])), 3, 0, AtStart: true),
        new("837P", X12Findings.AmountNegative, "a negative charge",
            t => Changed(Last(t, "CLM"), static s => s.Set(2, "-1")), 2),
        new("837P", ValueFindings.MinutesNotTimed, "minutes of a visit", t => Changed(Last(t, "SV1"), static s =>
        {
            s.Set(1, "HC:99213");
            s.Set(3, "MJ");
        }), 3),
        new("837P", ValueFindings.OtherMedicareId, "another payer's Medicare number with hyphens", OtherMedicareId, 9),
        new("837P", ClaimContentFindings.OfficeBox, "a box for a street",
            Set("N3", 1, "PO BOX 1", static s => IsIn(s, "2010AA")), 1),
        new("837P", ClaimContentFindings.ControlAgain, "two lines with one number", OneNumber, 2),
        new("837P", ClaimContentFindings.OwedTwice, "left to the patient for the claim and on a line", OwedTwice),
    ];

    /// <summary>The first other payer of a claim, when it decided a line.</summary>
    static WrittenSegment? Decided(SpecimenText text) =>
        Of(text, "SBR")
            .FirstOrDefault(s => IsIn(s, "2320")
                && s.Node!.Parent!.Loops.First(static l => l.Row.Name == "2330B").First[9] is var id
                && Of(text, "SVD").Any(v => v.Element(1) == id && Around(v, "2300") == s.Node.Parent.Parent));

    static WrittenSegment? OtherMedicareId(SpecimenText text)
    {
        if (Last(text, "SBR", static s => IsIn(s, "2320")) is not { } other) return null;
        other.Set(9, "MB");
        return Changed(Of(text, "NM1").First(s => s.Ordinal > other.Ordinal && s.Element(1) == "IL"),
            static s => s.Set(9, "1EG4-TE5-MK73"));
    }

    static WrittenSegment? OneNumber(SpecimenText text)
    {
        var services = Of(text, "SV1").ToList();
        if (services.Count < 2 || Around(services[^1], "2300") != Around(services[^2], "2300")) return null;
        foreach (var service in services[^2..]) Put(text, "REF*6R*SAME", service, service);
        return text.Segments.Last(static s => s.Name == "REF" && s.Element(2) == "SAME");
    }

    static WrittenSegment? OwedTwice(SpecimenText text)
    {
        if (Decided(text) is not { } by) return null;
        var id = by.Node!.Parent!.Loops.First(static l => l.Row.Name == "2330B").First[9];
        Put(text, "AMT*EAF*1", Of(text, "AMT").First(s => s.Ordinal > by.Ordinal && s.Element(1) == "D"), by);
        var decision = Of(text, "SVD").First(s => s.Element(1) == id);
        return Put(text, "AMT*EAF*1", Of(text, "DTP").First(s => s.Ordinal > decision.Ordinal && s.Element(1) == "573"),
            by);
    }

    static WrittenSegment Put(SpecimenText text, string segment, WrittenSegment behind, WrittenSegment told)
    {
        var parts = segment.Split('*');
        text.Segments.Insert(text.Segments.IndexOf(behind) + 1, new(parts[0], parts[1..], null));
        text.Recount();
        return told;
    }

    static WrittenSegment Without(SpecimenText text, WrittenSegment segment, WrittenSegment told)
    {
        text.Segments.Remove(segment);
        text.Recount();
        return told;
    }

    /// <summary>The nearest segment of a name before one.</summary>
    static WrittenSegment? Before(WrittenSegment? segment, SpecimenText text, string name) =>
        segment is null ? null : Of(text, name).LastOrDefault(s => s.Ordinal < segment.Ordinal);

    /// <summary>Claims of an 835.</summary>
    static readonly CodeFault[] Payments =
    [
        new("835", RemittanceFindings.LineBalance, "the line paid a cent more", Cent("SVC", 3), 3, 0, AtStart: true),
        new("835", RemittanceFindings.ClaimBalance, "the claim paid a cent more", Cent("CLP", 4), 4, 0, AtStart: true),
        new("835", RemittanceFindings.ClaimCharge, "the charge is a cent more than the lines",
            Cent("CLP", 3, s => Holds(s, "2110")), 3, 0, AtStart: true),
        new("835", RemittanceFindings.PatientShare, "the patient owes a cent more than PR", Cent("CLP", 5), 5, 0,
            AtStart: true),
        new("835", RemittanceFindings.ReversalSign, "a claim that is no reversal has a negative charge",
            Set("CLP", 3, "-7", static s => s.Element(2) != "22"), 3),
        new("835", RemittanceFindings.PaidWithoutVerdict, "a predetermination pays",
            Set("CLP", 2, "25", static s => s.Element(2) is "1" or "2" or "3" && s.Element(4) != "0"), 4),
        new("835", X12Findings.AmountZero, "an amount of 0", Set("AMT", 2, "0", static s => IsIn(s, "2110")), 2),

        new("835", X12Findings.AdjustmentsSplit, "two CAS of a group, the first with room", SplitAdjustments, 1),
        new("835", RemittanceFindings.UnitsRepeated, "the units billed are those paid",
            t => Changed(Last(t, "SVC", static s => s.Element(7).Length > 0),
                static s => s.Set(7, s.Element(5).Length > 0 ? s.Element(5) : "1")), 7),
        new("835", RemittanceFindings.ServiceRepeated, "the service billed is the one paid",
            t => Changed(Last(t, "SVC", static s => s.Element(6).Length > 0), static s => s.Set(6, s.Element(1))), 6),
        new("835", RemittanceFindings.ServiceForm, "a HCPCS of four characters and a point",
            t => Changed(Last(t, "SVC"), static s => s.Set(1, "HC:J34.0")), 1, 2),
        new("835", RemittanceFindings.RemarkForm, "a remark with a point",
            t => Changed(Last(t, "LQ", static s => s.Element(1) == "HE"), static s => s.Set(2, "N.30")), 2),
        new("835", RemittanceFindings.PolicyPage, "a policy without the payer's page", WithoutPage),
        new("835", RemittanceFindings.NpiForm, "an NPI with a wrong check digit",
            Set("N1", 4, "1234567890", static s => s.Element(3) == "XX"), 4),
        new("835", RemittanceFindings.TaxForm, "a tax number with a hyphen",
            Set("REF", 2, "12-3456789", static s => s.Element(1) == "TJ"), 2),
        new("835", RemittanceFindings.NumberForm, "the payer's number without its 1", Set("TRN", 3, "9512345678"), 3),
        new("835", X12Findings.SpanBackward, "the last day before the first",
            t => Changed(Last(t, "DTM", static s => s.Element(1) == "151"), static s => s.Set(2, "20010101")), 2),
        new("835", RemittanceFindings.ReversalAlone, "a reversal that nothing follows", Set("CLP", 2, "22"), 2),
        new("835", RemittanceFindings.ClaimUnnumbered, "a claim without a number", Set("CLP", 1, "0"), 1),
        new("835", RemittanceFindings.DaysOnly, "days adjusted for another reason",
            t => Changed(Last(t, "CAS", static s => IsIn(s, "2100") && s.Element(2) == "78" && s.Element(4).Length > 0),
                static s => s.Set(2, "45")), 4),
    ];

    static WrittenSegment? Changed(WrittenSegment? segment, Action<WrittenSegment> change)
    {
        if (segment is not null) change(segment);
        return segment;
    }

    static WrittenSegment? SplitAdjustments(SpecimenText text)
    {
        if (Last(text, "CAS", static s => IsIn(s, "2110") && s.Element(6).Length > 0) is not { } first) return null;
        var second = new WrittenSegment("CAS", [first.Element(1), .. first.Elements.Skip(4)], first.Node);
        while (first.Elements.Count > 4) first.Elements.RemoveAt(4);
        if (first.Elements[^1].Length == 0) first.Elements.RemoveAt(first.Elements.Count - 1);
        text.Segments.Insert(text.Segments.IndexOf(first) + 1, second);
        text.Recount();
        return second;
    }

    static WrittenSegment? WithoutPage(SpecimenText text)
    {
        var policy = Of(text, "REF").FirstOrDefault(static s => s.Element(1) == "0K");
        if (policy is null || text.Segments.RemoveAll(static s => s.Name == "PER" && s.Element(1) == "IC") == 0)
            return null;
        text.Recount();
        return policy;
    }

    /// <summary>The payment as a whole.</summary>
    static readonly CodeFault[] Payment =
    [
        new("835", RemittanceFindings.PaymentBalance, "the check is a cent more", Cent("BPR", 2), 2),
        new("835", RemittanceFindings.PaymentNegative, "a negative check", Set("BPR", 2, "-5"), 2),
        new("835", RemittanceFindings.PaymentKind, "a notice that pays",
            Set("BPR", 2, "5", static s => s.Element(1) == "H"), 1),
        new("835", RemittanceFindings.Interest, "interest of the provider a cent more", t => Provider(t, "L6", 6), 6),
        new("835", RemittanceFindings.Discount, "discount of the provider a cent more", t => Provider(t, "90", 4), 4),
        new("835", RemittanceFindings.PayerNumber, "TRN03 is not BPR10",
            t => Of(t, "BPR").First().Element(10).Length > 0 ? Set("TRN", 3, "1987654321")(t) : null, 3),
        new("835", RemittanceFindings.RoutingNumber, "a wrong check digit of the bank",
            Set("BPR", 7, "021000022", static s => s.Element(6) == "01"), 7),
        new("835", RemittanceFindings.ForwardBalance, "a balance carried forward beside a payment",
            t => Of(t, "BPR").First().Element(2) == "0"
                ? null
                : Changed(Last(t, "PLB"), static s =>
                    {
                        s.Set(3, "FB:" + "X1");
                        s.Set(4, "-3");
                    }), 4),
        new("835", RemittanceFindings.RecoveryBalance, "a refund and its recovery differ",
            t => Changed(Last(t, "PLB"), static s =>
                {
                    s.Set(3, "WO:X1");
                    s.Set(4, "9");
                    s.Set(5, "72:X1");
                    s.Set(6, "-8");
                }), 6, 0, AtStart: true),
        new("835", RemittanceFindings.GroupNumber, "two groups of one number",
            t => Of(t, "LX").Count() > 1 ? Set("LX", 1, Of(t, "LX").First().Element(1))(t) : null, 1),
        new("835", RemittanceFindings.PaidThoughDenied, "a claim denied and paid",
            Set("CLP", 2, "4", s => SpecimenValues.Cents(s.Element(4)) > 0), 2),
        new("835", X12Findings.CodeContradicts, "a check with the account of a transfer",
            Set("BPR", 4, "CHK", static s => s.Element(4) == "ACH"), 4),
        new("835", RemittanceFindings.PayerDebits, "money is drawn", Set("BPR", 3, "D"), 3),
    ];

    static WrittenSegment? Provider(SpecimenText text, string reason, int element) =>
        Of(text, "PLB").SelectMany(static s => ((int[])[3, 5, 7, 9, 11, 13]).Select(e => (s, e)))
            .FirstOrDefault(p => p.s.Element(p.e).Split(':')[0] == reason) is { s: { } segment, e: var at }
            && at + 1 == element
            ? Changed(segment, s => s.Set(element, SpecimenValues.Money(SpecimenValues.Cents(s.Element(element)) + 1)))
            : null;

    /// <summary>999; of TA1 the verdict.</summary>
    static readonly CodeFault[] Verdicts =
    [
        new("999", AcknowledgmentFindings.AcceptedCount, "AK904 is less than the sets accepted",
            t => Listed(t, 2) && Last(t, "AK9")!.Element(4) != "0" ? Set("AK9", 4, "0")(t) : null, 4),
        new("999", AcknowledgmentFindings.AcceptedRange, "more accepted than received", Set("AK9", 4, "98"), 4),
        new("999", AcknowledgmentFindings.GroupVerdict, "accepted with sets that are not",
            t => Last(t, "AK9", static s => s.Element(1) == "R") is { } s && Listed(t, 1)
                ? Changed(s, static s => s.Set(1, "E"))
                : null, 1),
        new("999", AcknowledgmentFindings.VerdictMissing, "more received than have a verdict",
            t => Listed(t, 1)
                ? Changed(Last(t, "AK9", static s => s.Element(1) != "R"), static s =>
                    {
                        s.Set(2, "98");
                        s.Set(3, "98");
                    })
                : null, 3),
        new("999", AcknowledgmentFindings.ReceivedDiffers, "more announced than received",
            Set("AK9", 2, "98", static s => !s.Elements.Skip(4).Contains("5")), 5),
        new("999", AcknowledgmentFindings.SetFault, "segments at fault, and no fault of the set",
            t => Changed(Last(t, "IK5", static s => s.Element(1) is not "A" && Holds(s, "2100")), static s =>
                {
                    while (s.Elements.Count > 1) s.Elements.RemoveAt(1);
                    s.Set(2, "3");
                }), 2),
        new("999", AcknowledgmentFindings.FaultRepeated, "a fault twice",
            t => Changed(Last(t, "IK5", static s => s.Element(2).Length > 0), static s => s.Set(3, s.Element(2))), 3),
        new("999", AcknowledgmentFindings.SegmentOrder, "segments out of order",
            t => Changed(Of(t, "IK3").LastOrDefault(s => s.Node!.Parent!.Parent!.Loops.First() != s.Node.Parent),
                static s => s.Set(2, "1")), 2),
        new("999", AcknowledgmentFindings.ValueSent, "a value of what is missing",
            t => Changed(Last(t, "IK4", static s => s.Element(3) == "1"), static s => s.Set(4, "X")), 4),
        new("999", AcknowledgmentFindings.OfAcknowledgment, "an acknowledgment acknowledged", Set("AK1", 1, "FA"), 1),
    ];

    static bool Listed(SpecimenText text, int least) => Of(text, "AK2").Count() >= least;

    /// <summary>A file with neither count nor charges of the claims that were rejected; its status, where that is missed.</summary>
    static WrittenSegment? Uncounted(SpecimenText text)
    {
        if (!Of(text, "SVC").Any() || text.Segments.RemoveAll(static s => s.Name == "QTY" && s.Element(1) == "AA") == 0)
            return null;
        text.Segments.RemoveAll(static s => s.Name == "AMT" && s.Element(1) == "YY" && IsIn(s, "2200B"));
        var status = Of(text, "STC").First(static s => IsIn(s, "2200B"));
        if (Of(text, "AMT").FirstOrDefault(static s => IsIn(s, "2200B")) is { } accepted)
            status.Set(4, accepted.Element(2));
        text.Recount();
        return status;
    }

    /// <summary>277CA.</summary>
    static readonly CodeFault[] Statuses =
    [
        new("277CA", ClaimStatusFindings.ChargeTotal, "the charges in all are a cent more",
            Cent("STC", 4, static s => IsIn(s, "2200B") && s.Node!.Parent!.Segments.Any(static a => a.Row.Name == "AMT")
                && s.Node.Parent.Segments.First(static a => a.Row.Name == "STC") == s.Node), 4),
        new("277CA", ClaimStatusFindings.ZeroTotal, "a count of 0", Set("QTY", 2, "0", static s => IsIn(s, "2200C")),
            2),
        new("277CA", ClaimStatusFindings.ClaimCount, "one more counted than listed",
            t => Of(t, "SVC").Any() ? Set("QTY", 2, "77", static s => s.Element(1) == "AA")(t) : null, 2),
        new("277CA", ClaimStatusFindings.CountMissing, "no count of what was rejected",
            Uncounted, 0),
        new("277CA", ClaimStatusFindings.ActionsDiffer, "accepted and rejected",
            t => Changed(
                Last(t, "STC", static s => IsIn(s, "2200D")
                    && s.Node!.Parent!.Segments.Count(static o => o.Row.Name == "STC") > 1
                    && s.Node.Parent.Segments.First(static o => o.Row.Name == "STC") != s.Node),
                static s => s.Set(3, s.Element(3) == "U" ? "WQ" : "U")), 3),
        new("277CA", ClaimStatusFindings.ActionBarred, "accepted, and could not be taken",
            t => Changed(Last(t, "STC", static s => IsIn(s, "2200D") && s.Element(3) == "WQ"),
                static s => s.Set(1, "E1:20")), 3),
        new("277CA", ClaimStatusFindings.NumberForm, "an NPI with a wrong check digit",
            Set("NM1", 9, "1234567890", static s => s.Element(8) == "XX"), 9),
        new("277CA", ClaimStatusFindings.TaxForm, "a tax number with a hyphen",
            Set("NM1", 9, "12-3456789", static s => s.Element(8) == "FI"), 9),
        new("277CA", ClaimStatusFindings.ServiceForm, "a HCPCS with a point",
            t => Changed(Last(t, "SVC"), static s => s.Set(1, "HC:J34.0")), 1, 2),
        new("277CA", ClaimStatusFindings.UnitsNotPositive, "no units",
            Set("SVC", 7, "0", static s => s.Element(7).Length > 0), 7),
        new("277CA", X12Findings.LevelNumber, "the last level skips a number", Set("HL", 1, "99"), 1),
        new("277CA", X12Findings.LevelParent, "a level names another parent", Set("HL", 2, "98"), 2),
    ];

    /// <summary>Questions to payers and their answers.</summary>
    static readonly CodeFault[] Inquiries =
    [
        .. ((string[])["270", "271", "276", "277"]).SelectMany(static guide => (CodeFault[])
        [
            new(guide, X12Findings.LevelNumber, "the last level skips a number", Set("HL", 1, "99"), 1),
            new(guide, X12Findings.LevelParent, "a level names another parent", Set("HL", 2, "98"), 2),
            new(guide, InquiryFindings.NumberForm, "an NPI with a wrong check digit",
                Set("NM1", 9, "1234567890", static s => s.Element(8) == "XX"), 9),
        ]),
        new("270", InquiryFindings.NumberForm, "a tax number with letters",
            Set("REF", 2, "12345678A", static s => s.Element(1) == "TJ"), 2),
        new("270", InquiryFindings.NumberForm, "a specialty that is none",
            Set("PRV", 3, "207R", static s => s.Element(2) == "PXC" && IsIn(s, "2100C")), 3),
        new("270", InquiryFindings.CodeForm, "a HCPCS with a point",
            Set("EQ", 2, "HC:J34.0", static s => s.Element(2).StartsWith("HC:J3490", StringComparison.Ordinal)), 2, 2),
        new("271", InquiryFindings.CodeForm, "an NDC with hyphens",
            Set("EB", 13, "N4:1234-5678-9", static s => s.Element(13).StartsWith("N4", StringComparison.Ordinal)), 13,
            2),
        new("271", InquiryFindings.CodeForm, "a place of service in words",
            Set("III", 2, "OFFICE", static s => s.Element(1) == "ZZ"), 2),
        new("277", InquiryFindings.CodeForm, "a revenue code of three digits",
            Set("SVC", 1, "NU:636", static s => s.Element(1) == "NU:0636"), 1, 2),
        new("270", InquiryFindings.Diagnosis, "a pointer to a diagnosis that is not there",
            Set("EQ", 5, "9", static s => s.Element(5).Length > 0), 5, 1),
        new("271", InquiryFindings.Diagnosis, "a pointer to a diagnosis that is not there",
            Set("EB", 14, "9", static s => s.Element(14).Length > 0), 14, 1),
        new("276", InquiryFindings.Units, "no units", Set("SVC", 7, "0", static s => s.Element(7).Length > 0), 7),
    ];
}
