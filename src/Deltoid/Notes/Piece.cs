using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>What a piece of a note is.</summary>
internal enum Bit : byte
{
    Drug, Amount, Strength, Percent, Bare, Route, Site, Container, Source, Person, Supervision, Response, Lot, Expiry,
    Ndc, Date, Time, Span, Minutes, Needle, Diagnosis, Procedure, Visit, Cue, Label, Section, Reason, Work, Sex, Fact,
    Imaging, Payer, Box, Contrast, Mix, Muscle, Stranger,
}

/// <summary>A piece of a note that may become a fact: what it says, and the words that say it.</summary>
internal sealed class Piece
{
    public required Bit Kind { get; init; }

    /// <summary>As the encounter writes it; of a cue, why; of a label, which.</summary>
    public string Value { get; set; } = "";

    /// <summary>The end of a span of time, the volume of a strength, the reach of a cue, the name of a
    /// person.</summary>
    public string Other { get; set; } = "";

    public Amount Amount { get; set; }

    public int Number { get; set; }

    /// <summary>The name of a person, without the credential.</summary>
    public string Payload { get; set; } = "";

    public Drug? Drug { get; set; }

    public required int Start { get; set; }

    public required int End { get; set; }

    public required int FirstToken { get; set; }

    public required int EndToken { get; set; }

    public int Sentence { get; set; }

    /// <summary>Its place among all pieces; of a drug, <see cref="DrugOrder"/> its place among drugs.</summary>
    public int Order { get; set; }

    public int DrugOrder { get; set; }

    public bool IsDropped { get; set; }

    public bool IsGiven { get; set; }

    /// <summary>A local anesthetic, which is mixed with another or used by itself.</summary>
    public bool IsLocal => Drug?.Name is "lidocaine" or "bupivacaine" or "ropivacaine" or "mepivacaine"
        or "lidocaine with epinephrine";

    public bool IsLabeled { get; set; }

    /// <summary>Said in a second record of the same shot, which may contradict the first.</summary>
    public bool IsOfSecondRecord { get; set; }

    /// <summary>A lot, expiry or NDC that a later line of correction replaces.</summary>
    public bool IsTakenBack { get; set; }

    /// <summary>In words that correct what was written before.</summary>
    public bool Corrects { get; set; }

    public override string ToString() => $"{Kind} {Value} {Other} [{Start}..{End}) s{Sentence}";
}
