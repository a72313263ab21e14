namespace Deltoid.Cli;

/// <summary>Which of the three standard streams the process was started with.</summary>
static class Inherited
{
    const int ClosedOnStart = 0x80000; // O_CLOEXEC

    /// <summary>
    /// Whether a stream was handed to the process. The number of one that was not is free, and the runtime may have
    /// taken it for a file of its own: a read from it never comes back, and a write goes where nobody looks. The
    /// runtime closes its files when another program is started; one that was inherited is not closed so. Known on
    /// Linux only, and elsewhere taken for granted.
    /// </summary>
    /// <param name="number">0 input, 1 output, 2 errors.</param>
    public static bool Has(int number)
    {
        const string Facts = "/proc/self/fdinfo", Flags = "flags:";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Facts)) return true;
        try
        {
            var lines = File.ReadAllLines($"{Facts}/{number}");
            var flags = Array.Find(lines, static line => line.StartsWith(Flags, StringComparison.Ordinal));
            return flags is null || (Convert.ToInt64(flags[Flags.Length..].Trim(), 8) & ClosedOnStart) == 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return true;
        }
    }
}
