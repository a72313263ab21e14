namespace Deltoid.Forms;

/// <summary>
/// Divides lines of service among forms of six. Lines of one day stay on one form when they fit on one; of a longer day a drug stays
/// with its administration, which is the line before it, or after it where the day begins with a drug.
/// </summary>
static class ServiceSheets
{
    /// <summary>How many lines go on each form; one form without lines when there are none.</summary>
    public static List<int> Divide(ReadOnlySpan<DateOnly> days, ReadOnlySpan<bool> drugs, int most)
    {
        var sheets = new List<int>();
        var on = 0; // lines on the form at hand
        for (var at = 0; at < days.Length;)
        {
            var run = SameDay(days[at..]);
            if (run <= most) { Place(run); at += run; continue; }
            for (var end = at + run; at < end;)
            {
                var group = Group(drugs[at..end], drugs[end - run]);
                for (; group > most; group -= most, at += most) Place(most);
                Place(group);
                at += group;
            }
        }
        if (on > 0 || sheets.Count == 0) sheets.Add(on);
        return sheets;

        void Place(int lines)
        {
            if (on + lines > most) { sheets.Add(on); on = 0; }
            on += lines;
        }
    }

    static int SameDay(ReadOnlySpan<DateOnly> days)
    {
        var count = 1;
        while (count < days.Length && days[count] == days[0]) count++;
        return count;
    }

    /// <summary>The lines from here that stand together: an administration and its drugs, or drugs and their administration.</summary>
    static int Group(ReadOnlySpan<bool> drugs, bool drugFirst)
    {
        var count = 0;
        if (!drugFirst) count = 1;
        while (count < drugs.Length && drugs[count]) count++;
        if (drugFirst && count < drugs.Length) count++;
        return count;
    }
}
