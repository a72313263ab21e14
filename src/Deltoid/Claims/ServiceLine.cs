using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>One service line (loop 2400). A struct in the claim's reused array.</summary>
public struct ServiceLine
{
    /// <summary>From 1; lines that were typed may leave gaps, never have one number twice.</summary>
    public int Number;
    /// <summary>The CPT or HCPCS code.</summary>
    public Code Code;
    /// <summary>Up to four modifiers, in their order.</summary>
    public Modifiers Modifiers;
    /// <summary>Billed units, in thousandths.</summary>
    public Quantity Units;
    /// <summary>Null when no charge was given.</summary>
    public Money? Charge;
    /// <summary>The service date, or the first of a range.</summary>
    public DateOnly Date;
    /// <summary>The last day of a span, or the default when the line is of one day.</summary>
    public DateOnly Thru;
    /// <summary>The diagnoses that the line points to, from 1.</summary>
    public Pointers Pointers;
    /// <summary>Where it differs from the claim's.</summary>
    public Code PlaceOfService;
    /// <summary>The drug's package: eleven digits; none when not given or not readable.</summary>
    public Ndc Ndc;
    /// <summary>The NDC as it came when it does not read as one.</summary>
    public TextRange NdcText;
    /// <summary>The unit of <see cref="NdcQuantity"/>.</summary>
    public NdcUnit NdcUnit;
    /// <summary>How much of the package was used, in thousandths of its unit.</summary>
    public Quantity NdcQuantity;
    /// <summary>Four digits, of a facility's line; none on a professional one.</summary>
    public Code RevenueCode;
    /// <summary>REF 6R: stable, so that a finding and a payment find their line again.</summary>
    public TextRange Control;
    /// <summary>It is sent without a number of its own, as it came; else one is made where it has none.</summary>
    public bool IsUnnumbered;
    /// <summary>
    /// The segment with its service (SV1, SV2) is not in the file, which was reported: what it would say is not asked
    /// for again.
    /// </summary>
    internal bool IsWithoutService;
    /// <summary>SV101-7 or NTE: what an unlisted or unclassified code is for.</summary>
    public TextRange Narrative;
}

/// <summary>
/// Up to four diagnosis pointers, each from 1 to 12 (SV107), in order; the first is primary for the line.
/// </summary>
public readonly record struct Pointers(uint Packed)
{
    /// <summary>The most diagnoses that a line points to.</summary>
    public const int Max = 4;

    /// <summary>The pointer at an index from 0; it counts diagnoses from 1.</summary>
    public int this[int index] => (int)((Packed >> (24 - (8 * index))) & 0xFF);

    /// <summary>How many pointers there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            while (count < Max && this[count] != 0) count++;
            return count;
        }
    }

    /// <summary>Whether one points to this diagnosis, counted from 1.</summary>
    public bool Has(int pointer)
    {
        for (var i = 0; i < Max; i++)
            if (this[i] == pointer) return true;
        return false;
    }

    /// <summary>With one more at the end; the same value when it is there already or four are.</summary>
    public Pointers With(int pointer) =>
        pointer is < 1 or > 99 || Has(pointer) || Count == Max
            ? this
            : new(Packed | ((uint)pointer << (24 - (8 * Count))));
}
