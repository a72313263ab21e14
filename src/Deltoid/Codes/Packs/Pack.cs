using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>
/// One release of official rows, as it is in memory (<see cref="PackFormat"/>). Opening it checks the head, the
/// directory and the manifest; rows are touched when they are asked for, and <see cref="IsSound"/> reads them all.
/// Immutable, and shared by any number of threads.
/// </summary>
internal sealed unsafe class Pack
{
    const int MostSections = 1000;

    readonly byte* start;
    readonly object owner;
    readonly Section[] sections;
    readonly int manifestAt, manifestLength;
    string? hash;
    PackManifest? manifest;

    /// <summary>
    /// A class, and in an array: a dictionary of a struct of ours would be compiled again in every process.
    /// </summary>
    sealed class Section(string name, int rowSize, int count, long offset)
    {
        public string Name { get; } = name;
        public int RowSize { get; } = rowSize;
        public int Count { get; } = count;
        public long Offset { get; } = offset;
    }

    /// <param name="start">The first byte; it stays there as long as <paramref name="owner"/> lives.</param>
    /// <exception cref="InputException">It is no pack, is cut, or is of another format.</exception>
    public Pack(byte* start, long length, object owner)
    {
        this.start = start;
        (this.owner, Length) = (owner, length);
        var head = ReadHead();
        manifestLength = BinaryPrimitives.ReadInt32LittleEndian(head[56..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        var end = PackFormat.HeadLength + ((long)count * PackFormat.EntryLength) + manifestLength;
        if (count is < 0 or > MostSections || manifestLength < 0 || end > length)
            throw Damaged("its head names more than it holds");
        var directory = Bytes(PackFormat.HeadLength, (int)end - PackFormat.HeadLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head[60..]) != PackFormat.Checksum(head[..60], directory))
            throw Damaged("its directory was changed");
        sections = ReadDirectory(count, out manifestAt);
        Codes = Column<ulong>("codes");
        Text = Column<byte>("text");
    }

    /// <summary>The head of a file that is a pack of this format and has the length that it says.</summary>
    ReadOnlySpan<byte> ReadHead()
    {
        if (Length < PackFormat.Magic.Length || !Bytes(0, PackFormat.Magic.Length).SequenceEqual(PackFormat.Magic))
            throw Fault("is not a compiled code book", "give a file that 'deltoid codes compile' made");
        if (Length < PackFormat.HeadLength) throw Damaged("it ends within its head");
        var head = Bytes(0, PackFormat.HeadLength);
        var format = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        if (format != PackFormat.Format)
            throw Fault($"is of format {format}, and this version reads {PackFormat.Format}",
                "compile it again from the official files");
        var length = BinaryPrimitives.ReadInt64LittleEndian(head[48..]);
        return length == Length ? head : throw Damaged($"it has {Length} bytes and was written with {length}");
    }

    /// <summary>A pack in an array: it is copied to where it stays.</summary>
    public static Pack Of(ReadOnlySpan<byte> bytes)
    {
        var kept = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(kept);
        return new((byte*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal
                .GetArrayDataReference(kept)), kept.Length, kept);
    }

    /// <exception cref="InputException">It does not read.</exception>
    public PackManifest Manifest => manifest ??= ReadManifest();

    PackManifest ReadManifest()
    {
        try { return PackManifest.Read(Bytes(manifestAt, manifestLength), Hash); }
        catch (JsonException) { throw Damaged("its manifest does not read"); }
    }

    /// <summary>In hex, as it is in the head.</summary>
    string Hash => hash ??= Convert.ToHexStringLower(Bytes(16, 32));

    public long Length { get; }

    /// <summary>Its codes, ascending; a row's number is the place here.</summary>
    public Column<ulong> Codes { get; }

    Column<byte> Text { get; }

    public Code CodeOf(int id) => new(Codes[id]);

    /// <summary>The rows of a section; none where the pack has no such section.</summary>
    /// <exception cref="InputException">The section's rows have another size than they have here.</exception>
    public Column<T> Column<T>(string name) where T : unmanaged
    {
        var found = Find(name, Unsafe.SizeOf<T>());
        return found is null ? default : new((T*)(start + found.Offset), found.Count, owner);
    }

    /// <summary>
    /// No part of the generic method: what is generic over a number is compiled again in every process.
    /// </summary>
    Section? Find(string name, int rowSize)
    {
        foreach (var section in sections)
        {
            if (section.Name != name) continue;
            if (section.RowSize != rowSize)
                throw Fault($"has rows of {section.RowSize} bytes in '{name}', and this version reads {rowSize}",
                    "compile it again from the official files");
            return section;
        }
        return null;
    }

    public ReadOnlySpan<byte> Utf8(TextRef text) => Text.Span.Slice(text.Start, text.Length);

    public string TextOf(TextRef text) => text.Length == 0 ? "" : Encoding.UTF8.GetString(Utf8(text));

    /// <summary>A table of pairs, by the numbers of the pack's codes; null where the pack has none.</summary>
    /// <param name="sourceOf">The number that a source has in the book.</param>
    internal PairTable? PairsOf(string section, Func<byte, byte> sourceOf)
    {
        var rows = Column<uint>(section);
        if (rows.Count == 0) return null;
        var kinds = Column<PairKind>(section + ":kind").Span;
        var known = new PairRow[kinds.Length];
        for (var i = 0; i < known.Length; i++)
            known[i] = new(kinds[i].Dates, kinds[i].Indicator, sourceOf(kinds[i].Source));
        return new(Column<int>(section + ":at"), rows, Packs.Column.Of<PairRow>(known),
            PairTable.KindBitsFor(Codes.Count));
    }

    /// <summary>The diagnoses of each file, whose rows stand together.</summary>
    internal IEnumerable<DiagnosisTable> DiagnosisTables(Func<byte, byte> sourceOf)
    {
        var sources = Column<byte>("icd:source").Span.ToArray();
        for (var from = 0; from < sources.Length;)
        {
            var end = Array.FindIndex(sources, from, s => s != sources[from]) is >= 0 and var next
                ? next
                : sources.Length;
            var source = Manifest.Sources[sources[from]];
            yield return new(Column<ulong>("icd").Slice(from, end - from),
                Column<DiagnosisTraits>("icd:flag").Slice(from, end - from),
                Column<TextRef>("icd:label").Slice(from, end - from), Text, source.Covers, sourceOf(sources[from]),
                source.IsWhole);
            from = end;
        }
    }

    /// <summary>What the sections are: name, bytes of a row, rows.</summary>
    public IEnumerable<(string Name, int RowSize, int Count)> Sections =>
        sections.Select(static s => (s.Name, s.RowSize, s.Count));

    /// <summary>Whether every byte is as it was written; reads them all.</summary>
    public bool IsSound =>
        Length <= int.MaxValue
            && Convert.ToHexStringLower(
                SHA256.HashData(Bytes(PackFormat.HeadLength, (int)Length - PackFormat.HeadLength))) == Hash;

    Section[] ReadDirectory(int count, out int end)
    {
        end = PackFormat.HeadLength + (count * PackFormat.EntryLength);
        var all = new Section[count];
        for (var i = 0; i < count; i++)
        {
            var entry = Bytes(PackFormat.HeadLength + (i * PackFormat.EntryLength), PackFormat.EntryLength);
            var (size, rows, offset) = (BinaryPrimitives.ReadInt32LittleEndian(entry[24..]),
                BinaryPrimitives.ReadInt32LittleEndian(entry[28..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[32..]));
            if (size < 1 || rows < 0 || offset < end || offset > Length || (long)size * rows > Length - offset)
                throw Damaged("its directory names rows that are not in it");
            all[i] = new(NameOf(entry), size, rows, offset);
        }
        return all;
    }

    static string NameOf(ReadOnlySpan<byte> entry)
    {
        var length = PackFormat.NameLength;
        while (length > 0 && entry[length - 1] == 0) length--;
        return Encoding.ASCII.GetString(entry[..length]);
    }

    ReadOnlySpan<byte> Bytes(int from, int count) => new(start + from, count);

    /// <summary>What is said of a pack whose bytes are not those that were written.</summary>
    /// <param name="how">What shows it: "its directory was changed".</param>
    internal static InputException Damaged(string at, string how) =>
        new(at, $"is cut or damaged: {how}", "compile it again, or take an earlier one ('deltoid codes list')");

    static InputException Damaged(string how) => Damaged("", how);

    static InputException Fault(string message, string tryThis) => new("", message, tryThis);
}
