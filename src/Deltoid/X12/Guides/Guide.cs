using System.Runtime.CompilerServices;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// One implementation guide, compiled from its table: which segments may stand where, how often, and what each of their
/// elements may hold. Immutable and shared by all workers; a <see cref="GuideWalk"/> goes through it.
/// </summary>
internal sealed class Guide
{
    const int NameSlots = 256;

    readonly ulong[] nameKeys = new ulong[NameSlots];
    readonly short[] nameNumbers = new short[NameSlots];

    internal Guide(TransactionSet set) => Set = set;

    /// <summary>The set that it is the guide of.</summary>
    public TransactionSet Set { get; }

    /// <summary>837P, 837I, 835, 277CA, 999.</summary>
    public string Name => Set.Name;

    /// <summary>The letter of its rows: P of X12P0103.</summary>
    public char Letter => Set.Letter;

    internal LoopRow[] Loops { get; set; } = [];

    internal SegmentRow[] Segments { get; set; } = [];

    /// <summary>What readers ask of each of the segments; made when the guide is complete.</summary>
    internal RowUse[] Uses =>
        uses ??= Array.ConvertAll(Segments, static s => new RowUse(s.Loop, s.Action, s.Owner, s.Section));

    RowUse[]? uses;

    internal ElementSpec[] Specs { get; set; } = [];

    internal CodeSet[] CodeSets { get; set; } = [];

    /// <summary>Syntax notes of composites.</summary>
    internal SyntaxNote[][] Notes { get; set; } = [];

    /// <summary>What each row's element is called, by the row's number.</summary>
    internal Dictionary<int, string> Labels { get; } = [];

    readonly short[] segmentsOfRows = new short[10_000]; // index + 1

    internal void SetSegment(int row, int segment) => segmentsOfRows[row] = (short)(segment + 1);

    /// <summary>
    /// Whether a finding may quote what an element holds: a code, a number, a day; never text, and of segments that are
    /// about people nothing but the number of a provider. Where an element is left out, another one moves into its
    /// place: so the value must look like one that belongs there.
    /// </summary>
    internal bool IsQuoted(SegmentRow row, int element, int component, ReadOnlySpan<byte> text)
    {
        if (element > row.Elements) return false;
        var spec = Specs[row.FirstSpec + element - 1];
        if (component > spec.Components) return false;
        if (component > 0) spec = Specs[spec.FirstComponent + component - 1];
        var isNpi = text.Length == 10 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (spec.Outside == Outside.Npi) return isNpi;
        if (Array.IndexOf(OfPeople, row.Name) >= 0) return false;
        if (Array.IndexOf(Numbers, (row.Name, element)) >= 0) return IsLikeNumber(text, letters: 10);
        if (spec.Codes >= 0) return text.Length <= spec.Greatest && IsLikeCode(text);
        if (row.Name == "PAT") return false; // of which the dates are of a death
        if (Array.IndexOf(OfText, spec.Outside) >= 0)
            return text.Length <= LongestListed && IsLikeNumber(text, letters: 3);
        return spec.ByFormat || spec.Type is not (ElementType.Text or ElementType.Id) ? IsLikeNumber(text, letters: 1)
            : spec.Type == ElementType.Id && text.Length <= spec.Greatest && IsLikeCode(text);
    }

    const int LongestCode = 3, LongestDigits = 4, LongestListed = 13;

    static bool IsLikeCode(ReadOnlySpan<byte> text) =>
        text.Length <= (IsLikeNumber(text, letters: 3) ? LongestDigits : LongestCode);

    /// <summary>It has a digit, and no more letters than so many.</summary>
    static bool IsLikeNumber(ReadOnlySpan<byte> text, int letters)
    {
        var (digits, others) = (0, 0);
        foreach (var c in text)
            if (char.IsAsciiDigit((char)c)) digits++;
            else if (char.IsAsciiLetter((char)c) || c > 0x7E) others++;
        return digits > 0 && others <= letters;
    }

    /// <summary>Whether a packed name is that of a segment about people.</summary>
    internal static bool IsOfPeople(ulong name) => Array.IndexOf(PeopleNames, name) >= 0;

    /// <summary>They name or number people, say where they live or when they were born, or hold what someone typed.</summary>
    static readonly string[] OfPeople = ["NM1", "N2", "N3", "N4", "PER", "DMG", "INS", "REF", "NTE", "K3", "MSG"];

    static readonly ulong[] PeopleNames = Array.ConvertAll(OfPeople, static name => SegmentReader.PackOf(name));

    /// <summary>Text that holds the number of a level, a payer or a payment.</summary>
    static readonly (string Segment, int Element)[] Numbers = [("HL", 1), ("HL", 2), ("SVD", 1), ("TRN", 3)];

    /// <summary>Lists of codes that the standard calls text.</summary>
    static readonly Outside[] OfText =
    [
        Outside.Npi, Outside.Taxonomy, Outside.Place, Outside.Diagnosis, Outside.Procedure, Outside.Revenue,
        Outside.Ndc, Outside.Carc, Outside.Rarc, Outside.Status, Outside.Category, Outside.Modifier, Outside.Bill,
        Outside.Nubc, Outside.Drg, Outside.Surgery, Outside.Currency,
    ];

    /// <summary>
    /// Index of the segment that a row of the table is about: its own, its element's, its loop's first, a rule's
    /// target; -1 when there is none.
    /// </summary>
    internal int SegmentOf(int row) => segmentsOfRows[row] - 1;

    internal int Counters { get; set; }

    /// <summary>How many names its segments have; they are numbered from 0.</summary>
    internal int Names { get; private set; }

