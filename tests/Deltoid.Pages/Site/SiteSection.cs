using System.Buffers.Binary;
using System.Text;
using Deltoid.Codes.Packs;

namespace Deltoid.Pages.Site;

/// <summary>A section of a pack: where its rows are.</summary>
internal readonly record struct SiteSection(string Name, int Offset, int Size, int Count)
{
    public int End => Offset + (Size * Count);

    public static List<SiteSection> Of(byte[] pack)
    {
        var sections = new List<SiteSection>();
        for (var i = 0; i < BinaryPrimitives.ReadInt32LittleEndian(pack.AsSpan(12)); i++)
        {
            var entry = pack.AsSpan(PackFormat.HeadLength + (i * PackFormat.EntryLength), PackFormat.EntryLength);
            var numbers = entry[PackFormat.NameLength..];
            sections.Add(new(Encoding.ASCII.GetString(entry[..PackFormat.NameLength]).TrimEnd('\0'),
                (int)BinaryPrimitives.ReadInt64LittleEndian(numbers[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(numbers),
                BinaryPrimitives.ReadInt32LittleEndian(numbers[4..])));
        }
        return sections;
    }
}
