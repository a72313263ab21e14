using System.Numerics;
using System.Runtime.CompilerServices;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Checks the elements of a segment against its row of the guide: there or not, length, form, code; then its syntax
/// notes.
/// </summary>
sealed class ElementChecks(Guide guide, SegmentReader segment, Faults faults)
{
    SegmentRow row = null!;
    bool missing;

    /// <summary>Every segment is checked with care, as if none were found fine at a look: for tests.</summary>
    public bool IsCareful { get; set; }

    /// <summary>Checks the current segment as one of a row; says whether it was found fine at a look.</summary>
    public bool Check(SegmentRow asRow)
    {
        if (!IsCareful && SegmentVerdict.IsFine(segment, asRow.Verdict ??= new RowVerdict(guide, asRow))) return true;
        CheckWithCare(asRow);
        return false;
    }

    void CheckWithCare(SegmentRow asRow)
    {
        (row, missing) = (asRow, false);
        var specs = guide.Specs.AsSpan(row.FirstSpec, row.Elements);
        var count = segment.Elements;
        if (count == 0)
        {
            faults.Report(X12Findings.EmptySegment, row.Row, row.Id, row.Loop, segment.Start);
            return;
        }
        if (count > row.Elements)
        {
            TooMany();
            count = row.Elements;
        }
        uint present = 0;
        var odd = segment.HasOddBytes;
        ref var mark = ref segment.FirstMark;
        unchecked // places in the buffer and their differences
        {
            for (var i = 0; i < count; i++)
            {
                ref readonly var spec = ref specs[i];
                var at = Unsafe.Add(ref mark, i) + 1;
                var length = Unsafe.Add(ref mark, i + 1) - at;
                if (length == 0)
                {
                    if (spec.Use == Use.Required) Missing(spec, i + 1);
                    continue;
                }
                present |= 2u << i;
                if (!odd && (segment.Composites >> (i + 1) & 1) == 0 && IsFine(spec, at, length)) continue;
                Slowly(spec, i + 1, at, length);
            }
        }
        for (var i = count; i < specs.Length; i++)
            if (specs[i].Use == Use.Required) Missing(specs[i], i + 1);
        if (segment.Elements <= row.Elements && segment.LengthOf(segment.Elements) == 0
            && (segment.Elements == 0 || specs[segment.Elements - 1].Use != Use.Required)) // which is missing
            faults.Report(X12Findings.TrailingSeparators, row.Row, row.Id, row.Loop, segment.Start);
        foreach (ref readonly var note in row.Notes.AsSpan())
            if (note.Broken(present) is not 0 and var broken) Broken(note, broken, specs);
    }

    /// <summary>
    /// Settles most elements with a comparison or two; what is not fine here is looked at again with care.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool IsFine(in ElementSpec spec, int at, int length)
    {
        unchecked // places in the buffer
        {
            switch (spec.First)
            {
                case FirstCheck.Length:
                    return (uint)(length - spec.Least) <= (uint)(spec.Greatest - spec.Least)
                        && segment.Buffer[at] != ' ' && segment.Buffer[at + length - 1] != ' ';
                case FirstCheck.Value: return segment.Pack(at, length) == spec.Value;
                case FirstCheck.Codes: return guide.CodeSets[spec.Codes].Contains(segment.Pack(at, length));
                case FirstCheck.Digits:
                    if ((uint)(length - spec.Least) > (uint)(spec.Greatest - spec.Least)) return false;
                    if (spec.Type == ElementType.Money && length > MostMoney) return false;
                    if (spec.Range != NumberRange.Any && segment.Buffer[at] == '0') return false; // it may be zero
                    var point = -1;
                    var text = segment.Buffer.AsSpan(at, length);
                    for (var i = 0; i < text.Length; i++)
                    {
                        if ((uint)(text[i] - '0') <= 9) continue;
                        if (text[i] != '.' || point >= 0 || spec.Type == ElementType.Whole
                            || length - 1 - i > spec.Decimals)
                            return false;
                        point = i;
                    }
                    return length > 1 || point < 0;
                default: return false;
            }
        }
    }

    /// <summary>Digits of an amount before its point at most: ten with the cents, written or not.</summary>
    const int MostMoney = 8;

