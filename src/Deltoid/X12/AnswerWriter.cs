using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Writes an answer loop by loop. A segment that was kept is written again with what the fields say in place of what it says, and one
/// that no field stands for as it came; what the fields say and no kept segment does is put where the guide has it. Counts are made anew.
/// </summary>
public abstract class AnswerWriter
{
    readonly SegmentReader segment = new();
    readonly GuideWalk walk;
    readonly Faults faults = new() { Quiet = true };
    readonly int[] templates; // by row: how many of the section's kept segments are its templates
    readonly int[] starts; // by loop: the kept segment that its instance began with, or -1
    readonly bool[] isDropped; // by row: its kept segments do not fit its fields any more
    int[] rows = new int[64];
    byte[] text = [];
    int sectionFrom, sectionEnd;
    int template, templateEnd; // what is left of the template, in the answer's bytes

    private protected AnswerWriter(SegmentWriter output, Guide guide)
    {
        (Output, Guide) = (output, guide);
        walk = new GuideWalk(guide, faults);
        (templates, isDropped, starts) = (new int[guide.Segments.Length], new bool[guide.Segments.Length], new int[guide.Loops.Length]);
    }

    /// <summary>Where it is written to; the caller takes what was written and clears it as it likes.</summary>
    public SegmentWriter Output { get; }

    private protected Guide Guide { get; }

    private protected Answer Answer { get; private set; } = null!;

    /// <summary>No segment was kept: all that the guide asks for is made.</summary>
    private protected bool IsNew => Answer.Segments.IsEmpty;

    /// <summary>The next kept segment that no section has taken.</summary>
    private protected int NextKept { get; set; }

    /// <summary>Whether the fields say one more instance of a row than <paramref name="count"/>.</summary>
    private protected abstract bool Needs(SegmentRow row, int count);

    /// <summary>Writes the elements of a row's segment.</summary>
    private protected abstract void Fill(SegmentRow row);

    /// <summary>A row whose segments are a list in the fields: each is one item or several.</summary>
    private protected abstract bool IsList(SegmentRow row);

    /// <summary>Begins an answer: finds the rows of its kept segments by going through the guide.</summary>
    /// <param name="above">Names of segments that stand above the first one kept, ST first; none when that is ST itself.</param>
    private protected void Open(Answer answer, params ReadOnlySpan<string> above)
    {
        (Answer, NextKept) = (answer, 0);
        Array.Fill(starts, -1);
        var kept = answer.Segments;
        if (rows.Length < kept.Length) rows = new int[kept.Length * 2];
        var first = 0;
        while (above.IsEmpty && first < kept.Length && !answer[kept[first].Text].StartsWith("ST"u8)) rows[first++] = -1; // the envelope
        if (above.IsEmpty) NextKept = first < kept.Length ? first : 0;
        var length = Join(answer, first, above);
        segment.Open(text, 0, length, answer.Delimiters);
        walk.Begin();
        for (var i = 0; i < above.Length; i++) if (segment.Next()) walk.Place(segment);
        for (var i = first; i < kept.Length; i++) rows[i] = segment.Next() ? walk.Place(segment) : -1;
    }

    /// <summary>Kept segments of other loops than those from <paramref name="first"/> to <paramref name="last"/> (in the order of the table) stay as they are.</summary>
    private protected void OnlyLoops(int first, int last)
    {
        for (var i = 0; i < Answer.Segments.Length; i++) if (rows[i] >= 0 && (Guide.Segments[rows[i]].Loop < first || Guide.Segments[rows[i]].Loop > last)) rows[i] = -1;
    }

    /// <summary>One text of the names above and the kept segments, each with a terminator.</summary>
    int Join(Answer answer, int first, ReadOnlySpan<string> above)
    {
        var at = 0;
        foreach (var name in above) Add(System.Text.Encoding.ASCII.GetBytes(name));
        foreach (ref readonly var kept in answer.Segments[Math.Min(first, answer.Segments.Length)..]) Add(answer[kept.Text]);
        return at;

        void Add(ReadOnlySpan<byte> one)
        {
            if (at + one.Length + 1 + SegmentReader.Slack > text.Length) Array.Resize(ref text, ((at + one.Length) * 2) + 256);
            one.CopyTo(text.AsSpan(at));
            at += one.Length;
            text[at++] = answer.Delimiters.Segment;
        }
    }

    /// <summary>The loop of the next kept segment, or -1 when none is left.</summary>
    private protected int NextLoop
    {
        get
        {
            for (var i = NextKept; i < Answer.Segments.Length; i++) if (rows[i] >= 0) return Guide.Segments[rows[i]].Loop;
            return -1;
        }
    }

    private protected int RowOf(int kept) => rows[kept];

