using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>Amounts, strengths, percents, needles, minutes and counts.</summary>
internal sealed partial class Scan
{
    int ReadAmount(int i)
    {
        if (!Amounts.TryRead(text, i, out var found))
            return ReadPercent(i) is > 0 and var percent ? percent : ReadGauge(i) is > 0 and var gauge ? gauge
                : ReadMinutes(i);
        if (ReadGauge(i) is > 0 and var needle) return needle;
        var end = found.EndToken;
        if (found.Amount.Unit == MeasureUnit.L && (!IsUnit(end - 1) || IsTimeLike(i))) return 0;
        if (text.IsMark(end, '/') || text.Word(end) is "per")
        {
            if (ReadStrength(i, found) is > 0 and var after) return after;
            if (IsRate(end + 1)) return end + 2;
        }
        if (found.Amount.Unit == MeasureUnit.L && text.Word(end) is "min" or "o2" or "nc") return end + 1;
        var piece = Add(Bit.Amount, i, end, Amounts.Written(found.Amount));
        piece.Amount = found.Amount;
        return ReadTimes(piece) is > 0 and var last ? last : end;
    }

    /// <summary>"100 mg x 5 vials": what all of them hold.</summary>
    int ReadTimes(Piece piece)
    {
        var end = piece.EndToken;
        if (text.Word(end) is not "x" || !Numbers.TryRead(text, end + 1, out var count, out var after)
            || count is < 2 or > 40 || count != decimal.Truncate(count)
            || text.Word(after) is not ("vial" or "vials" or "pellets" or "amps" or "ampules" or "bottles" or "kits"
            or "bags"))
            return 0;
        piece.Amount = new(piece.Amount.Value * count, piece.Amount.Unit);
        (piece.Value, piece.Other, piece.Number) = (Amounts.Written(piece.Amount), "count", (int)count);
        (piece.EndToken, piece.End) = (after + 1, text[after].End);
        return after + 1;
    }

    /// <summary>Per weight, time or lab volume: no amount of a drug that was given.</summary>
    bool IsRate(int token) => text.Word(token) is "kg" or "hr" or "h" or "min" or "dl" or "day" or "d" or "hour"
        or "minute"
        or "l" or "week" or "wk" or "m2" or "dose" or "lb" or "month";

    const int LeastBag = 20; // mL

    /// <summary><c>40 mg/mL</c>, <c>1000 mcg/1 mL</c>, <c>40 mg per mL</c>.</summary>
    int ReadStrength(int first, AmountAt found)
    {
        var at = found.EndToken + 1;
        var number = 1m;
        var hasNumber = Numbers.TryRead(text, at, out var per, out var afterNumber);
        if (hasNumber) (number, at) = (per, afterNumber);
        if (Amounts.UnitAt(text, at, out var end) != MeasureUnit.Ml || number <= 0 || found.Amount.IsVolume) return 0;
        if (number >= LeastBag && text.Word(end) is "ns" or "d5w" or "lr" or "saline" or "nss" or "dextrose" or "bag")
            return 0; // "200 mg / 100 mL NS": the dose, and the bag it runs in
        var piece = Add(Bit.Strength, first, end, hasNumber && number != 1
            ? $"{Amounts.Written(found.Amount)}/{Amounts.Written(number)} mL"
            : $"{Amounts.Written(found.Amount)}/mL");
        piece.Amount = found.Amount;
        piece.Other = hasNumber ? $"{Amounts.Written(number)} mL" : "";
        return end;
    }

    int ReadPercent(int i)
    {
        if (!Numbers.TryRead(text, i, out var value, out var end)) return 0;
        var isSign = text.IsMark(end, '%');
        if (!isSign && text.Word(end) is not ("percent" or "pct")) return 0;
        if (value is <= 0 or > 50 || text.Word(end + 1) is "ra" or "room" or "on" or "o2" or "of" or "relief"
            or "better"
            or "improved" or "improvement")
            return end + 1;
        Add(Bit.Percent, i, end + 1, $"{Amounts.Written(value)}%");
        return end + 1;
    }

    /// <summary>"0850  L. Demarest" is a time, and no amount.</summary>
    bool IsTimeLike(int i) => text.Kind(i) == TokenKind.Number && text[i].Length == 4 && text.Word(i)[0] == '0'
        && text.Word(i)[1] != '.';

    int ReadGauge(int i)
    {
        if (!Numbers.TryRead(text, i, out var value, out var end) || value is < 16 or > 34
            || value != decimal.Truncate(value))
            return 0;
        var word = text.Word(end);
        var isGauge = word is "gauge" or "ga" || (word is "g" && (text[end].Glue || text.Written(end) is "G"));
        if (!isGauge) return 0;
        var after = end + 1;
        // x 1 in, 1.5", 5/8 inch
        var at = after;
        if (text.IsMark(at, ',')) at++;
        if (text.Word(at) is "x" or "by") at++;
        var number = at;
        while (text.Kind(at) is TokenKind.Number
            || (text.Kind(at) == TokenKind.Mark && text.At(text[at].Start) is '/' or '-' && at > number))
            at++;
        if (at > number && at < text.Count && (text.Word(at) is "in" or "inch" or "inches" || text.IsMark(at, '"')))
        {
            after = at + 1;
            if (text.IsMark(after, '.')) after++;
        }
        if (text.Word(after) is "needle" or "ndl") after++;
        Add(Bit.Needle, i, after, text.Text[text[i].Start..text[after - 1].End]);
        return after;
    }

    int ReadMinutes(int i)
    {
        if (!Numbers.TryRead(text, i, out var value, out var end)) return 0;
        if (text.IsMark(end, '-') && text[end].Glue) end++;
        var word = text.Word(end);
        var minutes = word is "min" or "mins" or "minute" or "minutes" or "minutos" or "mn" ? value
            : word is "hr" or "hrs" or "hour" or "hours" or "hora" or "horas" or "h" ? value * 60 : -1;
        if (minutes is < 1 or > 1440 || minutes != decimal.Truncate(minutes)) return 0;
        if (text.Word(end + 1) is "ago" or "apart" or "before" or "prior") return end + 2;
        Add(Bit.Minutes, i, end + 1, Amounts.Written(minutes)).Number = (int)minutes;
        return end + 1;
    }

    /// <summary><c>5 x 100 mg SDV</c>: containers; <c>x 5 sites</c> is no amount.</summary>
    int ReadCount(int i)
    {
        if (text.Kind(i) != TokenKind.Number || text[i].Length > 2
            || text.Word(i + 1) is not ("x" or "vials" or "vial")) return 0;
        var at = text.Word(i + 1) is "x" ? i + 2 : text.Word(i + 2) is "of" or "x" ? i + 3 : i + 2;
        if (!Numbers.TryRead(text, i, out var count, out _) || !Amounts.TryRead(text, at, out var found)
            || count is < 1 or > 40)
            return 0;
        var end = found.EndToken;
        if (text.IsMark(end, '/'))
        {
            // "2 x 300 mg/10 mL SDV"
            if (!Numbers.TryRead(text, end + 1, out _, out var per)
                || Amounts.UnitAt(text, per, out var after) != MeasureUnit.Ml) return 0;
            end = after;
        }
        var piece = Add(Bit.Amount, i, end,
            Amounts.Written(new Amount(found.Amount.Value * count, found.Amount.Unit)));
        piece.Amount = new(found.Amount.Value * count, found.Amount.Unit);
        piece.Other = "count";
        piece.Number = (int)count;
        return end;
    }
}
