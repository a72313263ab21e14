using System.Text;
using Deltoid.Claims;

namespace Deltoid.Store;

/// <summary>
/// What a claim says of itself in segments of X12 that have no field (loop 2300): texts with the usual separators,
/// whatever those of the claim are.
/// </summary>
static class KeptSegments
{
    const string Loop = "2300";

    /// <summary>The elements of all segments with this name and code, in their order: of HI*BG those with BG.</summary>
    public static List<string[]> Of(Claim claim, string name, params string[] codes)
    {
        var found = new List<string[]>();
        foreach (ref readonly var segment in claim.Segments)
            if (Elements(claim, segment) is var elements && Is(claim, segment, elements, name, codes))
                found.Add(elements[1..]);
        return found;
    }

    /// <summary>Puts segments in the place of those with this name and these codes.</summary>
    /// <param name="texts">With the usual separators: <c>HI*BG:D0</c>.</param>
    public static void Set(Claim claim, string name, string[] codes, IEnumerable<string> texts)
    {
        var kept = claim.Segments.ToArray();
        claim.KeepOnly(0);
        foreach (var segment in kept)
            if (!Is(claim, segment, Elements(claim, segment), name, codes)) claim.Keep(segment);
        ushort place = 0;
        foreach (var text in texts)
        {
            if (place == 0) place = claim.AddPlace(Encoding.ASCII.GetBytes(Loop));
            claim.Keep(new ClaimSegment(claim.Append(Written(claim, text)), 0, 0, place));
        }
    }

    static byte[] Written(Claim claim, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (ref var one in bytes.AsSpan())
            one = one switch
            {
                (byte)'*' => claim.Delimiters.Element, (byte)':' => claim.Delimiters.Component, _ => one
            };
        return bytes;
    }

    static string[] Elements(Claim claim, in ClaimSegment segment) =>
        [.. claim.Text(segment.Text).Split((char)claim.Delimiters.Element)
            .Select(e => e.Replace((char)claim.Delimiters.Component, ':'))];

    /// <summary>A segment of the claim itself, not of another insured or a line.</summary>
    static bool Is(Claim claim, in ClaimSegment segment, string[] elements, string name, string[] codes) =>
        elements.Length > 1 && elements[0] == name && codes.Contains(elements[1].Split(':')[0])
            && (segment.Place == 0 || claim.PlaceOf(segment).SequenceEqual("2300"u8));
}
