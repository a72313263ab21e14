using System.Security.Cryptography;
using System.Text;

namespace Deltoid.Reports;

/// <summary>
/// Draws claims by tickets: a claim's ticket is the SHA-256 of <c>seed,number</c>, and those with the smallest tickets
/// are drawn. The order of the list does not matter, and anybody can repeat it with <c>sha256sum</c>.
/// </summary>
/// <remarks>R. L. Rivest, Consistent Sampling with Replacement, 2018, arXiv:1808.10016; here without replacement.
/// </remarks>
internal static class TicketDraw
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string TicketOf(string seed, string number) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed},{number}")));

    /// <summary>So many of them, by their tickets; all where there are no more.</summary>
    public static List<string> Of(string seed, IEnumerable<string> numbers, int size) =>
        [.. numbers.Select(n => (Ticket: TicketOf(seed, n), Number: n))
            .OrderBy(static t => t.Ticket, StringComparer.Ordinal).ThenBy(static t => t.Number, StringComparer.Ordinal)
            .Take(size).Select(static t => t.Number)];
}
