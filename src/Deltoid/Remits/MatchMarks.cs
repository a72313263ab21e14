using Deltoid.Answers;
using Deltoid.Claims;

namespace Deltoid.Remits;

/// <summary>
/// By what a payment that names no claim finds it, as numbers: a file of a thousand such payments is compared with all
/// claims of its days. Texts are hashes without their case; 0: it is not said.
/// </summary>
/// <param name="Member">The insured's id; a payment has up to three (<paramref name="Other"/>,
/// <paramref name="Corrected"/>).</param>
/// <param name="Charge">Cents; null where it is not said.</param>
/// <param name="Thru">Days by their number; <paramref name="From"/> is 0 where none is known.</param>
/// <param name="Codes">Of a claim: the same for those with the same codes, in whatever order.</param>
internal readonly record struct MatchMarks(ulong Member, ulong Other, ulong Corrected, ulong Name, ulong Patient,
    ulong Rendering, long? Charge, int From, int Thru, ulong Codes)
{
    public static MatchMarks Of(Claim claim)
    {
        var ((from, thru), codes) = (SentClaims.DaysOf(claim), 0UL);
        for (var i = 0; i < claim.Lines.Length; i++)
            if (IsFirst(claim, i)) codes ^= ContentHash.With(1, claim.Lines[i].Code.Packed);
        return new(Hash(claim[Party.Subscriber, PartyField.MemberId]), 0, 0,
            Hash(claim[Party.Subscriber, PartyField.Name]), Hash(claim[Party.Patient, PartyField.Name]),
            Hash(claim[Party.Rendering, PartyField.Npi]), claim.Charge?.Cents, from.DayNumber, thru.DayNumber, codes);
    }

    public static MatchMarks Of(ClaimPayment payment)
    {
        var (from, thru) = SentClaims.DaysOf(payment);
        return new(Hash(SentClaims.MemberOf(payment)), Hash(payment[PaidParty.Patient, PaidField.Id]),
            Hash(payment[PaidParty.Corrected, PaidField.Id]), Hash(payment[PaidParty.Patient, PaidField.Name]), 0,
            Hash(payment[PaidParty.Rendering, PaidField.Id]), SentClaims.ChargeOf(payment)?.Cents, from.DayNumber,
            thru.DayNumber, 0);
    }

    static bool IsFirst(Claim claim, int line)
    {
        for (var i = 0; i < line; i++)
            if (claim.Lines[i].Code == claim.Lines[line].Code) return false;
        return true;
    }

    /// <summary>Of a claim: whether it has the member id of a payment.</summary>
    public bool IsPatient(in MatchMarks payment) => Member != 0 && payment.Member != 0
        && (Member == payment.Member || Member == payment.Other || Member == payment.Corrected);

    public bool IsName(in MatchMarks payment) => payment.Name != 0 && (Name == payment.Name || Patient == payment.Name);

    public bool IsDay(in MatchMarks payment) =>
        From != 0 && payment.From != 0 && From <= payment.Thru && payment.From <= Thru;

    public bool IsCharge(in MatchMarks payment) => Charge is { } sent && sent == payment.Charge;

    public bool IsRendering(in MatchMarks payment) => Rendering != 0 && Rendering == payment.Rendering;

    static ulong Hash(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var hash = 1UL;
        foreach (var sign in text) hash = ContentHash.With(hash, sign is >= (byte)'A' and <= (byte)'Z'
            ? (byte)(sign | 0x20) : sign);
        return hash;
    }
}
