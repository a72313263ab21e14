using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// One service paid or denied (loop 2110). A struct in the payment's reused array; its adjustments, remarks and other
/// amounts are runs of the payment.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct PaymentLine
{
    /// <summary>From 1, as it is in the payment.</summary>
    public int Number;
    /// <summary>As the payer judged it (SVC01).</summary>
    public Procedure Procedure;
    /// <summary>As billed, where that was another (SVC06).</summary>
    public Procedure Billed;
    /// <summary>SVC04, or the service itself when that is a revenue code.</summary>
    public Code RevenueCode;
    public Money? Charge;
    public Money? Paid;
    /// <summary>AMT B6.</summary>
    public Money? Allowed;
    /// <summary>SVC05; one when it is not said.</summary>
    public Quantity? UnitsPaid;
    /// <summary>SVC07; as paid when it is not said.</summary>
    public Quantity? UnitsBilled;
    public DateOnly Date;
    /// <summary>The last day of a span, or the default.</summary>
    public DateOnly Thru;
    /// <summary>REF 6R: the line's control number on the claim.</summary>
    public TextRange Control;
}
