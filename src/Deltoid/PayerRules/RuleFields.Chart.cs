using Deltoid.Binding;
using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>
/// The fields of the chart, by their names in the encounter JSON. A line asks the visits and the drugs that it was
/// coded from.
/// </summary>
partial class RuleFields
{
    static IEnumerable<RuleField> OfChart() =>
    [
        .. OfVisit(), .. OfWords(), .. OfNumbers(), .. OfFlags(),
        .. OfTexts(static g => g.Dose.IsNone ? g.DoseCharted : true, "dose"),
        .. OfTexts(static g => g.Site.Length > 0, "site"), .. OfTexts(static g => g.Target.Length > 0, "target"),
        .. OfTexts(static g => g.NdcText.Length > 0, "ndc"), .. OfTexts(static g => g.Lot.Length > 0, "lot"),
        .. OfTexts(static g => g.Expires is not null, "expires"),
        .. OfTexts(static g => !g.Discarded.IsNone || g.NothingDiscarded, "discarded"),
        .. OfTexts(static g => !g.ContainerAmount.IsNone, "containerAmount"),
        .. OfTexts(static g => g.Start is not null, "start"), .. OfTexts(static g => g.Stop is not null, "stop"),
        .. OfTexts(static g => g.Guidance.Length > 0, "guidance"), .. OfTexts(static g => g.Order is not null, "order"),
        .. OfTexts(static g => g.NeedleCharted, "needle"), .. OfTexts(static g => g.ResponseCharted, "response"),
        .. OfTexts(static g => g.InstructionsCharted, "instructions"),
        .. OfTexts(static g => g.IndicationCharted, "indication"),
        .. OfTexts(static g => g.WhyNotOralCharted, "whyNotOral"), .. OfTexts(static g => g.WitnessCharted, "witness"),
    ];

    static IEnumerable<RuleField> OfVisit() =>
    [
        Chart("offCampus", "is excepted", static e => Said((long)e.OffCampus), Word(Words.OffCampusStandings)),
        Chart("patient.established", "is yes", static e => Said(e.Established), YesNo),
        Chart("provider.supervision", "is general", static e => Said((long)e.Supervision), Word(Words.Supervisions)),
        Chart("provider.role", "is ma", static e => Said((long)e.ProviderRole), Word(Words.Roles)),
        Chart("counseling", "is no", static e => Said(e.Counseling), YesNo),
        Chart("vascularAccesses", "over 1", static e => e.VascularAccesses, Whole) with { Form = RuleForm.Number },
        Visit("visits.separateNote", "is missing", static v => Said(v.SeparateNote), YesNo),
        Visit("visits.minutes", "under 20", static v => v.Minutes, Whole) with { Form = RuleForm.Number },
    ];

    static IEnumerable<RuleField> OfWords() =>
    [
        Given("route", "is im", static g => Said((long)g.Route), Word(Words.Routes)),
        Given("container", "is single-dose", static g => Said((long)g.Container), Word(Words.Containers)),
        Given("purpose", "is therapeutic", static g => Said((long)g.Purpose), Word(Words.Purposes)),
        Given("source", "is specialty-pharmacy", static g => Said((long)g.Source), Word(Words.Sources)),
        Given("notice", "is missing", static g => Said((long)g.Notice), Word(Words.Notices)),
        Given("performer", "is ma", static g => Said((long)g.Performer), Word(Words.Roles)),
    ];

    static IEnumerable<RuleField> OfNumbers() =>
    [
        Given("minutes", "under 16", static g => g.Minutes, Whole) with { Form = RuleForm.Number },
        Given("muscles", "over 4", static g => g.Muscles, Whole) with { Form = RuleForm.Number },
        Given("lesions", "over 7", static g => g.Lesions, Whole) with { Form = RuleForm.Number },
        Given("observed", "under 30", static g => g.ObservedMinutes, Whole) with { Form = RuleForm.Number },
        new("administrations.lastGiven", RuleForm.Number, "administrations.lastGiven under 28",
            "days from the dose before this one to the day of the line", static (claim, line, values) =>
                OfGiven(claim, line, values, static (g, day) => g.LastGiven is { } last && last <= day
                    ? day.DayNumber - last.DayNumber
                    : null), Whole) { IsOfChart = true },
    ];

    static IEnumerable<RuleField> OfFlags() =>
    [
        Given("given", "is no", static g => Said(g.Given), YesNo),
        Given("splitDose", "is yes", static g => Said(g.SplitDose), YesNo),
        Given("consent", "is missing", static g => Said(g.Consent), YesNo),
        Given("checked", "is no", static g => Said(g.Checked), YesNo),
        Given("order.standing", "is yes", static g => Said(g.Order?.Standing), YesNo),
    ];

    static IEnumerable<RuleField> OfTexts(Func<Administration, bool> isThere, string name) =>
    [
        Given(name, "is missing", g => isThere(g) ? 1 : null, null) with { Form = RuleForm.Presence },
    ];

    static RuleField Chart(string word, string asked, Func<Encounter, long?> value, ReadValue read) =>
        new(word, RuleForm.OneOf, $"{word} {asked}", "of the visit", (claim, _, values) =>
            claim.Encounter is { } chart ? RuleField.Of(value(chart), values) : Seen.Unasked, read)
        {
            IsOfChart = true,
        };

    static RuleField Given(string name, string asked, Func<Administration, long?> value, ReadValue? read) =>
        new($"administrations.{name}", RuleForm.OneOf, $"administrations.{name} {asked}", "of the drug that was given",
            (claim, line, values) => OfGiven(claim, line, values, (g, _) => value(g)), read) { IsOfChart = true };

    static RuleField Visit(string word, string asked, Func<Visit, long?> value, ReadValue read) =>
        new(word, RuleForm.OneOf, $"{word} {asked}", "of the visit that the line is for", (claim, line, values) =>
        {
            var seen = Seen.Unasked;
            for (var i = 0; i < claim.Encounter?.Visits.Count; i++)
                if (IsFrom(claim, line, Part.Visit, i))
                    seen = (seen & ~Seen.Unasked) | RuleField.Of(value(claim.Encounter.Visits[i]), values);
            return seen;
        }, read) { IsOfChart = true };

    static Seen OfGiven(BoundClaim claim, int line, RuleValues values, Func<Administration, DateOnly, long?> value)
    {
        var seen = Seen.Unasked;
        for (var i = 0; i < claim.Encounter?.Administrations.Count; i++)
        {
            var given = claim.Encounter.Administrations[i];
            if (!IsFrom(claim, line, Part.Administration, i)
                && (claim.IsCoded || !Ownership.IsOf(claim.Book, given, claim.CodeOf(line))))
                continue;
            seen = (seen & ~Seen.Unasked) | RuleField.Of(value(given, claim.Day(line)), values);
        }
        return seen;
    }

    static bool IsFrom(BoundClaim claim, int line, Part part, int ordinal)
    {
        foreach (var origin in claim.Claim.Origins)
            if (origin.Part == part && origin.Ordinal == ordinal && origin.Line == claim.Line(line).Number) return true;
        return false;
    }

    static long? Said(long word) => word == 0 ? null : word;

    static long? Said(bool? flag) => flag is { } known ? known ? 1 : 0 : null;

    static RuleRange? YesNo(string text) => text switch { "yes" => new(1, 1), "no" => new(0, 0), _ => null };
}
