namespace Deltoid.Books;

/// <summary>Another process is changing the same files. The message is for people.</summary>
internal sealed class InUseException(string message) : IOException(message)
{
    const int Linux = 11, MacOs = 35; // EAGAIN
    const int Windows = unchecked((int)0x80070020); // a sharing violation, whose first bit is set

    /// <summary>Whether a file could not be opened because another process has locked it.</summary>
    public static bool Says(IOException e) => e.HResult is Linux or MacOs or Windows;
}