    void Slowly(in ElementSpec spec, int element, int at, int length)
    {
        if (spec.Use == Use.NotUsed) NotUsed(spec, element, at);
        else if (spec.Components > 0 || (segment.Composites >> element & 1) != 0) Parts(spec, element, at, at + length);
        else
            Simple(spec, at, length, element, 0, 0,
                element > 1 && (spec.ByFormat || spec.Outside != Outside.None) ? segment.Packed(element - 1) : 0);
    }

    void NotUsed(in ElementSpec spec, int element, int at)
    {
        var twin = TwinOf(element, isThere: true);
        if (twin > 0 && twin < element) return; // reported with it
        Tell(X12Findings.ElementNotUsed, spec, element, 0, at,
            detail: twin > 0 ? ValueFaults.Of(ValueForm.None, ValueFault.PairFilled, twin) : default);
    }

    void TooMany() =>
        faults.Report(X12Findings.TooManyElements, row.Row, row.Id, row.Loop, segment.StartOf(row.Elements + 1),
            row.Elements + 1, detail: Arg.Count(row.Elements));

    void Missing(in ElementSpec spec, int element, int component = 0)
    {
        missing = true;
        var twin = component == 0 ? TwinOf(element, isThere: false) : 0;
        if (twin > 0 && twin < element) return; // reported with it
        Tell(X12Findings.ElementMissing, spec, element, component,
            element <= segment.Elements ? segment.StartOf(element) : segment.End,
            detail: twin > 0 ? ValueFaults.Of(ValueForm.None, ValueFault.Pair, twin) : default);
    }

    /// <summary>The component and the one after it are both there, or none is.</summary>
    bool IsPair(int notes, int component) =>
        notes >= 0 && Array.Exists(guide.Notes[notes], n => n.Kind == 'P' && n.All == 3u << component);

    /// <summary>
    /// The other element of a pair, both or none of which are filled, that has the same fault: one finding is enough
    /// for a code and the value that it is of. 0 of none.
    /// </summary>
    /// <param name="isThere">Both are filled and must be empty; else both are empty and must be filled.</param>
    int TwinOf(int element, bool isThere)
    {
        foreach (ref readonly var note in row.Notes.AsSpan())
        {
            if (note.Kind != 'P' || (note.All >> element & 1) == 0) continue;
            if (BitOperations.PopCount(note.All) != 2) continue;
            var other = BitOperations.TrailingZeroCount(note.All & ~(1u << element));
            var use = isThere ? Use.NotUsed : Use.Required;
            if (other > row.Elements || guide.Specs[row.FirstSpec + other - 1].Use != use) continue;
            if ((other <= segment.Elements && segment.LengthOf(other) > 0) == isThere)
                return other;
        }
        return 0;
    }

    void Tell(FindingInfo info, in ElementSpec spec, int element, int component, int at, int repeat = 0,
        Arg detail = default) =>
        faults.Report(info, spec.Row, row.Id, row.Loop, at, element, component, repeat, detail);

    /// <summary>A syntax note that does not hold, where no element that must be there anyway was missed.</summary>
    void Broken(SyntaxNote note, uint broken, ReadOnlySpan<ElementSpec> specs)
    {
        if (missing) return;
        for (var left = broken; left != 0; left &= left - 1)
        {
            var element = BitOperations.TrailingZeroCount(left);
            if (element > specs.Length) continue;
            if (specs[element - 1].Use == Use.NotUsed && note.Kind != 'E')
                continue; // the guide leaves it empty on purpose
            var info = InfoOf(note);
            faults.Report(info, row.Row, row.Id, row.Loop,
                element <= segment.Elements ? segment.StartOf(element) : segment.End, element,
                detail: Companion(note, broken, ValueFault.Companion));
            if (note.Kind is 'R' or 'E' or 'L') return; // one of several would do: reported once
        }
    }

    /// <summary>What is filled and needs what is missing; nothing where one of several would do.</summary>
    static Arg Companion(SyntaxNote note, uint broken, ValueFault fault) => note.Kind is 'P' or 'C' or 'L'
        ? ValueFaults.Of(ValueForm.None, fault,
            BitOperations.TrailingZeroCount(note.Kind == 'P' ? note.All & ~broken : note.First))
        : default;

    internal static FindingInfo InfoOf(SyntaxNote note) =>
        note.Kind switch { 'E' => X12Findings.Excludes, 'G' => X12Findings.Gap, _ => X12Findings.PairMissing };

