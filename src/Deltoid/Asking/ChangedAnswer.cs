using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What a quarter changed for a drug or a code: its code, its units a day, its payment limit, each beside what
/// held on the day before the quarter. What the code book has no row for is said.</summary>
internal static class ChangedAnswer
{
    const int MostCodes = 20;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var first = new DateOnly(asked.Day.Year, ((asked.Day.Month - 1) / 3 * 3) + 1, 1);
        var codes = CodesOf(asked, first);
        if (codes.Count is 0 or > MostCodes || !codes.TrueForAll(code => IsOfQuarter(asked, code, first))) return null;
        foreach (var code in codes) SayOf(asked, code, first, draft);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return ReplyKind.Answer;
    }

    /// <summary>The codes of the question, or those of its drugs that are in force in the quarter or ended with the one
    /// before.</summary>
    static List<Code> CodesOf(Inquiry asked, DateOnly first)
    {
        if (asked.Codes.Count > 0) return asked.Codes;
        return [.. asked.Drugs.SelectMany(static drug => drug.Products).Select(static product => product.Hcpcs)
            .Where(code => IsOfQuarter(asked, code, first)).Distinct()];
    }

    static bool IsOfQuarter(Inquiry asked, Code code, DateOnly first) => asked.Book.TryCode(code, asked.Day, out _)
        || asked.Book.TryCode(code, first.AddDays(-1), out _);

    static void SayOf(Inquiry asked, Code code, DateOnly first, ReplyDraft draft)
    {
        var parts = new List<string> { CodeOf(asked, code, first, draft) };
        if (LimitOf(asked, code, first, draft) is { Length: > 0 } limit) parts.Add(limit);
        if (PriceOf(asked, code, first, draft) is { Length: > 0 } price) parts.Add(price);
        draft.Reckoned(code.ToString(), "quarter from", first.Iso())
            .Say($"{code} since {first.Iso()}: {string.Join("; ", parts)}");
    }

    static string CodeOf(Inquiry asked, Code code, DateOnly first, ReplyDraft draft)
    {
        DrugAnswer.StateCode(asked, code, draft);
        var (now, before) = (asked.Book.TryCode(code, asked.Day, out _),
            asked.Book.TryCode(code, first.AddDays(-1), out _));
        return now == before ? "the code is the same" : now ? "the code is new" : "the code ended";
    }

    static string LimitOf(Inquiry asked, Code code, DateOnly first, ReplyDraft draft)
    {
        var id = asked.Book.Id(code);
        if (!asked.Book.TryUnitLimit(id, asked.Day, asked.Has("hospital-side"), out var now)) return "";
        Note(now);
        draft.CiteTable("MUE26", code.ToString());
        if (!asked.Book.TryUnitLimit(id, first.AddDays(-1), asked.Has("hospital-side"), out var before))
            return $"at most {Text(now.Limit)} units a day, and the book has no limit of the quarter before";
        Note(before);
        return now.Limit == before.Limit && now.Mai == before.Mai ? $"still at most {Text(now.Limit)} units a day"
            : $"at most {Text(now.Limit)} units a day, before {Text(before.Limit)}";
        void Note(in UnitLimitRow row) => draft.State(code.ToString(), "units a day", Text(row.Limit), row.Dates,
            row.Source);
    }

    static string PriceOf(Inquiry asked, Code code, DateOnly first, ReplyDraft draft)
    {
        var id = asked.Book.Id(code);
        if (!asked.Book.AspLimits.TryGet(id, asked.Day.DayNumber, out var now))
        {
            if (asked.Book.Codes[id] is not [.., { Kind: CodeKind.Drug }]) return "";
            draft.State(code.ToString(), "payment limit", "none in this code book", DateRange.Always, "ASP");
            return "this code book has no payment limit of the quarter";
        }
        Note(now);
        draft.CiteRule("INJ-262");
        if (!asked.Book.AspLimits.TryGet(id, first.AddDays(-1).DayNumber, out var before))
            return $"the payment limit is ${Price(now.Limit)} a unit, and the book has none of the quarter before";
        Note(before);
        return now.Limit == before.Limit ? $"the payment limit is still ${Price(now.Limit)} a unit"
            : $"the payment limit is ${Price(now.Limit)} a unit, before ${Price(before.Limit)}";
        void Note(in AspRow row) => draft.State(code.ToString(), "payment limit", $"${Price(row.Limit)}", row.Dates,
            row.Source);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Price(decimal price) => price.ToString("0.000", CultureInfo.InvariantCulture);
}
