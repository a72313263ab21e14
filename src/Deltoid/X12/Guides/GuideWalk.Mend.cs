using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// One fault, one finding: where a segment does not fit, a few ways to read on are tried over the next segments (as it
/// stands, with the segment that begins the loop supplied, with this one passed over, with one moved), and the one with
/// the fewest errors is taken.
/// </summary>
sealed partial class GuideWalk
{
    /// <summary>Segments that are looked at, and how far one may have moved.</summary>
    const int Ahead = 9, MostMoved = 4;

    /// <summary>No more of the text is looked at.</summary>
    const int AheadBytes = 4096;

    /// <summary>A file of nonsense is not mended without end.</summary>
    const int MostMends = 50;

    enum Mending : byte { AsItIs, Supply, PassOver, Early, Late, Recode }

    /// <param name="Level">Of <see cref="Mending.Supply"/> and <see cref="Mending.Recode"/>: the open level, and there
    /// the entry of the loop. Of
    /// <see cref="Mending.PassOver"/> of a segment that comes late: its level and row; else -1.</param>
    /// <param name="Distance">Of a segment that moved: by how many segments.</param>
    readonly record struct Mend(Mending Kind, int Level = 0, int Entry = 0, int Distance = 0)
    {
        /// <summary>Which segment is read in the n-th place; -1: none.</summary>
        public int At(int n) => Kind switch
        {
            Mending.PassOver or Mending.Recode => n == 0 ? -1 : n,
            Mending.Early => n < Distance ? n + 1 : n == Distance ? 0 : n,
            Mending.Late => n == 0 ? Distance : n <= Distance ? n - 1 : n,
            _ => n,
        };

        /// <summary>The one that moved.</summary>
        public int Moved => Kind == Mending.Late ? Distance : Kind == Mending.Early ? 0 : -1;
    }

    /// <summary>A segment that is out of place further on, or an entry that came before its loop.</summary>
    readonly record struct Displaced(int Ordinal, int Row);

    readonly bool isTrial;
    readonly (int Start, int Length)[] next = new (int, int)[Ahead];
    GuideWalk? trial;
    SegmentReader? ahead;
    int nexts, mends, mended;
    int ghost = int.MaxValue; // from this level on rows are withheld: the reader has not seen the loop begin
    Displaced late;
    (int Loop, int Entry) early = (-1, -1);

    /// <summary>The reader takes segments that come late, and levels without their HL, for what they are.</summary>
    public bool ReadsOn { get; init; }

    /// <summary>
    /// The segment that begins a loop and is missing, where its loop was entered all the same; -1 of none.
    /// </summary>
    public int Supplied { get; set; } = -1;

    /// <summary>A trial knows no rules, makes no findings, only counts them.</summary>
    GuideWalk(Guide guide) : this(guide, new Faults { Quiet = true }) => isTrial = true;

    GuideWalk? shadow;
    bool isShadowed;

    /// <summary>The row that was given is not the one that the segment was judged by.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>
    /// A reader that does not read on gets the rows of a walk that mends nothing: the writer of what it read walks so
    /// too.
    /// </summary>
    void BeginShadow()
    {
        shadow ??= new GuideWalk(guide);
        shadow.CopyFrom(this);
        (isShadowed, isCalm) = (true, false);
    }

    int PlaceInShadow(SegmentReader segment, int row)
    {
        // of the segment that was mended first, the shadow has not taken its step either
        var plain = shadow!.PlaceHere(segment);
        IsUnsure = plain != row;
        Judged = row;
        return plain;
    }

    /// <summary>Of a segment whose row is unsure, the one that it is judged by; -1 of none.</summary>
    public int Judged { get; private set; }

    void CopyFrom(GuideWalk other)
    {
        (depth, lost) = (other.depth, other.lost);
        other.levels.AsSpan(0, depth + 1).CopyTo(levels);
        other.counts.CopyTo(counts, 0);
        other.keys.CopyTo(keys, 0);
        faults.Count = 0;
    }

