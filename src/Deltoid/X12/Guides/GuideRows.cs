using System.Runtime.InteropServices;

namespace Deltoid.X12.Guides;

/// <summary>Whether a guide asks for an element, allows it, or wants it empty.</summary>
internal enum Use : byte { NotUsed, Situational, Required }

/// <summary>The data types of X12 elements.</summary>
internal enum ElementType : byte { Text, Id, Whole, Implied, Number, Money, Date, Time }

/// <summary>Lists and forms that stand outside a guide's table.</summary>
internal enum Outside : byte
{
    None, Npi, Tax, State, Zip, Zip9, Country, Taxonomy, Place, Diagnosis, Procedure, Revenue, Ndc, Carc, Rarc, Status,
    Category, Modifier, Phone, Bill, Nubc, Drg, Surgery, Currency, Any
}

/// <summary>What a row asks of a number's sign: <c>380&gt;0</c>, <c>380&gt;=0</c>, <c>782!=0</c>.</summary>
enum NumberRange : byte { Any, Positive, NotNegative, NotZero }

/// <summary>How an element is checked first: most are settled by one comparison.</summary>
enum FirstCheck : byte { Slow, Length, Value, Codes, Digits }

/// <summary>What a guide says of one element (or component) of a segment.</summary>
[StructLayout(LayoutKind.Auto)]
struct ElementSpec
{
    /// <summary>The one value it takes, packed, where it takes one only.</summary>
    public ulong Value;
    public FirstCheck First;
    public Use Use;
    public ElementType Type;
    public Outside Outside;
    /// <summary>Lengths in characters; of a number without its sign and point.</summary>
    public byte Least;
    public ushort Greatest;
    /// <summary>Of a number: digits after the point at most.</summary>
    public byte Decimals;
    /// <summary>Of a number: whether it may be zero or negative.</summary>
    public NumberRange Range;
    public byte Repeats;
    /// <summary>A date or time in the format that the element before it names (data elements 1250 and 1251).</summary>
    public bool ByFormat;
    /// <summary>
    /// The number of the row in the table: 103 of P0103. Of an element without a row, that of its segment.
    /// </summary>
    public ushort Row;
    /// <summary>The data element's number in the standard; 0 of a composite.</summary>
    public ushort Reference;
    /// <summary>Index of the values it takes, or -1.</summary>
    public short Codes;
    /// <summary>Its components in the guide's specs; none of a simple element.</summary>
    public short FirstComponent;
    public byte Components;
    /// <summary>Index of the composite's syntax notes, or -1.</summary>
    public short Notes;
}

/// <summary>
/// A syntax note of a segment or composite, over the elements that are there (bit n: element n). The kinds P, R, E, C
/// and L are the standard's; G, which the guides ask for, is a list without gaps.
/// </summary>
readonly record struct SyntaxNote(char Kind, uint First, uint All)
{
    /// <summary>
    /// The elements that break the note, or 0: for P, C, L and G those that are missing, for E those too many, for R
    /// all of them.
    /// </summary>
    public uint Broken(uint present) => Kind switch
    {
        'P' => (present & All) != 0 ? All & ~present : 0,
        'R' => (present & All) == 0 ? All : 0,
        'E' => System.Numerics.BitOperations.PopCount(present & All) > 1 ? present & All : 0,
        'C' => (present & First) != 0 ? All & ~First & ~present : 0,
        'G' => All & ~present & ((1u << (32 - System.Numerics.BitOperations.LeadingZeroCount(present & All))) - 1),
        _ => (present & First) != 0 && (present & All & ~First) == 0 ? All & ~First : 0,
    };
}

/// <summary>A segment where it is in a loop.</summary>
sealed class SegmentRow
{
    public required string Name { get; init; }

    /// <summary>The name in ASCII.</summary>
    public required byte[] NameBytes { get; init; }

    public required ulong Id { get; init; }

    public required ushort Row { get; init; }

    /// <summary>Its place among the guide's segments.</summary>
    public required int Index { get; init; }

    public required int Loop { get; init; }

    public required string Label { get; init; }

    public required int Max { get; init; }

