using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>The sets that hold claims: 837P and 837I.</summary>
internal static class ClaimSets
{
    static readonly Cut AtLevels = Cut.AtLevels("20", "22");

    /// <summary>
    /// One for both: what is left of a claim depends on the claim before it in the file, of whatever set.
    /// </summary>
    static readonly Func<SetReading> NewReading = static () => new ClaimReading();

    public static TransactionSet Professional { get; } = new()
    {
        Name = "837P", Letter = 'P', Number = "837", Functional = "HC",
        Versions = ["005010X222A1", "005010X222", "005010X222A2"],
        Cut = AtLevels, Bind = static guide => ClaimRows.Bind(guide, professional: true), FieldOf = ClaimPlaces.FieldOf,
        NewReading = NewReading, Findings = [.. ClaimContentFindings.All, .. ClaimFindings.All, .. ValueFindings.All],
    };

    public static TransactionSet Institutional { get; } = new()
    {
        Name = "837I", Letter = 'I', Number = "837", Functional = "HC",
        Versions = ["005010X223A2", "005010X223", "005010X223A1", "005010X223A3"],
        Cut = AtLevels, Bind = static guide => ClaimRows.Bind(guide, professional: false),
        FieldOf = ClaimPlaces.FieldOf,
        NewReading = NewReading, Findings = ValueFindings.All,
    };

    public static TransactionSet[] All { get; } = [Professional, Institutional];

    /// <summary>The claim guide whose rows have this letter, or null.</summary>
    internal static Guide? Lettered(char letter) => Array.Find(All, set => set.Letter == letter)?.Guide;

    /// <summary>The guide by which claims of a setting are read and written.</summary>
    public static Guide GuideOf(Setting setting) => (setting == Setting.Facility ? Institutional : Professional).Guide;
}

/// <summary>Reads claims as items of their set.</summary>
sealed class ClaimReading : SetReading
{
    readonly ClaimReader reader = new();
    readonly ClaimRest rest = new();
    readonly Claim claim = new();
    bool open;

    public override void Open(byte[] bytes, SetPart part) => reader.Open(bytes, part);

    public override bool Next(FindingList about) => open = reader.Read(claim, about);

    public override FindingList SetFindings => reader.SetFindings;

    public override Claim? Claim => claim;

    public override Finding? Unread => reader.Unread;

    public override ReadOnlySpan<byte> UnitKind => open ? "CLM01"u8 : default;

    public override ReadOnlySpan<byte> UnitId => open ? claim[ClaimText.Id] : default;

    public override int UnitStart => claim.Source.Segment;

    /// <summary>Without the segments that the fields of the claim say already.</summary>
    public override void WriteItem(Utf8JsonWriter json)
    {
        rest.Reduce(claim);
        ClaimJson.Write(claim, json);
    }
}
