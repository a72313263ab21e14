using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Which claims come out otherwise with another book, most dollars first.</summary>
/// <param name="onRelease">Each claim was judged as if it were of the day of each book's release.</param>
internal sealed class ImpactReport(Impacts impacts, CodeBook before, CodeBook after, bool onRelease)
{
    public void Write(TextPage page)
    {
        page.Line(page.Strong($"From {before.Version} to {after.Version}, "
            + $"{(onRelease ? "each claim as of each book's release" : "each claim on its own days")}"));
        page.Line($"  {Count(impacts.Claims, "claim")} read, {Number(impacts.Changed)} changed, "
            + $"{Dollars.Moved(impacts.Difference)} in all"
            + $"{(impacts.Refused > 0 ? $"; {Number(impacts.Refused)} not read" : "")}");
        if (impacts.PricedByOne > 0)
            page.Line($"  {Count(impacts.PricedByOne, "line")} priced by only one of the books, and in no sum");
        WriteTotals(page);
        var shown = 0;
        foreach (var claim in impacts.First)
        {
            shown++;
            page.Line();
            Write(page, claim);
        }
        if (shown < impacts.Changed) page.Line($"\n… and {Number(impacts.Changed - shown)} more (--limit)");
    }

    const int MostCodes = 15;

    /// <summary>The changes by code, payer, cause and finding, most dollars first.</summary>
    void WriteTotals(TextPage page)
    {
        var codes = impacts.Totals.Codes.ToList();
        Section(page, "By code",
            codes.Take(MostCodes)
                .Select(c => $"{Dollars.Moved(c.Moved.Money),16}  {Count(c.Moved.Count, "line"),-14}  {c.Code,-6} "
                    + $"{LabelOf(c.Code)}"));
        if (codes.Count > MostCodes)
            page.Line($"{Dollars.Moved(new(codes.Skip(MostCodes).Sum(static c => c.Moved.Cents))),18} "
                + $" of {Count(codes.Count - MostCodes, "other code")}");
        Section(page, "By payer",
            impacts.Totals.Payers
                .Select(static p =>
                    $"{Dollars.Moved(p.Moved.Money),16}  {Count(p.Moved.Count, "claim"),-14}  {NameOf(p.Kind)}"));
        Section(page, "By cause",
            impacts.Totals.Causes
                .Select(static c =>
                    $"{Dollars.Moved(c.Moved.Money),16}  {Count(c.Moved.Count, "line"),-14}  {NameOf(c.Cause)}"));
        Section(page, "By finding",
            impacts.Totals.Findings
                .Select(static f => $"{Number(f.New),8} new {Number(f.Gone),8} gone  {f.Info.Id} {f.Info.Name}"));
    }

    static void Section(TextPage page, string title, IEnumerable<string> lines)
    {
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst)
            {
                page.Line();
                page.Line(page.Strong(title));
            }
            isFirst = false;
            page.Line("  " + line);
        }
    }

    string LabelOf(Code code) =>
        BookWords.Label(after, code) is { Length: > 0 } label
            ? label
            : BookWords.Label(before, code) is { Length: > 0 } old
            ? old
            : "no label in these books";

    public static string NameOf(PayerKind kind) => kind == PayerKind.None ? "unknown" : Words.PayerKinds[kind];

    public static string NameOf(ImpactCause cause) => cause switch
    {
        ImpactCause.CodeEnded => "the code ended or is new",
        ImpactCause.BillingUnit => "billing unit",
        ImpactCause.AspLimit => "ASP limit",
        ImpactCause.FeeSchedule => "fee schedule",
        ImpactCause.ConversionFactor => "conversion factor",
        ImpactCause.Opps => "hospital outpatient rates (OPPS)",
        ImpactCause.OtherLines => "visits that are coded otherwise",
        _ => "other rules, such as payer settings",
    };

    /// <summary>The totals as rows for a spreadsheet, dollars as plain numbers.</summary>
    public string ToCsv()
    {
        var rows = new StringBuilder();
        Csv.AddRow(rows, "by", "key", "label", "count", "difference");
        void Add(string by, string key, string label, Moved moved) =>
            Csv.AddRow(rows, by, key, label, moved.Count.ToString(CultureInfo.InvariantCulture),
                moved.Money.ToString());
        foreach (var (code, moved) in impacts.Totals.Codes) Add("code", code.ToString(), LabelOf(code), moved);
        foreach (var (kind, moved) in impacts.Totals.Payers) Add("payer", NameOf(kind), "", moved);
        foreach (var (cause, moved) in impacts.Totals.Causes) Add("cause", NameOf(cause), "", moved);
        foreach (var (info, more, gone) in impacts.Totals.Findings)
        {
            Csv.AddRow(rows, "finding, new", info.Id, info.Name, more.ToString(CultureInfo.InvariantCulture), "");
            Csv.AddRow(rows, "finding, gone", info.Id, info.Name, gone.ToString(CultureInfo.InvariantCulture), "");
        }
        return rows.ToString();
    }