    /// <summary>What must be there is not, of the loops that close for an entry, or before it.</summary>
    bool Lacks(int level, int index)
    {
        for (var i = depth; i > level; i--)
            if (Lacking(levels[i]) != 0) return true;
        var loop = guide.Loops[levels[level].Loop];
        return loop.Entries[index].Child is >= 0 and var child && IsCutAt(child)
            && (Lacking(levels[level]) & loop.Entries[index].Before) != 0;
    }

    bool IsLate(in Level level, int index) => guide.Loops[level.Loop].Entries[index].Position < level.Position;

    /// <summary>A segment that comes once, and that is known by its name alone.</summary>
    bool IsUnkeyed(in Level level, int index) =>
        guide.Loops[level.Loop].Entries[index] is { Child: < 0, Max: 1 } entry
            && guide.Segments[entry.Segment].Keys.Length == 0;

    /// <summary>An entry that cannot come again.</summary>
    bool IsFull(in Level level, int index)
    {
        ref var entry = ref guide.Loops[level.Loop].Entries[index];
        return entry.Max != GuideTable.Endless && (level.Seen >> index & 1) != 0 && counts[entry.Counter] >= entry.Max;
    }

    ulong Lacking(in Level level) => guide.Loops[level.Loop].MustHave & ~level.Seen & ~level.Told;

    /// <summary>Reads on in the way that makes the fewest errors; false where that is as it stands.</summary>
    /// <param name="index">Of the entry that takes the segment out of place or too often, or in place with others
    /// missing; -1 of none.</param>
    /// <param name="isElsewhere">The entry takes another code than the segment has.</param>
    bool TryMend(SegmentReader segment, int name, int level, int index, bool isElsewhere, out int row)
    {
        row = -1;
        mended = faults.Ordinal;
        if (mends++ >= MostMends) return false;
        ReadAhead(segment);
        if (nexts == 0) return false; // the segment is longer than what is looked at
        var (best, least) = (default(Mend), Cost(segment, default, int.MaxValue, out _));
        var landed = -1;
        var isTwin = IsTwin(segment);
        // the same segment twice is one too many: the second is not the one that a later loop misses
        var prefersMove = !isTwin
            && (isElsewhere || index < 0 || (IsFull(levels[level], index) && IsUnkeyed(levels[level], index)));
        void Try(Mend mend, bool wins = false)
        {
            var cost = Cost(segment, mend, least + 1, out var at);
            if (cost > least || (cost == least && !wins)) return;
            (best, least, landed) = (mend, cost, at);
        }
        var pass = new Mend(Mending.PassOver, -1);
        if (index >= 0 && IsLate(levels[level], index))
            pass = pass with { Level = level, Entry = guide.Loops[levels[level].Loop].Entries[index].Segment };
        if (isTwin) Try(pass, wins: true);
        if (segment.Id == LevelName)
            foreach (var recoded in OtherLevels(segment.Packed(3))) Try(recoded, wins: index < 0);
        if (index >= 0 && level < depth && IsLate(levels[level], index))
            foreach (var recoded in MissingLoops(segment)) Try(recoded);
        if (least > 1 || prefersMove || faults.IsStray(faults.Ordinal - 1))
        {
            for (var d = 1; d <= MostMoved && d < nexts; d++) Try(new(Mending.Late, Distance: d));
            for (var d = 1; d <= MostMoved && d < nexts; d++)
                Try(new(Mending.Early, Distance: d), d == 1 && prefersMove);
            for (var l = depth; l >= 0; l--)
                for (var e = 0; e < guide.Loops[levels[l].Loop].Entries.Length; e++)
                    if (guide.Loops[levels[l].Loop].Entries[e].Child is >= 0 and var child
                        && Takes(child, name, segment))
                        // a segment of that loop alone says more of what is missing than that it has no place
                        Try(new(Mending.Supply, l, e), wins: index < 0 && best.Kind == Mending.AsItIs);
            if (!isTwin) Try(pass);
        }
        if (best.Kind == Mending.AsItIs) return false;
        if (!ReadsOn && !isShadowed) BeginShadow();
        row = Apply(best, segment, name, level, index, landed);
        return true;
    }

