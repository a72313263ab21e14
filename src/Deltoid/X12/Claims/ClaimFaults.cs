using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// Whether a finding of the file's form and one of an edit are about one fault: the same field, of a list the same
/// entry of it, or a field of a segment or loop that is missing, or whose values are in wrong places.
/// </summary>
internal static class ClaimFaults
{
    /// <summary>Both are of the same line, or of the claim.</summary>
    public static bool IsOneField(in Finding ofFile, in Finding ofEdit, Claim claim)
    {
        var field = ofEdit.Place.ClaimField;
        if (field == Field.None || ofEdit.Place.Part != Part.None && ofFile.Place.ClaimField != field) return false;
        if (ofFile.Place.ClaimField == Field.None) return IsOfMissing(ofFile, field, claim);
        if (ofFile.Place.ClaimField != field) return false;
        if (ofFile.Info == ClaimContentFindings.CodeVersions) return ofEdit.Info.Id is "BND0016" or "BND0017";
        if (ofEdit.Place.Part != Part.None || field is not (Field.Diagnoses or Field.Modifiers or Field.Pointers))
            return true;
        var (entry, other) = (ClaimPlaces.Exact(ofFile, claim).Ordinal, ClaimPlaces.Exact(ofEdit, claim).Ordinal);
        return entry == 0 || other == 0 || entry == other;
    }

    /// <summary>
    /// A segment that is missing, or the loop that it begins, or whose values are in wrong places, would fill the field.
    /// </summary>
    static bool IsOfMissing(in Finding ofFile, Field field, Claim claim)
    {
        var isThere = X12Findings.IsOfWrongPlaces(ofFile.Info);
        if ((!isThere && Array.IndexOf(OfMissing, ofFile.Info) < 0) || claim.Source.Segment == 0) return false;
        var guide = ClaimPlaces.GuideOf(claim);
        var isLoop = ofFile.Info == X12Findings.LoopMissing || ofFile.Info == X12Findings.LoopAsked;
        foreach (var row in guide.Segments)
        {
            if (row.Loop != (int)ofFile.C.Value || (!isLoop && row.Index != guide.SegmentOf((int)ofFile.A.Value)))
                continue;
            if (ClaimPlaces.Fills(row, field)) return true;
        }
        return false;
    }

    static readonly FindingInfo[] OfMissing =
        [X12Findings.SegmentMissing, X12Findings.LoopMissing, X12Findings.SegmentAsked, X12Findings.LoopAsked];
}
