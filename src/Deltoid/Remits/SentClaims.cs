using System.Globalization;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>A claim as it was sent, with what a practice knows beside it.</summary>
internal sealed class SentClaim(Claim claim)
{
    public Claim Claim { get; } = claim;

    public Encounter? Chart { get; set; }

    public List<RecordFact> Record { get; set; } = [];

    /// <summary>What was found wrong with its segments when the file was read; null where nothing was.</summary>
    public FindingList? Found { get; set; }

    /// <summary>The match of a payment that names this claim and agrees with it; made once.</summary>
    public ClaimMatch Agreed => agreed ??= new(this, MatchBy.ClaimId, Sureness.Exact, []);

    ClaimMatch? agreed;
}

/// <summary>What led from a payment to a claim.</summary>
internal enum MatchBy : byte { None, ClaimId, PayerControl, LineControl, BestMatch, Hand }

internal enum Sureness : byte { Unsure, Likely, Exact }

/// <summary>The claim that a payment answers; none where it would be a guess.</summary>
/// <param name="Notes">In which points the two differ; where there is no claim, which ones come near.</param>
internal sealed record ClaimMatch(SentClaim? Sent, MatchBy By, Sureness Sure, IReadOnlyList<string> Notes)
{
    public static readonly ClaimMatch None = new(null, MatchBy.None, Sureness.Unsure, []);
}

/// <summary>
/// The claims as they were sent, found by their number, by the payer's number, by the control number of a line, else by
/// how much agrees. What does not agree enough is no match: it is named as a candidate.
/// </summary>
internal sealed class SentClaims
{
    /// <summary>Points that agree: the most are 13. Below the least it is no match; a lead makes it likely.</summary>
    const int OfPatient = 4, OfName = 2, OfDay = 3, OfCharge = 3, OfCodes = 2, OfRendering = 1, Least = 8, Lead = 3,
        MostCandidates = 3;

    readonly List<SentClaim> claims = [];
    readonly Dictionary<ulong, List<int>> byId = [], byControl = [], byLine = [], byMember = [], byDay = [];

    public int Count => claims.Count;

    public IReadOnlyList<SentClaim> All => claims;

    readonly Dictionary<ulong, ulong> idByControl = []; // of payers' numbers in other payments

    /// <summary>Whether a claim was sent with this number (<see cref="ContentHash.OfNumber"/>).</summary>
    public bool Has(ulong id) => byId.ContainsKey(id);

    /// <summary>Says that the payer's number is one of a claim.</summary>
    public void Learn(ulong control, ulong id) => idByControl[control] = id;

    readonly Dictionary<ulong, int> byHand = [];

