using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>
/// The key by which a worklist or an override finds a finding again: made from the claim, the line's control, the finding's id and
/// the field, never from a line number, so it stands when lines move. FNV-1a over 64 bits, in hexadecimal.
/// </summary>
public static class FindingKey
{
    public static string Of(in Finding finding, Claim claim)
    {
        var hash = Add(0xCBF29CE484222325, claim[ClaimText.Id]);
        hash = AddLine(hash, claim, finding.Place.Line);
        hash = AddLine(hash, claim, finding.OtherLine);
        foreach (var c in finding.Info.Id) hash = Add(hash, (byte)c);
        hash = Add(hash, (byte)finding.Place.ClaimField);
        hash = Add(Add(hash, (byte)finding.Place.Part), (byte)finding.Place.ChartField);
        if (finding.Place.Line == 0) hash = Add(hash, (byte)(finding.Place.Ordinal & 0xFF));
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>A line without a control is known by its code, and by how many lines with that code stand before it.</summary>
    static ulong AddLine(ulong hash, Claim claim, int number)
    {
        hash = Add(hash, 0xFF);
        if (number < 1 || number > claim.Lines.Length) return hash;
        ref readonly var line = ref claim.Lines[number - 1];
        if (!line.Control.IsEmpty) return Add(hash, claim[line.Control]);
        byte before = 0;
        foreach (ref readonly var earlier in claim.Lines[..(number - 1)]) if (earlier.Code == line.Code && before < byte.MaxValue) before++;
        for (var i = 0; i < line.Code.Length; i++) hash = Add(hash, (byte)line.Code[i]);
        return Add(hash, before);
    }

    static ulong Add(ulong hash, ReadOnlySpan<byte> text)
    {
        foreach (var b in text) hash = Add(hash, b);
        return hash;
    }

    static ulong Add(ulong hash, byte value) => unchecked((hash ^ value) * 0x100000001B3); // a hash: the product is meant to wrap
}