    /// <summary>
    /// An element of components, or one that is repeated: its separators are stepped through, each part checked as it
    /// ends.
    /// </summary>
    void Parts(in ElementSpec spec, int element, int at, int end)
    {
        var specs = guide.Specs.AsSpan(spec.FirstComponent, spec.Components);
        var marks = segment.MarksInside(element);
        var (repeat, part, present, format) = (1, 0, 0u, 0UL);
        for (var mark = 0; ; mark++)
        {
            var close = mark < marks.Length ? Math.Min(marks[mark], end) : end;
            var isLast = close == end;
            var endsRepeat = isLast || segment.Buffer[close] == segment.Delimiters.Repetition;
            if (!endsRepeat && spec.Components == 0)
            {
                Tell(X12Findings.TooManyComponents, spec, element, 0, at, 0, Arg.Count(1));
                return;
            }
            if (spec.Components == 0)
            {
                if (close > at) Simple(spec, at, close - at, element, 0, Numbered(repeat), 0);
            }
            else if (part == specs.Length)
            {
                Tell(X12Findings.TooManyComponents, spec, element, part + 1, at, Numbered(repeat),
                    Arg.Count(specs.Length));
                return;
            }
            else Part(specs[part], at, close - at, element, part + 1, Numbered(repeat), ref present, ref format);
            part++;
            if (endsRepeat)
            {
                if (spec.Components > 0 && part == 1 && IsInPlaceOfCode(specs[0], close - at)) missing = true;
                else if (spec.Components > 0)
                {
                    EndParts(spec, specs, element, part, present, at, Numbered(repeat));
                    if (part > 1 && close == at && specs[part - 1].Use != Use.Required)
                        Tell(X12Findings.TrailingSeparators, spec, element, 0, at, Numbered(repeat));
                }
                if (isLast) return;
                (part, present, format) = (0, 0, 0);
                if (++repeat > spec.Repeats)
                {
                    Tell(X12Findings.TooManyRepeats, spec, element, 0, close + 1, repeat, Arg.Count(spec.Repeats));
                    return;
                }
            }
            at = close + 1;
        }
    }

    /// <summary>
    /// The value alone, without the code that says what it is: that is reported at the code, and the value is not
    /// missing.
    /// </summary>
    static bool IsInPlaceOfCode(in ElementSpec first, int length) => first.Codes >= 0 && length > first.Greatest;

    /// <summary>Repetitions are counted only where the element may be repeated.</summary>
    static int Numbered(int repeat) => repeat > 1 ? repeat : 0;

    void Part(in ElementSpec spec, int at, int length, int element, int component, int repeat, ref uint present,
        ref ulong format)
    {
        if (length == 0)
        {
            if (spec.Use == Use.Required) Missing(spec, element, component);
            return;
        }
        present |= 1u << component;
        if (segment.HasOddBytes || !IsFine(spec, at, length))
        {
            if (spec.Use == Use.NotUsed) Tell(X12Findings.ElementNotUsed, spec, element, component, at, repeat);
            else Simple(spec, at, length, element, component, repeat, format);
        }
        format = segment.Pack(at, length);
    }

    /// <summary>A composite is complete: what is missing in it, and its syntax notes.</summary>
    void EndParts(in ElementSpec spec, ReadOnlySpan<ElementSpec> specs, int element, int parts, uint present, int at,
        int repeat)
    {
        for (var i = parts; i < specs.Length; i++)
        {
            if (specs[i].Use != Use.Required) continue;
            Missing(specs[i], element, i + 1);
            if (IsPair(spec.Notes, i + 1)) i++; // the value is missing with the code that says what it is
        }
        if (spec.Notes < 0 || missing) return;
        foreach (var note in guide.Notes[spec.Notes])
            if (note.Broken(present) is not 0 and var broken
                && specs[BitOperations.TrailingZeroCount(broken) - 1].Use != Use.NotUsed)
                Tell(InfoOf(note), spec, element, BitOperations.TrailingZeroCount(broken), at, repeat,
                    Companion(note, broken, ValueFault.Part));
    }

