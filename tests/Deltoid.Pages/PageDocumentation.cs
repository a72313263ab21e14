using System.Globalization;
using Deltoid.Edits.Documentation;

namespace Deltoid.Pages;

/// <summary>The fence <c>documentation</c>: <c>score 82 education</c> and <c>missing D-09 D-12</c> (all that are, or
/// <c>missing</c> alone), <c>knock-outs D-03</c> likewise; each is compared where it stands.</summary>
internal static class PageDocumentation
{
    public static string Print(Checklist? checklist) =>
        checklist is null
            ? ""
            : $"score {checklist.Score.ToString(CultureInfo.InvariantCulture)} "
                + $"{checklist.Band}\n{Missing(checklist)}\n{KnockOuts(checklist)}";

    static string KnockOuts(Checklist checklist) =>
        ("knock-outs " + string.Join(' ', checklist.KnockOuts.Select(static k => Id(k.Element)))).TrimEnd();

    static string Missing(Checklist checklist) =>
        ("missing " + string.Join(' ', checklist.Missing.Select(Id))).TrimEnd();

    /// <summary>The id of an element: <c>D-09</c>.</summary>
    public static string Id(int element) => "D-" + element.ToString("00", CultureInfo.InvariantCulture);

    public static string Compare(Checklist? checklist, string text)
    {
        foreach (var stated in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (!Print(checklist).Split('\n').Contains(stated)) return $"'{stated}' did not come out";
        return "";
    }
}
