using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.Documentation;

/// <summary>
/// Elements without which an audit fails the line (Rules/documentation.tsv), one finding for the chart. Elements that
/// decide a line (dose, route, container, NDC, diagnosis, note, minutes, structure) are said by coding, where they
/// decide it; what else the checklist misses lowers the score and is no finding.
/// </summary>
internal sealed class KnockOutNotCharted : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "DOC0001", Name = "knock-out-not-charted", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Checklist, Citation = Cited.Law("CMS Program Integrity Manual, Pub. 100-08, ch. 3, §3.3.2"),
        Message = "an audit would fail this chart; not charted: {0}{,1}{,2}{,3}",
        Rules = "D-01 D-02 D-03 D-08 D-09 D-18 D-19 D-25 INJ-180 INJ-181 INJ-183",
        Fix = Remedy.Chart("Chart what is missing while it can still be done; date and sign it as an amendment"),
        Predicts = [new("CO-50", "N115"), new("CO-16")],
    };

    public override CodeGroups All => Group.ChartPresent;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.Encounter is not { } chart || Checklist.Of(chart, claim.Payer, claim.Book) is not { } checklist)
            return;
        Span<Arg> elements = stackalloc Arg[4];
        elements.Clear();
        var (count, place) = (0, default(Place));
        foreach (var (element, administration) in checklist.KnockOuts)
        {
            if (FieldOf(element) is not { } field) continue;
            if (count == 0)
                place = element == 19 ? Place.OfEncounter(field)
                    : element == 1 ? Place.OfEncounter(field)
                    : Place.Of(Part.Administration, administration, field);
            if (count < elements.Length) elements[count] = Arg.Element(element);
            count++;
        }
        if (count > 0) findings.Add(Info, place, elements[0], elements[1], elements[2], elements[3]);
    }

    /// <summary>Whether the checklist alone asks for an element: no finding of coding says that it is missing.</summary>
    internal static bool IsAsked(int element) => FieldOf(element) is not null;

    /// <summary>Where a knock-out is charted; null for those that coding says.</summary>
    static Field? FieldOf(int element) => element switch
    {
        1 => Field.PatientBirthDate,
        2 => Field.Start,
        3 => Field.Order,
        8 or 25 => Field.Site,
        9 => Field.Lot,
        18 => Field.Performer,
        19 => Field.ProviderSupervision,
        _ => null,
    };
}
