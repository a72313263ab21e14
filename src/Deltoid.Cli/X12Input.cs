using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Envelope;

namespace Deltoid.Cli;

/// <summary>An input that was opened far enough to see whether it is X12.</summary>
/// <param name="Kind">What it is, where the kind is known.</param>
/// <param name="Length">In bytes; -1 when it is not known.</param>
sealed record X12Input(string File, Stream Stream, bool IsX12, InputKind? Kind, long Length) : IDisposable
{
    const int Looked = 4096;

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InputException">It begins with ISA and is no interchange, or is of another format that is
    /// known.</exception>
    public static X12Input Open(Terminal terminal, string file)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal)) throw new FileNotFoundException();
        var stream = file == "-"
            ? terminal.In
            : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var start = new byte[Looked];
        var count = stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false);
        var seen = start.AsSpan(0, count);
        if (seen.StartsWith("\uFEFF"u8)) seen = seen[3..];
        if (OtherFormat.Of(file, seen) is { } other) throw other;
        var isX12 = seen.TrimStart(" \t\r\n"u8).StartsWith("ISA"u8);
        if (isX12 && !IsaReader.IsIn(seen))
            throw new InputException("ISA", "the ISA segment does not read: it has not 16 elements",
                "give the file as it was sent");
        var length = file == "-" ? -1 : stream.Length;
        return new(file, new PrefixedStream(start[..count], stream), isX12, InputKind.Of(seen), length)
        {
            HasLateIsa = !isX12 && IsaReader.IsIn(seen),
        };
    }

    /// <summary>What is said of an input that could not be opened or read.</summary>
    public static InputException Refusal(string file, Exception e)
    {
        if (file == "-")
            return new("", "standard input is closed or cannot be read",
                "name a file, or send one in: deltoid … - < FILE");
        if (Directory.Exists(file)) return new("", "this is a folder", "name the files in it");
        if (e is FileNotFoundException or DirectoryNotFoundException)
            return new("", "there is no such file", "check its name");
        return new("", "the file cannot be read", "check its name and permissions");
    }

    /// <summary>It does not begin with ISA, but has one further on.</summary>
    bool HasLateIsa { get; init; }

    /// <exception cref="InputException">It is not X12.</exception>
    public void MustBeX12()
    {
        if (IsX12) return;
        if (Kind is null && HasLateIsa)
            throw new InputException("", "text stands before ISA, with which X12 begins",
                "remove what stands before ISA: a header of mail, line numbers, a quotation mark");
        throw Kind?.WrongFor(File, "read") ?? new InputException("", "this is not X12: it does not begin with ISA",
            $"give one of these: {TransactionSets.Names}, TA1");
    }

    /// <summary>All of it, for what is not X12.</summary>
    public byte[] ReadAll()
    {
        using var all = new MemoryStream();
        Stream.CopyTo(all);
        return all.ToArray();
    }

    public void Dispose()
    {
        if (File != "-") Stream.Dispose();
    }
}
