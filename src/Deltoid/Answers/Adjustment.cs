using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// What a payer took off a charge (negative: added to it), and why: CAS group, claim adjustment reason code, amount,
/// and the units or days that are meant. A part that does not read is none; the kept segment has it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Adjustment(Code Group, Code Reason, Money? Amount, Quantity? Quantity = null)
{
    /// <summary>The groups: contract, patient, payer's own, other.</summary>
    public static readonly Code Contractual = Code.Of("CO"), Patient = Code.Of("PR"), PayerInitiated = Code.Of("PI"),
        Other = Code.Of("OA");
}

/// <summary>
/// A remark: of a line by its list (LQ01: HE a remark code, RX a pharmacy reject), of a claim by the segment it stands
/// in (MIA, MOA).
/// </summary>
internal readonly record struct Remark(Code Kind, Code Code);

/// <summary>
/// An amount beside the balance (AMT): I interest, D8 prompt payment discount, AU covered, F5 paid by the patient …
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OtherAmount(Code Kind, Money? Amount);

/// <summary>
/// A payment or recovery that belongs to no claim (PLB): positive takes away from the check, negative adds to it. The
/// reference says which payment or claim is meant.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal record struct ProviderAdjustment(TextRange Provider, DateOnly FiscalDay, Code Reason, TextRange Reference,
    Money? Amount);

/// <summary>
/// A service as a payer names it (SVC01, SVC06): the list its code is of (HC, NU, N4 …), the code, up to four
/// modifiers, a description.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct Procedure
{
    public Code Kind;
    public Code Code;
    /// <summary>With kind N4.</summary>
    public Ndc Ndc;
    /// <summary>The code as it came, when it reads neither as a code of eight characters nor as an NDC.</summary>
    public TextRange Text;
    public Modifiers Modifiers;
    public TextRange Description;

    public readonly bool IsNone => Kind.IsNone && Code.IsNone && Ndc.IsNone && Text.IsEmpty;
}
