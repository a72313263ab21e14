using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Edits.Documentation;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>From which lot a shot was drawn, and who saw the waste.</summary>
/// <param name="LotId">Null where no lot was chosen: nothing is drawn.</param>
public readonly record struct DrawnFrom(long? LotId, string Witness = "");

/// <summary>From the chart to a claim that is ready, or held with its reasons.</summary>
public static class Visits
{
    /// <summary>Elements whose absence holds a claim here with every payer: site, lot, witness of the waste.</summary>
    static readonly int[] AlwaysAsked = [8, 9, 32];

    /// <summary>
    /// Keeps a documented visit, and the claim that it codes to; the charge is posted, and what was given leaves the
    /// stock. One change: all of it is there, or nothing.
    /// </summary>
    /// <param name="document">Encounter JSON for a claim number, which the practice hands out.</param>
    /// <param name="now">The instant of saving.</param>
    /// <param name="drawn">The lots of the administrations, in their order.</param>
    /// <param name="key">Of the form: what is sent again is charted once. Null for what comes from no form.</param>
    /// <param name="then">Gets what the visit came to; nothing where it was charted before.</param>
    /// <exception cref="Values.InputException">The document is no encounter JSON, or a lot cannot be drawn from.
    /// </exception>
    public static async Task<StoredClaim> Chart(PracticeDb db, Engine engine, Patient patient, Location location,
        Payer payer, Func<string, string> document, DateTime now, IReadOnlyList<DrawnFrom> drawn, Guid? key = null,
        Action<CodedVisit>? then = null, CancellationToken stop = default)
    {
        // coded before its turn comes, since others wait for theirs; its number comes with the turn
        var (asked, visit) = (engine.With(db.LastRules), Documents.Visit(document("")));
        var ahead = asked.Code(visit);
        return await db.Change(async practice =>
        {
            if (key is { } known && await Before(db, known, document, stop) is { } before) return before;
            var number = "C" + practice.NextClaim++.ToString("000000", CultureInfo.InvariantCulture);
            var inForce = await engine.For(db, stop);
            var coded = inForce == asked ? ahead : inForce.Code(visit);
            coded.Claim.Number(Encoding.UTF8.GetBytes(number));
            var claim = await Write(db, engine, patient, location, payer, number, document(number), visit, coded, now,
                drawn, key, stop);
            then?.Invoke(coded);
            return claim;
        }, stop);
    }

    /// <param name="text">The visit's document, with the number of its claim.</param>
    static async Task<StoredClaim> Write(PracticeDb db, Engine engine, Patient patient, Location location, Payer payer,
        string number, string text, Encounter visit, CodedVisit coded, DateTime now, IReadOnlyList<DrawnFrom> drawn,
        Guid? key, CancellationToken stop)
    {
        HasCome(visit, now);
        var stored = new Model.Visit
        {
            Id = await db.NextId<Model.Visit>(stop),
            PatientId = patient.Id, LocationId = location.Id, ServiceDate = visit.ServiceDate, Version = 1,
            Document = text, Key = key ?? Guid.CreateVersion7(),
        };
        db.NewVisits.Add(stored);
        var claim = new StoredClaim
        {
            Id = await db.NextId<StoredClaim>(stop),
            Number = number, VisitId = stored.Id, LocationId = location.Id, PatientId = patient.Id, PayerId = payer.Id,
            ServiceDate = visit.ServiceDate, Version = 1, Document = Documents.Of(coded.Claim),
            Missing = string.Join(' ', MissingIn(coded)),
        };
        Judge(engine, claim, coded.Claim, coded.Findings, visit);
        await Clearance.Apply(db, claim, coded.Claim, stop);
        Ledger.Charge(db, claim, coded.Claim, now);
        Agreements.Begin(db, engine, claim, payer, location, coded.Claim, now);
        db.NewClaims.Add(claim);
        if (ClaimLeads.LinesOf(coded.Claim, number).Count > 0)
        {
            await db.SaveChangesAsync(stop);
            await ClaimLeads.KeepLines(db, claim, null, coded.Claim, stop);
        }
        await Keep(db, engine, claim, visit, drawn, now, stop);
        ClaimStory.Keep(db, claim, now, "charted");
        db.Record(now, "create", $"claim/{claim.Id}", "charted");
        return claim;
    }

