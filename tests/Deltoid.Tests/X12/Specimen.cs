using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>A made-up transaction set as a tree of loops and segments, each with its row of the guide.</summary>
internal abstract class SpecimenNode
{
    public SpecimenLoop? Parent { get; set; }

    /// <summary>Where it stands among what its loop holds; the loop's first segment before all.</summary>
    public int Position { get; init; }

    /// <summary>The same in a copy of the tree.</summary>
    public required int Id { get; init; }

    /// <summary>It was put here on purpose and stays.</summary>
    public bool IsPinned { get; set; }

    public abstract SpecimenNode Copy(SpecimenLoop? parent);

    /// <summary>Whether anything in it stays.</summary>
    public abstract bool HoldsPins { get; }
}

/// <summary>A segment: components of an element are joined by a colon, its repetitions by a caret.</summary>
internal sealed class SpecimenSegment(SegmentRow row) : SpecimenNode
{
    readonly string[] elements = [.. Enumerable.Repeat("", row.Elements)];
    readonly List<int> pinned = [], barred = [];

    public SegmentRow Row { get; } = row;

    public string this[int element]
    {
        get => elements[element - 1];
        set => elements[element - 1] = value;
    }

    /// <summary>A component of the element's first repetition; component 0 is the element as a whole.</summary>
    public string this[int element, int component]
    {
        get
        {
            if (component == 0) return this[element];
            var parts = this[element].Split('^')[0].Split(':');
            return component <= parts.Length ? parts[component - 1] : "";
        }
        set
        {
            if (component == 0)
            {
                this[element] = value;
                return;
            }
            List<string> parts = [.. this[element].Split(':')];
            while (parts.Count < component) parts.Add("");
            parts[component - 1] = value;
            while (parts.Count > 1 && parts[^1].Length == 0) parts.RemoveAt(parts.Count - 1);
            this[element] = string.Join(':', parts);
        }
    }

    static int Key(int element, int component) => (element * 32) + component;

    /// <summary>The value stays as it is.</summary>
    public bool IsFixed(int element, int component) => pinned.Contains(Key(element, component));

    /// <summary>Some value of the element stays.</summary>
    public bool HasFixed(int element) => pinned.Exists(key => key / 32 == element);

    public void Fix(int element, int component)
    {
        if (!IsFixed(element, component)) pinned.Add(Key(element, component));
    }

    /// <summary>The element stays empty.</summary>
    public bool IsBarred(int element, int component) =>
        barred.Contains(Key(element, component)) || barred.Contains(Key(element, 0));

    public void Bar(int element, int component) => barred.Add(Key(element, component));

    public override bool HoldsPins => IsPinned || pinned.Count > 0 || barred.Count > 0;

    public override SpecimenSegment Copy(SpecimenLoop? parent)
    {
        var copy = new SpecimenSegment(Row) { Id = Id, Position = Position, Parent = parent, IsPinned = IsPinned };
        elements.CopyTo(copy.elements, 0);
        copy.pinned.AddRange(pinned);
        copy.barred.AddRange(barred);
        return copy;
    }

    /// <summary>The elements up to the last that is not empty.</summary>
    public IEnumerable<string> Written => elements.Take(Array.FindLastIndex(elements, static e => e.Length > 0) + 1);

    public override string ToString() => $"{Row.Name}*{string.Join('*', Written)}";
}

/// <summary>A loop: its first segment, then what it holds in the order of the guide.</summary>
internal sealed class SpecimenLoop(LoopRow row, int index) : SpecimenNode
{
    readonly List<int> barred = [];

    public LoopRow Row { get; } = row;

    /// <summary>Its place among the guide's loops.</summary>
    public int Index { get; } = index;

    public List<SpecimenNode> Items { get; } = [];

    public IEnumerable<SpecimenSegment> Segments => Items.OfType<SpecimenSegment>();

    public IEnumerable<SpecimenLoop> Loops => Items.OfType<SpecimenLoop>();

    public SpecimenSegment First => (SpecimenSegment)Items[0];

    /// <summary>Puts something behind all that does not stand behind it.</summary>
    public void Add(SpecimenNode node)
    {
        node.Parent = this;
        Items.Insert(Items.FindLastIndex(i => i.Position <= node.Position) + 1, node);
    }

    /// <summary>A segment row, or a loop by its index + 1000, that is not to stand here.</summary>
    public bool IsBarred(int what) => barred.Contains(what);

    public void Bar(int what) => barred.Add(what);

    public override bool HoldsPins => IsPinned || barred.Count > 0 || Items.Exists(static i => i.HoldsPins);

    public override SpecimenLoop Copy(SpecimenLoop? parent)
    {
        var copy = new SpecimenLoop(Row, Index) { Id = Id, Position = Position, Parent = parent, IsPinned = IsPinned };
        copy.barred.AddRange(barred);
        foreach (var item in Items) copy.Items.Add(item.Copy(copy));
        return copy;
    }

    /// <summary>This loop and all in it.</summary>
    public IEnumerable<SpecimenLoop> All()
    {
        yield return this;
        foreach (var loop in Loops)
            foreach (var inner in loop.All()) yield return inner;
    }

    /// <summary>The segments of this loop and of all in it, as they are written.</summary>
    public IEnumerable<SpecimenSegment> Flat()
    {
        foreach (var item in Items)
        {
            if (item is SpecimenSegment segment) yield return segment;
            else
                foreach (var inner in ((SpecimenLoop)item).Flat()) yield return inner;
        }
    }

    /// <summary>This loop, or the one around it, that is of an index; null where none is.</summary>
    public SpecimenLoop? Outward(int index) => Index == index ? this : Parent?.Outward(index);

    public SpecimenSegment? Segment(string name, string key = "") =>
        Segments.FirstOrDefault(s =>
            s.Row.Name == name && (key.Length == 0 || s[s.Row.KeyElement, s.Row.KeyElement == 1 ? 1 : 0] == key));

    public override string ToString() => Row.Name;
}
