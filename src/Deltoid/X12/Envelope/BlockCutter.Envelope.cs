using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>The envelope: interchanges, groups, sets; their numbers, counts and control numbers.</summary>
internal sealed partial class BlockCutter
{
    enum State { Outside, InInterchange, InGroup, InSet, Done }

    /// <summary>Text before the first ISA is not searched further than this.</summary>
    const int LongestSearch = 64 * 1024;

    /// <summary>An ISA is read when so much is there, and no further.</summary>
    const int LongestIsa = 512;

    /// <summary>Stray segments of one interchange that are reported.</summary>
    const int MostStray = 20;

    State state;
    bool isPassing; // text is passed over that is no interchange; it was reported where it began
    Delimiters delimiters = Delimiters.Usual;
    int interchange, group, set, strays;
    int groupsSeen, setsSeen;
    int groupsOff, setsOff; // ends or beginnings that are missing, which was reported: counts may be off by them
    byte[] isa = [], gs = [], st = [];
    long functionalAt; // where GS01 is in the file
    readonly HashSet<string> interchanges = [], groups = [], sets = [];
    readonly EnvelopeChecks checks = new();

    int here; // where the segment in hand begins

    SourcePlace Here(int ordinalHere = 0) => new(interchange, group, set, ordinalHere, 0, 0, 0, offset + here);

    ReadOnlySpan<byte> SegmentTo(int end) => WithoutLineEnds(buffer.AsSpan(at, end - at));

