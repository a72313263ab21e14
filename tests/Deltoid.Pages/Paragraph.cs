namespace Deltoid.Pages;

/// <summary>A paragraph of a page, in lines of at most 100 columns.</summary>
internal static class Paragraph
{
    public const int Width = 100;

    public static string Of(string text)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length == 0) lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= Width) lines[^1] += " " + word;
            else lines.Add(word);
        }
        return string.Join('\n', lines);
    }
}
