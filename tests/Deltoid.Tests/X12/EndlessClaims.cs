using System.Text;

namespace Deltoid.Tests;

/// <summary>
/// An interchange of many sets of the same claims, clean ones, whose bytes are made as they are read.
/// </summary>
internal sealed class EndlessClaims : Stream
{
    public const int ClaimsInSet = 5000;

    static readonly byte[] File = Encoding.Latin1.GetBytes(X12Samples.File(ClaimsInSet, ClaimsInSet));
    static readonly int First = File.AsSpan().IndexOf("ST*"u8), Behind = File.AsSpan().IndexOf("GE*"u8);

    int set, at; // the next byte is that one of the set; 0: of the envelope before
    byte[] now;

    public EndlessClaims(long bytes)
    {
        Sets = (int)(bytes / (Behind - First)) + 1;
        now = File[..First];
    }

    public int Sets { get; }

    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (at == now.Length && !Turn()) return 0;
        var count = Math.Min(buffer.Length, now.Length - at);
        now.AsSpan(at, count).CopyTo(buffer);
        at += count;
        BytesRead += count;
        return count;
    }

    /// <summary>Goes to the next set, with its own control number, or to the end of the envelope.</summary>
    bool Turn()
    {
        if (set > Sets) return false;
        at = 0;
        if (++set > Sets)
            now = [.. Encoding.Latin1.GetBytes($"GE*{Sets}*1~"), .. File.AsSpan(File.AsSpan().IndexOf("IEA*"u8))];
        else
        {
            if (set == 1) now = File[First..Behind];
            var number = Encoding.Latin1.GetBytes(set.ToString("D4",
                System.Globalization.CultureInfo.InvariantCulture));
            number.CopyTo(now, "ST*837*".Length);
            number.CopyTo(now, now.Length - 1 - number.Length);
        }
        return true;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get =>
        throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
