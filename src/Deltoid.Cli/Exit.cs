namespace Deltoid.Cli;

/// <summary>What the process answers with. When several apply, the first of <see cref="Order"/> wins.</summary>
public static class Exit
{
    public const int Clean = 0, Found = 1, Usage = 2, Unreadable = 3, PartlyRefused = 4, Io = 5, Bug = 70,
        Interrupted = 130;

    static readonly int[] Order = [Bug, Interrupted, Io, Usage, Unreadable, PartlyRefused, Found, Clean];

    public static int Worse(int left, int right) =>
        Array.IndexOf(Order, left) < Array.IndexOf(Order, right) ? left : right;
}
