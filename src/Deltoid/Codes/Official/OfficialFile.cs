using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>A file as its publisher distributes it, or one out of a zip.</summary>
/// <param name="Name">The file's own name, without folder.</param>
/// <param name="Path">How people find it: <c>medicare-ncci.zip/ccipra-v322r0-f1.TXT</c>.</param>
internal sealed record OfficialFile(string Name, string Path, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The name of the folder it lies in: some files differ only by that of their release alone.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Its beginning as text, to find what it is.</summary>
    public string Head { get; } = Encoding.Latin1.GetString(Bytes.Span[..Math.Min(Bytes.Length, 8192)]);

    /// <summary>Whether the name has all of these in it, in any case.</summary>
    public bool IsNamed(params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            if (!Name.Contains(part, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    public bool Says(string text) => Head.Contains(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What cannot be read, and where: the file is left as a whole.</summary>
/// <param name="line">From 1; 0 where it is the file as such.</param>
internal sealed class OfficialFileException(int line, string message, string tryThis) : Exception(message)
{
    public int Line { get; } = line;

    public string Try { get; } = tryThis;
}

/// <summary>A file while it is read: what is known of the release, and which rows were left.</summary>
internal sealed class Release(byte number)
{
    /// <summary>Samples of what was left that are reported.</summary>
    public const int MostReported = 20;

    /// <summary>The source's number, for its rows.</summary>
    public byte Number { get; } = number;

    /// <summary>As the publisher calls it; empty where the file does not say.</summary>
    public string Name { get; set; } = "";

    /// <summary>The days for which the release decides.</summary>
    public DateRange Covers { get; set; } = DateRange.Always;

    /// <summary>The dates in the file are marked as made up.</summary>
    public bool HasFalseDates { get; set; }

    /// <summary>
    /// Rows of the file that are no fault of the file and are in no table: another publisher's codes, say.
    /// </summary>
    public int Skipped { get; set; }

    public int Refused { get; private set; }

    public List<(int Line, string Why)> Reported { get; } = [];

    /// <summary>How many rows were left for each reason.</summary>
    public SortedDictionary<string, int> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>A row that the publisher got wrong: it is left, counted and reported.</summary>
    /// <param name="why">The reason, the same words for all rows of a kind.</param>
    /// <param name="of">What the row is of, if it says so: a code.</param>
    public void Refuse(int line, string why, string of = "")
    {
        Refused++;
        Reasons[why] = Reasons.GetValueOrDefault(why) + 1;
        if (Reported.Count < MostReported) Reported.Add((line, of.Length > 0 ? $"{of} {why}" : why));
    }
}

/// <summary>
/// A published table: how its files are known from others, and how they are read into rows. One class for each; to add
/// the next one, write it, and name it in <see cref="OfficialTables"/>.
/// </summary>
/// <param name="name">Stable, of lower-case words: <c>ncci-ptp-practitioner</c>.</param>
/// <param name="title">For people.</param>
/// <param name="wholeFrom">A release with fewer rows is an excerpt: what is not in it is not thereby out of
/// force.</param>
internal abstract class OfficialTable(string name, string title, int wholeFrom)
{
    public string Name { get; } = name;

    public string Title { get; } = title;

    public int WholeFrom { get; } = wholeFrom;

    /// <summary>
    /// Whether it is this table's file, by name or by what is in it; whether it reads is another question.
    /// </summary>
    public abstract bool Knows(OfficialFile file);

    /// <summary>Reads it; what was added is taken back by the caller when this throws.</summary>
    /// <exception cref="OfficialFileException">A column is missing, a row does not read, the file is cut.</exception>
    public abstract void Read(OfficialFile file, Release release, PackDraft draft);
}
