using Deltoid.Books;

namespace Deltoid.Cli;

/// <summary>
/// The file that <c>--output</c> names. It is written beside its name and takes the name when the run is done, so a run
/// that fails leaves what was there. One run at a time writes to a name. A device or a pipe is written as it is.
/// </summary>
sealed class OutputFile : IDisposable
{
    const string Unfinished = ".partial", Noted = ".journal";

    bool isDone;

    OutputFile(string target, FileStream stream, bool isDevice) =>
        (Target, Stream, IsDevice) = (target, stream, isDevice);

    /// <summary>The file itself, where the name is a link to it.</summary>
    public string Target { get; }

    /// <summary>
    /// It is no file but a device or a pipe: what was written to it cannot be taken back or continued.
    /// </summary>
    public bool IsDevice { get; }

    /// <summary>What is written so far.</summary>
    public string Partial => Target + Unfinished;

    public FileStream Stream { get; }

    /// <summary>An earlier run has begun to write and did not come to its end.</summary>
    public bool IsBegun { get; private init; }

    /// <summary>What is written stays beside the name, for a run that continues.</summary>
    public bool IsKept { get; set; }

    /// <summary>Why a name cannot be written to, or null: it is no name, or it is one of the files that are
    /// read.</summary>
    public static string? FaultOf(string? output, params IEnumerable<string?> inputs)
    {
        if (output is null) return null;
        if (!IsName(output)) return "--output names no file";
        var target = Real(output);
        string[] written = [target, target + Unfinished, target + Noted];
        return inputs.Any(input => input is not null && input != "-" && IsName(input)
            && Array.Exists(written, file => IsSame(Real(input), file)))
            ? "--output is one of the files that are read: give another file" : null;
    }

    /// <summary>Opens the file, empty.</summary>
    /// <param name="continues">Keep what an earlier run has written.</param>
    /// <exception cref="InUseException">Another run is writing to it.</exception>
    /// <exception cref="OutputException">It cannot be written to.</exception>
    public static OutputFile Open(string name, bool continues = false)
    {
        try
        {
            if (IsDeviceAt(name)) return new(name, Existing(name), isDevice: true);
            var target = Real(name);
            // it may be written to
            if (Path.Exists(target)) Existing(target).Dispose();
            var isBegun = File.Exists(target + Unfinished);
            var stream = Alone(target + Unfinished, name);
            if (File.Exists(target) && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
            if (!continues) stream.SetLength(0);
            return new(target, stream, isDevice: false) { IsBegun = isBegun };
        }
        catch (Exception e) when (e is (IOException and not InUseException) or UnauthorizedAccessException)
        {
            throw new OutputException(e);
        }
    }

    static FileStream Existing(string file) => new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);

    /// <summary>Writes a file in one step.</summary>
    public static void WriteAll(string name, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(name);
        OutputException.Write(file.Stream, bytes);
        file.Finish();
    }

    /// <summary>The run is done: what was written takes the name.</summary>
    public void Finish()
    {
        isDone = true;
        if (IsDevice) return;
        Stream.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows()) Stream.Dispose(); // there an open file has no other name
        File.Move(Partial, Target, overwrite: true);
    }

    public void Dispose()
    {
        // while no other run can open it
        if (!isDone && !IsDevice && !IsKept && !OperatingSystem.IsWindows()) File.Delete(Partial);
        Stream.Dispose();
        if (!isDone && !IsDevice && !IsKept && OperatingSystem.IsWindows()) File.Delete(Partial);
    }

    /// <summary>The lock goes with the process, however it ends.</summary>
    static FileStream Alone(string partial, string name)
    {
        while (true)
        {
            FileStream stream;
            try { stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1); }
            catch (IOException e) when (InUseException.Says(e))
            {
                throw new InUseException(
                    $"another run is writing to {name}; wait until it is done, or give another --output");
            }
            if (FileIdentity.Of(stream) == FileIdentity.Of(partial)) return stream;
            stream.Dispose(); // between opening and locking another run gave it its name
        }
    }

    static bool IsName(string file) => file.Length > 0 && !file.Contains('\0', StringComparison.Ordinal);

    static bool IsSame(string left, string right) =>
        left == right || (FileIdentity.Of(left) is { IsRegular: true } one && FileIdentity.Of(right) == one);

    static bool IsDeviceAt(string file) =>
        FileIdentity.Of(file) is { } known
            ? !known.IsRegular && !Directory.Exists(file)
            : file.StartsWith("/dev/", StringComparison.Ordinal);

    static string Real(string file)
    {
        try
        {
            return new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Path.GetFullPath(file); }
    }
}
