using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Findings;
using Deltoid.Traces;

namespace Deltoid.Results;

/// <summary>
/// The steps of a trace that explain a line, in the words of a coder. Rows: a question, an answer, a sentence over its
/// arguments.
/// </summary>
static class Reasons
{
    /// <summary>Where a reason belongs: to the line that gives the drug, to the drug's own line, or to any.</summary>
    enum On : byte { Any, Giving, Drug }

    /// <param name="Holds">When the sentence is true of the step; null for always. The first row that fits
    /// speaks.</param>
    readonly record struct Row(Question Question, Answer Answer, On On, string Text, Func<Step, bool>? Holds = null);

    static readonly Row[] Rows =
    [
        new(Questions.VaccineCode, Answer.Value, On.Giving,
            "{0} is this payer's code for giving a vaccine; the codes for drug injections are not for vaccines."),
        new(Questions.RsvCode, Answer.Value, On.Giving, "{0} is the code for giving this antibody on this date."),
        new(Questions.Bundle, Answer.Yes, On.Any, "{1} includes {0} and giving it."),
        new(Questions.Counseled, Answer.Yes, On.Giving,
            "The patient is {0} years old, and counseling by a qualified professional is charted."),
        new(Questions.Rsv, Answer.Yes, On.Giving, "{0} is an RSV antibody, not a vaccine."),
        new(Questions.Prep, Answer.Yes, On.Giving, "{0} prevents HIV, for which this payer asks for its own code."),
        new(Questions.OnBody, Answer.Yes, On.Giving, "It is an on-body injector, whose application has its own code."),
        new(Questions.Injection, Answer.Value, On.Giving,
            "The code book does not know this drug; for its charted purpose and route the code is {v}.", IsUnknownDrug),
        new(Questions.Injection, Answer.Value, On.Giving,
            "By this route the code is {v}; the code book does not class {0}.", static step => step.B.Value == 0),
        new(Questions.Injection, Answer.Value, On.Giving, "{0} is {1}; by this route the code is {v}."),
        new(Questions.Minutes, Answer.Value, On.Giving, "{0} ran {v}."),
        new(Questions.Initial, Answer.Value, On.Giving,
            "{0} ranks first in the order of a facility's services, so it is the initial service."),
        new(Questions.PrimaryReason, Answer.Value, On.Giving,
            "{0} is the main reason for the visit, so it is the initial service."),
        new(Questions.RankedFirst, Answer.Value, On.Giving,
            "{0} ranks first among what was given by vein, so it is the initial service."),
        new(Questions.OnlyService, Answer.Value, On.Giving,
            "{0} is all that was given through this access, so it is the initial service."),
        new(Questions.FlushAlone, Answer.Yes, On.Giving, "The flush of the port is all that was done."),
        new(Questions.Sequential, Answer.Yes, On.Giving,
            "{0} is a further drug through the same access, beside the initial service."),
        new(Questions.Remainder, Answer.Yes, On.Giving,
            "{0} went on for {1} outside the other infusions, which are a further service."),
        new(Questions.Concurrent, Answer.Yes, On.Giving, "{0} ran beside another infusion for {1}."),
        new(Questions.HydrationTime, Answer.Value, On.Giving, "{v} of hydration ran outside every other infusion."),
        new(Questions.MoreHours, Answer.Value, On.Giving, "{0} count as {v} of this add-on code."),
        new(Questions.Target, Answer.Value, On.Giving, "The charted route and site lead to {0}."),
        new(Questions.Guided, Answer.Yes, On.Giving, "The guidance that this code asks for is charted."),
        new(Questions.Fluoroscopy, Answer.Yes, On.Giving,
            "Fluoroscopy is charted, and the injection's code does not include it."),
        new(Questions.Side, Answer.Yes, On.Any, "The charted side is {0}."),
        new(Questions.Digit, Answer.Yes, On.Any, "The finger or toe is charted, so the line carries {0}."),
        new(Questions.Muscles, Answer.Value, On.Giving, "{v} muscles are charted."),
        new(Questions.Lesions, Answer.Value, On.Giving, "{v} lesions are charted."),
        new(Questions.Allergen, Answer.Yes, On.Giving, "It is allergen immunotherapy."),
        new(Questions.OwnRoute, Answer.Value, On.Giving, "{0} by this route ({1}) is {v}."),
        new(Questions.LimbMuscles, Answer.Value, On.Giving, "Limbs or trunk: {0}; muscles: {1}."),
        new(Questions.Pair, Answer.Yes, On.Any, "{0} takes {1} in unless the chart makes them distinct."),
        new(Questions.DifferentDrug, Answer.Yes, On.Any, "Another drug is charted ({0}),"),
        new(Questions.OtherStructure, Answer.Yes, On.Any, "Another structure or side is charted,"),
        new(Questions.OwnDiagnosis, Answer.Yes, On.Any, "{0} was given for a diagnosis of its own, {1},"),
        new(Questions.OwnIndication, Answer.Yes, On.Any, "An indication of its own is charted for {0},"),
        new(Questions.RepeatedByOrder, Answer.Yes, On.Any,
            "The same drug was given again, at a charted time or by order,"),
        new(Questions.Repeat, Answer.Yes, On.Any, "so the line carries {0}."),
        new(Questions.OneSyringe, Answer.Yes, On.Giving,
            "It was in one syringe or bag with another drug: one administration."),
        new(Questions.SplitDose, Answer.Yes, On.Giving, "It is one ordered dose, divided."),
        new(Questions.SeparateNote, Answer.Yes, On.Any,
            "A note of its own is charted, so the visit is billed beside {0} with 25."),
        new(Questions.PreventiveVisit, Answer.Yes, On.Any,
            "The preventive visit is charted and its pair with {0} asks for 25."),
        new(Questions.ClinicVisit, Answer.Value, On.Any,
            "A hospital clinic bills {v} where the practitioner bills {0}."),
        new(Questions.Units, Answer.Value, On.Drug, "{0} at {1} a unit is {v}."),
        new(Questions.Waste, Answer.No, On.Drug, "{0} opened and {1} given: nothing is discarded.",
            static step => step.A == step.B),
        new(Questions.Waste, Answer.No, On.Drug,
            "{0} opened and {1} given: what is left is less than one billing unit."),
        new(Questions.Waste, Answer.Yes, On.Drug, "{0} opened and {1} given: what was discarded is billed with JW."),
        new(Questions.NoWasteModifier, Answer.No, On.Drug,
            "Container {0}: there is no waste to bill, so neither JW nor JZ."),
        new(Questions.DrugSupplied, Answer.Value, On.Giving, "The drug's source is {v}."),
    ];

