using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using static Deltoid.Web.Texts;

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
public sealed record Prompt(string Field, string Text, bool Holds, string Id)
{
    /// <summary>Said by the screen in its own language, and not by the engine.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Something is there, and it cannot be read.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>What the coded visit says back to the fields.</summary>
static class ShotSums
{
    /// <summary>A shot, drawn from a lot that has so much left: thousandths of its unit.</summary>
    public static ShotSum Of(CodedVisit coded, ShotForm typed, int index, Lot? lot, long left)
    {
        var chart = coded.Encounter!;
        if (index >= chart.Administrations.Count) return new("", "", false);
        var given = chart.Administrations[index];
        if (given.Given == false) return new("", "", given.Discarded.Value > 0);
        var own = DoseOf(coded, given);
        var (dose, isAll) = FromVial(coded, index);
        var rest = isAll ? Rest(given, dose) : default;
        var parts = new List<string>();
        if (own.Unit != given.Dose.Unit) parts.Add($"{Shown(given.Dose)} = {Shown(own)}");
        if (!rest.IsNone)
            parts.Add(rest.Value == 0
                ? T("{0} − given {1} = nothing left, so nothing is thrown away", Vials(given, dose), Shown(dose))
                : T("{0} − given {1} = {2} left", Vials(given, dose), Shown(dose), Shown(rest)));
        if (!own.IsNone && UnitsOf(coded, given, own) is { } units) parts.Add(units);
        var isOpen = rest.Value > 0 && !IsAll(given.Discarded, rest);
        return new(string.Join(" · ", parts), isOpen ? Shown(rest) : "", given.Discarded.Value > 0)
        {
            Level = LevelOf(given, own, rest, lot, left), Usual = UsualOf(coded, given),
            Ndcs = typed.LotId == 0 && PackageScan.Read(typed.Ndc, out _) is { IsTyped: true, Ndcs.Count: > 1 } scan
                ? scan.Ndcs : [],
        };
    }

    /// <summary>All that was left is charted as thrown away: nothing is asked about it.</summary>
    static bool IsAll(Amount discarded, Amount rest) =>
        !discarded.IsNone && discarded.IsComparableTo(rest) && discarded.Base == rest.Base;

    /// <summary>The dose as an amount of drug: a volume by the strength that the label or the lot says.</summary>
    static Amount DoseOf(CodedVisit coded, Administration given)
    {
        if (given.Dose.IsNone || !given.Dose.IsVolume) return given.Dose;
        var strength = Strength.Charted(given, coded.Book);
        return strength.IsKnown && !strength.Of.IsVolume && given.Dose.IsComparableTo(strength.Per)
            ? new(given.Dose.Base * strength.Of.Value / strength.Per.Base, strength.Of.Unit) : given.Dose;
    }

    /// <summary>
    /// What was drawn from the vial of a shot: sticks of one ordered dose share it, and the last one says what is left.
    /// </summary>
    static (Amount Dose, bool IsAll) FromVial(CodedVisit coded, int index)
    {
        var all = coded.Encounter!.Administrations;
        var (given, dose) = (all[index], DoseOf(coded, all[index]));
        if (given.SplitDose != true) return (dose, true);
        for (var i = 0; i < all.Count; i++)
        {
            if (i == index || all[i].SplitDose != true || all[i].Lot != given.Lot
                || !all[i].Drug.Equals(given.Drug, StringComparison.OrdinalIgnoreCase)) continue;
            if (i > index) return (dose, false);
            var other = DoseOf(coded, all[i]);
            if (other.IsNone || !other.IsComparableTo(dose)) continue;
            dose = new(dose.Value + other.In(dose.Unit).Value, dose.Unit);
        }
        return (dose, true);
    }

    /// <summary>Of a multi-dose vial, what its lot has left counts: it may be open already.</summary>
    static int? LevelOf(Administration given, Amount dose, Amount rest, Lot? lot, long left)
    {
        if (!rest.IsNone) return (int)(100 * rest.Base / given.ContainerAmount.Base);
        if (lot is null || dose.IsNone
            || !dose.IsComparableTo(new(1, Amount.UnitOf(lot.Unit)))) return null;
        var after = left - (dose.In(Amount.UnitOf(lot.Unit)).Value * 1000);
        return after < 0 ? null : (int)(100 * (after % lot.Holds) / lot.Holds);
    }

    static string UsualOf(CodedVisit coded, Administration given)
    {
        if (given.Dose.IsNone || given.DoseConfirmed == true || given.SplitDose == true
            || coded.Book.DrugNamed(given.Drug) is not { } drug) return "";
        var (from, thru) = drug.UsualDose(given.Route, coded.Encounter!.Age);
        var dose = DoseOf(coded, given);
        if (!dose.IsComparableTo(from) || (dose.Base >= from.Base && dose.Base <= thru.Base)) return "";
        return from == thru ? Shown(from) : $"{Shown(from)} – {Shown(thru)}";
    }

    static string Shown(Amount amount) => Stock.Shown((long)(amount.Value * 1000), amount.ToString().Split(' ', 2)[1]);

    static string Vials(Administration given, Amount dose)
    {
        var count = Opened(given, dose);
        return count == 1 ? T("vial {0}", Shown(given.ContainerAmount))
            : T("{0} vials of {1}", count, Shown(given.ContainerAmount));
    }

