using System.Globalization;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Which claims come out otherwise with another book, most dollars first.</summary>
/// <param name="onRelease">Each claim was judged as if it were of the day of each book's release.</param>
public sealed class ImpactReport(Impacts impacts, CodeBook before, CodeBook after, bool onRelease)
{
    public void Write(TextPage page)
    {
        page.Line(page.Strong($"From {before.Version} to {after.Version}, {(onRelease ? "each claim as of each book's release" : "each claim on its own days")}"));
        page.Line($"  {Count(impacts.Claims, "claim")} read, {Number(impacts.Changed)} changed, {Signed(impacts.Difference)} in all{(impacts.Refused > 0 ? $"; {Number(impacts.Refused)} not read" : "")}");
        if (impacts.PricedByOne > 0) page.Line($"  {Count(impacts.PricedByOne, "line")} priced by only one of the books, and in no sum");
        var shown = 0;
        foreach (var claim in impacts.First)
        {
            shown++;
            page.Line();
            Write(page, claim);
        }
        if (shown < impacts.Changed) page.Line($"\n… and {Number(impacts.Changed - shown)} more (--limit)");
    }

    static void Write(TextPage page, ClaimImpact claim)
    {
        page.Line(page.Strong($"{(claim.Claim.Length > 0 ? claim.Claim : $"{claim.File}, claim {Number(claim.Number)}")}  {Amounts(claim)}"));
        foreach (var line in claim.LinesGone) page.Wrap("  line gone  ", line);
        foreach (var line in claim.LinesNew) page.Wrap("  line new   ", line);
        foreach (var finding in claim.Gone) page.Wrap("  gone       ", Of(finding));
        foreach (var finding in claim.New) page.Wrap("  new        ", Of(finding));
        foreach (var why in claim.Why) page.Wrap("  because    ", why);
    }

    static string Amounts(ClaimImpact claim) => claim.Before is null && claim.After is null ? "not priced"
        : claim.Difference == Money.Zero ? $"${claim.After}, as before"
        : $"${claim.Before ?? Money.Zero} -> ${claim.After ?? Money.Zero} ({Signed(claim.Difference)})";

    static string Of(ImpactFinding finding) => $"{FindingText.Of(finding.Severity)} {finding.Info.Id} {finding.Info.Name}: {finding.Message}";

    static string Signed(Money money) => money.Cents < 0 ? $"-${new Money(-money.Cents)}" : money.Cents > 0 ? $"+${money}" : $"${money}";

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Count(long number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    /// <param name="refused">What stands for the inputs that do not read.</param>
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
        json.WriteStartArray("claims"u8);
        foreach (var claim in impacts.First) Write(claim, json);
        json.WriteEndArray();
        json.WriteStartArray("refused"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
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
            if (finding.Line > 0) json.WriteNumber("line"u8, finding.Line); else json.WriteNull("line"u8);
            json.WriteString("message"u8, finding.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