    /// <summary>
    /// Loops that are missing in those that are open, and that begin with such a segment with another code.
    /// </summary>
    IEnumerable<Mend> MissingLoops(SegmentReader segment)
    {
        for (var l = depth; l >= 0; l--)
            for (var lacking = Lacking(levels[l]); lacking != 0; lacking &= lacking - 1)
            {
                var e = System.Numerics.BitOperations.TrailingZeroCount(lacking);
                if (guide.Loops[levels[l].Loop].Entries[e].Child is >= 0 and var child
                    && guide.Segments[guide.Loops[child].First] is { KeyElement: 1 } first && first.Id == segment.Id
                    && Array.IndexOf(first.Keys, segment.Packed(1)) < 0)
                    yield return new(Mending.Recode, l, e);
            }
    }

    /// <summary>
    /// Reads a level that is in its place, but does not hold what follows, as another one if that makes fewer errors.
    /// </summary>
    bool TryRecode(SegmentReader segment, out int row)
    {
        row = -1;
        mended = faults.Ordinal;
        if (mends++ >= MostMends) return false;
        ReadAhead(segment);
        if (nexts == 0) return false; // the segment is longer than what is looked at
        var (best, least) = (default(Mend), Cost(segment, default, int.MaxValue, out _));
        foreach (var mend in OtherLevels(segment.Packed(3)))
            if (Cost(segment, mend, least, out _) is var cost && cost < least) (best, least) = (mend, cost);
        if (best.Kind == Mending.AsItIs) return false;
        if (!ReadsOn && !isShadowed) BeginShadow();
        isCalm = false;
        row = Recode(best, segment);
        return true;
    }

    /// <summary>Where the next segments are; the first is the one in hand.</summary>
    void ReadAhead(SegmentReader segment)
    {
        trial ??= new GuideWalk(guide);
        ahead ??= new SegmentReader();
        nexts = 0;
        var length = Math.Min(segment.Limit - segment.Start, AheadBytes);
        ahead.Open(segment.Buffer, segment.Start, length, segment.Delimiters);
        while (nexts < Ahead && ahead.Next() && (!ahead.IsCut || ahead.End == segment.Limit))
            next[nexts++] = (ahead.Start, ahead.End - ahead.Start);
    }

    /// <summary>How many errors the next segments make, read in this way; a way that mends is one itself.</summary>
    /// <param name="enough">More than this many need not be counted.</param>
    /// <param name="landed">The row that took the segment that moved.</param>
    int Cost(SegmentReader segment, in Mend mend, int enough, out int landed)
    {
        trial!.CopyFrom(this);
        var isReported = mend.Kind == Mending.Supply && faults.IsStray(faults.Ordinal - 1);
        var cost = mend.Kind == Mending.AsItIs || isReported ? 0 : 1;
        if (mend is { Kind: Mending.PassOver, Level: >= 0 }) trial.MarkSeen(mend.Entry);
        if (mend.Kind == Mending.Supply)
        {
            Open(segment, 0);
            while (trial.depth > mend.Level) trial.Close(ahead!);
            trial.Enter(ahead!, mend.Entry, isThere: false);
        }
        if (mend.Kind == Mending.Recode)
        {
            Open(segment, 0);
            trial.Recode(mend, ahead!);
        }
        cost += Run(segment, mend, -1, enough, out landed);
        if (mend.Moved >= 0 && landed < 0) return int.MaxValue;
        if (mend.Kind != Mending.Late || cost >= enough) return cost;
        // the late one does not open the loop that others are in before it comes
        trial.CopyFrom(this);
        trial.MarkSeen(landed);
        return Math.Max(cost, 1 + Run(segment, default, mend.Distance, enough, out _));
    }

    /// <param name="without">The segment that is not read, or -1.</param>
    int Run(SegmentReader segment, in Mend mend, int without, int enough, out int landed)
    {
        landed = -1;
        for (var n = 0; n < nexts && trial!.faults.Count < enough; n++)
        {
            if (mend.At(n) is not (>= 0 and var at) || at == without) continue;
            Open(segment, at);
            var row = trial.PlaceHere(ahead!);
            if (at == mend.Moved) landed = row;
        }
        return trial!.faults.Count + trial.Missed();
    }

