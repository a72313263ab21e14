using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// What official files say of a drug code in words: its billing unit at the end of its text, and what took over from
/// it.
/// </summary>
internal sealed partial class CodeBookBuilder
{
    /// <summary>Units of codes that our rows say none of; a text that ends in no plain amount says none.</summary>
    void LayerUnits()
    {
        var known = new PackedMap<int>();
        foreach (ref readonly var code in units.Codes.Span) known.At(code.Packed, out _) = 1;
        foreach (ref readonly var row in pack!.Column<AspLimitRow>("asp").Span)
            AddUnit(pack.CodeOf(row.Id), row.Dosage, known);
        foreach (ref readonly var row in pack.Column<HcpcsRow>("hcpcs").Span)
        {
            var code = pack.CodeOf(row.Id);
            if (code[0] == 'J' || row.PriceIndicator == DrugPrice) AddUnit(code, row.Long, known);
            if (row.Dates.ThruDay < int.MaxValue && row.First != 0 && !successors.TryGet(code.Packed, out _))
                successors.At(code.Packed, out _) = SuccessorsIn(row);
        }
    }

    void AddUnit(Code code, TextRef text, PackedMap<int> known)
    {
        if (known.TryGet(code.Packed, out _) || !TryUnit(pack!.TextOf(text), out var unit, out var upTo)) return;
        units.Add(code, new(DateRange.Always, unit, upTo)); // a code's unit never changes: another unit is another code
        known.At(code.Packed, out _) = 1;
    }

    /// <summary>The cross references of a code that has ended.</summary>
    static Code[] SuccessorsIn(in HcpcsRow row)
    {
        ReadOnlySpan<ulong> all = [row.First, row.Second, row.Third];
        var codes = new RowList<Code>();
        foreach (var packed in all)
            if (packed != 0) codes.Add(new(packed));
        return codes.ToArray();
    }

    /// <summary>
    /// The amount after the last comma: <c>…, per 15 mg</c>, <c>…, up to 1,000 mcg</c>, or the whole of a dosage.
    /// </summary>
    internal static bool TryUnit(ReadOnlySpan<char> text, out Amount unit, out bool upTo)
    {
        text = text.Trim();
        var comma = text.LastIndexOf(", ");
        var tail = comma < 0 ? text : text[(comma + 2)..].Trim();
        upTo = tail.StartsWith("up to ", StringComparison.OrdinalIgnoreCase);
        if (upTo) tail = tail[6..];
        else if (tail.StartsWith("per ", StringComparison.OrdinalIgnoreCase)) tail = tail[4..];
        return Values.Amount.TryParse(tail, out unit) && unit.Unit != MeasureUnit.Each;
    }
}
