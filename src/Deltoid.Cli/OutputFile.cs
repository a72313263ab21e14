namespace Deltoid.Cli;

/// <summary>The file that <c>--output</c> names.</summary>
static class OutputFile
{
    /// <summary>Why it cannot be written to, or null: it is no name, or it is one of the files that are read.</summary>
    public static string? FaultOf(string? output, params IEnumerable<string?> inputs)
    {
        if (output is null) return null;
        if (!IsName(output)) return "--output names no file";
        return inputs.Any(input => input is not null && input != "-" && IsName(input) && Real(input) == Real(output)) ? "--output is another file than those that are read" : null;
    }

    static bool IsName(string file) => file.Length > 0 && !file.Contains('\0', StringComparison.Ordinal);

    /// <summary>The file itself, where the name is a link to it.</summary>
    static string Real(string file)
    {
        try { return new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Path.GetFullPath(file); }
    }
}
