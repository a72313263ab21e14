using System.Diagnostics;
using System.Globalization;

namespace Deltoid.Web.Tests;

/// <summary>Signals to processes that a test has started.</summary>
static class Signals
{
    public static void Send(string signal, params int[] processes)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", .. processes.Select(static id =>
            id.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>A process and all that it has started.</summary>
    public static int[] Tree(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ParentOf(folder) is { } parent) parents[id] = parent;
        bool IsOf(int id) => id == root || (parents.TryGetValue(id, out var parent) && parent > 1 && IsOf(parent));
        return [.. parents.Keys.Where(IsOf)];
    }

    static int? ParentOf(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}
