using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// The segments of a set as a tree of loops, and back. Levels are numbered and segments are counted again; everything
/// else is as it was.
/// </summary>
static class InquiryTree
{
    /// <summary>The tree of a set. Segments without a place in the guide are not in it.</summary>
    public static InquiryNode Of(Inquiry inquiry)
    {
        var guide = inquiry.Guide ?? throw new ArgumentException("nothing was read", nameof(inquiry));
        var root = new InquiryNode(InquiryShape.Of(guide));
        var open = new List<InquiryNode>();
        foreach (ref readonly var kept in inquiry.Segments)
        {
            if (kept.Row == 0 || kept.Ordinal == 0) continue;
            var row = guide.Segments[kept.Row - 1];
            var segment = InquirySegment.Of(inquiry[kept.Text], inquiry.Delimiters);
            if (NodeFor(guide, row, open, root) is { } node) Put(node, row, segment);
        }
        return root;
    }

    /// <summary>The loop that a segment is of: the open one, or a new one that it begins.</summary>
    static InquiryNode? NodeFor(Guide guide, SegmentRow row, List<InquiryNode> open, InquiryNode root)
    {
        if (row.Loop == 0)
        {
            open.Clear();
            open.Add(root);
            return root;
        }
        if (guide.Loops[row.Loop].First != row.Index)
        {
            while (open.Count > 0 && open[^1].Shape.Loop != row.Loop) open.RemoveAt(open.Count - 1);
            return open.LastOrDefault();
        }
        while (open.Count > 0 && Array.IndexOf(guide.Loops[row.Loop].Parents, open[^1].Shape.Loop) < 0)
            open.RemoveAt(open.Count - 1);
        if (open.Count == 0) return null;
        foreach (var part in open[^1].Shape.Parts)
            if (part is InquiryChild child && child.Shape.Loop == row.Loop)
            {
                var node = new InquiryNode(child.Shape);
                open[^1].Of(child).Add(node);
                open.Add(node);
                return node;
            }
        return null;
    }

    static void Put(InquiryNode node, SegmentRow row, InquirySegment segment)
    {
        foreach (var part in node.Shape.Parts)
            if (part is InquirySlot slot && Array.IndexOf(slot.Rows, row) >= 0) node.Of(slot).Add(segment);
    }

    /// <summary>Makes the segments of a set from its tree, ST to SE.</summary>
    /// <exception cref="InputException">A text holds one of the separators.</exception>
    public static void Write(InquiryNode root, Inquiry into)
    {
        (into.Guide, into.Delimiters) = (root.Shape.Guide, into.Delimiters);
        new Flattening(root.Shape.Guide, into).Write(root);
    }

    sealed class Flattening(Guide guide, Inquiry into)
    {
        readonly SegmentWriter output = new() { Delimiters = into.Delimiters };
        readonly int[] numbers = new int[guide.Loops.Length];
        int level, count;
        string control = "";

        public void Write(InquiryNode node)
        {
            foreach (var part in node.Shape.Parts)
                if (part is InquirySlot slot) Write(node, slot);
                else
                    foreach (var child in node.Of((InquiryChild)part)) Write(child);
        }

        void Write(InquiryNode node, InquirySlot slot)
        {
            if (slot.Rows[0].Name == "HL") Keep(Level(node, slot.Rows[0]), slot.Rows[0]);
            else if (slot.Rows[0].Name == "SE") Keep(End(), slot.Rows[0]);
            else
                foreach (var segment in node.Of(slot))
                {
                    if (slot.Rows[0].Name == "ST") FillStart(segment);
                    Keep(segment, RowOf(slot, segment));
                }
        }

        void FillStart(InquirySegment segment)
        {
            if (segment[2].Length == 0) segment[2] = "0001";
            if (segment[3].Length == 0) segment[3] = guide.Set.Versions[0];
            control = segment[2];
        }

        /// <summary>HL: its number, that of the level above, what it is, whether one is below it.</summary>
        InquirySegment Level(InquiryNode node, SegmentRow row)
        {
            var (segment, loop) = (new InquirySegment("HL"), guide.Loops[row.Loop]);
            numbers[row.Loop] = ++level;
            segment[1] = Text(level);
            if (loop.Parents[0] > 0) segment[2] = Text(numbers[loop.Parents[0]]);
            segment[3] = SoleCode(row, 3);
            if (guide.Specs[row.FirstSpec + 3].Use == Use.NotUsed) return segment;
            segment[4] = node.Shape.Parts.Any(part => IsLevelOf(node, part)) ? "1" : "0";
            return segment;
        }

