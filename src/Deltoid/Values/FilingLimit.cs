using System.Globalization;

namespace Deltoid.Values;

/// <summary>
/// How long after a service its claim may come: <c>12-months</c> or <c>90-days</c> in <c>payers.tsv</c>.
/// </summary>
internal readonly record struct FilingLimit(int Months, int Days)
{
    /// <summary>Ten years: a row with more is a slip.</summary>
    const int MostMonths = 120, MostDays = 3660;

    public bool IsNone => Months == 0 && Days == 0;

    /// <summary>
    /// The last day on which the claim of a service may come. A day that the last month does not have is its last one.
    /// </summary>
    public DateOnly LastDay(DateOnly service) => service.AddMonths(Months).AddDays(Days);

    /// <summary>Reads <c>12-months</c> or <c>90-days</c>; false where the text is neither.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FilingLimit limit)
    {
        limit = default;
        var dash = text.IndexOf('-');
        if (dash < 1 || !int.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        if (text[(dash + 1)..] is "months" && count <= MostMonths) limit = new(count, 0);
        else if (text[(dash + 1)..] is "days" && count <= MostDays) limit = new(0, count);
        return !limit.IsNone;
    }
}
