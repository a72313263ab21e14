using System.Globalization;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Binding;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Remits;

/// <summary>
/// Leads acknowledgments to the claims as they were sent: what was refused, where in the claim, and which check finds
/// it there. The claims are really checked; what none finds is said too.
/// </summary>
internal sealed class Refuser(CodeBook book, SentClaims sent, IReadOnlyDictionary<string, PayerTerms> terms,
    DateOnly today)
{
    static readonly Code Refused = Code.Of("U"), Taken = Code.Of("WQ");
    static readonly ResponseCodes Words = ResponseCodes.Shipped;

    readonly Resolver resolver = new(book);
    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers = new(book);

    /// <summary>A 277CA.</summary>
    public AnsweredFile Answer(ClaimStatus status)
    {
        var (claims, taken) = (new List<RefusedClaim>(), new List<string>());
        foreach (ref readonly var claim in status.Claims.Span)
            if (PointsOf(status, claim) is { Count: > 0 } points) claims.Add(Answer(status, claim, points));
            else if (claim.Statuses.Count > 0) taken.Add(status.Text(claim.Id));
        var whole = new List<RefusedPoint>();
        Add(whole, status, status.FileStatuses, 0);
        foreach (ref readonly var provider in status.Providers.Span) Add(whole, status, provider.Statuses, 0);
        if (whole.Count > 0) claims.Insert(0, new("", ClaimMatch.None, null, whole));
        var refused = claims.Count - (whole.Count > 0 ? 1 : 0);
        var says = whole.Count > 0 ? "rejected"
            : refused == 0 ? "accepted"
            : string.Create(CultureInfo.InvariantCulture, $"{refused} of {status.Claims.Count} claims rejected");
        return new("277CA", status.Text(status.Control), status.Text(status.Batch), says, claims.Count == 0, claims)
        {
            Taken = whole.Count > 0 ? [] : taken
        };
    }

    RefusedClaim Answer(ClaimStatus status, in StatusOfClaim said, List<RefusedPoint> points)
    {
        var id = status.Text(said.Id);
        var match = MatchOf(id);
        var own = status.Detach();
        own.Claims.Clear();
        own.Claims.Add(said);
        Relocate(points, match.Sent?.Claim, status, said);
        var of = CaseOf(match);
        of.Status = own;
        return Finish(id, match, of, points);
    }

    /// <summary>Lines of the claim as sent, by what the status says of them; without the claim no line.</summary>
    static void Relocate(List<RefusedPoint> points, Claim? claim, ClaimStatus status, in StatusOfClaim said)
    {
        var lines = status.LinesOf(said);
        for (var i = 0; i < points.Count; i++)
            if (points[i].Ordinal < 0)
            {
                var line = claim is null ? 0 : RefusedPlaces.LineOf(claim, status, lines[-points[i].Ordinal - 1]);
                points[i] = points[i] with
                {
                    Ordinal = 0, Place = points[i].Place.Line > 0 || points[i].Place.ClaimField == Field.None
                        ? points[i].Place with { Line = line } : points[i].Place
                };
            }
    }

    /// <summary>
    /// What is said against the claim and its lines; a line is kept as a number below 0 until it is known.
    /// </summary>
    static List<RefusedPoint> PointsOf(ClaimStatus status, in StatusOfClaim claim)
    {
        var points = new List<RefusedPoint>();
        Add(points, status, claim.Statuses, 0);
        var lines = status.LinesOf(claim);
        for (var i = 0; i < lines.Length; i++) Add(points, status, lines[i].Statuses, i + 1);
        return points;
    }

    static void Add(List<RefusedPoint> points, ClaimStatus status, StatusRun run, int line)
    {
        foreach (ref readonly var info in status.StatusesOf(run))
        {
            if (info.Action == Taken) continue;
            foreach (var code in (ReadOnlySpan<StatusCode>)[info.First, info.Second, info.Third])
            {
                if (code.IsNone || (info.Action != Refused && !Refusals.IsRejecting(code))) continue;
                var owner = code.Entity.IsNone ? "" : $" {code.Entity}";
                points.Add(new(RefusedPlaces.Of(code, line), "", -line, 0, 0,
                    $"{code.Category} {code.Code}{owner}", Refusals.WordsOf(code),
                    Words.Find(ResponseKind.Category, code.Category.ToString())?.Do ?? ""));
            }
        }
    }

    /// <summary>A 999.</summary>
    public AnsweredFile Answer(Acknowledgment group)
    {
        var (claims, taken) = (new List<RefusedClaim>(), new List<string>());
        foreach (ref readonly var set in group.Sets.Span)
        {
            var first = claims.Count;
            if (!set.IsAccepted || set.RejectionCount > 0) Answer(group, set, claims);
            if (!set.IsAccepted) continue;
            var noted = claims.Skip(first).Select(static c => c.Id).ToHashSet();
            foreach (var claim in sent.InSet(group[group.GroupControl], group[set.Control]))
                if (claim.Claim.Text(ClaimText.Id) is var id && !noted.Contains(id)) taken.Add(id);
        }
        if (group.Sets.Count == 0 && group.Verdict is not ('A' or 'E' or '\0'))
            claims.Add(new("", ClaimMatch.None, null, [OfCodes("AK905", ResponseKind.GroupError, group.Faults)]));
        var says = group.Verdict == '\0' ? "no verdict is given" : Words.Words(ResponseKind.Verdict,
            group.Verdict.ToString());
        return new("999", group.Text(group.Control), group.Text(group.GroupControl), says, claims.Count == 0, claims)
        {
            Taken = taken
        };
    }

    void Answer(Acknowledgment group, in SetVerdict set, List<RefusedClaim> claims)
    {
        var guide = GuideOf(group.Text(set.Guide)) ?? GuideOf(group.Text(group.GroupGuide));
        var inSet = sent.InSet(group[group.GroupControl], group[set.Control]);
        var whole = new List<RefusedPoint>();
        var byClaim = new Dictionary<string, (SentClaim? Sent, List<RefusedPoint> Points)>();
        if (!set.IsAccepted)
            foreach (var claim in inSet) byClaim[claim.Claim.Text(ClaimText.Id)] = (claim, []);
        foreach (ref readonly var rejection in group.RejectionsOf(set))
        {
            var (id, claim) = ClaimOf(group, rejection, inSet);
            var point = PointOf(group, guide, claim?.Claim, rejection);
            if (id.Length == 0) whole.Add(point);
            else if (byClaim.TryGetValue(id, out var known)) known.Points.Add(point);
            else byClaim[id] = (claim, [point]);
        }
        if (whole.Count == 0 && group.RejectionsOf(set).IsEmpty)
            whole.Add(OfCodes("IK502", ResponseKind.SetError, set.Faults));
        if (whole.Count > 0) claims.Add(new("", ClaimMatch.None, null, whole));
        foreach (var (id, (claim, points)) in byClaim)
        {
            var match = claim is null ? ClaimMatch.None : claim.Agreed;
            var of = CaseOf(match);
            of.Acknowledgment = group;
            claims.Add(Finish(id, match, of, points) with { IsTaken = set.IsAccepted });
        }
    }

    static Guide? GuideOf(string version) =>
        TransactionSets.All.FirstOrDefault(set => set.Versions.Contains(version))?.Guide;

    /// <summary>The claim that a segment is of: by its number, else by its place in the set.</summary>
    (string Id, SentClaim? Claim) ClaimOf(Acknowledgment group, in Rejection rejection, List<SentClaim> inSet)
    {
        if (group.Text(rejection.UnitKind) is "CLM01" or "PATIENT ACCOUNT NUMBER")
        {
            var id = group.Text(rejection.UnitNumber);
            var own = inSet.Find(c => c.Claim.Text(ClaimText.Id) == id);
            return (id, own ?? MatchOf(id).Sent);
        }
        var at = rejection.Ordinal;
        var found = inSet.FindLast(c => c.Claim.Source.Segment <= at);
        var isIn = found is not null && at <= found.Claim.Segments[^1].Ordinal;
        return isIn ? (found!.Claim.Text(ClaimText.Id), found) : ("", null);
    }

    static RefusedPoint PointOf(Acknowledgment group, Guide? guide, Claim? claim, in Rejection at)
    {
        var (kind, name, code) = at.OfElement
            ? (ResponseKind.ElementError, "IK403", at.ElementFault)
            : (ResponseKind.SegmentError, "IK304", at.Fault);
        var known = Words.Find(kind, code.ToString());
        return new(RefusedPlaces.Of(claim, group, guide, at), at.Segment.ToString(), at.Ordinal, at.Element,
            at.Component, $"{name} {code}", known?.Label ?? $"error {code}", known?.Do ?? "");
    }

    static RefusedPoint OfCodes(string name, ResponseKind kind, in FaultCodes codes)
    {
        var (text, says, action) = (name, "no error is named", "Ask the receiver what was wrong, then send it again.");
        foreach (var code in codes)
        {
            if (code.IsNone) continue;
            var known = Words.Find(kind, code.ToString());
            (text, says) = ($"{name} {code}", known?.Label ?? $"error {code}");
            if (known is { Do.Length: > 0 }) action = known.Do;
            break;
        }
        return new(default, "", 0, 0, 0, text, says, action);
    }

    /// <summary>A TA1: it takes or refuses all claims of an interchange.</summary>
    public AnsweredFile Answer(InterchangeAcknowledgment verdict)
    {
        var claims = new List<RefusedClaim>();
        if (verdict.Verdict != 'A')
        {
            var known = Words.Find(ResponseKind.InterchangeError, verdict.Fault);
            claims.Add(new("", ClaimMatch.None, null,
                [new(default, "ISA", 0, 0, 0, $"TA1 {verdict.Fault}", known?.Label ?? $"error {verdict.Fault}",
                    known?.Do ?? "")]));
            foreach (var claim in verdict.Verdict == 'R' ? sent.InInterchange(verdict.Control) : [])
            {
                var of = CaseOf(claim.Agreed);
                of.InterchangeVerdict = verdict;
                claims.Add(Finish(claim.Claim.Text(ClaimText.Id), claim.Agreed, of, []));
            }
        }
        var says = verdict.Verdict == '\0' ? "no verdict is given"
            : Words.Words(ResponseKind.Verdict, verdict.Verdict.ToString());
        return new("TA1", "", verdict.Control, says, claims.Count == 0, claims);
    }

    ClaimMatch MatchOf(string id) =>
        id.Length > 0 && sent.WithId(Encoding.UTF8.GetBytes(id)).LastOrDefault() is { } known
            ? known.Agreed
            : ClaimMatch.None;

    DeniedClaim CaseOf(ClaimMatch match)
    {
        var of = new DeniedClaim { Claim = match.Sent?.Claim, Encounter = match.Sent?.Chart, Today = today };
        if (match.Sent is not { } known) return of;
        if (known.Record.Count > 0) of.Record = known.Record;
        foreach (var name in (ReadOnlySpan<ClaimText>)[ClaimText.PayerId, ClaimText.PayerName])
            if (of.Terms is null && known.Claim.Text(name) is { Length: > 0 } payer
                && terms.TryGetValue(payer, out var own)) of.Terms = own;
        return of;
    }

    RefusedClaim Finish(string id, ClaimMatch match, DeniedClaim of, List<RefusedPoint> points)
    {
        if (match.Sent is { } known) Catch(points, known);
        return new(id, match, resolver.Resolve(of), points);
    }

    /// <summary>Checks the claim as it was sent, and says of each point which findings are about it.</summary>
    void Catch(List<RefusedPoint> points, SentClaim known)
    {
        var found = new FindingList();
        if (known.Found is { } ofFile) found.AddAll(ofFile);
        scrubber.Check(known.Claim, book, payers.Of(known.Claim), known.Chart?.History, known.Chart, found);
        foreach (var point in points)
        {
            foreach (ref readonly var finding in found.Span)
                if (finding.Severity != Severity.Info && IsAbout(finding, point)) point.By.Add(finding);
            point.Caught = point.By.Count > 0 ? Caught.Yes : Caught.No;
        }
    }

    /// <summary>
    /// A finding is about what was refused: it is of the same element of the file, or of the same field and line. Where
    /// no field was named, it is one that has a claim refused.
    /// </summary>
    static bool IsAbout(in Finding finding, RefusedPoint point)
    {
        var (at, place) = (finding.Source, point.Place);
        if (point.Ordinal > 0 && at.Segment == point.Ordinal && (point.Element == 0 || at.Element == point.Element))
            return true;
        if (place.ClaimField == Field.None)
            return point.Ordinal == 0 && Questions.IsOfRefusal(finding)
                && (place.Line == 0 || finding.Place.Line == place.Line);
        return finding.Place.ClaimField == place.ClaimField
            && (place.Line == 0 || finding.Place.Line == place.Line || finding.Place.Line == 0);
    }
}
