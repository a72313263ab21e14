using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What the record's drug (fact drug-given) comes to where there is no chart: it is coded as a chart that states only
/// the drug.
/// </summary>
internal static class GivenDrug
{
    /// <summary>The line that the drug comes to, or null where the record does not say enough.</summary>
    static ServiceLine? LineOf(Situation at)
    {
        if (Facts.First(at, "drug-given") is not { IsCharted: false } given) return null;
        if (given["name"] is null && given["hcpcs"] is null) return null;
        var chart = new Encounter
        {
            ServiceDate = at.Day, PlaceOfService = at.Place, Setting = Setting.Professional, PayerKind = at.Payer,
        };
        var charted = new Administration { Drug = given["name"]?.Text ?? "", NdcText = given["ndc"]?.Text ?? "" };
        if (given["hcpcs"] is { } hcpcs) charted.Hcpcs = Code.Of(hcpcs.Text);
        if (given["amount"] is { } amount && Amount.TryParse(amount.Text, out var dose))
            (charted.Dose, charted.DoseCharted) = (dose, true);
        chart.Administrations.Add(charted);
        var profile = PayerProfile.For(at.Book.PayerSettings, at.Payer, at.Day);
        var claim = Coder.Code(chart, at.Book, profile, new Trace(), new FindingList());
        foreach (ref readonly var line in claim.Lines)
            if (at.Book.TryCode(line.Code, at.Day, out var row)
                && row.Groups.HasAny(Group.DrugCode | Group.VaccineProduct))
                return line;
        return null;
    }

    public static Quantity? UnitsOf(Situation at) => LineOf(at) is { } line && line.Code == at.Code ? line.Units : null;

    public static Code CodeOf(Situation at) => LineOf(at)?.Code ?? default;
}
