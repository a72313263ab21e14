using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// One encounter being coded: what it is judged by, what has been found so far, the lines in the making.
/// </summary>
internal sealed class Case(Encounter encounter, CodeBook book, PayerProfile profile, Trace? trace, FindingList findings)
{
    public Encounter Encounter { get; } = encounter;

    public CodeBook Book { get; } = book;

    public PayerProfile Profile { get; } = profile;

    public Trace? Trace { get; } = trace;

    public FindingList Findings { get; } = findings;

    public DateOnly Date { get; } = encounter.ServiceDate;

    public List<Given> Givens { get; } = [];

    public List<Draft> Drafts { get; } = [];

    /// <summary>The claim is the hospital's (or another facility's) own.</summary>
    public bool Institutional { get; } = encounter.Setting == Setting.Facility;

    /// <summary>The place where Medicare pays the practitioner the facility rate.</summary>
    public bool FacilityPlace { get; } =
        book.Place(encounter.PlaceOfService, encounter.ServiceDate) is { Facility: true };

    /// <summary>
    /// A practitioner's claim from a facility: drugs and their administration are the facility's to bill.
    /// </summary>
    public bool IsProfessionalInFacility => FacilityPlace && !Institutional;

    public void Ask(Given? given, Question question, Answer answer, Place at, Arg a = default, Arg b = default,
        Arg value = default)
    {
        if (Trace is null) return;
        var step = Trace.Add(question, answer, at, a, b, value);
        given?.Steps.Add(step);
    }

    public void Ask(Draft draft, Question question, Answer answer, Place at, Arg a = default, Arg b = default,
        Arg value = default)
    {
        if (Trace is not null) draft.Steps.Add(Trace.Add(question, answer, at, a, b, value));
    }

    public void Say(FindingInfo info, Place at, Arg a = default, Arg b = default, Arg c = default, Arg d = default)
    {
        if (info.IsInForce(Date)) Findings.Add(info, at, a, b, c, d);
    }

    /// <summary>A line for giving a drug: the charted procedure where it is that one, else a new line.</summary>
    public Draft Bill(Given given, Code code, long units = 1)
    {
        if (Charted(given, code) is { } procedure)
        {
            procedure.Givens.Add(given);
            return procedure;
        }
        var draft = new Draft(code, Part.Administration, given.Ordinal)
        {
            Units = Quantity.Of(units), Where = given.Where
        };
        draft.Givens.Add(given);
        Drafts.Add(draft);
        return draft;
    }

    /// <summary>
    /// The charted procedure that this administration is the drug of: same code, and not another place on the body.
    /// </summary>
    public Draft? Charted(Given given, Code code) =>
        Drafts.Find(d => d.Part == Part.Procedure && d.Code == code && d.Givens.Count == 0
            && d.Where.Compare(given.Where) != Likeness.Different);

    /// <summary>
    /// How a finding or a trace names the drug: by the book, else by its code, else as the administration's place
    /// alone.
    /// </summary>
    public static Arg Name(Given given) =>
        given.Drug is { } drug ? Arg.Drug(drug.Index) : given.Hcpcs.IsNone ? Arg.Drug(-1) : Arg.Of(given.Hcpcs);

    /// <summary>
    /// A cancer diagnosis on the administration, or on the visit when it has none of its own.
    /// </summary>
    public bool HasNeoplasm(Given given)
    {
        foreach (var code in given.Charted.Diagnoses.Count > 0 ? given.Charted.Diagnoses : Encounter.Diagnoses)
            if (IsNeoplasm(code)) return true;
        return false;
    }

    public bool IsNeoplasm(Code code) => Book.DiagnosisKinds.Is(DiagnosisKind.Neoplasm, code);
}
