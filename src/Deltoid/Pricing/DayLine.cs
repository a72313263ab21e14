using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>A line of the fee schedule while the rules of its day are worked out.</summary>
sealed class DayLine(int index, ServiceLine line, UnitFee unit)
{
    bool isRanked;

    public int Index { get; } = index;

    public ServiceLine Line { get; } = line;

    public UnitFee Unit { get; } = unit;

    public FeeRow Row => Unit.Row;

    public long Units => Line.Units.Whole;

    /// <summary>One unit by itself.</summary>
    public Money Paid { get; } = unit.Paid(unit.Dollars);

    public Money Amount { get; private set; } = unit.Paid(unit.Dollars) * line.Units.Whole;

    public DayRules Rules { get; private set; }

    public bool IsByReport { get; private set; }

    /// <summary>The technical part of one unit; null when the line has none, or the book does not know it.</summary>
    public UnitFee? Technical { get; private set; }

    public UnitFee? Professional { get; private set; }

    /// <summary>A share that law sets, on the day of the line.</summary>
    public decimal ShareOf(LegalShare share) => LegalShares.Of(share, Line.Date);

    public void Note(DayRules rule) => Rules |= rule;

    public void TakeOff(Money off, long times, DayRules rule)
    {
        if (times == 0 || off == Money.Zero) return;
        Amount -= off * times;
        Rules |= rule;
    }

    /// <summary>Adds what one rank pays of the line.</summary>
    public void TakeRank(bool isByReport, Money amount, DayRules rule)
    {
        Amount = isRanked ? Amount + amount : amount;
        (isRanked, IsByReport) = (true, IsByReport || isByReport);
        Rules |= rule;
    }

    /// <summary>
    /// A line of one part is that part; PC/TC 2 is professional and 3 technical by itself; others have rows of their
    /// parts.
    /// </summary>
    public void FindParts(CodeBook book)
    {
        if (Row.Part == Modifier.M26 || Row.PcTc == 2) Professional = Unit;
        else if (Row.Part == Modifier.MTC || Row.PcTc == 3) Technical = Unit;
        else if (book.TryFeePart(Line.Code, Modifier.MTC, Line.Date, out var technical)
            && book.TryFeePart(Line.Code, Modifier.M26, Line.Date, out var professional))
            (Technical, Professional) = (Unit with { Row = technical }, Unit with { Row = professional });
        else
            Note(DayRules.NotKnown);
    }
}
