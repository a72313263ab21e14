using System.Runtime.InteropServices;

namespace Deltoid.Cli;

/// <summary>
/// Standard output by the system's own call, where there is one: the runtime's stream takes a write to a closed pipe
/// for done, so a run would continue to its end with nobody reading.
/// </summary>
sealed partial class StandardOutput : Stream
{
    const int Number = 1, Interrupted = 4, Again = 11, BrokenPipe = 32; // EINTR, EAGAIN, EPIPE

    public static Stream OfProcess() => OperatingSystem.IsLinux() ? new StandardOutput() : Console.OpenStandardOutput();

    readonly bool isThere = Inherited.Has(Number);

    /// <summary>The reader of the output has closed it: head, or a pager.</summary>
    public bool IsClosed { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!isThere && !buffer.IsEmpty) throw new IOException("standard output is closed");
        while (!buffer.IsEmpty)
        {
            var written = (int)Write(Number, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            IsClosed |= error == BrokenPipe;
            if (error == Again) Thread.Sleep(1); // a terminal that another program has made not to wait
            else if (error != Interrupted) throw new IOException("standard output", error);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get =>
        throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int file, ReadOnlySpan<byte> bytes, nuint count);
}
