using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The key by which a worklist or an override finds a finding again: made from the claim, the line's control, the
/// finding's id and the names of its fields. No line number and no number of a field is in it, so it stays the same
/// when lines move and when Deltoid gets more fields. FNV-1a over 64 bits, in hexadecimal. One for each claim, or one
/// that is given claim after claim.
/// </summary>
internal sealed class FindingKey(Claim claim)
{
    /// <summary>
    /// The names in ASCII, each with a zero after it, so that two names are not taken for two others.
    /// </summary>
    static readonly byte[][] Fields = NamesOf<Field>(), Parts = NamesOf<Part>();

    int[]? before;

    public Claim Claim { get; private set; } = claim;

    static byte[][] NamesOf<T>() where T : struct, Enum =>
        Array.ConvertAll(Enum.GetNames<T>(), static name => Encoding.ASCII.GetBytes(name + '\0'));

    public void Use(Claim next) => (Claim, before) = (next, null);

    public string Of(in Finding finding) => NumberOf(finding).ToString("x16", CultureInfo.InvariantCulture);

    public ulong NumberOf(in Finding finding)
    {
        var hash = Add(0xCBF29CE484222325, Claim[ClaimText.Id]);
        hash = AddLine(hash, finding.Place.Line);
        hash = AddLine(hash, finding.OtherLine);
        foreach (var c in finding.Info.Id) hash = Add(hash, (byte)c);
        hash = Add(hash, Fields[(int)finding.Place.ClaimField]);
        hash = Add(Add(hash, Parts[(int)finding.Place.Part]), Fields[(int)finding.Place.ChartField]);
        if (finding.Place.Line == 0) hash = Add(hash, (byte)(finding.Place.Ordinal & 0xFF));
        return hash;
    }

    /// <summary>
    /// A line without a control is known by its code, and by how many lines with that code stand before it.
    /// </summary>
    ulong AddLine(ulong hash, int number)
    {
        hash = Add(hash, 0xFF);
        var index = Claim.IndexOf(number);
        if (index < 0) return hash;
        ref readonly var line = ref Claim.Lines[index];
        if (!line.Control.IsEmpty) return Add(hash, Claim[line.Control]);
        for (var i = 0; i < line.Code.Length; i++) hash = Add(hash, (byte)line.Code[i]);
        var earlier = (before ??= CountBefore(Claim))[index];
        return Add(Add(hash, (byte)(earlier & 0xFF)), (byte)((earlier >> 8) & 0xFF));
    }

    static int[] CountBefore(Claim claim)
    {
        var counts = new PackedMap<int>();
        var before = new int[claim.Lines.Length];
        for (var i = 0; i < before.Length; i++)
            if (!claim.Lines[i].Code.IsNone) before[i] = counts.At(claim.Lines[i].Code.Packed, out _)++;
        return before;
    }

    static ulong Add(ulong hash, ReadOnlySpan<byte> text)
    {
        foreach (var b in text) hash = Add(hash, b);
        return hash;
    }

    // a hash: the product is meant to wrap
    static ulong Add(ulong hash, byte value) => unchecked((hash ^ value) * 0x100000001B3);
}
