using Deltoid.Remits;

namespace Deltoid.Results;

/// <summary>The kinds of mistakes with a price, in a few words.</summary>
internal static class PriceWords
{
    static readonly (string Id, string Words)[] All =
    [
        ("earlier-year", "fee schedule of an earlier year"), ("later-year", "fee schedule of a later year"),
        ("another-locality", "price of another locality"), ("place-of-service", "facility or office price mixed up"),
        ("conversion-factor", "wrong conversion factor"), ("not-participating", "paid as not participating"),
        ("percent", "percent of the contract left out"), ("earlier-quarter", "drug price of an earlier quarter"),
        ("later-quarter", "drug price of a later quarter"), ("units", "wrong number of units paid"),
        ("modifier", "modifier counted wrongly"), ("practitioner", "cut to 85 % as for a nurse practitioner"),
        ("multiple-procedure", "reduction for several procedures"), ("sequestration", "sequestration taken wrongly"),
        ("charge", "charge and price mixed up"), ("ended-rate", "rate of the contract that had ended"),
        ("later-rate", "rate of the contract that had not begun"), ("not-listed", "code taken as not listed"),
        ("another-row", "another row of the contract"), ("another-code", "another code was priced"),
        ("discount", "discount that the contract does not name"),
        (LinePrice.Several, "several mistakes would give it"), (LinePrice.NotFound, "no mistake that was tried gives it"),
    ];

    /// <summary>The ids of all causes.</summary>
    public static IEnumerable<string> Ids => All.Select(static a => a.Id);

    public static string Of(string id) => Array.Find(All, a => a.Id == id).Words ?? id;
}