        /// <summary>A level below, of which there is one.</summary>
        static bool IsLevelOf(InquiryNode node, object part) => part is InquiryChild child
            && child.Shape.Parts[0] is InquirySlot { IsMade: true } && node.Of(child).Count > 0;

        InquirySegment End()
        {
            var segment = new InquirySegment("SE");
            segment[1] = Text(count + 1);
            segment[2] = control;
            return segment;
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        /// <summary>The row whose code the segment has; where none takes it, the first.</summary>
        static SegmentRow RowOf(InquirySlot slot, InquirySegment segment) =>
            Array.Find(slot.Rows, row => Takes(row, segment)) ?? slot.Rows[0];

        static bool Takes(SegmentRow row, InquirySegment segment) =>
            row.Keys.Length == 0 || Array.IndexOf(row.Keys, SegmentReader.PackOf(segment[row.KeyElement])) >= 0;

        void Keep(InquirySegment segment, SegmentRow row)
        {
            FillSoleCodes(segment, row);
            output.Clear();
            segment.Write(output);
            if (output.Unwritable > 0)
                throw new InputException("", $"a text of {row.Name} holds a separator of X12, or a control sign",
                    "leave the sign out, or choose other separators");
            into.Keep(new ClaimSegment(into.Append(output.Written[..^1]), (ushort)(row.Index + 1), ++count));
        }

        /// <summary>What must be there and can be one code only need not be said.</summary>
        void FillSoleCodes(InquirySegment segment, SegmentRow row)
        {
            for (var element = 1; element <= row.Elements; element++)
                if (segment[element].Length == 0 && SoleCode(row, element) is { Length: > 0 } code)
                    segment[element] = code;
        }

        string SoleCode(SegmentRow row, int element) => InquiryTree.SoleCode(guide, row, element);
    }

    /// <summary>The one code of an element that must be there; empty where it has more or need not be there.</summary>
    public static string SoleCode(Guide guide, SegmentRow row, int element)
    {
        var spec = guide.Specs[row.FirstSpec + element - 1];
        if (spec.Use != Use.Required || spec.Codes < 0 || guide.CodeSets[spec.Codes].Values is not [var only])
            return "";
        var text = new StringBuilder();
        for (var shift = 56; shift >= 0 && (byte)(only >> shift & 0xFF) is > 0 and var letter; shift -= 8)
            text.Append((char)letter);
        return text.Length < 8 ? text.ToString() : "";
    }

    /// <summary>Whether two sets are the same: in what the guide takes as a number, 7.50 is 7.5.</summary>
    public static bool AreSame(Inquiry one, Inquiry other)
    {
        var (left, right) = (SetOf(one), SetOf(other));
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
            if (!IsSame(one.Guide!, left[i].Row, left[i].Segment, right[i].Segment)) return false;
        return true;
    }

    static List<(int Row, InquirySegment Segment)> SetOf(Inquiry inquiry)
    {
        var found = new List<(int, InquirySegment)>();
        foreach (ref readonly var kept in inquiry.Segments)
            if (kept.Ordinal > 0) found.Add((kept.Row, InquirySegment.Of(inquiry[kept.Text], inquiry.Delimiters)));
        return found;
    }

    static bool IsSame(Guide guide, int row, InquirySegment one, InquirySegment other)
    {
        if (row == 0 || one.Name != other.Name) return false;
        var of = guide.Segments[row - 1];
        for (var element = 1; element <= Math.Max(one.Elements, other.Elements); element++)
        {
            if (Math.Max(one.Repeats(element), 1) != Math.Max(other.Repeats(element), 1)) return false;
            for (var repeat = 0; repeat < Math.Max(one.Repeats(element), 1); repeat++)
                for (var part = 1; part <= 16; part++)
                {
                    var (left, right) = (one.Part(element, repeat, part), other.Part(element, repeat, part));
                    if (left != right && !(IsNumber(guide, of, element) && IsSameNumber(left, right))) return false;
                }
        }
        return true;
    }

    static bool IsNumber(Guide guide, SegmentRow row, int element) => element <= row.Elements
        && guide.Specs[row.FirstSpec + element - 1].Type is ElementType.Money or ElementType.Number;

    static bool IsSameNumber(string left, string right) =>
        Quantity.TryParse(Encoding.UTF8.GetBytes(left), out var one)
            && Quantity.TryParse(Encoding.UTF8.GetBytes(right), out var other) && one == other;
}
