using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Deltoid.Cli;

/// <summary>Which file it is, whatever it is called: two hard links have the same. Known on Linux only, by its call
/// statx.</summary>
readonly partial record struct FileIdentity(ulong Device, ulong Inode, bool IsRegular)
{
    const int CurrentFolder = -100, RegularFile = 0x8000, KindMask = 0xF000;
    const uint KindAndInode = 0x101;

    /// <summary>The file of a name, a link followed; null where there is none, or where it is not known.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var answer = new byte[256];
        try
        {
            if (StatX(CurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0, KindAndInode, answer) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library without the call
        }
        var device = BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(136)); // major and minor number
        var kind = BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(28)) & KindMask;
        return new(device, BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(32)), kind == RegularFile);
    }

    /// <summary>The file of an open stream.</summary>
    public static FileIdentity? Of(FileStream file) => Of($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}");

    [LibraryImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> answer);
}
