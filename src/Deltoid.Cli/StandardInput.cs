namespace Deltoid.Cli;

/// <summary>Standard input that knows whether it waits, so that Ctrl-C need not, and whether there is any.</summary>
sealed class StandardInput(Stream? inner) : Stream
{
    volatile bool isWaiting;

    /// <summary>The process sits in a read that only more input ends.</summary>
    public bool IsWaiting => isWaiting;

    public static StandardInput OfProcess() => new(Inherited.Has(0) ? Console.OpenStandardInput() : null);

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

    public override long Position { get =>
        throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
