using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Api;

/// <summary>Patients with their coverage, and the stock that shots are drawn from.</summary>
static class PatientApi
{
    /// <summary>Names in JSON, and those of the settings, which check them.</summary>
    static readonly (string Json, string Field)[]
        OfPatient = [("family", "Family"), ("given", "Given"), ("birthDate", "BirthDate"), ("sex", "Sex"),
            ("signedOn", "SignedOn")],
        OfAddress = [("line", "Line"), ("city", "City"), ("state", "State"), ("zip", "Zip")];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/patients", Show).ForPrograms("patients.read");
        api.MapGet("/patients/{id:long}", ShowOne).ForPrograms("patients.read");
        api.MapPost("/patients", Add).AddEndpointFilter(Once.Filter).ForPrograms("patients.write");
        api.MapGet("/stock", ShowStock).ForPrograms("stock.read");
    }

    static async Task<IResult> Show(HttpContext context, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        var page = Paging.Of(context);
        var rows = await db.Patients.AsNoTracking().Include(static p => p.Coverages).Where(p => p.Id > page.After)
            .OrderBy(static p => p.Id).Take(page.Most + 1).ToListAsync(stop);
        await Looks.Record(db, clock, "patients");
        return page.Answer("patients", rows, static p => p.Id, Write);
    }

    static async Task<IResult> ShowOne(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await db.Patients.AsNoTracking().Include(static p => p.Coverages).FirstOrDefaultAsync(p => p.Id == id, stop)
            is not { } patient)
            return ApiProblem.NotFound;
        await Looks.Record(db, clock, $"patient/{id}");
        return ApiAnswer.Json(json => Write(patient, json)).Tagged();
    }

    static void Write(Patient patient, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, patient.Id);
        json.WriteString("family"u8, patient.Family);
        json.WriteString("given"u8, patient.Given);
        json.Day("birthDate", patient.BirthDate);
        json.WriteString("sex"u8, patient.Sex);
        json.WriteStartObject("address"u8);
        json.WriteString("line"u8, patient.Address.Line);
        json.WriteString("city"u8, patient.Address.City);
        json.WriteString("state"u8, patient.Address.State);
        json.WriteString("zip"u8, patient.Address.Zip);
        json.WriteEndObject();
        json.Day("signedOn", patient.SignedOn);
        json.WriteStartArray("coverages"u8);
        foreach (var plan in patient.Coverages.OrderBy(static c => c.Rank).ThenBy(static c => c.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("payerId"u8, plan.PayerId);
            json.WriteString("memberId"u8, plan.MemberId);
            json.WriteNumber("rank"u8, plan.Rank);
            json.Day("from", plan.From);
            json.Day("thru", plan.Thru);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static async Task<IResult> Add(HttpContext context, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var once = Once.Of(context);
        var asked = ApiJson.Read(once.Body, "family", "given", "birthDate", "sex", "signedOn", "address", "coverages");
        var patient = (Patient)Settings.Patients.Make();
        var faults = new List<InputException>();
        Take(asked, "", OfPatient, patient, faults);
        Take(asked.Part("address", "line", "city", "state", "zip"), "/address", OfAddress, patient, faults);
        if (faults.Count > 0)
            throw new InputException(faults[0].At, faults[0].Message, faults[0].Try, [.. faults.Skip(1)]);
        Whole(patient, engine, clock, []);
        await Cover(asked, db, patient, stop);
        var payers = await db.Payers.AsNoTracking().ToListAsync(stop);
        foreach (var plan in patient.Coverages) Whole(plan, engine, clock, payers);
        return await once.Do(() => db.Change(async _ =>
        {
            await SettingSave.Record(db, patient, Settings.Patients, clock.Now(), "by a program");
            return patient;
        }, stop), static made => Task.FromResult<IResult>(ApiAnswer.Json(json => Write(made, json)).Tagged() with
        {
            Status = StatusCodes.Status201Created,
            Location = FormattableString.Invariant($"/api/v1/patients/{made.Id}"),
        }));
    }

    /// <summary>What the settings ask of a row as a whole.</summary>
    static void Whole(Row row, Engine engine, TimeProvider clock, List<Payer> payers)
    {
        try
        {
            RowCheck.Of(row, engine.Book, clock.Today(), payers);
        }
        catch (InputException e)
        {
            throw new InputException(row is Coverage ? "/coverages" : "/birthDate", e.Message.TrimEnd('.'),
                e.Try ?? "mend it, and send it again");
        }
    }

    /// <summary>Takes texts as the form of the settings does, with all that is wrong.</summary>
    static void Take(ApiJson? asked, string at, (string Json, string Field)[] names, Patient patient,
        List<InputException> faults)
    {
        foreach (var (name, field) in names)
            if (Settings.Patients.Fields.First(f => f.Name == field).Set(patient, asked?.Text(name) ?? "") is { } fault)
                faults.Add(new($"{at}/{name}", fault.TrimEnd('.'), "mend it, and send it again"));
    }

    static async Task Cover(ApiJson asked, PracticeDb db, Patient patient, CancellationToken stop)
    {
        foreach (var (plan, i) in asked.Parts("coverages", "payerId", "memberId", "rank", "from", "thru")
            .Select(static (p, i) => (p, i)))
        {
            var payer = plan.Number("payerId") ?? 0;
            if (!await db.Payers.AnyAsync(p => p.Id == payer, stop))
                throw new InputException($"/coverages/{i}/payerId", "the practice has no such payer",
                    "take a payer of the settings");
            if (plan.Text("memberId") is not { Length: > 0 and <= 80 } member)
                throw new InputException($"/coverages/{i}/memberId", "the member's number is missing",
                    "copy it from the card");
            if (plan.Number("rank") is { } rank and (< 1 or > 3))
                throw new InputException($"/coverages/{i}/rank", "this is no rank of a plan", "write 1, 2 or 3");
            patient.Coverages.Add(new()
            {
                PayerId = payer, MemberId = member, Rank = (int)(plan.Number("rank") ?? i + 1),
                From = plan.Day("from"), Thru = plan.Day("thru"),
            });
        }
    }

    static async Task<IResult> ShowStock(HttpContext context, PracticeDb db, CancellationToken stop)
    {
        var page = Paging.Of(context);
        var rows = await db.Lots.AsNoTracking().Where(l => l.Id > page.After).OrderBy(static l => l.Id)
            .Take(page.Most + 1).Select(l => new
            {
                Lot = l, Left = db.Movements.Where(m => m.LotId == l.Id).Sum(static m => m.Quantity),
            }).ToListAsync(stop);
        return page.Answer("lots", rows, static r => r.Lot.Id, static (row, json) =>
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, row.Lot.Id);
            json.WriteString("drug"u8, row.Lot.Drug);
            json.WriteString("ndc"u8, row.Lot.Ndc);
            json.WriteString("lot"u8, row.Lot.Number);
            json.Day("expires", row.Lot.Expires);
            json.WriteString("container"u8, row.Lot.Container);
            json.WriteString("unit"u8, row.Lot.Unit);
            Thousandths(json, "holds", row.Lot.Holds);
            Thousandths(json, "onHand", row.Left);
            json.Word("source", row.Lot.Source);
            json.Day("recalledOn", row.Lot.RecalledOn);
            json.WriteEndObject();
        });
    }

    static void Thousandths(Utf8JsonWriter json, string name, long amount)
    {
        json.WritePropertyName(name);
        json.WriteRawValue((amount / 1000m).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
            skipInputValidation: true);
    }
}