    /// <summary>Adds the name of a segment, by its index.</summary>
    internal void AddName(ulong id, int segment)
    {
        var slot = Slot(id);
        if (nameKeys[slot] == id) return;
        (nameKeys[slot], nameNumbers[slot], nameFirst[slot]) = (id, (short)Names++, (short)segment);
    }

    readonly short[] nameFirst = new short[NameSlots];

    /// <summary>The first segment with a name, in the order of the table; null when the guide has none.</summary>
    internal SegmentRow? FirstNamed(ulong id)
    {
        var slot = Slot(id);
        return nameKeys[slot] == id && id != 0 ? Segments[nameFirst[slot]] : null;
    }

    /// <summary>The number of a segment's name, or -1 when the guide has no such segment.</summary>
    internal int NameNumber(ulong id)
    {
        var slot = Slot(id);
        return nameKeys[slot] == id ? nameNumbers[slot] : -1;
    }

    /// <summary>Segments of a name are set apart by more than one of their elements.</summary>
    internal const int SeveralKeys = 255;

    /// <summary>
    /// The element that sets segments of a name apart; 0 where none does, or <see cref="SeveralKeys"/>.
    /// </summary>
    internal int KeyElement(ulong id)
    {
        var slot = Slot(id);
        return nameKeys[slot] == id ? keyElements[slot] : 0;
    }

    readonly byte[] keyElements = new byte[NameSlots];

    /// <summary>Finds out which elements set segments apart, when all rows are there.</summary>
    internal void FindKeyElements()
    {
        foreach (var row in Segments)
        {
            if (row.Keys.Length == 0) continue;
            ref var element = ref keyElements[Slot(row.Id)];
            element = element == 0 || element == row.KeyElement ? (byte)row.KeyElement : (byte)SeveralKeys;
        }
    }

    int Slot(ulong id)
    {
        var slot = (int)(unchecked(id * 0x9E3779B97F4A7C15UL) >> 56); // a hash: the product is meant to wrap
        while (nameKeys[slot] != id && nameKeys[slot] != 0) slot = (slot + 1) & (NameSlots - 1);
        return slot;
    }

    /// <summary>The id of a row as findings show it: <c>X12P0103</c>.</summary>
    public string RowId(int number) => $"X12{Letter}{number:0000}";

    /// <summary>
    /// Says what a reader does with a segment: the one of a loop with this name and, where several have it, this key.
    /// </summary>
    /// <exception cref="FormatException">The guide has no such segment.</exception>
    internal void Bind(string loop, string segment, string key, byte action, byte owner = 0)
    {
        var found = SegmentIndex(loop, segment, key);
        if (found < 0) throw new FormatException($"{Name} has no {loop} {segment} {key}");
        (Segments[found].Action, Segments[found].Owner, uses) = (action, owner, null);
    }

    /// <summary>
    /// The loop that a finding is about: the one that it names, or that of its row where its arguments are amounts;
    /// null where it names neither.
    /// </summary>
    internal LoopRow? LoopOf(in Finding finding)
    {
        if (finding.B.Kind != ArgKind.Segment && finding.A is { Kind: ArgKind.Row } row && row.Extra == Letter
            && SegmentOf((int)row.Value) is >= 0 and var segment)
            return Loops[Segments[segment].Loop];
        return finding.C is { Kind: ArgKind.Loop } loop && loop.Extra == Letter && loop.Value < Loops.Length
            ? Loops[(int)loop.Value]
            : null;
    }

    internal int LoopIndex(string name) => Array.FindIndex(Loops, l => l.Name == name);

    internal int LoopIndex(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Loops.Length; i++)
            if (System.Text.Ascii.Equals(name, Loops[i].Name)) return i;
        return -1;
    }

    /// <summary>The segment of a loop with this name and, where several have it, this value of their key.</summary>
    internal int SegmentIndex(string loop, string name, string key = "")
    {
        var id = SegmentReader.PackOf(name);
        var packed = GuideBuilder.Packed(key);
        return Array.FindIndex(Segments,
            s => s.Id == id && Loops[s.Loop].Name == loop
                && (key.Length == 0 || s.Keys.Length == 0 || Array.IndexOf(s.Keys, packed) >= 0));
    }
}

/// <summary>A closed list of values of at most eight characters, for look-up by their packed form.</summary>
sealed class CodeSet
{
    readonly ulong[] slots;
    readonly int shift;

    /// <param name="values">The codes, packed: of a longer one its first eight characters.</param>
    /// <param name="longer">Codes of more than eight characters, whole.</param>
    public CodeSet(ulong[] values, byte[][] longer)
    {
        Longer = longer;
        var bits = 2;
        while (1 << bits < values.Length * 2) bits++;
        (slots, shift, Values) = (new ulong[1 << bits], 64 - bits, values);
        foreach (var value in values)
        {
            var slot = Slot(value);
            while (slots[slot] != 0 && slots[slot] != value) slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = value;
        }
    }

    public ulong[] Values { get; }

    /// <summary>Codes of more than eight characters; few lists have one.</summary>
    public byte[][] Longer { get; }

    /// <summary>Whether a value, whole, is one of the codes.</summary>
    public bool Contains(ReadOnlySpan<byte> text, ulong packed)
    {
        if (text.Length <= 8) return Contains(packed);
        foreach (var code in Longer)
            if (text.SequenceEqual(code)) return true;
        return false;
    }

    /// <summary>Whether a value of at most eight characters is one of the codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(ulong value)
    {
        for (var slot = Slot(value); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
            if (slots[slot] == value) return true;
        return false;
    }

    // a hash: the product is meant to wrap
    int Slot(ulong value) => (int)(unchecked(value * 0x9E3779B97F4A7C15UL) >> shift);
}