    static decimal Opened(Administration given, Amount dose) =>
        Math.Max(1, Math.Ceiling(dose.Base / given.ContainerAmount.Base));

    /// <summary>What is left of the containers that were opened; none where that cannot be said.</summary>
    static Amount Rest(Administration given, Amount dose) =>
        dose.IsNone || given.ContainerAmount.Value <= 0 || !dose.IsComparableTo(given.ContainerAmount)
            || given.Container is ContainerKind.None or ContainerKind.MultiDose
            ? default
            : new Amount(Opened(given, dose) * given.ContainerAmount.Value, given.ContainerAmount.Unit) - dose;

    static string? UnitsOf(CodedVisit coded, Administration given, Amount dose)
    {
        foreach (var line in coded.Claim.Lines.ToArray())
            if (Ownership.IsOf(coded.Book, given, line.Code)
                && coded.Book.TryUnit(line.Code, coded.Encounter!.ServiceDate, out var unit) && !unit.IsPerDose
                && dose.IsComparableTo(unit.Unit))
            {
                var units = dose.Base / unit.Unit.Base;
                var whole = Math.Ceiling(units);
                var sum = FormattableString.Invariant($"{Shown(dose)} ÷ {Shown(unit.Unit)} = {units:0.###}");
                return units == whole
                    ? whole == 1 ? T("{0} unit of {1}", sum, line.Code) : T("{0} units of {1}", sum, line.Code)
                    : whole == 1 ? T("{0}, counted as 1 unit of {1}", sum, line.Code)
                    : T("{0}, counted as {1} units of {2}", sum, whole, line.Code);
            }
        return null;
    }

    /// <summary>What the chart still misses: first what holds the claim.</summary>
    /// <param name="doubts">What a person should look at beside it.</param>
    /// <param name="unread">Values that cannot be read: their fields are asked about once.</param>
    public static List<Prompt> Prompts(VisitForm form, CodedVisit coded, IReadOnlyList<int> missing,
        IReadOnlyList<Prompt> doubts, IReadOnlyList<Prompt> unread)
    {
        var prompts = missing.Select(e => Missing(form, coded, e)).DistinctBy(static p => (p.Field, p.Text)).ToList();
        foreach (var finding in coded.Findings.Span.ToArray())
        {
            // its elements stand above, one by one; what is under another finding is said by that one
            if (finding.Severity == Severity.Info || finding.Under != 0 || finding.Info.Name == "knock-out-not-charted"
                || (missing.Contains(9) && Visits.IsOfMissingVial(finding, coded.Encounter!))) continue;
            prompts.Add(new(finding.Info.Name == "route-not-charted" ? $"Route-{finding.Place.Ordinal}"
                : FieldOf(finding.Place),
                FindingText.Message(finding, ResultJson.NamesOf(coded.Book)), finding.Severity == Severity.Error,
                finding.Info.Id));
        }
        return [.. unread.Concat(prompts.Concat(doubts).Where(p => !unread.Any(u => u.Field == p.Field)))
            .OrderByDescending(static p => p.Holds)];
    }

    /// <summary>A missing element in words, with its shot where the visit has several.</summary>
    static Prompt Missing(VisitForm form, CodedVisit coded, int element)
    {
        var field = FieldOf(form, coded, element);
        var at = int.TryParse(field[(field.LastIndexOf('-') + 1)..], out var index) ? index : -1;
        var text = element switch
        {
            // the entry is there, and one of its facts is not
            25 when at >= 0 => ElementWords.Of(field.StartsWith("Site", StringComparison.Ordinal) ? 8
                : field.StartsWith("Dose", StringComparison.Ordinal) ? 5 : 4),
            3 when at >= 0 && form.Shots[at].OrderBy.Trim().Length > 0 => "",
            _ => ElementWords.Of(element),
        };
        text = text.Length == 0 ? T("the order is dated after the shot") : T("{0} is missing", text);
        return new(field, at >= 0 && form.Shots.Count > 1 ? $"{T("Shot {0}", at + 1)}: {text}"
            : Sentence.Capital(text), true, $"D-{element:00}")
        {
            IsOurs = true,
        };
    }

    static string FieldOf(VisitForm form, CodedVisit coded, int element)
    {
        int First(Predicate<ShotForm> isMissing) => Math.Max(0, form.Shots.FindIndex(isMissing));
        var at = coded.Documentation?.KnockOuts.FirstOrDefault(k => k.Element == element).Administration ?? 0;
        return element switch
        {
            2 or 27 => $"Start-{at}",
            25 when at < form.Shots.Count => form.Shots[at] is var shot && shot.Drug.Trim().Length == 0 ? $"Drug-{at}"
                : shot.Dose.Trim().Length == 0 ? $"Dose-{at}" : $"Site-{at}",
            3 when !form.Shots.Exists(static s => s.OrderBy.Trim().Length == 0) => $"Order-{at}",
            3 => $"Order-{First(static s => s.OrderBy.Length == 0)}",
            8 => $"Site-{First(static s => s.Place.Length == 0)}",
            9 => $"Lot-{First(static s => s.LotId == 0 && s.Lot.Length == 0)}",
            32 => $"Witness-{First(static s => s.Discarded.Length > 0 && s.Witness.Length == 0)}",
            18 => "Role",
            19 => "Supervision",
            1 => "Patient",
            _ => $"Drug-{at}",
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
