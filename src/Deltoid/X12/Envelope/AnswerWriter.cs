using Deltoid.Answers;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>
/// Writes an answer in the order in which its segments were kept. A kept segment is written again with what the fields
/// say in place of what it says, and one that no field came from as it is; what the fields say and no kept segment does
/// is put where the guide has it. Loops are walked as the reader walked them, so the fields are moved on
/// (<see cref="Enter"/>) as the reader filled them. Counts are made again.
/// </summary>
internal abstract partial class AnswerWriter
{
    readonly SegmentReader segment = new();
    readonly GuideWalk walk;
    int[] rows = new int[64]; // of the kept segments; -1 of those without a place
    int[] depths = new int[64]; // how deep the loop stands that each is of
    byte[] text = [];
    int at; // the next kept segment
    int start, end; // the kept segments of the instance of a loop that is written, loops in it included

    private protected AnswerWriter(SegmentWriter output, Guide guide) =>
        (Output, Guide, walk) = (output, guide, new GuideWalk(guide, new Faults { Quiet = true }));

    /// <summary>Where it is written to; the caller takes what was written and clears it as it likes.</summary>
    public SegmentWriter Output { get; }

    private protected Guide Guide { get; }

    private protected Answer Answer { get; private set; } = null!;

    /// <summary>No segment was kept: all that the guide asks for is made.</summary>
    private protected bool IsNew => Answer.Segments.IsEmpty;

    /// <summary>Moves the fields on to the instance of a loop that is now written.</summary>
    private protected abstract void Enter(int loop);

    /// <summary>
    /// Whether the fields say a segment or loop that has not been written: of a list one more, else one that was not
    /// kept.
    /// </summary>
    private protected abstract bool Needs(SegmentRow row);

    /// <summary>A row whose segments, or whose loop's instances, are a list in the fields.</summary>
    private protected abstract bool IsList(SegmentRow row);

    /// <summary>Writes the elements of a row's segment.</summary>
    private protected abstract void Fill(SegmentRow row);

    /// <summary>Whether fields came from a kept segment: where one may stand they are those of the last.</summary>
    private protected virtual bool IsSource(SegmentRow row, int kept) => IsList(row) || !Has(row.Index, kept + 1, end);

    /// <summary>
    /// Whether a kept segment of a list, or a loop's instance that it begins, is no more in the fields.
    /// </summary>
    private protected virtual bool IsGone(SegmentRow row, int kept) => IsList(row) && !Needs(row);

    /// <summary>Begins an answer: finds the rows of its kept segments by going through the guide.</summary>
    /// <param name="above">Names of segments that stand above the first one kept, ST first; none when that is ST
    /// itself.</param>
    private protected void Open(Answer answer, params ReadOnlySpan<string> above)
    {
        Answer = answer;
        var kept = answer.Segments;
        if (rows.Length < kept.Length) (rows, depths) = (new int[kept.Length * 2], new int[kept.Length * 2]);
        at = 0;
        while (above.IsEmpty && at < kept.Length && !answer[kept[at].Text].StartsWith("ST"u8))
            rows[at++] = -1; // the envelope
        (start, end) = (at, kept.Length);
        var length = Join(above);
        segment.Open(text, 0, length, answer.Delimiters);
        walk.Begin();
        foreach (var _ in above)
            if (segment.Next()) walk.Place(segment);
        for (var i = at; i < end; i++) (rows[i], depths[i]) = (segment.Next() ? walk.Place(segment) : -1, walk.Depth);
    }

    /// <summary>One text of the names above and the kept segments, each with a terminator.</summary>
    int Join(ReadOnlySpan<string> above)
    {
        var length = 0;
        foreach (var name in above) Add(System.Text.Encoding.ASCII.GetBytes(name));
        foreach (ref readonly var kept in Answer.Segments[at..]) Add(Answer[kept.Text]);
        return length;

        void Add(ReadOnlySpan<byte> one)
        {
            if (length + one.Length + 1 + SegmentReader.Slack > text.Length)
                Array.Resize(ref text, ((length + one.Length) * 2) + 256);
            one.CopyTo(text.AsSpan(length));
            length += one.Length;
            text[length++] = Answer.Delimiters.Segment;
        }
    }

    /// <summary>Writes the set, ST to SE.</summary>
    private protected void WriteSet(Answer answer)
    {
        BeginSet(answer);
        WriteEntries(0, 0, int.MaxValue);
    }

    private protected void BeginSet(Answer answer)
    {
        Open(answer);
        Output.Segments = 0;
        WriteFirst(0, isKept: at < end);
    }

    /// <summary>Passes over what was kept, up to a segment of one of these rows.</summary>
    private protected void PassTo(params ReadOnlySpan<int> any)
    {
        while (at < end && !any.Contains(rows[at])) at++;
        start = at;
    }

