using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What a scan of a vial does to the chart, in the stock and not in it, in the book and not in it.</summary>
[Collection(nameof(SharedPractice))]
public sealed class ChartActsTests(SharedPractice shared)
{
    static readonly DateOnly Day = DateOnly.FromDateTime(DateTime.Now);

    [Fact]
    public async Task A_scan_takes_the_vial_or_keeps_its_label_and_says_what_to_do()
    {
        var served = await shared.On(Ground.Sqlite);
        async Task<(ShotForm Shot, string Notice, string Focus, int Asked)> Scan(string text, ShotForm? typed = null)
        {
            var view = await served.InStore(db => new ChartActs(db, ChartedClaims.EngineOf(served)).Apply(new()
            {
                Day = Day.Iso(), Act = "scan", Value = text, Shots = [typed ?? new() { Drug = text }],
            }));
            return (view.Form.Shots[0], view.Notice, view.Focus, view.Asked?.Ndcs.Count ?? 0);
        }

        var lot = await served.InStore(static db => db.Lots.SingleAsync(static l => l.Number == "XYZ2025"));
        var known = await Scan($"(01)00305170031251(17){lot.Expires:yyMMdd}(10)XYZ2025");
        Assert.Equal(("cyanocobalamin", "", "Site-0-0"), (known.Shot.Drug, known.Notice, known.Focus));
        Assert.NotEqual(0, known.Shot.LotId);

        // another drug is typed over it: its vial is not this one's
        var over = await served.InStore(db => new ChartActs(db, ChartedClaims.EngineOf(served)).Apply(new()
        {
            Day = Day.Iso(), Act = "drug", Value = "toradol", Shots = [known.Shot with { Drug = "toradol" }],
        }));
        Assert.Equal(("ketorolac", 0), (over.Form.Shots[0].Drug, over.Form.Shots[0].LotId));

        // of a drug that the stock has, another lot: its label is charted from the code
        var other = await Scan("(01)00305170031251(17)291130(10)NEW-7");
        Assert.Equal((0, "00517-0031-25", "NEW-7", "2029-11-30", "1,000 mcg"),
            (other.Shot.LotId, other.Shot.Ndc, other.Shot.Lot, other.Shot.Expires, other.Shot.Holds));
        Assert.StartsWith("This lot is not in the stock. Its label is", other.Notice, StringComparison.Ordinal);
        Assert.Equal("Site-0-0", other.Focus);

        // in the book and not in the stock: ceftriaxone 1 g
        var booked = await Scan("00143-9857-25");
        Assert.Equal(("ceftriaxone", "00143-9857-25", "Dose-0"), (booked.Shot.Drug, booked.Shot.Ndc, booked.Focus));
        Assert.StartsWith("This NDC is not in the stock.", booked.Notice, StringComparison.Ordinal);

        // in neither: what was read is kept, what was typed too
        var unknown = await Scan("99999-9999-99", new() { Drug = "some drug", Dose = "5 mg" });
        Assert.StartsWith("This code is not in the book of ", unknown.Notice, StringComparison.Ordinal);
        Assert.Equal(("some drug", "5 mg", "99999-9999-99", "Drug-0"),
            (unknown.Shot.Drug, unknown.Shot.Dose, unknown.Shot.Ndc, unknown.Focus));

        // ten digits are asked about, never guessed
        var ten = await Scan("0517003125");
        Assert.Equal((3, 0, ""), (ten.Asked, ten.Shot.LotId, ten.Shot.Ndc));
    }

