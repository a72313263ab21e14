using System.Buffers.Binary;

namespace Deltoid.Pages.Site;

/// <summary>
/// The pack with zeros for what <c>js/made.js</c> makes again from the rest: the index of codes, the index for search,
/// and where texts are, for which their numbers stand.
/// </summary>
internal static class SiteLeftOut
{
    static readonly string[] Made = ["id:key", "id", "find:letter", "find:word", "find:at", "find:found"];

    /// <summary>Where a row of a section says where its text is: start and length.</summary>
    static readonly (string Section, int At)[] Places = [("icd:label", 0), ("find:row", 17)];

    /// <summary>Length of the text and number of its words, of a row of <c>find:row</c>.</summary>
    const int CountsAt = 33, CountsLength = 3;

    public static (byte[] Pack, SiteTexts Texts) Of(byte[] whole)
    {
        var pack = whole.ToArray();
        var sections = SiteSection.Of(pack).ToDictionary(static section => section.Name);
        var places = Places.SelectMany(of => PlacesOf(sections[of.Section], of.At)).ToList();
        var texts = new SiteTexts(places.Select(at => (Number(pack, at), Number(pack, at + 4))),
            sections["text"].Count);
        foreach (var at in places)
        {
            BinaryPrimitives.WriteInt32LittleEndian(pack.AsSpan(at),
                texts.NumberOf(Number(pack, at), Number(pack, at + 4)));
            BinaryPrimitives.WriteInt32LittleEndian(pack.AsSpan(at + 4), 0);
        }
        foreach (var at in PlacesOf(sections["find:row"], CountsAt)) pack.AsSpan(at, CountsLength).Clear();
        foreach (var name in Made)
            pack.AsSpan(sections[name].Offset..sections[name].End).Clear();
        return (pack, texts);
    }

    static IEnumerable<int> PlacesOf(SiteSection section, int at) =>
        Enumerable.Range(0, section.Count).Select(row => section.Offset + (row * section.Size) + at);

    static int Number(byte[] pack, int at) => BinaryPrimitives.ReadInt32LittleEndian(pack.AsSpan(at));
}
