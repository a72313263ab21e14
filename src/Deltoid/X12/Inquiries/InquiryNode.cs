namespace Deltoid.X12.Inquiries;

/// <summary>
/// One instance of a loop of a question to a payer or of its answer: its segments, and the loops in it.
/// </summary>
sealed class InquiryNode(InquiryShape shape)
{
    readonly Dictionary<InquirySlot, List<InquirySegment>> segments = [];
    readonly Dictionary<InquiryChild, List<InquiryNode>> children = [];

    public InquiryShape Shape => shape;

    public List<InquirySegment> Of(InquirySlot slot) => Listed(segments, slot);

    public List<InquiryNode> Of(InquiryChild child) => Listed(children, child);

    static List<T> Listed<TKey, T>(Dictionary<TKey, List<T>> all, TKey key) where TKey : notnull
    {
        if (!all.TryGetValue(key, out var found)) all[key] = found = [];
        return found;
    }

    /// <summary>The segments of a name in this loop, and in the loops in it that have no object of their own.</summary>
    public IEnumerable<InquirySegment> Segments(string name)
    {
        foreach (var part in shape.Parts)
            if (part is InquirySlot slot && slot.Rows[0].Name == name)
                foreach (var segment in Of(slot)) yield return segment;
            else if (part is InquiryChild { Name.Length: 0 } child)
                foreach (var node in Of(child))
                    foreach (var segment in node.Segments(name)) yield return segment;
    }

    /// <summary>The first segment of a name; one without elements where there is none.</summary>
    public InquirySegment First(string name) => Segments(name).FirstOrDefault() ?? new InquirySegment(name);

    /// <summary>The loops that are under a name in JSON.</summary>
    public IEnumerable<InquiryNode> Loops(string name)
    {
        foreach (var part in shape.Parts)
            if (part is InquiryChild child)
                foreach (var node in Of(child))
                    if (child.Name == name) yield return node;
                    else if (child.Name.Length == 0)
                        foreach (var inner in node.Loops(name)) yield return inner;
    }

    /// <summary>
    /// Adds a segment to this loop, or to one in it that has no object of its own and is made for it.
    /// </summary>
    public InquirySegment AddSegment(string name, params ReadOnlySpan<string> elements)
    {
        var segment = new InquirySegment(name);
        for (var i = 0; i < elements.Length; i++)
            if (elements[i].Length > 0) segment[i + 1] = elements[i];
        Put(segment);
        return segment;
    }

    /// <summary>Puts a segment where it belongs in this loop.</summary>
    public void Put(InquirySegment segment)
    {
        if (!TryPut(segment)) throw new ArgumentException($"{segment.Name} has no place here", nameof(segment));
    }

    bool TryPut(InquirySegment segment)
    {
        foreach (var part in shape.Parts)
            if (part is InquirySlot slot && slot.Rows[0].Name == segment.Name && (!slot.IsFirst || Of(slot).Count == 0))
            {
                Of(slot).Add(segment);
                return true;
            }
        foreach (var part in shape.Parts)
        {
            if (part is not InquiryChild { Name.Length: 0 } child) continue;
            var node = Of(child) is [var there, ..] ? there : new InquiryNode(child.Shape);
            if (!node.TryPut(segment)) continue;
            if (Of(child).Count == 0) Of(child).Add(node);
            return true;
        }
        return false;
    }

    /// <summary>Adds a loop under its name in JSON.</summary>
    public InquiryNode AddLoop(string name)
    {
        if (TryAddLoop(name) is { } made) return made;
        throw new ArgumentException($"no loop has the name {name} here", nameof(name));
    }

    InquiryNode? TryAddLoop(string name)
    {
        foreach (var part in shape.Parts)
        {
            if (part is not InquiryChild child) continue;
            if (child.Name == name)
            {
                var node = new InquiryNode(child.Shape);
                Of(child).Add(node);
                return node;
            }
            if (child.Name.Length > 0) continue;
            var inner = Of(child) is [var there, ..] ? there : new InquiryNode(child.Shape);
            if (inner.TryAddLoop(name) is not { } made) continue;
            if (Of(child).Count == 0) Of(child).Add(inner);
            return made;
        }
        return null;
    }
}
