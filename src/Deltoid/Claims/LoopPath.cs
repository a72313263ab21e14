using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>
/// The loop that a kept segment is in, as claim JSON writes it: loops from the outermost within the claim, each with
/// its number, which is 1 where none is written: <c>2320[2]/2330B</c>.
/// </summary>
static class LoopPath
{
    const int LongestName = 6, LongestNumber = 6;

    /// <summary>Takes the first loop off a path; false where it is none.</summary>
    public static bool Step(ref ReadOnlySpan<byte> path, out ReadOnlySpan<byte> name, out int number)
    {
        var cut = path.IndexOf((byte)'/');
        var step = cut < 0 ? path : path[..cut];
        path = cut < 0 ? default : path[(cut + 1)..];
        number = 1;
        var bracket = step.IndexOf((byte)'[');
        name = bracket < 0 ? step : step[..bracket];
        if (name.Length is < 2 or > LongestName || name.ContainsAnyExcept(Letters)) return false;
        if (bracket < 0) return true;
        if (step[^1] != (byte)']' || step.Length - bracket - 2 is < 1 or > LongestNumber) return false;
        if (!Digits.TryScaled(step[(bracket + 1)..^1], 0, out var read) || read < 1) return false;
        number = (int)read;
        return true;
    }

    static readonly System.Buffers.SearchValues<byte> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    /// <summary>Whether a text can be the path of a loop in some guide.</summary>
    public static bool IsPath(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[^1] == (byte)'/') return false;
        while (!path.IsEmpty)
            if (!Step(ref path, out _, out _)) return false;
        return true;
    }

    /// <summary>What <see cref="IsPath"/> takes, for the schema.</summary>
    public const string Pattern = "^[A-Z0-9]{2,6}(\\[[0-9]{1,6}\\])?(/[A-Z0-9]{2,6}(\\[[0-9]{1,6}\\])?)*$";
}
