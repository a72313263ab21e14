using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Results;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A file of the evidence.</summary>
public sealed record EvidenceFile(string Name, int Rows, byte[] Content);

/// <summary>
/// What an auditor of the practice asks for, for some days: who may do what and who looked at it, backups, policies,
/// audits, what was paid back, and whether the trail is whole. Rows for spreadsheets and one index; no patient, unless
/// that is asked for.
/// </summary>
public static class Evidence
{
    /// <param name="thru">The last day, in UTC as all moments of it.</param>
    /// <param name="anchors">The noted ends of the trail.</param>
    /// <param name="withPatients">Audited claims with their numbers and patients too.</param>
    public static async Task<List<EvidenceFile>> Of(PracticeDb db, IReadOnlyList<AuditAnchor> anchors, DateOnly from,
        DateOnly thru, bool withPatients, string program, DateTime now, CancellationToken stop = default)
    {
        var span = new Span(from.ToDateTime(default, DateTimeKind.Utc),
            thru.AddDays(1).ToDateTime(default, DateTimeKind.Utc));
        var people = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
            .ToDictionaryAsync(static u => u.Id, static u => u.Name, stop);
        string Who(long? id) => id is { } known ? people.GetValueOrDefault(known, "") : "the program";
        List<EvidenceFile> files =
        [
            await AccessReviews(db, span, Who, stop), await People(db, stop),
            await Events(db, span, Who, "changes-of-rights.csv", static e => e.Subject.StartsWith("person/")
                && e.Act != "sign-in" && e.Act != "sign-out" && e.Act != "review-access", stop),
            await Events(db, span, Who, "backups.csv", static e => e.Act == "backup" || e.Act == "restore", stop),
            await Policies(db, span, Who, stop), await Readings(db, span, Who, stop),
            await Samples(db, span, Who, stop), await Overpayments(db, span, stop),
            await Lessons(db, span, Who, stop), await Exclusions(db, span, Who, stop),
            await Matches(db, Who, stop), await Credentials(db, stop),
        ];
        if (withPatients) files.Add(await Claims(db, span, stop));
        var chain = await AuditChain.Verify(db, anchors, stop);
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        files.Add(Index(practice, files, chain, anchors, (from, thru, withPatients, program, now)));
        return files;
    }

    readonly record struct Span(DateTime From, DateTime Before);

    static EvidenceFile File<T>(string name, string[] head, IReadOnlyCollection<T> rows, Func<T, string[]> cells)
    {
        var text = new StringBuilder();
        Csv.AddRow(text, head);
        foreach (var row in rows) Csv.AddRow(text, cells(row));
        return new(name, rows.Count, Encoding.UTF8.GetBytes(text.ToString()));
    }

