using System.Globalization;
using Deltoid.Answers;
using Deltoid.Findings;

namespace Deltoid.X12.Remittances;

/// <summary>
/// From an X12 finding about an 835 back to the field of its JSON that mends it: for those who write remittances and
/// hear it from
/// the guide's checks what is missing.
/// </summary>
internal static class RemittancePaths
{
    static readonly string[] Parties =
        ["patient", "subscriber", "corrected", "renderingProvider", "crossoverPayer", "firstPayer", "otherSubscriber"];

    /// <summary>
    /// The field that an element fills; without an element (0) the field that the segment as a whole does.
    /// </summary>
    static readonly (RemittanceAction Action, int Element, string Field)[]
        OfPayment =
        [
            (RemittanceAction.Start, 2, "control"), (RemittanceAction.Payment, 1, "handling"),
            (RemittanceAction.Payment, 2, "amount"), (RemittanceAction.Payment, 3, "direction"),
            (RemittanceAction.Payment, 4, "method"), (RemittanceAction.Payment, 5, "format"),
            (RemittanceAction.Payment, 16, "effective"), (RemittanceAction.Payment, 0, "amount"),
            (RemittanceAction.Trace, 3, "payer/taxId"), (RemittanceAction.Trace, 4, "division"),
            (RemittanceAction.Trace, 0, "trace"), (RemittanceAction.Receiver, 0, "receiver"),
            (RemittanceAction.Produced, 0, "produced"), (RemittanceAction.PayerName, 4, "payer/planId"),
            (RemittanceAction.PayerName, 0, "payer/name"), (RemittanceAction.PayerStreet, 0, "payer/address"),
            (RemittanceAction.PayerCity, 2, "payer/state"), (RemittanceAction.PayerCity, 3, "payer/zip"),
            (RemittanceAction.PayerCity, 0, "payer/city"), (RemittanceAction.PayeeName, 3, "payee/npi"),
            (RemittanceAction.PayeeName, 4, "payee/npi"), (RemittanceAction.PayeeName, 0, "payee/name"),
            (RemittanceAction.PayeeStreet, 0, "payee/address"), (RemittanceAction.PayeeCity, 2, "payee/state"),
            (RemittanceAction.PayeeCity, 3, "payee/zip"), (RemittanceAction.PayeeCity, 0, "payee/city"),
            (RemittanceAction.PayeeTax, 0, "payee/taxId"), (RemittanceAction.ProviderAdjustment, 0, "adjustments"),
        ],
        OfClaim =
        [
            (RemittanceAction.Group, 0, "group"), (RemittanceAction.Claim, 2, "status"),
            (RemittanceAction.Claim, 3, "charge"), (RemittanceAction.Claim, 4, "paid"),
            (RemittanceAction.Claim, 5, "patientOwes"), (RemittanceAction.Claim, 6, "filing"),
            (RemittanceAction.Claim, 7, "payerControl"), (RemittanceAction.Claim, 8, "facility"),
            (RemittanceAction.Claim, 9, "frequency"), (RemittanceAction.Claim, 11, "drg"),
            (RemittanceAction.Claim, 0, "id"), (RemittanceAction.Inpatient, 0, "remarks"),
            (RemittanceAction.Outpatient, 0, "remarks"), (RemittanceAction.FirstDay, 0, "from"),
            (RemittanceAction.LastDay, 0, "thru"), (RemittanceAction.CoverageEnd, 0, "coverageEnd"),
            (RemittanceAction.Received, 0, "received"), (RemittanceAction.Adjustment, 0, "adjustments"),
            (RemittanceAction.Amount, 0, "amounts"), (RemittanceAction.Line, 2, "charge"),
            (RemittanceAction.Line, 3, "paid"), (RemittanceAction.Line, 4, "revenueCode"),
            (RemittanceAction.Line, 5, "unitsPaid"), (RemittanceAction.Line, 6, "billed"),
            (RemittanceAction.Line, 7, "unitsBilled"), (RemittanceAction.Line, 0, "procedure"),
            (RemittanceAction.LineDay, 0, "date"), (RemittanceAction.LineFirstDay, 0, "date"),
            (RemittanceAction.LineLastDay, 0, "thru"), (RemittanceAction.Control, 0, "control"),
            (RemittanceAction.Remark, 0, "remarks"),
        ];

    /// <summary>NM101 to NM109 of a party.</summary>
    static readonly string[] OfName = ["", "", "", "/name", "/first", "/middle", "", "/suffix", "/idKind", "/id"];

    /// <summary>
    /// A JSON pointer such as <c>/payments/2/lines/0/paid</c>; empty where no field fills the segment.
    /// </summary>
    /// <param name="payment">The claim's place in the payment, from 0; -1 of what belongs to no claim.</param>
    public static string Of(in Finding finding, int payment)
    {
        var guide = RemittanceSet.Set.Guide;
        if (finding.A.Kind != ArgKind.Row || finding.A.Extra != guide.Letter) return "";
        if (guide.SegmentOf((int)finding.A.Value) is not (>= 0 and var index)) return "";
        var (row, element) = (guide.Segments[index], (int)finding.Source.Element);
        var action = (RemittanceAction)row.Action;
        if (Field(OfPayment, action, element) is { } field) return "/remittance/" + field;
        if (payment < 0) return "";
        var claim = string.Create(CultureInfo.InvariantCulture, $"/payments/{payment}");
        var line = finding.Place.Line > 0
            ? $"/lines/{(finding.Place.Line - 1).ToString(CultureInfo.InvariantCulture)}"
            : "";
        if (action == RemittanceAction.Name)
            return $"{claim}/{Parties[row.Owner]}{(element < OfName.Length ? OfName[element] : "")}";
        return Field(OfClaim, action, element) is { } known ? $"{claim}{line}/{known}" : "";
    }

    static string? Field((RemittanceAction Action, int Element, string Field)[] rows, RemittanceAction action,
        int element)
    {
        foreach (var row in rows)
            if (row.Action == action && (row.Element == element || row.Element == 0)) return row.Field;
        return null;
    }
}
