using System.Globalization;

namespace Deltoid.Adjudication;

/// <summary>
/// How a practice payer pays and how often it does what: numbers with two decimals, by name, kept in hundredths.
/// Rates are percent of the claims (of the files where a file is meant).
/// </summary>
internal sealed class PracticeRates
{
    const int Percent = 100;
    const long MostDollars = 100_000;

    /// <summary>Every name in the order of the manifest, what it means, and its value if none is given.</summary>
    public static readonly (string Name, string Words, decimal Usual)[] All =
    [
        ("allowed", "percent of the charge that is allowed where the code book has no price", 60),
        ("deductible", "dollars of deductible for each member and year", 50),
        ("coinsurance", "percent that the patient pays where the code book does not say it", 20),
        ("interest", "percent a year on payments that come later than 30 days", 10),
        ("authorization", "denied because an authorization that is on file was left off the claim", 4),
        ("no-authorization", "denied because nobody asked for an authorization", 2),
        ("member", "denied because the member number is not the payer's", 3),
        ("coverage-ended", "denied because the coverage had ended", 2),
        ("timely", "denied as late, although the payer accepted it in time", 2),
        ("records", "held until records come", 3),
        ("place", "denied for the place of service, which is right", 2),
        ("ndc", "denied for a missing NDC, which is on the claim", 2),
        ("necessity", "denied as not necessary, although the record meets the policy", 3),
        ("not-necessary", "denied as not necessary, and the record does not meet the policy", 2),
        ("against-table", "denied for too many units, against the public table of limits", 2),
        ("duplicate", "paid, and then denied as a duplicate of itself", 3),
        ("price", "paid by a wrong price: of the year before, of another place, halved, or a unit short", 2),
        ("take-back", "paid, and partly taken back in a later round", 4),
        ("recovery", "of what is taken back: the check is cut a round later (PLB WO)", 40),
        ("late", "paid or denied more than 30 days later, with interest", 10),
        ("crossover", "sent on to the next payer, of the claims that name one", 100),
        ("doubled", "of the 835 files: sent again as they are", 10),
        ("rewrapped", "of the 835 files: sent again in a new envelope", 10),
        ("cent-off", "of the 835 files: sent a cent off first, and right after that", 10),
    ];

    readonly long[] values = [.. All.Select(static r => (long)(r.Usual * Percent))];

    /// <summary>A value in hundredths: of a percent, or of a dollar.</summary>
    public long this[string name] => values[IndexOf(name)];

    static int IndexOf(string name) => Array.FindIndex(All, r => r.Name == name);

    /// <summary>Takes <c>late=0,doubled=12.5</c>; <c>all=0</c> sets every rate, not how it pays.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Take(string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=') is not [var name, var value]
                || !decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out var given))
                return $"'{part}' is not a rate; write late=5 or deductible=100.00";
            if (name != "all" && IndexOf(name) < 0)
                return $"'{name}' is not a rate; the names are {string.Join(", ", All.Select(static r => r.Name))}";
            if (given > (name == "deductible" ? MostDollars : Percent)
                || given * Percent != decimal.Truncate(given * Percent))
                return $"'{part}': a rate is from 0 to 100, with at most two decimals";
            if (name != "all") values[IndexOf(name)] = (long)(given * Percent);
            else Array.Fill(values, (long)(given * Percent), IndexOf("authorization"), All.Length - 4);
        }
        return null;
    }
}