    /// <summary>One value: its length and form, and whether the guide takes it.</summary>
    /// <param name="format">The value before it, packed: of a date by format the format's name.</param>
    void Simple(in ElementSpec spec, int start, int length, int element, int component, int repeat, ulong format)
    {
        var text = segment.Buffer.AsSpan(start, length);
        if (spec.Type is ElementType.Number or ElementType.Money or ElementType.Whole or ElementType.Implied)
        {
            var (whole, decimals) = ElementForms.Digits(text, spec.Type is ElementType.Number or ElementType.Money);
            if (whole + decimals <= 0)
            {
                Tell(X12Findings.NotANumber, spec, element, component, start, repeat, ValueDiagnosis.Of(spec, text, 0));
                return;
            }
            if (decimals > spec.Decimals)
            {
                Tell(X12Findings.TooPrecise, spec, element, component, start, repeat,
                    Counted(ValueFault.TooPrecise, decimals, spec.Decimals));
                return;
            }
            if (spec.Range != NumberRange.Any && !ElementForms.Keeps(spec.Range, text))
            {
                OutOfRange(spec, text, start, element, component, repeat);
                return;
            }
            length = spec.Type == ElementType.Money
                ? Math.Max(whole + spec.Decimals, whole + decimals)
                : whole + decimals;
            if (spec.Type == ElementType.Money && whole <= MostMoney) return;
        }
        else if (segment.HasOddBytes && length > 0 && spec.Type == ElementType.Text)
            length = Characters(text, spec, start, element, component, repeat);
        if ((spec.ByFormat || spec.Outside != Outside.None) && (length < spec.Least || length > spec.Greatest)
            && IsFormatBad(element, component))
            return;
        if (length < spec.Least)
            Tell(X12Findings.TooShort, spec, element, component, start, repeat,
                OfLength(spec, text, format, ValueFault.TooShort, length, spec.Least));
        else if (length > spec.Greatest)
            Tell(X12Findings.TooLong, spec, element, component, start, repeat,
                OfLength(spec, text, format, ValueFault.TooLong, length, spec.Greatest));
        else if (spec.Codes >= 0)
        {
            if (!guide.CodeSets[spec.Codes].Contains(text, segment.Pack(start, length)))
                Tell(X12Findings.BadCode, spec, element, component, start, repeat);
        }
        else Form(spec, text, start, element, component, repeat, format);
    }

    /// <summary>
    /// The code before the value, of its format or its kind, was reported: the value is not judged by it.
    /// </summary>
    bool IsFormatBad(int element, int component) =>
        component > 0 ? faults.HasBadCode(faults.Ordinal, element, component - 1)
            : faults.HasBadCode(faults.Ordinal, element - 1, 0);

    /// <summary>The count of characters, after what no text may hold was reported.</summary>
    int Characters(ReadOnlySpan<byte> text, in ElementSpec spec, int start, int element, int component, int repeat)
    {
        var bad = text.IndexOfAnyInRange((byte)0, (byte)31);
        if (bad >= 0) Tell(X12Findings.BadCharacter, spec, element, component, start + bad, repeat);
        if (!segment.HasHigh) return text.Length;
        var continued = 0; // UTF-8 counts a letter once; Latin-1 has no bytes that continue one
        foreach (var b in text)
            if ((b & 0xC0) == 0x80) continued++;
        return System.Text.Unicode.Utf8.IsValid(text) ? text.Length - continued : text.Length;
    }

    void Form(in ElementSpec spec, ReadOnlySpan<byte> text, int start, int element, int component, int repeat,
        ulong format)
    {
        if (spec.ByFormat)
        {
            if (ElementForms.IsPeriod(text, format) || IsFormatBad(element, component)) return;
            var info = ElementForms.IsBackward(text) ? X12Findings.SpanBackward : X12Findings.BadDate;
            Tell(info, spec, element, component, start, repeat, ValueDiagnosis.Of(spec, text, format));
            return;
        }
        switch (spec.Type)
        {
            case ElementType.Date when !ElementForms.IsDate(text):
                Tell(X12Findings.BadDate, spec, element, component, start, repeat,
                    ValueDiagnosis.Of(spec, text, format));
                break;
            case ElementType.Time when !ElementForms.IsTime(text):
                Tell(X12Findings.BadTime, spec, element, component, start, repeat,
                    ValueDiagnosis.Of(spec, text, format));
                break;
            case ElementType.Text when text[0] == ' ' || text[^1] == ' ':
                Tell(X12Findings.OuterBlanks, spec, element, component, start, repeat);
                break;
            default:
                if (spec.Outside == Outside.None || !Judges(segment, spec.Outside, format)
                    || IsOf(segment, spec.Outside, text, format) || IsFormatBad(element, component))
                    break;
                Tell(X12Findings.BadPattern, spec, element, component, start, repeat,
                    ValueDiagnosis.Of(spec, text, format));
                break;
        }
    }

