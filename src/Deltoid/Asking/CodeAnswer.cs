using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Whether codes are in force on the day, what follows them, what one unit is, and how many a day.</summary>
internal static class CodeAnswer
{
    const int MostCodes = 4, MostRules = 2;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Codes.Count is 0 or > MostCodes) return null;
        if (asked.Drugs.Count > 0 && !asked.Codes.Exists(code => IsOfDrug(asked, code))) return null;
        SayEnded(asked, draft);
        foreach (var code in asked.Codes)
            if (asked.Book.TryCode(code, asked.Day, out var found)) SayInForce(asked, code, found, draft);
        foreach (var code in asked.Codes) SayRulesOf(asked, code, draft);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return ReplyKind.Answer;
    }

    /// <summary>The first rules that name a service by its code or by a range of codes.</summary>
    static void SayRulesOf(Inquiry asked, Code code, ReplyDraft draft)
    {
        if (!asked.Book.TryCode(code, asked.Day, out var found) || found.Kind != CodeKind.Procedure) return;
        foreach (var rule in RuleBook.Shipped.Rules.Where(rule => rule.Id.StartsWith("INJ", StringComparison.Ordinal)
            && Names(rule.Line, code.ToString())).Take(MostRules)) draft.SayRule(rule.Id);
    }

    /// <summary>The first rule that names two services, such as the code for both at once.</summary>
    public static void SayRuleOf(Code one, Code two, ReplyDraft draft)
    {
        if (RuleBook.Shipped.Rules.FirstOrDefault(rule => rule.Id.StartsWith("INJ", StringComparison.Ordinal)
            && Names(rule.Line, one.ToString()) && Names(rule.Line, two.ToString())) is { } rule)
            draft.SayRule(rule.Id);
    }

    static bool Names(string line, string code)
    {
        if (line.Contains(code, StringComparison.Ordinal)) return true;
        foreach (Match range in Range.Matches(line))
            if (string.CompareOrdinal(range.Groups[1].Value, code) <= 0
                && string.CompareOrdinal(code, range.Groups[2].Value) <= 0) return true;
        return false;
    }

    static readonly Regex Range = new(@"\b(\d{5})-(\d{5})\b");

    static bool IsOfDrug(Inquiry asked, Code code) =>
        asked.Drugs.Exists(drug => drug.Products.Any(product => product.Hcpcs == code));

    static void SayInForce(Inquiry asked, Code code, in CodeRow found, ReplyDraft draft)
    {
        var (label, unit) =
            (asked.Book.LabelOf(found), found.Kind == CodeKind.Procedure ? ""
                : DrugAnswer.StateCode(asked, code, draft));
        draft.State(code.ToString(), "code", label, found.Dates, found.Source)
            .Reckoned(code.ToString(), "day", asked.Day.Iso());
        var says = label.Length > 0 ? $" ({label})" : "";
        var since = found.Dates.From is { } from ? $", since {from.Iso()}" : "";
        var yes = asked.Has("still-word") ? Spanish.Sentence(asked, "yes", "Yes: ") : "";
        draft.Say(Spanish.Sentence(asked, "in-force", $"{yes}{code}{says} is in force on {asked.Day.Iso()}{since}",
            yes, code, says, asked.Day.Iso(), since.Replace("since", "desde", StringComparison.Ordinal)));
        if (unit.Length > 0) draft.Say($"One unit is {unit}");
        if (found.Kind != CodeKind.Procedure || asked.Has("limit-word")) LimitAnswer.Say(asked, code, draft);
        foreach (var drug in asked.Book.DrugsBilledAs(code).Take(1))
        {
            var name = asked.Book.Drugs[drug].Name;
            draft.State(code.ToString(), "drug", name, DateRange.Always, asked.Book.Version);
            draft.Say($"It is billed for {name}");
        }
    }

    /// <summary>
    /// Codes of the question that are not in force on the day, and what took over; a wrong premise comes first.
    /// </summary>
    public static bool SayEnded(Inquiry asked, ReplyDraft draft)
    {
        var isSaid = false;
        foreach (var code in asked.Codes)
        {
            if (asked.Book.TryCode(code, asked.Day, out _)) continue;
            var rows = asked.Book.Codes[asked.Book.Id(code)];
            var last = rows[^1];
            draft.State(code.ToString(), "in force", last.Dates.ToString(), last.Dates, last.Source)
                .CiteTable("HCP26", code.ToString());
            draft.CiteRule("INJ-091");
            var no = asked.Has("change-word") && !asked.Has("valid-word") ? "" : "No: ";
            if (last.Dates.Thru is { } end && end < asked.Day) draft.Say($"{no}{code} ended on {end.Iso()}");
            else if (rows[0].Dates.From is { } from && from > asked.Day)
            {
                draft.Say($"{no}{code} begins on {from.Iso()}")
                    .State(code.ToString(), "begins", from.Iso(), rows[0].Dates, rows[0].Source);
                SayBefore(asked, code, draft);
                isSaid = true;
                continue;
            }
            else draft.Say($"{no}{code} is not in force on that day");
            SaySuccessors(asked, code, draft);
            isSaid = true;
        }
        return isSaid;
    }

    /// <summary>The ended codes that those of the question's drugs took over from.</summary>
    public static List<Code> Before(Inquiry asked)
    {
        var codes = new List<Code>();
        foreach (var drug in asked.Drugs)
            foreach (var product in drug.Products)
                for (var id = 0; id < asked.Book.CodeCount; id++)
                    if (asked.Book.Successors(asked.Book[id]).Contains(product.Hcpcs)
                        && !asked.Book.TryCode(asked.Book[id], asked.Day, out _) && !codes.Contains(asked.Book[id]))
                        codes.Add(asked.Book[id]);
        return codes;
    }

    /// <summary>What was billed on the day, before the code began.</summary>
    static void SayBefore(Inquiry asked, Code code, ReplyDraft draft)
    {
        var before = new List<string>();
        for (var id = 0; id < asked.Book.CodeCount; id++)
            if (asked.Book.Successors(asked.Book[id]).Contains(code)
                && asked.Book.TryCode(asked.Book[id], asked.Day, out _))
            {
                var unit = DrugAnswer.StateCode(asked, asked.Book[id], draft);
                before.Add(unit.Length > 0 ? $"{asked.Book[id]} (one unit is {unit})" : $"{asked.Book[id]}");
            }
        if (before.Count > 0) draft.Say($"On this day it is still {string.Join(", ", before)}");
    }

    static void SaySuccessors(Inquiry asked, Code code, ReplyDraft draft)
    {
        var next = asked.Book.Successors(code).Where(each => asked.Book.TryCode(each, asked.Day, out _)).ToList();
        if (next.Count == 0)
        {
            draft.Say("This code book names no code that took over; look the drug up by its name");
            return;
        }
        var texts = next.ConvertAll(each =>
        {
            var unit = DrugAnswer.StateCode(asked, each, draft);
            return unit.Length > 0 ? $"{each} (one unit is {unit})" : $"{each}";
        });
        var ratio = next.Count == 1 ? RatioOf(asked, code, next[0], draft) : "";
        draft.Say($"On this day it is {string.Join(", ", texts)}{ratio}");
        if (next.Count > 1) draft.CiteRule("INJ-110").Ask("brand");
    }

    /// <summary>How many units of the new code one unit of the old one is, where both count one measure.</summary>
    static string RatioOf(Inquiry asked, Code old, Code next, ReplyDraft draft)
    {
        if (asked.Book.BillingUnits[asked.Book.Id(old)] is not [.., var was] || was.IsPerDose
            || !asked.Book.TryUnit(next, asked.Day, out var now) || now.IsPerDose
            || !was.Unit.IsComparableTo(now.Unit))
            return "";
        var ratio = (was.Unit.Base / now.Unit.Base).ToString("0.####", CultureInfo.InvariantCulture);
        draft.Reckoned(old.ToString(), "in units of " + next, ratio)
            .State(old.ToString(), "one unit", BookWords.Unit(was), was.Dates, "HCP26");
        return $"; one unit of {old} ({BookWords.Unit(was)}) is {ratio} of {next}";
    }

    /// <summary>Of an add-on the codes that it adds to.</summary>
    public static void SayParents(Inquiry asked, Code code, ReplyDraft draft)
    {
        if (asked.Book.AddOn(code, asked.Day) is not { Count: > 0 and <= MostParents } row) return;
        var parents = string.Join(", ", asked.Book.Parents(row).ToArray());
        draft.State(code.ToString(), "adds to", parents, row.Dates, row.Source)
            .Say($"{code} is an add-on: it is paid only beside one of {parents} on the claim").CiteRule("INJ-065");
    }

    const int MostParents = 24;

    /// <summary>The days of follow-up that the fee schedule counts to a service.</summary>
    public static ReplyKind? Global(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        foreach (var code in asked.Codes.Take(MostCodes))
        {
            if (!asked.Book.TryFee(code, asked.Day, out var fee) || fee.Global.Length == 0) continue;
            draft.State(code.ToString(), "global period", fee.Global, fee.Dates, fee.Source)
                .Say(fee.Global.All(char.IsAsciiDigit)
                    ? $"{code}: global period {fee.Global} in Medicare's fee schedule, the days after the service that belong to it"
                    : $"{code}: global period {fee.Global} in Medicare's fee schedule, so it has no days of its own");
        }
        if (draft.IsEmpty) return null;
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return ReplyKind.Answer;
    }

    /// <summary>A text that looks like a code and is none.</summary>
    public static ReplyKind? NotACode(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.NotCodes.Count == 0) return null;
        foreach (var text in asked.NotCodes) draft.FromQuestion("code", text);
        draft.Reckoned("code book", "version", asked.Book.Version).CiteTable("HCP26", "list of codes");
        draft.Say($"There is no such code: {string.Join(", ", asked.NotCodes)} is not in this code book, on any day. "
            + "I looked in the lists of HCPCS and CPT codes that it holds. Check the number, or ask by the name of the drug or service");
        return ReplyKind.Unknown;
    }
}