    static bool IsUnknownDrug(Step step) => step.A.Kind == ArgKind.Drug && step.A.Value < 0;

    /// <summary>The reasons of a line, in the order of the decision, each with its authority in short.</summary>
    public static List<(string Text, string Cited)> Of(CodedVisit visit, in ServiceLine line)
    {
        var isDrug = visit.Book.TryCode(line.Code, line.Date, out var row) && row.Kind != CodeKind.Procedure;
        Func<Arg, string> names = visit.Book.NameOf;
        var reasons = new List<(string, string)>();
        foreach (var ordinal in visit.StepsOf(line.Number))
        {
            ref readonly var step = ref visit.Trace.Steps[ordinal - 1];
            if (Text(step, isDrug, names) is { } text) Append(reasons, text, Cited(visit, step, line));
        }
        return reasons;
    }

    /// <summary>
    /// A unit is the code's own; a class that the payer's contractor lists is the article's; else the question's
    /// authority.
    /// </summary>
    static string Cited(CodedVisit visit, in Step step, in ServiceLine line)
    {
        if (step.Question == Questions.Units) return $"HCPCS {line.Code}";
        if (step.Question == Questions.Injection && step.A is { Kind: ArgKind.Drug, Value: >= 0 })
            foreach (var row in visit.Book.Drugs[(int)step.A.Value].Classes)
                if (visit.Payer.Mac.Length > 0 && row.Payers == "mac:" + visit.Payer.Mac
                    && row.Dates.Contains(line.Date))
                    return visit.Book.Sources[row.Source].Short;
        return Cites.Short(step.Question.Citation);
    }

    /// <summary>A sentence that ended in a comma is carried on by the next.</summary>
    static void Append(List<(string Text, string Cited)> reasons, string text, string cited)
    {
        if (reasons.Count > 0 && reasons[^1].Text.EndsWith(','))
            reasons[^1] = ($"{reasons[^1].Text} {text}", reasons[^1].Cited);
        else if (!reasons.Exists(r => r.Text == text)) reasons.Add((text, cited));
    }

    static string? Text(in Step step, bool isDrug, Func<Arg, string> names)
    {
        foreach (var row in Rows)
        {
            if (row.Question != step.Question || row.Answer != step.Answer || row.On == (isDrug ? On.Giving : On.Drug))
                continue;
            if (row.Holds is { } holds && !holds(step)) continue;
            var value = FindingText.Of(step.Value, names);
            if (step.Question == Questions.MoreHours) value += value == "1" ? " unit" : " units";
            if (step.Question == Questions.Units) value += value == "1" ? " unit" : " units";
            return row.Text.Replace("{v}", value, StringComparison.Ordinal)
                .Replace("{0}", FindingText.Of(step.A, names), StringComparison.Ordinal)
                .Replace("{1}", FindingText.Of(step.B, names), StringComparison.Ordinal);
        }
        return null;
    }
}
