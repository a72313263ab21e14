using System.Globalization;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>How many units of a code a day may have (medically unlikely edits), and what becomes of more.</summary>
internal static class LimitAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var codes = CodesOf(asked);
        if (codes.Count is 0 or > 4) return null;
        draft.SayLead(row);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        CodeAnswer.SayEnded(asked, draft);
        foreach (var code in codes)
            if (asked.Book.TryCode(code, asked.Day, out _)) Say(asked, code, draft);
        draft.SayRule("INJ-160");
        return ReplyKind.Answer;
    }

    /// <summary>The limit of shots, where the question counts more of them.</summary>
    public static void SayOfShots(Inquiry asked, ReplyDraft draft)
    {
        if (IsOver(asked)) Say(asked, Known.Injection, draft);
    }

    /// <summary>Whether more shots are counted than a day may have.</summary>
    public static bool IsOver(Inquiry asked) => (asked.Has("count:shot") || asked.Has("count:injection"))
        && asked.Book.TryUnitLimit(asked.Book.Id(Known.Injection), asked.Day, asked.Has("hospital-side"), out var row)
        && asked.Count > row.Limit;

    static List<Code> CodesOf(Inquiry asked)
    {
        if (asked.Codes.Count > 0) return asked.Codes;
        var codes = new List<Code>();
        foreach (var drug in asked.Drugs)
            foreach (var product in drug.Products)
                if (asked.Book.TryCode(product.Hcpcs, asked.Day, out _) && !codes.Contains(product.Hcpcs))
                    codes.Add(product.Hcpcs);
        if (codes.Count == 0 && asked.Has("shots-over")) codes.Add(Known.Injection);
        return codes;
    }

    public static void Say(Inquiry asked, Code code, ReplyDraft draft)
    {
        var hospital = asked.Has("hospital-side");
        if (!asked.Book.TryUnitLimit(asked.Book.Id(code), asked.Day, hospital, out var row))
        {
            draft.State(code.ToString(), "units a day", "none published in this code book", DateRange.Always, "MUE26");
            draft.CiteTable("MUE26", code.ToString())
                .Say($"{code} has no published unit limit in this code book; that does not mean that any number is paid");
            return;
        }
        var (limit, mai) =
            (row.Limit.ToString(CultureInfo.InvariantCulture), row.Mai.ToString(CultureInfo.InvariantCulture));
        draft.State(code.ToString(), "units a day", $"{limit}, MAI {mai}", row.Dates, row.Source);
        var lead = LeadOf(asked, row, draft);
        draft.Say(Spanish.Sentence(asked, "limit", $"{lead}{code}: at most {limit} {(row.Limit == 1 ? "unit" : "units")} "
            + $"{(row.Mai == 1 ? "on a line" : "a day")} for a {(hospital ? "hospital" : "practitioner")} (MUE), MAI {mai}: {Meaning(row.Mai)}",
            lead, code, limit, mai));
        if (row.Limit == 0) draft.SayRule("INJ-113");
    }

    static string LeadOf(Inquiry asked, in UnitLimitRow row, ReplyDraft draft)
    {
        if ((asked.ClaimedUnits ?? asked.Count) is not { } units) return "";
        draft.FromQuestion("units", units.ToString("0.###", CultureInfo.InvariantCulture));
        return units > row.Limit ? $"No, {units.ToString("0.###", CultureInfo.InvariantCulture)} is above the limit. "
            : "";
    }

    static string Meaning(byte indicator) => indicator switch
    {
        1 => "each line is judged by itself",
        2 => "an absolute limit, which no modifier and no appeal changes",
        _ => "all units of the day are summed; above the limit all of them deny, and only records on appeal change it",
    };
}
