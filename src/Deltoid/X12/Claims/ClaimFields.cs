using Deltoid.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// The segments of a claim guide that the writer makes from fields, by part and loop, in the order of the guide.
/// </summary>
sealed partial class ClaimFields
{
    /// <summary>A segment that a field fills.</summary>
    public readonly record struct FieldRow(int Row, ClaimAction Action, Party Party);

    /// <summary>
    /// A loop with segments that fields fill: those from <paramref name="From"/> to before <paramref name="Thru"/>.
    /// </summary>
    public readonly record struct FieldLoop(int Loop, int First, int From, int Thru);

    static readonly ClaimAction[] OnlyRead =
        [ClaimAction.None, ClaimAction.LineNote, ClaimAction.Made, ClaimAction.Admitted, ClaimAction.Past];

    public static readonly ClaimFields Professional = new(ClaimSets.Professional.Guide),
        Institutional = new(ClaimSets.Institutional.Guide);

    readonly int[] byAction = new int[((int)ClaimAction.LineOwed + 1) * 16];
    readonly FieldLoop[][] loops = new FieldLoop[(int)Section.Lost][];
    readonly int[] byRow;
    readonly (Section, ClaimAction)[] places;

    ClaimFields(Guide guide)
    {
        Guide = guide;
        Array.Fill(byAction, -1);
        for (var i = guide.Segments.Length - 1; i >= 0; i--)
            byAction[(guide.Segments[i].Action * 16) + guide.Segments[i].Owner] = i;
        Fields = [.. guide.Segments.Where(IsWritten)
            .Select(static s => new FieldRow(s.Index, (ClaimAction)s.Action, (Party)s.Owner))];
        byRow = [.. guide.Segments.Select(s => Array.FindIndex(Fields, f => f.Row == s.Index))];
        places = [.. guide.Segments.Select(static s => (s.Section, (ClaimAction)s.Action))];
        for (var part = 0; part < loops.Length; part++) loops[part] = LoopsOf((Section)part);
        sources = [.. Fields.Select(static f => SourcesOf(f.Action, f.Party))];
        sourcesOfParts = [.. Enumerable.Range(0, loops.Length).Select(i => SourcesOfPart((Section)i))];
        OtherDiagnoses = guide.SegmentIndex("2300", "HI", "BF");
    }

    static bool IsWritten(SegmentRow row)
    {
        var action = (ClaimAction)row.Action;
        return Array.IndexOf(OnlyRead, action) < 0 && action < ClaimAction.OtherSubscriber;
    }

    FieldLoop[] LoopsOf(Section part)
    {
        var found = new List<FieldLoop>();
        for (var i = 0; i < Fields.Length; i++)
        {
            var row = Guide.Segments[Fields[i].Row];
            if (row.Section != part) continue;
            if (found.Count > 0 && found[^1].Loop == row.Loop) found[^1] = found[^1] with { Thru = i + 1 };
            else found.Add(new(row.Loop, Guide.Loops[row.Loop].First, i, i + 1));
        }
        return [.. found];
    }

    public Guide Guide { get; }

    /// <summary>All of them, in the order of the guide's rows.</summary>
    public FieldRow[] Fields { get; }

    /// <summary>The HI of a facility's further diagnoses.</summary>
    public int OtherDiagnoses { get; }

    public FieldLoop[] this[Section part] => loops[(int)part];

    public int this[ClaimAction action, Party party = default] => byAction[((int)action * 16) + (int)party];

    /// <summary>The part of the claim that a row is in, and what it does there.</summary>
    public (Section Section, ClaimAction Action) PlaceOf(int row) => places[row];

    /// <summary>The field that a row is filled by, or -1.</summary>
    public int FieldOf(int row) => row < 0 ? -1 : byRow[row];
}
