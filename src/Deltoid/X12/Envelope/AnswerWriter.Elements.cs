using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12.Envelope;

/// <summary>Elements: what a field says, laid over what was kept.</summary>
internal abstract partial class AnswerWriter
{
    int template, templateEnd; // what is left of the template, in the answer's bytes

    /// <summary>The kept segment that is the template.</summary>
    private protected int TemplateIndex { get; private set; }

    void OpenTemplate(int kept)
    {
        TemplateIndex = kept;
        var range = Answer.Segments[kept].Text;
        (template, templateEnd) = (range.Start, range.Start + range.Length);
        NextOfTemplate();
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

    /// <summary>
    /// An element as it was kept, with the separators of the output; a sign of the text that is one of these becomes a
    /// blank.
    /// </summary>
    private protected void Raw(ReadOnlySpan<byte> element)
    {
        var (from, to) = (Answer.Delimiters, Output.Delimiters);
        while (element.Length > 0 && (element[^1] == from.Component || element[^1] == from.Repetition))
            element = element[..^1];
        if (from == to || element.IsEmpty)
        {
            Output.Raw(element);
            return;
        }
        var translated = element.ToArray();
        foreach (ref var b in translated.AsSpan())
        {
            if (b == from.Component) b = to.Component;
            else if (b == from.Repetition) b = to.Repetition;
            else if (b == to.Element || b == to.Component || b == to.Repetition || b == to.Segment) b = (byte)' ';
        }
        Output.Raw(translated);
    }

    /// <summary>Elements that no field holds: as kept, else empty.</summary>
    private protected void Pass(int count = 1)
    {
        for (; count > 0 && HasTemplate; count--) Raw(NextOfTemplate());
        if (count < short.MaxValue) Output.Skip(count);
    }

    /// <summary>
    /// The next element: the field, or what was kept where the field says nothing; of a segment that is new, a usual
    /// value.
    /// </summary>
    private protected void Put(ReadOnlySpan<byte> field, ReadOnlySpan<byte> otherwise = default)
    {
        var kept = NextOfTemplate();
        if (field.IsEmpty && kept.IsEmpty) Output.Text(IsKept ? default : otherwise);
        else if (field.IsEmpty || field.SequenceEqual(kept)) Raw(kept);
        else Output.Text(field);
    }

    /// <summary>An element that no field holds: as kept, or of a segment that is new, a usual value.</summary>
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
        if (field.IsNone || Says(kept, field))
        {
            Raw(kept);
            return;
        }
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
        if (!field.Ndc.IsNone ? !Ndc.TryParse(code, out var ndc) || ndc.AsBilled != field.Ndc.AsBilled
            : field.Code.IsNone ? !code.SequenceEqual(Answer[field.Text])
            : !IsOf(code, field.Code))
            return false;
        var reads = true; // those after one that is none were not read
        for (var i = 0; i < Modifiers.Max; i++)
        {
            reads &= Modifier.TryParse(NextPart(ref kept), out var modifier);
            if (field.Modifiers[i] != (reads ? modifier : default)) return false;
        }
        return field.Description.IsEmpty || NextPart(ref kept).SequenceEqual(Answer[field.Description]);
    }

    /// <summary>Whether a kept text is read as this code, or as none.</summary>
    private protected static bool IsOf(ReadOnlySpan<byte> kept, Code code) =>
        Code.TryParse(kept, out var said) ? said == code : code.IsNone;

    /// <summary>Takes the first part off a kept element, as components are read: up to a separator inside it.</summary>
    private protected ReadOnlySpan<byte> NextPart(scoped ref ReadOnlySpan<byte> rest)
    {
        var cut = rest.IndexOfAny(Answer.Delimiters.Component, Answer.Delimiters.Repetition);
        var part = cut < 0 ? rest : rest[..cut];
        rest = cut < 0 ? default : rest[(cut + 1)..];
        return part;
    }
}