    /// <summary>One page: the dollars by code as a plot with its table, and the other totals.</summary>
    public string ToHtml()
    {
        var codes = impacts.Totals.Codes.ToList();
        var bars = codes.Take(MostCodes)
            .Select(c => ($"{c.Code} {LabelOf(c.Code)}", c.Moved.Cents, Dollars.Moved(c.Moved.Money),
                new[] { c.Code.ToString(), LabelOf(c.Code), Number(c.Moved.Count),
                    Dollars.Moved(c.Moved.Money) })).ToList();
        return new HtmlPage($"What changes from {before.Version} to {after.Version}").Sentence(
            $"{Count(impacts.Claims, "claim")} read, {Number(impacts.Changed)} changed, "
                + $"{Dollars.Moved(impacts.Difference)} in all; "
                + $"{(onRelease ? "each claim as of each book's release" : "each claim on its own days")}.")
            .Sentence(impacts.PricedByOne > 0
                    ? $"{Count(impacts.PricedByOne, "line")} priced by only one of the books, and in no sum."
                    : "Every line that is priced at all is priced by both books.")
            .Plot(codes.Count > MostCodes
                    ? $"Dollars by code, the first {MostCodes} of {Number(codes.Count)}"
                    : "Dollars by code", ["Code", "What it is", "Lines", "Difference"], bars, 2, 3)
            .Table("By payer", ["Payer", "Claims", "Difference"],
                impacts.Totals.Payers
                    .Select(static p => new[] { NameOf(p.Kind), Number(p.Moved.Count), Dollars.Moved(p.Moved.Money) }),
                1, 2)
            .Table("By cause", ["Cause", "Lines", "Difference"],
                impacts.Totals.Causes
                    .Select(static c => new[] { NameOf(c.Cause), Number(c.Moved.Count), Dollars.Moved(c.Moved.Money) }),
                1, 2)
            .Table("By finding", ["Finding", "Name", "New", "Gone"],
                impacts.Totals.Findings
                    .Select(static f => new[] { f.Info.Id, f.Info.Name, Number(f.New), Number(f.Gone) }), 2, 3)
            .ToString();
    }

    static void Write(TextPage page, ClaimImpact claim)
    {
        page.Line(page.Strong(
                $"{(claim.Claim.Length > 0 ? claim.Claim : $"{claim.File}, claim {Number(claim.Number)}")} "
                    + $" {Amounts(claim)}"));
        foreach (var line in claim.LinesGone) page.Wrap("  line gone  ", line);
        foreach (var line in claim.LinesNew) page.Wrap("  line new   ", line);
        foreach (var finding in claim.Gone) page.Wrap("  gone       ", Of(finding));
        foreach (var finding in claim.New) page.Wrap("  new        ", Of(finding));
        foreach (var why in claim.Why) page.Wrap("  because    ", why);
    }

    static string Amounts(ClaimImpact claim) =>
        claim.Before is null && claim.After is null ? "not priced"
            : claim.Difference == Money.Zero ? $"{Dollars.Of(claim.After ?? Money.Zero)}, as before"
            : $"{Dollars.Of(claim.Before ?? Money.Zero)} -> "
                + $"{Dollars.Of(claim.After ?? Money.Zero)} "
                + $"({Dollars.Moved(claim.Difference)})";

    static string Of(ImpactFinding finding) =>
        $"{FindingText.Of(finding.Severity)} {finding.Info.Id} {finding.Info.Name}: {finding.Message}";

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Count(long number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    /// <param name="refused">What is written for the inputs that do not read.</param>
    public void Write(Utf8JsonWriter json, IEnumerable<Action<Utf8JsonWriter>> refused)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("before"u8, before.Version);
        json.WriteString("after"u8, after.Version);
        json.WriteBoolean("onRelease"u8, onRelease);
        json.WriteNumber("claimsRead"u8, impacts.Claims);
        json.WriteNumber("changed"u8, impacts.Changed);
        json.WriteNumber("notRead"u8, impacts.Refused);
        json.WriteNumber("linesPricedByOne"u8, impacts.PricedByOne);
        BookWords.Amount("difference"u8, impacts.Difference, json);
        WriteTotals(json);
        json.WriteStartArray("claims"u8);
        foreach (var claim in impacts.First) Write(claim, json);
        json.WriteEndArray();
        json.WriteStartArray("refused"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteTotals(Utf8JsonWriter json)
    {
        WriteTotals("byCode"u8, impacts.Totals.Codes.Select(static c => (c.Code.ToString(), c.Moved)), json);
        WriteTotals("byPayer"u8, impacts.Totals.Payers.Select(static p => (NameOf(p.Kind), p.Moved)), json);
        WriteTotals("byCause"u8, impacts.Totals.Causes.Select(static c => (NameOf(c.Cause), c.Moved)), json);
        json.WriteStartArray("byFinding"u8);
        foreach (var (info, more, gone) in impacts.Totals.Findings)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, info.Id);
            json.WriteNumber("new"u8, more);
            json.WriteNumber("gone"u8, gone);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteTotals(ReadOnlySpan<byte> name, IEnumerable<(string Key, Moved Moved)> totals, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var (key, moved) in totals)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WriteNumber("count"u8, moved.Count);
            BookWords.Amount("difference"u8, moved.Money, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(ClaimImpact claim, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("claim"u8, claim.Claim);
        json.WriteString("file"u8, claim.File);
        json.WriteNumber("number"u8, claim.Number);
        BookWords.Amount("before"u8, claim.Before, json);
        BookWords.Amount("after"u8, claim.After, json);
        BookWords.Amount("difference"u8, claim.Difference, json);
        Write("gone"u8, claim.Gone, json);
        Write("new"u8, claim.New, json);
        Write("linesGone"u8, claim.LinesGone, json);
        Write("linesNew"u8, claim.LinesNew, json);
        Write("because"u8, claim.Why, json);
        json.WriteEndObject();
    }

    static void Write(ReadOnlySpan<byte> name, IEnumerable<string> texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    static void Write(ReadOnlySpan<byte> name, IEnumerable<ImpactFinding> findings, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, finding.Info.Id);
            json.WriteString("name"u8, finding.Info.Name);
            json.WriteString("severity"u8, FindingText.Of(finding.Severity));
            if (finding.Line > 0) json.WriteNumber("line"u8, finding.Line);
            else json.WriteNull("line"u8);
            json.WriteString("message"u8, finding.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
