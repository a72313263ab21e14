using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace Deltoid.Browser;

/// <summary>
/// What the page's worker calls: two calls that bring the code book in, then <see cref="Run"/> for everything.
/// </summary>
static partial class Door
{
    static byte[] pack = [];
    static Commands? commands;

    /// <summary>Where the worker writes the bytes of the pack.</summary>
    [JSExport]
    [return: JSMarshalAs<JSType.MemoryView>]
    internal static ArraySegment<byte> Room(int length)
    {
        pack = GC.AllocateUninitializedArray<byte>(length, pinned: true); // it stays where it is while it is read
        return new(pack);
    }

    /// <summary>Opens the book that was written there, once, before anything is asked.</summary>
    [JSExport]
    internal static void Open() => commands = new(ShippedBook.Open(pack));

    /// <summary>Answers a command; both sides are JSON.</summary>
    /// <param name="command">A row of <see cref="Commands"/>.</param>
    /// <param name="asked">An object of texts: what is asked, and with what.</param>
    [JSExport]
    internal static string Run(string command, string asked) => commands!.Run(command, asked);

    /// <summary>The worker starts the runtime and then calls the others.</summary>
    static void Main()
    {
    }
}
