using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Adjudication;

/// <summary>What makes a payer change its answer. A new claim counts as a correction.</summary>
[Flags]
internal enum Remedy : byte { None = 0, Correction = 1, Appeal = 2, Records = 4 }

/// <summary>A denial: group, reason, remarks.</summary>
internal sealed record DenialReason(Code Group, Code Reason, params Code[] Remarks)
{
    public static DenialReason Of(string adjustment, params ReadOnlySpan<string> remarks)
    {
        var parts = adjustment.Split('-');
        var codes = new Code[remarks.Length];
        for (var i = 0; i < codes.Length; i++) codes[i] = Code.Of(remarks[i]);
        return new(Code.Of(parts[0]), Code.Of(parts[1]), codes);
    }

    public override string ToString() => $"{Group}-{Reason}";
}

/// <summary>Which lines a planted fault is on: all, or the first of its kind.</summary>
internal enum PlantedOn : byte { Claim, Drug, DrugWithNdc }

/// <summary>A fault that a practice payer plants in its answer, with the truth about it.</summary>
/// <param name="Name">Its rate has the same name.</param>
/// <param name="WonBy">What opens it; none: the practice has to give it up, or bill someone else.</param>
/// <param name="Never">Steps that would be false or forbidden, in the words of <c>remit</c>.</param>
internal sealed record Plant(string Name, DenialReason Reason, PlantedOn On, Remedy WonBy, params string[] Never)
{
    /// <summary>In the order in which they are drawn; the first that comes up is planted.</summary>
    public static readonly Plant[] All =
    [
        new("authorization", DenialReason.Of("CO-197"), PlantedOn.Claim, Remedy.Correction | Remedy.Appeal,
            "bill-patient", "write-off"),
        new("no-authorization", DenialReason.Of("CO-197"), PlantedOn.Claim, Remedy.None, "bill-patient",
            "corrected-claim", "resubmit", "new-claim"),
        new("member", DenialReason.Of("CO-31", "N382"), PlantedOn.Claim, Remedy.Correction, "bill-patient",
            "write-off"),
        new("coverage-ended", DenialReason.Of("CO-27"), PlantedOn.Claim, Remedy.None, "appeal", "resubmit"),
        new("timely", DenialReason.Of("CO-29"), PlantedOn.Claim, Remedy.Appeal, "bill-patient", "write-off"),
        new("records", DenialReason.Of("CO-252", "M127"), PlantedOn.Claim, Remedy.Records | Remedy.Appeal,
            "bill-patient", "write-off"),
        new("place", DenialReason.Of("CO-5", "M77"), PlantedOn.Claim, Remedy.Appeal, "bill-patient", "write-off",
            "corrected-claim"),
        new("ndc", DenialReason.Of("CO-16", "M119"), PlantedOn.DrugWithNdc, Remedy.Correction | Remedy.Appeal,
            "bill-patient", "write-off"),
        new("necessity", DenialReason.Of("CO-50"), PlantedOn.Drug, Remedy.Appeal, "bill-patient", "write-off"),
        new("not-necessary", DenialReason.Of("CO-50"), PlantedOn.Drug, Remedy.None, "bill-patient", "appeal"),
        new("against-table", DenialReason.Of("CO-151", "N362"), PlantedOn.Drug, Remedy.Appeal, "bill-patient",
            "write-off", "corrected-claim"),
    ];

    public static Plant? Find(string name) => Array.Find(All, p => p.Name == name);

    static readonly Code Office = Code.Of("11");

    /// <summary>Whether the claim gives occasion for it.</summary>
    public bool Fits(Claim claim, CodeBook book) => Name switch
    {
        "authorization" or "no-authorization" => claim[ClaimText.PriorAuthorization].IsEmpty && !IsMedicare(claim),
        "member" => !IsMedicare(claim) && claim[Party.Subscriber, PartyField.MemberId].Length is > 0 and < 40,
        "timely" => !IsMedicare(claim),
        "place" => claim.PlaceOfService == Office,
        _ => true,
    } && (On == PlantedOn.Claim || FirstLine(claim, book) >= 0);

    static bool IsMedicare(Claim claim) => claim.PayerKind == PayerKind.Medicare;

    /// <summary>Whether a line, by its index, is denied for it.</summary>
    public bool IsOn(Claim claim, CodeBook book, int line) => On == PlantedOn.Claim || line == FirstLine(claim, book);

    int FirstLine(Claim claim, CodeBook book)
    {
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            ref readonly var line = ref claim.Lines[i];
            if (book.TryCode(line.Code, line.Date, out var row) && row.Kind != CodeKind.Procedure
                && (On != PlantedOn.DrugWithNdc || !line.Ndc.IsNone))
                return i;
        }
        return -1;
    }

    /// <summary>Whether a corrected claim says what the first one did not.</summary>
    /// <param name="truth">The number that the payer has: of the authorization, of the member.</param>
    public bool IsMendedBy(Claim claim, string truth) => WonBy.HasFlag(Remedy.Correction) && Name switch
    {
        "authorization" => claim.Text(ClaimText.PriorAuthorization) == truth,
        "member" => claim.Text(Party.Subscriber, PartyField.MemberId) == truth,
        _ => true,
    };
}
