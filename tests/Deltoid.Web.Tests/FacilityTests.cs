using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>A facility's claim has the fields of the UB-04, and leaves as 837I.</summary>
public sealed class FacilityTests
{
    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A B12 shot in a hospital's outpatient department, as another program sent it. One code is wrong.
    /// </summary>
    internal static byte[] File()
    {
        const string Text = "ST*837*0001*005010X223A2~BHT*0019*00*1*20260305*0930*CH~NM1*41*2*OAK HOSPITAL*****46*OAK~"
            + "PER*IC*BILLING*TE*3125550100~NM1*40*2*PAYER*****46*PAYER~HL*1**20*1~"
            + "NM1*85*2*OAK HOSPITAL*****XX*1234567893~N3*210 OAK STREET~N4*SPRINGFIELD*IL*627041234~REF*EI*123456789~"
            + "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*FIELD*ALAN****MI*M000001~N3*1 FIRST ST~N4*PEORIA*IL*61602~"
            + "DMG*D8*19500131*M~NM1*PR*2*PAYER*****PI*PAYER~CLM*H1*50.5***13:A:1**A*Y*Y~DTP*096*TM*1400~"
            + "DTP*434*RD8*20260301-20260302~DTP*435*DT*202603020800~CL1*3*1*01~HI*ABK:D510~HI*APR:R530~"
            + "HI*BH:11:D8:20260228~HI*BE:80:::5~HI*BG:09~NM1*71*1*REED*ANNA****XX*1234567893~"
            + "LX*1~SV2*0636*HC:96372*38*UN*1~DTP*472*D8*20260302~REF*6R*H1-1~"
            + "LX*2~SV2*0636*HC:J3420:JZ*12.5*UN*1~DTP*472*D8*20260302~REF*6R*H1-2~LIN**N4*00517003125~CTP****1*ML~";
        return Encoding.ASCII.GetBytes("ISA*00*          *00*          *ZZ*OAK            *ZZ*PAYER          "
            + "*260305*0930*^*00501*000000001*0*P*:~GS*HC*OAK*PAYER*20260305*0930*1*X*005010X223A2~" + Text
            + $"SE*{Text.Count(static c => c == '~') + 1}*0001~GE*1*1~IEA*1*000000001~");
    }

    static Claim Read()
    {
        var source = new Batch.ClaimSource(new MemoryStream(File()));
        return Documents.Claim(Documents.Of(source.Read(new())!));
    }

    static Dictionary<string, string> Fields => new()
    {
        ["bill"] = "13", ["frequency"] = "1", ["statementFrom"] = "03/01/2026", ["statementThru"] = "03/02/2026",
        ["admissionDate"] = "03/02/2026", ["admissionHour"] = "0800", ["admissionType"] = "3",
        ["admissionSource"] = "1", ["dischargeHour"] = "1400", ["patientStatus"] = "01", ["conditions"] = "09",
        ["occurrences"] = "11 02/28/2026", ["spans"] = "", ["values"] = "80 5", ["charge"] = "50.50",
        ["admittingDiagnosis"] = "", ["visitReasons"] = "R53.0", ["attendingNpi"] = "1234567893",
        ["attendingLast"] = "REED", ["attendingFirst"] = "ANNA", ["dx.1"] = "D51.0", ["line.1.revenue"] = "0636",
        ["line.1.code"] = "96372", ["line.2.ndc"] = "00517003125",
    };

    static readonly (string Name, string Text)[] Mended =
    [
        ("frequency", "7"), ("reference", "ICN1"), ("line.1.revenue", "0510"), ("conditions", "09 D1"),
        ("occurrences", "11 02/27/2026, 05 02/28/2026"), ("spans", "74 03/01/2026-03/02/2026"),
        ("values", "80 5.5, A1 12"), ("statementThru", "03/03/2026"), ("dischargeHour", "1500"),
        ("admissionHour", ""), ("patientStatus", "02"), ("attendingFirst", "ANNE"), ("admittingDiagnosis", "D51.0"),
    ];