    /// <summary>
    /// What is missing before the last segment that was read, and will be reported where its loop ends.
    /// </summary>
    int Missed()
    {
        var missed = 0;
        for (var level = 0; level <= depth; level++)
        {
            var (lacking, entries) = (Lacking(levels[level]), guide.Loops[levels[level].Loop].Entries);
            for (; lacking != 0; lacking &= lacking - 1)
                if (entries[System.Numerics.BitOperations.TrailingZeroCount(lacking)].Position < levels[level].Position)
                    missed++;
        }
        return missed;
    }

    void Open(SegmentReader segment, int number)
    {
        ahead!.Open(segment.Buffer, next[number].Start,
            Math.Min(next[number].Length + 1, segment.Limit - next[number].Start), segment.Delimiters);
        ahead.Next();
    }

    /// <summary>The segment is the one before it once more, to the letter.</summary>
    internal static bool IsTwin(SegmentReader segment)
    {
        var mark = segment.Delimiters.Segment;
        var before = segment.Buffer.AsSpan(segment.Origin, segment.Start - segment.Origin);
        if (mark is not ((byte)'\n' or (byte)'\r')) before = before.TrimEnd("\r\n \t"u8);
        if (before.IsEmpty || before[^1] != mark || !before[..^1].EndsWith(segment.Text)) return false;
        before = before[..^(segment.Text.Length + 1)];
        return before.IsEmpty || before[^1] == mark || before[^1] is (byte)'\n' or (byte)'\r';
    }

    /// <summary>Whether a segment can come in a loop, after the one that begins it.</summary>
    bool Takes(int loop, int name, SegmentReader segment)
    {
        var of = guide.Loops[loop];
        for (var i = (int)of.ByName[name]; i < of.ByName[name + 1]; i++)
            if (of.Candidates[i] is var candidate
                && (candidate.KeyElement == 0 || candidate.Fits(segment.Packed(candidate.KeyElement))))
                return true;
        return false;
    }

    int Apply(in Mend mend, SegmentReader segment, int name, int level, int index, int landed)
    {
        isCalm = false;
        switch (mend.Kind)
        {
            case Mending.Late:
                late = new(faults.Ordinal + mend.Distance, landed);
                MarkSeen(landed);
                return PlaceHere(segment);
            case Mending.Early:
                ReportDisplaced(segment, landed);
                if (IsOpenedBetween(segment, mend.Distance, landed) || !MarkSeen(landed)) early = EntryOf(landed);
                return -1;
            case Mending.Supply:
                Supply(mend, segment);
                return PlaceHere(segment);
            case Mending.Recode: return Recode(mend, segment);
            default:
                return PassOver(segment, name, level, index);
        }
    }

    /// <summary>The loop of a segment that came early begins between its place and where it belongs.</summary>
    bool IsOpenedBetween(SegmentReader segment, int distance, int row)
    {
        var first = guide.Segments[guide.Loops[EntryOf(row).Loop].First].Id;
        for (var n = 1; n <= distance; n++)
        {
            Open(segment, n);
            if (ahead!.Id == first) return true;
        }
        return false;
    }

    /// <summary>The loop that has a segment, or the loop that it begins, among its entries, and the entry.</summary>
    (int Loop, int Entry) EntryOf(int row)
    {
        var own = guide.Segments[row].Loop;
        var begins = guide.Loops[own].First == row;
        var homes = begins && guide.Loops[own].Parents.Length > 0 ? guide.Loops[own].Parents : [own];
        var home = Array.Find(homes, h => Array.Exists(levels[..(depth + 1)], l => l.Loop == h));
        if (home == 0) home = homes[0];
        var entry = Array.FindIndex(guide.Loops[home].Entries,
            e => home != own ? e.Child == own : e.Child < 0 && e.Segment == row);
        return (home, entry);
    }

    /// <summary>Takes a segment that comes at another place for there; false where its loop is not open.</summary>
    bool MarkSeen(int row)
    {
        var (loop, entry) = EntryOf(row);
        for (var level = depth; level >= 0 && entry >= 0; level--)
        {
            if (levels[level].Loop != loop) continue;
            Mark(ref levels[level], entry);
            levels[level].Told |= 1UL << entry; // its elements are not looked for here
            return true;
        }
        return false;
    }

