using System.Runtime.CompilerServices;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>The segments of one name in a loop, and under which name they are in JSON.</summary>
/// <param name="Rows">Their rows, which differ by the value of their key.</param>
/// <param name="Name">Empty where the fields are those of the loop's object.</param>
/// <param name="IsFirst">They begin the loop.</param>
sealed record InquirySlot(SegmentRow[] Rows, string Name, bool IsMany, bool IsFirst, InquiryField[] Fields)
{
    public bool IsFlat => Name.Length == 0;

    /// <summary>Its number and where it belongs are made, not said: HL and SE.</summary>
    public bool IsMade => Rows[0].Name is "HL" or "SE";

    /// <summary>The fields of one of them.</summary>
    public FieldNames Names { get; } = new([.. Fields.SelectMany(static f => f.Json)]);
}

/// <summary>A loop inside another, and under which name it is in JSON.</summary>
/// <param name="Name">Empty where its fields are those of the object around it.</param>
sealed record InquiryChild(InquiryShape Shape, string Name, bool IsMany);

/// <summary>
/// A loop of a question to a payer or of an answer, as an object of JSON: its segments and the loops in it in the order
/// of the guide. Made from the guide and the rows of <c>fields.tsv</c> and <c>loops.tsv</c>.
/// </summary>
sealed class InquiryShape
{
    static readonly ConditionalWeakTable<Guide, InquiryShape> Known = [];

    /// <summary>In the order of the guide: <see cref="InquirySlot"/> or <see cref="InquiryChild"/>.</summary>
    readonly List<object> parts = [];

    InquiryShape(Guide guide, int loop) => (Guide, Loop) = (guide, loop);

    public Guide Guide { get; }

    public int Loop { get; }

    public IReadOnlyList<object> Parts => parts;

    /// <summary>The fields of its object; those of loops without a name among them.</summary>
    public FieldNames Names { get; private set; } = new(Array.Empty<JsonField>());

    /// <summary>The shape of a whole set.</summary>
    public static InquiryShape Of(Guide guide) => Known.GetValue(guide, static g => new InquiryTables(g).Set());

    public static InquiryShape Make(Guide guide, int loop, IEnumerable<object> parts)
    {
        var shape = new InquiryShape(guide, loop);
        shape.parts.AddRange(parts);
        shape.Names = new([.. shape.Fields()]);
        return shape;
    }

    IEnumerable<JsonField> Fields()
    {
        foreach (var part in parts)
        {
            var fields = part is InquirySlot slot ? FieldsOf(slot) : FieldsOf((InquiryChild)part);
            foreach (var field in fields) yield return field;
        }
    }

    IEnumerable<JsonField> FieldsOf(InquirySlot slot)
    {
        if (slot.IsMade) return [];
        if (slot.IsFlat) return slot.Names.Fields;
        var type = JsonType.Object(slot.Name, slot.Names);
        var says = InquiryTables.SaysOf(Guide.Loops[Loop].Name, slot.Rows[0].Name);
        return [new(slot.Name, slot.IsMany ? JsonType.ListOf(type) : type, says, "", "none")];
    }

    static IEnumerable<JsonField> FieldsOf(InquiryChild child)
    {
        if (child.Name.Length == 0) return child.Shape.Fields();
        var guide = child.Shape.Guide;
        var loop = guide.Loops[child.Shape.Loop];
        var type = JsonType.Object($"loop{loop.Name}", child.Shape.Names);
        var says = InquiryTables.SaysOfLoop(guide.Name, loop.Name);
        return [new(child.Name, child.IsMany ? JsonType.ListOf(type) : type, says, "", "none")];
    }
}
