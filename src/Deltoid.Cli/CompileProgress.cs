using System.Globalization;

namespace Deltoid.Cli;

/// <summary>
/// One line for each file that is done, and, where a person looks on, a bar below them of how much of all has been gone
/// through.
/// </summary>
sealed class CompileProgress(Terminal terminal, string[] paths) : IDisposable
{
    const int Width = 30;

    readonly long all = Math.Max(1,
        paths.Sum(static p => Directory.Exists(p)
            ? new DirectoryInfo(p).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static f => f.Length)
            : new FileInfo(p).Length));
    bool shown;

    /// <param name="taken">Bytes gone through so far.</param>
    public void Tell(string line, long taken)
    {
        Clear();
        terminal.Error.WriteLine(line);
        if (!terminal.ErrorIsTerminal) return;
        var done = (int)Math.Min(Width, taken * Width / all);
        terminal.Screen.Write(string.Create(CultureInfo.InvariantCulture,
            $"[{new string('#', done)}{new string('.', Width - done)}] {Math.Min(100, taken * 100 / all)} %"));
        shown = true;
    }

    void Clear()
    {
        if (shown) terminal.Screen.Write($"\r{new string(' ', Width + 8)}\r");
        shown = false;
    }

    public void Dispose() => Clear();
}
