using System.Text;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>The lines of a Claim.</summary>
internal sealed partial class ClaimReader
{
    void ReadLines()
    {
        var lines = new List<JsonDraft>();
        foreach (var item in claim["item"u8].Items) lines.Add(ReadLine(item));
        // a claim has one place, and only a line elsewhere names its own: the first line's is the claim's
        foreach (var item in claim["item"u8].Items) draft.Text("placeOfService", PlaceOf(item));
        draft.Objects("lines", lines);
    }

    JsonDraft ReadLine(FhirNode item)
    {
        var line = new JsonDraft();
        if (int.TryParse(item["sequence"u8].Text(), out var number)) line.Count("number", number);
        var code = Code(item["productOrService"u8], FhirSystems.IsProcedure);
        line.Text("code", code);
        if (code.Length == 0) Unknown(item["productOrService"u8], "the service", "add its CPT or HCPCS code");
        line.Texts("modifiers", [.. item["modifier"u8].Items.Select(static m => Code(m, static _ => true))
            .Where(static m => m.Length > 0)]);
        Count("units", item["quantity"u8], line);
        Money("charge", item["net"u8], line);
        if (item["net"u8].IsNone) ReadUnitPrice(item, line);
        var date = item["servicedDate"u8].IsNone ? item["servicedPeriod"u8]["start"u8] : item["servicedDate"u8];
        if (FhirMoment.TryRead(date.Text(), out var moment)) line.Text("date", moment.Day.Iso());
        if (FhirMoment.TryRead(item["servicedPeriod"u8]["end"u8].Text(), out var end) && end.Day != moment.Day)
            line.Text("thru", end.Day.Iso());
        var pointers = item["diagnosisSequence"u8].Items.Select(static p => p.Text()).ToList();
        if (pointers.Count > 0) line.Raw("diagnoses", Encoding.ASCII.GetBytes($"[{string.Join(',', pointers)}]"));
        line.Text("placeOfService", PlaceOf(item));
        line.Text("revenueCode", Code(item["revenue"u8], static _ => true));
        foreach (var detail in item["detail"u8].Items.Take(1)) line.Object("ndc", NdcOf(detail));
        return line;
    }

    static string PlaceOf(FhirNode item) =>
        Code(item["locationCodeableConcept"u8], static s => s == FhirSystems.Place);

    /// <summary>A price for one and a count make the charge; nothing else is calculated.</summary>
    void ReadUnitPrice(FhirNode item, JsonDraft line)
    {
        var price = item["unitPrice"u8];
        if (price.IsNone) return;
        if (Values.Money.TryParse(price["value"u8].Peek(), out var one)
            && int.TryParse(item["quantity"u8]["value"u8].Peek(), out var count) && count is >= 0 and < 100_000)
        {
            price.Done();
            line.Raw("charge", Encoding.ASCII.GetBytes((one * count).ToString()));
        }
        else Unknown(price, "the charge", "write net, dollars with two decimals");
    }

    void Count(string name, FhirNode quantity, JsonDraft line)
    {
        if (quantity.IsNone) return;
        if (Quantity.TryParse(quantity["value"u8].Peek(), out _)) line.Raw(name, quantity.Done()["value"u8].Raw);
        else Unknown(quantity, "the number of units", "write a number with at most three decimals");
    }

    JsonDraft NdcOf(FhirNode detail)
    {
        var ndc = new JsonDraft();
        detail["sequence"u8].Text();
        ndc.Text("code", Code(detail["productOrService"u8], static s => s == FhirSystems.Ndc));
        if (detail["quantity"u8]["unit"u8].Peek() is "UN" or "ML" or "GR" or "F2" or "ME")
            ndc.Text("unit", detail["quantity"u8]["unit"u8].Peek());
        Count("quantity", detail["quantity"u8], ndc);
        return ndc;
    }
}
