namespace Deltoid.Results;

/// <summary>
/// Numbers filed under lines, for example the steps that decided each line; found without looking through all of them.
/// </summary>
internal sealed class LineIndex
{
    readonly int[] starts;
    readonly int[] items;

    /// <param name="lines">How many lines there are; what is filed under another number is left out.</param>
    /// <param name="pairs">Line, from 1, and what belongs to it, in order.</param>
    public LineIndex(int lines, IReadOnlyList<(int Line, int Item)> pairs)
    {
        starts = new int[lines + 2];
        items = new int[pairs.Count];
        foreach (var (line, _) in pairs)
            if (line >= 1 && line <= lines) starts[line + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var used = new int[lines + 1];
        foreach (var (line, item) in pairs)
            if (line >= 1 && line <= lines) items[starts[line] + used[line]++] = item;
    }

    public ReadOnlySpan<int> this[int line] =>
        line >= 1 && line < starts.Length - 1 ? items.AsSpan(starts[line], starts[line + 1] - starts[line]) : default;
}