    /// <summary>A person says that a payment with this number (CLP01) answers the claim that was added last.</summary>
    public void MatchByHand(string number) =>
        byHand[ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(number))] = claims.Count - 1;

    List<int>? Learned(ReadOnlySpan<byte> control) => idByControl.Count > 0
        && idByControl.TryGetValue(ContentHash.OfNumber(control), out var id) ? byId.GetValueOrDefault(id) : null;

    /// <summary>The claims of a number, as it was sent.</summary>
    public IEnumerable<SentClaim> WithId(ReadOnlySpan<byte> id) =>
        byId.TryGetValue(ContentHash.Of(id), out var found) ? found.ConvertAll(i => claims[i]) : [];

    /// <param name="claim">Owns its bytes.</param>
    /// <param name="found">What is wrong with its segments.</param>
    public void Add(Claim claim, FindingList? found = null)
    {
        var index = claims.Count;
        claims.Add(new(claim));
        if (found is { Count: > 0 }) (claims[index].Found = new()).AddAll(found);
        Add(byId, claim[ClaimText.Id], index);
        Add(byControl, claim[ClaimText.OriginalReference], index);
        Add(byMember, claim[Party.Subscriber, PartyField.MemberId], index);
        foreach (ref readonly var line in claim.Lines) Add(byLine, claim[line.Control], index);
        if (DaysOf(claim).From is var day && day != default) Add(byDay, KeyOf(day), index);
    }

    /// <summary>The claims of a set, in its order: by GS06 of its group and ST02, as they were read from X12.</summary>
    public List<SentClaim> InSet(ReadOnlySpan<byte> group, ReadOnlySpan<byte> set)
    {
        var found = new List<SentClaim>();
        foreach (var claim in claims)
            if (Says(claim.Claim, "GS"u8, 6, group) && Says(claim.Claim, "ST"u8, 2, set)) found.Add(claim);
        return found;
    }

    /// <summary>The claims of an interchange, by ISA13.</summary>
    public List<SentClaim> InInterchange(string control)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(control);
        return claims.FindAll(c => Says(c.Claim, "ISA"u8, 13, bytes));
    }

    /// <summary>Whether an element of a claim's envelope has this value.</summary>
    static bool Says(Claim claim, ReadOnlySpan<byte> name, int element, ReadOnlySpan<byte> value)
    {
        if (claim.Source.Segment == 0) return false;
        foreach (ref readonly var segment in claim.Segments)
        {
            var text = claim[segment.Text];
            if (!text.StartsWith(name) || text.Length <= name.Length || text[name.Length] != claim.Delimiters.Element)
                continue;
            for (var n = 0; n < element && !text.IsEmpty; n++)
                text = text.IndexOf(claim.Delimiters.Element) is >= 0 and var at ? text[(at + 1)..] : [];
            var end = text.IndexOf(claim.Delimiters.Element);
            return (end < 0 ? text : text[..end]).SequenceEqual(value);
        }
        return false;
    }

    static ulong KeyOf(DateOnly day) => ContentHash.With(1, (ulong)day.DayNumber);

    static void Add(Dictionary<ulong, List<int>> map, ReadOnlySpan<byte> text, int index)
    {
        if (!text.IsEmpty) Add(map, ContentHash.Of(text), index);
    }

    static void Add(Dictionary<ulong, List<int>> map, ulong key, int index)
    {
        if (!map.TryGetValue(key, out var list)) map[key] = list = new(1);
        if (list.Count == 0 || list[^1] != index) list.Add(index);
    }

    /// <summary>The claim that a payment answers.</summary>
    public ClaimMatch Of(ClaimPayment payment)
    {
        if (claims.Count == 0) return ClaimMatch.None;
        if (byHand.Count > 0 && byHand.TryGetValue(ContentHash.Of(payment[payment.Id]), out var chosen))
            return new(claims[chosen], MatchBy.Hand, Sureness.Exact, []);
        if (Find(byId, payment[payment.Id]) is { } named)
        {
            var match = AgainstLines(Named(named, payment, MatchBy.ClaimId), payment);
            // the number of another patient's claim: what agrees may lead to the right one
            return match.Sent is null && Best(payment) is { Sent: not null } best ? best : match;
        }
        if ((Learned(payment[payment.PayerControl]) ?? Find(byControl, payment[payment.PayerControl])) is
            { } controlled && Named(controlled, payment, MatchBy.PayerControl) is { Sent: not null } byPayer)
            return byPayer;
        foreach (ref readonly var line in payment.Lines)
            if (Find(byLine, payment[line.Control]) is { Count: 1 } lined)
                return Named(lined, payment, MatchBy.LineControl);
        return Best(payment);
    }

    /// <summary>
    /// Where the number of a line is that of another claim, and that claim agrees: it is the one if the first does not
    /// agree, else neither is sure.
    /// </summary>
    ClaimMatch AgainstLines(ClaimMatch match, ClaimPayment payment)
    {
        foreach (ref readonly var line in payment.Lines)
        {
            if (Find(byLine, payment[line.Control]) is not { Count: 1 } lined) continue;
            var other = claims[lined[0]];
            if (other == match.Sent) return match;
            if (!Agrees(other.Claim, payment) || IsPatient(other.Claim, payment) != true) continue;
            if (match.Sent is null || !Agrees(match.Sent.Claim, payment))
                return Named(lined, payment, MatchBy.LineControl);
            return match with
            {
                Sure = Sureness.Unsure,
                Notes = [.. match.Notes, $"the line's number {payment.Text(line.Control)} is that of claim "
                    + other.Claim.Text(ClaimText.Id)],
            };
        }
        return match;
    }

    static bool Agrees(Claim claim, ClaimPayment payment) =>
        IsPatient(claim, payment) != false && IsDay(claim, payment) != false && IsCharge(claim, payment) != false;

    static List<int>? Find(Dictionary<ulong, List<int>> map, ReadOnlySpan<byte> text) =>
        text.IsEmpty || text is [(byte)'0'] ? null : map.GetValueOrDefault(ContentHash.Of(text));

    /// <summary>
    /// A number leads to the claim: it agrees, or it is shown in what it differs. A number that was used for another
    /// patient and another charge or day is no match.
    /// </summary>
    ClaimMatch Named(List<int> found, ClaimPayment payment, MatchBy by)
    {
        var (best, alike) = BestOf(found, payment);
        var sent = claims[best];
        var (patient, day, charge) = (IsPatient(sent.Claim, payment), IsDay(sent.Claim, payment),
            IsCharge(sent.Claim, payment));
        var isAgreed = patient != false && day != false && charge != false && by == MatchBy.ClaimId;
        if (isAgreed && alike == 1) return sent.Agreed;
        var notes = isAgreed ? [] : Differences(sent.Claim, payment);
        if (patient == false && (day == false || charge == false))
            return new(null, MatchBy.None, Sureness.Unsure, [Candidate(sent.Claim, notes)]);
        var sure = notes.Count == 0 ? Sureness.Exact
            : patient == false || (day == false && charge == false) ? Sureness.Unsure
            : Sureness.Likely;
        if (alike > 1)
            (sure, notes) = (Sureness.Unsure,
                [.. notes, $"{alike} claims were sent with this number and agree alike; the last one is shown"]);
        return new(sent, by, sure, notes);
    }

    /// <summary>
    /// Of claims with one number the one that agrees most, and is the original or the correction as the payment says;
    /// the last of several that agree alike, and how many these are.
    /// </summary>
    (int Best, int Alike) BestOf(List<int> found, ClaimPayment payment)
    {
        if (found.Count == 1) return (found[0], 1);
        var (best, most, alike) = (found[0], -1, 0);
        var (marks, codes) = (MatchMarks.Of(payment), new Dictionary<ulong, bool>());
        foreach (var index in found)
        {
            var isSaid = payment.Frequency.ToString() is [var frequency]
                && frequency == claims[index].Claim.Frequency;
            var points = (2 * Points(index, marks, payment, codes)) + (isSaid ? 1 : 0);
            alike = points == most ? alike + 1 : points > most ? 1 : alike;
            if (points >= most) (best, most) = (index, points);
        }
        return (best, alike);
    }

    ClaimMatch Best(ClaimPayment payment)
    {
        var (ranked, count) = Ranked(payment);
        if (count == 0) return ClaimMatch.None;
        var lead = count == 1 ? Lead : ranked[0].Points - ranked[1].Points;
        var best = claims[ranked[0].Index];
        var notes = Differences(best.Claim, payment);
        if (ranked[0].Points >= Least && lead > 0)
            return new(best, MatchBy.BestMatch, lead >= Lead && notes.Count <= 1 ? Sureness.Likely : Sureness.Unsure,
                notes);
        return new(null, MatchBy.None, Sureness.Unsure, [.. ranked.Where(static c => c.Points > OfDay)
            .Select(c => Candidate(claims[c.Index].Claim, Differences(claims[c.Index].Claim, payment)))]);
    }

    /// <summary>
    /// The claims of the member and of the day that agree most, the first ones of those that agree alike; and how many
    /// there are in all.
    /// </summary>
    (List<(int Index, int Points)> Ranked, int Count) Ranked(ClaimPayment payment)
    {
        var (marks, ranked, count) = (MatchMarks.Of(payment), new List<(int Index, int Points)>(MostCandidates + 1), 0);
        var codes = new Dictionary<ulong, bool>();
        var ofMember = Find(byMember, MemberOf(payment)) ?? [];
        foreach (var index in ofMember) Take(index);
        if (marks.From != 0 && byDay.TryGetValue(KeyOf(FirstDayOf(payment)), out var ofDay))
            foreach (var index in ofDay)
                if (ofMember.BinarySearch(index) < 0) Take(index);
        return (ranked, count);

        void Take(int index)
        {
            var (points, at) = (Points(index, marks, payment, codes), ranked.Count);
            count++;
            while (at > 0 && ranked[at - 1].Points < points) at--;
            if (at == MostCandidates) return;
            ranked.Insert(at, (index, points));
            if (ranked.Count > MostCandidates) ranked.RemoveAt(MostCandidates);
        }
    }

    static string Candidate(Claim claim, List<string> notes) =>
        $"claim {claim.Text(ClaimText.Id)}: "
            + (notes.Count == 0 ? "agrees, and so does another" : string.Join("; ", notes));

    MatchMarks[] marked = []; // made for the first payment that no number leads to a claim

    int Points(int index, in MatchMarks paid, ClaimPayment payment, Dictionary<ulong, bool> codes)
    {
        var all = marked; // workers that make it at once make the same
        if (all.Length != claims.Count) marked = all = [.. claims.Select(static c => MatchMarks.Of(c.Claim))];
        ref readonly var sent = ref all[index];
        if (!codes.TryGetValue(sent.Codes, out var areCodes))
            codes.Add(sent.Codes, areCodes = AreCodes(claims[index].Claim, payment));
        return (sent.IsPatient(paid) ? OfPatient : 0) + (sent.IsName(paid) ? OfName : 0)
            + (sent.IsDay(paid) ? OfDay : 0) + (sent.IsCharge(paid) ? OfCharge : 0) + (areCodes ? OfCodes : 0)
            + (sent.IsRendering(paid) ? OfRendering : 0);
    }

    static List<string> Differences(Claim claim, ClaimPayment payment)
    {
        var notes = new List<string>();
        if (!SameText(claim[ClaimText.Id], payment[payment.Id]))
            notes.Add($"the claim's number is {claim.Text(ClaimText.Id)}, the payer names {payment.Text(payment.Id)}");
        if (IsPatient(claim, payment) == false) notes.Add("the payer names another member id");
        if (IsDay(claim, payment) == false)
            notes.Add($"sent for {Iso(DaysOf(claim).From)}, paid for {Iso(DaysOf(payment).From)}");
        if (IsCharge(claim, payment) == false) notes.Add($"sent for ${claim.Charge}, paid for ${ChargeOf(payment)}");
        if (payment.Lines.Length > 0 && !AreCodes(claim, payment)) notes.Add("the codes of the lines are not the same");
        return notes;
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool SameText(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        !left.IsEmpty && System.Text.Ascii.EqualsIgnoreCase(left, right);

    /// <summary>The first day of a claim, by which a payment without a number finds it; default where none is known.
    /// </summary>
    public static DateOnly FirstDayOf(Claim claim) => DaysOf(claim).From;

    /// <inheritdoc cref="FirstDayOf(Claim)"/>
    public static DateOnly FirstDayOf(ClaimPayment payment) => DaysOf(payment).From;

    /// <summary>The member id by which a payment without a number finds its claim; may be empty.</summary>
    public static ReadOnlySpan<byte> MemberOf(ClaimPayment payment) =>
        payment[PaidParty.Subscriber, PaidField.Id] is { IsEmpty: false } insured ? insured
            : payment[PaidParty.Patient, PaidField.Id];

    /// <summary>Whether the member id is the claim's; null where one of the two has none.</summary>
    static bool? IsPatient(Claim claim, ClaimPayment payment)
    {
        var sent = claim[Party.Subscriber, PartyField.MemberId];
        var named = MemberOf(payment);
        if (sent.IsEmpty || named.IsEmpty) return null;
        return SameText(sent, named) || SameText(sent, payment[PaidParty.Patient, PaidField.Id])
            || SameText(sent, payment[PaidParty.Corrected, PaidField.Id]);
    }

    static bool? IsDay(Claim claim, ClaimPayment payment)
    {
        var (sent, paid) = (DaysOf(claim), DaysOf(payment));
        if (sent.From == default || paid.From == default) return null;
        return sent.From <= paid.Thru && paid.From <= sent.Thru;
    }

    /// <summary>The days of two payments overlap, or those of one are not known.</summary>
    public static bool IsOfSameDay(ClaimPayment left, ClaimPayment right)
    {
        var (a, b) = (DaysOf(left), DaysOf(right));
        return a.From == default || b.From == default || (a.From <= b.Thru && b.From <= a.Thru);
    }

    static bool? IsCharge(Claim claim, ClaimPayment payment) =>
        claim.Charge is { } sent && ChargeOf(payment) is { } paid ? sent == paid : null;

    /// <summary>What was charged; a reversal states it with its sign turned.</summary>
    internal static Money? ChargeOf(ClaimPayment payment) =>
        payment is { IsReversal: true, Charge: { } charge } ? new(-charge.Cents) : payment.Charge;

    /// <summary>The code that was billed, where the payer names another one beside it.</summary>
    internal static Code CodeOf(in PaymentLine line) => line.Billed.IsNone ? line.Procedure.Code : line.Billed.Code;

    static bool AreCodes(Claim claim, ClaimPayment payment)
    {
        foreach (ref readonly var line in payment.Lines)
        {
            var (code, has) = (CodeOf(line), false);
            foreach (ref readonly var sent in claim.Lines) has |= sent.Code == code;
            if (!has) return false;
        }
        return payment.Lines.Length > 0;
    }

    internal static (DateOnly From, DateOnly Thru) DaysOf(Claim claim)
    {
        var (from, thru) = (claim.VisitDate, claim.VisitDate);
        foreach (ref readonly var line in claim.Lines) Widen(ref from, ref thru, line.Date, line.Thru);
        return (from, thru);
    }

    internal static (DateOnly From, DateOnly Thru) DaysOf(ClaimPayment payment)
    {
        var (from, thru) = (payment.From, payment.Thru == default ? payment.From : payment.Thru);
        foreach (ref readonly var line in payment.Lines) Widen(ref from, ref thru, line.Date, line.Thru);
        return (from, thru);
    }

    static void Widen(ref DateOnly from, ref DateOnly thru, DateOnly day, DateOnly last)
    {
        if (day == default) return;
        if (from == default || day < from) from = day;
        if (last == default) last = day;
        if (last > thru) thru = last;
    }
}
