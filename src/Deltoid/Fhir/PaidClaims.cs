using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Why and by how much a charge was not paid.</summary>
internal sealed record PaidReason(string Group, string Reason, string Amount);

/// <summary>One line of an answer to a claim; an amount that is not known is empty.</summary>
internal sealed record PaidItem(int Number, string Code, List<string> Modifiers, string Charge, string Paid,
    string Allowed, List<PaidReason> Reasons, List<string> Remarks);

/// <summary>What a payer said of one claim, as far as it is known.</summary>
internal sealed record PaidClaim(string Id, string PayerControl, string Status, string Charge, string Paid,
    string PatientOwes, string Says)
{
    public string PayerName { get; init; } = "";
    public string PayeeNpi { get; init; } = "";
    public string MemberId { get; init; } = "";
    public string Trace { get; init; } = "";
    public string Produced { get; init; } = "";
    public List<PaidItem> Items { get; init; } = [];
    public List<PaidReason> Reasons { get; init; } = [];
}

/// <summary>
/// Finds the claims in what <c>remit</c> answered, in a case for it, or in an 835 that <c>read</c> wrote.
/// </summary>
internal static class PaidClaims
{
    public static bool IsOf(FhirNode root) => !root["payments"u8].IsNone || !root["posting"u8].IsNone
        || !root["sets"u8].IsNone || !root["remittance"u8].IsNone
        || (root.Kind == JsonTokenType.StartArray && root.Items.Any(IsOf));

    public static List<PaidClaim> Read(FhirNode root)
    {
        var all = new List<PaidClaim>();
        foreach (var part in root.Kind == JsonTokenType.StartArray ? root.Items : [root])
        {
            foreach (var payment in part["payments"u8].Items) all.Add(OfPayment(payment, part["remittance"u8]));
            foreach (var set in part["sets"u8].Items)
                foreach (var claim in set["claims"u8].Items) all.Add(OfAnswer(claim, set));
            if (!part["posting"u8].IsNone) all.Add(OfAnswer(part, default));
        }
        return all.Count > 0 ? all : throw new InputException("", "no claim is answered in it",
            "give the answer of remit --json, or what read wrote of an 835");
    }

    static PaidClaim OfPayment(FhirNode payment, FhirNode remittance)
    {
        var items = new List<PaidItem>();
        foreach (var line in payment["lines"u8].Items)
        {
            var service = line["procedure"u8];
            items.Add(new(items.Count + 1, service.Kind == JsonTokenType.String ? service.Peek()
                : service["code"u8].Peek(), [.. service["modifiers"u8].Items.Select(static m => m.Peek())],
                line["charge"u8].Peek(), line["paid"u8].Peek(), line["allowed"u8].Peek(),
                ReasonsOf(line["adjustments"u8]), [.. line["remarks"u8].Items.Select(RemarkOf)]));
        }
        return new(payment["id"u8].Peek(), payment["payerControl"u8].Peek(), payment["status"u8].Peek(),
            payment["charge"u8].Peek(), payment["paid"u8].Peek(), payment["patientOwes"u8].Peek(), "")
        {
            PayerName = remittance["payer"u8]["name"u8].Peek(), PayeeNpi = remittance["payee"u8]["npi"u8].Peek(),
            MemberId = (payment["subscriber"u8].IsNone ? payment["patient"u8] : payment["subscriber"u8])["id"u8].Peek(),
            Trace = remittance["trace"u8].Peek(), Produced = remittance["produced"u8].Peek(), Items = items,
            Reasons = ReasonsOf(payment["adjustments"u8]),
        };
    }

    static List<PaidReason> ReasonsOf(FhirNode adjustments) => [.. adjustments.Items.Select(static a =>
        new PaidReason(a["group"u8].Peek(), a["reason"u8].Peek(), a["amount"u8].Peek()))];

    static string RemarkOf(FhirNode remark) =>
        remark.Kind == JsonTokenType.String ? remark.Peek() : remark["code"u8].Peek();

    /// <summary>An answer of remit: what it posts, by line.</summary>
    static PaidClaim OfAnswer(FhirNode answer, FhirNode set)
    {
        var items = new List<PaidItem>();
        foreach (var line in answer["posting"u8].Items.GroupBy(static p => p["line"u8].Peek())
            .OrderBy(static g => int.TryParse(g.Key, out var number) ? number : 0))
        {
            var paid = line.Where(static p => p["kind"u8].Is("payment")).Select(static p => p["amount"u8].Peek());
            var reasons = line.Where(static p => p["reason"u8].Kind == JsonTokenType.String).Select(static p =>
                new PaidReason(p["group"u8].Peek(), p["reason"u8].Peek(), p["amount"u8].Peek()));
            items.Add(new(int.TryParse(line.Key, out var number) ? number : 0, "", [], "",
                paid.FirstOrDefault() ?? "", "", [.. reasons], []));
        }
        return new(answer["claim"u8].Peek(), answer["payerControl"u8].Peek(), answer["kind"u8].Peek(), "", "",
            answer["patientOwes"u8].Peek(), answer["rootCause"u8]["words"u8].Peek())
        {
            PayerName = set["payer"u8].Kind == JsonTokenType.String ? set["payer"u8].Peek()
                : set["payer"u8]["name"u8].Peek(),
            Trace = set["trace"u8].Peek(), Items = [.. items.Where(static i => i.Number > 0)],
            Reasons = [.. items.Where(static i => i.Number == 0).SelectMany(static i => i.Reasons)],
        };
    }
}
