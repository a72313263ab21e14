using System.Text;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

/// <summary>Reads one file as its table, as far as a pack.</summary>
internal sealed class Reading
{
    Reading(OfficialTable table, OfficialFile file)
    {
        var draft = new PackDraft();
        table.Read(file, Release, draft);
        Rows = draft.CountSince(new int[draft.Mark().Length]);
        draft.Sources.Add(new(table.Name, table.Title, file.Name, "", Release.Name, Release.Covers, Rows,
            Rows >= table.WholeFrom, false));
        Pack = Pack.Of(draft.Write());
    }

    public Release Release { get; } = new(0);

    public Pack Pack { get; }

    public int Rows { get; }

    /// <summary>All texts that got into the pack.</summary>
    public string Text => Encoding.UTF8.GetString(Pack.Utf8(new(0, Pack.Column<byte>("text").Count)));

    public static Reading Of(OfficialTable table, string path, string text) =>
        Of(table, path, Encoding.Latin1.GetBytes(text));

    public static Reading Of(OfficialTable table, string path, byte[] bytes) => new(table, FileOf(path, bytes));

    public static OfficialFile FileOf(string path, byte[] bytes) => new(Path.GetFileName(path), path, bytes);

    public static OfficialTable? TableOf(string path, string text) =>
        OfficialTables.Of(FileOf(path, Encoding.Latin1.GetBytes(text)));

    /// <summary>It is refused, and what is said has these words in it.</summary>
    public static void Refused(OfficialTable table, string path, string text, string words)
    {
        var refused = Assert.Throws<OfficialFileException>(() => Of(table, path, text));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Try);
    }

    /// <summary>Another program saved it as UTF-16: it is refused, and nothing is guessed.</summary>
    public static void RefusedAsUtf16(OfficialTable table, string path, string text)
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            Assert.Contains("UTF-16", Assert.Throws<OfficialFileException>(() => Of(table, path, bytes)).Message,
                StringComparison.Ordinal);
            Assert.Contains("plain text",
                Assert.Throws<OfficialFileException>(() => Of(table, path, bytes[2..])).Message,
                StringComparison.Ordinal);
        }
    }

    /// <summary>It is refused wherever its last row is cut, but for what may be missing of it at the end.</summary>
    public static void RefusedWhenCut(OfficialTable table, string path, string text, int mayMiss)
    {
        Of(table, path, text[..^mayMiss]);
        var row = text.LastIndexOf('\n', text.Length - 2) + 1;
        for (var end = row + 1; end < text.Length - mayMiss; end++)
            Assert.Contains("may be cut",
                Assert.Throws<OfficialFileException>(() => Of(table, path, text[..end])).Message,
                StringComparison.Ordinal);
    }

    public static DateRange Days(string from, string thru) =>
        DateRange.TryParse(from, thru, out var days) ? days : throw new FormatException(from);
}
