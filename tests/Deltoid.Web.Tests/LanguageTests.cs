using System.Net;
using System.Text.RegularExpressions;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>The screens in Spanish: every text has one, its places agree, and none is there for nothing.</summary>
public sealed partial class LanguageTests
{
    static string Sources => Path.Combine(Repository.Root, "src", "Deltoid.Web");

    /// <summary>Names of fields are in the store.</summary>
    static string AllSources() => string.Join('\n', Directory.GetFiles(Sources, "*.cs")
        .Concat(Directory.GetFiles(Path.Combine(Sources, "Smart"), "*.cs"))
        .Concat(Directory.GetFiles(Path.Combine(Sources, "Cds"), "*.cs"))
        .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src", "Deltoid.Store"), "*.cs"))
        .Concat(Directory.GetFiles(Path.Combine(Sources, "Pages"), "*.razor")).Select(File.ReadAllText));

    [GeneratedRegex("""\bT\(\s*"((?:[^"\\]|\\.)*)"[,)]""")]
    private static partial Regex Said();

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();

    [Fact]
    public void Every_text_has_its_Spanish_with_the_same_places_and_none_is_unused()
    {
        var (sources, known) = (AllSources(), Texts.Spanish.ToDictionary());
        var said = Said().Matches(sources).Select(static m => Regex.Unescape(m.Groups[1].Value)).ToHashSet();
        Assert.True(said.Count > 150, $"{said.Count} texts");
        Assert.DoesNotContain(said, text => !known.ContainsKey(text));
        Assert.DoesNotContain(known.Keys, text => !sources.Contains(
            "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", StringComparison.Ordinal));
        Assert.All(Texts.Spanish, static pair => Assert.Equal(PlacesOf(pair.Key), PlacesOf(pair.Value)));
    }

    static string[] PlacesOf(string text) => [.. Place().Matches(text).Select(static m => m.Value).Order()];

    static readonly string[] Pages =
    [
        "/sign-in", "/lookup", "/lookup?q=zzzz", "/help", "/ask", "/ask?example=visit", "/start", "/settings/practice",
        "/settings/people", "/settings/programs", "/settings/webhooks", "/settings/clearinghouse", "/settings/locations", "/settings/providers", "/settings/payers", "/settings/fees",
        "/settings/treatments", "/settings/patients", "/settings/patients/1", "/settings/patients/1/orders",
        "/settings/payers/1", "/settings/chart-systems", "/chart", "/stock",
        "/stock/receive", "/stock/lots/1", "/account",
        "/settings/import", "/settings/import/patients", "/settings/import/stock", "/manager", "/manager/books",
        "/manager/rules", "/manager/drugs", "/manager/letters", "/manager/cards", "/manager/claims", "/manager/changes",
        "/compliance",
        "/compliance/overpayments", "/compliance/education", "/compliance/access", "/compliance/staff",
        "/compliance/evidence", "/policies", "/care", "/care/1", "/care/fields", "/care/1/estimate",
        "/care/1/estimate?treatment=1",
    ];

    /// <summary>Names, codes and words that are the same in both languages.</summary>
    static readonly HashSet<string> Same =
    [
        "Deltoid", "Español", "NPI", "NDC", "Medicare Advantage", "Medicaid", "LPN", "kit", "Supervisor", "auditor",
        "no", "No", "Bytes", "toradol", "Vial", "VFC", "IV", "Home visits", "Plan",
        "video", "audio", "SFTP",
    ];