    /// <summary>Takes the kept segments of one instance of a loop, from the next one on: up to another loop, or to where the loop begins again.</summary>
    private protected void Enter(int loop)
    {
        while (NextKept < Answer.Segments.Length && rows[NextKept] < 0 && NextLoop == loop) CopyTo(NextKept + 1); // what has no place goes before
        TakeSection(loop);
    }

    /// <summary>Takes what is left of the instance of a loop behind loops that stand in it.</summary>
    private protected void EnterRest(int loop)
    {
        var next = NextKept;
        while (next < Answer.Segments.Length && rows[next] < 0) next++;
        var start = starts[loop];
        if (next == Answer.Segments.Length || rows[next] != Guide.Loops[loop].First) Enter(loop);
        else
        {
            Array.Clear(templates);
            (sectionFrom, sectionEnd) = (NextKept, NextKept);
        }
        starts[loop] = start;
    }

    void TakeSection(int loop)
    {
        Array.Clear(templates);
        (sectionFrom, sectionEnd) = (NextKept, NextKept);
        for (; sectionEnd < Answer.Segments.Length; sectionEnd++)
        {
            var row = rows[sectionEnd];
            if (row < 0) continue;
            if (Guide.Segments[row].Loop != loop || (row == Guide.Loops[loop].First && sectionEnd > sectionFrom)) break;
            templates[row]++;
        }
        if (sectionEnd > sectionFrom && NextLoop != loop) sectionEnd = sectionFrom; // what has no place goes with what stands before it
        if (sectionEnd == sectionFrom) starts[loop] = -1;
        else if (rows[sectionFrom] == Guide.Loops[loop].First) starts[loop] = sectionFrom;
    }

    /// <summary>Says whether the kept segments of a row that is a list do not fit the list any more: then they are not used.</summary>
    private protected void Drop(int row, bool isMisfit) => isDropped[row] = isMisfit;

    /// <summary>The kept segments of a row that is not its loop's first, one after the other: those of the section's instance of the loop, out of their place too. Begin with -1.</summary>
    private protected int NextTemplate(int row, int after)
    {
        if (sectionFrom == sectionEnd && after < 0) return -1;
        return NextInLoop(row, after < 0 ? sectionFrom : after); // a section begins with its loop's first segment
    }

    /// <summary>The next kept segment of a row in the same instance of its loop, or -1.</summary>
    int NextInLoop(int row, int after)
    {
        var first = Guide.Loops[Guide.Segments[row].Loop].First;
        for (var i = after + 1; i < Answer.Segments.Length && rows[i] != first; i++) if (rows[i] == row) return i;
        return -1;
    }

    /// <summary>Whether the loop's instance has a kept segment of a row, in its place or out of it.</summary>
    bool IsInInstance(int row)
    {
        var start = starts[Guide.Segments[row].Loop];
        return start >= 0 && (rows[start] == row || NextInLoop(row, start) >= 0);
    }

    /// <summary>Where kept segments of a loop follow, out of their place, what stands before them is written as it came.</summary>
    /// <param name="within">A loop further out, which ends the search where it begins again.</param>
    private protected void Reach(int loop, int within)
    {
        if (NextLoop == loop) return;
        var (first, stop, at) = (Guide.Loops[loop].First, Guide.Loops[within].First, NextKept);
        while (at < Answer.Segments.Length && rows[at] != first) if (rows[at++] == stop) return;
        if (at == Answer.Segments.Length) return;
        while (NextKept < at) CopyNext();
    }

    /// <summary>Writes the rows from <paramref name="first"/> to <paramref name="last"/> that the section has or the fields say.</summary>
    private protected void Write(int first, int last)
    {
        var (reached, at) = (first, sectionFrom);
        for (; at < sectionEnd && (rows[at] < 0 || rows[at] <= last); at++)
        {
            for (; reached < rows[at]; reached++) if (NextInLoop(reached, at) < 0) Add(reached);
            WriteKept(at);
        }
        for (var row = first; row <= last; row++) if (NextInLoop(row, at - 1) < 0) Add(row);
        sectionFrom = NextKept = at;
    }

    /// <summary>Writes a kept segment: from the fields, where it stands for some, or as it came. Of what may stand once the fields are those of the last.</summary>
    void WriteKept(int at)
    {
        var row = rows[at];
        if (row < 0 || Guide.Segments[row].Action == 0 || (!IsList(Guide.Segments[row]) && NextInLoop(row, at) >= 0)) Copy(at);
        else if (!isDropped[row]) Use(row, at);
    }

    /// <summary>Passes over the kept segments that <see cref="Write"/> would write.</summary>
    private protected void Skip(int loop, int last)
    {
        TakeSection(loop);
        while (NextKept < sectionEnd && (rows[NextKept] < 0 || rows[NextKept] <= last)) NextKept++;
    }

