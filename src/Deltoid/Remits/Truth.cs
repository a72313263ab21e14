namespace Deltoid.Remits;

/// <summary>Whether something is so, with room for what nobody knows.</summary>
internal enum Truth : byte { No, Unknown, Yes }

internal static class Truths
{
    public static Truth Of(bool isSo) => isSo ? Truth.Yes : Truth.No;

    public static Truth Of(bool? isSo) => isSo is { } known ? Of(known) : Truth.Unknown;

    public static Truth Not(this Truth of) => (Truth)((int)Truth.Yes - (int)of);

    /// <summary>So only if both are.</summary>
    public static Truth And(this Truth one, Truth other) => one < other ? one : other;

    /// <summary>So if either is.</summary>
    public static Truth Or(this Truth one, Truth other) => one > other ? one : other;
}
