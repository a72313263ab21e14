using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Reports;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Which claims an audit is about, and how many of them are drawn.</summary>
/// <param name="Npi">Of one rendering provider; empty: of all.</param>
/// <param name="Code">With a line of this code; empty: all.</param>
public sealed record SampleTerms(string Name, DateOnly From, DateOnly Thru, SampleKind Kind, int Size, string Seed,
    string Npi = "", string Code = "", long? PayerId = null);

/// <summary>What an auditor says of a line; the amount is null where it follows from the units.</summary>
public sealed record JudgedLine(long Id, LineVerdict Verdict, string Reason, string RightCode, string RightUnits,
    string Right);

/// <summary>
/// Audits of paid claims: a sample that anybody can draw again, and what an auditor says of each line. What was paid is
/// kept with the sample, so that a later payment does not change what was judged.
/// </summary>
public static class Audits
{
    /// <summary>The most claims that a sample is drawn from, and the most that are drawn.</summary>
    public const int MostClaims = 50_000, MostDrawn = 1_000;

    /// <summary>Why a line is wrong, and which rule or element of the record says so.</summary>
    public static readonly IReadOnlyList<(string Name, string Rule)> Reasons =
    [
        ("units do not fit the dose", "INJ-270"), ("wrong code", ""), ("modifier not supported", "INJ-073"),
        ("visit not separate", "INJ-073"), ("order missing", "D-03"), ("dose or route missing", "D-05"),
        ("site missing", "D-08"), ("lot or NDC missing", "D-09"), ("waste not charted", "D-13"),
        ("diagnosis does not support it", "D-14"), ("supervision not charted", "D-19"), ("not signed", "D-37"),
        ("not in the record at all", "INJ-270"), ("billed too little", ""),
    ];

