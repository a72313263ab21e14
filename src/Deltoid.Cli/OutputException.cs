namespace Deltoid.Cli;

/// <summary>The output, and not an input, failed.</summary>
sealed class OutputException(Exception cause) : IOException("the output cannot be written", cause)
{
    /// <summary>Writes, and says of a failure that it is the output's.</summary>
    public static void Write(Stream target, ReadOnlySpan<byte> text, bool flush = false)
    {
        try
        {
            target.Write(text);
            if (flush) target.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new OutputException(e); }
    }
}
