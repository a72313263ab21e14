using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What may be billed to a patient now.</summary>
internal static class Patients
{
    /// <summary>
    /// The patient's share as posted, less what the patient has paid. Nothing of a Medicaid member or a QMB, and
    /// nothing
    /// while another payer comes next.
    /// </summary>
    public static Money Share(Situation at, Money posted)
    {
        if (!(posted > Money.Zero) || IsProtected(at) || HasNextPayer(at)) return Money.Zero;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "patient-paid" && fact.Is && fact["amount"] is { } paid) posted -= paid.Amount;
        return posted < Money.Zero ? Money.Zero : posted;
    }

    public static bool IsProtected(Situation at) =>
        (at.Payer == PayerKind.Medicaid && !(Facts.Speaks(at, "eligibility-result")
            && Facts.First(at, "eligibility-result") is null)) // no member that day
            || Facts.First(at, "medicaid-dual")?["qmb"] is { Flag: true };

    /// <summary>A payer that comes after this one, and has not answered.</summary>
    public static bool HasNextPayer(Situation at) =>
        at.Of.PriorPayments.Count == 0
            && (Facts.First(at, "crossed-over") is not null
                || Facts.First(at, "other-coverage")?["order"]?.Text == "secondary");
}