    /// <summary>Takes an entry for one that has come, once, at a place that is not its own.</summary>
    void Mark(ref Level level, int index)
    {
        ref var entry = ref guide.Loops[level.Loop].Entries[index];
        if ((level.Seen >> index & 1) == 0)
            (counts[entry.Counter], keys[entry.Counter], firsts[entry.Counter]) = (1, 0, default);
        level.Seen |= 1UL << index;
    }

    /// <summary>
    /// The loop begins of which an entry came before it. Where that entry begins a loop itself, what follows belongs to
    /// that one.
    /// </summary>
    void MarkEarly()
    {
        ref var level = ref levels[depth];
        ref var entry = ref guide.Loops[level.Loop].Entries[early.Entry];
        Mark(ref level, early.Entry);
        level.Told |= 1UL << early.Entry;
        early = (-1, -1);
        if (entry.Child < 0 || depth + 1 >= MostLevels) return;
        level.Position = entry.Position;
        levels[++depth] = new Level { Loop = entry.Child };
        ghost = Math.Min(ghost, depth);
    }

    int ReportDisplaced(SegmentReader segment, int row)
    {
        var of = guide.Segments[row];
        var begins = guide.Loops[of.Loop].First == row && guide.Loops[of.Loop].Parents.Length > 0;
        faults.Report(X12Findings.OutOfSequence, begins ? guide.Loops[of.Loop].Row : of.Row, segment.Id,
            begins ? guide.Loops[of.Loop].Parents[0] : of.Loop, segment.Start);
        return -1;
    }

    /// <summary>
    /// Enters a loop whose first segment is missing, or has a name or code that nobody knows and was reported for that.
    /// </summary>
    void Supply(in Mend mend, SegmentReader segment)
    {
        while (depth > mend.Level) Close(segment);
        var child = guide.Loops[levels[depth].Loop].Entries[mend.Entry].Child;
        var first = guide.Segments[guide.Loops[child].First];
        if (faults.TakeStray(faults.Ordinal - 1, first.Id)) levels[depth].Guessed |= 1UL << mend.Entry;
        else
            faults.Report(X12Findings.SegmentMissing, first.Row, first.Id, child, segment.Start);
        Enter(segment, mend.Entry, isThere: false);
        lost = false;
        Supplied = first.Index;
        levels[depth].IsSupplied = true;
        if (!ReadsOn || Array.IndexOf(CutAt, first.Id) < 0)
            ghost = Math.Min(ghost, depth); // a number is all that HL and LX say
    }

    /// <summary>A segment that is one too many.</summary>
    int PassOver(SegmentReader segment, int name, int level, int index)
    {
        if (index < 0 || name < 0) return Unplaced(segment, name);
        ref var entry = ref guide.Loops[levels[level].Loop].Entries[index];
        if (IsFull(levels[level], index)) ReportTooMany(segment, entry, levels[level].Loop);
        else if (IsTwin(segment))
            faults.Report(X12Findings.SegmentAgain, guide.Segments[entry.Segment].Row, segment.Id,
                guide.Segments[entry.Segment].Loop, segment.Start);
        else if (IsLate(levels[level], index))
        {
            MarkSeen(entry.Segment);
            Report(segment, X12Findings.OutOfSequence, entry, levels[level].Loop);
        }
        else faults.Report(X12Findings.UnexpectedSegment, 0, segment.Id, Loop, segment.Start);
        return -1;
    }

    void ReportTooMany(SegmentReader segment, in Entry entry, int loop) =>
        Report(segment, entry.Child < 0 ? X12Findings.TooManySegments : X12Findings.TooManyLoops, entry,
            entry.Child < 0 ? loop : entry.Child, Arg.Count(entry.Max));

    /// <summary>By which of its elements a segment of this name is known from others; nothing where by none.</summary>
    Arg KeyOf(SegmentReader segment)
    {
        foreach (var row in guide.Segments)
            if (row.Id == segment.Id && row.Keys.Length > 0)
                return ValueFaults.Of(ValueForm.None, ValueFault.Key, row.KeyElement);
        return default;
    }
}
