namespace Deltoid.Tests;

/// <summary>The long run (<c>./test --long</c>) tries more of the same; some tests are only in it.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("DELTOID_LONG") == "1";

    /// <summary>How often something is tried: in the plain run, and in the long one.</summary>
    public static int Count(int plain, int inLongRun) => IsOn ? inLongRun : plain;

    /// <summary>Skips what is only in the long run.</summary>
    public static void Only() => Assert.SkipUnless(IsOn, "a long test (./test --long)");
}
