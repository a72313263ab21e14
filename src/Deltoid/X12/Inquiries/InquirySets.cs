using System.Text.Json;
using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// The sets that ask a payer and that answer: eligibility (270, 271), status of claims (276, 277). They share one
/// reader, one JSON and one writer; what is different is in their guides.
/// </summary>
internal static class InquirySets
{
    static readonly Func<SetReading> New = static () => new InquiryReading();

    static readonly string[]
        Eligibility = ["005010X279A1", "005010X279"],
        Status = ["005010X212", "005010X212E1", "005010X212E2"];

    static readonly Cut
        Patients = Cut.AtLevels("20", "21", "22", "23"), Claims = Cut.AtLevels("20", "21", "19", "22", "23");

    public static TransactionSet EligibilityInquiry { get; } = new()
    {
        Name = "270", Letter = 'Q', Number = "270", Functional = "HS", Versions = Eligibility, Cut = Patients,
        Findings = InquiryFindings.All, NewReading = New,
    };

    public static TransactionSet EligibilityAnswer { get; } = new()
    {
        Name = "271", Letter = 'B', Number = "271", Functional = "HB", Versions = Eligibility, Cut = Patients,
        NewReading = New,
    };

    public static TransactionSet StatusInquiry { get; } = new()
    {
        Name = "276", Letter = 'C', Number = "276", Functional = "HR", Versions = Status, Cut = Claims,
        NewReading = New,
    };

    public static TransactionSet StatusAnswer { get; } = new()
    {
        Name = "277", Letter = 'T', Number = "277", Functional = "HN", Versions = Status, Cut = Claims,
        NewReading = New,
    };

    /// <summary>Them all, the questions before their answers.</summary>
    public static IReadOnlyList<TransactionSet> All { get; } =
        [EligibilityInquiry, EligibilityAnswer, StatusInquiry, StatusAnswer];

    static readonly (TransactionSet Set, string Name)[] Names =
    [
        (EligibilityInquiry, "eligibilityInquiry"), (EligibilityAnswer, "eligibility"),
        (StatusInquiry, "claimStatusInquiry"), (StatusAnswer, "claimStatusAnswer"),
    ];

    /// <summary>The guide of one of them whose rows have this letter, or null.</summary>
    internal static Guide? Lettered(char letter) => All.FirstOrDefault(set => set.Letter == letter)?.Guide;

    /// <summary>What a set is called in JSON.</summary>
    public static string NameOf(TransactionSet set) => Array.Find(Names, n => n.Set == set).Name;

    /// <summary>The set that has this name in JSON, or null.</summary>
    public static TransactionSet? Named(string name) => Array.Find(Names, n => n.Name == name).Set;
}

/// <summary>Reads a question or an answer as one item, the set.</summary>
sealed class InquiryReading : SetReading
{
    readonly InquiryReader reader = new();
    readonly Inquiry inquiry = new();
    readonly FindingList findings = new();
    TransactionSet? set;

    public override void Open(byte[] bytes, SetPart part)
    {
        set = part.Set.Guide!.Set;
        reader.Read(bytes, part, KeepsSet ? inquiry : null, findings);
    }

    public override bool Next(FindingList about) => false;

    public override FindingList SetFindings => findings;

    public override int Listed => reader.Items;

    public override string SetName => set is null ? "" : InquirySets.NameOf(set);

    public override void WriteSet(Utf8JsonWriter json) => InquiryJson.Write(inquiry, json);
}
