using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Findings;
using Deltoid.Traces;

namespace Deltoid.Results;

/// <summary>The steps of a trace that explain a line, in the words of a coder. Rows: a question, an answer, a sentence over its arguments.</summary>
static class Reasons
{
    /// <summary>Where a reason belongs: to the line that gives the drug, to the drug's own line, or to any.</summary>
    enum On : byte { Any, Giving, Drug }

    readonly record struct Row(Question Question, Answer Answer, On On, string Text);

    static readonly Row[] Rows =
    [
        new(Questions.VaccineCode, Answer.Value, On.Giving, "{0} is a vaccine's administration by this payer's rule; the drug injection codes are not for vaccines."),
        new(Questions.Counseled, Answer.Yes, On.Giving, "The patient is {0} and counselling by a qualified professional is charted."),
        new(Questions.Rsv, Answer.Yes, On.Giving, "{0} is an RSV antibody, which has its own administration codes."),
        new(Questions.Prep, Answer.Yes, On.Giving, "{0} prevents HIV, for which this payer asks for its own code."),
        new(Questions.OnBody, Answer.Yes, On.Giving, "It is an on-body injector, whose application has its own code."),
        new(Questions.Injection, Answer.Value, On.Giving, "{0} is {1}; by this route that is {v}."),
        new(Questions.Minutes, Answer.Value, On.Giving, "{0} ran {v}."),
        new(Questions.Initial, Answer.Value, On.Giving, "{0} ranks first in the facility's order, so it is the initial service."),
        new(Questions.PrimaryReason, Answer.Value, On.Giving, "{0} is the main reason for the visit, so it is the initial service."),
        new(Questions.Sequential, Answer.Yes, On.Giving, "{0} followed another service through the same access."),
        new(Questions.Concurrent, Answer.Yes, On.Giving, "{0} ran beside another infusion."),
        new(Questions.HydrationTime, Answer.Value, On.Giving, "{v} of hydration stand alone."),
        new(Questions.MoreHours, Answer.Value, On.Giving, "{0} give {v} more than the first hour."),
        new(Questions.Target, Answer.Value, On.Giving, "The charted site decides {0}."),
        new(Questions.Guided, Answer.Yes, On.Giving, "The guidance that this code asks for is charted."),
        new(Questions.Fluoroscopy, Answer.Yes, On.Giving, "Fluoroscopy is charted, and the injection's code does not include it."),
        new(Questions.Side, Answer.Yes, On.Any, "The charted side is {0}."),
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
        new(Questions.RepeatedByOrder, Answer.Yes, On.Any, "The same drug was given again, at a charted time or by order,"),
        new(Questions.Repeat, Answer.Yes, On.Any, "so the line carries {0}."),
        new(Questions.OneSyringe, Answer.Yes, On.Giving, "It was in one syringe or bag with another drug: one administration."),
        new(Questions.SplitDose, Answer.Yes, On.Giving, "It is one ordered dose, divided."),
        new(Questions.SeparateNote, Answer.Yes, On.Any, "A note of its own is charted, so the visit stands beside {0} with 25."),
        new(Questions.PreventiveVisit, Answer.Yes, On.Any, "The preventive visit is charted and its pair with {0} asks for 25."),
        new(Questions.ClinicVisit, Answer.Value, On.Any, "A hospital clinic bills {v} where the practitioner bills {0}."),
        new(Questions.Units, Answer.Value, On.Drug, "{0} at {1} a unit is {v}."),
        new(Questions.Waste, Answer.No, On.Drug, "{0} opened and {1} given: nothing is discarded."),
        new(Questions.Waste, Answer.Yes, On.Drug, "{0} opened and {1} given: the rest is discarded and billed with JW."),
        new(Questions.NoWasteModifier, Answer.No, On.Drug, "Container {0}: there is no waste to bill, so neither JW nor JZ."),
        new(Questions.DrugSupplied, Answer.Value, On.Giving, "The drug's source is {v}."),
    ];

    /// <summary>The reasons of a line, in the order of the decision, each with its rule ids.</summary>
    public static List<(string Text, string Rules)> Of(CodedVisit visit, in ServiceLine line)
    {
        var isDrug = visit.Book.TryCode(line.Code, line.Date, out var row) && row.Kind != CodeKind.Procedure;
        Func<Arg, string> names = visit.Book.NameOf;
        var reasons = new List<(string, string)>();
        foreach (var ordinal in visit.StepsOf(line.Number))
        {
            ref readonly var step = ref visit.Trace.Steps[ordinal - 1];
            if (Text(step, isDrug, names) is { } text) Append(reasons, text, step.Question.Rules);
        }
        return reasons;
    }

    /// <summary>A sentence that ended in a comma is carried on by the next.</summary>
    static void Append(List<(string Text, string Rules)> reasons, string text, string rules)
    {
        if (reasons.Count > 0 && reasons[^1].Text.EndsWith(',')) reasons[^1] = ($"{reasons[^1].Text} {text}", reasons[^1].Rules);
        else if (!reasons.Exists(r => r.Text == text)) reasons.Add((text, rules));
    }

    static string? Text(in Step step, bool isDrug, Func<Arg, string> names)
    {
        foreach (var row in Rows)
        {
            if (row.Question != step.Question || row.Answer != step.Answer || row.On == (isDrug ? On.Giving : On.Drug)) continue;
            var value = FindingText.Of(step.Value, names);
            if (step.Question == Questions.MoreHours) value += value == "1" ? " hour" : " hours";
            if (step.Question == Questions.Units) value += value == "1" ? " unit" : " units";
            return row.Text.Replace("{v}", value, StringComparison.Ordinal).Replace("{0}", FindingText.Of(step.A, names), StringComparison.Ordinal).Replace("{1}", FindingText.Of(step.B, names), StringComparison.Ordinal);
        }
        return null;
    }
}
