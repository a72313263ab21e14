using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A code that a package is billed as.</summary>
/// <param name="Units">How many billing units of the code one package unit (a vial, a syringe) holds, in
/// ten-thousandths.</param>
internal readonly record struct NdcCode(Code Code, long Units);

/// <summary>
/// The codes of one package, in the order of the file. On the stack, since a claim is scrubbed without allocating.
/// </summary>
internal struct NdcCodes
{
    /// <summary>More than any package has.</summary>
    public const int Most = 8;

    [InlineArray(Most)]
    struct Items
    {
        NdcCode first;
    }

    Items items;

    public int Count { get; private set; }

    public readonly NdcCode this[int index] => index < Count ? items[index] : default;

    internal void Add(NdcCode code)
    {
        if (Count < Most) items[Count++] = code;
    }
}

/// <summary>
/// Which codes a package is billed as: the rows of ndcs.tsv, sorted by NDC and found by halving the text, so that
/// opening a book reads nothing of it. A package that is not in it may still be billed.
/// </summary>
/// <param name="text">The file: lines of <c>NDC, codes with units, source</c>; others come first.</param>
internal sealed class NdcTable(Column<byte> text)
{
    const int NdcLength = 11;

    /// <summary>The codes of a package; empty when it is not listed.</summary>
    public NdcCodes Of(Ndc ndc)
    {
        var codes = new NdcCodes();
        if (ndc.IsNone) return codes;
        Span<byte> key = stackalloc byte[NdcLength];
        Utf8Formatter.TryFormat(ndc.Digits, key, out _, new('D', NdcLength));
        var (low, high) = (0, text.Count);
        while (low < high)
        {
            var line = LineAt(low + (high - low) / 2, out var start);
            var order = line.Length > NdcLength && char.IsAsciiDigit((char)line[0])
                ? line[..NdcLength].SequenceCompareTo(key)
                : -1;
            if (order == 0)
            {
                Read(line, ref codes);
                return codes;
            }
            if (order < 0) low = start + line.Length + 1;
            else high = start;
        }
        return codes;
    }

    /// <summary>The line that holds a position.</summary>
    ReadOnlySpan<byte> LineAt(int position, out int start)
    {
        var all = text.Span;
        start = all[..position].LastIndexOf((byte)'\n') + 1;
        var length = all[start..].IndexOf((byte)'\n');
        return length < 0 ? all[start..] : all.Slice(start, length);
    }

    /// <summary><c>Q5105:20 Q5106:2</c>, in the second cell.</summary>
    static void Read(ReadOnlySpan<byte> line, ref NdcCodes codes)
    {
        var cell = line[(NdcLength + 1)..];
        if (cell.IndexOf((byte)'\t') is >= 0 and var end) cell = cell[..end];
        foreach (var part in cell.Split((byte)' '))
        {
            var item = cell[part];
            var colon = item.IndexOf((byte)':');
            if (colon > 0 && Code.TryParse(item[..colon], out var code)
                && Digits.TryScaled(item[(colon + 1)..], 4, out var units))
                codes.Add(new(code, units));
        }
    }
}