    [Fact]
    public void Every_field_is_read_from_the_837I_and_written_back()
    {
        var of = ClaimForm.Of(Read());
        Assert.All(Fields, field => Assert.Equal(field, KeyValuePair.Create(field.Key, of[field.Key])));
        Assert.DoesNotContain("line.1.place", of.Keys); // the other form's
        var claim = Read();
        ClaimForm.Write(claim, Mended.ToDictionary(static m => m.Name, static m => m.Text));
        var changed = ClaimForm.Diff(Read(), Documents.Claim(Documents.Of(claim)));
        Assert.Equal(Mended.Select(static m => m.Name).Order(), changed.Select(static c => c.Name).Order());
        Assert.All(Mended, m => Assert.Equal(m.Text, changed.Single(c => c.Name == m.Name).After));
        // as on paper: the type of bill with its frequency
        ClaimForm.Write(claim, new Dictionary<string, string> { ["bill"] = "0138" });
        Assert.Equal(("13", '8'), (claim.Text(ClaimText.TypeOfBill), claim.Frequency));
    }

    [Theory]
    [InlineData("bill", "1"), InlineData("statementFrom", "13/45"), InlineData("statementThru", "02/01/2026")]
    [InlineData("admissionHour", "25"), InlineData("patientStatus", "1"), InlineData("conditions", "ABC")]
    [InlineData("occurrences", "11"), InlineData("spans", "74 03/01/2026"), InlineData("values", "80 much")]
    [InlineData("attendingNpi", "1234567890"), InlineData("line.1.revenue", "06"), InlineData("visitReasons", "?")]
    public void A_text_that_does_not_read_names_its_field_and_says_how_to_write_it(string field, string text)
    {
        var refused = Assert.Throws<InputException>(() =>
            ClaimForm.Write(Read(), new Dictionary<string, string> { [field] = text }));
        Assert.Equal(field, refused.At);
        Assert.NotEmpty(refused.Try!);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_file_of_another_program_is_opened_mended_and_sent_as_837I(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = ChartedClaims.EngineOf(served);
        var came = await served.InStore(async db =>
        {
            var job = await Jobs.Ask(db, new() { Key = Guid.NewGuid(), Kind = JobKind.Import, Name = "old.837",
                At = Now }, File(), Stop);
            await Jobs.Do(db, ChartedClaims.BooksOf(served), job.Id, TimeProvider.System, Stop);
            db.ChangeTracker.Clear();
            return (await db.Jobs.SingleAsync(j => j.Id == job.Id, Stop)).FileId!.Value;
        });
        var stored = await served.InStore(db => db.Claims.AsNoTracking()
            .SingleAsync(static c => c.Number == "H1", Stop));
        Assert.Equal("line.1.revenue", Assert.Single(new Proposals(engine, null).Of(Documents.Claim(stored.Document)),
            static p => p.Name == "revenue-code").Field);
        Assert.Equal(("old.837", stored.Document), await SentOf());
        using var bea = await Browsing.As(served.Url, "bea");
        var (_, inside) = await bea.Get($"/files/{came}/inside");
        Assert.Contains($"<a href=\"/claims/{stored.Id}\">H1</a>", inside, StringComparison.Ordinal);
        var (_, page) = await bea.Get($"/claims/{stored.Id}");
        foreach (var text in new[] { "UB-04", "FL 42", "id=\"conditions\"", "value=\"11 02/28/2026\"" })
            Assert.Contains(text, page, StringComparison.Ordinal);
        var (_, beside) = await bea.Get($"/claims/{stored.Id}/x12/beside");
        foreach (var field in new[] { "bill", "conditions", "values", "patientStatus", "attendingNpi",
            "line.1.revenue" })
            Assert.Contains($"data-of=\"{field}\"", beside, StringComparison.Ordinal);

        var edited = await served.InStore(db => Editing.Save(db, engine, stored.Id, stored.Version,
            Mended.ToDictionary(static m => m.Name, static m => m.Text), Now, "sent in error", stop: Stop));
        Assert.True(edited.IsSaved);
        Assert.True(edited.Claim.Life == ClaimLife.Ready, edited.Claim.Why);
        Assert.Equal(("old.837", stored.Document), await SentOf()); // whatever words a person has for a change
        var file = await served.InStore(db => Sending.Send(db, [stored.Id], Now, Stop));
        Assert.Equal((file.Name, edited.Claim.Document), await SentOf());
        var x12 = Encoding.ASCII.GetString(file.Content);
        foreach (var segment in new[]
            {
                "ST*837*0001*005010X223A2~", "CLM*H1*50.5***13:A:7**A*Y*Y~", "DTP*096*TM*1500~",
                "DTP*434*RD8*20260301-20260303~", "DTP*435*D8*20260302~", "CL1*3*1*02~", "REF*F8*ICN1~",
                "HI*ABJ:D510~", "HI*APR:R530~", "HI*BI:74:RD8:20260301-20260302~",
                "HI*BH:11:D8:20260227*BH:05:D8:20260228~", "HI*BE:80:::5.5*BE:A1:::12~", "HI*BG:09*BG:D1~",
                "NM1*71*1*REED*ANNE****XX*1234567893~", "SV2*0510*HC:96372*38*UN*1~",
            })
            Assert.Contains(segment, x12, StringComparison.Ordinal);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));