    static string At(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    static string Dollars(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static async Task<EvidenceFile> AccessReviews(PracticeDb db, Span span, Func<long?, string> who,
        CancellationToken stop) => File("access-reviews.csv", ["Quarter", "Person", "Role", "Last here", "Kept", "Why",
            "By", "At"], await db.AccessChecks.AsNoTracking().Where(c => c.At >= span.From && c.At < span.Before)
            .OrderBy(static c => c.Id).ToListAsync(stop), c => [c.Quarter, who(c.OfId), c.Role.ToString(), At(c.SeenAt),
            c.IsKept ? "yes" : "no", c.Why, who(c.PersonId), At(c.At)]);

    static async Task<EvidenceFile> People(PracticeDb db, CancellationToken stop) => File("people.csv",
        ["Person", "Sign-in name", "Role", "Second factor", "Disabled"], await db.Users.AsNoTracking()
            .Where(u => u.PracticeId == db.PracticeId).OrderBy(static u => u.Id).ToListAsync(stop),
        static u => [u.Name, u.UserName!, u.Role.ToString(), u.TwoFactorEnabled ? "yes" : "no",
            u.IsDisabled ? "yes" : "no"]);

    static async Task<EvidenceFile> Events(PracticeDb db, Span span, Func<long?, string> who, string name,
        System.Linq.Expressions.Expression<Func<AuditEvent, bool>> which, CancellationToken stop) => File(name,
            ["Number", "At", "By", "Act", "Subject", "Why", "Changes", "Hash"], await db.Events.AsNoTracking()
            .Where(e => e.At >= span.From && e.At < span.Before).Where(which).OrderBy(static e => e.Number)
            .ToListAsync(stop), e => [Number(e.Number), At(e.At), who(e.PersonId), e.Act, e.Subject, e.Why, e.Changes,
            e.Hash]);

    static async Task<EvidenceFile> Policies(PracticeDb db, Span span, Func<long?, string> who,
        CancellationToken stop) =>
        File("policies.csv", ["Policy", "Version", "Holds from", "File", "By", "At"], await db.Policies.AsNoTracking()
            .Where(p => p.At < span.Before).OrderBy(static p => p.Id)
            .Select(static p => new { p.Name, p.Version, p.From, p.FileName, p.PersonId, p.At }).ToListAsync(stop),
            p => [p.Name, Number(p.Version), Day(p.From), p.FileName, who(p.PersonId), At(p.At)]);

    static async Task<EvidenceFile> Readings(PracticeDb db, Span span, Func<long?, string> who,
        CancellationToken stop) =>
        File("policy-readings.csv", ["Policy", "Version", "Person", "At"], await db.PolicyReadings.AsNoTracking()
            .Where(r => r.At >= span.From && r.At < span.Before).OrderBy(static r => r.Id)
            .Join(db.Policies, static r => r.PolicyId, static p => p.Id, static (r, p) =>
                new { p.Name, p.Version, r.ReaderId, r.At }).ToListAsync(stop),
            r => [r.Name, Number(r.Version), who(r.ReaderId), At(r.At)]);

    static async Task<EvidenceFile> Samples(PracticeDb db, Span span, Func<long?, string> who, CancellationToken stop)
    {
        var results = new List<AuditResult>();
        foreach (var id in await db.AuditSamples.Where(s => s.At >= span.From && s.At < span.Before)
            .OrderBy(static s => s.Id).Select(static s => s.Id).ToListAsync(stop))
            results.Add((await AuditResult.Of(db, id, stop))!);
        return File("audits.csv", ["Audit", "Services from", "To", "Drawn", "Seed", "List SHA-256",
            "Claims of the list",
            "Sample", "Judged", "Paid too much in the sample", "Estimate", "Lower limit (one-sided 90 percent)",
            "Net error", "By", "At"], results, r => [r.Sample.Name, Day(r.Sample.From), Day(r.Sample.Thru),
            r.Sample.Kind.ToString(), r.Sample.Seed, r.Sample.Digest, Number(r.Estimate.Population),
            Number(r.Claims.Count), Number(r.Judged), Dollars(r.Estimate.Found.Cents), Dollars(r.Estimate.Point.Cents),
            r.Estimate.LowerLimit is { } lower ? Dollars(lower.Cents) : "",
            Reports.Share.Percent(r.Estimate.NetErrors.Rate) + " %", who(r.Sample.PersonId), At(r.Sample.At)]);
    }

    static async Task<EvidenceFile> Overpayments(PracticeDb db, Span span, CancellationToken stop) =>
        File("overpayments.csv", ["Entry", "Source", "Amount", "Why", "Known on", "Inquiry from", "Inquiry to",
            "Back by",
            "End", "Ended on", "How"], await db.Overpayments.AsNoTracking().Include(static o => o.Claim)
                .ThenInclude(static c => c!.Payer).Where(o => o.At < span.Before)
            .OrderBy(static o => o.Id).ToListAsync(stop), static o => [Number(o.Id), o.Source.ToString(),
            Dollars(o.Cents), o.Why, Day(o.KnownOn), Day(o.InquiryFrom), Day(o.InquiryThru),
            Day(Store.Overpayments.DueOf(o, o.Claim?.Payer)), o.End.ToString(), Day(o.EndedOn), o.EndedWhy]);

    static async Task<EvidenceFile> Lessons(PracticeDb db, Span span, Func<long?, string> who,
        CancellationToken stop) =>
        File("education.csv", ["Error", "Provider", "Person", "How often", "First", "Last", "Teach by", "Taught on",
            "Closed on", "By", "At"], await db.Lessons.AsNoTracking().Where(l => l.At < span.Before)
            .OrderBy(static l => l.Id).ToListAsync(stop), l => [l.Rule, l.Npi,
            l.LearnerId is null ? "" : who(l.LearnerId), Number(l.Times), Day(l.First), Day(l.Last), Day(l.Due),
            Day(l.TaughtOn), Day(l.ClosedOn), who(l.PersonId), At(l.At)]);

    static async Task<EvidenceFile> Exclusions(PracticeDb db, Span span, Func<long?, string> who,
        CancellationToken stop) => File("exclusion-checks.csv", ["Day of the list", "File", "SHA-256", "Rows", "Names",
            "By", "At"], await db.ExclusionChecks.AsNoTracking().Where(c => c.At >= span.From && c.At < span.Before)
            .OrderBy(static c => c.Id).ToListAsync(stop), c => [Day(c.ListDay), c.FileName, c.Digest, Number(c.Rows),
            Number(c.Screened), who(c.PersonId), At(c.At)]);

    static async Task<EvidenceFile> Matches(PracticeDb db, Func<long?, string> who, CancellationToken stop) =>
        File("exclusion-matches.csv", ["Here", "On the list", "NPI", "Excluded on", "Alike by", "Decision", "Why", "By",
            "At"], await db.ExclusionMatches.AsNoTracking().OrderBy(static m => m.Id).ToListAsync(stop), m => [m.Name,
            m.Listed, m.ListedNpi, Day(m.ExcludedOn), m.How, m.Decision.ToString(), m.Why,
            m.DecidedById is null ? "" : who(m.DecidedById), At(m.DecidedAt)]);

    static async Task<EvidenceFile> Credentials(PracticeDb db, CancellationToken stop) => File("dates.csv",
        ["Who", "What", "Number", "State", "From", "Until", "Watched until"], await db.Credentials.AsNoTracking()
            .OrderBy(static c => c.Id).ToListAsync(stop), static c => [c.Subject, c.Kind, c.Number, c.State,
            Day(c.From), Day(c.Expires), Day(c.EndedOn)]);

    static async Task<EvidenceFile> Claims(PracticeDb db, Span span, CancellationToken stop) =>
        File("audited-claims.csv", ["Audit", "Claim", "Day", "Last name", "First name", "Line", "Billed", "Paid",
            "Verdict", "Reason", "Right"], await db.SampledClaims.AsNoTracking()
            .Where(c => c.JudgedAt >= span.From && c.JudgedAt < span.Before).OrderBy(static c => c.Id)
            .SelectMany(static c => c.Lines, static (c, l) => new
            {
                c.SampleId, c.Claim.Number, c.Claim.ServiceDate, c.Claim.Patient.Family, c.Claim.Patient.Given,
                Line = l,
            }).ToListAsync(stop), static c => [Number(c.SampleId), c.Number, Day(c.ServiceDate), c.Family, c.Given,
            Number(c.Line.Line), c.Line.Billed, Dollars(c.Line.Paid), c.Line.Verdict.ToString(), c.Line.Reason,
            Dollars(c.Line.Right)]);

    static EvidenceFile Index(Practice practice, List<EvidenceFile> files, AuditChain chain,
        IReadOnlyList<AuditAnchor> anchors,
        (DateOnly From, DateOnly Thru, bool WithPatients, string Program, DateTime At) about)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("practice", practice.Name);
            json.WriteString("npi", practice.Npi);
            json.WriteString("from", Day(about.From));
            json.WriteString("to", Day(about.Thru));
            json.WriteString("made", At(about.At));
            json.WriteString("program", about.Program);
            json.WriteBoolean("withPatients", about.WithPatients);
            json.WriteStartObject("trail");
            json.WriteNumber("events", chain.Count);
            json.WriteBoolean("isWhole", chain.Fault is null);
            if (chain.Fault is { } fault)
            {
                json.WriteNumber("firstFault", fault.Number);
                json.WriteString("why", fault.Why);
            }
            json.WriteString("lastHash", chain.Hash);
            json.WriteNumber("anchors", anchors.Count);
            json.WriteString("lastAnchor", anchors.Count == 0 ? "" : At(anchors[^1].At));
            json.WriteEndObject();
            json.WriteStartArray("files");
            foreach (var file in files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteNumber("rows", file.Rows);
                json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(file.Content)));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return new("index.json", files.Count, stream.ToArray());
    }
}