    /// <summary>Goes to a kept segment; what comes before it is not written.</summary>
    private protected void StartAt(int kept) => at = start = kept;

    /// <summary>What is kept from there on is not written now.</summary>
    private protected void EndAt(int kept) => end = kept;

    /// <summary>
    /// The next kept segment of a row after another, in the instance that is written; begin with -1. None is -1.
    /// </summary>
    private protected int Next(int row, int after) =>
        Array.IndexOf(rows, row, Math.Max(after + 1, start), end - Math.Max(after + 1, start));

    /// <summary>
    /// Whether a segment of a row was kept, in the instance that is written or in a part of what was kept.
    /// </summary>
    private protected bool Has(int row) => Has(row, start, end);

    private protected bool Has(int row, int from, int thru) => Array.IndexOf(rows, row, from, thru - from) >= 0;

    /// <summary>A kept segment of a row follows, in whatever loop.</summary>
    private protected bool IsToCome(int row) => Has(row, at, Answer.Segments.Length);

    /// <summary>Where the kept segments of a loop's instance end.</summary>
    private protected int EndOf(int first)
    {
        var next = first + 1;
        while (next < end
            && (rows[next] < 0 || depths[next] > depths[first]
                || (depths[next] == depths[first] && Guide.Loops[Guide.Segments[rows[next]].Loop].First != rows[next])))
            next++;
        return next;
    }

    /// <summary>Writes an instance of a loop: the one that the next kept segment begins, or a new one.</summary>
    void WriteLoop(int loop, bool isKept)
    {
        var outer = (start, end);
        (start, end) = (at, isKept ? EndOf(at) : at);
        Enter(loop);
        WriteFirst(loop, isKept);
        WriteEntries(loop, 0, int.MaxValue);
        (start, end) = outer;
    }

    void WriteFirst(int loop, bool isKept)
    {
        if (isKept) WriteKept();
        else Use(Guide.Segments[Guide.Loops[loop].First], -1);
    }

    /// <summary>
    /// Writes what is in an instance of a loop, up to a kept segment of an entry after: what was kept in its
    /// order, and before it what only the fields say.
    /// </summary>
    private protected void WriteEntries(int loop, int from, int thru)
    {
        var entries = Guide.Loops[loop].Entries;
        while (at < end)
        {
            var entry = Array.FindIndex(entries, e => e.Segment == rows[at]);
            if (entry >= thru) break;
            for (; from < entry; from++) AddMissing(entries[from]);
            WriteEntry(entry < 0 ? new Entry { Child = -1 } : entries[entry]);
        }
        for (; from < Math.Min(thru, entries.Length); from++) AddMissing(entries[from]);
    }

    void WriteEntry(in Entry entry)
    {
        var row = rows[at];
        if (entry.Child < 0) WriteKept();
        else if (IsGone(Guide.Segments[row], at)) at = EndOf(at);
        else WriteLoop(entry.Child, isKept: true);
        if (row >= 0 && IsList(Guide.Segments[row]) && !Has(row, at, end))
            Add(entry); // what the list has beyond those kept
    }

    void AddMissing(in Entry entry)
    {
        if (!Has(entry.Segment)) Add(entry);
    }

    /// <summary>Writes what the fields say beyond what was kept.</summary>
    void Add(in Entry entry)
    {
        var row = Guide.Segments[entry.Segment];
        for (var more = Needs(row); more; more = IsList(row) && Needs(row))
            if (entry.Child < 0) Use(row, -1);
            else WriteLoop(entry.Child, isKept: false);
    }

    /// <summary>Writes the next kept segment.</summary>
    private protected void WriteKept()
    {
        var (kept, row) = (at++, rows[at - 1] < 0 ? null : Guide.Segments[rows[at - 1]]);
        if (row is null || row.Action == 0 || !IsSource(row, kept)) Copy(kept);
        else if (row.Index == Guide.Loops[row.Loop].First || !IsGone(row, kept)) Use(row, kept);
    }

    private protected void Use(SegmentRow row, int kept)
    {
        (template, templateEnd, IsKept) = (0, -1, kept >= 0);
        if (kept >= 0) OpenTemplate(kept);
        Output.Begin(row.NameBytes);
        Fill(row);
        Pass(int.MaxValue);
        Output.End();
    }

    /// <summary>Writes a kept segment as it came.</summary>
    void Copy(int kept)
    {
        OpenTemplate(kept);
        var name = Answer[Answer.Segments[kept].Text];
        var cut = name.IndexOf(Answer.Delimiters.Element);
        Output.Begin(cut < 0 ? name : name[..cut]);
        Pass(int.MaxValue);
        Output.End();
    }
}
