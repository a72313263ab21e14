using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Envelope;

/// <summary>Sets: where they begin, where they may be cut, what goes before each part of one.</summary>
internal sealed partial class BlockCutter
{
    /// <summary>A copied run of a set that holds for what follows.</summary>
    readonly record struct Copied(byte[] Text, long FileOffset, int Ordinal);

    /// <summary>No more is copied for a part than this many times its length, however long a set's header is.</summary>
    const int MostCopies = 8;

    SetPlace place = null!;
    Cut cut = Cut.Nowhere;
    readonly Copied?[] runs = new Copied?[Cut.MostRanks + 1]; // the header, then one of each rank
    int openRun; // index of the run in the making, or -1
    int runStart, runOrdinal;
    int ordinal; // segments of the set that are passed
    int headers; // ISA among them: each was reported, and may not be counted
    int setPartOrdinal, setPartLevel, level;

    void OpenSet(ReadOnlySpan<byte> segment, int end)
    {
        if (state == State.InInterchange) OpenMissingGroup();
        (st, state, ordinal, headers) = (segment.ToArray(), State.InSet, 1, 0);
        set++;
        setsSeen++;
        var findings = new FindingList();
        if (!sets.Add(Text(st, 2))) Told(X12Findings.SetAgain, findings, name: "ST"u8, element: 2);
        var version = ElementOf(st, 3) is { IsEmpty: false } own ? own : ElementOf(gs, 8);
        var guide = TransactionSet.Find(known, ElementOf(st, 1), version.Trim(" \t\r\n"u8), out var isCurrent)?.Guide;
        if (guide is not null && RivalOf(st) is { } rival && Strangers(rival.Guide) < Strangers(guide))
            (guide, isCurrent) = (rival.Guide, true);
        if (guide is null) TellNotSupported(System.Text.Encoding.Latin1.GetString(version).Trim(), findings);
        else JudgeGroup(guide, isCurrent, findings);
        place = new(interchange, group, set, delimiters, guide);
        Add(EnvelopeKind.Set, st, findings, 0, place, 1);
        cut = guide?.Set.Cut ?? Cut.Nowhere;
        Array.Clear(runs);
        openRun = 0;
        runStart = at;
        runOrdinal = 1;
        from = at;
        (setPartOrdinal, setPartLevel, level) = (1, 0, 0);
        at = end + 1;
    }

    /// <summary>
    /// Where ST03 and GS08 name two guides, so many bytes of the set are looked at to know by which one it is written.
    /// </summary>
    const int LookAhead = 16 * 1024;

    /// <summary>The set that GS08 names, where ST03 names another one; null where they agree.</summary>
    TransactionSet? RivalOf(ReadOnlySpan<byte> segment)
    {
        if (ElementOf(segment, 3).IsEmpty || gs.Length == 0) return null;
        var own = TransactionSet.Find(known, ElementOf(segment, 1), ElementOf(segment, 3).Trim(" \t\r\n"u8), out _);
        var rival = TransactionSet.Find(known, ElementOf(segment, 1), ElementOf(gs, 8), out _);
        return own is null || own == rival ? null : rival;
    }

    /// <summary>How many of the next segments a guide does not have.</summary>
    int Strangers(Guide guide)
    {
        var text = buffer.AsSpan(at, Math.Min(filled - at, LookAhead));
        var count = 0;
        for (int next; (next = text.IndexOf(delimiters.Segment)) >= 0; text = text[(next + 1)..])
        {
            var name = ElementOf(text[..next].TrimStart("\r\n \t"u8), 0);
            if (name.SequenceEqual("SE"u8)) break;
            if (name.Length is 2 or 3 && guide.NameNumber(Cut.Packed(name)) < 0) count++;
        }
        return count;
    }

