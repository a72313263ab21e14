using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What a place of service means for an injection there.</summary>
internal static class PlaceAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Place.IsNone || asked.Book.Place(asked.Place, asked.Day) is not { } place
            || Uses.Shipped.Place(place.Code.ToString()) is not { } use)
            return null;
        var text = place.Code.ToString();
        draft.State("POS "
            + text, "place of service", $"{place.Name}; {(place.Facility ? "facility" : "not a facility")} in the fee schedule", place.Dates, "POS24");
        draft.State("POS " + text, "injection", use.Says, DateRange.Always, "POS24").CiteTable("POS24", text);
        draft.Say($"POS {text} ({place.Name}), {(place.Facility ? "a facility" : "not a facility")} in Medicare's fee schedule: {use.Says}");
        SayBundle(asked, draft);
        foreach (var rule in use.Rules.Split(' ')) draft.SayRule(rule);
        if (use.Rules.Contains("INJ-181", StringComparison.Ordinal)) draft.Ask("supervision").Ask("performer");
        foreach (var ask in row.Asks) draft.Ask(ask);
        return ReplyKind.Answer;
    }

    /// <summary>The code that holds drug and giving it there.</summary>
    static void SayBundle(Inquiry asked, ReplyDraft draft)
    {
        foreach (var drug in asked.Drugs)
            foreach (var bundle in drug.Bundles)
                if (bundle.Place == asked.Place && !bundle.Code.IsNone && bundle.Dates.Contains(asked.Day))
                {
                    draft.State(bundle.Code.ToString(), "bundle", $"{drug.Name}, drug and giving it", bundle.Dates,
                        bundle.Source)
                        .CiteTable("HCP26", bundle.Code.ToString());
                    draft.Say($"The bundle for {drug.Name} is {bundle.Code}").CiteRule("INJ-037");
                }
    }
}
