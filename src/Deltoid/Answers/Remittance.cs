using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// Texts of a remittance: of the payment (ST, BPR, TRN), of the payer (1000A) and of the payee (1000B).
/// </summary>
internal enum RemittanceText : byte
{
    /// <summary>ST02.</summary>
    Control,
    /// <summary>BPR01: what moves; BPR04: how (ACH, CHK, NON …); BPR05: format of the transfer.</summary>
    Handling, Method, Format,
    /// <summary>TRN02: check or transfer number; TRN04: the payer's division.</summary>
    Trace, Division,
    /// <summary>REF EV: who gets the file.</summary>
    Receiver,
    PayerName, PayerPlanId,
    /// <summary>TRN03: 1 and the payer's tax number.</summary>
    PayerTaxId,
    PayerAddress, PayerCity, PayerState, PayerZip,
    PayeeName, PayeeNpi,
    /// <summary>N104 with FI, or REF TJ.</summary>
    PayeeTaxId,
    PayeePlanId, PayeeAddress, PayeeCity, PayeeState, PayeeZip,
}

/// <summary>
/// One payment of a payer and what it says beside its claims: the header of an 835 and the adjustments at its end. The
/// claims are <see cref="ClaimPayment"/>s of their own, since a payment may have a hundred thousand.
/// </summary>
internal sealed class Remittance : Answer
{
    /// <summary>As many claims as there are: the segment comes after all of them.</summary>
    public const int AllClaims = int.MaxValue;

    TextRange[] texts = new TextRange[(int)RemittanceText.PayeeZip + 1];
    RowList<int> claimsBefore = new(); // by kept segment; the rest come before all claims

    /// <summary>BPR02.</summary>
    public Money? Amount { get; set; }

    /// <summary>BPR03: C credit, D debit.</summary>
    public Code Direction { get; set; }

    /// <summary>BPR16: the day of the check or transfer.</summary>
    public DateOnly Effective { get; set; }

    /// <summary>DTM 405: the day the payer closed its run.</summary>
    public DateOnly Produced { get; set; }

    /// <summary>PLB, in order.</summary>
    public RowList<ProviderAdjustment> Adjustments { get; private set; } = new();

    /// <summary>Claims and lines of the payment, counted.</summary>
    public int Claims { get; set; }

    public int Lines { get; set; }

    public ReadOnlySpan<byte> this[RemittanceText text] => this[texts[(int)text]];

    public string Text(RemittanceText text) => Text(texts[(int)text]);

    public TextRange Range(RemittanceText text) => texts[(int)text];

    /// <summary>Sets a text to a slice of the answer's bytes.</summary>
    public void Set(RemittanceText text, TextRange value) => texts[(int)text] = value;

    public void Set(RemittanceText text, ReadOnlySpan<byte> value) => texts[(int)text] = Append(value);

    /// <summary>Keeps a segment that comes after so many claims of the set.</summary>
    public void Keep(in ClaimSegment segment, int claims)
    {
        while (claimsBefore.Count < Segments.Length) claimsBefore.Add(0);
        claimsBefore.Add(claims);
        Keep(segment);
    }

    /// <summary>How many claims of the set come before a kept segment.</summary>
    public int ClaimsBefore(int segment) => segment < claimsBefore.Count ? claimsBefore[segment] : 0;

    /// <summary>Says after how many claims a kept segment comes.</summary>
    public void PlaceAfter(int segment, int claims) => claimsBefore.Span[segment] = claims;

    /// <summary>
    /// Takes over the provider adjustments of another part of the same payment, and its segments from
    /// <paramref name="from"/> on.
    /// </summary>
    /// <param name="claims">How many claims of the set come before the part.</param>
    public void Join(Remittance part, int from, int claims)
    {
        for (var i = from; i < part.Segments.Length; i++)
        {
            var segment = part.Segments[i];
            Keep(segment with { Text = Append(part[segment.Text]) }, claims + part.ClaimsBefore(i));
        }
        foreach (var adjustment in part.Adjustments.Span)
            Adjustments.Add(adjustment with
            {
                Provider = Append(part[adjustment.Provider]),
                Reference = Append(part[adjustment.Reference]),
            });
    }

    public override void Clear()
    {
        base.Clear();
        Array.Clear(texts);
        Adjustments.Clear();
        claimsBefore.Clear();
        Amount = null;
        Direction = default;
        Effective = default;
        Produced = default;
        Claims = 0;
        Lines = 0;
    }

    /// <summary>A copy that owns its bytes.</summary>
    public Remittance Detach() => (Remittance)Copy();

    private protected override void OwnLists()
    {
        texts = (TextRange[])texts.Clone();
        (Adjustments, claimsBefore) = (CopyOf(Adjustments), CopyOf(claimsBefore));
    }

    private protected override void MoveTexts(Func<TextRange, TextRange> moved)
    {
        foreach (ref var text in texts.AsSpan()) text = moved(text);
        foreach (ref var adjustment in Adjustments.Span)
            (adjustment.Provider, adjustment.Reference) = (moved(adjustment.Provider), moved(adjustment.Reference));
    }
}
