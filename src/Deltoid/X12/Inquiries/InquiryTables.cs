using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>Reads <c>fields.tsv</c> and <c>loops.tsv</c>, and makes the shapes of a guide's loops from them.</summary>
sealed class InquiryTables(Guide guide)
{
    readonly record struct FieldRow(string Segment, string At, string Name, string Kind, string Says);

    readonly record struct LoopRows(string[] Guides, string Loop, string Name, string Kind, string Says);

    static readonly List<FieldRow> FieldRows = ReadFields();

    static readonly List<LoopRows> Loops = ReadLoops();

    static List<FieldRow> ReadFields()
    {
        var found = new List<FieldRow>();
        var rows = ShippedRows.Open("inquiries/fields.tsv");
        int segment = rows.Column("segment"), at = rows.Column("at"), name = rows.Column("name"),
            kind = rows.Column("kind");
        var says = rows.Column("says");
        while (rows.Next())
            found.Add(new(new(rows[segment]), new(rows[at]), new(rows[name]), new(rows[kind]), new(rows[says])));
        return found;
    }

    static List<LoopRows> ReadLoops()
    {
        var found = new List<LoopRows>();
        var rows = ShippedRows.Open("inquiries/loops.tsv");
        int guides = rows.Column("guides"), loop = rows.Column("loop"), name = rows.Column("name"),
            kind = rows.Column("kind");
        var says = rows.Column("says");
        while (rows.Next())
        {
            var of = rows[guides].ToString().Split(' ');
            found.Add(new(of, new(rows[loop]), new(rows[name]), new(rows[kind]), new(rows[says])));
        }
        return found;
    }

    /// <summary>What a list of segments is, in words.</summary>
    public static string SaysOf(string loop, string segment) => GroupOf(loop, segment).Says ?? "";

    /// <summary>Under which name a segment is: a row for the loop goes before that for any loop.</summary>
    static FieldRow GroupOf(string loop, string segment)
    {
        var own = FieldRows.Find(r => r.Segment == $"{loop}/{segment}");
        return own.Name is null ? FieldRows.Find(r => r.Segment == segment && r.At.Length == 0) : own;
    }

    /// <summary>What the objects of a loop are, in words.</summary>
    public static string SaysOfLoop(string guide, string loop) => LoopOf(guide, loop).Says ?? "";

    static LoopRows LoopOf(string guide, string loop) => Loops.Find(r => r.Loop == loop && r.Guides.Contains(guide));

    public InquiryShape Set() => Shape(0);

    InquiryShape Shape(int loop)
    {
        var parts = new List<object> { Slot([guide.Segments[guide.Loops[loop].First]], isFirst: true) };
        var named = new HashSet<string>();
        foreach (var entry in guide.Loops[loop].Entries)
        {
            if (entry.Child >= 0) parts.Add(Child(entry.Child));
            else if (named.Add(guide.Segments[entry.Segment].Name))
                parts.Add(Slot(RowsOf(loop, guide.Segments[entry.Segment]), isFirst: false));
        }
        return InquiryShape.Make(guide, loop, parts);
    }

    SegmentRow[] RowsOf(int loop, SegmentRow like) =>
        Array.FindAll(guide.Segments, s => s.Loop == loop && s.Name == like.Name && s.Index != guide.Loops[loop].First);

    InquirySlot Slot(SegmentRow[] rows, bool isFirst)
    {
        var group = isFirst ? default : GroupOf(guide.Loops[rows[0].Loop].Name, rows[0].Name);
        return new(rows, group.Name ?? "", group.Kind == "many", isFirst, FieldsOf(rows[0].Name));
    }

    InquiryChild Child(int loop)
    {
        var row = LoopOf(guide.Name, guide.Loops[loop].Name);
        if (row.Kind is null) throw new FormatException($"loops.tsv has no {guide.Name} {guide.Loops[loop].Name}");
        return new(Shape(loop), row.Name, row.Kind == "many");
    }

    static InquiryField[] FieldsOf(string segment) =>
        [.. FieldRows.Where(r => r.Segment == segment && r.At.Length > 0).Select(FieldOf)];

    static InquiryField FieldOf(FieldRow row)
    {
        var (kind, composite) = row.Kind.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank
            ? (row.Kind[..blank], row.Kind[(blank + 1)..])
            : (row.Kind, "");
        var inner = composite.Length > 0 ? FieldsOf(composite) : [];
        return new(row.Name, KindOf(kind), InquiryField.PlacesOf(row.At), row.Says, inner);
    }

    static InquiryFieldKind KindOf(string kind) => kind switch
    {
        "text" => InquiryFieldKind.Text,
        "day" => InquiryFieldKind.Day,
        "dollars" => InquiryFieldKind.Dollars,
        "number" => InquiryFieldKind.Number,
        "list" => InquiryFieldKind.List,
        "parts" => InquiryFieldKind.Parts,
        "days" => InquiryFieldKind.Days,
        "birth" => InquiryFieldKind.Birth,
        "object" => InquiryFieldKind.Object,
        "objects" => InquiryFieldKind.Objects,
        _ => throw new FormatException($"fields.tsv: {kind} is not a kind"),
    };
}