    [Fact]
    public async Task Every_converted_page_is_Spanish_from_its_first_to_its_last_word()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var missed = new List<string>();
        void Note(string text)
        {
            lock (missed) missed.Add(text);
        }
        using var client = await RouteTests.Client(served, Role.Owner);
        var pages = Pages.Concat(await OfClaims(served));
        var left = new List<string>();
        Texts.Missed += Note;
        try
        {
            foreach (var path in pages)
            {
                var (english, spanish) = (await Get(client, path, "en-US"), await Get(client, path, "es-MX,en;q=0.5"));
                Assert.Contains("<html lang=\"es\">", spanish, StringComparison.Ordinal);
                Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
                var of = TextsOf(english).ToHashSet();
                left.AddRange(TextsOf(spanish).Where(text => of.Contains(text) && !Same.Contains(text)
                    && !IsData(text)).Select(text => $"{path}: {text}"));
            }
        }
        finally
        {
            Texts.Missed -= Note;
        }
        Assert.True(missed.Count == 0, string.Join("; ", missed.Distinct()));
        Assert.True(left.Count == 0, string.Join("; ", left));
    }

    /// <summary>The screens of claims, files and the trail, with something on each.</summary>
    static async Task<IEnumerable<string>> OfClaims(ServedPractice served)
    {
        var red = await ChartedClaims.Toradol(served);
        var (sent, back) = (await ChartedClaims.Chart(served, "b12-shot-billing", "commercial"),
            await ChartedClaims.Chart(served, "b12-shot-billing", "commercial"));
        return await served.InStore(async db =>
        {
            var file = await Sending.Send(db, [sent.Id], DateTime.UtcNow);
            var import = await Jobs.Ask(db, new() { Key = Guid.NewGuid(), Kind = JobKind.Import, Name = "old.837",
                At = DateTime.UtcNow }, FacilityTests.File());
            await Jobs.Do(db, ChartedClaims.BooksOf(served), import.Id, TimeProvider.System);
            await db.Claims.Where(c => c.Id == back.Id).ExecuteUpdateAsync(static set =>
                set.SetProperty(static c => c.Life, ClaimLife.Rejected)
                    .SetProperty(static c => c.Why, "Rejected (999)."));
            await WorkTasks.Ask(db, red.Id, "20 or 30 mg?", null, null, DateTime.UtcNow);
            var facility = await db.Claims.Where(static c => c.Number == "H1").Select(static c => c.Id).SingleAsync();
            return new[] { red.Id, sent.Id, back.Id, facility }.SelectMany(static id =>
                new[] { $"/claims/{id}", $"/claims/{id}/x12", $"/claims/{id}/record" })
                .Concat(["/worklist", "/worklist?life=Held", "/worklist?life=Closed", "/worklist?by=Payer&owner=0",
                    "/worklist?by=Owner", "/worklist/done", "/tasks", "/manager", "/manager/books?month=2026-03", "/manager/rules", "/manager/drugs",
                    "/manager/changes",
                    "/manager/claims?set=Sent", "/files", $"/files/{file.Id}/inside", "/trail",
                    "/trail?act=none"]);
        });
    }

    [Fact]
    public async Task A_persons_own_language_counts_for_more_than_the_browsers()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var client = await RouteTests.Client(served, Role.Biller);
        var page = await Get(client, "/worklist", "en-US");
        using var answer = await client.PostAsync("/language", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["language"] = "es", ["back"] = "//elsewhere.example",
            ["__RequestVerificationToken"] =
                page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0],
        }), TestContext.Current.CancellationToken);
        Assert.Equal("/", answer.Headers.Location!.OriginalString); // never to another site
        Assert.Contains("<html lang=\"es\">", await Get(client, "/worklist", "en-US"), StringComparison.Ordinal);
    }

    static async Task<string> Get(HttpClient client, string path, string language)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await client.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""<(\w+)[^>]*\slang="en"[^>]*>.*?</\1>""", RegexOptions.Singleline)]
    private static partial Regex English();

    [GeneratedRegex("""(?:aria-label|title)="([^"]*)"|>([^<]+)<""")]
    private static partial Regex Shown();

    static IEnumerable<string> TextsOf(string html)
    {
        var body = html[html.IndexOf("<body", StringComparison.Ordinal)..];
        return Shown().Matches(English().Replace(body, ""))
            .Select(static m => WebUtility.HtmlDecode(m.Groups[1].Value + m.Groups[2].Value))
            .Select(static t => string.Join(' ', t.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Trim('✔', '✖', '▲', '●', '←', '*', ' '))
            .Where(static t => t.Count(char.IsLetter) >= 2);
    }

    /// <summary>What the practice has typed, and codes.</summary>
    static bool IsData(string text) => text.Any(char.IsDigit) || DataOfSample.Contains(text)
        || (text.Length <= 4 && text.All(char.IsAsciiLetterUpper))
        || Key().IsMatch(text);

    [GeneratedRegex("^(Alt [A-Z]|g [a-z])$")]
    private static partial Regex Key();

    static readonly HashSet<string> DataOfSample =
    [
        "Sample Street", "Sample", "Dana", "MD", "Sample, Dana", "Medicare Part B", "MEDICARE-B", "MB", "Example",
        "Pat",
        "Specimen", "Lee", "Example, Pat", "person-Owner", "Omar (owner)", "Bea (biller)", "omar", "bea", "mia",
        "Mia (medical assistant)", "cyanocobalamin", "ketorolac", "naltrexone extended-release", "Dr. Sample",
        "Medicare Part B · MEDICARE-B", "single-dose", "Own", "ma", "lpn", "rn", "np", "pa", "Ctrl ⏎",
        "Ctrl Enter", "Alt S Alt R Alt V Alt D", "physician", "PAYER",
        "Plan commercial", "FIELD, ALAN", "Specimen, Lee",
        "Pat Example", "Dana Sample", "Bea", "Mia", "Omar", "Sample Street Clinic", "Pat Example · Medicare Part B",
        ": Bea (biller)", ": Mia (medical assistant)", ": Omar (owner)", ": person-Owner",
        "FIELD", "COMMERCIAL", "Alt .", "Esc", "j k", "Enter", "Ctrl S", "Ctrl Z",
    ];
}
