using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>Fluids, flushes and infusions side by side (COD0161–COD0165).</summary>
public static partial class CodingFindings
{
    static Citation FluidRules => new(Authority.Ncci, "NCCI Policy Manual 2026, ch. XI §B-4 to §B-6");

    public static readonly FindingInfo
        FluidNotUnderstood = new("COD0161", "fluid-purpose-not-understood", Severity.Error, Outcome.Denial, FluidRules,
            "the charted purpose of {0} is not understood: it may be hydration or keeping a line open, so it is held", "INJ-055 INJ-012",
            Chart("Chart the purpose: hydration, keep open, vehicle, flush or transfusion")) { Maker = Maker.Coding },
        FluidWithBlood = new("COD0162", "fluid-with-blood", Severity.Warning, Outcome.Denial, FluidRules,
            "{0} that runs with blood or between its units is not hydration: it is left off", "INJ-055",
                Chart("If it also treated dehydration, chart that infusion by itself, with its times")) { Maker = Maker.Coding },
        FluidNeedNotCharted = new("COD0163", "fluid-need-not-charted", Severity.Warning, Outcome.Denial, FluidRules,
            "{0} beside chemotherapy or a transfusion is billed only for its own medical need, and none is charted: it is held", "INJ-055",
            Chart("Chart the diagnosis that the fluid treats")) { Maker = Maker.Coding },
        ChemoBesideChemo = new("COD0164", "chemotherapy-beside-chemotherapy", Severity.Warning, Outcome.Underpayment,
            new(Authority.Ncci, "NCCI Policy Manual 2026, ch. XI §N-6"),
            "{0} ran beside other chemotherapy, and no code covers that time; the rest is too short for a code",
                "INJ-057 INJ-040", Chart("Check the times; 96549 with a note is the unlisted service")) { Maker = Maker.Coding },
        FlushAlone = new("COD0165", "flush-alone", Severity.Warning, Outcome.Underpayment, new(Authority.CodeSet,
            "CPT 96523"),
            "only a flush ({0}) was done, and the kind of line is not charted: 96523 is for an implanted port", "INJ-059", Chart("Chart the line: implanted port, or other")) { Maker = Maker.Coding };
}
