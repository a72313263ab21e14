namespace Deltoid.Claims;

/// <summary>
/// What of a claim was changed since it was read from X12: a bit for each <see cref="ClaimText"/>, after them one for
/// each <see cref="Party"/>, and these.
/// </summary>
[Flags]
enum ChangedFields : ulong
{
    None = 0,
    /// <summary>The charge, the place of service or the frequency.</summary>
    Head = 1ul << 40,
    /// <summary>The patient's birth date or sex.</summary>
    BirthAndSex = 1ul << 41,
    Paid = 1ul << 42,
    VisitDate = 1ul << 43,
    PayerKind = 1ul << 44,
    Diagnoses = 1ul << 45,
    /// <summary>Any line, or how many there are.</summary>
    Lines = 1ul << 46,
    /// <summary>Nothing that the claim says: numbers that are made for each file.</summary>
    Numbers = 1ul << 47,
    /// <summary>Everything, the segments that were kept too.</summary>
    All = ulong.MaxValue,
}

/// <summary>The bits of texts and parties.</summary>
static class ChangedField
{
    const int Texts = (int)ClaimText.OtherPlan + 1;

    public static ChangedFields Of(ClaimText text) => (ChangedFields)(1ul << (int)text);

    public static ChangedFields Of(Party party) => (ChangedFields)(1ul << (Texts + (int)party));
}
