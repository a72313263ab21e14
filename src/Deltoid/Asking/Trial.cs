using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// A visit made of what a question says, and nothing else, coded and checked by the engine: answers take their codes,
/// units and modifiers from its claim.
/// </summary>
internal static class Trial
{
    /// <summary>One drug of the question; what it does not say stays uncharted.</summary>
    public static Administration Of(Inquiry asked, Drug? drug, Code code, Amount dose) => new()
    {
        Drug = drug is null ? "" : NameOf(asked, drug), Hcpcs = drug is null ? code
            : default, Dose = dose, DoseCharted = !dose.IsNone,
        Concentration = asked.Strength?.Of ?? default, ConcentrationPer = asked.Strength?.In ?? default,
        Syringe = asked.Has("same-syringe") ? "one" : "", Route = asked.Route,
        Guidance = !asked.Has("guidance-word") ? "" : asked.Text.Contains("fluoro", StringComparison.Ordinal)
            ? "fluoroscopy, image saved" : "ultrasound, image saved",
        Container = asked.Container, ChartedMinutes = asked.Minutes, Given = true,
        Site = asked.Route == Route.Intravitreal ? Lexicon.Shipped.Pattern("(eye-side)").Match(asked.Text).Value : "",
        Purpose = asked.Has("hydration-word") && (asked.Drugs.Count < 2 || drug is null || DrugAnswer.IsFluid(drug))
            ? Purpose.Hydration : Purpose.None,
        IndicationCharted = asked.Has("fluid-need"),
        Source = asked.Has("source:sample") ? DrugSource.Sample
            : asked.Has("source:patient") ? DrugSource.PatientSupplied
            : asked.Has("source:pharmacy") ? DrugSource.SpecialtyPharmacy
            : asked.Has("source:vfc") ? DrugSource.Vfc : DrugSource.Stock,
    };

    /// <summary>The name that was said, where the book knows it: a brand may decide the code.</summary>
    static string NameOf(Inquiry asked, Drug drug)
    {
        var at = asked.Drugs.IndexOf(drug);
        return at >= 0 && asked.Book.DrugNamed(asked.DrugNames[at]) == drug ? asked.DrugNames[at] : drug.Name;
    }

    /// <summary>Kidney failure, and dependence on dialysis: some codes are for these patients alone.</summary>
    static readonly Code[] InDialysis = [Values.Code.Of("N186"), Values.Code.Of("Z992")];

    public static CodedVisit Code(Inquiry asked, params ReadOnlySpan<Administration> given)
    {
        var visit = new Encounter
        {
            ServiceDate = asked.Day, PayerKind = asked.Payer, PlaceOfService = asked.Place,
            Setting = asked.Has("hospital-side") ? Setting.Facility : Setting.Professional,
        };
        if (visit.PlaceOfService.IsNone && visit.Setting == Setting.Professional)
            visit.PlaceOfService = Values.Code.Of("11");
        if (asked.Age is { } age) visit.BirthDate = asked.Day.AddYears(-age).AddDays(-1);
        visit.Counseling = asked.IsCounseled ? true : asked.Has("not-counseled") ? false : null;
        visit.Diagnoses.AddRange(asked.Diagnoses);
        if (asked.Has("on-dialysis")) visit.Diagnoses.AddRange(InDialysis);
        foreach (var each in given) visit.Administrations.Add(each);
        return CodedVisit.Of(visit, asked.Book, new Scrubber());
    }

    /// <summary>The lines of drugs, or those of what was done.</summary>
    public static List<ServiceLine> Lines(CodedVisit visit, bool drugs)
    {
        var lines = new List<ServiceLine>();
        foreach (ref readonly var line in visit.Claim.Lines)
            if (visit.Book.TryCode(line.Code, line.Date, out var row) && row.Kind != CodeKind.Procedure == drugs)
                lines.Add(line);
        return lines;
    }

    /// <summary>J0585-JW x 45; one unit is not counted.</summary>
    public static string Said(in ServiceLine line)
    {
        var modifiers = string.Concat(Enumerable.Range(0, line.Modifiers.Count)
            .Select(Mark(line.Modifiers)));
        return line.Units == Quantity.One ? $"{line.Code}{modifiers}" : $"{line.Code}{modifiers} x {line.Units}";
    }

    static Func<int, string> Mark(Modifiers modifiers) => i => "-" + modifiers[i];
}
