using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// Expected against paid over the twelve months that end with the last payment: by payer and cause, by month, and what
/// is not known. It names claims, not patients.
/// </summary>
internal sealed class UnderpaymentReport
{
    const int Months = 12, PayerWidth = 24, WordsWidth = 42, MostGroups = 30, MostReasons = 8;

    readonly CodeBook book;
    readonly List<PricedLine> lines;
    readonly IReadOnlyDictionary<string, int> without;
    readonly int keptBack;
    readonly DateOnly last;

    /// <param name="kept">Payments that do not add up, and were left out.</param>
    public UnderpaymentReport(PriceLedger ledger, CodeBook book, int kept)
    {
        (this.book, lines, keptBack, without) = (book, ledger.Standing(), kept, ledger.WithoutContract);
        last = lines.Count == 0 ? default : lines.Max(static l => l.Answer.Day);
        var before = lines.Count;
        lines.RemoveAll(l => l.Answer.Day < First);
        Older = before - lines.Count;
    }

    /// <summary>Lines of payments before the twelve months, or without a day.</summary>
    public int Older { get; }

    /// <summary>The first day of the twelve months.</summary>
    DateOnly First => last.Year < 2 ? default : new DateOnly(last.Year, last.Month, 1).AddMonths(1 - Months);

    /// <summary>Lines of a verdict, what they should have been, and by how much they were off.</summary>
    readonly record struct Sum(int Lines, Money Expected, Money Off);

    static Sum Of(IEnumerable<PricedLine> lines, PriceVerdict verdict)
    {
        var found = lines.Where(l => l.Line.Verdict == verdict).ToList();
        return new(found.Count, new(found.Sum(static l => l.Line.Expected?.Cents ?? 0)),
            new(found.Sum(static l => Math.Abs(l.Line.Difference?.Cents ?? 0))));
    }

