using System.Globalization;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store.Model;

namespace Deltoid.Store;

/// <summary>From the chart to a claim that is ready, or held with its reasons.</summary>
public static class Visits
{
    /// <summary>
    /// Keeps a documented visit, and the claim that it codes to; the charge is posted. One change: both are there, or
    /// neither.
    /// </summary>
    /// <param name="document">Encounter JSON for a claim number, which the practice hands out.</param>
    /// <param name="now">The instant of saving.</param>
    /// <exception cref="Values.InputException">The document is no encounter JSON.</exception>
    public static Task<StoredClaim> Chart(PracticeDb db, Engine engine, Patient patient, Location location,
        Payer payer, Func<string, string> document, DateTime now, CancellationToken stop = default) =>
        db.Change(practice => Chart(db, engine, practice, patient, location, payer, document, now, stop), stop);

    static async Task<StoredClaim> Chart(PracticeDb db, Engine engine, Practice practice, Patient patient,
        Location location, Payer payer, Func<string, string> document, DateTime now, CancellationToken stop)
    {
        var number = "C" + practice.NextClaim++.ToString("000000", CultureInfo.InvariantCulture);
        var text = document(number);
        var visit = Documents.Visit(text);
        var coded = engine.Code(visit);
        var stored = new Model.Visit
        {
            PatientId = patient.Id, LocationId = location.Id, ServiceDate = visit.ServiceDate, Version = 1,
            Document = text
        };
        db.Visits.Add(stored);
        await db.SaveChangesAsync(stop);
        var claim = new StoredClaim
        {
            Number = number, VisitId = stored.Id, PatientId = patient.Id, PayerId = payer.Id,
            ServiceDate = visit.ServiceDate, Version = 1, Document = Documents.Of(coded.Claim),
        };
        Judge(engine, claim, coded.Claim, coded.Findings);
        db.Claims.Add(claim);
        await db.SaveChangesAsync(stop);
        db.ClaimVersions.Add(new()
        {
            ClaimId = claim.Id, Version = 1, Document = claim.Document, At = now, PersonId = db.PersonId,
            Why = "charted",
        });
        Ledger.Charge(db, claim, coded.Claim, now);
        db.Record(now, "create", $"claim/{claim.Id}", "charted");
        return claim;
    }

    /// <summary>What lists ask of a claim: its charge, what is wrong with it, and whether it may leave.</summary>
    public static void Judge(Engine engine, StoredClaim stored, Claim claim, FindingList findings)
    {
        stored.Charge = 0;
        foreach (ref readonly var line in claim.Lines) stored.Charge += line.Charge?.Cents ?? 0;
        (stored.Errors, stored.Warnings, stored.Cause, stored.Why) = (0, 0, "", "");
        var worst = Severity.Info;
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Severity == Severity.Error) stored.Errors++;
            else if (finding.Severity == Severity.Warning) stored.Warnings++;
            if (finding.Severity == Severity.Info || (stored.Cause.Length > 0 && finding.Severity <= worst)) continue;
            (stored.Cause, worst) = (finding.Info.Name, finding.Severity);
            stored.Why = Sentence.Of(finding, claim, ResultJson.NamesOf(engine.Book));
        }
        stored.Life = stored.Errors > 0 ? ClaimLife.Held : ClaimLife.Ready;
        stored.ServiceDate = claim.ServiceDate;
        var payer = engine.PayerOf(claim);
        stored.FileBy = payer.Filing.IsNone ? null : payer.Filing.LastDay(claim.ServiceDate);
        stored.Rank = Ranking.Of(stored);
    }
}
