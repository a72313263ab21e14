using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// The trail is complete: who sees a patient is one event, and what a form changes is in events of who did it. Every
/// route there is gets asked; one that is new and records nothing fails here.
/// </summary>
public sealed class RecordedTests : IAsyncLifetime
{
    const string Family = "Zqfamily", Member = "1EG4TE5MK73";

    /// <summary>What each route answered last.</summary>
    readonly Dictionary<string, string> answers = [];

    ServedPractice served = null!;
    Browsing owner = null!;

    const string Myself = "/settings/people/1";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// Routes that keep nothing of a patient: questions, previews, and what a person has not sent yet. Accounts and
    /// files are asked by tests of their own.
    /// </summary>
    static readonly HashSet<string> Quiet =
    [
        "/ask", "/ask/answer", "/chart/drugs", "/chart/diagnoses", "/chart/fields", "/chart/preview", "/chart/draft",
        "/chart/new", "/claims/{id:long}/check", "/claims/{id:long}/draft", "/claims/{id:long}/draft/forget",
        "/settings/drugs", "/settings/import/{kind}", "/settings/import/{kind}/columns",
        "/settings/import/{kind}/failed", "/settings/import/{kind}/leave", "/worklist/fix", "/worklist/views",
        "/worklist/views/remove", "/trail/verify", "/stock/scan", "/sign-in/passkey/options",
        "/account/passkeys/options",
    ];

    /// <summary>Routes that need what no page of this practice has: the test that has it counts their events.</summary>
    static readonly HashSet<string> Elsewhere =
    [
        // AccountTests, tests/browser/account.mjs
        "/sign-in", "/sign-in/second", "/sign-in/passkey", "/sign-out", "/setup", "/account/authenticator/code",
        "/account/authenticator/remove", "/account/passkeys", "/account/passkeys/remove",
        "/account/sessions/{id:long}/end", "/account/password", "/settings/second-factor",
        "/settings/people/{id:long}/second-factor/remove",
        // LanguageTests, JobTests, OverrideTests with the journey set-aside, CorrectingTests
        "/language", "/files", "/claims/{id:long}/set-aside", "/claims/{id:long}/take-back",
        "/claims/{id:long}/correct", "/claims/{id:long}/renew", "/claims/{id:long}/reopening",
    ];

    /// <summary>Routes for which a page's own values are not enough: other tests change by them, and read the trail.
    /// </summary>
    static readonly HashSet<string> Harder =
    [
        // EditingTests, StockTests, FactTests
        "/claims/{id:long}", "/stock/receive", "/claims/{id:long}/record", "/claims/{id:long}/record/withdraw",
        // the journeys settings, rooms and account
        "/settings/patients/{id:long}", "/settings/payers/{id:long}/contract", "/settings/people",
        "/account/authenticator", "/account/codes", "/account/sessions/end",
    ];

    public async ValueTask InitializeAsync()
    {
        served = await ServedPractice.Start(Ground.Sqlite);
        await served.InStore(static db => db.Patients.ExecuteUpdateAsync(static set =>
            set.SetProperty(static p => p.Family, Family), Stop));
        await ChartedClaims.Chart(served, "b12-shot-billing");
        await ChartedClaims.Toradol(served);
        await ChartedClaims.WithoutNdc(served);
        var sent = await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(async db =>
        {
            await Sending.Send(db, [sent.Id], DateTime.UtcNow, Stop);
            await WorkTasks.Ask(db, sent.Id, "look", null, null, DateTime.UtcNow, Stop);
            return 0;
        });
        owner = await Browsing.As(served.Url, Sample.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await served.DisposeAsync();
    }

    IEnumerable<(string Method, string Pattern)> Routes() => served.App.Services
        .GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Select(static r => (r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], r.RoutePattern.RawText!));

    static string Filled(string pattern) => pattern.Replace("{id:long}", "1", StringComparison.Ordinal)
        .Replace("{section}", "patients", StringComparison.Ordinal).Replace("{kind}", "patients",
            StringComparison.Ordinal).Replace("{name}", "encounter", StringComparison.Ordinal);