    /// <summary>
    /// A length that is wrong: of a value with a form, what is wrong with its form, since it is not mended by its
    /// length.
    /// </summary>
    Arg OfLength(in ElementSpec spec, ReadOnlySpan<byte> text, ulong format, ValueFault fault, int has, int allowed)
    {
        var isDay = spec.ByFormat || spec.Type is ElementType.Date or ElementType.Time;
        if (isDay || (spec.Outside is not (Outside.None or Outside.Any) && Judges(segment, spec.Outside, format)))
            return ValueDiagnosis.Of(spec, text, format);
        return spec.Codes >= 0 ? ValueFaults.Of(ValueForm.Code, fault, has, allowed) : Counted(fault, has, allowed);
    }

    static Arg Counted(ValueFault fault, int has, int allowed) => ValueFaults.Of(ValueForm.None, fault, has, allowed);

    internal static bool IsOf(SegmentReader segment, Outside list, ReadOnlySpan<byte> text, ulong before) =>
        list switch
        {
            Outside.Diagnosis => ElementForms.IsDiagnosis(text, before),
            Outside.Surgery => ElementForms.IsSurgery(text, before),
            Outside.State when segment.Packed(Country) == Canada => ElementForms.Provinces.Contains(text),
            _ => ElementForms.IsOf(list, text),
        };

    /// <summary>A number that is negative or zero where its row takes none.</summary>
    void OutOfRange(in ElementSpec spec, ReadOnlySpan<byte> text, int start, int element, int component, int repeat)
    {
        var info = InfoOf(spec.Range);
        var fault = spec.Range == NumberRange.NotZero ? ValueFault.Nothing
            : text[0] == '-' ? ValueFault.Negative
            : ValueFault.Zero;
        Tell(info, spec, element, component, start, repeat, Counted(fault, 0, 0));
    }

    /// <summary>What is reported of a number whose sign is not what its row asks for.</summary>
    internal static FindingInfo InfoOf(NumberRange range) => range switch
    {
        NumberRange.NotNegative => X12Findings.AmountNegative,
        NumberRange.NotZero => X12Findings.AmountZero,
        _ => X12Findings.NotPositive,
    };

    /// <summary>
    /// Whether the form of a list is asked for: with the value before it that names the list, and at home for postal
    /// codes.
    /// </summary>
    internal static bool Judges(SegmentReader segment, Outside list, ulong before) => list switch
    {
        Outside.Ndc => before == NationalDrug,
        Outside.Procedure => before == Hcpcs || before == Surgery || before == OtherSurgery,
        Outside.Diagnosis => ElementForms.NamesIcd(before),
        Outside.Surgery => ElementForms.NamesSurgery(before) || ElementForms.NamesOldSurgery(before),
        Outside.Phone => before == Telephone || before == Fax,
        Outside.Zip or Outside.Zip9 => segment.LengthOf(Country) == 0,
        Outside.State => segment.LengthOf(Country) == 0 || segment.Packed(Country) == Canada,
        _ => true,
    };

    const int Country = 4; // N404

    static readonly ulong Canada = SegmentReader.PackOf("CA"), Telephone = SegmentReader.PackOf("TE"),
        Fax = SegmentReader.PackOf("FX");

    static readonly ulong NationalDrug = SegmentReader.PackOf("N4"), Hcpcs = SegmentReader.PackOf("HC"),
        Surgery = SegmentReader.PackOf("BP"), OtherSurgery = SegmentReader.PackOf("BO");

    /// <summary>The conditions of the segment that hold, as bits.</summary>
    public ulong HoldsOf(SegmentRow of)
    {
        ulong holds = 0;
        foreach (ref readonly var condition in of.Conditions.AsSpan())
            if (condition.Element <= segment.Elements && Holds(condition)) holds |= condition.Bit;
        return holds;
    }

    bool Holds(in Condition condition)
    {
        if (condition.Component == 0 && condition.Values.Length == 0) return segment.LengthOf(condition.Element) > 0;
        if (condition.Component <= 1) return Holds(condition, segment.Packed(condition.Element));
        var text = segment[condition.Element, condition.Component];
        return !text.IsEmpty && Holds(condition, segment.Pack(segment.OffsetOf(text), text.Length));
    }

    static bool Holds(in Condition condition, ulong value)
    {
        if (value == 0 || condition.Values.Length == 0) return value != 0;
        return (condition.Value != 0 ? value == condition.Value : Array.IndexOf(condition.Values, value) >= 0)
            != condition.Other;
    }
}
