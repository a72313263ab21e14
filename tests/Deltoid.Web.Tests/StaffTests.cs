using System.Net;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Who works here: exclusions, licenses, policies, access; and the evidence of it.</summary>
public sealed class StaffTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    const string Head = "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,"
        + "EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE\n";

    /// <summary>A row of the list as OIG publishes it.</summary>
    static string Row(string family, string given, string npi = "0000000000", string born = "19700101",
        string on = "20260101", string back = "00000000", string business = "") =>
        $"{family},{given},,{business},PHYSICIAN,FAMILY PRACTICE,,{npi},{born},\"1 ROAD, APT 2\",PEORIA,IL,61602,"
            + $"1128a1,{on},{back},00000000,\n";

    static Task<ExclusionCheck> Check(ServedPractice served, string rows, string head = Head) => served.InStore(db =>
        Exclusions.Check(db, "UPDATED.csv", Encoding.Latin1.GetBytes(head + rows), new(2026, 4, 1), Now, Stop));

    static Task<List<ExclusionMatch>> Matches(ServedPractice served) => served.InStore(static db =>
        db.ExclusionMatches.AsNoTracking().OrderBy(static m => m.Id).ToListAsync(Stop));

    [Theory] // the provider of the sample: Dana Sample, 1245319599
    [InlineData("SAMPLE", "DANA", "0000000000", "name"), InlineData("SAMPLE", "DANA", "1245319599", "NPI")]
    [InlineData("OTHER", "NAME", "1245319599", "NPI"), InlineData("Sámple", "Dana", "0000000000", "name")]
    [InlineData("SAMPLE", "DANA", "1003000126", null)] // another NPI is another person
    [InlineData("SAMPLE", "DINA", "0000000000", null), InlineData("SAMPLES", "DANA", "0000000000", null)]
    public async Task Who_is_alike_is_found_and_who_is_not_is_left_alone(string family, string given, string npi,
        string? how)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var check = await Check(served, Row("AAA", "BBB") + Row(family, given, npi));
        Assert.Equal(2, check.Rows);
        Assert.Equal(how, (await Matches(served)).SingleOrDefault()?.How);
    }

    [Fact]
    public async Task A_birth_date_tells_people_of_one_name_apart_and_who_was_reinstated_is_not_excluded()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Check(served, Row("SAMPLE", "DANA", back: "20260201"));
        Assert.Empty(await Matches(served));
        await served.InStore(db => Staff.Born(db, "provider/1", new(1970, 1, 2), Now, Stop));
        await Check(served, Row("SAMPLE", "DANA"));
        Assert.Empty(await Matches(served));
        await served.InStore(db => Staff.Born(db, "provider/1", new(1970, 1, 1), Now, Stop));
        await Check(served, Row("SAMPLE", "DANA"));
        await Check(served, Row("SAMPLE", "DANA")); // the same row again is asked once
        Assert.Equal("name and birth date", Assert.Single(await Matches(served)).How);
        await Check(served, Row("", "", business: "SAMPLE STREET CLINIC"));
        Assert.Equal("practice", (await Matches(served))[^1].Subject);
    }

    [Theory, InlineData("LASTNAME,FIRSTNAME\n"), InlineData(""), InlineData("<html>\n")]
    public async Task A_file_that_is_not_the_list_is_refused(string head)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Assert.ThrowsAsync<InputException>(() => Check(served, Row("A", "B"), head));
        await Assert.ThrowsAsync<InputException>(() => Check(served, Row("A", "B", on: "soon")));
        Assert.Equal(0, await served.InStore(static db => db.ExclusionChecks.CountAsync(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Claims_of_an_excluded_provider_are_held_and_never_sent(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var before = await ChartedClaims.Chart(served, "b12-shot-billing");
        Assert.Equal(ClaimLife.Ready, before.Life);
        await Check(served, Row("SAMPLE", "DANA"));
        var match = Assert.Single(await Matches(served));
        Assert.Equal(ClaimLife.Ready, await LifeOf(served, before.Id)); // a possible match holds nothing
        Task<ExclusionMatch> Decide(MatchDecision decision, string why = "birth date compared") => served.InStore(db =>
            Exclusions.Decide(db, ChartedClaims.EngineOf(served), match.Id, decision, why, Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Decide(MatchDecision.Same, " "));
        await Assert.ThrowsAsync<InputException>(() => Decide(MatchDecision.Open));
        await Decide(MatchDecision.Same);
        Assert.Equal(ClaimLife.Held, await LifeOf(served, before.Id));
        var after = await ChartedClaims.Chart(served, "b12-shot-billing");
        Assert.Equal((ClaimLife.Held, Clearance.Excluded), (after.Life, after.Cause));
        // one that was imported is refused when it would leave
        await served.InStore(db => db.Claims.Where(c => c.Id == before.Id).ExecuteUpdateAsync(static set =>
            set.SetProperty(static c => c.Life, ClaimLife.Ready), Stop));
        var refused = await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Sending.Send(db, [before.Id],
            Now, Stop)));
        Assert.Contains("excluded persons", refused.Message, StringComparison.Ordinal);
        await Decide(MatchDecision.Other);
        Assert.Equal(ClaimLife.Ready, await LifeOf(served, after.Id));
    }

    static Task<ClaimLife> LifeOf(ServedPractice served, long claim) => served.InStore(db => db.Claims
        .Where(c => c.Id == claim).Select(static c => c.Life).SingleAsync(Stop));

    [Theory] // the shot of the examples is of 03/02/2026
    [InlineData("2025-01-01", "2026-03-01", true), InlineData("2025-01-01", "2026-03-02", false)]
    [InlineData("2026-03-02", "2028-03-01", false), InlineData("2026-03-03", "2028-03-01", true)]
    public async Task A_license_that_was_not_good_on_the_day_holds_the_claim(string from, string until, bool isHeld)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var license = await served.InStore(db => Credentials.Add(db, ChartedClaims.EngineOf(served), new()
        {
            Subject = "provider/1", Kind = "license", Number = "036-1", From = Day(from), Expires = Day(until),
        }, Now, Stop));
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        Assert.Equal(isHeld ? (ClaimLife.Held, Clearance.NoLicense) : (ClaimLife.Ready, ""), (claim.Life, claim.Cause));
        if (!isHeld || license.Expires > new DateOnly(2026, 3, 2)) return;
        await served.InStore(db => Credentials.Renew(db, ChartedClaims.EngineOf(served), license.Id,
            license.Expires.AddDays(1), new(2028, 3, 1), Now, Stop));
        Assert.Equal(ClaimLife.Ready, await LifeOf(served, claim.Id));
    }

    [Fact]
    public async Task A_date_that_cannot_be_is_refused_and_one_that_ended_is_not_watched()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, change: ServedPractice.Unwatched);
        var good = new Credential
        {
            Subject = "practice", Kind = "CLIA", Number = "14D0000000", From = new(2025, 1, 1),
            Expires = new(2026, 5, 1),
        };
        Task<Credential> Add(Action<Credential> change) => served.InStore(db =>
        {
            var one = new Credential { Subject = good.Subject, Kind = good.Kind, Number = good.Number, From = good.From,
                Expires = good.Expires };
            change(one);
            return Credentials.Add(db, ChartedClaims.EngineOf(served), one, Now, Stop);
        });
        foreach (var refused in new Action<Credential>[]
            {
                static c => c.Subject = "provider/9", static c => c.Kind = "driving", static c => c.Number = "",
                static c => c.Expires = new(2024, 1, 1),
            })
            await Assert.ThrowsAsync<InputException>(() => Add(refused));
        var one = await Add(static _ => { });
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Credentials.End(db, one.Id, "", Now,
            Stop)));
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        await served.InStore(db => db.Credentials.ExecuteUpdateAsync(static set => set.SetProperty(
            static c => c.Expires, DateOnly.FromDateTime(DateTime.Today).AddDays(20)), Stop));
        Task<(int Opened, int Closed)> Watch() => served.InStore(db => Endings.Watch(db,
            DateOnly.FromDateTime(DateTime.Today), DateTime.UtcNow, Stop));
        Assert.Equal((1, 0), await Watch());
        Assert.Contains("A credential ends: CLIA, Sample Street Clinic", (await omar.Get("/tasks")).Body,
            StringComparison.Ordinal);
        await served.InStore(db => Credentials.End(db, one.Id, "the lab is closed", Now, Stop));
        Assert.Equal((0, 1), await Watch());
        Assert.DoesNotContain("CLIA", (await omar.Get("/tasks")).Body, StringComparison.Ordinal);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_policy_is_read_in_its_latest_version_and_each_version_stays(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        Task<Policy> Publish(string text, byte[]? file = null) => served.InStore(db => Policies.Publish(db, "Billing",
            new(2026, 4, 1), text, "policy.pdf", file, Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Publish(" "));
        await Assert.ThrowsAsync<InputException>(() => Publish("", "MZ"u8.ToArray())); // no PDF
        var first = await Publish("Bill what is charted.");
        Task<int> Read(long id) => served.InStore(db =>
        {
            db.PersonId = 2;
            return Policies.Read(db, id, Now, Stop);
        });
        Assert.Equal((1, 0), (await Read(first.Id), await Read(first.Id))); // once is enough
        var second = await Publish("Bill what is charted, on the day.", "%PDF-1.7"u8.ToArray());
        Assert.Equal((1, 2), (first.Version, second.Version));
        await Assert.ThrowsAsync<InputException>(() => Read(first.Id));
        var view = Assert.Single(await served.InStore(static db => Policies.All(db, Stop)));
        Assert.Equal((2, 0, 3), (view.Policy.Version, view.Read.Count, view.Unread.Count));
        foreach (var statement in new[]
            {
                "DELETE FROM \"Policies\" WHERE \"PracticeId\" = 1",
                "DELETE FROM \"PolicyReadings\" WHERE \"PracticeId\" = 1",
            })
            await Assert.ThrowsAnyAsync<Exception>(() => served.InStore(db => db.Database.ExecuteSqlRawAsync(statement,
                Stop)));
    }

    [Fact]
    public async Task Everybody_reads_a_policy_in_the_browser()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Equal(HttpStatusCode.Redirect, (await omar.Post("/policies", ("name", "Privacy"), ("from", "2026-01-01"),
            ("text", "<b>Lock</b> the screen."))).Status);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var page = (await mia.Get("/policies")).Body;
        Assert.Contains("&lt;b&gt;Lock&lt;/b&gt; the screen.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/policies\"", page, StringComparison.Ordinal);
        await mia.Post("/policies/1/read");
        Assert.Contains("You have read it", (await mia.Get("/policies")).Body, StringComparison.Ordinal);
        Assert.Contains("Read by 1 of 3 people", (await omar.Get("/policies")).Body, StringComparison.Ordinal);
        using var refused = await mia.Send(HttpMethod.Post, "/policies", ("name", "x"));
        Assert.True(Browsing.IsRefused(refused));
    }

    [Fact]
    public async Task The_owner_keeps_or_ends_what_each_person_may_do_once_a_quarter()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        using var bea = await Browsing.As(served.Url, Sample.Biller);
        async Task<HttpStatusCode> Say(long person, string keep, string why = "") => (await omar.Post(
            "/compliance/access", ("person", $"{person}"), ("keep", keep), ("why", why))).Status;
        Assert.Equal(HttpStatusCode.Redirect, await Say(1, "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Say(1, "no", "I leave")); // nobody ends their own
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Say(2, "no")); // no reason
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Say(999, "yes"));
        Assert.Equal(HttpStatusCode.Redirect, await Say(2, "no", "has left"));
        using var out1 = await bea.Send(HttpMethod.Get, "/worklist");
        Assert.True(Browsing.IsRefused(out1)); // with the next request
        var lines = await served.InStore(static db => AccessReviews.Of(db, DateOnly.FromDateTime(DateTime.UtcNow),
            Stop));
        Assert.Equal([true, false], lines.OrderBy(static l => l.Person.Id).Select(static l => l.Check is not null));
        // with another role it is looked at again
        await served.InStore(static db => db.Users.Where(static u => u.Id == 1).ExecuteUpdateAsync(static set =>
            set.SetProperty(static u => u.Role, Role.Manager), Stop));
        Assert.All(await served.InStore(static db => AccessReviews.Of(db, DateOnly.FromDateTime(DateTime.UtcNow),
            Stop)),
            static l => Assert.Null(l.Check));
    }

    [Theory, InlineData("2026-01-01", "2026-Q1", "2026-03-31"), InlineData("2026-12-31", "2026-Q4", "2026-12-31")]
    public void A_quarter_ends_on_its_last_day(string day, string quarter, string due)
    {
        var on = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((quarter, due), (AccessReviews.QuarterOf(on), AccessReviews.DueOf(on).Iso()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Evidence_says_what_was_done_without_a_patient_unless_that_is_asked_for(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await ComplianceTests.Paid(served, 3, Now);
        await served.InStore(db => Audits.Draw(db, ChartedClaims.EngineOf(served), new("=March", new(2026, 3, 1),
            new(2026, 3, 31), SampleKind.Random, 2, "7"), Now, Stop));
        var claim = await served.InStore(static db => db.SampledClaims.Include(static c => c.Lines).FirstAsync(Stop));
        await served.InStore(db => Audits.Judge(db, claim.Id, [.. claim.Lines.Select(static l =>
            new JudgedLine(l.Id, LineVerdict.Agree, "", "", "", ""))], "", Now, Stop));
        Task<List<EvidenceFile>> Make(bool withPatients) => served.InStore(db => Evidence.Of(db, [],
            new(2026, 4, 1), new(2026, 4, 30), withPatients, "1.0", Now, Stop));
        var files = (await Make(false)).ToDictionary(static f => f.Name,
            static f => Encoding.UTF8.GetString(f.Content));
        Assert.Contains("'=March", files["audits.csv"], StringComparison.Ordinal); // no formula
        using var index = System.Text.Json.JsonDocument.Parse(files["index.json"]);
        Assert.True(index.RootElement.GetProperty("trail").GetProperty("isWhole").GetBoolean());
        Assert.Equal(files.Count - 1, index.RootElement.GetProperty("files").GetArrayLength());
        Assert.All(files.Values, static text => Assert.DoesNotContain("Example", text, StringComparison.Ordinal));
        var with = (await Make(true)).Single(static f => f.Name == "audited-claims.csv");
        Assert.Contains("Example", Encoding.UTF8.GetString(with.Content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_is_a_new_folder_or_one_file_and_nothing_is_written_over()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (output, error) = (new StringWriter(), new StringWriter());
        var folder = Path.Combine(served.Folder, "evidence");
        string[] Args(string to, string thru = "2026-12-31") => ["--Folder", served.Folder, "--From", "2026-01-01",
            "--Thru", thru, "--Output", to];
        Assert.Equal(0, await EvidenceCommand.Run(Args(folder), output, error));
        Assert.True(File.Exists(Path.Combine(folder, "index.json")));
        Assert.Equal(2, await EvidenceCommand.Run(Args(folder), output, error)); // it is there
        Assert.Equal(0, await EvidenceCommand.Run(Args(folder + ".zip"), output, error));
        Assert.Equal(2, await EvidenceCommand.Run(Args(folder + "2", "2025-12-31"), output, error));
        Assert.Equal(2, await EvidenceCommand.Run(Args(folder + "2", "soon"), output, error));
        Assert.Equal(5, await EvidenceCommand.Run(["--Folder", folder, "--From", "2026-01-01", "--Thru", "2026-01-02",
            "--Output", folder + "3"], output, error));
        Assert.Contains("No patient is in them", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await served.InStore(static db => db.Events.CountAsync(static e => e.Subject == "evidence",
            Stop)));
    }
}
