using System.Text;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Edits.Documentation;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Pricing;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The main job in one call: a documented visit, coded, checked, priced and explained. What it holds is all that
/// <see cref="ResultJson"/> and <see cref="ResultText"/> write.
/// </summary>
public sealed class CodedVisit
{
    /// <summary>The book that it was coded and checked by.</summary>
    public required CodeBook Book { get; init; }

    /// <summary>Null when only a claim was checked.</summary>
    public Encounter? Encounter { get; init; }

    /// <summary>The claim.</summary>
    public required Claim Claim { get; init; }

    /// <summary>The payer's profile on the service date.</summary>
    public required PayerProfile Payer { get; init; }

    /// <summary>What is wrong or open, in order.</summary>
    public required FindingList Findings { get; init; }

    /// <summary>Empty when nobody asked for the way the decisions were reached.</summary>
    public Trace Trace { get; init; } = new();

    /// <summary>
    /// What Medicare should pay for each line with all its units, in whole cents, in the order of the lines; empty when
    /// not priced.
    /// </summary>
    public IReadOnlyList<Expected> Expected { get; init; } = [];

    internal Checklist? Documentation { get; init; }

    LineIndex? steps, origins;

    /// <summary>The steps of the trace that decided a line, by their ordinals from 1.</summary>
    public ReadOnlySpan<int> StepsOf(int line) => (steps ??= new(Claim.Lines.Length, Trace.Links))[line];

    /// <summary>Where in the chart a line came from.</summary>
    internal IEnumerable<Origin> OriginsOf(int line)
    {
        origins ??= new(Claim.Lines.Length, [.. Claim.Origins.Select(static (o, i) => (o.Line, i))]);
        foreach (var index in origins[line].ToArray()) yield return Claim.Origins[index];
    }

    /// <summary>
    /// Codes an encounter, checks the claim against the chart and the history it carries, and prices its lines. What is
    /// wrong or open is in <see cref="Findings"/>; nothing is thrown for it.
    /// </summary>
    /// <param name="book">May be shared by threads.</param>
    /// <param name="scrubber">The calling thread's own; it is used again for the next visit.</param>
    public static CodedVisit Of(Encounter encounter, CodeBook book, Scrubber scrubber)
    {
        var payer = PayerOf(encounter, book);
        var (trace, findings) = (new Trace(), new FindingList());
        var claim = Coder.Code(encounter, book, payer, trace, findings);
        scrubber.Check(claim, book, payer, encounter.History, encounter, findings);
        return new()
        {
            Book = book, Encounter = encounter, Claim = claim, Payer = payer, Findings = findings, Trace = trace,
            Expected = Price(claim, book, new(encounter.PayerLocality, encounter.PayerState)),
            Documentation = Checklist.Of(encounter, payer, book),
        };
    }

    /// <summary>
    /// One visit in a facility, billed twice: by the professional for what was done in person, by the facility for the
    /// room, the staff and the drugs. The facility's claim has an F after its id.
    /// </summary>
    public static CodedVisit[] Both(Encounter encounter, CodeBook book, Scrubber scrubber)
    {
        var charted = encounter.Setting;
        encounter.Setting = Setting.Professional;
        var professional = Of(encounter, book, scrubber);
        encounter.Setting = Setting.Facility;
        var facility = Of(encounter, book, scrubber);
        encounter.Setting = charted;
        if (!facility.Claim[ClaimText.Id].IsEmpty)
            facility.Claim.Set(ClaimText.Id, [.. facility.Claim[ClaimText.Id], (byte)'F']);
        return [professional, facility];
    }

    static Expected[] Price(Claim claim, CodeBook book, in PriceTerms terms)
    {
        var expected = new Expected[claim.Lines.Length];
        for (var i = 0; i < expected.Length; i++) expected[i] = FeeSchedule.Price(claim, claim.Lines[i], book, terms);
        return expected;
    }

    /// <summary>
    /// The payer's profile on the service date, from the general to the particular: kind, state, contractor, payer. A
    /// chart that does not say the payer's state has the state of the claim that it becomes
    /// (<see cref="ClaimPayers"/>).
    /// </summary>
    public static PayerProfile PayerOf(Encounter encounter, CodeBook book)
    {
        var dash = encounter.PayerLocality.IndexOf('-', StringComparison.Ordinal);
        return PayerProfile.For(book.PayerSettings, encounter.PayerKind, encounter.ServiceDate,
            PayerProfile.IdOfState(StateOf(encounter)), dash > 0 ? encounter.PayerLocality[..dash] : "",
            encounter.PayerId);
    }

    static string StateOf(Encounter encounter)
    {
        if (encounter.PayerState.Length > 0 || encounter.BillingJson.IsEmpty) return encounter.PayerState;
        var claim = new Claim();
        ClaimJson.ReadParties(encounter.BillingJson, claim);
        return Encoding.ASCII.GetString(ClaimPayers.StateOf(claim));
    }
}
