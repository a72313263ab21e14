using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>The arithmetic of a shot in words, and what is left of the vial.</summary>
/// <param name="Rest">What is left of a container for one dose; empty when nothing is, or when it is not known.</param>
public sealed record ShotSum(string Text, string Rest, bool IsWitnessed)
{
    /// <summary>How full the vial is after the dose, in percent; null where that cannot be said.</summary>
    public int? Level { get; init; }

    /// <summary>The usual single dose, where another is typed and nobody has said that it is meant.</summary>
    public string Usual { get; init; } = "";

    /// <summary>Readings of the ten digits that were typed as NDC, of which a person chooses; else empty.</summary>
    public IReadOnlyList<string> Ndcs { get; init; } = [];
}

/// <summary>A fact that is missing, with the field where it belongs.</summary>
public sealed record Prompt(string Field, string Text, bool Holds, string Id);

/// <summary>What the coded visit says back to the fields.</summary>
static class ShotSums
{
    /// <summary>A shot, drawn from a lot that has so much left: thousandths of its unit.</summary>
    public static ShotSum Of(CodedVisit coded, ShotForm typed, int index, Lot? lot, long left)
    {
        var chart = coded.Encounter!;
        if (index >= chart.Administrations.Count) return new("", "", false);
        var given = chart.Administrations[index];
        var rest = Rest(given);
        var parts = new List<string>();
        if (!rest.IsNone)
            parts.Add(rest.Value == 0
                ? $"{Vials(given)} − given {Shown(given.Dose)} = nothing left, so nothing is thrown away"
                : $"{Vials(given)} − given {Shown(given.Dose)} = {Shown(rest)} left");
        if (!given.Dose.IsNone && UnitsOf(coded, given) is { } units) parts.Add(units);
        return new(string.Join(" · ", parts), rest.Value > 0 ? Shown(rest) : "", given.Discarded.Value > 0)
        {
            Level = LevelOf(given, rest, lot, left), Usual = UsualOf(coded, given),
            Ndcs = typed.LotId == 0 && PackageScan.Read(typed.Ndc, out _) is { IsTyped: true, Ndcs.Count: > 1 } scan
                ? scan.Ndcs : [],
        };
    }

    /// <summary>Of a multi-dose vial, what its lot has left counts: it may be open already.</summary>
    static int? LevelOf(Administration given, Amount rest, Lot? lot, long left)
    {
        if (!rest.IsNone) return (int)(100 * rest.Base / given.ContainerAmount.Base);
        if (lot is null || given.Dose.IsNone
            || !given.Dose.IsComparableTo(new(1, Amount.UnitOf(lot.Unit)))) return null;
        var after = left - (given.Dose.In(Amount.UnitOf(lot.Unit)).Value * 1000);
        return after < 0 ? null : (int)(100 * (after % lot.Holds) / lot.Holds);
    }

    static string UsualOf(CodedVisit coded, Administration given)
    {
        if (given.Dose.IsNone || given.DoseConfirmed == true || given.SplitDose == true
            || coded.Book.DrugNamed(given.Drug) is not { } drug) return "";
        var (from, thru) = drug.UsualDose(given.Route, coded.Encounter!.Age);
        if (!given.Dose.IsComparableTo(from) || (given.Dose.Base >= from.Base && given.Dose.Base <= thru.Base))
            return "";
        return from == thru ? Shown(from) : $"{Shown(from)} – {Shown(thru)}";
    }

    static string Shown(Amount amount) => Stock.Shown((long)(amount.Value * 1000), amount.ToString().Split(' ', 2)[1]);

    static string Vials(Administration given)
    {
        var count = Opened(given);
        return count == 1 ? $"vial {Shown(given.ContainerAmount)}" : $"{count} vials of {Shown(given.ContainerAmount)}";
    }

    static decimal Opened(Administration given) =>
        Math.Max(1, Math.Ceiling(given.Dose.Base / given.ContainerAmount.Base));

    /// <summary>What is left of the containers that were opened; none where that cannot be said.</summary>
    static Amount Rest(Administration given) =>
        given.Dose.IsNone || given.ContainerAmount.Value <= 0 || !given.Dose.IsComparableTo(given.ContainerAmount)
            || given.Container is ContainerKind.None or ContainerKind.MultiDose
            ? default
            : new Amount(Opened(given) * given.ContainerAmount.Value, given.ContainerAmount.Unit) - given.Dose;

