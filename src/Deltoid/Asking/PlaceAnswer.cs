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

    /// <summary>A visit by video, and an injection in the office on the same day: two encounters, each with its
    /// place.</summary>
    public static ReplyKind? AfterVideo(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        string[] places = asked.Has("pos:12") || asked.Has("video-home") ? ["10", "11"]
            : asked.Has("pos:02") ? ["02", "11"] : ["02", "10", "11"];
        foreach (var place in places)
            if (asked.Book.Place(Code.Of(place), asked.Day) is { } known)
                draft.State("POS " + place, "place of service", known.Name, known.Dates, "POS24");
        draft.CiteTable("POS24", "02, 10, 11").Say(places.Length > 2
            ? "Both are billed, each with its own place: the video visit with POS 10 when the patient was at home, else POS 02; the injection and its drug with POS 11"
            : $"Both are billed, each with its own place: the video visit with POS {places[0]}, the injection and its drug with POS 11");
        foreach (var rule in row.Rules) draft.SayRule(rule);
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
