namespace Deltoid.Cli;

/// <summary>The output, and not an input, failed.</summary>
sealed class OutputException(Exception cause) : IOException("the output cannot be written" + Why(cause), cause)
{
    const int NoSpaceLeft = 28; // ENOSPC

    /// <summary>Writes, and says of an error that it is the output's.</summary>
    public static void Write(Stream target, ReadOnlySpan<byte> text, bool flush = false)
    {
        try
        {
            target.Write(text);
            if (flush) target.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new OutputException(e); }
    }

    static string Why(Exception cause) => cause switch
    {
        DirectoryNotFoundException => ": there is no such folder",
        UnauthorizedAccessException => ": it is a folder, or may not be written to",
        PathTooLongException => ": its name is too long",
        IOException { HResult: NoSpaceLeft } => ": no space is left",
        _ => "",
    };
}
