using System.Net;
using System.Text;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>A chart system opens the chart page (SMART on FHIR), and chart systems that lie.</summary>
public sealed class SmartTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly HttpClient Other = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>A practice in which a chart system is set up.</summary>
    static async Task<(ChartServer Ehr, ServedPractice Served)> Start(Ground ground = Ground.Sqlite,
        bool isPrivate = true)
    {
        var ehr = await ChartServer.Start();
        var served = await ServedPractice.Start(ground, change: builder => builder.Services.AddSingleton(
            new Smart.SmartServer(new() { PrivateChartSystems = isPrivate })));
        await served.InStore(db =>
        {
            db.Add(new ChartSystem { Name = "Our EHR", Address = ehr.Fhir, ClientId = ChartServer.Client });
            return db.SaveChangesAsync(Stop);
        });
        return (ehr, served);
    }

    static string LaunchOf(ChartServer ehr, bool isStandalone = false) =>
        $"/smart/launch?iss={Uri.EscapeDataString(ehr.Fhir)}" + (isStandalone ? "" : "&launch=" + ChartServer.OpenChart);

    /// <summary>Where an answer sends the browser; null where it does not.</summary>
    static async Task<string?> Sent(Browsing browser, string path)
    {
        using var answer = await browser.Send(HttpMethod.Get, path);
        return answer.Headers.Location?.OriginalString;
    }

    /// <summary>From the launch to the address that the chart system sends the browser back to.</summary>
    static async Task<string> ComeBack(Browsing browser, ChartServer ehr, bool isStandalone = false)
    {
        var there = await Sent(browser, LaunchOf(ehr, isStandalone));
        Assert.StartsWith(ehr.Url + "/authorize?", there, StringComparison.Ordinal);
        using var answer = await Other.GetAsync(there, Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.PathAndQuery;
    }

    [Theory, InlineData(Ground.Sqlite, false), InlineData(Ground.Sqlite, true), InlineData(Ground.Postgres, false)]
    public async Task The_chart_page_opens_for_the_patient_with_the_order(Ground ground, bool isStandalone)
    {
        var (ehr, served) = await Start(ground);
        await using var ends = ehr;
        await using var ended = served;
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var (_, chart) = await mia.Get("/chart");
        Assert.Contains("Choose the patient in Our EHR", chart, StringComparison.Ordinal);
        var back = await ComeBack(mia, ehr, isStandalone);
        Assert.Equal("/chart", await Sent(mia, back));
        (_, chart) = await mia.Get("/chart");
        foreach (var shown in (string[])["Example, Pat", "value=\"cyanocobalamin\"", "value=\"1000 mcg\"", "D51.0",
            "Dr. Sample", "2026-01-05"])
            Assert.Contains(shown, chart, StringComparison.Ordinal);
        Assert.DoesNotContain("metformin", chart, StringComparison.Ordinal);
        Assert.Equal(4, ehr.Read.Count);

        var sent = ehr.SentWith!;
        Assert.Equal((isStandalone ? "launch/patient" : "launch") + " patient/Patient.rs patient/Coverage.rs "
            + "patient/Encounter.rs patient/MedicationRequest.rs", sent["scope"]);
        Assert.True(sent["state"].ToString().Length >= 43 && sent["code_challenge"].ToString().Length == 43);
        // once is once
        using var again = await mia.Send(HttpMethod.Get, back);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(0, await served.InStore(static db => db.SmartLaunches.CountAsync(Stop)));
        Assert.Equal(1, await served.InStore(static db => db.Events.CountAsync(static e => e.Act == "launch"
            && e.Subject == "chart-system/1" && e.Why == "patient/1", Stop)));
        await HoldsNoToken(served, ehr);
    }

    /// <summary>The token went to the FHIR address alone, in its header, and is kept nowhere.</summary>
    static async Task HoldsNoToken(ServedPractice served, ChartServer ehr)
    {
        Assert.All(ehr.Asked.Where(static a => a.Contains("ZZTOKEN", StringComparison.Ordinal)), static asked =>
        {
            Assert.StartsWith("GET /fhir/", asked, StringComparison.Ordinal);
            Assert.DoesNotContain("ZZTOKEN", asked.Split(' ')[1], StringComparison.Ordinal);
        });
        // the log of the database before the database: where it goes meanwhile, the database has what it said
        var files = Directory.GetFiles(served.Folder, "*", SearchOption.AllDirectories);
        foreach (var file in files.OrderDescending(StringComparer.Ordinal))
        {
            if (file.EndsWith(".db-shm", StringComparison.Ordinal)) continue; // an index of the log, which comes and goes
            Assert.True((await Bytes(file)).AsSpan().IndexOf("ZZTOKEN"u8) < 0, file);
        }
    }

    static async Task<byte[]> Bytes(string file)
    {
        using var bytes = new MemoryStream();
        try
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await open.CopyToAsync(bytes, Stop);
        }
        catch (FileNotFoundException) when (file.EndsWith(".db-wal", StringComparison.Ordinal)) { }
        return bytes.ToArray();
    }

    [Theory]
    [InlineData(ChartLie.OtherState), InlineData(ChartLie.OtherIssuer), InlineData(ChartLie.OtherPatient)]
    [InlineData(ChartLie.ExpiredCode), InlineData(ChartLie.EndlessAnswer), InlineData(ChartLie.RedirectedToken)]
    [InlineData(ChartLie.RedirectedPatient), InlineData(ChartLie.NoPatient), InlineData(ChartLie.WrongKindOfToken)]
    [InlineData(ChartLie.TokenWithBreak), InlineData(ChartLie.NoFhir), InlineData(ChartLie.Denied)]
    [InlineData(ChartLie.NoCode), InlineData(ChartLie.IdWithPath)]
    public async Task A_chart_system_that_lies_opens_nothing(ChartLie lie)
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        await using var other = await ChartServer.Start();
        (ehr.Lie, ehr.OtherHost) = (lie, other.Url);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var (status, page) = await mia.Get(await ComeBack(mia, ehr));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.DoesNotContain("Example", page, StringComparison.Ordinal);
        Assert.Empty(other.Asked);
        Assert.Equal(0, await served.InStore(static db => db.Drafts.CountAsync(Stop)));
        Assert.DoesNotContain("Example, Pat", (await mia.Get("/chart")).Body, StringComparison.Ordinal);
        await HoldsNoToken(served, ehr);
    }

    [Theory]
    [InlineData(ChartLie.RedirectedDiscovery), InlineData(ChartLie.OtherTokenHost), InlineData(ChartLie.NoPkce)]
    [InlineData(ChartLie.OtherSignInHost), InlineData(ChartLie.HugeAnswer)]
    public async Task Nobody_is_sent_where_a_lying_description_points(ChartLie lie)
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        await using var other = await ChartServer.Start();
        (ehr.Lie, ehr.OtherHost) = (lie, other.Url);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var (status, _) = await mia.Get(LaunchOf(ehr));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Empty(other.Asked);
        Assert.Equal(0, await served.InStore(static db => db.SmartLaunches.CountAsync(Stop)));
        // a host of sign-in that the practice has set up is another thing
        if (lie is not (ChartLie.OtherTokenHost or ChartLie.OtherSignInHost)) return;
        await served.InStore(db => db.ChartSystems.ExecuteUpdateAsync(set => set
            .SetProperty(static s => s.SignInHost, other.Url), Stop));
        Assert.NotNull(await Sent(mia, LaunchOf(ehr)));
    }

    [Theory, InlineData(ChartLie.OrdersOfOthers), InlineData(ChartLie.CoverageOfOthers)]
    public async Task What_is_of_another_patient_is_left_out(ChartLie lie)
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        (ehr.Lie, ehr.Member) = (lie, lie == ChartLie.CoverageOfOthers ? "ZZOTHER" : ehr.Member);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Equal("/chart", await Sent(mia, await ComeBack(mia, ehr)));
        var (_, chart) = await mia.Get("/chart");
        Assert.Contains("Example, Pat", chart, StringComparison.Ordinal);
        Assert.DoesNotContain("ZZOTHER", chart, StringComparison.Ordinal);
        Assert.Equal(lie == ChartLie.CoverageOfOthers, chart.Contains("value=\"cyanocobalamin\"",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_chooses_the_patient_there_in_a_browser()
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        ehr.Orders.Add(ChartServer.Order("ketorolac", "30", "mg", "im", "M54.50"));
        await served.InStore(static db =>
        {
            db.CardAnswers.Add(new()
            {
                Card = Guid.NewGuid(), Service = CdsTests.Sign, Finding = "CHT0003", At = DateTime.UtcNow,
            });
            return db.SaveChangesAsync(Stop);
        });
        Journey.Run("smart.mjs", served.Url);
    }

    [Fact]
    public async Task What_may_not_be_read_and_another_day_are_said()
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        (ehr.Lie, ehr.VisitDay) = (ChartLie.CoverageRefused, "2026-03-02T14:00:00-06:00");
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Equal("/smart/chart", await Sent(mia, await ComeBack(mia, ehr)));
        var (_, page) = await mia.Get("/smart/chart");
        foreach (var said in (string[])["launched-not-read", "Coverage", "launched-day", "03/02/2026"])
            Assert.Contains(said, page, StringComparison.Ordinal);
        await mia.Post("/smart/chart", ("take", "0"));
        var (_, chart) = await mia.Get("/chart");
        Assert.Contains("value=\"2026-03-02\"", chart, StringComparison.Ordinal);
        Assert.Contains("value=\"cyanocobalamin\"", chart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_something_is_to_be_decided_a_person_is_asked()
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        ehr.Orders.Add(ChartServer.Order("ketorolac", "30", "mg", "im", "M54.50"));
        ehr.Member = "another";
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        await mia.Post("/chart/draft", ("Key", Guid.NewGuid().ToString()), ("Patient", "2"), ("Day", "2026-03-02"),
            ("Shots[0].Drug", "Depo-Provera"));
        Assert.Equal("/smart/chart", await Sent(mia, await ComeBack(mia, ehr)));
        Assert.Contains("Depo-Provera", (await mia.Get("/chart")).Body, StringComparison.Ordinal);
        var (_, page) = await mia.Get("/smart/chart");
        foreach (var asked in (string[])["launched-draft", "launched-coverage", "take-0", "take-1", "ketorolac"])
            Assert.Contains(asked, page, StringComparison.Ordinal);
        Assert.DoesNotContain("metformin", page, StringComparison.Ordinal);
        var (status, _) = await mia.Post("/smart/chart", ("take", "1"));
        Assert.Equal(HttpStatusCode.Redirect, status);
        var (_, chart) = await mia.Get("/chart");
        Assert.Contains("value=\"ketorolac\"", chart, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"cyanocobalamin\"", chart, StringComparison.Ordinal);
        Assert.Equal("/chart", await Sent(mia, "/smart/chart")); // what was asked is done
    }

    [Theory, InlineData("Nobody", "1958-04-09"), InlineData("Example", "1958-04-10")]
    public async Task A_patient_who_is_not_here_is_not_made_up(string family, string born)
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        ehr.Patient = ehr.Patient.Replace("Example", family, StringComparison.Ordinal)
            .Replace("1958-04-09", born, StringComparison.Ordinal);
        var before = await served.InStore(static db => db.Patients.CountAsync(Stop));
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Equal("/smart/chart", await Sent(mia, await ComeBack(mia, ehr)));
        Assert.Contains("launched-unknown", (await mia.Get("/smart/chart")).Body, StringComparison.Ordinal);
        await mia.Post("/smart/chart", ("take", "0"));
        Assert.DoesNotContain("value=\"cyanocobalamin\"", (await mia.Get("/chart")).Body, StringComparison.Ordinal);
        Assert.Equal(before, await served.InStore(static db => db.Patients.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_launch_is_of_one_person_and_not_for_long()
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        var back = await ComeBack(mia, ehr);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await omar.Get(back)).Status);
        await served.InStore(static db => db.SmartLaunches.ExecuteUpdateAsync(static set => set
            .SetProperty(static l => l.At, DateTime.UtcNow.AddMinutes(-11)), Stop));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.Get(back)).Status);
        // an address that was changed in between gets no token of the old one
        back = await ComeBack(mia, ehr);
        await served.InStore(static db => db.ChartSystems.ExecuteUpdateAsync(static set => set
            .SetProperty(static s => s.Address, "https://other.example/fhir"), Stop));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.Get(back)).Status);
        Assert.Empty(ehr.Read);
    }

    [Fact]
    public async Task Only_who_charts_here_and_only_a_system_that_is_set_up()
    {
        var (ehr, served) = await Start();
        await using var ends = ehr;
        await using var ended = served;
        using var nobody = new Browsing(served.Url);
        Assert.Contains("/sign-in?back=%2Fsmart%2Flaunch%3Fiss", await Sent(nobody, LaunchOf(ehr)),
            StringComparison.Ordinal);
        using var bea = await Browsing.As(served.Url, Sample.Biller);
        Assert.Contains("/nothing", await Sent(bea, LaunchOf(ehr)), StringComparison.Ordinal);
        await using var stranger = await ChartServer.Start();
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.Get(LaunchOf(stranger))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.Get("/smart/launch")).Status);
        Assert.Empty(stranger.Asked);
        Assert.Empty(ehr.Asked);
    }

    [Fact]
    public async Task Without_the_operator_no_machine_beside_this_one_is_asked()
    {
        var (ehr, served) = await Start(isPrivate: false);
        await using var ends = ehr;
        await using var ended = served;
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.Get(LaunchOf(ehr))).Status);
        Assert.Empty(ehr.Asked);
    }

    [Theory]
    [InlineData("https://ehr.example.org/fhir/", true), InlineData("http://127.0.0.1:8080/fhir", true)]
    [InlineData("http://ehr.example.org/fhir", false), InlineData("ehr.example.org", false)]
    [InlineData("https://a:b@ehr.example.org/fhir", false), InlineData("https://ehr.example.org/fhir?x=1", false)]
    [InlineData("file:///etc/passwd", false)]
    public void An_address_is_by_TLS_or_this_machine(string address, bool isGood) =>
        Assert.Equal(isGood, Smart.SmartServer.IsAddress(address, out _));
}
