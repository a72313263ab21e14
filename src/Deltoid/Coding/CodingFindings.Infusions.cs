using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>Fluids, flushes and infusions side by side (COD0161–COD0165).</summary>
internal static partial class CodingFindings
{
    static Citation FluidRules => new(Authority.Ncci, "NCCI Policy Manual 2026, ch. XI §B-4 to §B-6");

    public static readonly FindingInfo FluidNotUnderstood = new()
    {
        Id = "COD0161", Name = "fluid-purpose-not-understood", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = FluidRules,
        Message = "the charted purpose of {0} is not understood: it may be "
            + "hydration or keeping a line open, so it is held",
        Rules = "INJ-055 INJ-012",
        Fix = Chart("Chart the purpose: hydration, keep open, vehicle, flush or transfusion"),
    };

    public static readonly FindingInfo FluidWithBlood = new()
    {
        Id = "COD0162", Name = "fluid-with-blood", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = FluidRules,
        Message = "{0} that runs with blood or between its units is not hydration: it is left off",
        Rules = "INJ-055", Fix = Chart("If it also treated dehydration, chart that infusion by itself, with its times"),
    };

    public static readonly FindingInfo FluidNeedNotCharted = new()
    {
        Id = "COD0163", Name = "fluid-need-not-charted", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = FluidRules,
        Message = "{0} beside chemotherapy or a transfusion is billed only for its own "
            + "medical need, and none is charted: it is held",
        Rules = "INJ-055", Fix = Chart("Chart the diagnosis that the fluid treats"),
    };

    public static readonly FindingInfo ChemoBesideChemo = new()
    {
        Id = "COD0164", Name = "chemotherapy-beside-chemotherapy", Severity = Severity.Warning,
        Outcome = Outcome.Underpayment, Maker = Maker.Coding,
        Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. XI §N-6"),
        Message = "{0} ran beside other chemotherapy, and no code covers that time; the rest is too short for a code",
        Rules = "INJ-057 INJ-040", Fix = Chart("Check the times; 96549 with a note is the unlisted service"),
    };

    public static readonly FindingInfo FlushAlone = new()
    {
        Id = "COD0165", Name = "flush-alone", Severity = Severity.Warning, Outcome = Outcome.Underpayment,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 96523"),
        Message = "only a flush ({0}) was done, and the kind of line is not charted: 96523 is for an implanted port",
        Rules = "INJ-059", Fix = Chart("Chart the line: implanted port, or other"),
    };
}
