using System.Globalization;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Minutes into codes: the engine codes a visit with the drug and its time.</summary>
internal static class InfusionAnswer
{
    /// <summary>What runs so long is no push, whatever it is called (INJ-009, INJ-011).</summary>
    const int InfusionFrom = 16;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Minutes is not { } minutes || asked.Drugs.Count > 1 || !IsOfVein(asked)) return null;
        if (IsMixed(asked))
        {
            if (IsTooShort(asked))
                draft.FromQuestion("minutes", minutes.ToString(CultureInfo.InvariantCulture))
                    .Say(Spanish.Sentence(asked, "no", "No: ") + Spanish.Sentence(asked, "no-minutes",
                        $"{minutes} minutes: no code by its time", minutes));
            draft.SayRule("INJ-012");
            if (asked.Has("hydration-word")) draft.SayRule("INJ-055");
            draft.SayRule("INJ-050").SayRule("INJ-009").Ask("first").AskAgain("minutes");
            return ReplyKind.Answer;
        }
        var drug = asked.Drugs.Count == 1 ? asked.Drugs[0]
            : asked.Book.DrugNamed(Example(asked));
        var given = Trial.Of(asked, drug, default, default);
        given.Route = asked.Route == Route.ScInfusion ? Route.ScInfusion
            : asked.Route == Route.IvPush && minutes < InfusionFrom ? Route.IvPush : Route.IvInfusion;
        DrugAnswer.SayDoses(asked, draft);
        var visit = Trial.Code(asked, given);
        if (Doubts.Stand(asked, draft) || (drug is not null && DrugAnswer.SayOtherRoute(visit, draft)))
        {
            foreach (var rule in row.Rules) draft.SayRule(rule);
            return ReplyKind.Answer;
        }
        var lines = Trial.Lines(visit, drugs: false);
        draft.FromQuestion("minutes", minutes.ToString(CultureInfo.InvariantCulture));
        var said = minutes.ToString(CultureInfo.InvariantCulture);
        var codes = string.Join(asked.IsSpanish ? " y " : " and ",
            lines.ConvertAll(line => DrugAnswer.StateService(asked, line, draft)));
        var lead = lines.Count == 0 && asked.Has("is:InitialInfusion") ? Spanish.Sentence(asked, "no", "No: ") : "";
        draft.Say(lines.Count == 0 ? lead + Spanish.Sentence(asked, "no-minutes", $"{said} minutes: no code by its time", said)
            : Spanish.Sentence(asked, "minutes",
                $"{said} minutes{(asked.Drugs.Count == 0 ? Whose(asked) : "")}, as the first service of the visit: {codes}",
                said, "", codes));
        foreach (var rule in row.Rules) draft.SayRule(rule);
        if (asked.Has("hydration-word")) draft.SayRule("INJ-012");
        DrugAnswer.CiteSteps(visit, draft);
        DrugAnswer.SayRest(asked, draft);
        draft.Ask("first").Ask("minutes");
        if (asked.Drugs.Count == 0 && !asked.Has("hydration-word")) draft.Ask("drug");
        return ReplyKind.Answer;
    }

    /// <summary>Fluids that run too short, whose code is asked about, before the other drug.</summary>
    static bool IsTooShort(Inquiry asked) => asked.Minutes <= ShortestHydration && asked.Has("is:Hydration")
        && asked.Doubts.Count == 0;

    /// <summary>Fluids of so many minutes have no code (INJ-012).</summary>
    const int ShortestHydration = 30;

    /// <summary>A push beside an infusion, or a drug beside fluids: two services, and the minutes are of one of them.</summary>
    static bool IsMixed(Inquiry asked) => asked.Routes.IsSupersetOf([Route.IvPush, Route.IvInfusion])
        || (asked.Has("hydration-word") && (asked.Has("chemo-word") || asked.Has("beside-hydration")
            || asked.Drugs.Exists(static drug =>
                drug.Classes is not [{ Class: DrugClass.Hydration or DrugClass.Diluent }, ..])));

    /// <summary>
    /// Minutes count for what runs into a vein or under the skin; beside a shot they are the time of watching.
    /// </summary>
    static bool IsOfVein(Inquiry asked) => asked.Routes.Count > 0
        ? asked.Routes.All(static route => Inquiry.IsOfVein(route) || route == Route.ScInfusion)
        : asked.Drugs.Count == 0 || asked.Drugs[0].Routes.Count == 0 || asked.Drugs[0].Routes.Any(Inquiry.IsOfVein);

    /// <summary>A drug of the kind that is asked about, for a question that names none.</summary>
    static string Example(Inquiry asked) => asked.Has("hydration-word") ? "normal saline"
        : asked.Has("chemo-word") || asked.Has("is:ChemoAdministration") ? "paclitaxel" : "ceftriaxone";

    static string Whose(Inquiry asked) => asked.Has("chemo-word") ? " of chemotherapy" : asked.Has("hydration-word")
        ? " of hydration"
        : " of a drug that is not chemotherapy";
}