    /// <summary>
    /// A set that is not read, or another version of one that is: by its name, and with what to ask for.
    /// </summary>
    void TellNotSupported(string version, FindingList findings)
    {
        var row = KnownSets.Find(Text(st, 1), version);
        var info = row >= 0 && KnownSets.IsOtherVersion(row) ? X12Findings.OtherVersion : X12Findings.NotSupported;
        var element = info == X12Findings.OtherVersion && ElementOf(st, 3).Length > 0 ? 3 : 1;
        Told(info, findings, KnownSets.Instead(row), "ST"u8, element, KnownSets.Name(row));
    }

    /// <summary>A set without a group is read all the same.</summary>
    void OpenMissingGroup()
    {
        group++;
        set = 0;
        setsSeen = 0;
        setsOff = 0;
        gs = [];
        state = State.InGroup;
        groupsOff++;
        sets.Clear();
        Add(EnvelopeKind.Stray, default, Told(X12Findings.OutsideGroup, name: "ST"u8));
    }

    void JudgeGroup(Guide guide, bool isCurrent, FindingList findings)
    {
        if (!isCurrent) Told(X12Findings.OtherAddenda, findings, name: "ST"u8, element: 3);
        if (gs.Length == 0) return;
        if (set == 1 && Text(gs, 1) != guide.Set.Functional)
            Told(X12Findings.UnknownGroup, findings,
                ControlOf(System.Text.Encoding.ASCII.GetBytes(guide.Set.Functional)), "GS"u8, 1,
                ControlOf(ElementOf(gs, 1)), functionalAt);
        if (ElementOf(st, 3).Length > 0 && Text(gs, 8) != Text(st, 3))
            Told(X12Findings.GroupVersion, findings, name: "ST"u8, element: 3, found: Excerpt.Of(ElementOf(st, 3)));
    }

    bool StopInSet(ushort letters, int end)
    {
        here = at;
        var segment = SegmentTo(end);
        var name = ElementOf(segment, 0);
        if (letters == Se && name.SequenceEqual("SE"u8))
        {
            (at, ordinal) = (end + 1, ordinal + 1);
            CloseSet(segment.ToArray());
            return true;
        }
        if (name.SequenceEqual("ISA"u8))
        {
            if (!TrySeeHeader(end, out var isStray)) return false;
            if (isStray)
            {
                (at, ordinal, headers) = (end + 1, ordinal + 1, headers + 1);
                return true;
            }
        }
        if (name.SequenceEqual("ST"u8) || name.SequenceEqual("GS"u8) || name.SequenceEqual("GE"u8)
            || name.SequenceEqual("ISA"u8) || name.SequenceEqual("IEA"u8))
        {
            CloseSet(default, isCut: name.SequenceEqual("ISA"u8));
            return true;
        }
        if (cut.RankOf(segment, delimiters.Element) is >= 0 and var rank) BeginRank(rank);
        if (name.SequenceEqual("HL"u8))
            level = Digits.TryScaled(ElementOf(segment, 1), 0, out var number) && number is > 0 and < int.MaxValue
                ? (int)number
                : level + 1;
        (at, ordinal) = (end + 1, ordinal + 1);
        return true;
    }

    /// <summary>Something of a rank begins: what was open ends, and here the part may be cut.</summary>
    void BeginRank(int rank)
    {
        CloseRun();
        if (at - from >= setPartSize && at - from > CopiedLength() / MostCopies) CutHere(isLast: false);
        for (var i = rank + 1; i < runs.Length; i++) runs[i] = null;
        var isDeepest = rank == cut.Ranks - 1;
        (openRun, runStart, runOrdinal) = isDeepest ? (-1, at, 0) : (rank + 1, at, ordinal + 1);
    }

    /// <summary>What is copied for the part in the making.</summary>
    int CopiedLength()
    {
        var length = 0;
        foreach (var run in setPartRuns) length += run.Text.Length;
        return length;
    }

    void CloseRun()
    {
        if (openRun < 0) return;
        runs[openRun] = new Copied([.. buffer.AsSpan(runStart, at - runStart)], offset + runStart, runOrdinal);
        openRun = -1;
    }