    /// <summary>Each value of its key may stand once.</summary>
    public required bool OnceEach { get; init; }

    public required bool Required { get; init; }

    public required int Position { get; init; }

    /// <summary>Specs of elements 1 to <see cref="Elements"/> in the guide's list.</summary>
    public int FirstSpec { get; set; }

    /// <summary>How many elements the standard has.</summary>
    public int Elements { get; set; }

    /// <summary>The element that sets it apart from rows of the same name: 1, or 3 of HL.</summary>
    public int KeyElement { get; set; }

    /// <summary>The values that the key takes here; empty when none sets it apart.</summary>
    public ulong[] Keys { get; set; } = [];

    public SyntaxNote[] Notes { get; set; } = [];

    /// <summary>The row as it is looked at first; made when a segment of the row first comes.</summary>
    public RowVerdict? Verdict { get; set; }

    /// <summary>What the claim, remittance or acknowledgment reader does with it.</summary>
    public byte Action { get; set; }

    /// <summary>Of <see cref="Action"/>: whose name, address or number it is.</summary>
    public byte Owner { get; set; }

    /// <summary>Of the claim guides: the part of a claim that it is in.</summary>
    public Section Section { get; set; }

    public Condition[] Conditions { get; set; } = [];

    /// <summary>Rules between elements of the segment itself.</summary>
    public SituationalRule[] Rules { get; set; } = [];
}

/// <summary>
/// What a reader asks of the row of every segment, side by side: a row itself is an object, far away from the next.
/// </summary>
/// <param name="Action">See <see cref="SegmentRow.Action"/>.</param>
/// <param name="Owner">See <see cref="SegmentRow.Owner"/>.</param>
readonly record struct RowUse(int Loop, byte Action, byte Owner, Section Section);

/// <summary>A loop: the order of its segments and of the loops in it.</summary>
sealed class LoopRow
{
    public required string Name { get; init; }

    public required byte[] NameBytes { get; init; }

    public required ushort Row { get; init; }

    public required int[] Parents { get; init; }

    public required int Position { get; init; }

    public required bool Required { get; init; }

    public required int Max { get; init; }

    /// <summary>It may stand once for each value of the key of its first segment.</summary>
    public required bool OnceEach { get; init; }

    public required string Label { get; init; }

    /// <summary>
    /// What can be in it, in the order of the table: the segments after the first, and the first segments of loops.
    /// </summary>
    public Entry[] Entries { get; set; } = [];

    /// <summary>
    /// Where the candidates with a segment's name begin in <see cref="Candidates"/>; by the guide's number of the name,
    /// and one more.
    /// </summary>
    public short[] ByName { get; set; } = [];

    /// <summary>The entries once more, those of one name together.</summary>
    public Candidate[] Candidates { get; set; } = [];

    /// <summary>Bit n: entry n must be there.</summary>
    public ulong MustHave { get; set; }

    public RuleIndex Rules { get; } = new();

    /// <summary>Index of the segment that begins it.</summary>
    public int First { get; set; }

    /// <summary>
    /// Of a set with claims: it is further out than their lines, so what is wrong with it is of no line.
    /// </summary>
    public bool IsAboveLines { get; set; }

    /// <summary>Of a set with claims: it is a line or in one.</summary>
    public bool IsInLines { get; set; }
}

/// <summary>A segment, or a loop by its first segment, in its place among the others of the loop.</summary>
[StructLayout(LayoutKind.Auto)]
struct Entry
{
    /// <summary>Index of the segment.</summary>
    public short Segment;
    /// <summary>Index of the loop that it begins, or -1.</summary>
    public short Child;
    public ushort Position;
    /// <summary>The entry's counter, shared by no other.</summary>
    public short Counter;
    public int Max;
    /// <summary>Each value of its key may stand once.</summary>
    public bool OnceEach;
    /// <summary>The entries that stand before its position.</summary>
    public ulong Before;
}

