using System.Reflection;

namespace Deltoid.Cli;

/// <summary>Which release of the program this is.</summary>
static class Release
{
    /// <summary>
    /// The version with the commit it was built from: two builds that may answer differently have two.
    /// </summary>
    public static string Build { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "";

    /// <summary>The version alone.</summary>
    public static string Version { get; } = Build.Split('+')[0];
}
