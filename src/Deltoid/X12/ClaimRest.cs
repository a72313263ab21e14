using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Takes from claims read from X12 those segments that their fields say already, so that claim JSON carries only the rest: what
/// would be written anyway, and what the claim before it in the file has said of both. The claims are handed in in their order.
/// </summary>
public sealed class ClaimRest
{
    readonly ClaimWriter writer = new(new EnvelopeTerms()) { Log = [] };
    readonly SegmentWriter canonical = new();
    SourcePlace set;
    readonly int[] levels = new int[3];

    /// <summary>Leaves of <see cref="Claim.Segments"/> what no field says; the claim was read by <see cref="ClaimReader"/>.</summary>
    public void Reduce(Claim claim)
    {
        var guide = ClaimSets.GuideOf(claim.Setting);
        claim.Own(); // places in the reader's bytes would not hold for what is added
        var segments = claim.Segments.ToArray();
        var isKept = new bool[segments.Length];
        WriteFields(claim);
        var (source, before) = (claim.Source, set);
        set = source;
        var isNewGroup = source.Interchange != before.Interchange || source.Group != before.Group;
        var isNewSet = isNewGroup || source.Set != before.Set;
        if (isNewSet) Array.Clear(levels);
        var lines = new int[segments.Length];
        for (int i = 0, line = 0; i < segments.Length; i++)
        {
            var row = segments[i].Row > 0 ? guide.Segments[segments[i].Row - 1] : null;
            if (row is { Action: (byte)ClaimAction.Line }) line++;
            lines[i] = line;
            isKept[i] = segments[i].Ordinal > 0 ? !IsSaid(claim, segments[i], row, guide, line, isNewSet) : claim[segments[i].Text].StartsWith("ISA"u8) ? source.Interchange != before.Interchange : isNewGroup;
        }
        KeepEarlier(segments, isKept, lines);
        KeepBeginnings(segments, isKept, guide);
        claim.KeepOnly(0);
        for (int i = 0, line = 0; i < segments.Length; i++)
        {
            var isLine = segments[i].Row > 0 && guide.Segments[segments[i].Row - 1].Action == (byte)ClaimAction.Line;
            if (isLine) line++;
            if (isKept[i]) claim.Keep(isLine ? segments[i] with { Text = claim.Append(LineStart(line, claim.Delimiters)) } : segments[i]);
        }
    }

    /// <summary>LX with the number that the line has among the claim's fields, whatever it was read as.</summary>
    static byte[] LineStart(int line, in Delimiters delimiters) => [.. "LX"u8, delimiters.Element, .. System.Text.Encoding.ASCII.GetBytes(line.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>What would be written of the claim without what it kept.</summary>
    void WriteFields(Claim claim)
    {
        var bare = claim.Detach();
        bare.KeepOnly(0);
        bare.Source = default;
        writer.Output.Clear();
        writer.Log!.Clear();
        writer.Restart(claim.Delimiters);
        writer.Write(bare);
    }

    bool IsSaid(Claim claim, in ClaimSegment segment, SegmentRow? row, Guide guide, int line, bool isNewSet)
    {
        if (row is null) return false;
        if (row.Section == Section.Header) return !isNewSet;
        var level = (int)row.Section - (int)Section.Billing;
        if (row.Name == "HL")
        {
            var isSame = levels[level] == segment.Ordinal;
            if (!isSame) Array.Clear(levels, level, levels.Length - level);
            levels[level] = segment.Ordinal;
            isShared[level] = isSame;
            return isSame;
        }
        if (row.Section < Section.Claim && isShared[level]) return true;
        return row.Action != 0 && IsWritten(claim, segment, row, guide, line);
    }

    readonly bool[] isShared = new bool[3];

    bool IsWritten(Claim claim, in ClaimSegment segment, SegmentRow row, Guide guide, int line)
    {
        canonical.Clear();
        canonical.Delimiters = claim.Delimiters;
        Canonical.Write(canonical, claim[segment.Text], row, guide);
        var entry = writer.Log!.FindIndex(e => e.Row == row.Index && e.Line == line);
        if (entry < 0 || !writer.Output.Written[writer.Log[entry].Start..].StartsWith(canonical.Written)) return false;
        writer.Log.RemoveAt(entry); // a second one like it is not said by the same field
        return true;
    }

    /// <summary>Of segments of one row, a later one is not taken for the first.</summary>
    static void KeepEarlier(ClaimSegment[] segments, bool[] isKept, int[] lines)
    {
        for (var i = segments.Length - 1; i >= 0; i--)
            for (var j = i - 1; isKept[i] && segments[i].Row > 0 && j >= 0; j--) isKept[j] |= segments[j].Row == segments[i].Row && lines[j] == lines[i];
    }

    /// <summary>What is kept of a loop is known by the loop's first segment, what is kept of a line by the line's too.</summary>
    static void KeepBeginnings(ClaimSegment[] segments, bool[] isKept, Guide guide)
    {
        var claimLoop = guide.LoopIndex("2300");
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (isKept[i] && segments[i] is { Row: 0, Ordinal: > 0 } && i > 0) isKept[i - 1] = true; // a segment without a place is known by the one before it
            if (!isKept[i] || segments[i].Row == 0) continue;
            for (var loop = guide.Segments[segments[i].Row - 1].Loop; loop >= 0; loop = IsLine(loop) ? guide.Loops[loop].Parents[0] : -1)
            {
                var first = i;
                while (first >= 0 && segments[first].Row - 1 != guide.Loops[loop].First) first--;
                if (first >= 0 && (loop != claimLoop || guide.Segments[segments[i].Row - 1].Loop == loop)) isKept[first] = true;
            }
        }

        bool IsLine(int loop) => guide.Loops[loop].Name.StartsWith("24", StringComparison.Ordinal);
    }
}