/// <summary>
/// An entry as it is looked for: by the name, and by the value of the element that sets it apart from its namesakes.
/// </summary>
/// <param name="Key">The value where there is but one; 0 where any will do, or where <paramref name="Keys"/>
/// says.</param>
/// <param name="KeyElement">0 where any will do.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct Candidate(short Entry, byte KeyElement, ulong Key, ulong[]? Keys)
{
    public bool Fits(ulong key) => Keys is null ? key == Key : Array.IndexOf(Keys, key) >= 0;
}

/// <summary>A question about a segment's element that rules rest on; its answer is a bit.</summary>
/// <param name="Value">The value it must have, where there is but one.</param>
/// <param name="Values">The values it must have one of; empty: it must only be there.</param>
/// <param name="Other">It must be there with another value than those.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct Condition(int Segment, byte Element, byte Component, ulong Value, ulong[] Values, bool Other,
    ulong Bit, string Text);

/// <summary>The rules of a loop, found by what wakes them: most claims wake few.</summary>
sealed class RuleIndex
{
    readonly SituationalRule[][] bySeen = new SituationalRule[64][], byHolds = new SituationalRule[64][];
    SituationalRule[] always = [];
    ulong seen, holds;

    /// <param name="valued">Conditions that ask for a value: rarer, and so the better ones to wait for.</param>
    public void Add(SituationalRule rule, ulong valued)
    {
        if (rule.IsWide) Wide = [.. Wide, rule];
        if (rule.When.Holds != 0)
            Hang(byHolds, ref holds, (rule.When.Holds & valued) != 0 ? rule.When.Holds & valued : rule.When.Holds,
                rule);
        else if (rule.When.Seen != 0) Hang(bySeen, ref seen, rule.When.Seen, rule);
        else always = [.. always, rule];
    }

    static void Hang(SituationalRule[][] lists, ref ulong mask, ulong bits, SituationalRule rule)
    {
        var bit = System.Numerics.BitOperations.TrailingZeroCount(bits);
        lists[bit] = [.. lists[bit] ?? [], rule];
        mask |= 1UL << bit;
    }

    /// <summary>The rules that ask about other loops too.</summary>
    public SituationalRule[] Wide { get; private set; } = [];

    public SituationalRule[] Always => always;

    /// <summary>Bits of what is there, and of conditions, that wake rules.</summary>
    public ulong Seen => seen;

    public ulong Holds => holds;

    public SituationalRule[] OfSeen(int bit) => bySeen[bit];

    public SituationalRule[] OfHolds(int bit) => byHolds[bit];

    public IEnumerable<SituationalRule> All =>
        always.Concat(bySeen.Concat(byHolds).Where(static l => l is not null).SelectMany(static l => l))
            .OrderBy(static r => r.Row);
}

/// <summary>Bits of one loop: which entries are there, and which conditions hold.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Bits(ulong Seen, ulong Holds)
{
    public bool IsEmpty => (Seen | Holds) == 0;

    public bool AllIn(in Bits other) => (Seen & ~other.Seen) == 0 && (Holds & ~other.Holds) == 0;

    public bool AnyIn(in Bits other) => ((Seen & other.Seen) | (Holds & other.Holds)) != 0;
}

/// <summary>
/// What one value asks of another: where all of <see cref="When"/> and none of <see cref="WhenNot"/> hold, one of
/// <see cref="Needs"/> must and none of <see cref="Bars"/> may. Conditions may be of loops further out too
/// (<see cref="Outer"/>); the demand is of the rule's own loop unless <paramref name="DemandLoop"/> is not -1.
/// </summary>
sealed record SituationalRule(ushort Row, int DemandLoop, Bits When, Bits WhenNot, Bits Needs, Bits Bars,
    OuterBits[] Outer, RuleTarget Target, RuleTarget Trigger, string Text, string Label)
{
    /// <summary>It asks about other loops than its own.</summary>
    public bool IsWide => Outer.Length > 0 || DemandLoop >= 0;
}

/// <summary>What must hold and what may not, in a loop further out.</summary>
sealed record OuterBits(int Loop, Bits When, Bits WhenNot);

/// <summary>What a rule's finding points at: a missing segment (element 0), an element, or a loop.</summary>
sealed record RuleTarget(int Segment, int Element, int Component, int Loop);
