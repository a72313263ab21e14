namespace Deltoid.Cli;

/// <summary>Standard input that knows whether it waits, so that Ctrl-C need not, and whether there is any.</summary>
sealed class StandardInput(Stream? inner) : Stream
{
    volatile bool isWaiting;

    /// <summary>The process sits in a read that only more input ends.</summary>
    public bool IsWaiting => isWaiting;

    public static StandardInput OfProcess() => new(IsClosed() ? null : Console.OpenStandardInput());

    /// <summary>
    /// Whether the process was started without standard input. Its number is then free, and the runtime may have taken
    /// it for a file of its own, from which a read never comes back. Such a file is closed when another program is
    /// started, and one that was inherited is not.
    /// </summary>
    static bool IsClosed()
    {
        const string Facts = "/proc/self/fdinfo/0", Flags = "flags:";
        const int ClosedOnStart = 0x80000; // O_CLOEXEC
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fdinfo")) return false;
        try
        {
            var flags = Array.Find(File.ReadAllLines(Facts),
                static line => line.StartsWith(Flags, StringComparison.Ordinal));
            return flags is not null && (Convert.ToInt64(flags[Flags.Length..].Trim(), 8) & ClosedOnStart) != 0;
        }
        catch (FileNotFoundException) { return true; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException) { return false; }
    }

    public override int Read(Span<byte> buffer)
    {
        if (inner is null) throw new IOException("standard input is closed");
        isWaiting = true;
        try { return inner.Read(buffer); }
        finally { isWaiting = false; }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
