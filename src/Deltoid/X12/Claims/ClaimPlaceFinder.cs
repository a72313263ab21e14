using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// Finds in the segments of a claim what findings are about. Where the lines begin is found once for a claim; belongs
/// to one worker.
/// </summary>
sealed class ClaimPlaceFinder
{
    static readonly ClaimPlaces.Spot[][] ByFieldOfClaim = ByField(ClaimPlaces.OfClaim),
        ByFieldOfLine = ByField(ClaimPlaces.OfLine);

    readonly List<int> lines = []; // where each line begins, as a place among the segments
    Claim claim = null!;
    Guide guide = null!;
    int own; // the claim's own segment
    bool isReady;

    static ClaimPlaces.Spot[][] ByField(ClaimPlaces.Spot[] spots)
    {
        var fields = new ClaimPlaces.Spot[Enum.GetValues<Field>().Length][];
        for (var field = 0; field < fields.Length; field++)
            fields[field] = Array.FindAll(spots, s => (int)s.Field == field);
        return fields;
    }

    /// <summary>The claim whose findings follow.</summary>
    public void Use(Claim next) => (claim, isReady) = (next, false);

    void Prepare()
    {
        guide = ClaimPlaces.GuideOf(claim);
        isReady = true;
        own = -1;
        lines.Clear();
        var segments = claim.Segments;
        var hasService = true;
        for (var i = 0; i < segments.Length; i++)
        {
            if (own < 0 && segments[i].Ordinal == claim.Source.Segment) own = i;
            if (segments[i].Row == 0) continue;
            var action = (ClaimAction)guide.Segments[segments[i].Row - 1].Action;
            var isService = action is ClaimAction.Professional or ClaimAction.Institutional;
            if (action == ClaimAction.Line || (isService && hasService)) lines.Add(i); // its LX may be missing
            if (action == ClaimAction.Line || isService) hasService = isService;
        }
    }

    /// <summary>
    /// The place in the file of what a finding is about; the claim's own segment, or its line's, where the field has
    /// none. Default when the claim was not read from X12.
    /// </summary>
    /// <param name="row">The guide's row of that segment, or -1.</param>
    public SourcePlace Of(in Place place, out int row)
    {
        row = -1;
        if (claim.Source.Segment == 0) return default;
        if (!isReady) Prepare();
        var segments = claim.Segments;
        var isOfLine = place.Line != 0;
        var spots = (isOfLine ? ByFieldOfLine : ByFieldOfClaim)[(int)place.ClaimField];
        var home = -1;
        var thru = place.Line < lines.Count ? lines[place.Line] : segments.Length;
        for (var i = !isOfLine ? 0 : place.Line <= lines.Count ? lines[place.Line - 1] : thru; i < thru; i++)
        {
            if (segments[i].Row == 0) continue;
            var of = guide.Segments[segments[i].Row - 1];
            var action = (ClaimAction)of.Action;
            var isHome = action is ClaimAction.Claim or ClaimAction.Professional or ClaimAction.Institutional;
            if (home < 0 && isHome) home = i;
            foreach (ref readonly var spot in spots.AsSpan())
                if (spot.Action == action && (byte)spot.Party == of.Owner)
                    return At(i, spot, place, out row);
        }
        if (home >= 0) return At(home, default(ClaimPlaces.Spot), out row);
        row = own >= 0 ? segments[own].Row - 1 : -1;
        return claim.Source;
    }

    /// <summary>
    /// Of a list (diagnoses, modifiers, pointers) the one that the place names, from 1, as its ordinal.
    /// </summary>
    SourcePlace At(int index, ClaimPlaces.Spot spot, in Place place, out int row)
    {
        if (place is { Ordinal: > 0, Line: 0, ClaimField: Field.Diagnoses })
        {
            var (segment, element) = ClaimPlaces.Diagnoses(claim).ElementAtOrDefault(place.Ordinal - 1);
            if (element > 0) return At(segment, spot with { Element = element, Component = 2 }, out row);
        }
        else if (place is { Ordinal: > 0, ClaimField: Field.Modifiers })
            spot = spot with { Component = spot.Component + place.Ordinal - 1 };
        else if (place is { Ordinal: > 0, ClaimField: Field.Pointers }) spot = spot with { Component = place.Ordinal };
        return At(index, spot, out row);
    }

    /// <summary>
    /// Bytes are counted from the claim's own segment, whose place in the file is known; what comes before the claim
    /// may have been copied from further up, and has none.
    /// </summary>
    SourcePlace At(int index, in ClaimPlaces.Spot spot, out int row)
    {
        ref readonly var segment = ref claim.Segments[index];
        row = segment.Row - 1;
        var offset = 0L;
        if (own >= 0 && segment.Ordinal >= claim.Segments[own].Ordinal)
        {
            var start = segment.Text.Start + ClaimPlaces.StartIn(claim[segment.Text], claim.Delimiters, spot);
            offset = claim.Source.ByteOffset + start - claim.Segments[own].Text.Start;
        }
        return claim.Source with
        {
            Segment = segment.Ordinal,
            Element = (short)spot.Element,
            Component = (short)spot.Component,
            ByteOffset = offset,
        };
    }
}
