using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>A finding as the editor shows it, with the change that would mend it.</summary>
public sealed record Proposal
{
    /// <summary>As in the catalogue: <c>NCC0002</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>By which an override finds it again.</summary>
    public required string Key { get; init; }

    /// <summary>Whether a person may set it aside.</summary>
    public bool MayBeSetAside { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>It was found when the visit was coded: the chart says what is missing, and not the claim.</summary>
    public bool IsOfChart { get; init; }

    public required string Message { get; init; }

    /// <summary>What to do, in a sentence; empty when nothing can be done.</summary>
    public string Fix { get; init; } = "";

    public string Citation { get; init; } = "";

    /// <summary>The field that it points to, by its name in <see cref="ClaimForm"/>; empty for none.</summary>
    public string Field { get; init; } = "";

    /// <summary>
    /// <see cref="FixSafety.Clerical"/>: may be applied as it is. <see cref="FixSafety.NeedsChart"/>: after a person
    /// has answered. Else there is nothing to apply.
    /// </summary>
    public FixSafety Safety { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>What the changes assert of the visit; a person finds it in the record first.</summary>
    public IReadOnlyList<string> Asserts { get; init; } = [];

    /// <summary>What the payer should pay more with the change, in cents; 0 where that is not known.</summary>
    public long Brings { get; init; }

    /// <summary>What the chart says about it, a sentence each.</summary>
    public IReadOnlyList<string> Chart { get; init; } = [];
}

/// <summary>
/// What is wrong with a claim and how each finding is mended: by its fix, or by what the chart codes to where the fix
/// leaves the value to a person.
/// </summary>
public sealed class Proposals
{
    const int StepsShown = 3;

    readonly Engine engine;
    readonly Encounter? chart;
    readonly string document;
    CodedVisit? coded;

    /// <param name="visit">The encounter JSON that the claim came from; null when there is none.</param>
    public Proposals(Engine engine, string? visit)
    {
        (this.engine, document) = (engine, visit ?? "");
        chart = visit is null ? null : Documents.Visit(visit);
    }

    /// <summary>What the payer should pay for a claim; null where nobody asks what a change would bring.</summary>
    public Func<Claim, ExpectedClaim?>? Price { get; init; }

    /// <summary>Errors first, in the order of the lines; what is joined to another finding is left out.</summary>
    public List<Proposal> Of(Claim claim)
    {
        var findings = engine.Scrub(claim, chart).Span.ToArray();
        return [.. findings.Where(static f => f.Under == 0 && f.Severity != Severity.Info)
            .OrderByDescending(static f => f.Severity).Select(finding => Of(claim, finding))];
    }

    Proposal Of(Claim claim, Finding finding)
    {
        var names = ResultJson.NamesOf(engine.Book);
        var (changes, safety, asserts) = Mend(claim, finding, out var after);
        return new()
        {
            Id = finding.Info.Id, Name = finding.Info.Name, Severity = finding.Severity,
            IsOfChart = finding.Info.Maker is Maker.Coding or Maker.Drug,
            Key = new FindingKey(claim).Of(finding), MayBeSetAside = Overrides.MayBe(finding.Info),
            Message = Sentence.Of(finding, claim, names), Fix = FindingText.Fix(finding, names),
            Citation = finding.Info.Citation.Section, Field = FieldOf(Asked(finding), claim.Setting), Safety = safety,
            Changes = changes, Asserts = asserts, Brings = changes.Count == 0 ? 0 : Brings(claim, after),
            Chart = safety == FixSafety.NeedsChart ? Evidence(claim, finding) : [],
        };
    }

    long Brings(Claim before, Claim after) => Price?.Invoke(before) is { IsWhole: true } now
        && Price(after) is { IsWhole: true } then ? then.Cents - now.Cents : 0;

    (List<FieldChange> Changes, FixSafety Safety, List<string> Asserts) Mend(Claim claim, in Finding finding,
        out Claim after)
    {
        after = claim;
        if (finding.Info.Fix is not { } fix || fix.Safety == FixSafety.DisplayOnly)
            return ([], FixSafety.DisplayOnly, []);
        after = claim.Detach();
        var isClerical = Fixes.Apply(after, finding);
        if (!isClerical && !Fixes.ApplyAttested(after, finding) && !(isClerical = ApplyChart(after, finding)))
            return ([], FixSafety.DisplayOnly, []);
        var asserts = Attestations.Of(claim, after);
        var changes = ClaimForm.Diff(claim, after);
        isClerical &= asserts.Count == 0
            && !changes.Exists(static c => c.Name.EndsWith(".code", StringComparison.Ordinal));
        return (changes, isClerical ? FixSafety.Clerical : FixSafety.NeedsChart, asserts);
    }

    /// <summary>The field that waits for a value; where the fix names none, that of the finding.</summary>
    static Place Asked(in Finding finding) =>
        finding.First is { Op: ChangeOp.Add, Value.Kind: ArgKind.None } supply ? supply.Place : finding.Place;

    /// <summary>Fills a field of a line with what the chart codes to.</summary>
    bool ApplyChart(Claim claim, in Finding finding)
    {
        var (place, index) = (Asked(finding), claim.IndexOf(finding.Place.Line));
        if (chart is null || index < 0) return false;
        coded ??= engine.Code(chart);
        var of = CodedLine(claim, index);
        if (of < 0) return place.ClaimField == Field.Code && ApplyCode(claim, index);
        ref readonly var from = ref coded.Claim.Lines[of];
        ref var line = ref claim.EditLines()[index];
        switch (place.ClaimField)
        {
            case Field.Modifiers:
                var had = line.Modifiers;
                for (var i = 0; i < from.Modifiers.Count; i++) line.Modifiers = line.Modifiers.With(from.Modifiers[i]);
                return line.Modifiers != had;
            case Field.Ndc or Field.NdcUnit or Field.NdcQuantity when !from.Ndc.IsNone:
                (line.Ndc, line.NdcText, line.NdcUnit, line.NdcQuantity) =
                    (from.Ndc, default, from.NdcUnit, from.NdcQuantity);
                return true;
            case Field.RevenueCode when !from.RevenueCode.IsNone && from.RevenueCode != line.RevenueCode:
                line.RevenueCode = from.RevenueCode;
                return true;
            case Field.Units or Field.Units1 or Field.Count when from.Units != line.Units:
                line.Units = from.Units;
                return true;
            default: return false;
        }
    }

    /// <summary>The code of the line in the same place, with its units, where the claim has it nowhere.</summary>
    bool ApplyCode(Claim claim, int index)
    {
        if (index >= coded!.Claim.Lines.Length) return false;
        ref readonly var from = ref coded.Claim.Lines[index];
        foreach (ref readonly var line in claim.Lines)
            if (line.Code == from.Code && !Repeats(from.Code)) return false;
        (claim.EditLines()[index].Code, claim.EditLines()[index].Units) = (from.Code, from.Units);
        return true;
    }

    bool Repeats(Code code) => coded!.Claim.Lines.ToArray().Count(l => l.Code == code) > 1;

    /// <summary>The line that the chart codes to: of the same code, as many lines of it before.</summary>
    int CodedLine(Claim claim, int index)
    {
        var code = claim.Lines[index].Code;
        var earlier = 0;
        for (var i = 0; i < index; i++)
            if (claim.Lines[i].Code == code) earlier++;
        for (var i = 0; i < coded!.Claim.Lines.Length; i++)
            if (coded.Claim.Lines[i].Code == code && earlier-- == 0) return i;
        return -1;
    }

    /// <summary>Why the chart codes the line as it does, and what was given.</summary>
    List<string> Evidence(Claim claim, in Finding finding)
    {
        if (chart is null) return [];
        coded ??= engine.Code(chart);
        var said = new List<string>();
        var index = claim.IndexOf(finding.Place.Line);
        if (index >= 0 && CodedLine(claim, index) is >= 0 and var of)
        {
            foreach (var step in coded.StepsOf(coded.Claim.Lines[of].Number))
                said.Add(InWords(coded.Trace.Steps[step - 1]));
            said.RemoveRange(0, Math.Max(0, said.Count - StepsShown)); // the last ones decide the line's modifiers
        }
        // a shot is no sign of work of a visit's own
        if (index < 0 || !IsVisit(claim, claim.Lines[index].Code)) said.AddRange(Given());
        return said;
    }

    bool IsVisit(Claim claim, Code code) => engine.Book.TryCode(code, claim.ServiceDate, out var row)
        && row.Groups.HasAny(Group.Visit | Group.NurseVisit | Group.PreventiveVisit | Group.WellnessVisit);

    /// <summary>Question, answer and fact of a step of coding.</summary>
    string InWords(in Step step)
    {
        var names = ResultJson.NamesOf(engine.Book);
        var fact = Sentence.Fact(step, names);
        return $"{step.Question.Asked} {Sentence.Answer(step, names)}{(fact.Length > 0 ? ": " + fact : "")}";
    }

    /// <summary>Each administration of the chart in a line.</summary>
    IEnumerable<string> Given()
    {
        using var json = JsonDocument.Parse(document);
        if (!json.RootElement.TryGetProperty("administrations", out var list)) yield break;
        foreach (var one in list.EnumerateArray())
            yield return string.Join(", ", new[] { "drug", "dose", "route", "site", "start", "lot", "indication" }
                .Select(name => one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                    ? name == "lot" ? "lot " + value.GetString() : value.GetString()! : "")
                .Where(static text => text.Length > 0));
    }

    /// <summary>The field of the form, where the form of this claim has it.</summary>
    static string FieldOf(Place place, Setting setting)
    {
        var name = NameOf(place.ClaimField);
        if (place.Line > 0)
            return ClaimForm.LineAt(place.Line, FormFields.OfLine.On(setting).Any(f => f.Name == name) ? name : "code");
        return place.ClaimField switch
        {
            Field.Diagnoses => ClaimForm.DiagnosisAt(Math.Max(1, place.Ordinal)),
            Field.PriorAuthorization => "authorization",
            Field.Frequency => "frequency",
            Field.Charge => "charge",
            Field.PlaceOfService => setting == Setting.Facility ? "bill" : ClaimForm.LineAt(1, "place"),
            Field.RenderingNpi when setting == Setting.Facility => "attendingNpi",
            Field.AdmissionType => "admissionType",
            Field.AdmissionSource => "admissionSource",
            Field.PatientStatus => "patientStatus",
            _ => "",
        };
    }

    static string NameOf(Field field) => field switch
    {
        Field.Units or Field.Units1 or Field.Count => "units",
        Field.Modifiers => "modifiers",
        Field.Code or Field.Lines => "code",
        Field.Charge => "charge",
        Field.Pointers => "pointers",
        Field.Date or Field.ServiceDate => "date",
        Field.PlaceOfService => "place",
        Field.RevenueCode => "revenue",
        Field.Ndc => "ndc",
        Field.NdcUnit => "ndcUnit",
        Field.NdcQuantity => "ndcQuantity",
        _ => "",
    };
}
