using Deltoid.Print;
using Deltoid.Results.Letters;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What is the patient's of a claim, as its page and the page of its answer show it.</summary>
public sealed record PatientShareView(long ClaimId, long Owed, bool IsDecided, List<PatientStatement> Statements,
    List<PostedPayment> Payments, AskedWriteOff? Asked, string AskedBy, DateOnly Service)
{
    /// <summary>Why the patient must not be billed; null where they may.</summary>
    public string? Bars { get; init; }

    /// <summary>There is something to show, or to do.</summary>
    public bool IsShown => Owed != 0 || Statements.Count > 0 || Payments.Count > 0
        || Asked is { Act: PatientMoney.GivenUp };

    public static async Task<PatientShareView> Of(PracticeDb db, StoredClaim claim, long owed)
    {
        var asked = await FourEyes.Asked(db, claim.Id);
        var by = asked?.PersonId is { } id ? await db.Users.Where(u => u.Id == id && u.PracticeId == db.PracticeId)
            .Select(static u => u.Name).FirstOrDefaultAsync() : null;
        return new(claim.Id, owed, claim.Life is ClaimLife.Answered or ClaimLife.Closed,
            await PatientMoney.Statements(db, claim.Id), await PatientMoney.Payments(db, claim.Id), asked, by ?? "",
            claim.ServiceDate) { Bars = owed > 0 ? await PatientMoney.Bars(db, claim) : null };
    }
}

/// <summary>The patient's share: billed, paid, given up.</summary>
static class PatientMoneyRoutes
{
    public static void Map(WebApplication app)
    {
        var claims = app.OfClaims();
        claims.MapPost("/claims/{id:long}/statement", Bill).Needs(Permission.Post);
        claims.MapGet("/claims/{id:long}/statement", Print).Needs(Permission.ReadClaims);
        claims.MapPost("/claims/{id:long}/patient-payment", Pay).Needs(Permission.Post);
        claims.MapPost("/claims/{id:long}/patient-payment/take-back", TakeBack).Needs(Permission.Post);
        claims.MapPost("/claims/{id:long}/patient-write-off", WriteOff).Needs(Permission.Post);
    }

    /// <summary>Where the person was: the claim, or its answer.</summary>
    static RedirectHttpResult Back(long id, string? from) =>
        TypedResults.Redirect(FormattableString.Invariant(
            $"/claims/{id}{(from == "answer" ? "/answer" : "")}#patient"));

    static async Task<IResult> Bill(long id, [FromForm] string? from, PracticeDb db, TimeProvider clock,
        CancellationToken stop)
    {
        await PatientMoney.Bill(db, id, clock.Now(), stop);
        return Back(id, from);
    }

    static async Task<IResult> Pay(long id, [FromForm] string? from, [FromForm] string? amount, [FromForm] string? day,
        [FromForm] string? how, [FromForm] string? reference, [FromForm] string? back, PracticeDb db,
        TimeProvider clock, CancellationToken stop)
    {
        var typed = new PatientPayment(SettingFields.Dollars((amount ?? "").Trim()) is { } dollars
            ? (long)(dollars * 100) : throw new InputException("amount", "this is no amount", "write dollars, such as "
                + "12.50"), TypedDay.Of(day, "day"), how ?? "", reference ?? "");
        await (back == "yes" ? PatientMoney.PayBack(db, id, typed, clock.Today(), clock.Now(), stop)
            : PatientMoney.Pay(db, id, typed, clock.Today(), clock.Now(), stop));
        return Back(id, from);
    }

    static async Task<IResult> TakeBack(long id, [FromForm] string? from, [FromForm] string? entry,
        [FromForm] string? why, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        await PatientMoney.TakeBack(db, id, Guid.TryParse(entry, out var known) ? known : Guid.Empty, why ?? "",
            clock.Now(), stop);
        return Back(id, from);
    }

    static async Task<IResult> WriteOff(long id, [FromForm] string? from, [FromForm] string? why, PracticeDb db,
        TimeProvider clock, CancellationToken stop)
    {
        await PatientMoney.WriteOff(db, id, why ?? "", clock.Now(), stop);
        return Back(id, from);
    }

    /// <summary>A statement as it was made, as a PDF.</summary>
    static async Task<IResult> Print(long id, [FromQuery] int? number, PracticeDb db, TimeProvider clock,
        CancellationToken stop)
    {
        var all = await PatientMoney.Statements(db, id, stop);
        if (all.Find(s => s.Number == (number ?? all.Count)) is not { } of) return TypedResults.NotFound();
        var claim = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .SingleAsync(c => c.Id == id, stop);
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        await Looks.Record(db, clock, $"claim/{id}", "statement");
        return TypedResults.File(LetterPdf.Of(PaperOf(practice, claim, of)), "application/pdf",
            $"statement-{claim.Number}-{of.Number}.pdf");
    }

    static Paper PaperOf(Practice practice, StoredClaim claim, PatientStatement of)
    {
        var (patient, self) = (claim.Patient, claim.Payer.Kind == "self-pay");
        var paper = new Paper($"Statement of {AsShown.Day(of.Day)}");
        paper.Blocks.Add(new LetterLines([practice.Name, .. LinesOf(practice.Address),
            PostalText.Phone(practice.Phone)]));
        paper.Blocks.Add(new LetterLines([$"{patient.Given} {patient.Family}", .. LinesOf(patient.Address)]));
        paper.Blocks.Add(new LetterHeading($"Please pay {AsShown.Money(of.Cents)}"));
        paper.Blocks.Add(new LetterParagraph($"For your visit on {AsShown.Day(claim.ServiceDate)}, claim "
            + $"{claim.Number}, statement {of.Number}. "
            + (self ? "No plan pays for it." : $"{claim.Payer.Name} has decided what it pays; your share is below.")));
        paper.Blocks.Add(new LetterTable(["What", "Charged", "Plan paid", "Taken off", "Your share", "You paid"],
            [.. of.Lines.Select(static l => RowOf(l.Line == 0 ? "All" : l.Code, l)), RowOf("Together", Sum(of))],
            [1, 2, 3, 4, 5], [2, 2, 2, 2, 2, 2]));
        paper.Blocks.Add(new LetterParagraph("Questions, or more time to pay? Call us"
            + (practice.Phone.Length > 0 ? $": {PostalText.Phone(practice.Phone)}." : ".")
            + " With your payment, name the number of the claim."));
        return paper;
    }

    static StatementLine Sum(PatientStatement of) => new(0, "", of.Lines.Sum(static l => l.Charged),
        of.Lines.Sum(static l => l.Plan), of.Lines.Sum(static l => l.Off), of.Lines.Sum(static l => l.Share),
        of.Lines.Sum(static l => l.Paid));

    static string[] RowOf(string name, StatementLine line) => [name, .. new[]
        { line.Charged, line.Plan, line.Off, line.Share, line.Paid }.Select(AsShown.Money)];

    static string[] LinesOf(Address address) =>
        [address.Line, $"{address.City}, {address.State} {PostalText.Zip(address.Zip)}"];
}