    [Fact]
    public async Task Of_two_drafts_of_one_form_the_later_stays_whichever_comes_first()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        async Task<string> Kept(string key, string edited, string why)
        {
            await mia.Post("/chart/draft", ("Key", key), ("Edited", edited), ("Day", Day.Iso()), ("Who", "Example"),
                ("Shots[0].Indication", why));
            return await served.InStore(static db => db.Drafts.Select(static d => d.Document).SingleAsync());
        }
        var (key, other) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        Assert.Contains("first words", await Kept(key, "1000", "first words"), StringComparison.Ordinal);
        Assert.Contains("last words", await Kept(key, "3000", "last words"), StringComparison.Ordinal);
        Assert.Contains("last words", await Kept(key, "2000", "words between"), StringComparison.Ordinal);
        Assert.Contains("new form", await Kept(other, "1500", "new form"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_for_the_diagnosis_are_asked_about_once_and_the_stock_comes_before_the_book()
    {
        var served = await shared.On(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var (_, preview) = await mia.Post("/chart/preview", ("Patient", "1"), ("Day", Day.Iso()),
            ("Shots[0].Drug", "ketorolac"), ("Shots[0].Dose", "30 mg"), ("Shots[0].Route", "im"),
            ("Shots[0].Diagnosis", "back pain"));
        Assert.Equal(2, preview.Split("CHT0007").Length);
        foreach (var same in (string[])["HIP0003", "CHT0001", "CHT0003"])
            Assert.DoesNotContain(same, preview, StringComparison.Ordinal);
        Assert.Contains("data-go=\"Diagnosis-0\"", preview, StringComparison.Ordinal);

        var (_, choices) = await mia.Post("/chart/drugs", ("q", "cyan"), ("patient", "0"));
        var (stock, book) = (choices.IndexOf("in stock", StringComparison.Ordinal),
            choices.IndexOf("hydroxocobalamin", StringComparison.Ordinal));
        Assert.True(stock >= 0 && book > stock, choices);
    }

    /// <summary>The B12 shot of the sample's first patient, as the screen sends it.</summary>
    static Dictionary<string, string> B12(long patient = 1) => new()
    {
        ["Key"] = Guid.NewGuid().ToString(), ["Patient"] = $"{patient}", ["Day"] = Day.Iso(), ["Role"] = "ma",
        ["Supervision"] = "on-site", ["Shots[0].Drug"] = "cyanocobalamin", ["Shots[0].Dose"] = "1000 mcg",
        ["Shots[0].Route"] = "im", ["Shots[0].Site"] = "left deltoid", ["Shots[0].Diagnosis"] = "D51.0",
        ["Shots[0].OrderBy"] = "Dr. Sample", ["Shots[0].OrderOn"] = Day.Iso(),
    };

    static (string, string)[] With(Dictionary<string, string> form, params (string Name, string Text)[] changes)
    {
        foreach (var (name, text) in changes) form[name] = text;
        return [.. form.Select(static f => (f.Key, f.Value))];
    }

    [Fact]
    public async Task A_held_visit_stays_with_its_patient_and_the_next_one_gets_a_claim_of_its_own()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var (status, _) = await mia.Post("/chart", With(B12(), ("Shots[0].Site", "")));
        Assert.Equal(HttpStatusCode.Redirect, status);
        var held = await served.InStore(static db => db.Claims.AsNoTracking().SingleAsync());
        var chart = await served.InStore(static db => db.Visits.Select(static v => v.Document).SingleAsync());
        Assert.Equal(ClaimLife.Held, held.Life);
        var next = await served.InStore(db => db.Patients.AsNoTracking().OrderBy(static p => p.Id)
            .FirstAsync(p => p.Id != held.PatientId));

        // the field of the patient cannot be typed in, and the button does not say that the next one comes
        var (_, page) = await mia.Get($"/chart?claim={held.Id}");
        Assert.Matches("<input id=\"who\"[^>]*readonly", page);
        Assert.Contains($"Save claim {held.Number}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Save and next", page, StringComparison.Ordinal);

        // a page of before chooses another patient all the same: it becomes an empty new shot
        var (_, chosen) = await mia.Post("/chart/fields", With(B12(), ("Claim", $"{held.Id}"),
            ("Version", $"{held.Version}"), ("Act", "patient"), ("Value", $"{next.Id}")));
        Assert.Contains("name=\"Claim\" value=\"0\"", chosen, StringComparison.Ordinal);
        Assert.Contains("The claim stays with its patient", chosen, StringComparison.Ordinal);
        Assert.DoesNotContain("cyanocobalamin", chosen, StringComparison.Ordinal);

        // and what is saved for another one is refused; the text is there as a new shot
        var other = With(B12(next.Id), ("Claim", $"{held.Id}"), ("Version", $"{held.Version}"));
        var (refused, again) = await mia.Post("/chart", other);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("is of another patient, and stays as it was saved", again, StringComparison.Ordinal);
        Assert.Contains("name=\"Claim\" value=\"0\"", again, StringComparison.Ordinal);
        Assert.Contains("value=\"cyanocobalamin\"", again, StringComparison.Ordinal);
        await served.InStore(db => Assert.ThrowsAsync<InputException>(() => Visits.Complete(db,
            ChartedClaims.EngineOf(served), held.Id, held.Version, next.Id, _ => chart, DateTime.UtcNow, [],
            stop: TestContext.Current.CancellationToken)));
        // words for another patient that a page of before keeps are no draft of this visit
        await mia.Post("/chart/draft", other);
        var (_, opened) = await mia.Get($"/chart?claim={held.Id}");
        Assert.Contains($"name=\"Patient\" value=\"{held.PatientId}\"", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("draft-found", opened, StringComparison.Ordinal);
        Assert.Equal((chart, 1), await served.InStore(async db => (await db.Visits.Select(static v => v.Document)
            .SingleAsync(), await db.Claims.CountAsync())));

        // saved as the page shows it now, it is a claim of its own; the one that is held is completed by its own facts
        (status, _) = await mia.Post("/chart", With(B12(next.Id)));
        Assert.Equal(HttpStatusCode.Redirect, status);
        (status, _) = await mia.Post("/chart", With(B12(), ("Claim", $"{held.Id}"), ("Version", $"{held.Version}")));
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.Equal([held.PatientId, next.Id], await served.InStore(static db => db.Claims
            .OrderBy(static c => c.Id).Select(static c => c.PatientId).ToListAsync()));
    }

    /// <summary>The coverage was put right meanwhile: who pays the claim is who the chart says.</summary>
    [Fact]
    public async Task A_visit_that_is_completed_is_of_the_payer_that_the_coverage_names_now()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        await mia.Post("/chart", With(B12(), ("Shots[0].Site", "")));
        var held = await served.InStore(static db => db.Claims.AsNoTracking().SingleAsync());
        var payer = await served.InStore(async db =>
        {
            var other = new Payer
            {
                Name = "Plan commercial", Number = "COMMERCIAL", Kind = "commercial", Filing = "CI",
            };
            db.Payers.Add(other);
            await db.SaveChangesAsync();
            var patient = await db.Patients.Include(static p => p.Coverages).SingleAsync(p => p.Id == held.PatientId);
            foreach (var coverage in patient.Coverages) coverage.PayerId = other.Id;
            await db.SaveChangesAsync();
            return other.Id;
        });
        Assert.NotEqual(payer, held.PayerId);
        await mia.Post("/chart", With(B12(), ("Claim", $"{held.Id}"), ("Version", $"{held.Version}")));
        Assert.Equal(payer, await served.InStore(static db => db.Claims.Select(static c => c.PayerId).SingleAsync()));
    }

    [Fact]
    public async Task A_line_into_a_vein_has_a_field_for_where_it_goes_in()
    {
        var served = await shared.On(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        (string, string)[] drip = [("Patient", "2"), ("Shots[0].Drug", "ceftriaxone"), ("Shots[0].Dose", "1 g"),
            ("Shots[0].Route", "iv-infusion"), ("Shots[0].Site", ""), ("Shots[0].Start", "09:00"),
            ("Shots[0].Stop", "09:40"), ("Shots[0].Diagnosis", "J18.9")];
        async Task<string> Preview(params (string, string)[] more) =>
            (await mia.Post("/chart/preview", With(B12(), [.. drip, .. more]))).Body;
        Assert.Contains("(access site) is not charted", await Preview(), StringComparison.Ordinal);
        Assert.DoesNotContain("(access site) is not charted", await Preview(("Shots[0].SiteOther", "left forearm")),
            StringComparison.Ordinal);
        var (_, fields) = await mia.Post("/chart/fields", With(B12(), drip));
        Assert.Matches("class=\"spots\" hidden", fields);
        Assert.Contains("IV access: side and place", fields, StringComparison.Ordinal);
        // what cannot be read hides neither the bill nor its own field
        var broken = await Preview(("Shots[0].Dose", "-1 g"));
        Assert.Contains("data-go=\"Dose-0\"", broken, StringComparison.Ordinal);
        Assert.Contains("96365", broken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waited_without_a_network_is_charted_for_whom_the_field_named()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        // one patient was chosen, the network went, and another one was typed over
        await mia.Post("/chart", With(B12(), ("Who", "Specimen, Lee 11/02/1949"), ("Waited", "true")));
        Assert.Equal("Specimen", await served.InStore(static db => db.Claims.Select(static c => c.Patient.Family)
            .SingleAsync()));
        var (status, _) = await mia.Post("/chart", With(B12(), ("Who", "Nobody, Known 01/01/1950"), ("Waited", "true")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
    }

    [Fact]
    public async Task The_same_shot_of_the_day_an_old_order_a_recalled_lot_and_a_sheet_are_asked_about()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        async Task<string> Preview(params (string, string)[] changes) => WebUtility.HtmlDecode(
            (await mia.Post("/chart/preview", With(B12(), changes))).Body);
        Assert.DoesNotContain("on this day already", await Preview(), StringComparison.Ordinal);
        await mia.Post("/chart", With(B12()));
        Assert.Matches("▲[^✖]*Given on this day already: claim C000001, charted at [0-9:]{5}, left deltoid",
            await Preview());
        Assert.DoesNotContain("clean", await Preview(), StringComparison.Ordinal);
        Assert.DoesNotContain("already", await Preview(("Patient", "2")), StringComparison.Ordinal);
        Assert.DoesNotContain("already", await Preview(("Shots[0].Drug", "ketorolac")), StringComparison.Ordinal);
        Assert.DoesNotContain("already", await Preview(("Day", Day.AddDays(-1).Iso())), StringComparison.Ordinal);
        Assert.DoesNotContain("already", await Preview(("Claim", "1")), StringComparison.Ordinal); // itself
        Assert.Contains("given on this day already", (await mia.Post("/chart/fields", With(B12()))).Body,
            StringComparison.Ordinal);
        Assert.Contains("given today already", (await mia.Post("/chart/drugs", ("q", "b12"), ("patient", "1"))).Body,
            StringComparison.Ordinal);

        // orders: after the shot it is none, and of long ago it is asked about
        Assert.Contains("The order is dated after the shot", await Preview(
            ("Shots[0].OrderOn", Day.AddDays(1).Iso())), StringComparison.Ordinal);
        foreach (var standing in (string[])["true", "false"])
            Assert.Contains("more than a year ago", await Preview(("Shots[0].OrderOn", Day.AddYears(-2).Iso()),
                ("Shots[0].Standing", standing)), StringComparison.Ordinal);
        var (from, thru) = (Day.AddDays(-60), Day.AddDays(-30));
        await served.InStore(async db =>
        {
            db.StandingOrders.Add(new() { PatientId = 2, Drug = "ketorolac", By = "Dr. Sample", On = from, Thru = thru });
            return await db.SaveChangesAsync();
        });
        (string, string)[] ended = [("Patient", "2"), ("Shots[0].Drug", "ketorolac"),
            ("Shots[0].OrderOn", from.Iso()), ("Shots[0].Standing", "true")];
        Assert.Contains("The standing order ended on", await Preview(ended), StringComparison.Ordinal);
        Assert.DoesNotContain("standing order ended", await Preview([.. ended, ("Day", thru.Iso())]),
            StringComparison.Ordinal);

        // a lot that was recalled is known by its number too
        var lot = await served.InStore(static db => db.Lots.AsNoTracking().FirstAsync(static l =>
            l.Number == "XYZ2025"));
        Assert.DoesNotContain("was recalled", await Preview(("Shots[0].Lot", "xyz2025")), StringComparison.Ordinal);
        await served.InStore(db => Stock.Recall(db, lot.Id, DateTime.UtcNow, Day));
        Assert.Contains("Lot XYZ2025 of cyanocobalamin was recalled on", await Preview(("Shots[0].Lot", "xyz2025 ")),
            StringComparison.Ordinal);

        // a vaccine has its sheet
        (string, string)[] flu = [("Shots[0].Drug", "Fluarix"), ("Shots[0].Dose", "0.5 mL")];
        Assert.Contains("information sheet (VIS) is not charted", await Preview(flu), StringComparison.Ordinal);
        Assert.DoesNotContain("is not charted D-31", Browsing.Words(await Preview([.. flu,
            ("Shots[0].Sheet", "2025-01-31")])), StringComparison.Ordinal);
        Assert.Contains("id=\"Sheet-0\"", (await mia.Post("/chart/fields", With(B12(), flu))).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_shots_of_one_drug_have_a_field_for_the_time_that_is_asked_for()
    {
        var served = await shared.On(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        (string, string)[] two = [("Patient", "2"), ("Shots[1].Drug", "cyanocobalamin"), ("Shots[1].Dose", "500 mcg"),
            ("Shots[1].Route", "im"), ("Shots[1].Site", "right deltoid"), ("Shots[1].Diagnosis", "D51.0"),
            ("Shots[1].OrderBy", "Dr. Sample"), ("Shots[0].Split", "true"), ("Shots[1].Split", "true")];
        async Task<string> Preview(params (string, string)[] more) =>
            (await mia.Post("/chart/preview", With(B12(), [.. two, .. more]))).Body;
        Assert.Contains("data-go=\"Start-0\"", await Preview(), StringComparison.Ordinal);
        Assert.Contains("Shot 2: time given is missing", await Preview(("Shots[0].Start", "09:00")),
            StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("D-02", await Preview(("Shots[0].Start", "09:00"), ("Shots[1].Start", "09:05")),
            StringComparison.Ordinal);
        // the second shot is without its site, its route: that is what is marked, and of which shot
        var (_, site) = await mia.Post("/chart/preview", With(B12(), [.. two, ("Shots[1].Site", "")]));
        Assert.Contains("data-go=\"Site-1\"", site, StringComparison.Ordinal);
        Assert.DoesNotContain("Separate entry", site, StringComparison.Ordinal);
        var (_, fields) = await mia.Post("/chart/fields", With(B12(), two));
        Assert.Matches("id=\"times-0\" data-always=\"true\"", fields);
        Assert.Contains("Given at", fields, StringComparison.Ordinal);
        var (_, one) = await mia.Post("/chart/fields", With(B12()));
        Assert.Matches("id=\"times-0\" hidden", one);
    }

    [Fact]
    public async Task A_shot_that_the_patient_refused_is_charted_and_nothing_of_it_is_billed_or_drawn()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var form = With(B12(), ("Shots[0].Refused", "true"), ("Shots[0].Site", ""));
        var (_, preview) = await mia.Post("/chart/preview", form);
        Assert.Contains("Not given, the patient refused: cyanocobalamin", preview, StringComparison.Ordinal);
        var (status, _) = await mia.Post("/chart", form);
        Assert.Equal(HttpStatusCode.Redirect, status);
        var claim = await served.InStore(static db => db.Claims.AsNoTracking().SingleAsync());
        Assert.Equal((ClaimLife.Closed, 0), (claim.Life, claim.Charge));
        Assert.False(await served.InStore(static db => db.Shots.AnyAsync()));
        Assert.True((await served.InStore(db => ChartViews.Saved(db, claim.Id)))!.Shots[0].Refused);
    }
}
