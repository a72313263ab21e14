using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>A run of values, both ends in it: codes packed, amounts in cents or thousandths, numbers.</summary>
internal readonly record struct RuleRange(long Low, long High)
{
    public bool IsOne => Low == High;
}

/// <summary>A text, or how it begins, with the letters a to z in capitals.</summary>
internal readonly record struct RuleText(byte[] Upper, bool IsBeginning);

/// <summary>What a condition asks for: runs of numbers in their order, or texts.</summary>
internal sealed class RuleValues
{
    readonly RuleRange[] ranges;
    readonly RuleText[] texts;

    public RuleValues(IEnumerable<RuleRange> ranges, IEnumerable<RuleText> texts)
    {
        this.ranges = [.. ranges.Distinct().OrderBy(static r => r.Low)];
        this.texts = [.. texts];
    }

    public static readonly RuleValues None = new([], []);

    public IReadOnlyList<RuleRange> Ranges => ranges;

    public IReadOnlyList<RuleText> Texts => texts;

    public bool Has(long value)
    {
        foreach (ref readonly var range in ranges.AsSpan())
        {
            if (value < range.Low) return false;
            if (value <= range.High) return true;
        }
        return false;
    }

    /// <summary>In any case; blanks at the ends count.</summary>
    public bool Has(ReadOnlySpan<byte> text)
    {
        foreach (ref readonly var own in texts.AsSpan())
            if (own.IsBeginning
                ? text.Length >= own.Upper.Length && IsSame(text[..own.Upper.Length], own.Upper)
                : IsSame(text, own.Upper))
                return true;
        return false;
    }

    /// <summary>Letters of other alphabets count as they are.</summary>
    static bool IsSame(ReadOnlySpan<byte> text, ReadOnlySpan<byte> upper)
    {
        if (text.Length != upper.Length) return false;
        for (var i = 0; i < text.Length; i++)
            if (Upper(text[i]) != upper[i]) return false;
        return true;
    }

    public static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;

    /// <summary>All packed codes that begin so.</summary>
    public static RuleRange Beginning(Code code) =>
        new((long)code.Packed, (long)(code.Packed
            | (code.Length == Code.MaxLength ? 0 : ulong.MaxValue >> (8 * code.Length))));
}