    /// <summary>Writes what the fields say of a row beyond its kept segments.</summary>
    void Add(int row)
    {
        var of = Guide.Segments[row];
        if (of.Action == 0 || (!IsList(of) && IsInInstance(row))) return;
        for (; Needs(of, templates[row]); templates[row]++) Use(row, -1);
    }

    void Use(int row, int kept)
    {
        var of = Guide.Segments[row];
        (template, templateEnd, IsKept) = (0, -1, kept >= 0);
        if (kept >= 0) OpenTemplate(kept);
        Output.Begin(of.NameBytes);
        Fill(of);
        Pass(int.MaxValue);
        Output.End();
    }

    /// <summary>The kept segment that is the template.</summary>
    private protected int TemplateIndex { get; private set; }

    void OpenTemplate(int kept)
    {
        TemplateIndex = kept;
        var range = Answer.Segments[kept].Text;
        (template, templateEnd) = (range.Start, range.Start + range.Length);
        NextOfTemplate();
    }

    /// <summary>Writes a kept segment as it came.</summary>
    void Copy(int kept)
    {
        OpenTemplate(kept);
        var range = Answer.Segments[kept].Text;
        var name = Answer[range];
        var cut = name.IndexOf(Answer.Delimiters.Element);
        Output.Begin(cut < 0 ? name : name[..cut]);
        Pass(int.MaxValue);
        Output.End();
    }

    /// <summary>Writes kept segments that stand out of their place, from the next one to the one before <paramref name="end"/>.</summary>
    private protected void CopyTo(int end)
    {
        for (; NextKept < end; NextKept++) WriteKept(NextKept);
    }

    /// <summary>Writes the next kept segment as it came.</summary>
    private protected void CopyNext() => Copy(NextKept++);

    /// <summary>Writes all of one instance of a loop.</summary>
    private protected void WriteLoop(int loop)
    {
        Enter(loop);
        Write(Guide.Loops[loop].First, LastOf(loop));
    }

    /// <summary>The last row of a loop's own segments.</summary>
    private protected int LastOf(int loop)
    {
        var last = Guide.Loops[loop].First;
        while (last + 1 < Guide.Segments.Length && Guide.Segments[last + 1].Loop == loop) last++;
        return last;
    }

    /// <summary>The segment has a template.</summary>
    private protected bool IsKept { get; private set; }

    /// <summary>The template has elements left.</summary>
    private protected bool HasTemplate => template <= templateEnd;

    /// <summary>Takes the next element off the template.</summary>
    private protected ReadOnlySpan<byte> NextOfTemplate()
    {
        if (template > templateEnd) return default;
        var rest = Answer[new TextRange(template, templateEnd - template)];
        var cut = rest.IndexOf(Answer.Delimiters.Element);
        template = cut < 0 ? templateEnd + 1 : template + cut + 1;
        return cut < 0 ? rest : rest[..cut];
    }

    /// <summary>The template's next element, left where it is.</summary>
    private protected ReadOnlySpan<byte> PeekElement()
    {
        var at = template;
        var element = NextOfTemplate();
        template = at;
        return element;
    }

    /// <summary>The first part of the template's next element, left where it is.</summary>
    private protected ReadOnlySpan<byte> PeekFirst()
    {
        var element = PeekElement();
        return NextPart(ref element);
    }

    /// <summary>Whether any of the template's next elements says something.</summary>
    private protected bool Peek(int count)
    {
        var at = template;
        var says = false;
        for (; count > 0; count--) says |= !NextOfTemplate().IsEmpty;
        template = at;
        return says;
    }

