using Deltoid.Claims;
using Deltoid.Results;
using Deltoid.Results.Letters;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What a treatment will cost a patient, before it is given.</summary>
/// <param name="Charge">What the practice charges, in cents; null where a fee is not set up.</param>
/// <param name="Share">Null where no treatment is chosen, or the patient has no plan.</param>
public sealed record ShareView(Patient Patient, IReadOnlyList<Treatment> Treatments, Treatment? Chosen,
    Coverage? Coverage, Benefit? Benefit, IReadOnlyList<string> Lines, long? Charge, PatientShare? Share,
    DateOnly Today)
{
    public static async Task<ShareView?> Of(PracticeDb db, Engine engine, long id, long treatmentId, DateOnly today,
        CancellationToken stop)
    {
        if (await db.Patients.AsNoTracking().Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .FirstOrDefaultAsync(p => p.Id == id, stop) is not { } patient) return null;
        var treatments = await db.Treatments.AsNoTracking().OrderBy(static t => t.Name).ToListAsync(stop);
        var (chosen, coverage) = (treatments.Find(t => t.Id == treatmentId), patient.CoverageOn(today));
        var benefit = coverage is null ? null
            : (await Benefits.Of(db, [coverage.Id], stop)).GetValueOrDefault(coverage.Id);
        var view = new ShareView(patient, treatments, chosen, coverage, benefit, [], null, null, today);
        if (chosen is null || coverage is null || await ChartViews.Load(db, engine, new()
            {
                Patient = id, Day = today.Iso(), Supervision = "on-site", Shots = [ShotForm.Of(chosen)],
            }) is not { } chart) return view;
        var claim = engine.Code(Documents.Visit(chart.Document("ESTIMATE"))).Claim;
        return view with
        {
            Lines = LinesOf(claim), Charge = ChargeOf(claim), Share = PatientShare.Of(claim.Lines.Length == 0 ? null
                : Agreements.Expected(engine, coverage.Payer, chart.Location.Locality, claim), benefit,
                coverage.Payer.Kind),
        };
    }

    static List<string> LinesOf(Claim claim)
    {
        var lines = new List<string>();
        foreach (ref readonly var line in claim.Lines) lines.Add($"{line.Code} × {line.Units}");
        return lines;
    }

    static long? ChargeOf(Claim claim)
    {
        long sum = 0;
        foreach (ref readonly var line in claim.Lines)
            if (line.Charge is { } charge) sum += charge.Cents;
            else return null;
        return claim.Lines.Length == 0 ? null : sum;
    }

    /// <summary>In one sentence: what the patient is likely to pay.</summary>
    public string Says => Share switch
    {
        null => "",
        { Low: { } low, High: { } high } when low == high => $"You will likely pay {AsShown.Money(low)}.",
        { Low: { } low, High: { } high } =>
            $"You will likely pay between {AsShown.Money(low)} and {AsShown.Money(high)}.",
        _ when Coverage?.Payer.Kind == "self-pay" && Charge is { } charge =>
            $"You pay the practice's fee: {AsShown.Money(charge)}.",
        _ => "We cannot say yet what you will pay.",
    };

    internal Paper Paper(Practice practice)
    {
        var paper = new Paper("What your treatment will likely cost you");
        paper.Blocks.Add(new LetterLines(practice.Name, PostalText.Phone(practice.Phone)));
        paper.Blocks.Add(new LetterLines($"{Patient.Given} {Patient.Family}",
            $"born {AsShown.Day(Patient.BirthDate)}", $"Plan: {Coverage?.Payer.Name ?? "none"}"));
        paper.Blocks.Add(new LetterHeading(Chosen?.Name ?? "No treatment"));
        paper.Blocks.Add(new LetterParagraph(Says.Length > 0 ? Says : "We cannot say yet what you will pay."));
        if (Share is { Steps.Count: > 0 } share)
            paper.Blocks.Add(new LetterTable(["Step", "Amount", "Source"], [.. share.Steps.Select(static s => new[]
                { Sentence.Capital(s.Says), s.Cents is { } cents ? AsShown.Money(cents) : "", s.Source })], [1],
                [4, 2, 2]));
        if (Share is { NotKnown.Count: > 0 } open)
        {
            paper.Blocks.Add(new LetterParagraph("We do not know yet:"));
            paper.Blocks.Add(new LetterList([.. open.NotKnown.Select(static n => new Statement(n))]));
        }
        paper.Blocks.Add(new LetterParagraph($"This is an estimate of {AsShown.Day(Today)} and no bill. Your plan "
            + "decides what you pay when it has received the claim."));
        return paper;
    }
}