    /// <summary>A segment without the line ends that a wrapped file has inside it.</summary>
    static ReadOnlySpan<byte> WithoutLineEnds(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny((byte)'\r', (byte)'\n')) return text;
        var plain = new byte[text.Length];
        var count = 0;
        foreach (var b in text)
            if (b is not ((byte)'\r' or (byte)'\n')) plain[count++] = b;
        return plain.AsSpan(0, count);
    }

    void Add(EnvelopeKind kind, ReadOnlySpan<byte> text, FindingList findings, int count = 0, SetPlace? of = null,
        int ordinalHere = 0) =>
        block.Items.Add(new(new EnvelopePart(kind, text.ToArray(), Here(ordinalHere), delimiters, of, count, findings),
            null));

    FindingList Told(FindingInfo info, FindingList? list = null, Arg detail = default,
        ReadOnlySpan<byte> name = default, int element = 0, Arg other = default, long at = -1, Excerpt found = default)
    {
        list ??= new FindingList();
        list.Add(new Finding { Info = info, Severity = info.Severity, A = other, D = detail, Found = found,
            B = name.Length is 2 or 3 ? Arg.Segment(Cut.Packed(name)) : default,
            Source = Here(InSet(name) ? ordinal : 0) with { Element = (short)element,
                ByteOffset = at >= 0 ? at : offset + here + StartOf(element) } });
        return list;
    }

    /// <summary>Where an element of the segment in hand begins, from the segment's beginning.</summary>
    int StartOf(int element)
    {
        var start = 0;
        var text = buffer.AsSpan(here, filled - here);
        for (; element > 0; element--)
        {
            var next = text[start..].IndexOfAny(delimiters.Element, delimiters.Segment);
            if (next < 0 || text[start + next] == delimiters.Segment) return start;
            start += next + 1;
        }
        return start;
    }

    /// <summary>ST and SE count as segments of the set.</summary>
    bool InSet(ReadOnlySpan<byte> name) => state == State.InSet && !name.SequenceEqual("GS"u8);

    bool StepOutside()
    {
        if (offset + at == 0 && filled >= 3 && buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8)) from = at = 3;
        SkipLineEnds();
        while (at < filled && buffer[at] is 0 or EndOfText) at++; // some programs fill a file up, or mark its end
        from = here = at;
        if (filled - at < LongestIsa && !complete) return false;
        if (at == filled)
        {
            state = State.Done;
            return false;
        }
        var text = buffer.AsSpan(at, filled - at);
        if (text.StartsWith("ISA"u8) && IsaReader.TryRead(text[..Math.Min(text.Length, LongestIsa)], out var found))
        {
            if (char.IsAsciiLetterOrDigit((char)found.Delimiters.Element)) return PassOverUnread(text);
            OpenInterchange(found);
            return true;
        }
        return PassOver(text);
    }

    /// <summary>The end mark of DOS.</summary>
    const byte EndOfText = 0x1A;

    /// <summary>Elements that are separated by a letter or digit do not read: that is said once.</summary>
    bool PassOverUnread(ReadOnlySpan<byte> text)
    {
        if (!isPassing)
            Add(EnvelopeKind.Stray, default, Told(X12Findings.SeparatorsClash, name: "ISA"u8));
        isPassing = true;
        return PassOver(text);
    }

    /// <summary>Text that is no interchange is passed over up to the next ISA, and reported.</summary>
    bool PassOver(ReadOnlySpan<byte> text)
    {
        var next = text[1..].IndexOf("ISA"u8) + 1;
        var length = next > 0 ? next : complete ? text.Length : Math.Max(text.Length - 2, 1);
        if (!isPassing)
            Add(EnvelopeKind.Stray, default,
                Told(interchange == 0 ? X12Findings.NoInterchange : X12Findings.AfterInterchange));
        isPassing = true;
        at += length;
        from = at;
        if (interchange == 0 && offset + at > LongestSearch) state = State.Done;
        return true;
    }

    void OpenInterchange(in IsaReader.Found found)
    {
        delimiters = found.Delimiters;
        interchange++;
        group = 0;
        set = 0;
        groupsSeen = 0;
        strays = 0;
        state = State.InInterchange;
        (isPassing, scanned) = (false, at); // what was scanned was scanned for another terminator
        groups.Clear();
        (groupsOff, setsOff) = (0, 0);
        isa = [.. WithoutLineEnds(buffer.AsSpan(at, found.Text))];
        var findings = new FindingList();
        if (found.Stated != delimiters.Segment) TellTerminator(found, findings);
        else if (!found.AreDistinct) Told(X12Findings.SeparatorsClash, findings, name: "ISA"u8);
        checks.Check(isa, "ISA", delimiters, Here(), findings);
        if (!found.IsExact) JudgeLength(findings);
        isMalformed = found.Elements != IsaReader.Elements;
        if (isMalformed) // each element after the one that is missing or too many is in a wrong place
        {
            findings.Clear();
            Told(X12Findings.IsaElements, findings, Arg.Count(found.Elements), "ISA"u8);
        }
        else if (found.HasOldRepetition && !IsOlderGroup(found.Length + 1))
            Told(X12Findings.OldRepetition, findings, name: "ISA"u8, element: 11);
        if (!found.AreDistinct)
            findings.Keep(static f => f != X12Findings.TooManyElements && f != X12Findings.ElementMissing);
        if (IsOlderGroup(found.Length + 1))
            findings.Keep(static f => f != X12Findings.BadCode && f != X12Findings.BadCharacter); // the set says so
        if (!interchanges.Add(NameOfIsa()) && NameOfIsa() != cutOff)
            Told(X12Findings.InterchangeAgain, findings, name: "ISA"u8, element: 13);
        cutOff = "";
        Add(EnvelopeKind.Interchange, isa, findings);
        at += found.Length + 1;
        from = at;
    }

    bool isMalformed; // ISA has more or fewer elements than it must have

    string cutOff = ""; // the interchange that ended where this one begins: a header that was repeated is one fault

    string NameOfIsa() => Text(isa, 6) + "\n" + Text(isa, 13);

    /// <summary>One element of the wrong length is named; of several, as of a header without blanks, the header is.</summary>
    void JudgeLength(FindingList findings)
    {
        var count = 0;
        foreach (ref readonly var finding in findings.Span)
            if (IsOfLength(finding.Info)) count++;
        if (count == 1) return;
        findings.Keep(static info => !IsOfLength(info));
        Told(X12Findings.IsaMalformed, findings, name: "ISA"u8);

        static bool IsOfLength(FindingInfo info) =>
            info == X12Findings.TooLong || info == X12Findings.TooShort || info == X12Findings.ElementMissing;
    }

    /// <summary>The sign in the place of the terminator is another than the one that ends segments.</summary>
    void TellTerminator(in IsaReader.Found found, FindingList findings) =>
        findings.Add(new Finding
        {
            Info = X12Findings.WrongTerminator, Severity = Severity.Error, A = NameOf(found.Stated),
            B = Arg.Segment(Cut.Packed("ISA"u8)),
            D = NameOf(delimiters.Segment), Source = Here() with { ByteOffset = offset + at + found.Text },
        });

    static Arg NameOf(byte sign) => Arg.Segment(sign switch
    {
        (byte)' ' => Cut.Packed("a blank"u8),
        (byte)'\r' or (byte)'\n' => Cut.Packed("line end"u8),
        > (byte)' ' and < 0x7F => Cut.Packed([sign]),
        _ => Cut.Packed("a sign"u8),
    });

    /// <summary>The first group names a guide of version 4010: then ISA11 and ISA12 are of that version too.</summary>
    bool IsOlderGroup(int after)
    {
        var rest = buffer.AsSpan(Math.Min(at + after, filled)..Math.Min(at + after + LongestIsa, filled))
            .TrimStart("\r\n \t"u8);
        var end = rest.IndexOf(delimiters.Segment);
        return end > 0 && rest.StartsWith("GS"u8) && ElementOf(rest[..end], 8).StartsWith("0040"u8);
    }

    string Text(ReadOnlySpan<byte> segment, int element) =>
        System.Text.Encoding.Latin1.GetString(ElementOf(segment, element)).Trim();

    ReadOnlySpan<byte> ElementOf(ReadOnlySpan<byte> segment, int element) =>
        SegmentText.Element(segment, element, delimiters);

    bool StepInEnvelope(int end)
    {
        here = at;
        var segment = SegmentTo(end);
        var name = ElementOf(segment, 0);
        if (name.SequenceEqual("ISA"u8))
        {
            if (!TrySeeHeader(end, out var isStrayHeader)) return false;
            if (!isStrayHeader)
            {
                inStrays = false;
                return CutOff();
            }
        }
        if (CapitalsOf(name) is { } capitals)
        {
            Add(EnvelopeKind.Stray, default, Told(X12Findings.SmallLetters, name: name));
            name = capitals;
        }
        if (!complete && filled - at < LookAhead && name.SequenceEqual("ST"u8) && RivalOf(segment) is not null)
            return false;
        var isInStrays = inStrays;
        inStrays = false;
        if (name.SequenceEqual("GS"u8)) OpenGroup(segment);
        else if (name.SequenceEqual("GE"u8) && state == State.InGroup) CloseGroup(segment);
        else if (name.SequenceEqual("ST"u8))
        {
            OpenSet(segment, end);
            return true;
        }
        else if (name.SequenceEqual("IEA"u8))
        {
            at = end + 1;
            return CloseInterchange(segment, default);
        }
        else if (name.SequenceEqual("TA1"u8) && state == State.InInterchange) AddAcknowledgment(segment);
        else AddStray(segment, name, isInStrays);
        at = end + 1;
        from = at;
        return true;
    }

    /// <summary>A name of the envelope that is written in small letters, in capital ones; else null.</summary>
    static byte[]? CapitalsOf(ReadOnlySpan<byte> name)
    {
        if (name.Length is not (2 or 3) || !name.ContainsAnyInRange((byte)'a', (byte)'z')) return null;
        var text = System.Text.Encoding.Latin1.GetString(name).ToUpperInvariant();
        return text is "GS" or "GE" or "IEA" ? System.Text.Encoding.ASCII.GetBytes(text) : null;
    }

    bool inStrays; // segments without a set are passed over; it was reported at the first one

    /// <summary>
    /// A segment where no set is open. One report is enough for all that follow it up to their SE: their ST is missing,
    /// and so the group's count may be more than was found.
    /// </summary>
    void AddStray(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> name, bool isReported)
    {
        var isEnd = name.SequenceEqual("SE"u8);
        if (isEnd && state == State.InGroup) setsOff++;
        inStrays = !isEnd;
        if (strays++ >= MostStray) return;
        var info = isEnd || name.SequenceEqual("GE"u8) ? X12Findings.EndAlone
            : state == State.InGroup ? X12Findings.OutsideSet
            : X12Findings.OutsideGroup;
        Add(EnvelopeKind.Stray, segment, isReported ? new FindingList() : Told(info, name: name));
    }

    void AddAcknowledgment(ReadOnlySpan<byte> segment)
    {
        var findings = new FindingList();
        checks.Check(segment, "TA1", delimiters, Here(), findings);
        Add(EnvelopeKind.Acknowledgment, segment, findings);
    }

    void OpenGroup(ReadOnlySpan<byte> segment)
    {
        if (state == State.InGroup) CloseGroup(default);
        group++;
        set = 0;
        setsSeen = 0;
        setsOff = 0;
        state = State.InGroup;
        groupsSeen++;
        sets.Clear();
        gs = segment.ToArray();
        functionalAt = offset + here + StartOf(1);
        var findings = new FindingList();
        checks.Check(segment, "GS", delimiters, Here(), findings);
        if (!groups.Add(Text(gs, 6))) Told(X12Findings.GroupAgain, findings, name: "GS"u8, element: 6);
        Add(EnvelopeKind.Group, gs, findings);
    }

    void CloseGroup(ReadOnlySpan<byte> segment)
    {
        set = 0; // what is found is of the group
        var findings = TakeLast();
        if (segment.IsEmpty && isCutOff) { } // reported where the file ends
        else if (segment.IsEmpty) MissGroupEnd(findings);
        else
        {
            CheckEnd("GE", segment, gs, 6, findings);
            Compare(X12Findings.SetCount, segment, 1, setsSeen, findings, setsOff);
            var (opened, closed) = (Text(gs, 6), Text(segment, 2));
            if (gs.Length > 0 && opened != closed && opened.All(char.IsAsciiDigit) && closed.All(char.IsAsciiDigit))
                Told(X12Findings.GroupControl, findings, ControlOf(segment, 2), "GE"u8, 2, ControlOf(gs, 6));
        }
        Add(EnvelopeKind.GroupEnd, segment, findings, setsSeen);
        (state, gs) = (State.InInterchange, []);
    }

    /// <summary>Checks an end of the envelope; a control number that repeats a wrong one was reported there.</summary>
    void CheckEnd(string name, ReadOnlySpan<byte> segment, ReadOnlySpan<byte> opening, int element,
        FindingList findings)
    {
        var before = findings.Count;
        checks.Check(segment, name, delimiters, Here(), findings);
        if (opening.Length == 0 || Text(segment, 2) != Text(opening, element)) return;
        for (var i = findings.Count - 1; i >= before; i--)
            if (findings[i].Source.Element == 2) findings.RemoveAt(i);
    }

    /// <summary>The same number, with or without zeros before it: its length is reported by itself.</summary>
    static bool AreOneNumber(string one, string other) =>
        one == other || (one.Length > 0 && other.Length > 0 && one.TrimStart('0') == other.TrimStart('0'));

    /// <summary>A control number as it is written, where it is short; else its number.</summary>
    Arg ControlOf(ReadOnlySpan<byte> segment, int element) => ControlOf(ElementOf(segment, element).Trim((byte)' '));

    static Arg ControlOf(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0) return Arg.Segment(Cut.Packed("empty"u8));
        if (text.Length <= 8) return Arg.Segment(Cut.Packed(text));
        return Digits.TryScaled(text, 0, out var number) ? Arg.Count(number) : Arg.Segment(Cut.Packed("invalid"u8));
    }

    /// <summary>
    /// Another interchange begins in this one: it was cut off, which is reported once, for all that is open.
    /// </summary>
    bool CutOff()
    {
        cutOff = NameOfIsa();
        isCutOff = true;
        CloseInterchange(default, default);
        isCutOff = false;
        return true;
    }

    /// <summary>
    /// Whether an ISA that comes before the end of its interchange begins none: no group, TA1 or end follows it.
    /// </summary>
    /// <param name="end">Where its terminator is.</param>
    /// <returns>False when what follows it has not come yet.</returns>
    bool TrySeeHeader(int end, out bool isStray)
    {
        isStray = false;
        if (!complete && filled - end < LongestIsa) return false;
        var next = buffer.AsSpan(end + 1, filled - end - 1).TrimStart("\r\n \t"u8);
        isStray = next.Length > 0 && IsaReader.TryRead(buffer.AsSpan(at, Math.Min(filled - at, LongestIsa)), out _)
            && !next.StartsWith("GS"u8) && !next.StartsWith("TA1"u8) && !next.StartsWith("IEA"u8);
        return true;
    }

    void MissGroupEnd(FindingList findings)
    {
        groupsOff++;
        Told(X12Findings.NoGe, findings, name: "GE"u8);
    }

    /// <param name="off">The number may differ by so many, for what was reported.</param>
    void Compare(FindingInfo info, ReadOnlySpan<byte> segment, int element, int counted, FindingList findings,
        int off = 0)
    {
        var stated = ElementOf(segment, element);
        if (!Digits.TryScaled(stated, 0, out var number) || Math.Abs(number - counted) <= off)
            return; // what is no number was reported by its form
        Told(info, findings, Arg.Count(number), ElementOf(segment, 0), element, Arg.Count(counted));
    }

    /// <summary>Ends the interchange with its IEA, or without one when another begins or the file ends.</summary>
    bool CloseInterchange(ReadOnlySpan<byte> segment, FindingInfo? why)
    {
        if (state == State.InGroup) CloseGroup(default);
        (group, set) = (0, 0); // what is found is of the interchange
        var findings = TakeLast();
        if (why is not null) Told(why, findings, Arg.Count(LongestSegment));
        if (segment.IsEmpty) Told(X12Findings.NoIea, findings, name: "IEA"u8);
        else
        {
            CheckEnd("IEA", segment, isa, 13, findings);
            Compare(X12Findings.GroupCount, segment, 1, groupsSeen, findings, groupsOff);
            if (!isMalformed && !AreOneNumber(Text(segment, 2), Text(isa, 13)))
                Told(X12Findings.InterchangeControl, findings, ControlOf(segment, 2), "IEA"u8, 2, ControlOf(isa, 13));
        }
        Add(EnvelopeKind.InterchangeEnd, segment, findings, groupsSeen);
        (state, isa, from) = (State.Outside, [], at);
        return true;
    }

    /// <summary>The file ends with something open.</summary>
    bool CloseAll()
    {
        here = filled;
        if (EndsInEnvelope()) return true;
        if (state == State.InSet)
        {
            if (at < filled)
            {
                ordinal++;
                at = filled;
            } // a last segment without its terminator
            CloseSet(default, isCut: true);
        }
        else if (at < filled && strays++ < MostStray)
        {
            Add(EnvelopeKind.Stray, default, Told(X12Findings.SegmentCut));
            at = filled;
        }
        isCutOff = true;
        CloseInterchange(default, null);
        state = State.Done;
        return true;
    }

    FindingList? lastOfFile; // about the last segment, which is yet to be read

    FindingList TakeLast()
    {
        var found = lastOfFile ?? new FindingList();
        lastOfFile = null;
        return found;
    }

    bool isCutOff; // the file has ended with something open: that is one fault, reported at its end

    /// <summary>
    /// The last segment of the file is an end of the envelope that has no terminator: it is given one.
    /// </summary>
    bool EndsInEnvelope()
    {
        if (at >= filled || filled == buffer.Length) return false;
        var name = ElementOf(SegmentTo(filled), 0);
        if (!name.SequenceEqual("SE"u8) && !name.SequenceEqual("GE"u8) && !name.SequenceEqual("IEA"u8)) return false;
        var opened = name.SequenceEqual("SE"u8) ? ElementOf(st, 2)
            : name.SequenceEqual("GE"u8) ? ElementOf(gs, 6)
            : ElementOf(isa, 13);
        var control = ElementOf(SegmentTo(filled), 2);
        if (control.IsEmpty || (control.Length < opened.Length && opened.StartsWith(control)))
            return false; // more than the terminator is cut off
        here = at;
        lastOfFile = Told(X12Findings.NoLastTerminator, name: name);
        buffer[filled++] = delimiters.Segment;
        return true;
    }

    /// <summary>What is longer than any limit ends the interchange; the file is searched for the next one.</summary>
    bool GiveUp(int limit)
    {
        here = at;
        if (state == State.InSet)
        {
            if (limit == LargestSetPart) from = at;
            CloseSet(default);
        }
        CloseInterchange(default, X12Findings.PastLimit);
        at = Math.Min(at + 1, filled); // not found again at the same place
        from = at;
        return true;
    }
}