    /// <summary>An element of a kept segment, whatever was taken off it.</summary>
    private protected ReadOnlySpan<byte> ElementOf(int kept, int element)
    {
        var rest = Answer[Answer.Segments[kept].Text];
        var mark = Answer.Delimiters.Element;
        for (; element > 0; element--)
        {
            var cut = rest.IndexOf(mark);
            if (cut < 0) return default;
            rest = rest[(cut + 1)..];
        }
        var end = rest.IndexOf(mark);
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>An element as it was kept, with the separators of the output; a sign of the text that is one of these becomes a blank.</summary>
    private protected void Raw(ReadOnlySpan<byte> element)
    {
        var (from, to) = (Answer.Delimiters, Output.Delimiters);
        while (element.Length > 0 && (element[^1] == from.Component || element[^1] == from.Repetition)) element = element[..^1];
        if (from == to || element.IsEmpty) { Output.Raw(element); return; }
        var translated = element.ToArray();
        foreach (ref var b in translated.AsSpan())
        {
            if (b == from.Component) b = to.Component;
            else if (b == from.Repetition) b = to.Repetition;
            else if (b == to.Element || b == to.Component || b == to.Repetition || b == to.Segment) b = (byte)' ';
        }
        Output.Raw(translated);
    }

    /// <summary>Elements that no field stands for: as kept, else empty.</summary>
    private protected void Pass(int count = 1)
    {
        for (; count > 0 && HasTemplate; count--) Raw(NextOfTemplate());
        if (count < short.MaxValue) Output.Skip(count);
    }

    /// <summary>The next element: the field, or what was kept where the field says nothing; of a segment that is new, a usual value.</summary>
    private protected void Put(ReadOnlySpan<byte> field, ReadOnlySpan<byte> otherwise = default)
    {
        var kept = NextOfTemplate();
        if (field.IsEmpty && kept.IsEmpty) Output.Text(IsKept ? default : otherwise);
        else if (field.IsEmpty || field.SequenceEqual(kept)) Raw(kept);
        else Output.Text(field);
    }

    /// <summary>An element that no field stands for: as kept, or of a segment that is new, a usual value.</summary>
    private protected void Usual(ReadOnlySpan<byte> value) => Put(default(ReadOnlySpan<byte>), value);

    private protected void Put(Code field, ReadOnlySpan<byte> otherwise = default)
    {
        Span<byte> written = stackalloc byte[Code.MaxLength];
        var kept = NextOfTemplate();
        if (!kept.IsEmpty && (field.IsNone || (Code.TryParse(kept, out var same) && same == field))) Raw(kept);
        else if (field.IsNone) Output.Text(IsKept ? default : otherwise);
        else Output.Text(written[..field.Write(written)]);
    }

    private protected void Put(Money? field)
    {
        var kept = NextOfTemplate();
        if (field is { } amount) Output.Number(amount);
        else Raw(kept);
    }

    private protected void Put(Quantity? field)
    {
        var kept = NextOfTemplate();
        if (field is { } count) Output.Number(count);
        else Raw(kept);
    }

    /// <summary>A whole number; one that is not said is negative.</summary>
    private protected void Put(int field)
    {
        var kept = NextOfTemplate();
        if (field >= 0) Output.Number(field);
        else Raw(kept);
    }

    private protected void Put(char field)
    {
        Span<byte> sign = [(byte)field];
        Put(field == '\0' ? default : (ReadOnlySpan<byte>)sign);
    }

    private protected void Put(DateOnly field)
    {
        var kept = NextOfTemplate();
        if (field != default) Output.Day(field);
        else Raw(kept);
    }

    /// <summary>A number made here, whatever was kept.</summary>
    private protected void Made(long number)
    {
        NextOfTemplate();
        Output.Number(number);
    }

    /// <summary>The composite of list, code, modifiers and description; kept where it says the same.</summary>
    private protected void Put(in Procedure field)
    {
        var kept = NextOfTemplate();
        if (field.IsNone || Says(kept, field)) { Raw(kept); return; }
        Span<byte> digits = stackalloc byte[11];
        Output.Text(field.Kind.IsNone ? Code.Of("HC") : field.Kind);
        if (!field.Ndc.IsNone) Output.Component(digits[..field.Ndc.Write(digits)]);
        else if (field.Code.IsNone) Output.Component(Answer[field.Text]);
        else Output.Component(field.Code);
        for (var i = 0; i < Modifiers.Max; i++) Output.Component(field.Modifiers[i]);
        Output.Component(Answer[field.Description]);
    }

    /// <summary>Whether a kept composite says all that the field says.</summary>
    bool Says(ReadOnlySpan<byte> kept, in Procedure field)
    {
        if (!IsOf(NextPart(ref kept), field.Kind)) return false;
        var code = NextPart(ref kept);
        if (!field.Ndc.IsNone ? !Ndc.TryParse(code, out var ndc) || ndc.AsBilled != field.Ndc.AsBilled : field.Code.IsNone ? !code.SequenceEqual(Answer[field.Text]) : !IsOf(code, field.Code)) return false;
        var reads = true; // those behind one that is none were not read
        for (var i = 0; i < Modifiers.Max; i++)
        {
            reads &= Modifier.TryParse(NextPart(ref kept), out var modifier);
            if (field.Modifiers[i] != (reads ? modifier : default)) return false;
        }
        return field.Description.IsEmpty || NextPart(ref kept).SequenceEqual(Answer[field.Description]);
    }

    /// <summary>Whether a kept text is read as this code, or as none.</summary>
    private protected static bool IsOf(ReadOnlySpan<byte> kept, Code code) => Code.TryParse(kept, out var said) ? said == code : code.IsNone;

    /// <summary>Takes the first part off a kept element, as components are read: up to a separator inside it.</summary>
    private protected ReadOnlySpan<byte> NextPart(scoped ref ReadOnlySpan<byte> rest)
    {
        var cut = rest.IndexOfAny(Answer.Delimiters.Component, Answer.Delimiters.Repetition);
        var part = cut < 0 ? rest : rest[..cut];
        rest = cut < 0 ? default : rest[(cut + 1)..];
        return part;
    }
}