    /// <summary>Puts the part that ends here into the block, after copies of what holds for it.</summary>
    void CutHere(bool isLast, bool isCut = false)
    {
        if (place.Guide is not null && at > from)
        {
            var context = new List<SegmentRun>();
            AddCopy(context,
                [.. isa, delimiters.Segment, .. gs, .. gs.Length > 0 ? [delimiters.Segment] : Array.Empty<byte>()], 0,
                0);
            if (setPartOrdinal > 1)
                foreach (var run in setPartRuns) AddCopy(context, run.Text, run.FileOffset, run.Ordinal);
            var start = block.Append(buffer.AsSpan(from, at - from));
            block.Items.Add(new(null,
                new SetPart(place, [.. context], new(start, at - from, offset + from, setPartOrdinal), setPartLevel,
                    isLast, isCut)));
        }
        (from, setPartOrdinal, setPartLevel) = (at, ordinal + 1, level);
        setPartRuns.Clear();
        foreach (var run in runs)
            if (run is { } known) setPartRuns.Add(known);
    }

    readonly List<Copied> setPartRuns = [];

    void AddCopy(List<SegmentRun> context, ReadOnlySpan<byte> text, long fileOffset, int ordinalOfFirst) =>
        context.Add(new(block.Append(text), text.Length, fileOffset, ordinalOfFirst));

    /// <param name="isCut">The file ends here, which is reported once, for all that is open.</param>
    void CloseSet(byte[]? segment, bool isCut = false)
    {
        openRun = -1;
        var counted = ordinal - EmptyFrom(from, segment);
        CutHere(isLast: true, isCut);
        var findings = TakeLast();
        if (segment is null && isCut) { } // reported where the file ends
        else if (segment is null && EndsInSmallLetters()) { } // reported for its name
        else if (segment is null)
        {
            setsOff++;
            Told(X12Findings.NoSe, findings, name: "SE"u8);
        }
        else
        {
            Compare(X12Findings.SegmentCount, segment, 1, counted, findings, headers);
            if (Text(segment, 2) != Text(st, 2))
                Told(X12Findings.SetControl, findings, ControlOf(segment, 2), "SE"u8, 2, ControlOf(st, 2));
        }
        Add(EnvelopeKind.SetEnd, segment, findings, ordinal, place, ordinal);
        state = gs.Length > 0 || group > 0 ? State.InGroup : State.InInterchange;
        from = at;
    }

    /// <summary>The last segment of the set is its SE, written <c>se</c>.</summary>
    bool EndsInSmallLetters()
    {
        var text = buffer.AsSpan(0, at).TrimEnd("\r\n \t"u8);
        if (text.Length == 0 || text[^1] != delimiters.Segment) return false;
        text = text[..^1];
        text = text[(text.LastIndexOf(delimiters.Segment) + 1)..].TrimStart("\r\n \t"u8);
        return text.Length > 3 && text[2] == delimiters.Element
            && (text[0] | 0x20) == 's' && (text[1] | 0x20) == 'e';
    }

    /// <summary>
    /// Segments of the last part that are empty or without a name, as after a terminator in a text, where the set's
    /// count is right without them: they are reported, not counted.
    /// </summary>
    int EmptyFrom(int start, byte[]? segment)
    {
        if (segment is null || !Digits.TryScaled(ElementOf(segment, 1), 0, out var stated) || stated >= ordinal)
            return 0;
        var nameless = 0;
        for (var text = buffer.AsSpan(start, at - start);
            text.IndexOf(delimiters.Segment) is >= 0 and var end; text = text[(end + 1)..])
        {
            var name = ElementOf(text[..end].TrimStart("\r\n \t"u8), 0);
            if (name.Length is not (2 or 3)) nameless++;
        }
        return stated == ordinal - nameless ? nameless : 0;
    }
}