    /// <summary>Hours before UTC where the day begins first in the United States: Guam.</summary>
    const int FirstZone = 10;

    /// <summary>The last day that has begun anywhere in the United States.</summary>
    internal static DateOnly LastDay(DateTime now) => DateOnly.FromDateTime(now.ToUniversalTime().AddHours(FirstZone));

    /// <summary>Nothing is charted before it is given.</summary>
    static void HasCome(Encounter visit, DateTime now)
    {
        if (visit.ServiceDate > LastDay(now))
            throw new Values.InputException("/serviceDate", "the service day has not come yet",
                "write the day on which it was given");
    }

    /// <summary>A visit that draws nothing from the stock.</summary>
    public static Task<StoredClaim> Chart(PracticeDb db, Engine engine, Patient patient, Location location,
        Payer payer, Func<string, string> document, DateTime now, CancellationToken stop = default) =>
        Chart(db, engine, patient, location, payer, document, now, [], null, null, stop);

    /// <summary>The claim of a form that was charted before; null where it is new.</summary>
    /// <exception cref="Values.InputException">The form says something else now: it is another visit.</exception>
    static async Task<StoredClaim?> Before(PracticeDb db, Guid key, Func<string, string> document,
        CancellationToken stop)
    {
        if (!await db.IsCharted(key, stop)
            || await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Key == key, stop) is not { } visit)
            return null;
        var claim = await db.Claims.FirstAsync(c => c.VisitId == visit.Id, stop);
        return visit.Version > 1 || visit.Document == document(claim.Number) ? claim
            : throw new Values.InputException("", $"this form was charted before as claim {claim.Number}, and says "
                + "something else now", "start a new shot and chart it there");
    }

    /// <summary>
    /// A visit is charted again, since something was missing: the claim is coded again, what was drawn goes back and is
    /// drawn again, and the earlier visit, claim, charge and movements stay as they were.
    /// </summary>
    /// <param name="version">The version of the claim that the person has read.</param>
    /// <param name="patientId">Whom the form names: a visit stays with its patient.</param>
    /// <param name="payerId">Who pays by the coverage as it is now; null: as before.</param>
    /// <exception cref="Values.InputException">The claim has left, is of another patient, or as in
    /// <see cref="Chart"/>.</exception>
    /// <exception cref="DbUpdateConcurrencyException">A colleague has changed the claim.</exception>
    public static Task<StoredClaim> Complete(PracticeDb db, Engine engine, long claimId, int version,
        long patientId, Func<string, string> document, DateTime now, IReadOnlyList<DrawnFrom> drawn,
        long? payerId = null, CancellationToken stop = default) => db.Change(async _ =>
    {
        var claim = await db.Claims.FirstOrDefaultAsync(c => c.Id == claimId, stop)
            ?? throw new Values.InputException("", "this claim is not here", "load the list again");
        if (claim.PatientId != patientId)
            throw new Values.InputException("Patient", $"claim {claim.Number} is of another patient, and stays as it "
                + "was saved", "what is typed here is a new shot now: look it over, and save it");
        if (claim.Version != version) throw new DbUpdateConcurrencyException("the claim has another version");
        if (claim.Life is not (ClaimLife.Held or ClaimLife.Ready) && !Editing.IsWithNobody(claim))
            throw new Values.InputException(claim.Number, "the claim has left: its chart is not changed under it",
                "correct the claim instead");
        var stored = await db.Visits.SingleAsync(v => v.Id == claim.VisitId, stop);
        db.VisitVersions.Add(new()
        {
            VisitId = stored.Id, Version = stored.Version, Document = stored.Document, At = now,
            PersonId = db.PersonId,
        });
        stored.Document = document(claim.Number);
        stored.Version++;
        var visit = Documents.Visit(stored.Document);
        HasCome(visit, now);
        var coded = (await engine.For(db, stop)).Code(visit);
        await Stock.Undo(db, claim, now, stop);
        db.Shots.RemoveRange(await db.Shots.Where(s => s.ClaimId == claim.Id).ToListAsync(stop));
        claim.Version++;
        await Overrides.Changed(db, claim, now, stop);
        var was = claim.Life;
        claim.ServiceDate = stored.ServiceDate = visit.ServiceDate;
        claim.PayerId = payerId ?? claim.PayerId;
        await ClaimLeads.KeepLines(db, claim, Documents.Claim(claim.Document), coded.Claim, stop);
        claim.Document = Documents.Of(coded.Claim);
        claim.Missing = string.Join(' ', MissingIn(coded));
        Judge(engine, claim, coded.Claim, coded.Findings, visit);
        await Clearance.Apply(db, claim, coded.Claim, stop);
        await Keep(db, engine, claim, visit, drawn, now, stop);
        ClaimStory.Keep(db, claim, now, "the chart was completed");
        await Ledger.Recharge(db, claim, coded.Claim, now, stop);
        await Agreements.Apply(db, engine, claim, coded.Claim, now, stop);
        db.Record(now, "change", $"claim/{claim.Id}", "the chart was completed");
        await NoteFreed(db, claim, was, now, stop);
        await ChartTasks.Follow(db, engine, claim, coded, stop);
        return claim;
    }, stop);

    /// <summary>What lists ask of the shots of a visit; what was given leaves the stock.</summary>
    static async Task Keep(PracticeDb db, Engine engine, StoredClaim claim, Encounter visit,
        IReadOnlyList<DrawnFrom> drawn, DateTime now, CancellationToken stop)
    {
        for (var i = 0; i < visit.Administrations.Count; i++)
        {
            var charted = visit.Administrations[i];
            var from = i < drawn.Count ? drawn[i] : default;
            if (charted.Given == false && charted.Discarded.IsNone) continue; // refused: nothing was opened
            // what was drawn up and refused is waste, and nobody's last shot
            if (charted.Given != false) db.NewShots.Add(new()
            {
                VisitId = claim.VisitId!.Value, ClaimId = claim.Id, PatientId = claim.PatientId, LotId = from.LotId,
                Drug = engine.Book.DrugNamed(charted.Drug)?.Name ?? charted.Drug, Site = charted.Site,
                Day = visit.ServiceDate, Ordinal = i,
            });
            if (from.LotId is { } lot)
                await Stock.Draw(db, await Stock.LotOf(db, lot, stop), charted, claim, from.Witness ?? "", now, stop);
        }
    }

    /// <summary>
    /// Elements of the record that hold a claim: those without which an audit fails it, and those that the practice
    /// cannot do without. What a finding of its own says is not said twice.
    /// </summary>
    internal static List<int> MissingIn(CodedVisit coded)
    {
        if (coded.Documentation is not { } marks) return [];
        var missing = marks.KnockOuts.Select(static k => k.Element).Where(KnockOutNotCharted.IsAsked)
            .Union(marks.Missing.Where(static e => AlwaysAsked.Contains(e))).ToList();
        missing.Sort();
        return missing;
    }

    /// <summary>
    /// A finding that asks what the label of a vial says, where no vial is charted: the vial is one missing fact, and
    /// its lot number counts for it.
    /// </summary>
    internal static bool IsOfMissingVial(in Finding finding, Encounter visit)
    {
        var place = finding.Place;
        if (place.ClaimField == Field.Ndc) return visit.Administrations.Any(static a => a.Lot.Length == 0);
        return place.ChartField is Field.Container or Field.ContainerAmount or Field.Ndc or Field.Expires or Field.Lot
            && place.Ordinal < visit.Administrations.Count && visit.Administrations[place.Ordinal].Lot.Length == 0;
    }

    /// <summary>The names of the missing elements of a claim: site, lot number.</summary>
    public static IEnumerable<string> MissingOf(StoredClaim claim) =>
        claim.Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static e => Elements.Name(int.Parse(e, CultureInfo.InvariantCulture)));

    /// <summary>The document of the visit that a claim is of; null where it came without one.</summary>
    public static async Task<string?> DocumentOf(PracticeDb db, StoredClaim claim, CancellationToken stop = default) =>
        claim.VisitId is { } id
            ? await db.Visits.Where(v => v.Id == id).Select(static v => v.Document).FirstOrDefaultAsync(stop) : null;

    /// <summary>The visit that a claim is of, as the engine reads it.</summary>
    internal static async Task<Encounter?> ChartOf(PracticeDb db, StoredClaim claim, CancellationToken stop) =>
        await DocumentOf(db, claim, stop) is { } document ? Documents.Visit(document) : null;

    /// <summary>Judges a claim as it is stored, with its chart and what was set aside.</summary>
    internal static async Task JudgeAgain(PracticeDb db, Engine engine, StoredClaim stored, Claim claim,
        CancellationToken stop)
    {
        var visit = await ChartOf(db, stored, stop);
        Judge(engine, stored, claim, (await engine.For(db, stop)).Scrub(claim, visit), visit,
            (await Overrides.Of(db, stored.Id, stop)).ConvertAll(static o => o.Key));
        await Clearance.Apply(db, stored, claim, stop);
    }

    /// <summary>
    /// Notes that a claim that was held may leave now: people count what they have done. Nobody is asked for its chart
    /// any more.
    /// </summary>
    internal static async Task NoteFreed(PracticeDb db, StoredClaim stored, ClaimLife was, DateTime now,
        CancellationToken stop)
    {
        if (stored.Life is not (ClaimLife.Ready or ClaimLife.Closed)
            || was is not (ClaimLife.Held or ClaimLife.Rejected))
            return;
        db.Record(now, "free", $"claim/{stored.Id}");
        await ChartTasks.Finish(db, stored, now, stop);
    }

    /// <summary>What lists ask of a claim: its charge, what is wrong with it, and whether it may leave.</summary>
    /// <param name="visit">What was charted; null where the claim comes from no chart.</param>
    /// <param name="setAside">Keys of findings that a person has set aside.</param>
    /// <param name="known">The profile that the claim is judged by, where the caller has it.</param>
    public static void Judge(Engine engine, StoredClaim stored, Claim claim, FindingList findings,
        Encounter? visit = null, IReadOnlyCollection<string>? setAside = null, Payers.PayerProfile? known = null)
    {
        var key = new FindingKey(claim);
        bool IsAside(in Finding finding) => setAside?.Contains(key.Of(finding)) == true;
        if (!Voids.HasLeft(stored, claim))
        {
            stored.Charge = 0;
            foreach (ref readonly var line in claim.Lines) stored.Charge += line.Charge?.Cents ?? 0;
        }
        (stored.Errors, stored.Warnings, stored.Cause, stored.Why) = (0, 0, "", "");
        var (worst, isVialMissing) = (Severity.Info, stored.Missing.Split(' ').Contains("9"));
        foreach (ref readonly var finding in findings.Span)
        {
            if (isVialMissing && visit is not null && IsOfMissingVial(finding, visit)) continue;
            if (setAside is { Count: > 0 } && (IsAside(finding)
                 || (finding.Under > 0 && IsAside(findings.Span[finding.Under - 1]))))
                continue;
            // what is under another finding is the same fault: it counts once
            if (finding.Under > 0 && findings.Span[finding.Under - 1].Severity >= finding.Severity) continue;
            if (finding.Severity == Severity.Error) stored.Errors++;
            else if (finding.Severity == Severity.Warning) stored.Warnings++;
            if (finding.Severity == Severity.Info || (stored.Cause.Length > 0 && finding.Severity <= worst)) continue;
            (stored.Cause, worst) = (finding.Info.Name, finding.Severity);
            stored.Why = Sentence.Of(finding, claim, ResultJson.NamesOf(engine.Book));
        }
        if (stored.Missing.Length > 0)
        {
            stored.Errors += MissingOf(stored).Count();
            if (worst != Severity.Error) stored.Cause = $"{MissingOf(stored).First()} not charted";
        }
        // a visit of which nothing is billed, such as a shot that the patient gave, leaves no claim to send; nor does
        // one that the patient pays
        stored.Life = stored.Errors > 0 ? ClaimLife.Held
            : claim.Lines.Length == 0 || claim.PayerKind == Values.PayerKind.SelfPay ? ClaimLife.Closed
            : ClaimLife.Ready;
        stored.ServiceDate = claim.ServiceDate;
        ClaimLeads.Keep(stored, claim);
        var payer = known ?? engine.PayerOf(claim);
        stored.FileBy = payer.Filing.IsNone ? null : payer.Filing.LastDay(claim.ServiceDate);
        stored.Rank = Ranking.Of(stored);
    }
}
