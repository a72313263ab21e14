namespace Deltoid.Forms;

/// <summary>A text that is on the form.</summary>
/// <param name="Row">The line of service from 0, for boxes of item 24.</param>
/// <param name="Column">Where the text begins: past the start of the box when it is at its right end.</param>
internal readonly record struct Cms1500Entry(Cms1500Box Box, int Row, int Column, string Text)
{
    public int Line => Box.Line + (Row * Cms1500Layout.ServiceStep);
}

/// <summary>One filled form.</summary>
internal sealed class Cms1500Form
{
    readonly List<Cms1500Entry> entries = [];
    readonly List<(string Box, int Row)> leftOut = [];

    /// <summary>From 1, of <see cref="Count"/> forms that one claim takes.</summary>
    public int Number { get; internal set; } = 1;

    public int Count { get; internal set; } = 1;

    /// <summary>What is printed, by line and column.</summary>
    public IReadOnlyList<Cms1500Entry> Entries => entries;

    /// <summary>The text of a box, empty when nothing stands there.</summary>
    /// <param name="row">The line of service from 0, for boxes of item 24.</param>
    public string this[string box, int row = 0]
    {
        get
        {
            foreach (var entry in entries)
                if (entry.Row == row && entry.Box.Name == box) return entry.Text;
            return "";
        }
    }

    internal void Add(Cms1500Entry entry)
    {
        var at = entries.Count;
        while (at > 0 && (entries[at - 1].Line, entries[at - 1].Column).CompareTo((entry.Line, entry.Column)) > 0) at--;
        entries.Insert(at, entry);
    }

    /// <summary>Notes that a box is empty because its value did not fit, which has a finding of its own.</summary>
    internal void LeaveOut(string box, int row) => leftOut.Add((box, row));

    internal bool IsEmpty(string box, int row) => this[box, row].Length == 0 && !leftOut.Contains((box, row));

    internal Cms1500Form Copy()
    {
        var copy = new Cms1500Form();
        copy.entries.AddRange(entries);
        copy.leftOut.AddRange(leftOut);
        return copy;
    }
}
