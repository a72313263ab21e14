using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>Drugs that belong to a procedure, and what procedures need (COD0100–COD0116).</summary>
internal static partial class CodingFindings
{
    public static readonly FindingInfo PartOfOperation = new()
    {
        Id = "COD0100", Name = "drug-part-of-operation", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = PartOf,
        Message = "{0} was given for {1}: it belongs to that procedure, and neither the drug nor giving it is billed",
        Rules = "INJ-046 INJ-047 C-18",
    };

    public static readonly FindingInfo PartOfTest = new()
    {
        Id = "COD0101", Name = "drug-part-of-test", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. IX §D, §E-1; ch. XI §I-10"),
        Message = "{0} is the drug of the test {1}: giving it is part of the test, and only the drug is billed",
        Rules = "INJ-046",
    };

    public static readonly FindingInfo LineCare = new()
    {
        Id = "COD0102", Name = "drug-for-line-care", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. I §C-1, ch. XI §B-9"),
        Message = "{0} kept a line open: that is part of using the line and is not billed",
        Rules = "INJ-059",
    };

    public static readonly FindingInfo PerhapsPart = new()
    {
        Id = "COD0103", Name = "drug-reason-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = PartOf,
        Message = "{0} was given on the day of {1}, and the chart shows no reason of its own: it "
            + "may be part of {1}, so the drug and giving it are held",
        Rules = "INJ-046 INJ-047 INJ-086 C-18", Fix = Chart("Chart what the injection was for, with its own diagnosis"),
        Predicts = [new("CO-97", "M80")], Explains = "DRG0151",
    };

    public static readonly FindingInfo DrugKeepsLine = new()
    {
        Id = "COD0113", Name = "drug-of-operation-in-hospital", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = PartOf,
        Message = "{0} was given for a procedure: giving it is part of the procedure and is not billed; "
            + "the drug keeps its line, and OPPS decides whether it is packaged",
        Rules = "INJ-046 INJ-047",
    };

    public static readonly FindingInfo GivingHeld = new()
    {
        Id = "COD0114", Name = "giving-held-in-hospital", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = PartOf,
        Message = "{0} was given on the day of {1}, and the chart shows no reason of its own: giving it "
            + "may be part of {1}, so that is held; the drug keeps its line",
        Rules = "INJ-046 INJ-047 INJ-086 C-18", Fix = Chart("Chart what the injection was for, with its own diagnosis"),
        Predicts = [new("CO-97", "M80")], Explains = "DRG0151",
    };

    public static readonly FindingInfo SameOrAnother = new()
    {
        Id = "COD0104", Name = "same-site-or-another", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. IV §H-6, §H-7"),
        Message = "the chart does not show whether this is a second place for {0}: "
            + "side or structure is missing, so one is billed",
        Rules = "INJ-016 INJ-020 D-08", Fix = Chart("Chart the side and the structure of each"),
        Predicts = [new("OA-18")],
    };

    public static readonly FindingInfo ImageNotCharted = new()
    {
        Id = "COD0105", Name = "ultrasound-image-not-charted", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 20604, 20606, 20611"),
        Message = "{0} needs a stored ultrasound image, and the chart does not mention one",
        Rules = "INJ-015 INJ-017", Fix = Chart("Chart that the image was stored"),
    };

    public static readonly FindingInfo ChartedTwice = new()
    {
        Id = "COD0106", Name = "procedure-charted-twice", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. IV §H-6, §H-7"),
        Message = "{0} is charted twice for the same structure: it is billed once",
        Rules = "INJ-016", Fix = Chart("Correct the chart if two structures were injected"), Predicts = [new("OA-18")],
    };

    public static readonly FindingInfo RouteServiceOpen = new()
    {
        Id = "COD0107", Name = "route-service-open", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Cpt,
        Message = "giving {0} by this route ({1}) has several codes, and the chart "
            + "does not say which service it was; it is held",
        Rules = "INJ-001 INJ-039", Fix = Chart("Chart the procedure by its code"), Predicts = [new("CO-16")],
    };

    public static readonly FindingInfo InsideProcedure = new()
    {
        Id = "COD0108", Name = "code-inside-another", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Ncci, "NCCI PTP; CPT 96450"),
        Message = "{0} is left off: {1} includes it",
        Rules = "INJ-086 INJ-039", Predicts = [new("CO-97", "M80")],
    };

    public static readonly FindingInfo LevelsNotCharted = new()
    {
        Id = "COD0109", Name = "spinal-levels-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 64479–64495"),
        Message = "the spinal levels are not charted in a way that counts them",
        Rules = "INJ-021 D-28", Fix = Chart("Chart each level, such as L4-L5"), Predicts = [new("CO-16")],
        Explains = "DRG0150",
    };

    public static readonly FindingInfo GuidanceNotCharted = new()
    {
        Id = "COD0110", Name = "guidance-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 64479–64495"),
        Message = "{0} needs fluoroscopy or CT, and neither is charted; the procedure is held",
        Rules = "INJ-021", Fix = Chart("Chart how the needle was guided"), Predicts = [new("CO-16")],
        Explains = "DRG0150",
    };

    public static readonly FindingInfo LimbMusclesNotCharted = new()
    {
        Id = "COD0111", Name = "limb-muscles-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 64642–64647"),
        Message = "the number of muscles is not charted, so the code for {0} into limb or trunk cannot be chosen",
        Rules = "INJ-022 D-28", Fix = Chart("Chart the muscles of each limb"), Predicts = [new("CO-16")],
        Explains = "DRG0150",
    };

    public static readonly FindingInfo RouteOrSite = new()
    {
        Id = "COD0115", Name = "route-contradicts-site", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Record,
        Message = "{0} is charted as {1}, and its site names a joint, a nerve or another structure that has a code "
            + "of its own: the chart does not show which is right, and giving it is held",
        Rules = "INJ-015 INJ-021 INJ-041", Fix = Chart("Correct the route or the site"), Predicts = [new("CO-16")],
        Explains = "DRG0150",
    };

    public static readonly FindingInfo CodeOfAnotherDrug = new()
    {
        Id = "COD0116", Name = "charted-code-of-another-drug", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Hcpcs,
        Message = "{0} is charted with {1}, a code of {2}: the chart does not show "
            + "which was given, and the drug's line is held",
        Rules = "INJ-092 INJ-109", Fix = Chart("Correct the drug or the code"), Predicts = [new("CO-16", "M20")],
        Explains = "DRG0151",
    };

    public static readonly FindingInfo MusclesByLimb = new()
    {
        Id = "COD0112", Name = "muscles-not-by-limb", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 64642–64647"),
        Message = "one count of muscles is charted for {0} limbs, not a count for each limb",
        Rules = "INJ-022 D-28", Fix = Chart("Chart the muscles of each limb"), Predicts = [new("CO-16")],
        Explains = "DRG0150",
    };
}