    Task<List<AuditEvent>> EventsAfter(long number) => served.InStore(db => db.Events.AsNoTracking()
        .Where(e => e.Number > number).OrderBy(static e => e.Number).ToListAsync(Stop));

    Task<long> Last() => served.InStore(static db => db.Events.MaxAsync(static e => e.Number, Stop));

    [Fact]
    public async Task Who_sees_a_patient_is_one_event()
    {
        var me = await served.InStore(static db => db.Users.Where(static u => u.UserName == Sample.Owner)
            .Select(static u => u.Id).SingleAsync(Stop));
        var shown = new List<string>();
        var asked = Routes().Where(static r => r.Method == "GET").Select(static r => ("GET", Filled(r.Pattern)))
            .Concat([("GET", "/chart?claim=2"), ("GET", "/chart?saved=1"), ("GET", "/settings/patients?edit=1"),
                ("GET", "/worklist?life=Sent"), ("POST", "/chart/patients"), ("POST", "/settings/patients/found")]);
        var faults = new List<string>();
        foreach (var (method, path) in asked)
        {
            var before = await Last();
            var (status, body) = method == "GET" ? await owner.Get(path) : await owner.Post(path, ("q", Family));
            var events = await EventsAfter(before);
            var isShown = status == HttpStatusCode.OK && (body.Contains(Family, StringComparison.OrdinalIgnoreCase)
                || body.Contains(Member, StringComparison.Ordinal));
            if (isShown) shown.Add(path);
            if (events.Count != (isShown ? 1 : 0) && (isShown || events.Count > 1))
                faults.Add($"{method} {path} {(isShown ? "shows" : "does not show")} a patient: {events.Count} events");
            if (events.Exists(e => e.PersonId != me || e.Act != "read" || e.Subject.Length == 0
                || DateTime.UtcNow - e.At > TimeSpan.FromMinutes(1)))
                faults.Add($"{method} {path}: {string.Join(", ", events.Select(static e => e.Act + " " + e.Subject))}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(shown.Count >= 12, string.Join(' ', shown));
    }

    [Fact]
    public async Task What_a_form_changes_is_in_events_of_who_sent_it()
    {
        var (recorded, faults) = (new SortedSet<string>(), new List<string>());
        var (pages, sent) = (new Queue<string>(
            [
                "/settings/practice", "/settings/locations", "/settings/providers", "/settings/payers",
                "/settings/patients?edit=1", "/settings/patients", "/settings/patients/1",
                "/settings/patients/1/orders",
                "/settings/fees", "/settings/treatments", "/settings/payers/1", "/settings/people", "/stock",
                "/stock/receive", "/stock/lots/1", "/claims/1", "/claims/2", "/claims/3", "/claims/4",
                "/claims/4/record?fact=authorization-on-file", "/tasks", "/worklist", "/worklist?life=Ready",
                "/settings/import/fees", "/trail", "/account",
            ]), new HashSet<string>());
        while (pages.TryDequeue(out var page))
            await SendForms((await owner.Get(page)).Body, pages, sent, recorded, faults);
        await TryByHand(recorded, faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var missing = Routes().Where(static r => r.Method == "POST").Select(static r => r.Pattern)
            .Except([.. recorded, .. Quiet, .. Elsewhere, .. Harder]).ToList();
        Assert.True(missing.Count == 0, "no event was seen of " + string.Join(", ", missing.Select(pattern =>
            $"{pattern} ({answers.GetValueOrDefault(pattern, "never sent")})")));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    /// <summary>Sends each form of a page that was not sent yet, and those of the pages that it leads to.</summary>
    async Task SendForms(string html, Queue<string> pages, HashSet<string> sent, SortedSet<string> recorded,
        List<string> faults)
    {
        foreach (var form in PageForm.Of(html))
        {
            if (PatternOf(form.Action) is not { } pattern || Elsewhere.Contains(pattern)) continue;
            if (form.Action == Myself) continue; // a new password ends one's sessions
            if (!sent.Add(form.Action + string.Join('&', form.Fields.Select(static f => f.Name)))) continue;
            var (to, body) = await Try(form, pattern, recorded, faults);
            if (to.Length > 0) pages.Enqueue(to);
            else await SendForms(body, pages, sent, recorded, faults);
        }
    }

    string? PatternOf(string action) => Routes().Where(static r => r.Method == "POST").Select(static r => r.Pattern)
        .OrderBy(static p => p.Count(static c => c == '{')).FirstOrDefault(pattern => Regex.IsMatch(action, "^"
            + Regex.Replace(pattern, @"\{\w+(:long)?\}", static m => m.Groups[1].Success ? "[0-9]+" : "[a-z]+") + "$"));

    /// <returns>Where the answer leads, or the page that it is.</returns>
    async Task<(string To, string Body)> Try(PageForm form, string pattern, SortedSet<string> recorded,
        List<string> faults)
    {
        var (rows, before) = (Rows(), await Last());
        using var answer = await owner.Send(HttpMethod.Post, form.Action,
            [.. form.Fields.Select(static f => (f.Name, f.Typed))]);
        answers[pattern] = $"{(int)answer.StatusCode}";
        if (answer.StatusCode == HttpStatusCode.BadRequest || (int)answer.StatusCode >= 500)
            faults.Add($"{form.Action}: {(int)answer.StatusCode}");
        var (events, isChanged) = (await EventsAfter(before), Rows() != rows);
        if (events.Count > 0) recorded.Add(pattern);
        if (isChanged && events.Count == 0 && !Quiet.Contains(pattern))
            faults.Add($"{form.Action} changed something and recorded nothing");
        foreach (var twice in events.GroupBy(static e => (e.Act, e.Subject, e.Changes))
            .Where(static g => g.Count() > 1))
            faults.Add($"{form.Action}: {twice.Count()} times {twice.Key}");
        if (events.Find(static e => e.Act == "change" && e.Changes.Length == 0 && e.Why.Length == 0) is { } blank)
            faults.Add($"{form.Action}: {blank.Subject} changed from what to what, and why?");
        return (answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Routes whose forms a script sends, or that want more than a page's own values.</summary>
    async Task TryByHand(SortedSet<string> recorded, List<string> faults)
    {
        async Task<string> Send(string pattern, params (string, string)[] fields)
        {
            var form = new PageForm(Filled(pattern), [.. fields.Select(static f => new PageField(f.Item1, "hidden",
                f.Item2))]);
            return (await Try(form, pattern, recorded, faults)).To;
        }
        await Send("/chart/patients", ("q", Family));
        await Send("/settings/patients/found", ("q", Family));
        var patient = await served.InStore(static db => db.Patients.OrderBy(static p => p.Id).FirstAsync(Stop));
        await Send("/chart", ("Patient", "1"), ("Who", ChartViews.Named(patient)), ("Day", "2026-03-02"),
            ("Shots[0].Drug", "cyanocobalamin"), ("Shots[0].Dose", "1000 mcg"), ("Shots[0].Route", "im"),
            ("Shots[0].Site", "left-deltoid"));
        await Send("/worklist/snooze", ("mark", "2"), ("until", "2027-01-01"));
        var moved = await Send("/worklist/assign", ("mark", "2"), ("person", "1"));
        await Send("/worklist/undo", ("batch", Uri.UnescapeDataString(moved.Split("moved=")[^1])));
        await Send("/claims/{id:long}/attest", ("what", "99202-25 on line 1"), ("answer", "yes"),
            ("reason", "page 2"));
    }

    /// <summary>Everything that is kept, but what is a person's own or follows from the rest.</summary>
    string Rows()
    {
        using var connection = new SqliteConnection(
            $"Data Source={new StorePlace { Folder = served.Folder }.File};Pooling=False");
        connection.Open();
        var text = new StringBuilder();
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
            if (table is not ("Events" or "Sessions" or "Drafts" or "SavedViews" or "sqlite_sequence" or "Uploads"))
                foreach (var row in Read(connection, $"SELECT * FROM \"{table}\" ORDER BY 1, 2"))
                    text.Append(CultureInfo.InvariantCulture, $"{table}:{row}\n");
        return text.ToString();
    }

    static List<string> Read(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] b
                ? b.Length.ToString(CultureInfo.InvariantCulture) : reader.GetValue(i).ToString())));
        return rows;
    }
}
