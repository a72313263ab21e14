using System.Diagnostics;
using Deltoid.Books;
using Deltoid.Notes;

namespace Deltoid.Bench;

/// <summary>Reading notes (at most 2 ms a page): those of a folder of text files, each several times.</summary>
static class NoteBench
{
    const int Rounds = 20;

    public static void Run(string folder)
    {
        var watch = Stopwatch.StartNew();
        var reader = new NoteReader(StarterBook.Open());
        Console.WriteLine($"lexicon in {watch.ElapsedMilliseconds} ms");
        // a file may hold several notes, each under a line of its own that begins with ==
        var notes = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(static f => File.ReadAllText(f).Split("\n== ").Skip(1))
            .Select(static n => n[(n.IndexOf('\n', StringComparison.Ordinal) + 1)..].Split("\n--\n")[0]).ToArray();
        var best = TimeSpan.MaxValue;
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            bytes = GC.GetAllocatedBytesForCurrentThread();
            watch.Restart();
            foreach (var note in notes) reader.Read(note);
            if (watch.Elapsed < best) best = watch.Elapsed;
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        }
        Console.WriteLine($"{notes.Length} notes: {best.TotalMicroseconds / notes.Length:0} microseconds and "
            + $"{bytes / notes.Length:N0} bytes each, {notes.Length / best.TotalSeconds:N0} notes a second");
    }
}
