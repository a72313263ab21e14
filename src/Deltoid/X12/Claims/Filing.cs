using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// Claim filing indicators (SBR09) and the kinds of payer they mean. What means several kinds, or none of
/// those (ZZ mutually defined, OF other federal, TV title V), is no kind: an edit that needs one then says so.
/// </summary>
static class Filing
{
    static readonly (string Codes, PayerKind Kind, string Written)[] Rows =
    [
        ("MB MA", PayerKind.Medicare, "MB"),
        ("16", PayerKind.MedicareAdvantage, "16"),
        ("MC", PayerKind.Medicaid, "MC"),
        ("WC", PayerKind.WorkersComp, "WC"),
        ("CH VA", PayerKind.Tricare, "CH"),
        ("CI BL HM 12 13 14 15 AM LM 17 DS FI", PayerKind.Commercial, "CI"),
        ("09 11", PayerKind.None, ""),
    ];

    static readonly Dictionary<ulong, PayerKind> Kinds = Rows.SelectMany(static r =>
        r.Codes.Split(' ').Select(c => (SegmentReader.PackOf(c), r.Kind)))
        .ToDictionary(static p => p.Item1, static p => p.Kind);

    public static PayerKind KindOf(ulong code) => Kinds.GetValueOrDefault(code);

    /// <summary>
    /// The indicator that is written for a kind where the claim states none (Medicare's part A for a facility); empty
    /// when there is none to choose.
    /// </summary>
    public static ReadOnlySpan<byte> CodeOf(PayerKind kind, bool isFacility) =>
        kind == PayerKind.Medicare && isFacility ? "MA"u8 : Written[(int)kind];

    static readonly byte[][] Written =
    [
        .. Enum.GetValues<PayerKind>().Select(static kind => System.Text.Encoding.ASCII.GetBytes(
            Array.Find(Rows, r => r.Kind == kind && kind != PayerKind.None).Written ?? "")),
    ];
}