        Task<(string, string)?> SentOf() => served.InStore(db => ClaimStory.SentOf(db, stored.Id, Stop));
    }

    [Fact]
    public async Task A_shot_charted_where_the_facility_bills_becomes_a_facilitys_claim()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = ChartedClaims.EngineOf(served);
        var stored = await served.InStore(async db =>
        {
            var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                .OrderBy(static p => p.Id).FirstAsync(Stop);
            var hospital = new Location { Name = "Hospital", PlaceOfService = "22", Setting = "facility" };
            var chart = new ShotChart(await db.Practices.SingleAsync(static p => p.Id == 1, Stop), hospital, patient,
                patient.Coverages[0], await db.Providers.FirstAsync(Stop), await db.Fees.ToListAsync(Stop), true,
                SamplePeople.Visit(new(1), patient, new(2026, 3, 2)), [null], [null]);
            foreach (var (setting, bill) in new[] { ("professional", ""), ("facility", "13") })
            {
                hospital.Setting = setting;
                var claim = engine.Code(Documents.Visit(chart.Document("C1"))).Claim;
                Assert.Equal(bill, claim.Text(ClaimText.TypeOfBill));
                Assert.Equal(setting == "facility", claim.Has(Party.Attending));
            }
            var id = (await Visits.Chart(db, engine, patient, await db.Locations.FirstAsync(Stop),
                patient.Coverages[0].Payer, chart.Document, Now, Stop)).Id;
            db.ChangeTracker.Clear();
            return id;
        });
        await TheStayIsAskedFor(served, engine, stored);
    }

    /// <summary>What the chart does not say of the stay holds the claim until a person writes it, and then leaves.
    /// </summary>
    static async Task TheStayIsAskedFor(ServedPractice served, Engine engine, long id)
    {
        var claim = await served.InStore(db => db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop));
        Assert.Equal(ClaimLife.Held, claim.Life);
        Assert.Equal([("admissionType", "14"), ("admissionSource", "15"), ("patientStatus", "17")],
            new Proposals(engine, null).Of(Documents.Claim(claim.Document))
                .Where(static p => p.Field.StartsWith("admission", StringComparison.Ordinal)
                    || p.Field == "patientStatus")
                .Select(static p => (p.Field, FormFields.OfClaim.Single(f => f.Name == p.Field).Locator)));
        var said = new Dictionary<string, string>
        {
            ["admissionType"] = "3", ["admissionSource"] = "1", ["patientStatus"] = "01",
        };
        var edited = await served.InStore(db => Editing.Save(db, engine, id, claim.Version, said, Now, stop: Stop));
        Assert.DoesNotContain(engine.Scrub(Documents.Claim(edited.Claim.Document), null).Span.ToArray(),
            static f => f.Info.Rules == "INJ-132");
        var practice = await served.InStore(db => db.Practices.SingleAsync(static p => p.Id == 1, Stop));
        edited.Claim.Payer = await served.InStore(db => db.Payers.SingleAsync(p => p.Id == edited.Claim.PayerId, Stop));
        Assert.Contains("CL1*3*1*01~", Encoding.ASCII.GetString(Sending.Preview(practice, edited.Claim, Now)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Medicare_takes_corrections_of_a_facility_and_none_of_a_practitioner()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var medicare = await served.InStore(db => db.Payers.FirstAsync(static p => p.Kind == "medicare", Stop));
        Assert.True(Editing.TakesCorrected(medicare, Read()));
        Assert.False(Editing.TakesCorrected(medicare, new Claim { Setting = Setting.Professional }));
        // names of fields as people read them
        Assert.Equal(["Condition codes (FL 18)", "Line 1, revenue code (FL 42)", "Diagnosis 67A (FL 67)"],
            new[] { "conditions", "line.1.revenue", "dx.2" }
                .Select(static n => FieldWords.LabelOf(n, Setting.Facility)));
    }
}