    IEnumerable<(string Month, List<PricedLine> Lines)> ByMonth() => lines
        .GroupBy(static l => l.Answer.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture))
        .OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => (g.Key, g.ToList()));

    List<PriceGroup> Groups(params PriceVerdict[] verdicts) =>
        PriceLedger.Groups(lines.Where(l => Array.IndexOf(verdicts, l.Line.Verdict) >= 0));

    static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Lines(int number) => number == 1 ? "1 line" : $"{Count(number)} lines";

    static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    public void Write(TextPage page)
    {
        if (lines.Count == 0)
        {
            page.Wrap("", "No paid line was held against a contract: give the claims as sent (--claims) and the "
                + "contracts of their payers (--contracts).");
            WriteLeftOut(page);
            return;
        }
        page.Line(page.Strong($"Expected against paid, payments of {First.Iso()} to {last.Iso()}"));
        WriteTotals(page);
        WriteGroups(page);
        WriteMonths(page);
        WriteUnknown(page);
        WriteLeftOut(page);
    }

    void WriteLeftOut(TextPage page)
    {
        page.Line();
        foreach (var (payer, claims) in without)
            page.Wrap("", $"Not held against anything: {Claims(claims)} of {payer}, of whom no contract is given.");
        if (keptBack > 0)
            page.Wrap("", $"Left out: {(keptBack == 1 ? "1 payment that does" : $"{Count(keptBack)} payments that do")} "
                + "not add up ('deltoid remit' says why).");
        if (Older > 0) page.Wrap("", $"Left out: {Lines(Older)} paid before these twelve months.");
    }

    static string Claims(int number) => number == 1 ? "1 paid claim" : $"{Count(number)} paid claims";

    void WriteTotals(TextPage page)
    {
        foreach (var (verdict, words) in ((PriceVerdict, string)[])[(PriceVerdict.Underpaid, "paid too little"),
            (PriceVerdict.Overpaid, "paid too much"), (PriceVerdict.PaidRight, "paid right"),
            (PriceVerdict.Unknown, "not known")])
        {
            var sum = Of(lines, verdict);
            var off = sum.Off == Money.Zero ? "" : $", {Dollars.Of(sum.Off)}";
            var rate = verdict == PriceVerdict.Underpaid && sum.Expected > Money.Zero
                ? $" of {Dollars.Of(sum.Expected)} expected for them"
                : "";
            page.Line($"  {words + ":",-16} {Lines(sum.Lines)}{off}{rate}");
        }
    }

    void WriteGroups(TextPage page)
    {
        foreach (var (verdict, head) in ((PriceVerdict, string)[])[
            (PriceVerdict.Underpaid, "Paid too little, by payer and cause"),
            (PriceVerdict.Overpaid, "Paid too much, by payer and cause: it may have to go back")])
        {
            var groups = Groups(verdict);
            if (groups.Count == 0) continue;
            page.Line();
            page.Line(page.Strong(head));
            foreach (var group in groups.Take(MostGroups))
                page.Line($"  {Shown.Of(Cut(group.Payer, PayerWidth)),-PayerWidth} "
                    + $"{Cut(PriceWords.Of(group.Why), WordsWidth),-WordsWidth} {Lines(group.Lines),12} "
                    + $"{Dollars.Of(group.Off),12}");
            if (groups.Count > MostGroups) page.Line($"  … and {groups.Count - MostGroups} more (--csv has all lines)");
        }
    }

    void WriteMonths(TextPage page)
    {
        page.Line();
        page.Line(page.Strong("By month of the payment"));
        page.Line($"  {"month",-8} {"lines",8} {"expected",14} {"too little",14} {"too much",14} {"not known",10}");
        foreach (var (month, of) in ByMonth())
        {
            var judged = of.Where(static l => l.Line.Verdict != PriceVerdict.Unknown).ToList();
            page.Line($"  {month,-8} {Count(of.Count),8} "
                + $"{Dollars.Of(new(judged.Sum(static l => l.Line.Expected!.Value.Cents))),14} "
                + $"{Dollars.Of(Of(of, PriceVerdict.Underpaid).Off),14} "
                + $"{Dollars.Of(Of(of, PriceVerdict.Overpaid).Off),14} {Count(of.Count - judged.Count),10}");
        }
    }

    void WriteUnknown(TextPage page)
    {
        var groups = Groups(PriceVerdict.Unknown);
        if (groups.Count == 0) return;
        page.Line();
        page.Line(page.Strong("Not known, and why"));
        foreach (var group in groups.Take(MostReasons))
            page.Wrap("  ", $"{group.Payer}: {Lines(group.Lines)}: {group.Why}");
        if (groups.Count > MostReasons) page.Line($"  … and {groups.Count - MostReasons} more reasons");
    }

    public void Write(Utf8JsonWriter json, IEnumerable<Action<Utf8JsonWriter>> refused)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        JsonOut.WriteDay(json, "from", First);
        JsonOut.WriteDay(json, "thru", last);
        json.WriteNumber("olderLines"u8, Older);
        json.WriteNumber("keptBack"u8, keptBack);
        json.WriteStartArray("withoutContract"u8);
        foreach (var (payer, claims) in without)
        {
            json.WriteStartObject();
            json.WriteString("payer"u8, payer);
            json.WriteNumber("claims"u8, claims);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteSums("totals", lines, json);
        json.WriteStartArray("groups"u8);
        foreach (var group in Groups(PriceVerdict.Underpaid, PriceVerdict.Overpaid, PriceVerdict.Unknown))
            Write(group, json);
        json.WriteEndArray();
        json.WriteStartArray("months"u8);
        foreach (var (month, of) in ByMonth())
        {
            json.WriteStartObject();
            json.WriteString("month"u8, month);
            WriteSums("totals", of, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteLines(json);
        json.WriteStartArray("errors"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteSums(string name, List<PricedLine> of, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteNumber("lines", of.Count);
        foreach (var (verdict, word) in ((PriceVerdict, string)[])[(PriceVerdict.PaidRight, "paidRight"),
            (PriceVerdict.Underpaid, "underpaid"), (PriceVerdict.Overpaid, "overpaid"),
            (PriceVerdict.Unknown, "unknown")])
        {
            var sum = Of(of, verdict);
            json.WriteStartObject(word);
            json.WriteNumber("lines", sum.Lines);
            if (verdict != PriceVerdict.Unknown) JsonOut.WriteMoney(json, "expected", sum.Expected);
            if (verdict != PriceVerdict.Unknown) JsonOut.WriteMoney(json, "amount", sum.Off);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void Write(PriceGroup group, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("payer"u8, group.Payer);
        json.WriteString("verdict"u8, LinePrice.Verdicts[group.Verdict]);
        if (group.Verdict == PriceVerdict.Unknown) json.WriteString("expectedWhy"u8, group.Why);
        else
        {
            json.WriteString("cause"u8, group.Why);
            json.WriteString("words"u8, PriceWords.Of(group.Why));
        }
        json.WriteNumber("lines"u8, group.Lines);
        if (group.Verdict != PriceVerdict.Unknown) JsonOut.WriteMoney(json, "amount", group.Off);
        json.WriteEndObject();
    }

    void WriteLines(Utf8JsonWriter json)
    {
        json.WriteStartArray("lines"u8);
        foreach (var (answer, line) in lines)
        {
            if (line.Verdict is not (PriceVerdict.Underpaid or PriceVerdict.Overpaid)) continue;
            json.WriteStartObject();
            json.WriteString("claim"u8, answer.Claim);
            json.WriteString("payerControl"u8, answer.PayerControl);
            json.WriteString("payer"u8, answer.Payer);
            JsonOut.WriteDay(json, "paidOn", answer.Day);
            PriceJson.WriteMembers(line, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A row for each line that was held against a contract.</summary>
    public string ToCsv()
    {
        var rows = new StringBuilder();
        Csv.AddRow(rows, "payer", "claim", "payer control", "paid on", "service date", "line", "code", "units",
            "charge", "verdict", "expected", "allowed", "paid", "patient", "difference", "cause", "words", "basis");
        foreach (var (answer, line) in lines)
        {
            var isOff = line.Verdict is PriceVerdict.Underpaid or PriceVerdict.Overpaid;
            Csv.AddRow(rows, answer.Payer, answer.Claim, answer.PayerControl, DayOf(answer.Day), DayOf(line.Day),
                line.Number.ToString(CultureInfo.InvariantCulture), line.Code.ToString(), line.Units.ToString(),
                line.Charge?.ToString() ?? "", LinePrice.Verdicts[line.Verdict], line.Expected?.ToString() ?? "",
                line.Allowed.ToString(), line.Paid.ToString(), line.Patient.ToString(),
                line.Difference?.ToString() ?? "", isOff ? line.CauseId : "", isOff ? line.CauseWords : line.Why,
                line.Price.Row is { } row ? ContractFacts.BasisOf(row) : "");
        }
        return rows.ToString();
    }

    static string DayOf(DateOnly day) => day == default ? "" : day.Iso();
}
