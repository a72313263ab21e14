using System.Security.Cryptography;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

internal enum Fate : byte { Read, Refused, Left }

/// <summary>What became of a file.</summary>
/// <param name="Table">The table it is of; null when it is of none.</param>
/// <param name="Why">Why it was refused or left.</param>
/// <param name="Line">Where the fault is, from 1; 0 where it is the file as such.</param>
internal sealed record FileReport(string Path, Fate Fate, OfficialTable? Table, Release? Release, int Rows,
    string Why = "", string Try = "", int Line = 0)
{
    /// <summary>What differs from other files in a few rows; the file is taken all the same.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];
}

/// <summary>
/// Makes one pack of official files. A file is taken as a whole or not at all; what is left or refused is reported and
/// stops nothing. Files that others can contradict wait until all are there, and are taken when they agree
/// (<see cref="Witnesses"/>). The same files give the same bytes.
/// </summary>
/// <param name="reported">Called as each file is done.</param>
internal sealed class Compiler(Action<FileReport> reported)
{
    readonly PackDraft draft = new();
    // of contents, and of names without their ending: where they were read
    readonly Dictionary<string, string> seen = [];

    public List<FileReport> Files { get; } = [];

    /// <summary>Reads everything that is handed in.</summary>
    public void Read(IEnumerable<Met> all)
    {
        var (waiting, addenda) = (new List<Testimony>(), new List<OfficialFile>());
        foreach (var met in all)
        {
            if (met.File is not { } file) Tell(NotRead(met));
            else if (Icd10CmAddenda.Is(file)) addenda.Add(file);
            else if (OfficialTables.Of(file) is { } table) Meet(file, table, waiting);
            else Tell(new(file.Path, Fate.Left, null, null, 0, OfficialTables.WhyLeft(file)));
        }
        foreach (var file in addenda) Meet(file, waiting);
        Judge(waiting);
    }

    static FileReport NotRead(Met met) =>
        new(met.Path, met.Why == "is a document" ? Fate.Left : Fate.Refused, null, null, 0, met.Why, met.Try);

    /// <summary>
    /// A file whose table can be contradicted is read by itself and waits; any other is read into the book.
    /// </summary>
    void Meet(OfficialFile file, OfficialTable table, List<Testimony> waiting)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span));
        var twin = table.Name + ":" + Path.ChangeExtension(file.Path, null).ToUpperInvariant();
        if (seen.TryGetValue(hash, out var same) || seen.TryGetValue(twin, out same))
        {
            Tell(new(file.Path, Fate.Left, table, null, 0, $"says what {same} says"));
            return;
        }
        var (own, isWaiting) = (new PackDraft(), Witnesses.Know(table));
        var report = Read(file, table, hash, isWaiting ? own : draft);
        if (report.Fate == Fate.Read) seen[hash] = seen[twin] = file.Path;
        if (report.Fate == Fate.Read && isWaiting) waiting.Add(new(file, table, hash, report.Release!, own));
        else Tell(report);
    }

    /// <summary>Addenda and the order file of the year before make the order file of their year.</summary>
    void Meet(OfficialFile addenda, List<Testimony> waiting)
    {
        try
        {
            var orders = waiting.Where(static t => t.Table is Icd10Cm).Select(static t => t.File);
            var (why, whole) = Icd10CmAddenda.Whole(addenda, orders);
            if (whole is null) Tell(new(addenda.Path, Fate.Left, null, null, 0, why));
            else Meet(whole, OfficialTables.Of(whole)!, waiting);
        }
        catch (OfficialFileException e)
        {
            Tell(new(addenda.Path, Fate.Refused, null, null, 0, e.Message, e.Try, e.Line));
        }
    }

    /// <summary>
    /// Takes the files that nothing contradicts; a file that was published again gives way to the later one.
    /// </summary>
    void Judge(List<Testimony> waiting)
    {
        foreach (var (file, later) in Witnesses.Replaced(waiting))
        {
            waiting.Remove(file);
            Tell(Without(file, Fate.Left, $"was published again: {later.File.Path} is the later one"));
        }
        var verdict = Witnesses.Judge(waiting);
        foreach (var file in waiting)
            if (verdict.Refused.TryGetValue(file, out var fault))
                Tell(Without(file, Fate.Refused, fault.Why, fault.Try));
            else
                Tell(Take(file,
                    verdict.WrongIn(file)) with { Doubts = verdict.Doubts.TryGetValue(file, out var doubts)
                    ? doubts
                    : [] });
    }

    static FileReport Without(Testimony file, Fate fate, string why, string tryThis = "") =>
        new(file.File.Path, fate, file.Table, file.Release, 0, why, tryThis);

    /// <summary>Reads a file into the book without the rows that several other files contradict.</summary>
    FileReport Take(Testimony file, HashSet<Code> wrong)
    {
        var before = draft.AspLimits.Count;
        var report = Read(file.File, file.Table, file.Hash, draft);
        if (wrong.Count == 0 || report.Fate != Fate.Read) return report;
        var rows = draft.AspLimits.Rows.Span[before..].ToArray();
        draft.AspLimits.Truncate(before);
        foreach (var row in rows)
        {
            var code = draft.CodeOf(row.Id);
            if (wrong.Contains(code))
                report.Release!.Refuse(0, "has another unit than in the other files", code.ToString());
            else
                draft.AspLimits.Add(row);
        }
        report = report with { Rows = draft.AspLimits.Count - before };
        draft.Sources[^1] = draft.Sources[^1] with { Rows = report.Rows };
        return report;
    }

    void Tell(FileReport report)
    {
        Files.Add(report);
        reported(report);
    }

    static FileReport Read(OfficialFile file, OfficialTable table, string hash, PackDraft draft)
    {
        if (draft.Sources.Count == PackDraft.MostSources)
            return new(file.Path, Fate.Refused, table, null, 0,
                $"is more than the {PackDraft.MostSources} files a book is made of", "compile fewer at once");
        var (mark, release) = (draft.Mark(), new Release((byte)draft.Sources.Count));
        try
        {
            table.Read(file, release, draft);
            var rows = draft.CountSince(mark);
            if (rows == 0) throw new OfficialFileException(0, "has no rows", "download it again");
            draft.Sources.Add(new(table.Name, table.Title, file.Path, hash, release.Name, release.Covers, rows,
                IsWhole: false, release.HasFalseDates));
            return new(file.Path, Fate.Read, table, release, rows);
        }
        catch (OfficialFileException e)
        {
            draft.TakeBack(mark);
            return new(file.Path, Fate.Refused, table, release, 0, e.Message, e.Try, e.Line);
        }
    }

    /// <summary>The pack of all that was read.</summary>
    /// <param name="release">Its day; by itself the newest first day of its sources.</param>
    /// <exception cref="Values.InputException">Nothing was read.</exception>
    public byte[] Write(DateOnly? release)
    {
        JudgeWholeness();
        return draft.Write(release);
    }

    /// <summary>
    /// A release may come in several files; it is whole when together they have as many rows as a whole one.
    /// </summary>
    void JudgeWholeness()
    {
        foreach (var files in draft.Sources.GroupBy(static s => (s.Table, s.Release)).ToList())
        {
            var isWhole = files.Sum(static s => (long)s.Rows)
                >= OfficialTables.All.First(t => t.Name == files.Key.Table).WholeFrom;
            foreach (var source in files)
                draft.Sources[draft.Sources.IndexOf(source)] = source with { IsWhole = isWhole };
        }
    }
}
