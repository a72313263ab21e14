using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;

namespace Deltoid.Browser;

/// <summary>The shipped code book over bytes that the page fetched: a browser has no file to map.</summary>
static unsafe class ShippedBook
{
    /// <param name="pack">Pinned, and not written any more.</param>
    /// <exception cref="Values.InputException">It is no pack, or one of another version.</exception>
    public static CodeBook Open(byte[] pack) => CodeBookBuilder.Open(
        new Pack((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pack)), pack.Length, pack),
        StarterBook.Version);
}
