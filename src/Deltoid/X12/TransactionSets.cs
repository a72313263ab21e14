using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Remittances;
using Deltoid.X12.Status;

namespace Deltoid.X12;

/// <summary>The transaction sets that are read, all of them: a new one is a line here.</summary>
internal static class TransactionSets
{
    public static IReadOnlyList<TransactionSet> All { get; } =
    [
        ClaimSets.Professional,
        ClaimSets.Institutional,
        RemittanceSet.Set,
        ClaimStatusSet.Set,
        AcknowledgmentSet.Set,
        .. InquirySets.All,
    ];

    /// <summary>For messages: <c>837P, 837I, 835, 277CA, 999</c>.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(static set => set.Name));

    /// <summary>The guide by its name, or null.</summary>
    public static Guide? Named(string name) => All.FirstOrDefault(set => set.Name == name)?.Guide;

    /// <summary>The guide whose rows have this letter, that of the envelope too; or null.</summary>
    public static Guide? Lettered(char letter) =>
        letter == GuideLibrary.Envelope.Letter
            ? GuideLibrary.Envelope
            : All.FirstOrDefault(set => set.Letter == letter)?.Guide;
}