    /// <summary>Draws a sample of the claims that were paid, and keeps what was billed and paid.</summary>
    /// <exception cref="InputException">A term cannot be so, or no claim was paid in that time.</exception>
    public static Task<AuditSample> Draw(PracticeDb db, Engine engine, SampleTerms terms, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        Check(terms);
        var frame = await Frame(db, terms, stop);
        if (frame.Count == 0)
            throw new InputException("", "no claim of this kind was paid in these days", "choose other days");
        var drawn = AuditFrame.Draw((DrawKind)terms.Kind,
            [.. frame.Values.Select(static f => new FramedClaim(f.Number, f.Paid, f.Risk.Sum(static s => s.Points)))],
            terms.Seed, terms.Size);
        var sample = new AuditSample
        {
            Name = terms.Name.Trim(), From = terms.From, Thru = terms.Thru, Npi = terms.Npi, Code = terms.Code,
            PayerId = terms.PayerId, Kind = terms.Kind, Seed = terms.Seed, At = now, PersonId = db.PersonId,
            Strata = JsonSerializer.Serialize(drawn.Strata),
            Digest = DigestOf(frame.Values, terms.Kind == SampleKind.ByRisk),
        };
        db.AuditSamples.Add(sample);
        await db.SaveChangesAsync(stop);
        var place = 0;
        foreach (var one in drawn.Drawn)
            db.SampledClaims.Add(await Sampled(db, engine, sample, frame[one.Number], one.Stratum, ++place, stop));
        db.Record(now, "create", $"audit/{sample.Id}", sample.Name, new
        {
            sample.Seed, sample.Digest, Claims = frame.Count, Drawn = place,
        });
        return sample;
    }, stop);

    static void Check(SampleTerms terms)
    {
        if (terms.Name.Trim().Length is 0 or > 100)
            throw new InputException("name", "the name is missing, or too long", "write what the audit is about");
        if (terms.Thru < terms.From)
            throw new InputException("thru", "the last day is before the first", "choose a later one");
        if (terms.Size is < AuditFrame.FewestOfStratum or > MostDrawn)
            throw new InputException("size", "this is no size of a sample",
                $"choose from {AuditFrame.FewestOfStratum} to {MostDrawn} claims");
        if (terms.Seed.Length is 0 or > 40 || terms.Seed.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new InputException("seed", "the seed is missing", "write up to 40 digits");
        if (!Enum.IsDefined(terms.Kind))
            throw new InputException("kind", "how to draw is missing", "choose one");
    }

    /// <summary>A claim that may be drawn.</summary>
    sealed record Framed(long Id, string Number, string Npi, long Paid, IReadOnlyList<RiskSign> Risk);

    static async Task<Dictionary<string, Framed>> Frame(PracticeDb db, SampleTerms terms, CancellationToken stop)
    {
        var claims = db.Claims.AsNoTracking().Where(c => c.ServiceDate >= terms.From && c.ServiceDate <= terms.Thru
            && (c.Life == ClaimLife.Answered || c.Life == ClaimLife.Closed)
            && (terms.PayerId == null || c.PayerId == terms.PayerId));
        var paid = await db.Postings.Where(p => p.Account == Account.Cash && p.FileId != null
                && claims.Any(c => c.Id == p.ClaimId))
            .GroupBy(static p => p.ClaimId!.Value)
            .Select(static g => new { Claim = g.Key, Cents = g.Sum(static p => p.Cents) })
            .Where(static p => p.Cents > 0)
            .ToDictionaryAsync(static p => p.Claim, static p => p.Cents, stop);
        if (paid.Count > MostClaims)
            throw new InputException("thru", $"more than {MostClaims:N0} claims were paid in these days",
                "choose fewer days");
        var read = new List<(long Id, string Number, string Npi, int Warnings, Claim Claim)>();
        await foreach (var claim in claims.OrderBy(static c => c.Id)
            .Select(static c => new { c.Id, c.Number, c.Warnings, c.Document }).AsAsyncEnumerable()
            .WithCancellation(stop))
        {
            if (!paid.ContainsKey(claim.Id)) continue;
            var document = Documents.Claim(claim.Document);
            if (terms.Npi.Length > 0 && NpiOf(document) != terms.Npi) continue;
            if (terms.Code.Length > 0 && !Has(document, terms.Code)) continue;
            read.Add((claim.Id, claim.Number, NpiOf(document), claim.Warnings, document));
        }
        var risks = await AuditRisks.Load(db, stop);
        risks.Learn(read.SelectMany(static r => r.Claim.Lines.ToArray().Select(static l => (l.Code,
            l.Units.Thousandths))));
        return read.ToDictionary(static r => r.Number, r => new Framed(r.Id, r.Number, r.Npi, paid[r.Id],
            risks.Of(r.Id, r.Npi, r.Warnings, r.Claim)));
    }

    /// <summary>Who gave the service; where the claim names nobody, who bills for it.</summary>
    internal static string NpiOf(Claim claim) =>
        claim.Text(Party.Rendering, PartyField.Npi) is { Length: > 0 } npi ? npi
            : claim.Text(Party.Billing, PartyField.Npi);

    static bool Has(Claim claim, string code)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Code.ToString() == code) return true;
        return false;
    }

    /// <param name="hasRisk">The points of risk decide what is drawn.</param>
    static string DigestOf(IEnumerable<Framed> frame, bool hasRisk)
    {
        var list = new StringBuilder();
        foreach (var one in frame.OrderBy(static f => f.Number, StringComparer.Ordinal))
        {
            list.Append(CultureInfo.InvariantCulture, $"{one.Number}\t{one.Paid}");
            if (hasRisk) list.Append(CultureInfo.InvariantCulture, $"\t{one.Risk.Sum(static s => s.Points)}");
            list.Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
    }

    static async Task<SampledClaim> Sampled(PracticeDb db, Engine engine, AuditSample sample, Framed framed,
        int stratum, int place, CancellationToken stop)
    {
        var stored = await db.Claims.AsNoTracking().SingleAsync(c => c.Id == framed.Id, stop);
        var claim = Documents.Claim(stored.Document);
        var chart = await Visits.ChartOf(db, stored, stop);
        var of = new SampledClaim
        {
            SampleId = sample.Id, ClaimId = stored.Id, Place = place, Stratum = stratum, Npi = framed.Npi,
            Risks = AuditRisks.Say(framed.Risk), Score = chart is null ? null : engine.Code(chart).Documentation?.Score,
        };
        var paid = await db.Postings.Where(p => p.ClaimId == stored.Id && p.Account == Account.Cash
                && p.FileId != null)
            .GroupBy(static p => p.Line ?? 0)
            .Select(static g => new { Line = g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToDictionaryAsync(static g => g.Line, static g => g.Cents, stop);
        foreach (var line in claim.Lines.ToArray())
        {
            // what was paid for the claim as a whole is with its first line
            var cents = paid.GetValueOrDefault(line.Number) + (of.Lines.Count == 0 ? paid.GetValueOrDefault(0) : 0);
            of.Lines.Add(new()
            {
                Line = line.Number, Code = line.Code.ToString(), Units = line.Units.Thousandths, Paid = cents,
                Billed = line.Code + (line.Modifiers.Count == 0 ? "" : "-" + line.Modifiers),
            });
        }
        return of;
    }

    /// <summary>The groups of a sample.</summary>
    internal static List<Stratum> StrataOf(AuditSample sample) =>
        JsonSerializer.Deserialize<List<Stratum>>(sample.Strata)!;

    /// <summary>Keeps what an auditor says of a claim: a word on each of its lines.</summary>
    /// <exception cref="InputException">A line has no word, or one that does not fit.</exception>
    public static Task<SampledClaim> Judge(PracticeDb db, long sampledId, IReadOnlyList<JudgedLine> judged, string note,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var of = await db.SampledClaims.Include(static c => c.Lines).SingleOrDefaultAsync(c => c.Id == sampledId, stop)
            ?? throw new InputException("", "the claim is not in the sample", "load the list again");
        if (note.Length > 1_000) throw new InputException("note", "the note is too long", "write less");
        var changes = new Dictionary<string, string?[]>();
        foreach (var line in of.Lines)
        {
            var said = judged.FirstOrDefault(j => j.Id == line.Id)
                ?? throw new InputException($"line {line.Line}", "no word is said on this line", "choose one");
            var before = Say(line);
            Take(line, said);
            if (Say(line) != before) changes[$"line {line.Line}"] = [before.Length > 0 ? before : null, Say(line)];
        }
        if (of.Note != note.Trim()) changes["note"] = [of.Note, note.Trim()];
        (of.Note, of.JudgedAt, of.JudgedById) = (note.Trim(), now, db.PersonId);
        db.Record(now, "audit", $"sampled/{of.Id}", $"audit/{of.SampleId}", changes);
        return of;
    }, stop);

    static string Say(SampledLine line) => line.Verdict == LineVerdict.Open ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{line.Verdict} {line.Reason} {line.RightCode} {line.RightUnits} {line.Right}");

    static void Take(SampledLine line, JudgedLine said)
    {
        var at = $"line {line.Line}";
        if (said.Verdict == LineVerdict.Open || !Enum.IsDefined(said.Verdict))
            throw new InputException(at, "no word is said on this line", "choose one");
        line.Verdict = said.Verdict;
        if (said.Verdict == LineVerdict.Agree)
        {
            (line.Reason, line.RightCode, line.RightUnits, line.Right) = ("", line.Code, line.Units, line.Paid);
            return;
        }
        if (!Reasons.Any(r => r.Name == said.Reason))
            throw new InputException(at, "the reason is missing", "choose one");
        line.Reason = said.Reason;
        if (said.Verdict == LineVerdict.NotDocumented)
        {
            (line.RightCode, line.RightUnits, line.Right) = ("", 0, 0);
            return;
        }
        line.RightCode = said.RightCode.Trim().Length == 0 ? line.Code
            : Code.TryParse(said.RightCode.Trim(), out var code) ? code.ToString()
            : throw new InputException(at, "this is no code", "write five signs, such as 96372");
        line.RightUnits = UnitsOf(said.RightUnits, line, at);
        line.Right = RightOf(said.Right, line, at);
        if (said.Verdict == LineVerdict.Over ? line.Right > line.Paid : line.Right < line.Paid)
            throw new InputException(at, said.Verdict == LineVerdict.Over
                ? "more was right than was paid" : "less was right than was paid", "choose the other word");
    }

    static long UnitsOf(string text, SampledLine line, string at) => text.Trim().Length == 0 ? line.Units
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
            && units < 1_000_000 && units * 1000 == decimal.Truncate(units * 1000) ? (long)(units * 1000)
        : throw new InputException(at, "these are no units", "write a number, such as 2");

    /// <summary>What was typed; else what was paid in the proportion of the units, where the code stays.</summary>
    static long RightOf(string text, SampledLine line, string at)
    {
        if (text.Trim().Length > 0)
            return Money.TryParse(text.Trim().TrimStart('$'), out var money) && money.Cents >= 0 ? money.Cents
                : throw new InputException(at, "this is no amount", "write dollars, such as 12.50");
        if (line.RightCode != line.Code || line.RightUnits == line.Units || line.Units == 0)
            throw new InputException(at, "what would have been paid is missing", "write it in dollars");
        return Money.Round((decimal)line.Paid * line.RightUnits / line.Units / 100).Cents;
    }
}
