using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>
/// An amount as it is charted for a product of one or of several drugs: <c>30 mg</c>, <c>80 mg/2 mL</c> (with its
/// volume), <c>600 mg/900 mg</c> and <c>600/900 mg</c> (two drugs), <c>600 mg/3 mL and 900 mg/3 mL</c> (two syringes).
/// </summary>
readonly record struct CombinedAmount(Amount First, Amount[] Others, Amount Volume)
{
    const int MostDrugs = 4;

    static readonly string[] Joints = [" and ", "+", "&", ";"];

    public static bool TryParse(ReadOnlySpan<char> text, out CombinedAmount combined)
    {
        combined = new(default, [], default);
        foreach (var part in text.ToString().Split(Joints, StringSplitOptions.TrimEntries))
            if (!TryAdd(part, ref combined)) return false;
        return true;
    }

    /// <summary>
    /// Adds what stands between two joints: amounts divided by slashes, the last of which may be the volume.
    /// </summary>
    static bool TryAdd(string part, ref CombinedAmount combined)
    {
        var pieces = part.Split('/', StringSplitOptions.TrimEntries);
        var amounts = new Amount[pieces.Length];
        var unit = "";
        for (var i = pieces.Length - 1; i >= 0; i--)
        {
            if (!Amount.TryParse(pieces[i], out amounts[i]) && !Amount.TryParse(pieces[i] + unit, out amounts[i]))
                return false;
            if (!amounts[i].IsVolume) unit = UnitOf(pieces[i], unit);
        }
        for (var i = 0; i < amounts.Length; i++)
            if (!TryPut(amounts[i], isLast: i == amounts.Length - 1, isAlone: amounts.Length == 1, ref combined))
                return false;
        return true;
    }

    /// <summary>The unit after the digits; that of the piece after it where a piece has none: 600/900 mg.</summary>
    static string UnitOf(string piece, string after)
    {
        var own = piece.TrimStart([.. "0123456789., "]);
        return own.Length > 0 ? " " + own : after;
    }

    static bool TryPut(Amount amount, bool isLast, bool isAlone, ref CombinedAmount combined)
    {
        if (combined.First.IsNone)
        {
            combined = combined with { First = amount };
            return isAlone || (!amount.IsVolume && amount.Unit != MeasureUnit.Each);
        }
        if (combined.First.IsVolume || amount.Value <= 0) return false;
        if (amount.IsVolume)
        {
            if (!isLast || isAlone) return false;
            combined = combined with { Volume = combined.Volume.IsNone ? amount : combined.Volume + amount };
            return true;
        }
        if (amount.Unit == MeasureUnit.Each || combined.First.Unit == MeasureUnit.Each
            || combined.Others.Length + 1 == MostDrugs)
            return false;
        combined = combined with { Others = [.. combined.Others, amount] };
        return true;
    }
}