    static string? UnitsOf(CodedVisit coded, Administration given)
    {
        foreach (var line in coded.Claim.Lines.ToArray())
            if (Ownership.IsOf(coded.Book, given, line.Code)
                && coded.Book.TryUnit(line.Code, coded.Encounter!.ServiceDate, out var unit) && !unit.IsPerDose
                && given.Dose.IsComparableTo(unit.Unit))
            {
                var units = given.Dose.Base / unit.Unit.Base;
                var whole = Math.Ceiling(units);
                return FormattableString.Invariant($"{Shown(given.Dose)} ÷ {Shown(unit.Unit)} = {units:0.###}")
                    + (units == whole ? "" : FormattableString.Invariant($", counted as {whole:0}"))
                    + $" {(whole == 1 ? "unit" : "units")} of {line.Code}";
            }
        return null;
    }

    /// <summary>What the chart still misses: first what holds the claim.</summary>
    public static List<Prompt> Prompts(VisitForm form, CodedVisit coded, IReadOnlyList<int> missing)
    {
        var prompts = missing.Select(e => new Prompt(FieldOf(form, coded, e),
            Sentence.Capital(Elements.Name(e)) + " is missing", true, $"D-{e:00}"))
            .ToList();
        foreach (var finding in coded.Findings.Span.ToArray())
        {
            // its elements stand above, one by one; what is under another finding is said by that one
            if (finding.Severity == Severity.Info || finding.Under != 0 || finding.Info.Name == "knock-out-not-charted"
                || (missing.Contains(9) && Visits.IsOfMissingVial(finding, coded.Encounter!))) continue;
            prompts.Add(new(FieldOf(finding.Place),
                FindingText.Message(finding, ResultJson.NamesOf(coded.Book)), finding.Severity == Severity.Error,
                finding.Info.Id));
        }
        return [.. prompts.OrderByDescending(static p => p.Holds)];
    }

    static string FieldOf(VisitForm form, CodedVisit coded, int element)
    {
        int First(Predicate<ShotForm> isMissing) => Math.Max(0, form.Shots.FindIndex(isMissing));
        return element switch
        {
            3 => $"Order-{First(static s => s.OrderBy.Length == 0)}",
            8 or 25 => $"Site-{First(static s => s.Place.Length == 0)}",
            9 => $"Lot-{First(static s => s.LotId == 0 && s.Lot.Length == 0)}",
            32 => $"Witness-{First(static s => s.Discarded.Length > 0 && s.Witness.Length == 0)}",
            18 => "Role",
            19 => "Supervision",
            1 => "Patient",
            _ => coded.Documentation?.KnockOuts.FirstOrDefault(k => k.Element == element) is { } at
                ? $"Drug-{at.Administration}" : "Drug-0",
        };
    }

    static string FieldOf(in Place place) => place.ChartField switch
    {
        Field.ProviderSupervision or Field.ProviderSupervising => "Supervision",
        Field.ProviderRole or Field.Performer => "Role",
        Field.ServiceDate => "Day",
        Field.PatientBirthDate or Field.PatientSex or Field.PatientEstablished or Field.Payer => "Patient",
        Field.Diagnoses => $"Diagnosis-{place.Ordinal}",
        Field.Dose => $"Dose-{place.Ordinal}",
        Field.Route => $"Route-{place.Ordinal}",
        Field.Site or Field.Target => $"Site-{place.Ordinal}",
        Field.Container or Field.ContainerAmount or Field.Lot or Field.Ndc or Field.Expires or Field.Source
            => $"Lot-{place.Ordinal}",
        Field.Discarded => $"Discarded-{place.Ordinal}",
        Field.Start or Field.Stop or Field.Minutes => $"Start-{place.Ordinal}",
        Field.SplitDose => $"Split-{place.Ordinal}",
        Field.Counseling => "Counseled",
        Field.PlaceOfService => "Location",
        Field.Witness => $"Witness-{place.Ordinal}",
        Field.Order => $"Order-{place.Ordinal}",
        Field.Indication => $"Indication-{place.Ordinal}",
        Field.Drug or Field.Hcpcs => $"Drug-{place.Ordinal}",
        _ => "",
    };
}
