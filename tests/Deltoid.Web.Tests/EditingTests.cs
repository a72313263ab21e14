using System.Text.Json.Nodes;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Tests.ChartedClaims;

namespace Deltoid.Web.Tests;

/// <summary>A claim is changed by people: versions, money, what a person has to attest, two people at once.</summary>
public sealed class EditingTests
{
    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Task<Edited> Save(ServedPractice served, long id, int version,
        params (string Field, string Text)[] fields) =>
        served.InStore(db => Editing.Save(db, EngineOf(served), id, version,
            fields.ToDictionary(static f => f.Field, static f => f.Text), Now, stop: Stop));

    static Task<int> Attest(ServedPractice served, long id, string what, bool isInRecord = true) =>
        served.InStore(async db =>
        {
            await Attestations.Attest(db, id, what, isInRecord, "note of 03/09, page 1", Now, Stop);
            return 0;
        });

    static Task<Dictionary<string, string>> Fields(ServedPractice served, long id) => served.InStore(async db =>
        ClaimForm.Of(Documents.Claim((await db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop)).Document)));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_change_is_a_new_version_with_its_fields(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served, "b12-shot-billing", "commercial");
        var edited = await Save(served, claim.Id, 1, ("line.2.units", "2"), ("authorization", "A-1"),
            ("line.1.place", "11"));
        Assert.Equal(["authorization: → A-1", "line.2.units: 1 → 2"],
            edited.Changes.Select(static c => $"{c.Name}: {(c.Before.Length > 0 ? c.Before + " " : "")}→ {c.After}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(2, edited.Claim.Version);
        var versions = await served.InStore(db => db.ClaimVersions.OrderBy(static v => v.Version).ToListAsync(Stop));
        Assert.Equal(edited.Changes, ClaimForm.Diff(Documents.Claim(versions[0].Document),
            Documents.Claim(versions[1].Document)));
        // what is the same is no version
        Assert.Equal(2, (await Save(served, claim.Id, 2, ("line.2.units", "2"))).Claim.Version);
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Two_people_on_different_fields_are_merged_and_on_the_same_field_asked(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served, "b12-shot-billing");
        Assert.True((await Save(served, claim.Id, 1, ("authorization", "A-1"), ("line.2.charge", "12.50"))).IsSaved);
        var merged = await Save(served, claim.Id, 1, ("line.2.charge", "13.00"), ("authorization", ""));
        Assert.True(merged.IsSaved);
        Assert.Equal("authorization", Assert.Single(merged.Theirs).Name);
        var now = await Fields(served, claim.Id);
        Assert.Equal(("A-1", "13.00", "51.00"), (now["authorization"], now["line.2.charge"], now["charge"]));

        var clash = await Save(served, claim.Id, 2, ("line.2.charge", "14.00"), ("authorization", "B-2"));
        Assert.Equal(new Clash("line.2.charge", "14.00", "13.00", "12.50"), Assert.Single(clash.Clashes));
        Assert.Equal(3, await served.InStore(db => db.Claims.Select(static c => c.Version).SingleAsync(Stop)));
        Assert.Equal("A-1", (await Fields(served, claim.Id))["authorization"]); // nothing of it was saved
        Assert.True((await Save(served, claim.Id, 3, ("line.2.charge", "14.00"), ("authorization", "B-2"))).IsSaved);
    }

    /// <summary>What coding found open in the chart holds the claim, whatever is changed in the claim.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_change_of_the_claim_does_not_lift_a_hold_of_its_chart(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await served.InStore(async db =>
        {
            var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                .OrderBy(static p => p.Id).FirstAsync(Stop);
            return await Visits.Chart(db, EngineOf(served), patient, await db.Locations.FirstAsync(Stop),
                await db.Payers.FirstAsync(static p => p.Kind == "medicare", Stop), static number =>
                {
                    var visit = JsonNode.Parse(Document("b12-shot-billing", number, "medicare"))!;
                    visit["administrations"]![0]!.AsObject().Remove("route");
                    return visit.ToJsonString();
                }, Now, Stop);
        });
        Assert.Equal(ClaimLife.Held, claim.Life);
        Assert.Contains("route", claim.Why, StringComparison.Ordinal);
        var edited = await Save(served, claim.Id, 1, ("authorization", "A-1"));
        Assert.True(edited.IsSaved);
        Assert.Equal((ClaimLife.Held, claim.Cause, claim.Why),
            (edited.Claim.Life, edited.Claim.Cause, edited.Claim.Why));
    }

    /// <summary>Who pays for himself owes the charge: no claim is sent, and a changed charge is what is owed.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_the_patient_pays_is_owed_by_the_patient_and_leaves_no_claim(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served, "b12-shot-billing", "self-pay");
        Task<(long, long)> Owed() => served.InStore(db => Ledger.Owed(db, claim.Id, Stop));
        Assert.Equal((ClaimLife.Closed, (0L, claim.Charge)), (claim.Life, await Owed()));
        var edited = await Save(served, claim.Id, 1, ("line.1.charge", "40.00"));
        Assert.Equal((ClaimLife.Closed, (0L, edited.Claim.Charge)), (edited.Claim.Life, await Owed()));
        Assert.NotEqual(claim.Charge, edited.Claim.Charge);
        foreach (var (kind, owed) in new[] { (PayerKind.Medicare, (edited.Claim.Charge, 0L)),
            (PayerKind.SelfPay, (0L, edited.Claim.Charge)) }) // who pays was put right, and wrong again
        {
            await served.InStore(db => db.Change(async _ =>
            {
                var stored = await db.Claims.SingleAsync(Stop);
                var paid = Documents.Claim(stored.Document);
                paid.PayerKind = kind;
                await Ledger.Recharge(db, stored, paid, Now, Stop);
                return 0;
            }, Stop));
            Assert.Equal(owed, await Owed());
        }
    }

    [Fact]
    public async Task A_day_that_has_not_come_is_not_charted_and_not_billed()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Chart(served, "b12-shot-billing");
        var refused = await Assert.ThrowsAsync<InputException>(() => Save(served, claim.Id, 1,
            ("line.1.date", "03/22/2026")));
        Assert.Equal(("line.1.date", "the service day has not come yet"), (refused.At, refused.Message));
        refused = await Assert.ThrowsAsync<InputException>(() => served.InStore(async db => await Visits.Chart(db,
            EngineOf(served), await db.Patients.FirstAsync(Stop), await db.Locations.FirstAsync(Stop),
            await db.Payers.FirstAsync(Stop), static number => Document("b12-shot-billing", number, "medicare"),
            Now.AddYears(-1), Stop)));
        Assert.Equal("/serviceDate", refused.At);
    }

    /// <summary>What was typed over an earlier version comes back without hiding what has changed since.</summary>
    [Fact]
    public async Task A_draft_over_a_void_shows_the_void()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Chart(served, "b12-shot-billing", "commercial");
        await served.InStore(async db =>
        {
            db.PersonId = await db.Users.Select(static u => u.Id).FirstAsync(Stop);
            var fields = ClaimForm.Of(Documents.Claim(claim.Document));
            fields["line.1.charge"] = "40.00";
            await ClaimDrafts.Keep(db, claim.Id, 1, fields, Now);
            return 0;
        });
        Assert.True((await Save(served, claim.Id, 1, ("authorization", "A-1"))).IsSaved);
        var view = await served.InStore(async db =>
        {
            db.PersonId = await db.Users.Select(static u => u.Id).FirstAsync(Stop);
            System.Security.Claims.ClaimsIdentity biller = new([new("role-of-person", nameof(Role.Biller))], "test");
            return await ClaimDrafts.Restored(db, (await ClaimView.Load(db, EngineOf(served), claim.Id, "",
                new(biller)))!);
        });
        Assert.Equal(("40.00", "A-1", 1), (view.Typed!["line.1.charge"], view.Typed["authorization"], view.Version));
    }

    /// <summary>A form that came back with what a colleague wrote keeps only what its person typed.</summary>
    [Fact]
    public async Task What_a_colleague_wrote_is_no_draft_of_the_person_who_sees_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Chart(served, "b12-shot-billing", "commercial");
        System.Security.Claims.ClaimsIdentity biller = new([new("role-of-person", nameof(Role.Biller))], "test");
        Task<ClaimView> Open() => served.InStore(async db =>
        {
            db.PersonId = await db.Users.Select(static u => u.Id).FirstAsync(Stop);
            return await ClaimDrafts.Restored(db, (await ClaimView.Load(db, EngineOf(served), claim.Id, "",
                new(biller)))!);
        });
        Task Keep(Dictionary<string, string> fields) => served.InStore(async db =>
        {
            db.PersonId = await db.Users.Select(static u => u.Id).FirstAsync(Stop);
            return await ClaimDrafts.Keep(db, claim.Id, 1, fields, Now);
        });
        await Keep(new(ClaimForm.Of(Documents.Claim(claim.Document))) { ["line.1.charge"] = "40.00" });
        Assert.True((await Save(served, claim.Id, 1, ("authorization", "A-1"))).IsSaved);
        await Keep(new((await Open()).Typed!)); // the form as it is shown, two seconds later
        Assert.True((await Save(served, claim.Id, 2, ("authorization", "A-2"))).IsSaved);
        var typed = (await Open()).Typed!;
        Assert.Equal(("40.00", "A-2"), (typed["line.1.charge"], typed["authorization"]));
    }

    [Theory, InlineData("45.50", 45.5), InlineData("$1,250", 1250), InlineData("4,550.00", 4550),
        InlineData(".5", 0.5)]
    public void A_number_is_read_as_people_type_it(string text, double number) =>
        Assert.True(TypedNumber.TryRead(text, out var read) && read == (decimal)number);

    [Theory, InlineData("45,50"), InlineData("4,5500"), InlineData(",500"), InlineData("1.2.3"), InlineData("x"),
        InlineData("-5"), InlineData("")]
    public void A_number_that_may_mean_two_things_is_none(string text) =>
        Assert.False(TypedNumber.TryRead(text, out _));

    [Fact]
    public async Task A_line_that_one_takes_off_and_another_changes_is_a_clash()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Chart(served, "b12-shot-billing");
        await Attest(served, claim.Id, "J3420 on line 2 was not given");
        Assert.True((await Save(served, claim.Id, 1, ("line.2.units", "2"))).IsSaved);
        var clash = await Save(served, claim.Id, 1, ("line.2.removed", "yes"));
        Assert.Equal("line.2.units", Assert.Single(clash.Clashes).Name);
        Assert.True((await Save(served, claim.Id, 2, ("line.2.removed", "yes"))).IsSaved);
        Assert.NotEmpty((await Save(served, claim.Id, 2, ("line.2.units", "3"))).Clashes);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Fifty_writers_of_one_claim_leave_versions_without_gaps(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served, "b12-shot-billing");
        var saved = 0;
        await Task.WhenAll(Enumerable.Range(1, 50).Select(writer => Task.Run(async () =>
        {
            for (var version = 1; ;)
            {
                var edited = await Save(served, claim.Id, version, ("authorization", $"W-{writer}"));
                if (edited.IsSaved) break;
                version = edited.Claim.Version; // reads what the colleague has left, and decides for its own
            }
            Interlocked.Increment(ref saved);
        }, Stop)));
        Assert.Equal(50, saved);
        var versions = await served.InStore(db => db.ClaimVersions.Where(v => v.ClaimId == claim.Id)
            .OrderBy(static v => v.Version).ToListAsync(Stop));
        Assert.Equal(Enumerable.Range(1, 51), versions.Select(static v => v.Version));
        // nobody's text was lost: each is in one version
        Assert.Equal(50, versions.Select(static v => Documents.Claim(v.Document).Text(ClaimText.PriorAuthorization))
            .Where(static text => text.Length > 0).Distinct().Count());
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_changed_charge_is_taken_back_whole_and_charged_anew(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served, "b12-shot-billing", "commercial");
        await Save(served, claim.Id, 1, ("line.2.charge", "20.00"));
        var postings = await served.InStore(db => db.Postings.Where(static p => p.Line == 2
            && p.Account == Account.Receivable).OrderBy(static p => p.Id).ToListAsync(Stop));
        Assert.Equal([("charge", 1250L), ("charge-reversal", -1250L), ("charge", 2000L)],
            postings.Select(static p => (p.Kind, p.Cents)));
        Assert.Equal(new DateOnly(2026, 3, 20), postings[2].Day); // of today, not of a month that is closed
        Assert.Equal((5800L, 0L), await served.InStore(db => Ledger.Owed(db, claim.Id, Stop)));
        Assert.Equal(5800, await served.InStore(db => db.Claims.Select(static c => c.Charge).SingleAsync(Stop)));

        await Attest(served, claim.Id, "J3420 on line 2 was not given");
        await Save(served, claim.Id, 2, ("line.2.removed", "yes"));
        Assert.Equal((3800L, 0L), await served.InStore(db => Ledger.Owed(db, claim.Id, Stop)));
        var back = await served.InStore(db => Editing.Restore(db, EngineOf(served), claim.Id, 1, Now, Stop));
        Assert.True(back.IsSaved);
        Assert.Equal((5050L, 0L), await served.InStore(db => Ledger.Owed(db, claim.Id, Stop)));
        Assert.Equal(0, await served.InStore(db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }

    [Fact]
    public async Task What_only_the_record_can_say_waits_for_a_person()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        foreach (var (field, text, what) in new[]
            {
                ("line.1.modifiers", "25", "99202-25 on line 1"), ("line.2.modifiers", "59", "96372-59 on line 2"),
                ("line.2.modifiers", "XS", "96372-XS on line 2"), ("dx.2", "D51.0", "diagnosis D51.0"),
                ("line.2.removed", "yes", "96372 on line 2 was not given"),
            })
            await Waits(served, field, text, what);
    }

    static async Task Waits(ServedPractice served, string field, string text, string what)
    {
        var id = (await Toradol(served)).Id;
        var refused = await Save(served, id, 2, (field, text));
        Assert.Equal([what], refused.Unattested);
        Assert.Equal(2, refused.Claim.Version);
        await Attest(served, id, what, isInRecord: false);
        Assert.False((await Save(served, id, 2, (field, text))).IsSaved);
        await Attest(served, id, "something else");
        Assert.False((await Save(served, id, 2, (field, text))).IsSaved);
        Assert.Equal("", (await Assert.ThrowsAsync<InputException>(() => served.InStore(async db =>
        {
            await Attestations.Attest(db, id, what, isInRecord: true, " ", Now, Stop);
            return 0;
        }))).At);
        await Attest(served, id, what);
        Assert.True((await Save(served, id, 2, (field, text))).IsSaved);
        var acts = await served.InStore(db => db.Events.Where(e => e.Subject == $"claim/{id}")
            .OrderBy(static e => e.Number).Select(static e => e.Act).ToListAsync(Stop));
        Assert.Equal(["create", "change", "attest", "attest", "attest", "change"], acts);
    }

    [Fact]
    public async Task Another_claims_attestation_does_not_count()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (one, other) = (await Toradol(served), await Toradol(served));
        await Attest(served, one.Id, "99202-25 on line 1");
        Assert.False((await Save(served, other.Id, 2, ("line.1.modifiers", "25"))).IsSaved);
        // nor does one for another line
        Assert.False((await Save(served, one.Id, 2, ("line.2.modifiers", "25"))).IsSaved);
    }

    [Fact]
    public async Task Corrected_and_void_claims_need_the_payers_number_and_a_payer_that_takes_them()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var medicare = await Chart(served, "b12-shot-billing");
        var plan = await Chart(served, "b12-shot-billing", "commercial");
        foreach (var frequency in new[] { "7", "8" })
        {
            await Assert.ThrowsAsync<InputException>(() => Save(served, medicare.Id, 1, ("frequency", frequency),
                ("reference", "P1")));
            Assert.Equal("reference", (await Assert.ThrowsAsync<InputException>(
                () => Save(served, plan.Id, 1, ("frequency", frequency)))).At);
        }
        await served.InStore(db => Sending.Send(db, [plan.Id], Now, Stop));
        Assert.Equal("frequency", (await Assert.ThrowsAsync<InputException>(
            () => Save(served, plan.Id, 2, ("line.2.charge", "20.00")))).At); // the payer has it as it is
        var corrected = await Save(served, plan.Id, 2, ("line.2.charge", "20.00"), ("frequency", "7"),
            ("reference", "CM26069A0001"));
        Assert.True(corrected.IsSaved);
        Assert.Equal(ClaimLife.Ready, corrected.Claim.Life);
        var voided = await Save(served, plan.Id, 3, ("frequency", "8"));
        Assert.True(voided.IsSaved);
        await served.InStore(db => Sending.Send(db, [plan.Id], Now, Stop));
        Assert.Equal((0L, 0L), await served.InStore(db => Ledger.Owed(db, plan.Id, Stop)));
    }

    [Fact]
    public async Task A_text_that_does_not_read_is_refused_with_its_field_and_never_repeated()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Chart(served, "b12-shot-billing");
        foreach (var (field, text) in new[]
            {
                ("line.1.units", "two"), ("line.1.charge", "-1.00"), ("line.1.charge", "12.345"),
                ("line.1.date", "13/45/2026"), ("line.1.pointers", "Z"), ("line.1.modifiers", "25 59 XS XU XE"),
                ("line.1.code", "<script>alert(1)</script>"), ("dx.1", "'; DROP TABLE"), ("frequency", ""),
                ("line.2.ndcUnit", "3"),
            })
        {
            var refused = await Assert.ThrowsAsync<InputException>(() => Save(served, claim.Id, 1, (field, text)));
            Assert.Equal(field, refused.At);
            if (text.Length > 1) Assert.DoesNotContain(text, refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1, await served.InStore(db => db.Claims.Select(static c => c.Version).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_form_that_comes_back_as_it_was_changes_nothing()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        foreach (var example in new[] { "b12-shot-billing", "ketorolac-new-patient", "steroid-and-b12" })
        {
            var claim = await Chart(served, example);
            var same = Documents.Claim(claim.Document);
            ClaimForm.Write(same, ClaimForm.Of(same));
            Assert.Equal(claim.Document, Documents.Of(same));
            var fields = (await Fields(served, claim.Id)).Select(static f => (f.Key, f.Value)).ToArray();
            Assert.Equal(1, (await Save(served, claim.Id, 1, fields)).Claim.Version);
        }
    }

    [Fact]
    public async Task A_diagnosis_that_goes_takes_its_pointers_with_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Chart(served, "steroid-and-b12");
        Assert.True((await Save(served, claim.Id, 1, ("dx.1", ""))).IsSaved);
        var now = await Fields(served, claim.Id);
        Assert.Equal(("D51.0", "", "A"), (now["dx.1"], now["line.1.pointers"], now["line.4.pointers"]));
        Assert.False(now.ContainsKey("dx.2"));
    }

    [Fact]
    public async Task Each_finding_brings_its_change_and_says_who_may_make_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Toradol(served);
        var visit = await served.InStore(db => db.Visits.Select(static v => v.Document).SingleAsync(Stop));
        var problems = new Proposals(EngineOf(served), visit).Of(Documents.Claim(claim.Document));
        var units = Assert.Single(problems, static p => p.Field == "line.3.units");
        Assert.Equal((FixSafety.Clerical, new FieldChange("line.3.units", "1", "2")),
            (units.Safety, Assert.Single(units.Changes)));
        var visitModifier = Assert.Single(problems, static p => p.Name == "pair-without-visit-modifier");
        Assert.Equal(FixSafety.NeedsChart, visitModifier.Safety);
        Assert.Equal(["99202-25 on line 1"], visitModifier.Asserts);
        Assert.NotEmpty(visitModifier.Chart);
        // without the chart there is nothing to show, and nothing is made up
        var alone = new Proposals(EngineOf(served), null).Of(Documents.Claim(claim.Document));
        Assert.Empty(Assert.Single(alone, static p => p.Name == "pair-without-visit-modifier").Chart);
    }
}
