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
    /// <summary>
    /// What chart or record come to for the drug of the line, its modifiers for waste included; null where they do not
    /// say enough.
    /// </summary>
    public static Claim? Supported(Situation at) => at.CodedLine >= 0 ? at.Coded : ClaimOf(at);

    /// <summary>The container of the drug, by chart or record.</summary>
    public static ContainerKind ContainerOf(Situation at) => Facts.First(at, "drug-given")?["container"] is { } text
        && Words.Containers.TryRead(text.Text, out var kind) ? kind : ContainerKind.None;

    static Claim? ClaimOf(Situation at)
    {
        if (Facts.First(at, "drug-given") is not { IsCharted: false } given) return null;
        if (given["name"] is null && given["hcpcs"] is null) return null;
        var chart = new Encounter
        {
            ServiceDate = at.Day, PlaceOfService = at.Place, Setting = Setting.Professional, PayerKind = at.Payer,
        };
        chart.Administrations.Add(Charted(at, given));
        var profile = PayerProfile.For(at.Book.PayerSettings, at.Payer, at.Day);
        return Coder.Code(chart, at.Book, profile, new Trace(), new FindingList());
    }

    static Administration Charted(Situation at, RecordFact given)
    {
        var charted = new Administration
        {
            Drug = given["name"]?.Text ?? "", NdcText = given["ndc"]?.Text ?? "", Container = ContainerOf(at),
            NothingDiscarded = Facts.Speaks(at, "waste-charted") && Facts.First(at, "waste-charted") is null,
        };
        if (given["hcpcs"] is { } hcpcs) charted.Hcpcs = Code.Of(hcpcs.Text);
        if (given["amount"] is { } amount && Amount.TryParse(amount.Text, out var dose))
            (charted.Dose, charted.DoseCharted) = (dose, true);
        if (given["containerAmount"] is { } content && Amount.TryParse(content.Text, out var holds))
            charted.ContainerAmount = holds;
        if (Facts.First(at, "waste-charted")?["amount"] is { } waste && Amount.TryParse(waste.Text, out var discarded))
            charted.Discarded = discarded;
        return charted;
    }

    /// <summary>The line that the record's drug comes to; null where the record does not say enough.</summary>
    public static ServiceLine? LineOf(Situation at)
    {
        foreach (ref readonly var line in ClaimOf(at) is { } claim ? claim.Lines : default)
            if (at.Book.TryCode(line.Code, at.Day, out var row)
                && row.Groups.HasAny(Group.DrugCode | Group.VaccineProduct))
                return line;
        return null;
    }

    public static Quantity? UnitsOf(Situation at) => LineOf(at) is { } line && line.Code == at.Code ? line.Units : null;

    public static Code CodeOf(Situation at) => LineOf(at)?.Code ?? default;
}
